//! A port is mapped once in a task.

use super::{API_PORT_MAPPING, Applies, CLIENT, Rule, Subject, error};
use crate::finding::Finding;
use crate::task_definition::extract;
use crate::task_definition::model::Protocol;
use crate::text::{Node, edit};

pub(super) static RULE: Rule = Rule {
    code: "duplicate-port",
    applies: Applies::Always,
    source: API_PORT_MAPPING,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let mode = subject.definition.network_mode.as_deref().unwrap_or_default();
    let mut container_ports = Vec::new();
    let mut host_ports = Vec::new();
    for container in subject.containers() {
        let mappings = container.mappings();
        for (index, mapping) in mappings.iter().enumerate() {
            let protocol = extract::protocol(mapping);
            let port = |name: &str| mapping.get(name).and_then(Node::as_i64).filter(|&port| port > 0);
            let (inside, host) = (port("containerPort"), port("hostPort"));
            let twice = |taken: &mut Vec<_>, port: Option<i64>| {
                let port = port?;
                let repeated = taken.contains(&(port, protocol));
                taken.push((port, protocol));
                repeated.then_some(port)
            };
            let word = if protocol == Protocol::Udp { "UDP" } else { "TCP" };
            let host_twice = twice(&mut host_ports, host);
            let inside_twice = twice(&mut container_ports, inside).filter(|_| mode == "awsvpc");
            let (port, member, words) = match (host_twice, inside_twice) {
                (Some(port), _) => (
                    port,
                    "hostPort",
                    format!("{word} host port '{port}' is mapped multiple times in task."),
                ),
                (None, Some(port)) => (
                    port,
                    "containerPort",
                    format!("{word} container port '{port}' is used multiple times in task when networkMode=awsvpc."),
                ),
                (None, None) => continue,
            };
            let help = if mode == "awsvpc" {
                "All containers of the task share one network interface, so only one of them can listen on a port."
            } else {
                "Only one container can have a port of the host."
            };
            findings.push(
                error(
                    Subject::place(mapping, member),
                    format!("{word} port {port} is mapped twice in the task"),
                )
                .help(help)
                .aws(CLIENT, words)
                .fix("Remove the mapping", edit::remove_item(mappings, index)),
            );
        }
    }
}
