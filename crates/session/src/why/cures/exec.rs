//! ECS Exec: what lets it into a task.

use super::network::{interface_endpoint, of_network};
use super::{Act, Cure, ENDPOINT, PROGRAM, cure, define};
use crate::why::definition::{Change, of_container, of_task, string};
use fargate_core::network::{Destination, Endpoint, Flow, Question, services};
use fargate_core::observe::exec::is_enabled;
use fargate_core::task::Task;
use fargate_core::world::World;
use std::net::Ipv4Addr;

/// The service that the agent in a container keeps a channel to.
const SERVICE: &str = "ssmmessages";
/// A task role, where a definition names none. Source: the name that the developer guide uses.
pub(super) const TASK_ROLE: &str = "arn:aws:iam::123456789012:role/ecsTaskRole";

/// The channel of the agent in a task's containers.
pub(in crate::why) fn channel(task: &Task) -> Option<Question> {
    let from = Endpoint::Interface(task.interface.clone()?);
    let mut flow = Flow::tcp(from, Ipv4Addr::UNSPECIFIED, 443);
    flow.to = Destination::Name(services::host(SERVICE).into());
    Some(Question {
        anyone: true,
        ..Question::of(flow)
    })
}

/// What may let ECS Exec into a task that runs; the first thing in the way at a time.
pub(in crate::why) fn of_exec(world: &World, task: &Task, container: Option<&str>) -> Vec<Cure> {
    if !is_enabled(task) {
        let mut acts = Vec::new();
        let mut title = "Run it again with enableExecuteCommand".to_owned();
        if task.definition.task_role_arn.is_none() {
            title.push_str(", and a taskRoleArn, which ECS Exec needs");
            let change: Change = (of_task(&["taskRoleArn"]), Some(string(TASK_ROLE)));
            acts.push(Act::Define(vec![change]));
        }
        if !task.platform.windows && !task.platform.has("1.4.0") {
            title.push_str(", on platform version 1.4.0, the first that has it");
            acts.push(Act::Platform("1.4.0"));
        }
        acts.push(Act::Exec);
        return vec![cure(title, "exec", PROGRAM, acts)];
    }
    let mut all = task.containers.iter().enumerate();
    let found = all.find(|(_, it)| container.is_none_or(|name| *it.name == *name));
    let Some((place, it)) = found else {
        return Vec::new();
    };
    if it.definition.read_only_root {
        let path = of_container(place, &["readonlyRootFilesystem"]);
        return vec![define(
            format!("Let {} write to its own file system", it.name),
            "root",
            vec![(path, Some("false".to_owned()))],
        )];
    }
    if !it.runs() {
        return Vec::new();
    }
    let Some(question) = channel(task) else {
        return Vec::new();
    };
    let network = world.network();
    if network.walk(&question.flow).delivered() {
        return Vec::new();
    }
    let mut cures = of_network(world, &question);
    let subnet = network.subnets.get(&task.assignment.subnet);
    cures.extend(subnet.map(|it| interface_endpoint(world, task, it, SERVICE, ENDPOINT)));
    cures.sort_by_key(|it| it.width);
    cures
}
