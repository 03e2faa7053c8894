//! The panels around the canvas: a part of the page of its own, loaded when they are first needed.
//!
//! Who comes for the first time sees a running task and one button, and loads only what that takes. Nothing outside this file may
//! name a panel or the rules: what is reached only from [`workbench`] is what `cargo xtask dist` puts into the second file.

use crate::canvas::drawing::{Drawing, Exits, Glass, RuleLines, ToolRow, scene};
use crate::canvas::{Counts, popover::Popover};
use crate::commands::{Commands, commands};
use crate::definition::make_draft;
use crate::dialogs::Dialogs;
use crate::drawer::bridge::RuleDraft;
use crate::drawer::exec::ExecShell;
use crate::drawer::logs::asked::Asked;
use crate::drawer::logs::pipeline::SendingOn;
use crate::drawer::reach::kept::Kept;
use crate::drawer::why::{Why, WhyRefused};
use crate::first_visit::Borrowed;
use crate::markup::view;
use crate::network::Things;
use crate::network::modes::Modes;
use crate::projector::projected;
use crate::run_form::RunForm;
use crate::shell::around::Around;
use crate::shell::left::{LeftPanel, Rail};
use crate::shell::listen;
use crate::topbar::run::RunControls;
use crate::topbar::scenario::{Keys, Scenario};
use crate::ui::ui;
use fargate_core::call::Call;
use fargate_session::scene::{Scene, Things as Cards, Viewport};
use fargate_session::view::TraceCard;
use fargate_session::{OpenError, Session};
use leptos::prelude::*;

/// What the second file brings, each by the function that makes it.
#[derive(Debug)]
pub struct Workbench {
    /// Makes the handles that only panels use.
    pub provide: fn(),
    /// The top bar's left side: the scenario and its edits.
    pub scenario: fn() -> AnyView,
    /// The top bar's middle: how time runs.
    pub controls: fn() -> AnyView,
    /// The top bar's right side, beside the theme.
    pub keys: fn() -> AnyView,
    /// The left panel and the rail that opens it.
    pub left: fn() -> AnyView,
    /// The inspector, the drawer, and what lies between.
    pub around: fn() -> AnyView,
    /// The row of drawing tools.
    pub tools: fn() -> AnyView,
    /// Draws the scene with what the panels know of it beside the cards.
    pub scene: fn(&mut Cards, Viewport) -> Scene,
    /// The ways out and the lines of routes and rules, in the picture.
    pub lines: fn() -> AnyView,
    /// What lies over the canvas.
    pub over: fn() -> AnyView,
    /// What the first click did.
    pub borrowed: fn() -> AnyView,
    /// The dialogs.
    pub dialogs: fn() -> AnyView,
    /// Opens a saved document.
    pub open: fn(&str) -> Result<Session, OpenError>,
    /// Puts an empty VPC in the scenario's place.
    pub empty_vpc: fn(Commands),
    /// Asks why a call was refused.
    pub why: fn(Call) -> AnyView,
    /// The steps of a request, and the cures of a refused one.
    pub trace: fn(Commands, u64) -> Option<TraceCard>,
}

static WORKBENCH: Workbench = Workbench {
    provide: || {
        provide_context(make_draft(projected()));
        provide_context(RunForm::new(ui()));
        provide_context(Things::new());
        provide_context(Modes::new());
        provide_context(Why::new());
        provide_context(Drawing::new());
        provide_context(Kept::default());
        provide_context(Asked::new(ui()));
        provide_context(ExecShell::default());
        provide_context(RuleDraft::new());
        provide_context(SendingOn::default());
        commands().judge();
        listen();
    },
    scenario: || view! { <Scenario/> },
    controls: || view! { <RunControls/> },
    keys: || view! { <Keys/> },
    left: || view! { <Rail/><LeftPanel/> },
    around: || view! { <Around/> },
    tools: || view! { <ToolRow/> },
    scene,
    lines: || view! { <Exits/><RuleLines/> },
    over: || view! { <Counts/><Popover/><Glass/> },
    borrowed: || view! { <Borrowed/> },
    dialogs: || view! { <Dialogs/> },
    open: Session::open,
    empty_vpc: Commands::empty_vpc,
    why: |call| view! { <WhyRefused call/> },
    trace: Commands::trace,
};

/// The panels.
pub fn workbench() -> &'static Workbench {
    &WORKBENCH
}
