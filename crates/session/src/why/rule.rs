//! Why a rule of EventBridge started nothing: it does not work, has nothing to start, or AWS refuses what it would start.

use super::cures::{Act, Cure};
use super::ground::Ground;
use super::refused::{lower, of_launch, other_launches};
use super::{Explanation, Goal, Link, Said, State};
use crate::session::Session;
use fargate_core::call::{Call, EcsParameters, EnableRule, PutTargets, RunTask, Target};
use fargate_core::error::{ApiError, Reply};
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
        let Some((run, reason)) = refusal(world, target) else {
            continue;
        };
        let [code, message, cure, meaning] = reason;
        let title = format!("Rule {name} starts nothing: AWS refuses what it would start.");
        wrong(&mut found, "rule-target", title);
        found.chain.clear();
        let at = failed.map_or(now, |it| it.at);
        let waited = match &rule.when {
            When::Event(..) => "An event that it waits for came",
            When::Time(..) => "Its time came",
        };
        let came = if tried.is_some() {
            format!("{waited}, and rule {name} started nothing.")
        } else {
            format!("Rule {name} has not been set off yet, and would start nothing.")
        };
        found
            .chain
            .push(Link::new(at, came).decided(name, target.id.clone()));
        found.chain.push(
            Link::new(
                at,
                format!(
                    "For its target {}, EventBridge sends ecs:RunTask, and AWS refuses that. {}",
                    target.id, meaning
                ),
            )
            .decided(target.id.clone(), code.clone())
            .by(put()),
        );
        found.said = Some(Said { code, message });
        found.help = cure;
        let launches = other_launches(world, &run).into_iter();
        found.cures = launches
            .filter_map(|it| put_again(rule, target, &it))
            .collect();
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

/// What a target would be refused: the call, and code, message, cure and what that means.
fn refusal(world: &World, target: &Target) -> Option<(RunTask, [String; 4])> {
    let parameters = target.ecs_parameters.as_ref()?;
    let told = |run: &RunTask, error: ApiError| {
        let (meaning, _) = of_launch(world, run, &error);
        let code = error.code.to_owned();
        [code, error.message, error.cure.into_owned(), meaning]
    };
    let run = match run_task_input(parameters) {
        Ok(run) => run,
        Err(error) => {
            let run = RunTask::default();
            let reason = told(&run, error);
            return Some((run, reason));
        }
    };
    let call = Call::from(run.clone());
    match world.clone().apply(u32::MAX, &call, &mut Vec::new()) {
        Ok(Reply::Partly { failures, .. }) => {
            let first = failures.into_iter().next()?;
            let meaning = format!("Its answer has a failure: {}.", first.reason);
            let code = "failures".to_owned();
            Some((run, [code, first.reason, first.cure.to_owned(), meaning]))
        }
        Ok(_) => None,
        Err(error) => {
            let reason = told(&run, error);
            Some((run, reason))
        }
    }
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
