//! The left panel: its tabs, and the rail that opens it where there is no room beside the canvas.

use crate::annex::further;
use crate::definition::{DefinitionPanel, draft};
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use crate::signals::Signal;
use crate::tabs::{Tab, Tabs};
use crate::ui::{LeftTab, Region, ui};
use leptos::prelude::*;

/// The left panel. All tabs stay as they were left.
#[component]
pub fn LeftPanel() -> AnyView {
    let (ui, draft, further) = (ui(), draft(), further());
    let tabs = vec![
        Tab {
            count: Some(Signal::derive(move || draft.errors())),
            trouble: true,
            ..Tab::new(LeftTab::Definition, "Task definition")
        },
        Tab::new(LeftTab::Network, "Network"),
        Tab::new(LeftTab::Images, "Images"),
        Tab::new(LeftTab::Permissions, "Permissions"),
    ];
    let panel = move |place: usize, tab, body: AnyView| {
        view! {
            <div
                class="panel"
                role="tabpanel"
                id=format!("left-panel-{place}")
                aria-labelledby=format!("left-tab-{place}")
                hidden=move || ui.left_tab.get() != tab
            >
                {body}
            </div>
        }
    };
    view! {
        <aside
            class="left"
            class:is-open=move || ui.left_open.get()
            id=Region::Left.id()
            tabindex="-1"
            aria-label="Scenario editor"
        >
            <Tabs
                label="Scenario"
                id="left"
                tabs=tabs
                open=ui.left_tab
                choose=move |tab| ui.left_tab.set(tab)
            />
            {panel(0, LeftTab::Definition, view! { <DefinitionPanel/> })}
            {panel(1, LeftTab::Network, further.part(|annex| (annex.network)()))}
            {panel(2, LeftTab::Images, further.part(|annex| (annex.images)()))}
            {panel(3, LeftTab::Permissions, further.part(|annex| (annex.permissions)()))}
        </aside>
    }
}

/// The rail of narrow screens: a button for each tab of the left panel.
#[component]
pub fn Rail() -> AnyView {
    let ui = ui();
    let button = move |tab, icon, label: &'static str| {
        let open = move || ui.left_open.get() && ui.left_tab.get() == tab;
        view! {
            <button
                class="btn icon"
                type="button"
                aria-label=label
                title=label
                aria-controls=Region::Left.id()
                aria-expanded=move || open().to_string()
                on:click=move |_| {
                    let shut = untrack(open);
                    ui.left_tab.set(tab);
                    ui.left_open.set(!shut);
                }
            >
                <Glyph icon=icon/>
            </button>
        }
    };
    view! {
        <nav class="rail" aria-label="Panels">
            {button(LeftTab::Definition, Icon::Edit, "Task definition")}
            {button(LeftTab::Network, Icon::Network, "Network")}
            {button(LeftTab::Images, Icon::Layers, "Images")}
            {button(LeftTab::Permissions, Icon::Lock, "Permissions")}
        </nav>
    }
}
