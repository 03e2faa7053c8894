//! Connections to a task: the cures of the network, and where nothing listens another port.

use super::network::of_network;
use super::{Act, Cure, PROGRAM, cure, define};
use crate::why::definition::of_container;
use fargate_core::call::{Call, SendRequests, SetTraffic, TrafficSource, TrafficTarget};
use fargate_core::ids::TaskId;
use fargate_core::network::{Endpoint, Owner, Question};
use fargate_core::task::Task;
use fargate_core::task_definition::fields::Step;
use fargate_core::world::World;

/// What may cure a connection.
pub(in crate::why) fn of_flow(world: &World, question: &Question, task: &TaskId) -> Vec<Cure> {
    let mut found = of_network(world, question);
    let trace = world.network().walk(&question.flow_in(world.network()));
    found.extend(super::balancer::of_balancer(world, &trace));
    if let Some(task) = world.tasks().get(task)
        && question.to.is_some()
        && !task
            .containers
            .iter()
            .any(|it| it.runs() && it.ports().contains(&question.flow.port))
    {
        found.extend(other_port(world, task, question));
    }
    found.sort_by_key(|it| it.width);
    found
}

/// Where nothing listens: a port that is asked instead, or a mapping that says the port that is asked.
fn other_port(world: &World, task: &Task, question: &Question) -> Vec<Cure> {
    let asked = question.flow.port;
    let mut found = Vec::new();
    for (place, it) in task.containers.iter().enumerate().filter(|it| it.1.runs()) {
        for (index, mapping) in it.definition.port_mappings.iter().enumerate() {
            if !it.workload.listens.is_empty() || mapping.container_port == asked {
                continue;
            }
            let mut path = of_container(place, &["portMappings"]);
            path.push(Step::Item(index));
            let mut changes = Vec::new();
            let mut port = path.clone();
            port.push("containerPort".into());
            changes.push((port, Some(asked.to_string())));
            if mapping.host_port.is_some() {
                path.push("hostPort".into());
                changes.push((path, Some(asked.to_string())));
            }
            found.push(define(
                format!("Let {} listen on {asked} (containerPort)", it.name),
                "port mapping",
                changes,
            ));
        }
        for port in it.ports() {
            found.extend(ask_instead(world, task, question, port).map(|calls| {
                cure(
                    format!("Ask port {port}, where {} listens", it.name),
                    "other port",
                    PROGRAM,
                    calls.into_iter().map(Act::Call).collect(),
                )
            }));
        }
    }
    found
}

/// The calls that send the same requests to another port.
fn ask_instead(world: &World, task: &Task, question: &Question, port: u16) -> Option<Vec<Call>> {
    let from = match &question.flow.from {
        Endpoint::Internet(_) => TrafficSource::Internet,
        Endpoint::Interface(id) => match &world.network().interfaces.get(id)?.owner {
            Owner::Task(task) => TrafficSource::Task(task.clone()),
            Owner::Instance(instance) => TrafficSource::Instance(instance.clone()),
            _ => return None,
        },
    };
    let mut streams = world.traffic().streams.values();
    let lasting = streams.find(|it| {
        it.to.task() == Some(&task.id)
            && it.port == question.flow.port
            && it.from == from
            && it.left.is_none()
    });
    let to = TrafficTarget::from(task.id.clone());
    let Some(stream) = lasting else {
        let request = SendRequests {
            from,
            to,
            port,
            count: 1,
            rate_tenths: 10,
        };
        return Some(vec![request.into()]);
    };
    let set = |port: u16, rate_tenths: u32| SetTraffic {
        from: from.clone(),
        to: to.clone(),
        port,
        rate_tenths,
    };
    Some(vec![
        set(question.flow.port, 0).into(),
        set(port, stream.rate_tenths).into(),
    ])
}
