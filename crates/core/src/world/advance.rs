//! Advancing time: what is due is done in order, within a budget of work.

use super::{Due, Timer, World};
use crate::engine::step::Step;
use crate::event::{Cause, Event, EventId, Fact};
use crate::ids::TaskId;
use crate::task::{self, Parts};
use crate::traffic;
use crate::units::{SimSpan, SimTime};

/// How much may be done before `advance` gives way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget(pub u32);

/// How far `advance` came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// To the moment asked for.
    Reached,
    /// The budget was used up first.
    Behind,
}

impl World {
    /// Does all that is due up to `until`, and makes that the moment. Where the budget ends first, the moment is that of
    /// the last thing done. Events go to `log`.
    pub fn advance(&mut self, until: SimTime, budget: Budget, log: &mut Vec<Event>) -> Progress {
        for _ in 0..budget.0 {
            let Some((at, timer)) = self.queue.pop(until) else {
                self.now = self.now.max(until);
                return Progress::Reached;
            };
            self.now = at;
            let logged = log.len();
            self.perform(&timer, log);
            if let Some(work) = self.settings.authority.at_work {
                (work.hear)(self, logged, log);
            }
        }
        if self.queue.next_at().is_some_and(|at| at <= until) {
            return Progress::Behind;
        }
        self.now = self.now.max(until);
        Progress::Reached
    }

    fn perform(&mut self, timer: &Timer, log: &mut Vec<Event>) {
        let before = self.events;
        let logged = log.len();
        match &timer.due {
            Due::Task(id, due) => {
                let ends = *due == task::Due::Forget;
                if let Some(task) = self.tasks.get(id).filter(|_| ends) {
                    self.forgotten.0 += self.bill(task).so_far.0;
                }
                let later = self.with_parts(timer.cause, log, |parts, step| {
                    task::advance_life(parts, id, due, step);
                });
                self.schedule(later, timer.cause, before);
                self.settle(id, timer.cause, log);
            }
            Due::Request(number) => self.request(*number, timer.cause, log),
            Due::Work(worker, name, version) => {
                if let Some(work) = self.settings.authority.at_work {
                    (work.due)(self, *worker, name, *version, timer.cause, log);
                }
            }
            Due::Network(id) => {
                let due = self.settings.authority.network_due;
                let mut step = Step::new(
                    self.now,
                    self.settings.seed,
                    timer.cause,
                    &mut self.events,
                    log,
                );
                due(&mut self.network, id, &mut step);
                let later = step.take_later();
                self.remember(later, timer.cause, before);
            }
        }
        (self.settings.authority.keep)(self, logged, log);
    }

    fn request(&mut self, number: u64, cause: Cause, log: &mut Vec<Event>) {
        let mut step = Step::new(self.now, self.settings.seed, cause, &mut self.events, log);
        let ends = traffic::Ends {
            network: &self.network,
            tasks: &self.tasks,
            ways: self.settings.authority.ways,
        };
        let walk = self.settings.authority.walk;
        let Some(sent) = traffic::send(&mut self.traffic, &ends, walk, number, &mut step) else {
            return;
        };
        if let Some(again) = sent.again {
            self.queue.push(
                self.now + again,
                Timer {
                    due: Due::Request(number),
                    cause,
                },
            );
        }
        for task in sent.changed {
            self.settle(&task, cause, log);
        }
    }

    /// Runs something on the parts that the life of tasks touches; gives what it wants to be done later.
    pub(super) fn with_parts(
        &mut self,
        cause: Cause,
        log: &mut Vec<Event>,
        run: impl FnOnce(&mut Parts<'_>, &mut Step<'_>),
    ) -> Vec<(SimSpan, TaskId, task::Due)> {
        let mut later = Vec::new();
        let mut parts = Parts {
            network: &mut self.network,
            walk: self.settings.authority.walk,
            fetches: self.settings.authority.fetches,
            stores: &mut self.stores,
            iam: &self.iam,
            as_of: self.as_of,
            tasks: &mut self.tasks,
            later: &mut later,
        };
        let mut step = Step::new(self.now, self.settings.seed, cause, &mut self.events, log);
        run(&mut parts, &mut step);
        later
    }

    /// Puts into the queue what of the network comes to its next state later.
    pub(super) fn remember(&mut self, later: Vec<(SimSpan, String)>, cause: Cause, before: u64) {
        let cause = self.last_cause(cause, before);
        for (after, id) in later {
            let due = Due::Network(id.into());
            self.queue.push(self.now + after, Timer { due, cause });
        }
    }

    /// The last event since `before`, if there is one; else what led to it.
    fn last_cause(&self, cause: Cause, before: u64) -> Cause {
        if self.events > before {
            Cause::Event(EventId(self.events - 1))
        } else {
            cause
        }
    }

    /// Puts what is to be done later into the queue. Its cause is the last event since `before`, if there is one.
    pub(super) fn schedule(
        &mut self,
        later: Vec<(SimSpan, TaskId, task::Due)>,
        cause: Cause,
        before: u64,
    ) {
        let cause = self.last_cause(cause, before);
        for (after, id, due) in later {
            self.queue.push(
                self.now + after,
                Timer {
                    due: Due::Task(id, due),
                    cause,
                },
            );
        }
    }

    /// Ends what does not fit into a task's memory or disk any more.
    pub(super) fn settle(&mut self, id: &TaskId, cause: Cause, log: &mut Vec<Event>) {
        let Some(task) = self.tasks.get(id) else {
            return;
        };
        let rates = self.traffic.rates(task);
        let before = self.events;
        let later = self.with_parts(cause, log, |parts, step| {
            task::settle(parts, id, &rates, step);
        });
        self.schedule(later, cause, before);
    }

    /// Logs a fact that a call led to.
    pub(super) fn log(&mut self, fact: Fact, cause: Cause, log: &mut Vec<Event>) {
        Step::new(self.now, self.settings.seed, cause, &mut self.events, log).log(fact);
    }
}
