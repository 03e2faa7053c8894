//! The groups that things wear, changed all at once.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::fields::{One, OneField, Several, SeveralField};
use super::super::things::{Choice, Things, led_to, things};
use crate::markup::{Show, view};
use crate::signals::{RwSignal, StoredValue};
use fargate_core::call::{
    Call, ModifyDbInstance, ModifyMountTargetSecurityGroups, ModifyNetworkInterfaceAttribute,
    SetSecurityGroups,
};
use fargate_core::ids::SecurityGroupId;
use fargate_session::network::Kind;
use leptos::prelude::*;

/// The interfaces of an instance, by their addresses.
fn interfaces(things: Things, id: &str) -> Vec<Choice> {
    let card = things.card(id).filter(|card| card.kind == Kind::Instance);
    let lists = card.into_iter().flat_map(|card| card.lists);
    let lines = lists.flat_map(|list| list.lines);
    let choice = |line: fargate_session::network::Line| {
        let words = format!("{} {}", line.head, line.words);
        line.leads_to.map(|id| (id, words))
    };
    lines.filter_map(choice).collect()
}

/// All groups that a thing is to wear; of an instance, one of its interfaces.
#[component]
pub fn WornForm(
    /// The instance, database, mount target or load balancer.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let id = StoredValue::new(id);
    let interface = One::of(move || interfaces(things, &id.get_value()));
    let wears = move || {
        let own = interface.get();
        let at = if own.is_empty() { id.get_value() } else { own };
        led_to(things.card(&at).as_ref(), "Group")
            .into_iter()
            .collect()
    };
    let groups = Several::offering(move || things.choices(Kind::SecurityGroup), wears);
    let submit = move |()| {
        let id = id.get_value();
        let kind = untrack(|| things.card(&id)).map(|card| card.kind);
        let call = change(kind, &id, &interface.now(), groups.now(), things);
        asking
            .ask(call, "It wears these groups from now on.")
            .is_some()
    };
    view! {
        <AskForm label="Change groups" verb="Change groups" asking open submit>
            <Show when=move || interface.of.with(|all| all.len() > 1)>
                <OneField label="Interface" one=interface/>
            </Show>
            <SeveralField label="Security groups, all that it is to wear" several=groups none="There is no group yet."/>
        </AskForm>
    }
}

fn change(
    kind: Option<Kind>,
    id: &str,
    interface: &str,
    groups: Vec<SecurityGroupId>,
    things: Things,
) -> Call {
    match kind {
        Some(Kind::Database) => ModifyDbInstance {
            identifier: untrack(|| things.card(id)).map_or_else(String::new, |card| card.title),
            vpc_security_group_ids: groups,
        }
        .into(),
        Some(Kind::MountTarget) => ModifyMountTargetSecurityGroups {
            mount_target_id: id.into(),
            security_groups: groups,
        }
        .into(),
        Some(Kind::LoadBalancer) => SetSecurityGroups {
            load_balancer_arn: id.into(),
            security_groups: groups,
        }
        .into(),
        _ => ModifyNetworkInterfaceAttribute {
            network_interface_id: interface.into(),
            groups,
            ..Default::default()
        }
        .into(),
    }
}
