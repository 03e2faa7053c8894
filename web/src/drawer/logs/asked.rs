//! Which lines a person wants to see. It outlasts the tab, not the visit.

use crate::signals::RwSignal;
use crate::ui::{DrawerTab, Ui};
use fargate_core::ids::TaskId;
use leptos::prelude::*;

/// Lines that are shown at first; 'Show older' adds as many.
pub const PAGE: usize = 200;

/// What is asked for, from context.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The stream's name; empty for all.
    pub stream: RwSignal<String>,
    /// The filter pattern.
    pub filter: RwSignal<String>,
    /// How many lines at most.
    pub most: RwSignal<usize>,
    /// Whether new lines are shown as time runs.
    pub follow: RwSignal<bool>,
    /// The task and the container that another part of the page asked for, until a stream is chosen.
    pub of: RwSignal<Option<(TaskId, String)>>,
    ui: Ui,
}

impl Asked {
    /// All lines are asked for.
    pub fn new(ui: Ui) -> Self {
        Self {
            stream: RwSignal::new(String::new()),
            filter: RwSignal::new(String::new()),
            most: RwSignal::new(PAGE),
            follow: RwSignal::new(true),
            of: RwSignal::new(None),
            ui,
        }
    }
}

/// What is asked for, from context.
pub fn asked() -> Asked {
    expect_context()
}

/// Shows the lines of a container.
pub fn show(asked: Asked, task: TaskId, container: String) {
    asked.filter.set(String::new());
    asked.stream.set(String::new());
    asked.most.set(PAGE);
    asked.follow.set(true);
    asked.of.set(Some((task, container)));
    asked.ui.open_drawer(DrawerTab::Logs);
}
