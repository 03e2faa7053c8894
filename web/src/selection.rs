//! What is selected: one thing of the canvas or none. Rows ask a selector, so a change touches two of them, not all.

use crate::signals::{RwSignal, StoredValue};
use fargate_core::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId, TaskId};
use leptos::prelude::*;
use leptos::reactive::computed::Selector;

/// A thing that can be selected.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Selection {
    /// A task.
    Task(TaskId),
    /// A subnet.
    Subnet(SubnetId),
    /// A security group.
    Group(SecurityGroupId),
    /// The VPC.
    Vpc,
    /// The internet gateway.
    Gateway,
    /// The Internet.
    Internet,
    /// What stands in a subnet beside tasks, by its interface.
    Tile(NetworkInterfaceId),
    /// A way out on the VPC's edge beside its internet gateway, by its id.
    Exit(String),
    /// A request, by its number.
    Flight(u64),
}

/// The selection, from context.
#[derive(Clone, Copy)]
pub struct Selected {
    now: RwSignal<Option<Selection>>,
    selector: StoredValue<Selector<Option<Selection>>>,
}

impl Default for Selected {
    fn default() -> Self {
        let now = RwSignal::new(None);
        Self {
            now,
            selector: StoredValue::new(Selector::new(move || now.get())),
        }
    }
}

impl Selected {
    /// What is selected; tracked. For the inspector, and for whoever shows one thing.
    pub fn get(self) -> Option<Selection> {
        self.now.get()
    }

    /// What is selected, untracked.
    pub fn peek(self) -> Option<Selection> {
        self.now.get_untracked()
    }

    /// Whether this thing is selected; tracked for this thing only.
    pub fn is(self, thing: &Selection) -> bool {
        let selector = self.selector.get_value();
        selector.selected(&Some(thing.clone()))
    }

    /// Selects a thing, or nothing. Components send [`crate::commands::Command::Select`].
    pub(crate) fn set(self, thing: Option<Selection>) {
        if self.now.with_untracked(|now| *now != thing) {
            self.now.set(thing);
        }
    }
}

/// The selection, from context.
pub fn selected() -> Selected {
    expect_context()
}
