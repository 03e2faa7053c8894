//! The panels around the canvas: a part of the page of its own, loaded when they are first needed.
//!
//! Who comes for the first time sees the canvas and one button, and loads only that. Nothing outside this file may name a panel:
//! what is reached only from [`workbench`] is what `cargo xtask dist` puts into the second file.

use crate::canvas::popover::Popover;
use crate::dialogs::Dialogs;
use crate::drawer::Drawer;
use crate::inspector::Inspector;
use crate::markup::view;
use crate::shell::left::{LeftPanel, Rail};
use leptos::prelude::*;

/// The panels, each by the function that makes it.
#[derive(Debug)]
pub struct Workbench {
    /// The left panel and the rail that opens it.
    pub left: fn() -> AnyView,
    /// What is inside the inspector.
    pub inspector: fn() -> AnyView,
    /// What is inside the drawer.
    pub drawer: fn() -> AnyView,
    /// The dialogs.
    pub dialogs: fn() -> AnyView,
    /// The popover of a packet.
    pub popover: fn() -> AnyView,
}

static WORKBENCH: Workbench = Workbench {
    left: || view! { <Rail/><LeftPanel/> },
    inspector: || view! { <Inspector/> },
    drawer: || view! { <Drawer/> },
    dialogs: || view! { <Dialogs/> },
    popover: || view! { <Popover/> },
};

/// The panels.
pub fn workbench() -> &'static Workbench {
    &WORKBENCH
}
