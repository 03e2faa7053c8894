//! Cures as calls: what the network proposes, with what a task takes to be run again.

use crate::view::FixCard;
use fargate_core::call::{
    AssignPublicIp, AwsvpcConfiguration, Call, NetworkConfiguration, RunTask, StopTask,
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
    cards.filter(|card| is_accepted(card, world)).collect()
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
