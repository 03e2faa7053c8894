//! Why AWS does not give a container what its program asks for: no credentials, no way to the service, or a task role that may not.

use super::cures::asks as cures;
use super::cures::permissions::{Refusal, not_assumed};
use super::definition::{line, of_task};
use super::flow::{at_task, name, root_of};
use super::ground::{Ground, title};
use super::trouble::of_denial;
use super::{Explanation, Goal, Link, Reference, Said, State, needs};
use crate::explain::capital;
use crate::view::Place;
use fargate_core::event::{Cause, Event, Fact};
use fargate_core::iam::{Decision, Outcome};
use fargate_core::network::{Network, Question};
use fargate_core::task::{Answer, Container, Task, answer, flow_of_ask};
use fargate_core::units::SimTime;
use fargate_core::workload::AwsAsk;
use fargate_core::world::World;

/// What a container asks, and what becomes of it now.
pub(super) struct Asked<'a> {
    /// The container, by its place.
    pub(super) place: usize,
    /// What.
    pub(super) ask: AwsAsk<'a>,
    /// What becomes of it.
    pub(super) answer: Answer,
    /// The account that it was asked in: that of a task like it where the task has no interface any more.
    pub(super) world: World,
    /// The connection that is made for it.
    pub(super) question: Option<Question>,
}

impl Asked<'_> {
    /// What kind of answer it is: what stands in the way next is another trouble.
    pub(super) fn kind(&self) -> String {
        match &self.answer {
            Answer::Given => "given".to_owned(),
            Answer::NoCredentials => "no credentials".to_owned(),
            Answer::NoWay(trace) => {
                let decided = trace.decided_by().map(|hop| hop.part.id());
                format!("no way {}", decided.unwrap_or_default())
            }
            Answer::Denied(_) => "denied".to_owned(),
        }
    }
}

/// Everything that a task's containers ask of AWS, as it would be answered now.
pub(super) fn all<'t>(world: &World, task: &'t Task) -> Vec<Asked<'t>> {
    if !task
        .containers
        .iter()
        .any(|it| it.workload.aws_asks().next().is_some())
    {
        return Vec::new();
    }
    let Some((copy, interface)) = needs::with_interface(world, task) else {
        return Vec::new();
    };
    let mut like = task.clone();
    like.interface = Some(interface);
    let account = world.iam().account();
    let containers = task.containers.iter().enumerate();
    containers
        .flat_map(|(place, it)| it.workload.aws_asks().map(move |(_, ask)| (place, ask)))
        .map(|(place, ask)| Asked {
            place,
            answer: answer(copy.network(), Network::walk, &account, &like, &ask),
            // a service answers at many addresses: a way there is a way to all of the Internet
            question: flow_of_ask(&like, &ask).map(|flow| Question {
                anyone: true,
                ..Question::of(flow)
            }),
            world: copy.clone(),
            ask,
        })
        .collect()
}

/// What the task role is refused of all that a task's containers ask, and whether tasks cannot take it at all.
pub(super) fn refusals(world: &World, task: &Task) -> Vec<Refusal> {
    let Some(role) = task.definition.task_role_arn.as_deref() else {
        return Vec::new();
    };
    let account = world.iam().account();
    if account.enforced
        && let Some(refused) = not_assumed(&account, role)
    {
        return vec![refused];
    }
    let denied = all(world, task).into_iter();
    let denied = denied.filter_map(|it| match it.answer {
        Answer::Denied(decision) => Some(decision),
        Answer::Given | Answer::NoCredentials | Answer::NoWay(_) => None,
    });
    let mut found: Vec<Box<Decision>> = Vec::new();
    for decision in denied {
        if !found.contains(&decision) {
            found.push(decision);
        }
    }
    found.into_iter().map(Refusal::Decided).collect()
}

/// Adds why a container ended, or does not begin, that asks AWS at its start.
pub(super) fn add(ground: &Ground<'_>, found: &mut Explanation, task: &Task, place: usize) {
    let Some((_, ask)) = task.containers.get(place).and_then(Container::denied_ask) else {
        return;
    };
    let asked = all(&ground.world, task);
    if let Some(asked) = asked.iter().find(|it| it.place == place && it.ask == ask) {
        let at = found.chain.last().map_or(ground.world.now(), |it| it.at);
        explain(ground, found, task, asked, at);
    }
}

/// Adds who asked for what, and what stood in the way.
fn explain(
    ground: &Ground<'_>,
    found: &mut Explanation,
    task: &Task,
    asked: &Asked<'_>,
    at: SimTime,
) {
    let world = &ground.world;
    let container = &task.containers[asked.place];
    let (action, resource) = (asked.ask.action, asked.ask.resource);
    let on = if resource == "*" {
        String::new()
    } else {
        format!(" on {resource}")
    };
    let when = if asked.ask.each_request {
        "for each request"
    } else {
        "at its start"
    };
    let lines = ground.last_of(&task.id, |fact| {
        matches!(fact, Fact::Logged { container: it, line, .. } if *it == container.name && line.starts_with("botocore."))
    });
    let said = lines.and_then(|event| match &event.fact {
        Fact::Logged { line, .. } => Some(format!(" It logged: '{line}'")),
        _ => None,
    });
    let sentence = format!(
        "{} asks for {action}{on} {when}, as its task role.{}",
        container.name,
        said.unwrap_or_default()
    );
    let seen = Reference::Canvas(Place::Container(task.id.clone(), asked.place));
    found.chain.push(Link::new(at, sentence).seen([seen]));
    let kind = asked.kind();
    let well = |before: &World| {
        let now = all(before, task);
        let same = now
            .iter()
            .find(|it| it.place == asked.place && it.ask == asked.ask)?;
        Some(same.kind() != kind)
    };
    let by = ground
        .turned_by(well)
        .filter(|it| !ground.only_asks(it.call));
    let role = line(world, task, &of_task(&["taskRoleArn"]));
    match &asked.answer {
        Answer::Given => {
            found.cause = "aws-asked-again";
            let link = Link::new(
                at,
                "At the moment shown AWS would give it what it asks for.",
            );
            found.chain.push(link);
        }
        Answer::NoCredentials => {
            found.cause = "no-task-role";
            let sentence = "The definition names no taskRoleArn, so the SDK finds no credentials: on Fargate there is no instance whose role it could have, and the execution role is not for containers.";
            let by = by.or_else(|| ground.registered(&task.revision));
            let link = Link::new(at, sentence).decided(title(task), "taskRoleArn");
            found.chain.push(link.by(by).seen(role));
            "Name a task role in the definition (taskRoleArn), one that may do what the program asks for."
                .clone_into(&mut found.help);
        }
        Answer::NoWay(trace) => {
            found.cause = name(trace, &asked.world);
            let mut root = root_of(ground, trace, at, &task.id, by);
            root.sentence = format!(
                "It has no way to {}. {}",
                asked.ask.endpoint(),
                root.sentence
            );
            found.chain.push(root);
        }
        Answer::Denied(denied) => {
            found.cause = of_denial(
                denied.layer,
                denied.outcome == Outcome::ExplicitDeny,
                &denied.request.action,
            );
            let near = denied.near().into_iter().next();
            let near = near.map(|it| format!(" {it}")).unwrap_or_default();
            let arn = task.definition.task_role_arn.clone().unwrap_or_default();
            let link = Link::new(at, format!("{}{near}", denied.reason()));
            let link = link.decided(arn, action).by(by);
            found.chain.push(link.seen(role));
            found.help = denied.cure().map(|it| it.sentence).unwrap_or_default();
        }
    }
}

/// Why a request that arrived was answered with 500, where it was.
pub(super) fn of_request(ground: &Ground<'_>, event: &Event, from: &str) -> Option<Explanation> {
    let failed = failure(ground, event)?;
    let Fact::Logged {
        task,
        container,
        line,
    } = &failed.fact
    else {
        return None;
    };
    let task = ground.world.tasks().get(task)?;
    let name = title(task);
    let mut found = Explanation::of(
        format!("{from} to {name}"),
        format!(
            "{} reached {name}, and was answered with 500.",
            capital(from)
        ),
    );
    found.said = Some(Said {
        code: "500".to_owned(),
        message: line.clone(),
    });
    let place = task
        .containers
        .iter()
        .position(|it| it.name == *container)?;
    requests(ground, &mut found, task, place, event.at).then_some(found)
}

/// The line that a container logged when it could not answer a request.
pub(super) fn failure<'g>(ground: &'g Ground<'_>, request: &Event) -> Option<&'g Event> {
    let cause = Cause::Event(request.id);
    let after = ground.session.events();
    let from = after.partition_point(|it| it.id <= request.id);
    let mut after = after[from..].iter().take_while(|it| it.at == request.at);
    after.find(|it| it.cause == cause && matches!(it.fact, Fact::Logged { .. }))
}

/// Why a task that runs cannot answer its requests, where AWS does not give it what it needs for them.
pub(super) fn unanswered(ground: &Ground<'_>, task: &Task) -> Option<Explanation> {
    let denied = |it: &Container| it.runs() && it.denied_ask().is_some();
    let place = task.containers.iter().position(denied)?;
    let mut found = Explanation::of(String::new(), String::new());
    let now = ground.world.now();
    requests(ground, &mut found, task, place, now).then_some(found)
}

/// Adds why a container does not get what it asks for each request; whether it does not get it now.
fn requests(
    ground: &Ground<'_>,
    found: &mut Explanation,
    task: &Task,
    place: usize,
    at: SimTime,
) -> bool {
    let Some((_, ask)) = task.containers[place].denied_ask() else {
        return false;
    };
    let asked = all(&ground.world, task);
    let Some(asked) = asked.iter().find(|it| it.place == place && it.ask == ask) else {
        return false;
    };
    found.state = State::Wrong;
    explain(ground, found, task, asked, at);
    if let Some(first) = found.chain.first_mut() {
        first.places.push(at_task(&task.id));
    }
    found.cures = cures::of(asked, &ground.world, task);
    found.goal = Some(Goal::Asks {
        task: task.id.clone(),
    });
    true
}
