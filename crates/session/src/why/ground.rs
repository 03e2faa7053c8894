//! What an explanation stands on: the account at a moment, what happened up to there, and which call did what.

use super::{Deed, Link, Reference};
use crate::session::Session;
use fargate_core::call::{ActAs, Call, EnforcePermissions};
use fargate_core::event::{Cause, Event, Fact};
use fargate_core::ids::TaskId;
use fargate_core::task::{Task, TaskState};
use fargate_core::units::SimTime;
use fargate_core::world::{Budget, World};

/// Names that are told at most where one is not known.
const TOLD: usize = 8;
/// Calls that are looked back at most for the one that made something so.
const LOOKED_BACK: usize = 40;
/// Events that are looked ahead at most.
const LOOKED_AHEAD: u32 = 20_000;

/// The account at a moment, which may lie ahead, and what happened up to there.
pub(super) struct Ground<'a> {
    pub(super) session: &'a Session,
    pub(super) world: World,
    ahead: Vec<Event>,
}

impl<'a> Ground<'a> {
    /// The moment shown.
    pub(super) fn now(session: &'a Session) -> Self {
        Self {
            session,
            world: session.world().clone(),
            ahead: Vec::new(),
        }
    }

    /// Goes on until something is so, at most to a moment, as if nobody did anything.
    pub(super) fn look_ahead(&mut self, until: SimTime, is: impl Fn(&World) -> bool) -> bool {
        let mut budget = LOOKED_AHEAD;
        while !is(&self.world) {
            let due = self.world.next_due().filter(|at| *at <= until);
            let Some(at) = due.filter(|_| budget > 0) else {
                return false;
            };
            let before = self.ahead.len();
            self.world.advance(at, Budget(1), &mut self.ahead);
            budget -= 1;
            // requests tell nothing about a start
            let own = |event: &Event| !matches!(event.fact, Fact::Request { .. });
            if !self.ahead[before..].iter().all(own) {
                self.ahead.retain(own);
            }
        }
        true
    }

    /// What happened, the newest first.
    pub(super) fn latest(&self) -> impl Iterator<Item = &Event> {
        let known = self.session.events().iter().rev();
        self.ahead.iter().rev().chain(known)
    }

    /// The newest event of a task that is such.
    pub(super) fn last_of(&self, task: &TaskId, is: impl Fn(&Fact) -> bool) -> Option<&Event> {
        let mut latest = self.latest();
        latest.find(|event| event.fact.task() == Some(task) && is(&event.fact))
    }

    /// The moment of the newest such event; the ground's own where there is none.
    pub(super) fn when(&self, task: &TaskId, is: impl Fn(&Fact) -> bool) -> SimTime {
        self.last_of(task, is)
            .map_or(self.world.now(), |event| event.at)
    }

    /// The call that an event goes back to, its causes followed.
    pub(super) fn call_behind(&self, event: &Event) -> Option<u32> {
        let mut cause = event.cause;
        loop {
            match cause {
                Cause::Call(number) => return Some(number),
                Cause::Event(id) => {
                    let ahead = self.ahead.iter().find(|event| event.id == id);
                    cause = ahead.or_else(|| self.session.event(id))?.cause;
                }
            }
        }
    }

    /// A call of the run as a deed.
    pub(super) fn deed(&self, call: u32) -> Option<Deed> {
        let (_, at) = self.session.call_of(call)?;
        Some(Deed {
            call,
            at,
            what: self.session.words_of(call)?,
        })
    }

    /// Whether a call only has permissions be asked, or somebody else be who is asked: what then is refused lacked before.
    pub(super) fn only_asks(&self, call: u32) -> bool {
        self.session
            .call_of(call)
            .is_some_and(|(call, _)| only_asks(call))
    }

    /// The call that ran a task.
    pub(super) fn ran(&self, task: &TaskId) -> Option<Deed> {
        let first = |fact: &Fact| {
            matches!(
                fact,
                Fact::State {
                    state: TaskState::Provisioning,
                    ..
                }
            )
        };
        self.deed(self.call_behind(self.last_of(task, first)?)?)
    }

    /// The call that registered a revision.
    pub(super) fn registered(&self, revision: &str) -> Option<Deed> {
        let mut latest = self.latest();
        let event = latest.find(
            |event| matches!(&event.fact, Fact::Registered { revision: it } if it == revision),
        )?;
        self.deed(self.call_behind(event)?)
    }

    /// The newest call before which all was well and after which it was not. `well` gives `None` where it cannot be asked.
    pub(super) fn turned_by(&self, well: impl Fn(&World) -> Option<bool>) -> Option<Deed> {
        let last = self.session.next_call();
        for number in (0..last).rev().take(LOOKED_BACK) {
            if well(&self.session.world_before(number)?)? {
                return self.deed(number);
            }
        }
        None
    }

    /// The call that made a thing.
    pub(super) fn made_by(&self, wanted: &str) -> Option<Deed> {
        let made = |event: &&Event| matches!(&event.fact, Fact::Made { id, .. } if id == wanted);
        let event = self.latest().find(made)?;
        self.deed(self.call_behind(event)?)
    }

    /// The newest call that touched one of these things.
    pub(super) fn touched_by(&self, ids: &[&str]) -> Option<Deed> {
        let about = |fact: &Fact| match fact {
            Fact::Made { id, .. } | Fact::Changed { id, .. } | Fact::Deleted { id, .. } => {
                ids.contains(&id.as_str())
            }
            Fact::GatewayAttached { gateway, .. } => ids.contains(&gateway.as_str()),
            Fact::RouteChanged { table, .. } => ids.contains(&table.as_str()),
            Fact::RuleChanged { group, .. } => ids.contains(&group.as_str()),
            _ => false,
        };
        let event = self.latest().find(|event| about(&event.fact))?;
        self.deed(self.call_behind(event)?)
    }
}

/// Whether a call only has permissions be asked.
pub(super) fn only_asks(call: &Call) -> bool {
    call.input::<EnforcePermissions>().is_some() || call.input::<ActAs>().is_some()
}

/// A task as sentences name it: 'scorekeep:1 a3f2'.
pub(super) fn title(task: &Task) -> String {
    format!("{} {}", task.revision, task.id.short())
}

/// A step of the chain that a deed is.
pub(super) fn deed_link(deed: Deed, sentence: String) -> Link {
    let at = deed.at;
    Link {
        places: vec![Reference::Moment(at)],
        ..Link::new(at, sentence).by(Some(deed))
    }
}

/// The task that a text names.
pub(super) fn task_called(world: &World, text: &str) -> Result<TaskId, String> {
    let wanted = text.trim().rsplit('/').next().unwrap_or_default();
    let all = || world.tasks().values();
    let by_id = |task: &Task| wanted.len() >= 4 && task.id.as_str().starts_with(wanted);
    let by_name = |task: &Task| {
        task.definition.family == wanted || *task.revision == *wanted || title(task) == text.trim()
    };
    let called: Vec<&Task> = all()
        .map(AsRef::as_ref)
        .filter(|task| by_id(task) || by_name(task))
        .collect();
    let told = |tasks: &[&Task]| {
        let names = tasks.iter().take(TOLD);
        let names = names.map(|task| format!("{} ({})", title(task), task.state().aws()));
        let names: Vec<String> = names.collect();
        let more = if tasks.len() > TOLD {
            " and others"
        } else {
            ""
        };
        format!("{}{more}", names.join(", "))
    };
    match called.as_slice() {
        [one] => Ok(one.id.clone()),
        [] => {
            let every: Vec<&Task> = all().map(AsRef::as_ref).collect();
            let there = if every.is_empty() {
                "There is none: run one first, or name a later moment.".to_owned()
            } else {
                format!("There is: {}.", told(&every))
            };
            Err(format!(
                "No task is called '{text}' at {}. {there}",
                world.now()
            ))
        }
        several => Err(format!(
            "'{text}' may be any of {}: {}. Name one by the first digits of its id.",
            several.len(),
            told(several)
        )),
    }
}
