//! The forms of the panel: what makes things, a file a kind, and those that stand in a thing's own row.

pub mod databases;
pub mod endpoints;
pub mod entries;
pub mod file_systems;
pub mod gateways;
pub mod hosted_zones;
pub mod hosts;
pub mod instances;
pub mod lists;
pub mod load_balancers;
pub mod peerings;
pub mod routes;
pub mod subnets;
pub mod target_groups;
pub mod vpcs;
pub mod worn;

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
    /// The state that it is for, as its pill says it; `None` for every state.
    pub(crate) when: Option<&'static str>,
}

/// A form for every state.
const fn form(add: &'static str, make: fn(String, RwSignal<bool>) -> AnyView) -> Form {
    Form {
        add,
        make,
        when: None,
    }
}

/// The forms in the rows of a kind.
pub(crate) fn of(kind: Kind) -> Vec<Form> {
    match kind {
        Kind::Vpc => vec![form(
            "Add an IPv4 block",
            |id, open| view! { <vpcs::BlockForm id open/> },
        )],
        Kind::Subnet => vec![
            form(
                "Change table or ACL",
                |id, open| view! { <subnets::WaysForm id open/> },
            ),
            form(
                "Add an IPv6 block",
                |id, open| view! { <subnets::Ipv6Form id open/> },
            ),
        ],
        Kind::RouteTable => vec![
            form(
                "Add route",
                |id, open| view! { <routes::RouteForm id open/> },
            ),
            form(
                "Give to a subnet",
                |id, open| view! { <routes::GiveForm id open/> },
            ),
        ],
        Kind::NetworkAcl => vec![
            form(
                "Add entry",
                |id, open| view! { <entries::EntryForm id open/> },
            ),
            form(
                "Give to a subnet",
                |id, open| view! { <entries::GiveForm id open/> },
            ),
        ],
        Kind::InternetGateway => vec![Form {
            when: Some("detached"),
            ..form(
                "Attach to a VPC",
                |id, open| view! { <gateways::AttachForm id open/> },
            )
        }],
        Kind::Endpoint => vec![form(
            "Add what leads there",
            |id, open| view! { <endpoints::ChangeForm id open/> },
        )],
        Kind::Instance => vec![
            groups(),
            form(
                "Give an elastic address",
                |id, open| view! { <instances::AddressForm id open/> },
            ),
        ],
        Kind::Database | Kind::MountTarget => vec![groups()],
        Kind::FileSystem => vec![form(
            "Add mount target",
            |id, open| view! { <file_systems::MountTargetForm id open/> },
        )],
        Kind::LoadBalancer => vec![
            form(
                "Add listener",
                |id, open| view! { <load_balancers::ListenerForm id open/> },
            ),
            groups(),
            form(
                "Change idle timeout",
                |id, open| view! { <load_balancers::IdleForm id open/> },
            ),
        ],
        Kind::TargetGroup => vec![
            form(
                "Register target",
                |id, open| view! { <target_groups::RegisterForm id open/> },
            ),
            form(
                "Change deregistration delay",
                |id, open| view! { <target_groups::DrainForm id open/> },
            ),
        ],
        Kind::Host => vec![form(
            "Change host",
            |id, open| view! { <hosts::ChangeForm id open/> },
        )],
        Kind::HostedZone => vec![
            form(
                "Put record",
                |id, open| view! { <hosted_zones::RecordForm id open/> },
            ),
            form(
                "Let another VPC know it",
                |id, open| view! { <hosted_zones::KnownForm id open/> },
            ),
        ],
        Kind::SecurityGroup
        | Kind::DatabaseSubnetGroup
        | Kind::EgressOnlyGateway
        | Kind::NatGateway
        | Kind::ElasticAddress
        | Kind::Peering
        | Kind::PrefixList
        | Kind::Interface => Vec::new(),
    }
}

/// The form that changes what a thing wears.
const fn groups() -> Form {
    form(
        "Change groups",
        |id, open| view! { <worn::WornForm id open/> },
    )
}

/// A button, and the form that it opens.
#[component]
pub fn Adds(
    /// The button.
    add: &'static str,
    /// Makes the form.
    make: fn(RwSignal<bool>) -> AnyView,
    /// Whether it is open, and the id of its place, where others open it too.
    #[prop(optional)]
    shared: Option<(RwSignal<bool>, &'static str)>,
) -> AnyView {
    let (open, id) = match shared {
        Some((open, id)) => (open, Some(id)),
        None => (RwSignal::new(false), None),
    };
    view! {
        <div class="net-adds" id=id>
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
