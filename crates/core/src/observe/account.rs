//! What is looked at when something is watched: the parts of the account, as they are at a moment.

use super::Observe;
use crate::engine::shelf::Shelf;
use crate::iam::Iam;
use crate::ids::TaskId;
use crate::network::{Network, Walk};
use crate::service::Services;
use crate::stores::LogGroups as Present;
use crate::task::Task;
use crate::task_definition::Revisions;
use crate::units::{Date, SimTime};
use crate::workload::Workload;
use litemap::LiteMap;
use std::sync::Arc;

/// The parts of the account at a moment, to be read.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// The moment.
    pub now: SimTime,
    /// The day on which the scenario begins, at 10:00:00.
    pub began: Date,
    /// The day whose rules apply.
    pub as_of: Date,
    /// The seed of all that is drawn.
    pub seed: u64,
    /// The network.
    pub network: &'a Network,
    /// What walks a connection through it.
    pub walk: Walk,
    /// The tasks.
    pub tasks: &'a Shelf<TaskId, Task>,
    /// The registered task definitions.
    pub revisions: &'a Revisions,
    /// What images do, as the scenario and calls say.
    pub images: &'a LiteMap<String, Arc<Workload>>,
    /// The log groups that are there.
    pub there: &'a Present,
    /// Who may do what.
    pub iam: &'a Iam,
    /// The services.
    pub services: &'a Services,
    /// What is watched.
    pub observe: &'a Observe,
}
