//! The forms of the panel: what makes things, a file a kind, and those that stand in a thing's own row.

pub mod endpoints;
pub mod entries;
pub mod gateways;
pub mod lists;
pub mod peerings;
pub mod routes;
pub mod subnets;
pub mod vpcs;

use super::ask_form::Opens;
use crate::markup::{Show, view};
use crate::signals::RwSignal;
use fargate_core::call::TagSpecification;
use fargate_session::network::Kind;
use leptos::prelude::*;

/// A form in the row of a thing.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    /// The button that opens it.
    pub(crate) add: &'static str,
    /// Makes it, for the thing's id; it closes when AWS has accepted.
    pub(crate) make: fn(String, RwSignal<bool>) -> AnyView,
}

/// The forms in the rows of a kind.
pub(crate) const fn of(kind: Kind) -> &'static [Form] {
    match kind {
        Kind::Vpc => &[Form {
            add: "Add an IPv4 block",
            make: |id, open| view! { <vpcs::BlockForm id open/> },
        }],
        Kind::Subnet => &[
            Form {
                add: "Change table or ACL",
                make: |id, open| view! { <subnets::WaysForm id open/> },
            },
            Form {
                add: "Add an IPv6 block",
                make: |id, open| view! { <subnets::Ipv6Form id open/> },
            },
        ],
        Kind::RouteTable => &[
            Form {
                add: "Add route",
                make: |id, open| view! { <routes::RouteForm id open/> },
            },
            Form {
                add: "Give to a subnet",
                make: |id, open| view! { <routes::GiveForm id open/> },
            },
        ],
        Kind::NetworkAcl => &[
            Form {
                add: "Add entry",
                make: |id, open| view! { <entries::EntryForm id open/> },
            },
            Form {
                add: "Give to a subnet",
                make: |id, open| view! { <entries::GiveForm id open/> },
            },
        ],
        Kind::InternetGateway => &[Form {
            add: "Attach to a VPC",
            make: |id, open| view! { <gateways::AttachForm id open/> },
        }],
        Kind::Endpoint => &[Form {
            add: "Add what leads there",
            make: |id, open| view! { <endpoints::ChangeForm id open/> },
        }],
        Kind::SecurityGroup
        | Kind::EgressOnlyGateway
        | Kind::NatGateway
        | Kind::ElasticAddress
        | Kind::Peering
        | Kind::PrefixList
        | Kind::Interface => &[],
    }
}

/// A button, and the form that it opens.
#[component]
pub fn Adds(
    /// The button.
    add: &'static str,
    /// Makes the form.
    make: fn(RwSignal<bool>) -> AnyView,
) -> AnyView {
    let open = RwSignal::new(false);
    view! {
        <div class="net-adds">
            <Opens add open/>
            <Show when=move || open.get()>{make(open)}</Show>
        </div>
    }
}

/// The tags that name a thing; none where no name is given.
pub(crate) fn tags(kind: &str, name: Option<String>) -> Vec<TagSpecification> {
    name.map(|name| TagSpecification::name(kind, &name))
        .unwrap_or_default()
}
