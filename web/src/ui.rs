//! What is open on the page. None of it is part of the scenario.

use crate::selection::Selection;
use crate::signals::RwSignal;
use leptos::prelude::*;

/// The tabs of the left panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftTab {
    /// The task definition's editor.
    Definition,
    /// Subnets, groups, and the form that runs tasks.
    Network,
    /// What images do.
    Images,
    /// Who may do what.
    Permissions,
}

/// The tabs of the drawer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DrawerTab {
    /// The lanes of the tasks, with the marker of time.
    Timeline,
    /// The facts in order.
    Events,
    /// What containers wrote.
    Logs,
    /// What ECS sent to EventBridge, and rules.
    Bridge,
    /// A shell in a container.
    Exec,
    /// The records of VPC Flow Logs.
    FlowLogs,
    /// Who reaches whom, and what changed in it.
    Reach,
    /// The use of CPU and memory, a data point a minute.
    Metrics,
    /// The bill.
    Cost,
    /// Why something is as it is.
    Why,
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

/// What the sheet of a phone shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The task definition.
    Define,
    /// Networks and the run form.
    Network,
    /// What images do.
    Images,
    /// Who may do what.
    Permissions,
    /// The canvas, and what is selected in the sheet.
    Canvas,
    /// The drawer.
    Time,
}

impl Page {
    /// As the style sheet calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Define => "define",
            Self::Network => "network",
            Self::Images => "images",
            Self::Permissions => "permissions",
            Self::Canvas => "canvas",
            Self::Time => "time",
        }
    }
}

/// Where the sheet of a phone stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stop {
    /// 96 pixels.
    Low,
    /// 48 %.
    Half,
    /// 92 %.
    High,
}

impl Stop {
    /// As the style sheet calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Half => "half",
            Self::High => "high",
        }
    }

    /// The next higher stop.
    #[must_use]
    pub const fn up(self) -> Self {
        match self {
            Self::Low => Self::Half,
            Self::Half | Self::High => Self::High,
        }
    }

    /// The next lower stop.
    #[must_use]
    pub const fn down(self) -> Self {
        match self {
            Self::High => Self::Half,
            Self::Half | Self::Low => Self::Low,
        }
    }

    /// The stop nearest to a share of the height, 0 to 1.
    pub fn nearest(share: f64) -> Self {
        match share {
            low if low < 0.3 => Self::Low,
            half if half < 0.7 => Self::Half,
            _ => Self::High,
        }
    }
}

/// A dialog that covers the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// The list of keys.
    Shortcuts,
    /// Whether to put an empty VPC in the scenario's place.
    EmptyVpc,
    /// Whether to put the shipped scenario in its place.
    Shipped,
    /// Which template to put in its place.
    Templates,
    /// Network modes: who reaches whom among containers on an instance.
    Modes,
    /// What is kept on the device could not be opened.
    Unopened,
}

/// What is open, from context.
#[derive(Clone, Copy, Debug)]
pub struct Ui {
    /// Whether the first visit's page is shown, without panels.
    pub first_visit: RwSignal<bool>,
    /// Whether the panels just came in, after the first click.
    pub arriving: RwSignal<bool>,
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
    /// What the sheet of a phone shows.
    pub page: RwSignal<Page>,
    /// Where the sheet of a phone stops.
    pub sheet: RwSignal<Stop>,
    /// The dialog that is open.
    pub dialog: RwSignal<Option<Dialog>>,
}

impl Default for Ui {
    fn default() -> Self {
        Self {
            first_visit: RwSignal::new(false),
            arriving: RwSignal::new(false),
            left_tab: RwSignal::new(LeftTab::Definition),
            drawer_tab: RwSignal::new(DrawerTab::Timeline),
            left_open: RwSignal::new(false),
            inspector_open: RwSignal::new(false),
            drawer_open: RwSignal::new(true),
            page: RwSignal::new(Page::Canvas),
            sheet: RwSignal::new(Stop::Low),
            dialog: RwSignal::new(None),
        }
    }
}

impl Ui {
    /// Opens a tab of the left panel, wherever the layout has it.
    pub fn open_left(self, tab: LeftTab) {
        self.left_tab.set(tab);
        self.left_open.set(true);
        self.show_page(match tab {
            LeftTab::Definition => Page::Define,
            LeftTab::Network => Page::Network,
            LeftTab::Images => Page::Images,
            LeftTab::Permissions => Page::Permissions,
        });
    }

    /// Opens a tab of the drawer, wherever the layout has it.
    pub fn open_drawer(self, tab: DrawerTab) {
        self.drawer_tab.set(tab);
        self.drawer_open.set(true);
        self.show_page(Page::Time);
    }

    /// Shows a page in the sheet of a phone; pages to work in come up.
    pub fn show_page(self, page: Page) {
        self.page.set(page);
        match page {
            Page::Define | Page::Network | Page::Images | Page::Permissions => {
                self.sheet.set(Stop::High);
            }
            Page::Time => self.sheet.set(Stop::Half),
            Page::Canvas => self.sheet.set(Stop::Low),
        }
    }

    /// Something was selected: the inspector comes up where it lies over the canvas.
    pub(crate) fn selected(self, thing: Option<&Selection>) {
        self.inspector_open.set(thing.is_some());
        if self.page.get_untracked() == Page::Canvas {
            self.sheet.set(if thing.is_some() {
                Stop::Half
            } else {
                Stop::Low
            });
        }
    }
}

/// What is open, from context.
pub fn ui() -> Ui {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_stops_three_times() {
        for (share, stop) in [
            (0.0, Stop::Low),
            (0.12, Stop::Low),
            (0.48, Stop::Half),
            (0.92, Stop::High),
        ] {
            assert_eq!(Stop::nearest(share), stop, "{share}");
        }
        assert_eq!(Stop::Low.up().up().up(), Stop::High);
        assert_eq!(Stop::High.down().down().down(), Stop::Low);
    }
}
