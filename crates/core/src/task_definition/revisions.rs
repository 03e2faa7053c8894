//! Revisions: what is registered. A revision never changes but for its status; numbers are never used again.

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
    /// Its status.
    pub status: RevisionStatus,
}

/// `status` of a revision, with when it came to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevisionStatus {
    /// It can be run.
    Active,
    /// It was deregistered: what uses it goes on, and nothing new can.
    Inactive {
        /// When.
        deregistered_at: SimTime,
    },
    /// It is to be deleted, as soon as nothing uses it any more.
    Deleting {
        /// When it was deregistered.
        deregistered_at: SimTime,
        /// When somebody asked for its deletion.
        asked_at: SimTime,
    },
}

impl RevisionStatus {
    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Inactive { .. } => "INACTIVE",
            Self::Deleting { .. } => "DELETE_IN_PROGRESS",
        }
    }
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

    /// Gives a revision another status, and what `DescribeTaskDefinition` shows of it then.
    pub(crate) fn set_status(&mut self, name: &str, status: RevisionStatus, described: Json) {
        let (family, _) = parts(name);
        let revisions = Arc::make_mut(&mut self.0).get_mut(family);
        let mut revisions = revisions.into_iter().flatten();
        if let Some(revision) = revisions.find(|it| *it.name == *name) {
            let revision = Arc::make_mut(revision);
            revision.status = status;
            revision.described = described;
        }
    }

    /// The revision that a name means where something new is to use it: of a bare family the newest that is ACTIVE.
    ///
    /// # Errors
    /// What [`Revisions::find`] says, also where none of the family is ACTIVE; and for one that is named and is not, AWS's words
    /// with `code`, which is another one for each call.
    pub fn active(&self, named: &str, code: &'static str) -> Result<&Revision, ApiError> {
        let found = self.find(named)?;
        if found.status == RevisionStatus::Active {
            return Ok(found);
        }
        let (family, number) = parts(named);
        let revisions = self.0.get(family).map_or(&[][..], Vec::as_slice);
        let newest = revisions
            .iter()
            .rfind(|it| it.status == RevisionStatus::Active);
        match (number, newest) {
            (None, Some(newest)) => Ok(newest),
            (None, None) => Err(not_found(format!(
                "Register '{family}' again: each of its revisions was deregistered."
            ))),
            (Some(_), newest) => {
                let instead = newest.map_or_else(
                    || format!("Register '{family}' again"),
                    |it| format!("Name {}, which is ACTIVE, or register it again", it.name),
                );
                let status = found.status.aws();
                Err(ApiError::new(
                    code,
                    "TaskDefinition is inactive",
                    format!("{instead}: {} is {status}.", found.name),
                ))
            }
        }
    }

    /// The revision that `family`, `family:revision` or an ARN names; a bare family means its newest one.
    pub fn find(&self, named: &str) -> Result<&Revision, ApiError> {
        let name = named.rsplit('/').next().unwrap_or(named);
        let (family, number) = parts(named);
        let revisions = self.0.get(family).map_or(&[][..], Vec::as_slice);
        let found = match number {
            None => revisions.last(),
            Some(number) => revisions.iter().find(|revision| revision.number == number),
        };
        found
            .map(AsRef::as_ref)
            .ok_or_else(|| not_found(format!("Register '{name}' first.")))
    }
}

/// The family that a name or an ARN names, and the number behind it where there is one, 0 for what is none: no revision has it.
fn parts(named: &str) -> (&str, Option<u32>) {
    let name = named.rsplit('/').next().unwrap_or(named);
    match name.split_once(':') {
        Some((family, number)) => (family, Some(number.parse().unwrap_or(0))),
        None => (name, None),
    }
}

fn not_found(cure: String) -> ApiError {
    ApiError::new("ClientException", "TaskDefinition not found.", cure)
}
