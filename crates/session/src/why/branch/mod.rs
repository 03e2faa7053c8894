//! Proofs: each cure is done on a copy of the account, which then lives on until what was wanted is so, or it is clear that it is not.
//! What meets another trouble on its way goes on with the cures of that one.
//!
//! A copy is advanced by so many events at a time, so that a page can try between two frames.

mod attempt;
mod of_service;
mod verdict;

pub(super) use verdict::seconds;

use super::balance::goes_on;
use super::cures::{Cure, of_exec, of_flow, of_task_trouble};
use super::service::troubled;
use super::trouble::Trouble;
use super::{Goal, asks};
use attempt::{Attempt, forbidden, joined, of, of_trial, onward, with};
use fargate_core::call::{
    ActAs, AllocateAddress, Call, CreateNatGateway, CreateRoute, RegisterTaskDefinition,
    ReplaceRoute, StopTask,
};
use fargate_core::error::Reply;
use fargate_core::ids::{SubnetId, TaskId};
use fargate_core::network::Code;
use fargate_core::task::{Answer, Task};
use fargate_core::text::{Json, read};
use fargate_core::units::{SimSpan, SimTime};
use fargate_core::world::{Budget, World};
use verdict::{Verdict, asked_now, verdict};

/// Cures that are told at most.
const TOLD: usize = 4;
/// Cures that are tried at most.
const TRIED: usize = 40;
/// Cures that one set may be made of: a subnet without a way out needs an endpoint for each service.
const DEEPEST: usize = 6;
/// How long a new task is given to come to RUNNING, in ms.
const STARTS_WITHIN: u64 = 600_000;
/// Calls that a cure has at most.
const MOST_CALLS: u32 = 64;
/// How long a task must go on at least, in ms.
const HOLDS_AT_LEAST: u64 = 30_000;

/// A cure that was tried on a branch and helps.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, as a button says it.
    pub title: String,
    /// The calls, in order.
    pub calls: Vec<Call>,
    /// What then was so: 'With this, the task is RUNNING 21 s later.'
    pub outcome: String,
    /// How long after the moment shown, in ms.
    pub after: SimSpan,
}

/// The tries of an explanation's cures. [`Proofs::step`] does a bit, [`Proofs::finish`] all.
#[derive(Debug)]
pub struct Proofs {
    world: World,
    number: u32,
    goal: Option<Goal>,
    open: Vec<Attempt>,
    trial: Option<Trial>,
    tried: usize,
    told: Vec<&'static str>,
    /// The calls of each cure that was told: what needs more than one of them is none.
    found: Vec<Vec<Call>>,
}

/// A copy of the account on which an attempt was made.
#[derive(Debug)]
struct Trial {
    attempt: Attempt,
    calls: Vec<Call>,
    world: World,
    /// The task that shall run: a new one, or the one that lives.
    task: Option<TaskId>,
    begun: SimTime,
    until: SimTime,
}

impl Proofs {
    pub(super) fn new(world: World, number: u32, goal: Option<Goal>, cures: &[Cure]) -> Self {
        let none = Attempt {
            titles: Vec::new(),
            kinds: Vec::new(),
            calls: Vec::new(),
            text: None,
            launch: None,
            room: None,
            nat: None,
            again: false,
            later: 0,
            width: 0,
            cured: Vec::new(),
        };
        let mut proofs = Self {
            number,
            goal,
            open: Vec::new(),
            trial: None,
            tried: 0,
            told: Vec::new(),
            found: Vec::new(),
            world,
        };
        let world = proofs.world.clone();
        let task = proofs.task(&world).cloned();
        let begun = cures
            .iter()
            .filter_map(|it| with(&none, it, &world, task.as_ref()));
        proofs.open = begun.collect();
        proofs
    }

    fn task<'w>(&self, world: &'w World) -> Option<&'w Task> {
        let id = match self.goal.as_ref()? {
            Goal::Runs { task, .. }
            | Goal::Executes { task, .. }
            | Goal::Replaced { task, .. }
            | Goal::Asks { task }
            | Goal::Logs { task } => task,
            Goal::Arrives { task, .. } | Goal::Steady { task, .. } => task.as_ref()?,
            Goal::Accepted | Goal::Healthy { .. } | Goal::Fires { .. } => return None,
        };
        world.tasks().get(id).map(AsRef::as_ref)
    }

    /// Whether all is tried.
    pub fn is_done(&self) -> bool {
        self.trial.is_none()
            && (self.open.is_empty() || self.found.len() == TOLD || self.tried == TRIED)
    }

    /// Tries all that is left.
    pub fn finish(&mut self) -> Vec<Fix> {
        let mut found = Vec::new();
        while !self.is_done() {
            found.extend(self.step(4_000));
        }
        found
    }

    /// Goes on by so many events at most; gives a cure that turned out to help.
    pub fn step(&mut self, events: u32) -> Option<Fix> {
        if self.is_done() {
            return None;
        }
        let Some(trial) = &mut self.trial else {
            // of equal width the one that was proposed first
            let next = self.open.iter().enumerate().min_by_key(|(_, it)| it.width);
            let attempt = self.open.remove(next?.0);
            self.tried += 1;
            let told = |kind: &&&'static str| !kind.is_empty() && self.told.contains(kind);
            if !attempt.kinds.iter().any(|kind| told(&kind)) {
                self.trial = self.begin(attempt);
            }
            return None;
        };
        let goal = self.goal.as_ref()?;
        let mut log = Vec::new();
        for _ in 0..events {
            match verdict(goal, trial) {
                Verdict::Good(outcome) => {
                    let trial = self.trial.take()?;
                    let more =
                        |less: &Vec<Call>| less.iter().all(|call| trial.calls.contains(call));
                    if self.found.iter().any(more) {
                        return None;
                    }
                    self.found.push(trial.calls.clone());
                    self.told.extend(&trial.attempt.kinds);
                    let after = trial.world.now() - trial.begun;
                    return Some(Fix {
                        title: joined(&trial.attempt.titles),
                        calls: trial.calls,
                        outcome,
                        after,
                    });
                }
                Verdict::Bad => {
                    let trial = self.trial.take()?;
                    let further = self.further(&trial);
                    self.open.extend(further);
                    return None;
                }
                Verdict::Wait(until) => {
                    let due = trial.world.next_due().filter(|at| *at < until);
                    trial
                        .world
                        .advance(due.unwrap_or(until), Budget(1), &mut log);
                    log.clear();
                }
            }
        }
        None
    }

    /// Makes an attempt; `None` where AWS refuses one of its calls.
    fn begin(&self, attempt: Attempt) -> Option<Trial> {
        let mut world = self.world.clone();
        let mut calls = Vec::new();
        let mut made: Vec<Reply> = Vec::new();
        let mut send = |world: &mut World, call: Call| {
            let number = self.number + calls.len() as u32;
            let reply = world.apply(number, &call, &mut Vec::new()).ok()?;
            // a call that is accepted and starts less than it was asked for helps nobody
            if matches!(&reply, Reply::Partly { failures, .. } if !failures.is_empty()) {
                return None;
            }
            calls.push(call);
            made.push(reply.clone());
            Some(reply)
        };
        let old = self.task(&self.world);
        let mut launch = attempt.launch.clone();
        if let (Some(room), Some(launch)) = (&attempt.room, &mut launch) {
            let Reply::Made(id) = send(&mut world, room.clone())? else {
                return None;
            };
            launch.subnet = SubnetId::from(id);
        }
        if let Some((subnet, table, replaces)) = &attempt.nat {
            let Reply::Made(address) = send(&mut world, AllocateAddress::default().into())? else {
                return None;
            };
            let gateway = CreateNatGateway {
                subnet_id: subnet.clone(),
                allocation_id: Some(address.into()),
                ..CreateNatGateway::default()
            };
            let Reply::Made(gateway) = send(&mut world, gateway.into())? else {
                return None;
            };
            let block = Some("0.0.0.0/0".to_owned());
            let route: Call = if *replaces {
                ReplaceRoute {
                    route_table_id: table.clone(),
                    destination_cidr_block: block,
                    nat_gateway_id: Some(gateway.into()),
                    ..ReplaceRoute::default()
                }
                .into()
            } else {
                CreateRoute {
                    route_table_id: table.clone(),
                    destination_cidr_block: block,
                    nat_gateway_id: Some(gateway.into()),
                    ..CreateRoute::default()
                }
                .into()
            };
            send(&mut world, route)?;
        }
        for call in &attempt.calls {
            if let Some(caller) = forbidden(&world, call) {
                let act = |principal_arn: Option<String>| Call::from(ActAs { principal_arn });
                send(&mut world, act(None))?;
                send(&mut world, call.clone())?;
                send(&mut world, act(Some(caller)))?;
            } else {
                send(&mut world, call.clone())?;
            }
        }
        let mut task = old.map(|it| it.id.clone());
        if let Some(text) = &attempt.text {
            let definition = Json::of(&read(text).root);
            send(&mut world, RegisterTaskDefinition { definition }.into())?;
        }
        let lives = old.is_some_and(|it| it.stop.is_none());
        let begun = world.now();
        if let Some(Goal::Steady { service, .. }) = &self.goal {
            let update = of_service::update(&world, service, &attempt, old, launch.as_ref());
            if let Some(update) = update {
                send(&mut world, update.into())?;
            }
            return Some(Trial {
                attempt,
                calls,
                world,
                task: None,
                begun,
                until: begun + SimSpan(of_service::STEADY_WITHIN),
            });
        }
        if attempt.later > 0 {
            let until = begun + SimSpan(attempt.later);
            world.advance(until, Budget(u32::MAX), &mut Vec::new());
        }
        if let (true, Some(old), Some(launch)) = (attempt.again || !lives, old, &launch) {
            let named = if attempt.text.is_some() {
                old.definition.family.as_str()
            } else {
                &old.revision
            };
            let run = Call::from(launch.run(named));
            let reply = if attempt.later > 0 {
                // whoever waited runs it
                let number = self.number + MOST_CALLS;
                world.apply(number, &run, &mut Vec::new()).ok()
            } else {
                send(&mut world, run)
            };
            let Some(Reply::Tasks(ids)) = reply else {
                return None;
            };
            if lives && attempt.later == 0 {
                let stop = StopTask {
                    task: old.id.clone(),
                    reason: Some("Another one takes its place".to_owned()),
                    ..Default::default()
                };
                send(&mut world, stop.into())?;
            }
            task = ids.first().cloned();
        }
        let until = world.now() + SimSpan(STARTS_WITHIN);
        Some(Trial {
            attempt,
            calls,
            world,
            task,
            begun,
            until,
        })
    }

    /// The attempts that go on from one that did not help: where it met another trouble, with the cures of that.
    fn further(&self, trial: &Trial) -> Vec<Attempt> {
        let attempt = &trial.attempt;
        if attempt.titles.len() >= DEEPEST {
            return Vec::new();
        }
        let world = &trial.world;
        let task = trial.task.as_ref().and_then(|id| world.tasks().get(id));
        let (name, cures) = match (self.goal.as_ref(), task) {
            (Some(Goal::Runs { .. } | Goal::Replaced { .. }), Some(task)) => {
                let Some(trouble) = of_trial(task, world) else {
                    return Vec::new();
                };
                // what stands in the way of the same ask may be another thing
                let kind = match &trouble {
                    Trouble::Asked(place) => asks::all(world, task)
                        .iter()
                        .filter(|it| it.place == *place)
                        .map(asks::Asked::kind)
                        .find(|it| it != "given")
                        .unwrap_or_default(),
                    _ => String::new(),
                };
                let name = format!("{}{kind}", of(&trouble));
                (name, of_task_trouble(world, task, &trouble))
            }
            (Some(Goal::Asks { .. }), Some(task)) => {
                let all = asks::all(world, task);
                let Some(asked) = all.iter().find(|it| it.answer != Answer::Given) else {
                    return Vec::new();
                };
                (asked.kind(), super::cures::asks::of(asked, world, task))
            }
            (Some(Goal::Executes { call, .. }), Some(task)) => match of_trial(task, world) {
                Some(trouble) => (of(&trouble), of_task_trouble(world, task, &trouble)),
                None => (
                    format!("exec {}", attempt.cured.len()),
                    of_exec(world, task, call.container.as_deref()),
                ),
            },
            (Some(Goal::Steady { service, .. }), _) => {
                let Some((task, trouble)) = troubled(world, service, trial.begun) else {
                    return Vec::new();
                };
                let cures = of_task_trouble(world, &task, &trouble);
                return onward(attempt, of(&trouble), &cures, world, Some(&task));
            }
            (Some(Goal::Arrives { question, .. }), task) => {
                let question = asked_now(question, trial);
                let trace = world.network().walk(&question.flow_in(world.network()));
                let decided = trace
                    .decided_by()
                    .map(|hop| hop.part.id())
                    .unwrap_or_default();
                let beside = task.map(|it| it.id.clone()).unwrap_or_default();
                let cures = of_flow(world, &question, &beside);
                (
                    format!("{} {decided}", trace.code().map_or("", Code::aws)),
                    cures,
                )
            }
            (Some(Goal::Healthy { group, target }), _) => match goes_on(world, group, target) {
                Some(next) => next,
                None => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        onward(attempt, name, &cures, world, task.map(AsRef::as_ref))
    }
}
