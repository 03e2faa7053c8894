//! The sections that fold: a kind of thing each, or a few that belong together.

use super::fold::{Fold, Section};
use super::forms::{Adds, endpoints, entries, gateways, lists, peerings, routes};
use super::reach::Reachability;
use super::requests::Requests;
use super::standing::Standing;
use super::things::things;
use crate::icons::Icon;
use crate::markup::view;
use crate::signals::{Memo, RwSignal};
use fargate_session::network::Kind;
use leptos::prelude::*;

/// The sections.
#[component]
pub fn Sections() -> AnyView {
    let [_, _, peering] = things().placing;
    view! {
        <Fold
            section=Kind::RouteTable
            title="Route tables"
            icon=Icon::Route
            kinds=&[Kind::RouteTable]
            empty="There is none."
        >
            <Adds add="Add route table" make=|open| view! { <routes::TableForm open/> }/>
        </Fold>
        <Fold
            section=Kind::NetworkAcl
            title="Network ACLs"
            icon=Icon::List
            kinds=&[Kind::NetworkAcl]
            empty="There is none."
        >
            <Adds add="Add network ACL" make=|open| view! { <entries::AclForm open/> }/>
        </Fold>
        <Fold
            section=Kind::InternetGateway
            title="Gateways"
            icon=Icon::Gateway
            kinds=&[Kind::InternetGateway, Kind::NatGateway, Kind::EgressOnlyGateway]
            empty="No gateway: nothing leads out of the VPC."
        >
            <Adds add="Add NAT gateway" make=|open| view! { <gateways::NatForm open/> }/>
            <Adds add="Add internet gateway" make=|open| view! { <gateways::InternetForm open/> }/>
            <Adds add="Add egress-only gateway" make=|open| view! { <gateways::EgressOnlyForm open/> }/>
        </Fold>
        <Fold
            section=Kind::ElasticAddress
            title="Addresses"
            icon=Icon::Globe
            kinds=&[Kind::ElasticAddress]
            empty="No elastic address."
        >
            <Adds add="Allocate address" make=|open| view! { <gateways::AddressForm open/> }/>
        </Fold>
        <Fold
            section=Kind::Endpoint
            title="Endpoints"
            icon=Icon::Plug
            kinds=&[Kind::Endpoint]
            empty="No endpoint: AWS's services are reached over the Internet only."
        >
            <Adds add="Add endpoint" make=|open| view! { <endpoints::EndpointForm open/> }/>
        </Fold>
        <Fold
            section=Kind::Peering
            title="Peering"
            icon=Icon::Share
            kinds=&[Kind::Peering]
            empty="No peering connection."
        >
            <Adds add="Add peering connection" make=|open| view! { <peerings::PeeringForm open/> } shared=(peering, "net-place-peering")/>
            <p class="t12 dim">"Transit gateways are not modelled: a peering connection joins two VPCs, and nothing passes through one to a third."</p>
        </Fold>
        <Fold
            section=Kind::PrefixList
            title="Prefix lists"
            icon=Icon::Layers
            kinds=&[Kind::PrefixList]
            empty="There is none."
        >
            <Adds add="Add prefix list" make=|open| view! { <lists::ListForm open/> }/>
        </Fold>
        <Standing/>
        <Fold
            section=Kind::Interface
            title="Interfaces"
            icon=Icon::Network
            kinds=&[Kind::Interface]
            empty="No interface: nothing has an address yet."
        >
            <p class="t12 dim">"They come and go with the tasks, gateways and endpoints that they belong to."</p>
        </Fold>
        <Asks title="Requests" body="net-body-requests" head="net-head-requests" open=RwSignal::new(false) icon=Icon::Send>
            <Requests/>
        </Asks>
        <Asks title="Reachability" body="net-body-reach" head="net-head-reach" open=things().reach_open icon=Icon::Search>
            <Reachability/>
        </Asks>
    }
}

/// What asks of the network, and changes nothing in it.
#[component]
fn Asks(
    /// What it is.
    title: &'static str,
    /// The id of what folds.
    body: &'static str,
    /// The id of its head.
    head: &'static str,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its icon.
    icon: Icon,
    /// What it holds.
    children: Children,
) -> AnyView {
    let toggle = Callback::new(move |()| open.update(|open| *open = !*open));
    // Made when it is first opened, and kept: who never asks does not wait for lists of everything after each edit.
    let seen =
        Memo::new(move |last: Option<&bool>| last.copied().unwrap_or_default() || open.get());
    let mut children = Some(children);
    let held = move || seen.get().then(|| children.take().map(|make| make()));
    view! {
        <Section title icon head body open toggle>{held}</Section>
    }
}
