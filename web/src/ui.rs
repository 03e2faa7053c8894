//! What is open on the page. None of it is part of the scenario.

use leptos::prelude::*;

/// The tabs of the left panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftTab {
    /// The task definition's editor.
    Definition,
    /// Subnets, groups, and the form that runs tasks.
    Network,
}

/// The tabs of the drawer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DrawerTab {
    /// The lanes of the tasks, with the marker of time.
    Timeline,
    /// The facts in order.
    Events,
    /// The bill.
    Cost,
}

/// A region of the page, in the order that F6 visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Region {
    /// The top bar.
    Top,
    /// The left panel.
    Left,
    /// The canvas with its tools.
    Stage,
    /// The inspector.
    Inspector,
    /// The drawer.
    Drawer,
}

impl Region {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [
        Self::Top,
        Self::Left,
        Self::Stage,
        Self::Inspector,
        Self::Drawer,
    ];

    /// The id of its element.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Top => "top",
            Self::Left => "editor",
            Self::Stage => "canvas",
            Self::Inspector => "inspector",
            Self::Drawer => "drawer",
        }
    }
}

/// A dialog that covers the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// The list of keys.
    Shortcuts,
    /// Whether to begin anew.
    Reset,
}

/// What is open, from context.
#[derive(Clone, Copy, Debug)]
pub struct Ui {
    /// Whether the first visit's page is shown, without panels.
    pub first_visit: RwSignal<bool>,
    /// The tab of the left panel.
    pub left_tab: RwSignal<LeftTab>,
    /// The tab of the drawer.
    pub drawer_tab: RwSignal<DrawerTab>,
    /// Whether the left panel is open where it lies over the canvas.
    pub left_open: RwSignal<bool>,
    /// Whether the inspector is open where it lies over the canvas.
    pub inspector_open: RwSignal<bool>,
    /// Whether the drawer is open, not only its tabs.
    pub drawer_open: RwSignal<bool>,
    /// The dialog that is open.
    pub dialog: RwSignal<Option<Dialog>>,
}

impl Default for Ui {
    fn default() -> Self {
        Self {
            first_visit: RwSignal::new(false),
            left_tab: RwSignal::new(LeftTab::Definition),
            drawer_tab: RwSignal::new(DrawerTab::Timeline),
            left_open: RwSignal::new(false),
            inspector_open: RwSignal::new(false),
            drawer_open: RwSignal::new(true),
            dialog: RwSignal::new(None),
        }
    }
}

/// What is open, from context.
pub fn ui() -> Ui {
    expect_context()
}
