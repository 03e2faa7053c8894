//! A protocol that AWS takes for tcp.

use super::names::clip;
use super::{API_PORT_MAPPING, Applies, Rule, Subject, warning};
use crate::finding::{Edit, Finding};
use crate::text::quote;

pub(super) static RULE: Rule = Rule {
    code: "port-protocol",
    applies: Applies::Always,
    source: API_PORT_MAPPING,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for container in subject.containers() {
        for mapping in container.mappings() {
            let Some(value) = mapping.get("protocol") else {
                continue;
            };
            let Some(written) = value.as_str().filter(|written| !matches!(*written, "tcp" | "udp")) else {
                continue;
            };
            let meant = if written.eq_ignore_ascii_case("udp") { "udp" } else { "tcp" };
            findings.push(
                warning(value.span, format!("{} is taken as tcp", quote(&clip(written))))
                    .help("Only tcp and udp are known, in small letters; AWS takes anything else as tcp.")
                    .fix(format!("Use {meant}"), vec![Edit::replace(value.span, quote(meant))]),
            );
        }
    }
}
