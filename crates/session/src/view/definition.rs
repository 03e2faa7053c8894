//! Cards of registered task definitions.

use fargate_core::units::SimTime;
use std::sync::Arc;

/// A family of task definitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyCard {
    /// Its name.
    pub family: String,
    /// Its revisions, oldest first.
    pub revisions: Vec<RevisionCard>,
}

/// A registered revision, which never changes but for its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionCard {
    /// `scorekeep:1`.
    pub name: String,
    /// Its number.
    pub revision: u32,
    /// What `DescribeTaskDefinition` shows, as indented JSON.
    pub json: Arc<str>,
    /// What was sent, as indented JSON.
    pub sent: Arc<str>,
    /// When it was registered.
    pub registered_at: SimTime,
    /// Whether Fargate can run it.
    pub fargate: bool,
    /// Whether it is ACTIVE: something new can run of it.
    pub active: bool,
}
