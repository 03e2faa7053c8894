//! Whether what a trial was to bring about is so, in words.

use super::{HOLDS_AT_LEAST, Trial};
use crate::why::cures::Act;
use crate::why::cures::balancer::targets;
use crate::why::service::troubled;
use crate::why::trouble::of_living;
use crate::why::{Goal, asks, logs};
use fargate_core::call::{ExecuteCommand, SendRequests, SetTraffic};
use fargate_core::error::Reply;
use fargate_core::ids::{NetworkInterfaceId, TargetGroupId};
use fargate_core::network::{NatState, Question, TargetState};
use fargate_core::observe::bridge::run_task_input;
use fargate_core::service::words;
use fargate_core::task::{Answer, Container, Health, Task, TaskState};
use fargate_core::units::{SimSpan, SimTime};
use fargate_core::world::{Budget, World};

/// Events that a task in which something grows is followed for.
const FOLLOWED: u32 = 4_000;

/// How a trial stands.
pub(super) enum Verdict {
    /// What was wanted is so, in these words.
    Good(String),
    /// It is not, and never will be.
    Bad,
    /// Time must pass, at most to that moment.
    Wait(SimTime),
}

pub(super) fn verdict(goal: &Goal, trial: &Trial) -> Verdict {
    let world = &trial.world;
    let now = world.now();
    let task = trial.task.as_ref().and_then(|id| world.tasks().get(id));
    match goal {
        Goal::Accepted => Verdict::Good("With this, AWS accepts it.".to_owned()),
        Goal::Runs { holds, .. } => match task {
            Some(task) => runs(task, trial, (*holds).max(HOLDS_AT_LEAST)),
            None => Verdict::Bad,
        },
        Goal::Executes { call, .. } => match task {
            Some(task) if task.stop.is_some() => Verdict::Bad,
            Some(task) if task.state() < TaskState::Running && now < trial.until => {
                Verdict::Wait(trial.until)
            }
            Some(task) => lets_in(call, task, trial),
            None => Verdict::Bad,
        },
        Goal::Asks { .. } => match task {
            Some(task) if task.stop.is_some() => Verdict::Bad,
            Some(task) if task.state() < TaskState::Running && now < trial.until => {
                Verdict::Wait(trial.until)
            }
            Some(task)
                if asks::all(world, task)
                    .iter()
                    .all(|it| it.answer == Answer::Given) =>
            {
                let later = seconds(now - trial.begun);
                Verdict::Good(if trial.attempt.again {
                    format!(
                        "With this, a task that AWS gives what it asks for is RUNNING {later} later."
                    )
                } else {
                    "With this, AWS gives it what it asks for, and requests are answered."
                        .to_owned()
                })
            }
            _ => Verdict::Bad,
        },
        Goal::Logs { .. } => match task {
            Some(task) if logs::refusals(world, task).is_empty() => Verdict::Good(
                "With this, what its containers write from now on can be read in CloudWatch Logs."
                    .to_owned(),
            ),
            _ => Verdict::Bad,
        },
        Goal::Fires { rule } => fires(world, rule),
        Goal::Healthy { group, target } => finds_healthy(trial, group, target),
        Goal::Replaced {
            group,
            question,
            holds,
            ..
        } => match task {
            Some(task) => match runs(task, trial, (*holds).max(HOLDS_AT_LEAST)) {
                Verdict::Good(words) => registered(task, trial, group, question, &words),
                other => other,
            },
            None => Verdict::Bad,
        },
        Goal::Steady { service, holds, .. } => steady(service, trial, (*holds).max(HOLDS_AT_LEAST)),
        Goal::Arrives { question, .. } => {
            let new = trial.attempt.again;
            let ready = task.is_none_or(|it| it.state() >= TaskState::Running);
            if let Some(task) = task
                && (task.stop.is_some() || (!ready && now >= trial.until))
            {
                return Verdict::Bad;
            }
            if new && !ready {
                return Verdict::Wait(trial.until);
            }
            let question = asked_now(question, trial);
            let network = world.network();
            let trace = network.walk(&question.flow_in(network));
            if trace.delivered() {
                let later = seconds(now - trial.begun);
                return Verdict::Good(if now == trial.begun {
                    "With this, the request arrives and is answered.".to_owned()
                } else {
                    format!("With this, the request arrives and is answered {later} later.")
                });
            }
            // what was just made may not work yet
            let coming = network
                .nat_gateways
                .values()
                .any(|it| it.state == NatState::Pending);
            let starting = task.is_some_and(|it| {
                it.containers
                    .iter()
                    .any(|one| one.age(now) < one.workload.ready_ms && one.runs())
            });
            if (coming || starting) && now < trial.until {
                Verdict::Wait(trial.until)
            } else {
                Verdict::Bad
            }
        }
    }
}

/// Whether ECS Exec is let into the task.
fn lets_in(call: &ExecuteCommand, task: &Task, trial: &Trial) -> Verdict {
    let call = ExecuteCommand {
        task: task.id.clone(),
        ..call.clone()
    };
    let answer = trial
        .world
        .clone()
        .apply(u32::MAX, &call.into(), &mut Vec::new());
    if answer.is_err() {
        return Verdict::Bad;
    }
    let later = seconds(trial.world.now() - trial.begun);
    Verdict::Good(if trial.attempt.again {
        format!("With this, a task that lets the command in is RUNNING {later} later.")
    } else {
        "With this, the command is let in.".to_owned()
    })
}

/// Whether a load balancer finds a target healthy.
fn finds_healthy(trial: &Trial, group: &TargetGroupId, target: &NetworkInterfaceId) -> Verdict {
    let groups = &trial.world.network().target_groups;
    let mut all = groups.get(group).into_iter().flat_map(|it| &it.targets);
    let now = trial.world.now();
    match all.find(|it| it.interface == *target && !it.draining) {
        Some(it) if it.health.state == TargetState::Healthy => Verdict::Good(format!(
            "With this, the load balancer finds it healthy {} later.",
            seconds(now - trial.begun)
        )),
        Some(_) if now < trial.until => Verdict::Wait(trial.until),
        _ => Verdict::Bad,
    }
}

/// Whether requests are answered once a task that runs is registered: nobody knows its address before.
fn registered(
    task: &Task,
    trial: &Trial,
    group: &TargetGroupId,
    question: &Question,
    words: &str,
) -> Verdict {
    let mut world = trial.world.clone();
    let Some(group) = world.network().target_groups.get(group).cloned() else {
        return Verdict::Bad;
    };
    let Some(cure) = targets(&world, &group, Some(task)).into_iter().next() else {
        return Verdict::Bad;
    };
    for act in &cure.acts {
        if let Act::Call(call) = act
            && world.apply(u32::MAX, call, &mut Vec::new()).is_err()
        {
            return Verdict::Bad;
        }
    }
    let network = world.network();
    if !network.walk(&question.flow_in(network)).delivered() {
        return Verdict::Bad;
    }
    Verdict::Good(format!(
        "{words} Register its address in target group {} then, and the request is answered.",
        group.name()
    ))
}

/// Whether what a rule starts is accepted.
fn fires(world: &World, rule: &str) -> Verdict {
    let rule = world.observe().rules.get(rule);
    let Some(rule) = rule.filter(|it| it.enabled && !it.targets.is_empty()) else {
        return Verdict::Bad;
    };
    let mut copy = world.clone();
    for target in &rule.targets {
        let Some(parameters) = &target.ecs_parameters else {
            return Verdict::Bad;
        };
        let Ok(run) = run_task_input(parameters) else {
            return Verdict::Bad;
        };
        let reply = copy.apply(u32::MAX, &run.into(), &mut Vec::new());
        if !matches!(reply, Ok(Reply::Tasks(_))) {
            return Verdict::Bad;
        }
    }
    Verdict::Good("With this, AWS accepts what the rule starts the next time.".to_owned())
}

/// Whether a service is in a steady state, and for so long.
fn steady(name: &str, trial: &Trial, holds: u64) -> Verdict {
    let world = &trial.world;
    let now = world.now();
    let Some(service) = world.services().get(name) else {
        return Verdict::Bad;
    };
    if troubled(world, name, trial.begun).is_some() {
        return Verdict::Bad;
    }
    if !service.steady {
        return if now < trial.until {
            Verdict::Wait(trial.until)
        } else {
            Verdict::Bad
        };
    }
    let mut events = service.events.iter();
    let said = events.find(|it| it.message.ends_with(words::STEADY));
    let from = said.map_or(now, |it| it.at).max(trial.begun);
    let held = SimSpan(holds);
    if now < from + held {
        return Verdict::Wait(from + held);
    }
    let later = seconds(from - trial.begun);
    Verdict::Good(format!(
        "With this, the service {name} reaches a steady state {later} later."
    ))
}

fn runs(task: &Task, trial: &Trial, holds: u64) -> Verdict {
    let now = trial.world.now();
    if task.stop.is_some() {
        return Verdict::Bad;
    }
    let running = task
        .stages
        .iter()
        .rev()
        .find(|it| it.state == TaskState::Running);
    let Some(running) = running else {
        return if now < trial.until {
            Verdict::Wait(trial.until)
        } else {
            Verdict::Bad
        };
    };
    let from = running.from.max(trial.begun);
    let held = (now - from).0;
    if task.health() == Health::Unhealthy {
        return Verdict::Bad;
    }
    let checked = task
        .containers
        .iter()
        .any(|it| it.definition.essential && it.definition.health_check.is_some());
    let well = !checked || task.health() == Health::Healthy;
    if held < holds || !well {
        let end = trial.until.max(from + SimSpan(holds));
        return if now < end {
            Verdict::Wait(if held < holds {
                from + SimSpan(holds)
            } else {
                end
            })
        } else {
            Verdict::Bad
        };
    }
    if of_living(task, now).is_some() {
        return Verdict::Bad;
    }
    let later = seconds(from - trial.begun);
    let healthy = if checked { ", HEALTHY" } else { "" };
    let grows =
        |it: &Container| it.runs() && (it.workload.leak_kib > 0 || it.workload.write_kib > 0);
    let ends = task
        .containers
        .iter()
        .any(grows)
        .then(|| end_of(&trial.world, task, from));
    if let Some(Some(lasts)) = ends {
        return Verdict::Good(format!(
            "With this, the task is RUNNING{} {} later, until what grows meets its limit again after {lasts}.",
            if checked { ", HEALTHY" } else { "" },
            seconds(from - trial.begun),
        ));
    }
    let still = if holds > HOLDS_AT_LEAST {
        format!(" and still is {} after that", seconds(SimSpan(holds)))
    } else {
        String::new()
    };
    if trial.attempt.later > 0 {
        let waits = seconds(SimSpan(trial.attempt.later));
        return Verdict::Good(format!(
            "With this, and the task run again {waits} later, it is RUNNING{healthy} {later} from now{still}."
        ));
    }
    Verdict::Good(if from == trial.begun {
        format!("With this, the task goes on RUNNING{healthy}{still}.")
    } else {
        format!("With this, the task is RUNNING{healthy} {later} later{still}.")
    })
}

/// After how long a task ends in which something grows; `None` where it does not end for long.
fn end_of(world: &World, task: &Task, from: SimTime) -> Option<String> {
    let (mut copy, mut log) = (world.clone(), Vec::new());
    for _ in 0..FOLLOWED {
        let at = copy.next_due()?;
        copy.advance(at, Budget(1), &mut log);
        log.clear();
        let now = copy.tasks().get(&task.id)?;
        if now.stop.is_some() {
            return Some(seconds(at - from));
        }
    }
    None
}

/// The question as it stands on the branch: for the task that took the place of the one that was asked for, and for the port that is
/// asked instead.
pub(super) fn asked_now(question: &Question, trial: &Trial) -> Question {
    let mut question = question.clone();
    let interface = trial
        .task
        .as_ref()
        .and_then(|id| trial.world.network().interface_of(id));
    if question.to.is_some()
        && let Some(interface) = interface
    {
        question.to = Some(interface.id.clone());
    }
    for call in &trial.attempt.calls {
        if let Some(sent) = call.input::<SendRequests>() {
            question.flow.port = sent.port;
        } else if let Some(sent) = call.input::<SetTraffic>().filter(|it| it.rate_tenths > 0) {
            question.flow.port = sent.port;
        }
    }
    question
}

/// A span as people say it: '21 s', '12 min'.
pub(in crate::why) fn seconds(span: SimSpan) -> String {
    let seconds = span.0.div_ceil(1_000);
    if seconds < 120 {
        format!("{seconds} s")
    } else {
        format!("{} min", seconds.div_ceil(60))
    }
}
