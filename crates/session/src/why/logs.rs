//! Why a log stays empty though its container writes: the execution role may not `logs:PutLogEvents`, or the policy of the endpoint on
//! the way does not let it through. ECS says nothing of either.

use super::cures::permissions::{Refusal, of_running};
use super::definition::{line, of_task};
use super::flow::at_task;
use super::ground::Ground;
use super::trouble::of_denial;
use super::{Explanation, Goal, Link, Said, State};
use fargate_core::iam::{Account, Decision, Layer, Outcome};
use fargate_core::network::{Network, services::host};
use fargate_core::observe::LogOptions;
use fargate_core::observe::logs::{Logs, Stream};
use fargate_core::task::{Task, log_put, ways_to};
use fargate_core::world::World;

/// What CloudWatch Logs refuses of what a task's containers write.
pub(super) fn refusals(world: &World, task: &Task) -> Vec<Refusal> {
    let account = world.iam().account();
    let role = task.definition.execution_role_arn.as_deref();
    let Some((role, revision)) = role.zip(world.revisions().find(&task.revision).ok()) else {
        return Vec::new();
    };
    let over = match &task.interface {
        Some(interface) if !account.endpoints.is_empty() => {
            ways_to(world.network(), Network::walk, interface, host("logs"))
        }
        _ => Vec::new(),
    };
    let puts = LogOptions::of(revision).into_iter();
    let puts = puts.filter_map(|(name, options)| {
        let stream = options.stream(&name, task.id.as_str());
        let group = options.group.as_deref()?;
        let log = (group, stream.as_str());
        log_put(&account, role, task.id.as_str(), log, &over)
    });
    let denied = puts.filter(|it| !it.allowed());
    denied.map(|it| of_streams(it, task)).collect()
}

/// The same of every task of the kind: each logs to a stream of its own.
fn of_streams(mut denied: Decision, task: &Task) -> Refusal {
    if let Some(stream) = denied.request.resource.strip_suffix(task.id.as_str()) {
        denied.request.resource = format!("{stream}*");
    }
    Refusal::Decided(Box::new(denied))
}

/// Why lines of a task that runs cannot be read, where IAM refuses them.
pub(super) fn unread(ground: &Ground<'_>, task: &Task) -> Option<Explanation> {
    let account: std::sync::Arc<Account> = ground.world.iam().account();
    if !account.enforced && account.endpoints.is_empty() {
        return None;
    }
    let logs = Logs::read(ground.world.account(), ground.session.events());
    let own = |it: &&Stream| it.task == task.id && it.refused > 0;
    let stream = logs
        .streams
        .iter()
        .filter(own)
        .find(|it| it.refusal.is_some())?;
    let denied = stream.refusal.as_ref()?;
    let world = &ground.world;
    let now = world.now();
    let (container, kept) = (&stream.container, stream.written - stream.refused);
    let mut found = Explanation::of(String::new(), String::new());
    found.state = State::Wrong;
    found.said = Some(Said {
        code: "AccessDeniedException".to_owned(),
        message: denied.message(world.as_of()),
    });
    found.cause = of_denial(
        denied.layer,
        denied.outcome == Outcome::ExplicitDeny,
        &denied.request.action,
    );
    found.chain.push(
        Link::new(
            now,
            format!(
                "{container} wrote {} lines, and stream {} holds {kept} of them.",
                stream.written, stream.name
            ),
        )
        .seen([at_task(&task.id)]),
    );
    let near = denied.near().into_iter().next();
    let near = near.map(|it| format!(" {it}")).unwrap_or_default();
    let well = |before: &World| {
        let known = before.iam().account().enforced || before.tasks().get(&task.id).is_some();
        known.then(|| refusals(before, task).is_empty())
    };
    let by = ground.turned_by(well);
    let by = by.filter(|it| !ground.only_asks(it.call));
    let refuses = if denied.layer == Some(Layer::Endpoint) {
        "the policy of the endpoint on its way refuses it"
    } else {
        "IAM refuses it"
    };
    let role = task.definition.execution_role_arn.clone();
    found.chain.push(
        Link::new(
            now,
            format!(
                "Each line asks for logs:PutLogEvents as the execution role, {refuses}, and ECS tells nobody. {}{near}",
                denied.reason()
            ),
        )
        .decided(role.unwrap_or_default(), denied.request.action.clone())
        .by(by)
        .seen(line(world, task, &of_task(&["executionRoleArn"]))),
    );
    found.help = denied.cure().map(|it| it.sentence).unwrap_or_default();
    found.cures = of_running(world, &|world| refusals(world, task));
    found.goal = Some(Goal::Logs {
        task: task.id.clone(),
    });
    Some(found)
}
