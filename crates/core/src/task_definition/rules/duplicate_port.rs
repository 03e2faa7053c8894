//! A port is mapped once in a task, and so is the name of a mapping.

use super::names::clip;
use super::{API_PORT_MAPPING, Applies, CLIENT, Rule, Subject, error};
use crate::finding::Finding;
use crate::task_definition::extract;
use crate::task_definition::model::Protocol;
use crate::text::{Node, edit, quote};
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    code: "duplicate-port",
    applies: Applies::Always,
    source: API_PORT_MAPPING,
    check,
};

/// The ports that are taken, by protocol.
type Taken = BTreeSet<(Protocol, u16)>;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let mode = subject.definition.network_mode.as_deref().unwrap_or_default();
    let awsvpc = mode == "awsvpc";
    let (mut container_ports, mut host_ports): (Taken, Taken) = Default::default();
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for container in subject.containers() {
        let mappings = container.mappings();
        for (index, mapping) in mappings.iter().enumerate() {
            let protocol = extract::protocol(mapping);
            let port = |name: &str| {
                let port = mapping.get(name)?.as_i64()?;
                let port = u16::try_from(port).ok().filter(|&port| port > 0)?;
                Some((port, port))
            };
            let range = || extract::port_range(mapping.get("containerPortRange")?.as_str()?);
            let word = if protocol == Protocol::Udp { "UDP" } else { "TCP" };
            let host_twice = taken(&mut host_ports, port("hostPort"), protocol);
            let inside = port("containerPort").or_else(range).filter(|_| awsvpc);
            let inside_twice = taken(&mut container_ports, inside, protocol);
            let remove = || edit::remove_item(mappings, index);
            if let Some(port) = host_twice.or(inside_twice) {
                let (member, words) = match host_twice {
                    Some(port) => ("hostPort", format!("{word} host port '{port}' is mapped multiple times in task.")),
                    None if mapping.get("containerPort").is_some() => ("containerPort", twice_inside(word, port)),
                    None => ("containerPortRange", twice_inside(word, port)),
                };
                let help = if awsvpc {
                    "All containers of the task share one network interface, so only one of them can listen on a port."
                } else {
                    "Only one container can have a port of the host."
                };
                let place = Subject::place(mapping, member);
                let written = mapping.get(member).and_then(Node::as_str);
                let message = match written {
                    Some(range) => format!("{word} port {port} of {} is mapped twice in the task", quote(&clip(range))),
                    None => format!("{word} port {port} is mapped twice in the task"),
                };
                findings.push(error(place, message).help(help).aws(CLIENT, words).fix("Remove the mapping", remove()));
                continue;
            }
            let Some((value, name)) = mapping.get("name").and_then(|value| Some((value, value.as_str()?))) else {
                continue;
            };
            if !names.insert(name) && awsvpc && !name.is_empty() {
                findings.push(
                    error(value.span, format!("Another mapping is called {}", clip(name)))
                        .help("Service Connect finds a port by its mapping's name.")
                        .aws(CLIENT, "When networkMode=awsvpc, port mapping name is already used")
                        .fix("Remove the name", edit::remove_named(mapping, "name")),
                );
            }
        }
    }
}

fn twice_inside(word: &str, port: u16) -> String {
    format!("{word} container port '{port}' is used multiple times in task when networkMode=awsvpc.")
}

/// Takes the ports, up to the first that is taken already.
fn taken(taken: &mut Taken, ports: Option<(u16, u16)>, protocol: Protocol) -> Option<u16> {
    let (first, last) = ports?;
    (first..=last).find(|&port| !taken.insert((protocol, port)))
}
