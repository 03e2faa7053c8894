//! What a subnet is given: a route table, a network ACL, an IPv6 block.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::cidr::next_free_ipv6;
use super::super::fields::{One, OneField, Text, TextField};
use super::super::things::things;
use crate::markup::view;
use crate::signals::RwSignal;
use fargate_core::call::{
    AssociateRouteTable, AssociateSubnetCidrBlock, Call, ReplaceNetworkAclAssociation,
    ReplaceRouteTableAssociation,
};
use fargate_core::ids::SubnetId;
use fargate_core::network::{network_acl_association, route_table_association};
use fargate_session::Plan;
use fargate_session::network::{Fact, Kind};
use leptos::prelude::*;

/// The call that gives a subnet a route table, whether it has one of its own or not.
pub(super) fn give_table(subnet: &SubnetId, table: &str, has_own: bool) -> Call {
    let route_table_id = table.into();
    if has_own {
        ReplaceRouteTableAssociation {
            association_id: route_table_association(subnet),
            route_table_id,
        }
        .into()
    } else {
        AssociateRouteTable {
            route_table_id,
            subnet_id: subnet.clone(),
        }
        .into()
    }
}

/// The call that gives a subnet a network ACL.
pub(super) fn give_acl(subnet: &SubnetId, acl: &str) -> Call {
    ReplaceNetworkAclAssociation {
        association_id: network_acl_association(subnet),
        network_acl_id: acl.into(),
    }
    .into()
}

/// The id of the thing that a fact of a card names.
fn named(facts: &[Fact], name: &str) -> Option<String> {
    let fact = facts.iter().find(|fact| fact.name == name);
    fact.and_then(|fact| fact.leads_to.clone())
}

/// Another route table or network ACL for a subnet.
#[component]
pub fn WaysForm(
    /// The subnet.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let (table, acl) = (
        One::of(move || things.choices(Kind::RouteTable)),
        One::of(move || things.choices(Kind::NetworkAcl)),
    );
    let subnet = SubnetId::from(id);
    let facts = untrack(|| things.card(subnet.as_str()))
        .map(|card| card.facts)
        .unwrap_or_default();
    if let Some(now) = named(&facts, "Route table") {
        table.set(now);
    }
    if let Some(now) = named(&facts, "Network ACL") {
        acl.set(now);
    }
    let submit = move |()| {
        let facts = untrack(|| things.card(subnet.as_str()))
            .map(|card| card.facts)
            .unwrap_or_default();
        let (table, acl) = (table.now(), acl.now());
        let mut plan = Plan::default();
        if named(&facts, "Route table").as_ref() != Some(&table) {
            plan = plan.then(give_table(&subnet, &table, things.has_own_table(&subnet)));
        }
        if named(&facts, "Network ACL").as_ref() != Some(&acl) {
            plan = plan.then(give_acl(&subnet, &acl));
        }
        plan.is_empty() || asking.plan(&plan, "The subnet is changed.")
    };
    view! {
        <AskForm label="Change table or ACL" verb="Change" asking open submit>
            <OneField label="Route table" one=table/>
            <OneField label="Network ACL" one=acl/>
        </AskForm>
    }
}

/// An IPv6 block for a subnet.
#[component]
pub fn Ipv6Form(
    /// The subnet.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let block = Text::offering(move || {
        things.ask(|session| next_free_ipv6(session, things.vpc().as_ref()))
    });
    let submit = move |()| {
        let call = AssociateSubnetCidrBlock {
            subnet_id: id.as_str().into(),
            ipv6_cidr_block: block.now(),
        };
        asking.ask(call, "The subnet has an IPv6 block.").is_some()
    };
    view! {
        <AskForm label="Add an IPv6 block" verb="Add block" asking open submit>
            <TextField label="IPv6 addresses, a /64 of the VPC's" text=block example="3fff:1:2:300::/64"/>
        </AskForm>
    }
}
