//! The form that adds a rule to a group, inbound or outbound.

use super::ask_form::AskForm;
use super::asking::Asking;
use super::fields::{One, OneField, Text, TextField};
use super::rule_words::{PORTS_SAY, Source, permission};
use super::things::{Choice, things};
use crate::markup::{Show, view};
use crate::signals::RwSignal;
use fargate_core::call::{AuthorizeSecurityGroupEgress, AuthorizeSecurityGroupIngress};
use fargate_core::ids::SecurityGroupId;
use fargate_session::network::Kind;
use leptos::prelude::*;

/// The values of 'anywhere' among the sources; groups and lists have their ids.
const ANYWHERE: &str = "0.0.0.0/0";
/// The same over IPv6.
const ANYWHERE_IPV6: &str = "::/0";
/// The value of a block that is typed.
const BLOCK: &str = "cidr";

/// The form.
#[component]
pub fn RuleForm(
    /// The group.
    group: SecurityGroupId,
    /// Whether the form is open; it closes when the rule is added.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let way = One::fixed(&[("in", "Inbound"), ("out", "Outbound")]);
    let protocol = One::fixed(&[
        ("tcp", "TCP"),
        ("udp", "UDP"),
        ("icmp", "ICMP"),
        ("icmpv6", "ICMP for IPv6"),
        ("-1", "All traffic"),
    ]);
    let port = Text::of("8080");
    let other = One::of(move || {
        let fixed = [
            (ANYWHERE, "Anywhere, 0.0.0.0/0"),
            (ANYWHERE_IPV6, "Anywhere over IPv6, ::/0"),
            (BLOCK, "A block of addresses"),
        ];
        let mut all = Vec::from(fixed.map(|(value, words)| (value.to_owned(), words.to_owned())));
        let groups = things.choices(Kind::SecurityGroup).into_iter();
        all.extend(groups.map(|(id, words): Choice| (id, format!("Group {words}"))));
        let lists = things.choices(Kind::PrefixList).into_iter();
        all.extend(lists.map(|(id, words): Choice| (id, format!("Prefix list {words}"))));
        all
    });
    let block = Text::of("");
    let bad_port = RwSignal::new(false);
    let submit = move |()| {
        let peer = match other.now() {
            chosen if chosen == BLOCK => Source::Block(block.now()),
            chosen if chosen.starts_with("pl-") => Source::PrefixList(chosen),
            chosen if chosen == ANYWHERE || chosen == ANYWHERE_IPV6 => Source::Block(chosen),
            chosen => Source::Group(chosen),
        };
        let asked = permission(&protocol.now(), &port.now(), &peer);
        bad_port.set(asked.is_none());
        let Some(asked) = asked else { return false };
        let (group_id, ip_permissions) = (group.clone(), vec![asked]);
        let answer = if way.now() == "out" {
            let call = AuthorizeSecurityGroupEgress {
                group_id,
                ip_permissions,
            };
            asking.ask(call, "Outbound rule added.")
        } else {
            let call = AuthorizeSecurityGroupIngress {
                group_id,
                ip_permissions,
            };
            asking.ask(call, "Rule added.")
        };
        answer.is_some()
    };
    let side = move || way.get() == "out";
    view! {
        <AskForm label="Add rule" verb="Add rule" asking open submit>
            <div class="fields two">
                <OneField label="Protocol" one=protocol/>
                <OneField label="Direction" one=way/>
            </div>
            <Show when=move || matches!(protocol.get().as_str(), "tcp" | "udp")>
                <TextField label="Port" text=port/>
            </Show>
            <p class="t12 err-t" role="alert">{move || bad_port.get().then_some(PORTS_SAY)}</p>
            <Show when=side fallback=move || view! { <OneField label="Source" one=other/> }>
                <OneField label="Destination" one=other/>
            </Show>
            <Show when=move || other.get() == BLOCK>
                <TextField label="Block" text=block example="203.0.113.0/24"/>
            </Show>
        </AskForm>
    }
}
