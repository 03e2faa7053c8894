//! Ports lie between 1 and 65535, and so do ranges of them.

use super::names::clip;
use super::{API_PORT_MAPPING, Applies, CLIENT, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::task_definition::extract;
use crate::text::{Node, Value, edit, quote};

pub(super) static RULE: Rule = Rule {
    code: "container-port",
    applies: Applies::Always,
    source: API_PORT_MAPPING,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for container in subject.containers() {
        let name = container.name();
        let mappings = container.mappings();
        for (index, mapping) in mappings.iter().enumerate() {
            if !matches!(mapping.value, Value::Object(_)) {
                continue;
            }
            if let Some(range) = mapping.get("containerPortRange") {
                findings.extend(range_flaw(name, mapping, range));
                continue;
            }
            let Some(written) = port(mapping.get("containerPort")) else {
                let finding = error(
                    Subject::place(mapping, "containerPort"),
                    match mapping.get("containerPort") {
                        Some(value) => format!("{} is no port from 1 to 65535", describe(value)),
                        None => "The mapping names no containerPort".to_owned(),
                    },
                )
                .aws(CLIENT, format!("Invalid 'containerPort' setting for container '{name}'."));
                let host = port(mapping.get("hostPort")).flatten().filter(|&host| host > 0);
                findings.push(
                    match host {
                        Some(host) => finding.fix(
                            format!("Use {host}"),
                            vec![subject.set(mapping, &[], "containerPort", &host.to_string())],
                        ),
                        None => finding,
                    }
                    .fix("Remove the mapping", edit::remove_item(mappings, index)),
                );
                continue;
            };
            let host = mapping.get("hostPort");
            if written.is_some() && host.is_some_and(|host| matches!(host.value, Value::Number(_)) && port(Some(host)).is_none() && host.as_i64() != Some(0)) {
                findings.push(
                    error(
                        Subject::place(mapping, "hostPort"),
                        format!("{} is no port from 0 to 65535", host.map(describe).unwrap_or_default()),
                    )
                    .aws(CLIENT, format!("Invalid 'hostPort' setting for container '{name}'."))
                    .fix("Remove hostPort", edit::remove_named(mapping, "hostPort")),
                );
            }
        }
    }
}

/// What is wrong with a mapping that has a range of ports.
fn range_flaw(container: &str, mapping: &Node, range: &Node) -> Option<Finding> {
    let single = ["containerPort", "hostPort"].into_iter().find(|name| mapping.get(name).and_then(Node::as_i64).is_some());
    if let Some(single) = single {
        let place = mapping.member(single)?.key.span;
        return Some(
            error(place, format!("{single} stands beside containerPortRange"))
                .aws(
                    CLIENT,
                    format!("Invalid port mapping for container '{container}', cannot specify both single port and port range."),
                )
                .fix("Remove containerPortRange", edit::remove_named(mapping, "containerPortRange")),
        );
    }
    let written = range.as_str()?;
    if extract::port_range(written).is_some() {
        return None;
    }
    let finding = error(range.span, format!("{} is no range of ports", quote(&clip(written))))
        .help("A range is first-last, from 1 to 65535, the first below the last.")
        .aws(CLIENT, format!("Invalid 'containerPortRange' setting for container '{container}'."));
    let turned = written.split_once('-').map(|(first, last)| format!("{}-{}", last.trim(), first.trim()));
    Some(match turned.filter(|turned| extract::port_range(turned).is_some()) {
        Some(turned) => finding.fix(format!("Use {turned}"), vec![Edit::replace(range.span, quote(&turned))]),
        None => finding,
    })
}

/// A port from 1 on; `None` where the value is none, `Some(None)` where its type is wrong, which is another rule's matter.
#[expect(clippy::option_option)] // three answers: no port, not to be judged, a port
fn port(value: Option<&Node>) -> Option<Option<u16>> {
    match &value?.value {
        Value::Number(digits) => {
            let port = digits.parse::<u16>().ok().filter(|&port| port > 0)?;
            Some(Some(port))
        }
        // another rule says that the type is wrong, the reader that nothing stands there
        _ => Some(None),
    }
}

fn describe(value: &Node) -> String {
    match &value.value {
        Value::Number(digits) => clip(digits),
        _ => "This".to_owned(),
    }
}
