//! Cures as calls: what the network proposes, with what a task takes to be run again.

use crate::view::FixCard;
use fargate_core::call::{
    AssignPublicIp, AuthorizeSecurityGroupIngress, AwsvpcConfiguration, Call, NetworkConfiguration,
    RunTask, StopTask,
};
use fargate_core::ids::TaskId;
use fargate_core::network::{Edit, Question};
use fargate_core::world::World;

/// Cures of a question that is answered with no, the narrowest first. Each was walked on a copy of the network, and its calls are
/// accepted by a copy of the world.
pub(crate) fn fixes(question: &Question, world: &World) -> Vec<FixCard> {
    let found = world.network().fixes(question).into_iter();
    let cards = found.filter_map(|fix| {
        let mut calls = Vec::new();
        for edit in &fix.edits {
            match edit {
                Edit::Call(call) => calls.push(call.clone()),
                Edit::RunAgain(task) => calls.extend(run_again(task, world)?),
            }
        }
        Some(FixCard {
            title: fix.title,
            calls,
        })
    });
    let mut cards: Vec<FixCard> = cards.filter(|card| is_accepted(card, world)).collect();
    let by_address = |card: &FixCard| card.calls.iter().any(|call| lets_node_in(call, world));
    if cards.iter().any(|card| !by_address(card)) {
        cards.retain(|card| !by_address(card));
    }
    cards
}

/// Whether a call lets a node of a load balancer in by its address, which AWS changes as it likes.
pub(crate) fn lets_node_in(call: &Call, world: &World) -> bool {
    let Some(rule) = call.input::<AuthorizeSecurityGroupIngress>() else {
        return false;
    };
    let network = world.network();
    let nodes = network.load_balancers.values().flat_map(|it| &it.nodes);
    let mut nodes = nodes.filter_map(|id| network.interfaces.get(id));
    nodes.any(|node| {
        let node = format!("{}/32", node.private_ip);
        let mut ranges = rule.ip_permissions.iter().flat_map(|it| &it.ip_ranges);
        ranges.any(|it| it.cidr_ip == node)
    })
}

fn is_accepted(card: &FixCard, world: &World) -> bool {
    let mut trial = world.clone();
    let mut calls = card.calls.iter();
    calls.all(|call| trial.apply(u32::MAX, call, &mut Vec::new()).is_ok())
}

/// Another task of the same revision in the place of one, with a public address.
fn run_again(id: &TaskId, world: &World) -> Option<[Call; 2]> {
    let task = world.tasks().get(id)?;
    let stop = StopTask {
        task: id.clone(),
        reason: Some("Run again with a public address".to_owned()),
        ..Default::default()
    };
    let network = AwsvpcConfiguration {
        subnets: vec![task.assignment.subnet.clone()],
        security_groups: task.assignment.groups.clone(),
        assign_public_ip: Some(AssignPublicIp::Enabled),
    };
    let run = RunTask {
        task_definition: task.revision.to_string(),
        count: None,
        launch_type: task.launch_type(),
        platform_version: Some(task.platform.version.to_owned()),
        network_configuration: Some(NetworkConfiguration {
            awsvpc_configuration: network,
        }),
        options: task.options.again(),
    };
    Some([stop.into(), run.into()])
}
