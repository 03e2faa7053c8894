//! Revisions: what is registered. A revision never changes; numbers are never used again.

use super::TaskDefinition;
use crate::compute::platform::Need;
use crate::error::ApiError;
use crate::text::Json;
use crate::units::SimTime;
use litemap::LiteMap;
use std::sync::Arc;

/// A registered revision.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// `scorekeep:1`.
    pub name: Arc<str>,
    /// Its number, from 1.
    pub number: u32,
    /// What the simulator runs.
    pub definition: Arc<TaskDefinition>,
    /// What was sent.
    pub sent: Json,
    /// What `DescribeTaskDefinition` shows: what was sent, with what AWS fills in and adds.
    pub described: Json,
    /// `compatibilities`: what it can run on.
    pub compatibilities: Vec<&'static str>,
    /// What it needs of Fargate's platform, as the rules read it; empty where it was registered on trust.
    pub needs: Vec<Need>,
    /// When it was registered.
    pub registered_at: SimTime,
}

impl Revision {
    /// Whether Fargate can run it.
    pub fn fargate(&self) -> bool {
        self.compatibilities.contains(&"FARGATE")
    }
}

/// All revisions of the account, by family.
#[derive(Clone, Debug, Default)]
pub struct Revisions(Arc<LiteMap<String, Vec<Arc<Revision>>>>);

impl Revisions {
    /// The families with their revisions, oldest first.
    pub fn families(&self) -> impl Iterator<Item = (&String, &Vec<Arc<Revision>>)> {
        self.0.iter()
    }

    /// The number that the next revision of a family gets: one above the highest that was ever used.
    pub fn next_number(&self, family: &str) -> u32 {
        self.0
            .get(family)
            .and_then(|revisions| revisions.last())
            .map_or(1, |last| last.number + 1)
    }

    /// Adds a revision to its family.
    pub(crate) fn add(&mut self, family: &str, revision: Revision) {
        Arc::make_mut(&mut self.0)
            .entry(family.to_owned())
            .or_default()
            .push(Arc::new(revision));
    }

    /// The revision that `family`, `family:revision` or an ARN names; a bare family means its newest one.
    pub fn find(&self, named: &str) -> Result<&Revision, ApiError> {
        let name = named.rsplit('/').next().unwrap_or(named);
        let (family, number) = match name.split_once(':') {
            Some((family, number)) => (family, Some(number.parse::<u32>().ok())),
            None => (name, None),
        };
        let revisions = self.0.get(family).map_or(&[][..], Vec::as_slice);
        let found = match number {
            None => revisions.last(),
            Some(number) => revisions
                .iter()
                .find(|revision| Some(revision.number) == number),
        };
        found.map(AsRef::as_ref).ok_or_else(|| {
            ApiError::new(
                "ClientException",
                "TaskDefinition not found.",
                format!("Register '{name}' first."),
            )
        })
    }
}
