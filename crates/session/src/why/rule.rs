//! Why a rule of EventBridge started nothing: it does not work, has nothing to start, or AWS refuses what it would start.

use super::cures::{Act, Cure};
use super::ground::Ground;
use super::refused::{lower, of_launch, other_launches, partly};
use super::{Explanation, Goal, Link, Said, State};
use crate::session::Session;
use fargate_core::call::{Call, EcsParameters, EnableRule, PutTargets, RunTask, SetLimits, Target};
use fargate_core::error::{ApiError, Failure, Reply};
use fargate_core::event::Fact;
use fargate_core::observe::bridge::run_task_input;
use fargate_core::observe::{Rule, When};
use fargate_core::world::World;

pub(super) fn of(session: &Session, name: &str) -> Result<Explanation, String> {
    let ground = Ground::now(session);
    let world = &ground.world;
    let Some(rule) = world.observe().rules.get(name) else {
        let all: Vec<&str> = world.observe().rules.all().map(|it| &*it.name).collect();
        let there = if all.is_empty() {
            "There is none.".to_owned()
        } else {
            format!("There is: {}.", all.join(", "))
        };
        return Err(format!("No rule is called '{name}'. {there}"));
    };
    Ok(explain(&ground, rule))
}

fn explain(ground: &Ground<'_>, rule: &Rule) -> Explanation {
    let world = &ground.world;
    let now = world.now();
    let name = &*rule.name;
    let mut found = Explanation::of(format!("rule {name}"), String::new());
    let own = |fact: &Fact| matches!(fact, Fact::Changed { what: "Rule", id, .. } if id == name);
    let begins = |fact: &Fact, with: &str| {
        own(fact) && matches!(fact, Fact::Changed { how, .. } if how.starts_with(with))
    };
    let tried = ground.latest().find(|it| begins(&it.fact, "starts "));
    let failed = ground.latest().find(|it| begins(&it.fact, "cannot start "));
    // what it did by itself was put by nobody
    let put = || {
        let mut latest = ground.latest().filter(|it| own(&it.fact));
        let event =
            latest.find(|it| !begins(&it.fact, "starts ") && !begins(&it.fact, "cannot start "))?;
        ground.deed(ground.call_behind(event)?)
    };
    let wrong = |found: &mut Explanation, cause: &'static str, title: String| {
        found.state = State::Wrong;
        found.cause = cause;
        found.title.clone_from(&title);
        found.chain.push(Link::new(now, title));
        found.goal = Some(Goal::Fires {
            rule: name.to_owned(),
        });
    };
    if !rule.enabled {
        wrong(
            &mut found,
            "rule-disabled",
            format!("Rule {name} starts nothing."),
        );
        found.chain.push(
            Link::new(
                now,
                "It is DISABLED, so neither an event nor a time sets it off.",
            )
            .decided(name, "State: DISABLED")
            .by(put()),
        );
        let call = EnableRule {
            name: name.to_owned(),
        };
        found.cures = vec![one(format!("Enable {name}"), call)];
        return found;
    }
    if rule.targets.is_empty() {
        wrong(
            &mut found,
            "rule-no-target",
            format!("Rule {name} starts nothing."),
        );
        found.chain.push(
            Link::new(now, "It has no target.")
                .decided(name, "Targets")
                .by(put().or_else(|| ground.made_by(name))),
        );
        "Put a target: a cluster, and which task is to run there (events:PutTargets)."
            .clone_into(&mut found.help);
        return found;
    }
    for target in &rule.targets {
        let Some(Refusal { run, said, short }) = refusal(world, target) else {
            continue;
        };
        let title = match &short {
            Some((0, _)) => format!("Rule {name} starts nothing: no task of it finds a place."),
            Some((started, failures)) => format!(
                "Rule {name} starts {started} of {} tasks: the others find no place.",
                started + failures.len()
            ),
            None => format!("Rule {name} starts nothing: AWS refuses what it would start."),
        };
        wrong(&mut found, "rule-target", title);
        found.chain.clear();
        let at = failed.map_or(now, |it| it.at);
        let waited = match &rule.when {
            When::Event(..) => "An event that it waits for came",
            When::Time(..) => "Its time came",
        };
        let less = if short.is_some() {
            "less than it should"
        } else {
            "nothing"
        };
        let came = if tried.is_some() {
            format!("{waited}, and rule {name} started {less}.")
        } else {
            format!("Rule {name} has not been set off yet, and would start {less}.")
        };
        found
            .chain
            .push(Link::new(at, came).decided(name, target.id.clone()));
        let sends = format!(
            "For its target {}, EventBridge sends ecs:RunTask",
            target.id
        );
        let launches = other_launches(world, &run).into_iter();
        let again = launches.filter_map(|it| put_again(rule, target, &it));
        if let Some((started, failures)) = short {
            let answer = (started, failures.as_slice());
            let partly = partly::of_run(&run, answer, String::new(), at);
            let sentence = format!("{sends}, and AWS accepts it with {}.", told(answer));
            let link = Link::new(at, sentence).decided(target.id.clone(), "failures");
            found.chain.push(link.by(put()));
            found.chain.extend(partly.chain.into_iter().skip(1));
            found.cause = partly.cause;
            found.said = partly.said;
            found.help = partly.help;
            found.cures = partly.cures.into_iter().filter_map(raised).collect();
            found.cures.extend(again);
            return found;
        }
        let [code, message, cure, meaning] = said;
        found.chain.push(
            Link::new(at, format!("{sends}, and AWS refuses that. {meaning}"))
                .decided(target.id.clone(), code.clone())
                .by(put()),
        );
        found.said = Some(Said { code, message });
        found.help = cure;
        found.cures = again.collect();
        return found;
    }
    if let (Some(tried), Some(failed)) = (tried, failed)
        && failed.id > tried.id
    {
        found.title = format!(
            "Nothing is wrong any more: rule {name} started less than it should at {}, and would start its target now.",
            failed.at
        );
        let sentence = format!("{}.", failed.fact.to_string().trim_end_matches('.'));
        found
            .chain
            .push(Link::new(failed.at, sentence).decided(name, "Targets"));
        return found;
    }
    found.title = match tried {
        Some(event) => format!(
            "Nothing is wrong: rule {name} started its target at {}.",
            event.at
        ),
        None => format!("Nothing is wrong: rule {name} has not been set off yet."),
    };
    if tried.is_none() {
        let waits = match &rule.when {
            When::Event(_, pattern) => {
                format!("No event has come that its pattern wants: {pattern}")
            }
            When::Time(_, text) => format!("It waits for its time: {text}."),
        };
        found.chain.push(Link::new(now, waits));
    }
    found
}

/// What keeps a target from being started.
struct Refusal {
    run: RunTask,
    /// Code, message, cure, and what that means.
    said: [String; 4],
    /// How many tasks are placed and which failures there are, where the call is accepted.
    short: Option<(usize, Vec<Failure>)>,
}

/// What a target would be refused.
fn refusal(world: &World, target: &Target) -> Option<Refusal> {
    let parameters = target.ecs_parameters.as_ref()?;
    let refused = |run: RunTask, error: ApiError| {
        let (meaning, _) = of_launch(world, &run, &error);
        let code = error.code.to_owned();
        let said = [code, error.message, error.cure.into_owned(), meaning];
        Some(Refusal {
            run,
            said,
            short: None,
        })
    };
    let run = match run_task_input(parameters) {
        Ok(run) => run,
        Err(error) => return refused(RunTask::default(), error),
    };
    let call = Call::from(run.clone());
    match world.clone().apply(u32::MAX, &call, &mut Vec::new()) {
        Ok(Reply::Partly { tasks, failures }) => Some(Refusal {
            run,
            said: Default::default(),
            short: Some((tasks.len(), failures)),
        }),
        Ok(_) => None,
        Err(error) => refused(run, error),
    }
}

/// '1 task and 2 failures'.
fn told((started, failures): (usize, &[Failure])) -> String {
    partly::counted(started, "task") + " and " + &partly::counted(failures.len(), "failure")
}

/// The part of a cure that raises the account's limits; what is run by hand is no affair of a rule.
fn raised(cure: Cure) -> Option<Cure> {
    let acts: Vec<Act> = cure
        .acts
        .into_iter()
        .filter(|act| matches!(act, Act::Call(call) if call.input::<SetLimits>().is_some()))
        .collect();
    let (title, _) = cure.title.split_once(", and ")?;
    (!acts.is_empty()).then(|| Cure {
        title: title.to_owned(),
        acts,
        ..cure
    })
}

fn one(title: String, call: impl Into<Call>) -> Cure {
    Cure {
        title,
        acts: vec![Act::Call(call.into())],
        width: 0,
        kind: "rule",
    }
}

/// The target with what another launch would have.
fn put_again(rule: &Rule, target: &Target, launch: &Cure) -> Option<Cure> {
    let run = launch.acts.iter().find_map(|act| match act {
        Act::Call(call) => call.input::<RunTask>(),
        _ => None,
    })?;
    let own = target.ecs_parameters.as_ref()?;
    let mut network = own.network_configuration.clone().unwrap_or_default();
    if let Some(configuration) = &run.network_configuration {
        let awsvpc = &configuration.awsvpc_configuration;
        network.awsvpc.subnets = awsvpc.subnets.iter().map(ToString::to_string).collect();
        let groups = awsvpc.security_groups.iter();
        network.awsvpc.security_groups = groups.map(ToString::to_string).collect();
        network.awsvpc.assign_public_ip = awsvpc.assign_public_ip;
    }
    let parameters = EcsParameters {
        task_definition_arn: run.task_definition.clone(),
        task_count: run.count.or(own.task_count),
        launch_type: run.launch_type,
        platform_version: run.platform_version.clone(),
        network_configuration: Some(network),
    };
    let call = PutTargets {
        rule: rule.name.to_string(),
        targets: vec![Target {
            ecs_parameters: Some(parameters),
            ..target.clone()
        }],
    };
    Some(Cure {
        title: format!(
            "Put the target {} again: {}",
            target.id,
            lower(&launch.title)
        ),
        acts: vec![Act::Call(call.into())],
        width: launch.width,
        kind: launch.kind,
    })
}
