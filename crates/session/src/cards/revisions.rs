//! Cards of the registered task definitions. A revision never changes but for its status, so it is drawn once for each.

use crate::view::{FamilyCard, RevisionCard, Shared};
use fargate_core::task_definition::{Revision, RevisionStatus, Revisions};
use std::sync::Arc;

/// The families as they were last drawn, and for which revisions, ACTIVE or not.
#[derive(Debug)]
pub(super) struct Shown {
    families: Shared<Vec<FamilyCard>>,
    names: Vec<(Arc<str>, bool)>,
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            families: Shared::new(Vec::new()),
            names: Vec::new(),
        }
    }
}

impl Shown {
    pub(super) fn families(&mut self, revisions: &Revisions) -> Shared<Vec<FamilyCard>> {
        let names: Vec<_> = revisions
            .families()
            .flat_map(|(_, revisions)| revisions)
            .map(|revision| {
                let active = revision.status == RevisionStatus::Active;
                (revision.name.clone(), active)
            })
            .collect();
        if names != self.names {
            self.names = names;
            let families = revisions.families().map(|(family, revisions)| FamilyCard {
                family: family.clone(),
                revisions: revisions.iter().map(|revision| card(revision)).collect(),
            });
            self.families = Shared::new(families.collect());
        }
        self.families.clone()
    }
}

fn card(revision: &Revision) -> RevisionCard {
    RevisionCard {
        name: revision.name.to_string(),
        revision: revision.number,
        json: revision.described.indented().into(),
        sent: revision.sent.indented().into(),
        registered_at: revision.registered_at,
        fargate: revision.fargate(),
        active: revision.status == RevisionStatus::Active,
    }
}
