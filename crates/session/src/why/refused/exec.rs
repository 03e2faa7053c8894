//! ECS Exec that is not let into a container.

use crate::session::Session;
use crate::why::cures::{channel, of_exec};
use crate::why::definition::{line, of_container};
use crate::why::flow::{at_task, name, passed, root_of};
use crate::why::ground::{Ground, title};
use crate::why::{Explanation, Goal, Link};
use fargate_core::call::ExecuteCommand;
use fargate_core::error::ApiError;
use fargate_core::ids::TaskId;
use fargate_core::observe::exec::is_enabled;
use fargate_core::task::{Task, TaskState};
use fargate_core::units::SimTime;
use fargate_core::world::World;

pub(super) fn explain(
    found: &mut Explanation,
    session: &Session,
    world: &World,
    input: &ExecuteCommand,
    error: &ApiError,
    at: SimTime,
) {
    let named = input.task.as_str();
    let id = TaskId::from(named.rsplit('/').next().unwrap_or(named));
    let container = input.container.as_deref();
    let Some(task) = world.tasks().get(&id) else {
        found
            .chain
            .push(Link::new(at, error.message.clone()).decided("ecs:ExecuteCommand", error.code));
        found.help = error.cure.to_string();
        return;
    };
    let ground = Ground::now(session);
    cause(found, &ground, world, task, container, error, at);
    found.cures = of_exec(world, task, container);
    found.goal = Some(Goal::Executes {
        call: Box::new(input.clone()),
        task: id,
    });
}

fn cause(
    found: &mut Explanation,
    ground: &Ground<'_>,
    world: &World,
    task: &Task,
    container: Option<&str>,
    error: &ApiError,
    at: SimTime,
) {
    let step = |sentence: String, rule: &str| {
        Link::new(at, sentence)
            .decided(title(task), rule)
            .seen([at_task(&task.id)])
    };
    let mut all = task.containers.iter().enumerate();
    let chosen = all.find(|(_, it)| container.is_none_or(|name| *it.name == *name));
    if !is_enabled(task) {
        found.cause = "exec-not-enabled";
        let sentence = format!(
            "{} was run without enableExecuteCommand, and that cannot be switched on in a task that runs.",
            title(task)
        );
        let link = step(sentence, "enableExecuteCommand").by(ground.ran(&task.id));
        found.chain.push(link);
    } else if task.state() != TaskState::Running || !chosen.is_some_and(|(_, it)| it.runs()) {
        found.cause = "exec-not-running";
        let what = chosen.map_or_else(|| "Its container".to_owned(), |(_, it)| it.name.to_string());
        let sentence = format!(
            "{what} of {} is not running, so nobody answers in it.",
            title(task)
        );
        found.chain.push(step(sentence, task.state().aws()));
        found.help = error.cure.to_string();
    } else if let Some((place, it)) = chosen.filter(|(_, it)| it.definition.read_only_root) {
        found.cause = "exec-read-only";
        let sentence = format!(
            "The file system of {} is read-only, and the agent of ECS Exec has to write its files there.",
            it.name
        );
        let path = of_container(place, &["readonlyRootFilesystem"]);
        let link = step(sentence, "readonlyRootFilesystem: true");
        found.chain.push(
            link.by(ground.registered(&task.revision))
                .seen(line(world, task, &path)),
        );
    } else if let Some(trace) = channel(task)
        .map(|it| world.network().walk(&it.flow))
        .filter(|it| !it.delivered())
    {
        let sentence = "The agent of ECS Exec keeps a channel to ssmmessages over the task's interface, and gets no answer there.";
        found.chain.push(step(sentence.to_owned(), "ssmmessages"));
        found.cause = name(&trace, world);
        found.checked = passed(&trace, world);
        let by = ground.turned_by(|before| {
            let task = before.tasks().get(&task.id)?;
            let question = channel(task)?;
            Some(before.network().walk(&question.flow).delivered())
        });
        found.chain.push(root_of(ground, &trace, at, &task.id, by));
    } else {
        found.chain.push(step(error.message.clone(), error.code));
        found.help = error.cure.to_string();
    }
}
