//! Who has the last word: what judges task definitions, what walks connections, and what answers calls.

use super::{Handlers, Worker, World};
use super::{launch, quotas, reserved, tags};
use crate::call::{Call, RunTask};
use crate::engine::step::Step;
use crate::error::ApiError;
use crate::event::{Cause, Event};
use crate::network::{self, Network, Walk};
use crate::task::{self, Fetches, Launch};
use crate::task_definition::{self, Context, Reading, TaskDefinition};
use crate::text::{Json, Node};
use crate::traffic::{self, Ways};
use crate::workload::{self, Workload};
use std::sync::Arc;

/// Brings a thing of the network, by its id, to its next state.
pub(super) type NetworkDue = fn(&mut Network, &str, &mut Step<'_>);

/// What is at work beside tasks and the network, such as rules: what hears new facts, since a place of the log, and what does what is
/// due, of its kind and its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct AtWork {
    pub(super) hear: fn(&mut World, usize, &[Event]),
    pub(super) due: WorkDue,
}

/// Does what is due for a worker of that name.
type WorkDue = fn(&mut World, Worker, &Arc<str>, Option<u32>, Cause, &mut Vec<Event>);

/// Notes what is billed beside tasks, of what happened since a place of the log.
pub(super) type Keep = fn(&mut World, usize, &[Event]);

/// Decides what a call of `RunTask` runs, and logs what finds no place.
pub(super) type Plan = fn(&mut World, &RunTask, Cause, &mut Vec<Event>) -> Result<Launch, ApiError>;

/// Whether a call is let through at all, before it is answered.
pub(super) type Admit = fn(&mut World, &str) -> Result<(), ApiError>;

/// What `DescribeTaskDefinition` shows of a definition: of its tree, its revision and its compatibilities.
pub(super) type Described = fn(&Node, &TaskDefinition, u32, &[&str], &Context) -> Json;

/// What reads and judges a task definition that is registered, walks a connection that is opened, and answers calls.
///
/// A page that opens with a scenario whose definitions are known to be accepted, and whose requests are known to arrive, begins on
/// trust, and need not load the rules, the walk and further actions before anybody can change anything. Each part is therefore named
/// where it is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Authority {
    /// Whether nothing is asked, because everything is known to be accepted, as in a shipped scenario.
    pub(super) on_trust: bool,
    pub(super) read: fn(&str, &Context) -> Reading,
    pub(super) described: Described,
    /// Whether the caller may make a call, its tags and routes fit, and no quota is passed.
    pub(super) permit: fn(&World, &Call) -> Result<(), ApiError>,
    pub(super) walk: Walk,
    pub(super) handlers: Handlers,
    /// What an image does of which the scenario says nothing.
    pub(super) catalogue: fn(&str) -> Workload,
    /// Puts in what is there before anybody makes anything.
    pub(super) install: fn(&mut Network),
    pub(super) network_due: NetworkDue,
    pub(super) plan: Plan,
    pub(super) admit: Admit,
    /// What finds the first thing that a task cannot fetch.
    pub(super) fetches: Fetches,
    /// What finds the ways of requests.
    pub(super) ways: Ways,
    /// What notes what is billed beside tasks.
    pub(super) keep: Keep,
    /// What rules and services do; `None` where there can be none.
    pub(super) at_work: Option<AtWork>,
}

impl Authority {
    /// The rules, the walk, all actions, and the catalogue of images.
    pub const fn whole() -> Self {
        Self {
            on_trust: false,
            read: task_definition::read,
            described: task_definition::described,
            permit: |world, call| {
                world.permit(call)?;
                tags::fit(call)?;
                reserved::fit(call)?;
                quotas::fit(&world.network, call)
            },
            walk: Network::walk,
            handlers: Handlers::ALL,
            catalogue: workload::of_catalogue,
            install: network::services::install,
            network_due: network::due,
            plan: launch::plan,
            admit: World::admit,
            fetches: task::missing,
            ways: traffic::ways,
            keep: World::keep_ledger,
            at_work: Some(AtWork {
                hear: World::hear,
                due: World::work,
            }),
        }
    }

    /// What is registered is accepted, and what is opened arrives: of a scenario that registers what `read` gives, runs images that
    /// do what `catalogue` says, and sends no other calls than [`Handlers::FIRST_GLANCE`] answers.
    pub const fn trust(
        read: fn(&str, &Context) -> Reading,
        catalogue: fn(&str) -> Workload,
    ) -> Self {
        Self {
            on_trust: true,
            read,
            described: |_, _, _, _, _| Json::known("null"),
            permit: |_, _| Ok(()),
            walk: Network::glance,
            handlers: Handlers::FIRST_GLANCE,
            catalogue,
            install: |_| {},
            network_due: |_, _, _| {},
            plan: |world, input, _, _| launch::on_trust(world, input),
            admit: |_, _| Ok(()),
            fetches: |_, _, _| None,
            ways: traffic::first_glance,
            keep: |_, _, _| {},
            at_work: None,
        }
    }

    /// Whether nothing is asked.
    pub const fn is_on_trust(self) -> bool {
        self.on_trust
    }
}

impl PartialEq for Authority {
    /// Who decides is no part of what a scenario fixes: every authority gives the same verdict where it is asked.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Authority {}
