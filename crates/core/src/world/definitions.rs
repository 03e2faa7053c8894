//! Registered task definitions: the calls that take them out of use, and those that show them.
//!
//! Source: API reference of `DeregisterTaskDefinition`, `DeleteTaskDefinitions`, `DescribeTaskDefinition` and `ListTaskDefinitions`. That
//! the restrictions may come into effect up to ten minutes late is not modelled: they hold at once. The words of the refusals are those
//! that tools look for in AWS's answers.

use super::World;
use super::describe::{ACCOUNT, Page, failures, invalid};
use crate::call::{
    DeleteTaskDefinitions, DeregisterTaskDefinition, DescribeTaskDefinition,
    ListTaskDefinitionFamilies, ListTaskDefinitions,
};
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event, Fact};
use crate::service::ServiceStatus;
use crate::task::TaskState;
use crate::task_definition::{Revision, RevisionStatus};
use crate::text::{Json, read};
use crate::wire::Writer;

/// Revisions that one call deletes.
const MAX_DELETED: usize = 10;
/// Revisions and families that a page lists.
const MAX_LISTED: usize = 100;

/// The ARN of a revision.
fn arn(name: &str) -> String {
    if name.starts_with("arn:") {
        return name.to_owned();
    }
    format!("arn:aws:ecs:us-east-1:{ACCOUNT}:task-definition/{name}")
}

/// Whether a name says which revision it means.
fn names_revision(named: &str) -> bool {
    let name = named.rsplit('/').next().unwrap_or(named);
    name.split_once(':')
        .is_some_and(|(family, number)| !family.is_empty() && number.parse::<u32>().is_ok())
}

/// What is shown of a revision, with another status.
fn with_status(described: &Json, status: RevisionStatus) -> Json {
    let root = read(described.as_str()).root;
    let mut out = Writer::default();
    out.open('{');
    for member in root.members() {
        if *member.key.name == *"status" {
            out.member("status", &status.aws());
        } else {
            out.name(&member.key.name);
            out.json(&Json::of(&member.value));
        }
    }
    out.close('}');
    Json::known(&out.finish())
}

impl World {
    /// Whether a revision that is to be deleted is gone: nothing uses it any more.
    fn is_deleted(&self, revision: &Revision) -> bool {
        let uses = |name: &str| *name == *revision.name;
        let runs = |it: &crate::task::Task| it.state() < TaskState::Stopped && uses(&it.revision);
        matches!(revision.status, RevisionStatus::Deleting { .. })
            && !self.tasks.values().any(|it| runs(it))
            && !self.services.all().any(|it| {
                it.status != ServiceStatus::Inactive
                    && it.deployments.iter().any(|it| uses(&it.task_definition))
            })
    }

    /// A revision by a name that says which, where it is not gone.
    fn revision_there(&self, named: &str) -> Option<&Revision> {
        let found = self.revisions.find(named).ok();
        found.filter(|it| !self.is_deleted(it))
    }

    fn write_revision(&self, revision: &Revision, out: &mut Writer) {
        let described = read(revision.described.as_str()).root;
        out.open('{');
        for member in described.members() {
            out.name(&member.key.name);
            out.json(&Json::of(&member.value));
        }
        out.member("registeredAt", &self.epoch(revision.registered_at));
        let (deregistered, asked) = match revision.status {
            RevisionStatus::Active => (None, None),
            RevisionStatus::Inactive { deregistered_at } => (Some(deregistered_at), None),
            RevisionStatus::Deleting {
                deregistered_at,
                asked_at,
            } => (Some(deregistered_at), Some(asked_at)),
        };
        if let Some(at) = deregistered {
            out.member("deregisteredAt", &self.epoch(at));
        }
        if let Some(at) = asked {
            out.member("deleteRequestedAt", &self.epoch(at));
        }
        out.close('}');
    }

    fn is_now(&mut self, name: &str, status: RevisionStatus, cause: Cause, log: &mut Vec<Event>) {
        if let Ok(revision) = self.revisions.find(name) {
            let described = with_status(&revision.described, status);
            self.revisions.set_status(name, status, described);
        }
        let fact = Fact::Changed {
            what: "Task definition",
            id: name.to_owned(),
            how: format!("is {}", status.aws()),
        };
        self.log(fact, cause, log);
    }

    /// `DeregisterTaskDefinition`. One that is INACTIVE already is answered as it is.
    pub(super) fn deregister_task_definition(
        &mut self,
        input: &DeregisterTaskDefinition,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let named = &input.task_definition;
        if !names_revision(named) {
            return Err(ApiError::new(
                "ClientException",
                "Revision is missing.",
                "Say which revision is meant, such as web:3.",
            ));
        }
        let Some(revision) = self.revision_there(named) else {
            return Err(ApiError::new(
                "ClientException",
                "The specified task definition does not exist.",
                "Name a revision that is registered, such as web:3.",
            ));
        };
        let name = revision.name.clone();
        if revision.status == RevisionStatus::Active {
            let deregistered_at = self.now;
            let status = RevisionStatus::Inactive { deregistered_at };
            self.is_now(&name, status, cause, log);
        }
        let mut out = Writer::default();
        out.open('{');
        out.name("taskDefinition");
        self.write_revision(self.revisions.find(&name)?, &mut out);
        out.close('}');
        Ok(Reply::Shown(Json::known(&out.finish())))
    }

    /// `DeleteTaskDefinitions`. What uses a revision goes on, and as long as it does the revision is `DELETE_IN_PROGRESS`.
    pub(super) fn delete_task_definitions(
        &mut self,
        input: &DeleteTaskDefinitions,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let named = &input.task_definitions;
        if named.is_empty() {
            return Err(invalid(
                "References can not be empty.",
                "Name a revision that is INACTIVE.",
            ));
        }
        if named.len() > MAX_DELETED {
            return Err(invalid(
                "The number of task definitions must be between 1 and 10.",
                "Delete 10 or fewer at a time.",
            ));
        }
        let (mut deleted, mut refused) = (Vec::new(), Vec::new());
        for named in named {
            let found = self
                .revision_there(named)
                .filter(|_| names_revision(named))
                .map(|it| (it.name.clone(), it.status));
            let (name, status) = match found {
                None if !names_revision(named) => {
                    refused.push((named.clone(), "The specified task definition identifier is invalid. Specify a valid name or ARN and try again."));
                    continue;
                }
                None => {
                    refused.push((arn(named), "The specified task definition does not exist. Specify a valid account, family, revision and try again."));
                    continue;
                }
                Some((name, RevisionStatus::Active)) => {
                    refused.push((arn(&name), "The specified task definition is still in ACTIVE status. Please deregister the target and try again."));
                    continue;
                }
                Some(found) => found,
            };
            if let RevisionStatus::Inactive { deregistered_at } = status {
                let asked_at = self.now;
                let status = RevisionStatus::Deleting {
                    deregistered_at,
                    asked_at,
                };
                self.is_now(&name, status, cause, log);
            }
            deleted.push(name);
        }
        let mut out = Writer::default();
        out.open('{');
        out.name("taskDefinitions");
        out.open('[');
        for name in &deleted {
            out.item();
            self.write_revision(self.revisions.find(name)?, &mut out);
        }
        out.close(']');
        failures(refused.into_iter(), &mut out);
        out.close('}');
        Ok(Reply::Shown(Json::known(&out.finish())))
    }
}

impl World {
    /// `DescribeTaskDefinition`.
    pub(super) fn describe_task_definition(
        &mut self,
        input: &DescribeTaskDefinition,
        _cause: Cause,
        _log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        if input.include.iter().any(|it| it != "TAGS") {
            return Err(invalid(
                "include should be one of [TAGS].",
                "Write TAGS, or nothing.",
            ));
        }
        let named = &input.task_definition;
        let found = if names_revision(named) {
            self.revision_there(named)
        } else {
            self.revisions.active(named, "").ok()
        };
        let Some(revision) = found else {
            return Err(ApiError::new(
                "ClientException",
                "Unable to describe task definition.",
                format!("Register '{named}' first, or name a revision that is there."),
            ));
        };
        let mut out = Writer::default();
        out.open('{');
        out.name("taskDefinition");
        self.write_revision(revision, &mut out);
        if !input.include.is_empty() {
            let sent = read(revision.sent.as_str()).root;
            out.name("tags");
            match sent.get("tags") {
                Some(tags) => out.json(&Json::of(tags)),
                None => out.word("[]"),
            }
        }
        out.close('}');
        Ok(Reply::Shown(Json::known(&out.finish())))
    }

    /// `ListTaskDefinitions`.
    pub(super) fn list_task_definitions(
        &mut self,
        input: &ListTaskDefinitions,
        _cause: Cause,
        _log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let status = input.status.as_deref().unwrap_or("ACTIVE");
        if !["ACTIVE", "INACTIVE", "DELETE_IN_PROGRESS"].contains(&status) {
            return Err(invalid(
                format!(
                    "status should be one of [ACTIVE,INACTIVE,DELETE_IN_PROGRESS], not {status}."
                ),
                "Write ACTIVE, or leave it out.",
            ));
        }
        let backwards = match input.sort.as_deref() {
            None | Some("ASC") => false,
            Some("DESC") => true,
            Some(other) => {
                return Err(invalid(
                    format!("sort should be one of [ASC,DESC], not {other}."),
                    "Write ASC, or leave it out.",
                ));
            }
        };
        let page = Page::read(input.max_results, input.next_token.as_deref(), MAX_LISTED)?;
        let families = self.revisions.families();
        let asked = input.family_prefix.as_ref();
        let of = families.filter(|(family, _)| asked.is_none_or(|it| it == *family));
        let fits =
            |it: &&std::sync::Arc<Revision>| it.status.aws() == status && !self.is_deleted(it);
        let all = of.flat_map(|(_, revisions)| revisions.iter()).filter(fits);
        let mut all: Vec<String> = all.map(|it| arn(&it.name)).collect();
        if backwards {
            all.reverse();
        }
        Ok(Reply::Shown(page.show("taskDefinitionArns", &all)))
    }

    /// `ListTaskDefinitionFamilies`.
    pub(super) fn list_task_definition_families(
        &mut self,
        input: &ListTaskDefinitionFamilies,
        _cause: Cause,
        _log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let wanted = match input.status.as_deref() {
            None | Some("ALL") => None,
            Some("ACTIVE") => Some(true),
            Some("INACTIVE") => Some(false),
            Some(other) => {
                return Err(invalid(
                    format!("status should be one of [ACTIVE,INACTIVE,ALL], not {other}."),
                    "Write ACTIVE, or leave it out.",
                ));
            }
        };
        let page = Page::read(input.max_results, input.next_token.as_deref(), MAX_LISTED)?;
        let begins = input.family_prefix.as_deref().unwrap_or_default();
        let mut all = Vec::new();
        for (family, revisions) in self.revisions.families() {
            let there = revisions.iter().any(|it| !self.is_deleted(it));
            let active = revisions
                .iter()
                .any(|it| it.status == RevisionStatus::Active);
            if there && family.starts_with(begins) && wanted.is_none_or(|it| it == active) {
                all.push(family.clone());
            }
        }
        Ok(Reply::Shown(page.show("families", &all)))
    }
}
