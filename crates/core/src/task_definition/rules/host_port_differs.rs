//! With awsvpc and host, the host port is the container port.

use super::{API_PORT_MAPPING, Applies, CLIENT, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::{Node, edit};

pub(super) static RULE: Rule = Rule {
    code: "host-port-differs",
    applies: Applies::Always,
    source: API_PORT_MAPPING,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let mode = subject.definition.network_mode.as_deref().unwrap_or_default();
    if !matches!(mode, "awsvpc" | "host") {
        return;
    }
    let shared = if mode == "awsvpc" {
        "The containers share the task's own network interface, so there is no host port to map to."
    } else {
        "The containers use the instance's own network, so there is nothing to map."
    };
    for container in subject.containers() {
        for mapping in container.mappings() {
            let port = |name: &str| mapping.get(name).and_then(Node::as_i64);
            let (Some(inside), Some(host)) = (port("containerPort"), port("hostPort")) else {
                continue;
            };
            if inside == host {
                continue;
            }
            findings.push(
                error(
                    Subject::place(mapping, "hostPort"),
                    format!("hostPort {host} differs from containerPort {inside}"),
                )
                .help(format!("{shared} Leave hostPort out, or make it equal."))
                .aws(
                    CLIENT,
                    format!("When networkMode={mode}, the host ports and container ports in port mappings must match."),
                )
                .fix("Remove hostPort", edit::remove_named(mapping, "hostPort"))
                .fix(
                    format!("Use {inside}"),
                    vec![subject.set(mapping, &[], "hostPort", &inside.to_string())],
                ),
            );
        }
    }
}
