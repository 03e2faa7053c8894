//! Network ACLs and their entries.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::fields::{One, OneField, Text, TextField};
use super::super::rule_words::{PORTS_SAY, ports};
use super::super::things::things;
use super::subnets::give_acl;
use super::tags;
use crate::markup::{Show, view};
use crate::signals::{RwSignal, StoredValue};
use fargate_core::call::{
    CreateNetworkAcl, CreateNetworkAclEntry, IcmpTypeCode, PortRange, ReplaceNetworkAclEntry,
};
use fargate_core::ids::SubnetId;
use fargate_session::network::{Card, Kind};
use leptos::prelude::*;

/// Makes a network ACL.
#[component]
pub fn AclForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let name = Text::of("Private");
    let submit = move |()| {
        let call = CreateNetworkAcl {
            vpc_id: things.vpc_now(),
            tag_specifications: tags("network-acl", name.some()),
        };
        let done = "Network ACL made. Without entries it denies everything.";
        asking.ask(call, done).is_some()
    };
    view! {
        <AskForm label="Add network ACL" verb="Create network ACL" asking open submit>
            <TextField label="Name" text=name/>
        </AskForm>
    }
}

/// The numbers of the entries of a direction.
fn numbers(card: &Card, egress: bool) -> Vec<i32> {
    let list = card.lists.get(usize::from(egress));
    let lines = list.into_iter().flat_map(|list| &list.lines);
    lines.filter_map(|line| line.head.parse().ok()).collect()
}

/// The number that a new entry is offered: ten beyond the last, the first 100.
fn next_number(taken: &[i32]) -> i32 {
    let last = taken.iter().copied().max();
    let after = last.map_or(100, |last| (last / 10 + 1) * 10);
    if after <= 32_766 {
        return after;
    }
    (1..=32_766)
        .rev()
        .find(|free| !taken.contains(free))
        .unwrap_or(1)
}

/// Adds an entry; or puts another in the place of the one that has its number.
#[component]
pub fn EntryForm(
    /// The ACL.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let acl = StoredValue::new(id);
    let way = One::fixed(&[("in", "Inbound"), ("out", "Outbound")]);
    let taken = move || {
        let card = things.card(&acl.get_value());
        card.map(|card| numbers(&card, way.get() == "out"))
            .unwrap_or_default()
    };
    let number = Text::offering(move || next_number(&taken()).to_string());
    let action = One::fixed(&[("allow", "Allow"), ("deny", "Deny")]);
    let protocol = One::fixed(&[
        ("tcp", "TCP"),
        ("udp", "UDP"),
        ("icmp", "ICMP"),
        ("58", "ICMP for IPv6"),
        ("-1", "All traffic"),
    ]);
    let port = Text::of("443");
    let block = Text::of("0.0.0.0/0");
    let bad_port = RwSignal::new(false);
    let has_ports = move || matches!(protocol.get().as_str(), "tcp" | "udp");
    let is_there = move || {
        let number = number.get().trim().parse::<i32>();
        number.is_ok_and(|number| taken().contains(&number))
    };
    let submit = move |()| {
        let range = untrack(has_ports).then(|| ports(&port.now()));
        bad_port.set(range == Some(None));
        if bad_port.get_untracked() {
            return false;
        }
        let protocol = protocol.now();
        let block = block.now();
        let is_ipv6 = block.contains(':');
        let any_icmp = IcmpTypeCode {
            r#type: -1,
            code: -1,
        };
        let call = CreateNetworkAclEntry {
            network_acl_id: acl.get_value().into(),
            // what is no number AWS refuses as it does 0
            rule_number: number.now().parse().unwrap_or_default(),
            icmp_type_code: matches!(protocol.as_str(), "icmp" | "58").then_some(any_icmp),
            protocol,
            rule_action: action.now(),
            egress: way.now() == "out",
            cidr_block: (!is_ipv6).then(|| block.clone()),
            ipv6_cidr_block: is_ipv6.then_some(block),
            port_range: range.flatten().map(|(from, to)| PortRange {
                from: from.into(),
                to: to.into(),
            }),
        };
        if untrack(is_there) {
            asking.ask(replaced(call), "Entry replaced.").is_some()
        } else {
            asking.ask(call, "Entry added.").is_some()
        }
    };
    view! {
        <AskForm label="Add entry" verb="Add entry" asking open submit>
            <div class="fields two">
                <OneField label="Direction" one=way/>
                <TextField label="Number" text=number/>
            </div>
            <div class="fields two">
                <OneField label="Protocol" one=protocol/>
                <OneField label="Verdict" one=action/>
            </div>
            <Show when=has_ports>
                <TextField label="Ports" text=port example="1024-65535"/>
            </Show>
            <p class="t12 err-t" role="alert">{move || bad_port.get().then_some(PORTS_SAY)}</p>
            <TextField label="From or to" text=block example="10.0.0.0/16"/>
            <Show when=is_there>
                <p class="t12 dim">"There is an entry of this number: this one takes its place."</p>
            </Show>
            <p class="t12 dim">"An ACL remembers nothing: answers need an entry of their own, for ports 1024 to 65535."</p>
        </AskForm>
    }
}

fn replaced(call: CreateNetworkAclEntry) -> ReplaceNetworkAclEntry {
    ReplaceNetworkAclEntry {
        network_acl_id: call.network_acl_id,
        rule_number: call.rule_number,
        protocol: call.protocol,
        rule_action: call.rule_action,
        egress: call.egress,
        cidr_block: call.cidr_block,
        ipv6_cidr_block: call.ipv6_cidr_block,
        port_range: call.port_range,
        icmp_type_code: call.icmp_type_code,
    }
}

/// Gives an ACL to a subnet.
#[component]
pub fn GiveForm(
    /// The ACL.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let subnet = One::of(move || things.choices(Kind::Subnet));
    let submit = move |()| {
        let call = give_acl(&SubnetId::from(subnet.now()), &id);
        asking
            .ask(call, "The subnet has this network ACL.")
            .is_some()
    };
    view! {
        <AskForm label="Give to a subnet" verb="Give" asking open submit>
            <OneField label="Subnet" one=subnet/>
        </AskForm>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_number_leaves_a_gap_and_is_free() {
        for (taken, next) in [
            (vec![], 100),
            (vec![100], 110),
            (vec![100, 105], 110),
            (vec![1], 10),
            (vec![32_766], 32_765),
            (vec![32_766, 32_765], 32_764),
        ] {
            assert_eq!(next_number(&taken), next, "{taken:?}");
        }
    }
}
