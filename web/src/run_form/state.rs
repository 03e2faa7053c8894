//! What is chosen in the form. It stays while the form is shut.

use super::options::{FIELDS, Field, options};
use crate::projector::Projected;
use crate::refusal::Refusal;
use crate::signals::RwSignal;
use crate::ui::{LeftTab, Ui};
use fargate_core::call::{AssignPublicIp, AwsvpcConfiguration, NetworkConfiguration, RunTask};
use fargate_core::ids::{SecurityGroupId, SubnetId};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// What is chosen, from context.
#[derive(Clone, Copy, Debug)]
pub struct RunForm {
    ui: Ui,
    /// Whether the form is open.
    pub(crate) open: RwSignal<bool>,
    /// The revision; the newest where none was chosen.
    pub(crate) revision: RwSignal<Option<String>>,
    /// How many, as typed.
    pub(crate) count: RwSignal<String>,
    /// The subnets; one that is public where none was chosen.
    pub(crate) subnets: RwSignal<Option<BTreeSet<SubnetId>>>,
    /// The groups; the first that is not the VPC's own where none was chosen.
    pub(crate) groups: RwSignal<Option<BTreeSet<SecurityGroupId>>>,
    /// Whether the tasks get a public address.
    pub(crate) public: RwSignal<bool>,
    /// Whether the folded part is open.
    pub(super) more_is_open: RwSignal<bool>,
    /// What stands in the folded part, by its fields.
    more: [RwSignal<String>; FIELDS],
    /// AWS's refusal of the last try.
    pub(crate) refusal: RwSignal<Option<Refusal>>,
    /// What the last try started, in words.
    pub(crate) started: RwSignal<String>,
    /// The number of the last call, where AWS accepted it and placed less than it asked for.
    pub(super) partly: RwSignal<Option<u32>>,
}

impl RunForm {
    /// Nothing is chosen yet. The page makes one.
    pub(crate) fn new(ui: Ui) -> Self {
        Self {
            ui,
            open: RwSignal::new(false),
            revision: RwSignal::new(None),
            count: RwSignal::new("1".to_owned()),
            subnets: RwSignal::new(None),
            groups: RwSignal::new(None),
            public: RwSignal::new(true),
            more_is_open: RwSignal::new(false),
            more: std::array::from_fn(|_| RwSignal::default()),
            refusal: RwSignal::new(None),
            started: RwSignal::default(),
            partly: RwSignal::new(None),
        }
    }

    /// Opens the form, wherever the layout has it, and puts the focus on it.
    pub fn show(&self) {
        self.ui.open_left(LeftTab::Definition);
        self.open.set(true);
        request_animation_frame(|| crate::browser::focus("run-form-head"));
    }

    /// Opens the form for a revision.
    pub fn show_with(&self, revision: &str) {
        self.revision.set(Some(revision.to_owned()));
        self.show();
    }

    /// Opens the form for a subnet.
    pub(crate) fn show_in(&self, subnet: SubnetId) {
        self.subnets.set(Some(BTreeSet::from([subnet])));
        self.show();
    }

    /// The ACTIVE revisions, the newest first; tracked.
    pub(crate) fn revisions(projected: Projected) -> Vec<String> {
        let families = projected.families.get();
        let cards = families.iter().flat_map(|family| &family.revisions);
        let mut named: Vec<_> = cards
            .filter(|card| card.active)
            .map(|card| (card.registered_at, card.revision, card.name.clone()))
            .collect();
        named.sort();
        named.into_iter().rev().map(|(_, _, name)| name).collect()
    }

    /// The revision to run; tracked.
    pub(crate) fn chosen_revision(&self, projected: Projected) -> Option<String> {
        let known = Self::revisions(projected);
        let chosen = self.revision.get().filter(|chosen| known.contains(chosen));
        chosen.or_else(|| known.into_iter().next())
    }

    /// The subnets; tracked. What was chosen and is gone is not among them.
    pub(crate) fn chosen_subnets(&self, projected: Projected) -> BTreeSet<SubnetId> {
        let cards = projected.subnets.all();
        let ids = cards.iter().map(|card| card.id.clone());
        if let Some(chosen) = self.subnets.get() {
            return ids.filter(|id| chosen.contains(id)).collect();
        }
        let offered = cards.iter().find(|card| card.public).or(cards.first());
        offered.map(|card| card.id.clone()).into_iter().collect()
    }

    /// The groups of the interface; tracked.
    pub(crate) fn chosen_groups(&self, projected: Projected) -> BTreeSet<SecurityGroupId> {
        let cards = projected.groups.all();
        let ids = cards.iter().map(|card| card.id.clone());
        if let Some(chosen) = self.groups.get() {
            return ids.filter(|id| chosen.contains(id)).collect();
        }
        let own = cards.iter().filter(|card| card.name != "default");
        let offered = own.min_by_key(|card| card.order);
        offered.map(|card| card.id.clone()).into_iter().collect()
    }

    /// A field of the folded part.
    pub(super) fn field(&self, field: Field) -> RwSignal<String> {
        self.more[field as usize]
    }

    /// A strategy instead of a launch type: all on Spot until somebody says otherwise.
    pub(super) fn spread(&self) {
        self.field(Field::Strategy).set("on".to_owned());
        let all = [
            Field::Base,
            Field::Weight,
            Field::SpotBase,
            Field::SpotWeight,
        ];
        let nothing = |it: &Field| self.field(*it).with_untracked(String::is_empty);
        if all.iter().all(nothing) {
            self.field(Field::SpotWeight).set("1".to_owned());
        }
    }

    /// The call that the form sends; tracked. `Err` says what cannot be sent.
    pub(crate) fn call(&self, projected: Projected) -> Result<RunTask, String> {
        let task_definition = self
            .chosen_revision(projected)
            .ok_or("Register a task definition first.")?;
        let count = self.count.with(|count| count.trim().parse());
        let count: u32 = count.map_err(|_| "Write the count as a number from 1 to 10.")?;
        let assign = if self.public.get() {
            AssignPublicIp::Enabled
        } else {
            AssignPublicIp::Disabled
        };
        let more = options(|field| self.field(field).get())?;
        Ok(RunTask {
            task_definition,
            count: (count != 1).then_some(count),
            launch_type: more.launch_type,
            platform_version: more.platform,
            network_configuration: Some(NetworkConfiguration {
                awsvpc_configuration: AwsvpcConfiguration {
                    subnets: self.chosen_subnets(projected).into_iter().collect(),
                    security_groups: self.chosen_groups(projected).into_iter().collect(),
                    assign_public_ip: Some(assign),
                },
            }),
            options: more.rest,
        })
    }
}
