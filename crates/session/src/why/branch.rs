//! Proofs: each cure is done on a copy of the account, which then lives on until what was wanted is so, or it is clear that it is not.
//! What meets another trouble on its way goes on with the cures of that one.
//!
//! A copy is advanced by so many events at a time, so that a page can try between two frames.

use super::Goal;
use super::cures::{Act, Cure, Launch, of_flow, of_task_trouble};
use super::definition::changed;
use super::trouble::{Trouble, of_living, of_stop};
use fargate_core::call::{Call, RegisterTaskDefinition, SendRequests, SetTraffic, StopTask};
use fargate_core::error::Reply;
use fargate_core::ids::{SubnetId, TaskId};
use fargate_core::network::{NatState, Question};
use fargate_core::task::{Health, Task, TaskState};
use fargate_core::text::{Json, read};
use fargate_core::units::{SimSpan, SimTime};
use fargate_core::world::{Budget, World};

/// Cures that are told at most.
const TOLD: usize = 4;
/// Cures that are tried at most.
const TRIED: usize = 40;
/// Cures that one set may be made of: a subnet without a way out needs an endpoint for each service.
const DEEPEST: usize = 6;
/// How long a new task is given to come to RUNNING, in ms.
const STARTS_WITHIN: u64 = 600_000;
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

/// A set of cures that is to be tried.
#[derive(Clone, Debug)]
struct Attempt {
    titles: Vec<String>,
    kinds: Vec<&'static str>,
    calls: Vec<Call>,
    /// The changed text of the definition.
    text: Option<String>,
    launch: Option<Launch>,
    /// A subnet that is made first and takes the task.
    room: Option<Call>,
    again: bool,
    width: u64,
    /// What it came to cure, one after the other.
    cured: Vec<String>,
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

/// How a trial stands.
enum Verdict {
    /// What was wanted is so, in these words.
    Good(String),
    /// It is not, and never will be.
    Bad,
    /// Time must pass, at most to that moment.
    Wait(SimTime),
}

impl Proofs {
    pub(super) fn new(world: World, number: u32, goal: Option<Goal>, cures: Vec<Cure>) -> Self {
        let none = Attempt {
            titles: Vec::new(),
            kinds: Vec::new(),
            calls: Vec::new(),
            text: None,
            launch: None,
            room: None,
            again: false,
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
            Goal::Runs { task, .. } => task,
            Goal::Arrives { task, .. } => task.as_ref()?,
            Goal::Accepted => return None,
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
        for call in &attempt.calls {
            send(&mut world, call.clone())?;
        }
        let mut task = old.map(|it| it.id.clone());
        if let Some(text) = &attempt.text {
            let definition = Json::of(&read(text).root);
            send(&mut world, RegisterTaskDefinition { definition }.into())?;
        }
        let lives = old.is_some_and(|it| it.stop.is_none());
        if let (true, Some(old), Some(launch)) = (attempt.again || !lives, old, &launch) {
            let named = if attempt.text.is_some() {
                old.definition.family.as_str()
            } else {
                &old.revision
            };
            let Reply::Tasks(ids) = send(&mut world, launch.run(named).into())? else {
                return None;
            };
            if lives {
                let stop = StopTask {
                    task: old.id.clone(),
                    reason: Some("Another one takes its place".to_owned()),
                };
                send(&mut world, stop.into())?;
            }
            task = ids.first().cloned();
        }
        let begun = world.now();
        Some(Trial {
            attempt,
            calls,
            world,
            task,
            begun,
            until: begun + SimSpan(STARTS_WITHIN),
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
            (Some(Goal::Runs { .. }), Some(task)) => {
                let Some(trouble) = of_trial(task, world) else {
                    return Vec::new();
                };
                (of(&trouble), of_task_trouble(world, task, &trouble))
            }
            (Some(Goal::Arrives { question, .. }), task) => {
                let question = asked_now(question, trial);
                let trace = world.network().walk(&question.flow_in(world.network()));
                let decided = trace
                    .decided_by()
                    .map(|hop| hop.part.id())
                    .unwrap_or_default();
                let beside = task.map(|it| it.id.clone()).unwrap_or_default();
                let cures = of_flow(world, &question, &trace, &beside);
                (format!("{:?} {decided}", trace.code()), cures)
            }
            _ => return Vec::new(),
        };
        // the same trouble again is no step forward
        if attempt.cured.contains(&name) {
            return Vec::new();
        }
        let mut base = attempt.clone();
        base.cured.push(name);
        let found = cures.iter();
        let found = found.filter_map(|it| with(&base, it, world, task.map(AsRef::as_ref)));
        found.collect()
    }
}

/// A trouble's own name, beside which the same is no step forward.
fn of(trouble: &Trouble) -> String {
    match trouble {
        Trouble::NoWay(what, trace) => {
            let decided = trace.as_ref().and_then(|it| it.decided_by());
            let part = decided.map(|hop| hop.part.id()).unwrap_or_default();
            format!("{} {} {part}", trouble.name(), what.service())
        }
        other => format!("{other:?}"),
    }
}

fn of_trial(task: &Task, world: &World) -> Option<Trouble> {
    of_stop(task, world.now()).or_else(|| of_living(task, world.now()))
}

/// An attempt with one more cure; `None` where that does not fit it.
fn with(base: &Attempt, cure: &Cure, world: &World, task: Option<&Task>) -> Option<Attempt> {
    let mut next = base.clone();
    next.titles.push(cure.title.clone());
    next.kinds.push(cure.kind);
    next.width = next.width.saturating_add(cure.width);
    if next.launch.is_none() {
        next.launch = task.map(Launch::of);
    }
    for act in &cure.acts {
        match act {
            Act::Call(call) if next.calls.contains(call) => return None,
            Act::Call(call) => next.calls.push(call.clone()),
            Act::Define(changes) => {
                let text = match next.text.take() {
                    Some(text) => text,
                    None => {
                        let revision = world.revisions().find(&task?.revision).ok()?;
                        revision.sent.indented()
                    }
                };
                let text_after = changed(&text, changes)?;
                if text_after == text {
                    return None;
                }
                next.text = Some(text_after);
                next.again = true;
            }
            Act::Subnet(id) => {
                next.launch.as_mut()?.subnet = id.clone();
                next.again = true;
            }
            Act::NewSubnet(call) => {
                next.room = Some(call.clone());
                next.again = true;
            }
            Act::Public => {
                let launch = next.launch.as_mut()?;
                if launch.public {
                    return None;
                }
                launch.public = true;
                next.again = true;
            }
            Act::Platform(version) => {
                (*version).clone_into(&mut next.launch.as_mut()?.platform);
                next.again = true;
            }
            Act::Again => next.again = true,
        }
    }
    Some(next)
}

/// The question as it stands on the branch: for the task that took the place of the one that was asked for, and for the port that is
/// asked instead.
fn asked_now(question: &Question, trial: &Trial) -> Question {
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

fn verdict(goal: &Goal, trial: &Trial) -> Verdict {
    let world = &trial.world;
    let now = world.now();
    let task = trial.task.as_ref().and_then(|id| world.tasks().get(id));
    match goal {
        Goal::Accepted => Verdict::Good("With this, AWS accepts it.".to_owned()),
        Goal::Runs { holds, .. } => match task {
            Some(task) => runs(task, trial, (*holds).max(HOLDS_AT_LEAST)),
            None => Verdict::Bad,
        },
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
    let still = if holds > HOLDS_AT_LEAST {
        format!(" and still is {} after that", seconds(SimSpan(holds)))
    } else {
        String::new()
    };
    Verdict::Good(if from == trial.begun {
        format!("With this, the task goes on RUNNING{healthy}{still}.")
    } else {
        format!("With this, the task is RUNNING{healthy} {later} later{still}.")
    })
}

/// A span as people say it: '21 s', '12 min'.
pub(super) fn seconds(span: SimSpan) -> String {
    let seconds = span.0.div_ceil(1_000);
    if seconds < 120 {
        format!("{seconds} s")
    } else {
        format!("{} min", seconds.div_ceil(60))
    }
}

fn joined(titles: &[String]) -> String {
    let lower = |title: &String| {
        let mut letters = title.chars();
        let first = letters.next().map(|it| it.to_ascii_lowercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    match titles {
        [] => String::new(),
        [only] => only.clone(),
        [first, middle @ .., last] => {
            let mut text = first.clone();
            for title in middle {
                text.push_str(&format!(", {}", lower(title)));
            }
            format!("{text}, and {}", lower(last))
        }
    }
}
