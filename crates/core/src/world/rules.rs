//! Rules at work: what events and times start; and commands that are run in containers.

use super::{Due, Timer, Worker, World, launch};
use crate::call::{ExecuteCommand, RunTaskOptions};
use crate::error::{ApiError, Failure, Reply};
use crate::event::{Cause, Event, EventId, Fact};
use crate::observe::{Clock, When, bridge, exec};
use crate::task::{CLUSTER, cluster_in};
use crate::units::{SimSpan, SimTime};
use std::sync::Arc;

/// How long EventBridge takes to hand an event on, in ms. Source: 'about half a second' of its FAQ.
const HANDS_ON: SimSpan = SimSpan(500);

impl World {
    /// Looks at the facts that came since a place of the log: services and rules may wait for them, and containers ask AWS then.
    pub(super) fn hear(&mut self, since: usize, log: &[Event]) {
        self.hear_containers(since, log);
        self.services_hear(since, log);
        self.upkeep_hears(since, log);
        self.note_log_ways();
        if !self.observe.rules.listen() {
            return;
        }
        for event in log.get(since..).unwrap_or_default() {
            for name in bridge::heard(&self.account(), event) {
                let due = Due::Work(Worker::Rule, name.into(), None);
                let cause = Cause::Event(event.id);
                self.queue.push(self.now + HANDS_ON, Timer { due, cause });
            }
        }
    }

    /// Sets the next time of a rule that waits for one.
    pub(super) fn set_time(&mut self, name: &str, cause: Cause) {
        let Some(rule) = self.observe.rules.get(name).filter(|it| it.enabled) else {
            return;
        };
        let When::Time(schedule, _) = &rule.when else {
            return;
        };
        let began = self.settings.as_of;
        let zero = Clock::at(began, SimTime::default()).epoch_ms;
        let Some(next) = schedule.next(Clock::at(began, self.now)) else {
            return;
        };
        let due = Due::Work(Worker::Rule, rule.name.clone(), Some(rule.version));
        let at = SimTime(next.epoch_ms - zero);
        self.queue.push(at, Timer { due, cause });
    }

    /// Does what is due for a rule, a service or a container.
    pub(super) fn work(
        &mut self,
        worker: Worker,
        name: &Arc<str>,
        version: Option<u32>,
        cause: Cause,
        log: &mut Vec<Event>,
    ) {
        match worker {
            Worker::Rule => self.rule_due(name, version, cause, log),
            Worker::Service => self.service_due(name, cause, log),
            Worker::Container => self.container_asks(name, cause, log),
            Worker::Upkeep => self.upkeep_due(name, cause, log),
        }
    }

    /// Starts what a rule starts. `version` is that of a rule which waits for times.
    fn rule_due(
        &mut self,
        name: &Arc<str>,
        version: Option<u32>,
        cause: Cause,
        log: &mut Vec<Event>,
    ) {
        let rule = self.observe.rules.get(name).cloned();
        let is_meant = |version: Option<u32>, now: u32| version.is_none_or(|it| it == now);
        let Some(rule) = rule.filter(|it| it.enabled && is_meant(version, it.version)) else {
            return;
        };
        for target in &rule.targets {
            let said = |how: String| Fact::Changed {
                what: "Rule",
                id: name.to_string(),
                how,
            };
            self.log(said(format!("starts {}", target.id)), cause, log);
            let cause = Cause::Event(EventId(self.events - 1));
            let why = match self.start(target, cause, log) {
                Err(error) => error.to_string(),
                Ok(Reply::Partly { tasks, failures }) => {
                    let failures: Vec<&Failure> = failures.iter().collect();
                    let all = tasks.len() + failures.len();
                    format!("no place for {}", launch::of_all(all, &failures))
                }
                Ok(_) => continue,
            };
            let how = format!("cannot start {}: {why}", target.id);
            self.log(said(how), cause, log);
        }
        if version.is_some() {
            self.set_time(name, cause);
        }
    }

    /// `ExecuteCommand`.
    pub(super) fn execute_command(
        &mut self,
        input: &ExecuteCommand,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let (task, place) = exec::execute_command(&self.account(), input)?;
        let name = self
            .tasks
            .get(&task)
            .map(|it| it.containers[place].name.clone());
        let name = name.unwrap_or_default();
        let fact = Fact::Changed {
            what: "Task",
            id: task.short().to_owned(),
            how: format!("runs {} in {name} for somebody", input.command),
        };
        self.log(fact, cause, log);
        Ok(Reply::Done)
    }

    fn start(
        &mut self,
        target: &crate::call::Target,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let Some(parameters) = &target.ecs_parameters else {
            return Ok(Reply::Done);
        };
        let mut input = bridge::run_task_input(parameters)?;
        let cluster = cluster_in(&target.arn);
        if cluster != CLUSTER {
            let options = RunTaskOptions {
                cluster: Some(cluster.to_owned()),
                ..RunTaskOptions::default()
            };
            input.options = options.into();
        }
        let mut draft = self.clone();
        let logged = log.len();
        match draft.run_task(&input, cause, log) {
            Ok(reply) => {
                *self = draft;
                Ok(reply)
            }
            Err(error) => {
                log.truncate(logged);
                Err(error)
            }
        }
    }
}
