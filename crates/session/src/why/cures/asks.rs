//! What a container's program asks of AWS and does not get: a task role, a way to the service, or the narrowest statement.

use super::exec::TASK_ROLE;
use super::network::{of_network, service_endpoint};
use super::permissions::{of_running, with_trust};
use super::{Act, Cure, DEFINITION, PROGRAM, cure};
use crate::why::asks::{Asked, refusals};
use crate::why::definition::{Change, of_task, string};
use fargate_core::iam::{Ask, Kind, TASKS};
use fargate_core::task::{Answer, Task};
use fargate_core::workload::AwsAsk;
use fargate_core::world::World;

/// What may let it have what it asks for.
pub(in crate::why) fn of(asked: &Asked<'_>, world: &World, task: &Task) -> Vec<Cure> {
    match &asked.answer {
        Answer::Given => Vec::new(),
        Answer::NoCredentials => roles(world, task),
        Answer::NoWay(_) => {
            let question = asked.question.iter();
            let mut found: Vec<Cure> = question
                .flat_map(|it| of_network(&asked.world, it))
                .collect();
            let service = asked.ask.endpoint();
            let gateway = matches!(service, "s3" | "dynamodb");
            found.extend(service_endpoint(world, task, service, gateway));
            found.sort_by_key(|it| it.width);
            found
        }
        Answer::Denied(_) => of_running(world, &|world| refusals(world, task)),
    }
}

/// The same where it asked at its start, and has to be run again.
pub(in crate::why) fn of_start(asked: &Asked<'_>, world: &World, task: &Task) -> Vec<Cure> {
    if asked.answer == Answer::Given {
        let title = "Run it again: AWS gives it what it asks for now";
        return vec![cure(title, "again", PROGRAM, vec![Act::Again])];
    }
    let mut found = of(asked, world, task);
    for one in &mut found {
        if !one.acts.contains(&Act::Again) {
            one.acts.push(Act::Again);
        }
    }
    found
}

/// Roles that may do all that a task's containers ask: those that are there, and one that is made for it.
fn roles(world: &World, task: &Task) -> Vec<Cure> {
    let account = world.iam().account();
    let asks = task.containers.iter().flat_map(|it| it.workload.aws_asks());
    let asks: Vec<AwsAsk<'_>> = asks.map(|it| it.1).collect();
    let named = |arn: &str| -> Act {
        let change: Change = (of_task(&["taskRoleArn"]), Some(string(arn)));
        Act::Define(vec![change])
    };
    if !account.enforced {
        let title = format!("Name a task role in the definition ({TASK_ROLE})");
        return vec![cure(title, "task role", DEFINITION, vec![named(TASK_ROLE)])];
    }
    let may = |arn: &str| {
        let assumed = account.assume(arn, TASKS);
        let all = asks.iter().map(|it| Ask::new(it.action, it.resource));
        let mut decided =
            all.map(|it| account.decide(arn, None, &it.action, &it.resource, it.context));
        assumed.is_some_and(|it| it.allowed()) && decided.all(|it| it.allowed())
    };
    let there = account.principals.values();
    let there = there.filter(|it| it.kind == Kind::Role && !it.of_service());
    let fits = there.map(|it| it.arn()).find(|arn| may(arn));
    let mut found: Vec<Cure> = Vec::new();
    found.extend(fits.map(|arn| {
        let title = format!("Give the definition the task role {arn}, which may do it");
        cure(title, "task role there", DEFINITION, vec![named(&arn)])
    }));
    if let Some((role, calls)) = with_trust(&account, &task.definition.family, &asks) {
        let mut acts: Vec<Act> = calls.into_iter().map(Act::Call).collect();
        acts.push(named(&role));
        let title = format!("Make the task role {role} that may do it, and nothing more");
        found.push(cure(title, "task role made", DEFINITION * 2, acts));
    }
    found
}
