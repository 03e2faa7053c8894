//! The drawer: timeline, events, logs, flow logs, reachability, metrics, EventBridge, a shell, cost, and why.

pub mod beside;
pub mod bill;
pub mod bridge;
pub mod events;
pub mod exec;
pub mod flow_logs;
pub mod lane;
pub mod logs;
pub mod marker;
pub mod metrics;
pub mod moments;
pub mod reach;
pub mod record;
pub mod timeline;
pub mod travel;
pub mod why;
pub mod zoom;

use crate::annex::further;
use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, live, view};
use crate::measure;
use crate::projector::projected;
use crate::signals::Memo;
use crate::tabs::{Tab, Tabs};
use crate::ui::{DrawerTab, ui};
use events::Events;
use leptos::prelude::*;
use timeline::Timeline;

/// The drawer: its tabs, what they are about, and the open one's body.
#[component]
pub fn Drawer() -> AnyView {
    let (ui, shown) = (ui(), projected());
    let phone = measure::phone();
    let tabs = vec![
        Tab::new(DrawerTab::Timeline, "Timeline"),
        Tab {
            count: Some(shown.event_count.into()),
            ..Tab::new(DrawerTab::Events, "Events")
        },
        Tab::new(DrawerTab::Logs, "Logs"),
        Tab::new(DrawerTab::FlowLogs, "Flow logs"),
        Tab::new(DrawerTab::Reach, "Reachability"),
        Tab::new(DrawerTab::Metrics, "Metrics"),
        Tab::new(DrawerTab::Bridge, "EventBridge"),
        Tab::new(DrawerTab::Exec, "ECS Exec"),
        Tab::new(DrawerTab::Cost, "Cost"),
        Tab::new(DrawerTab::Why, "Why"),
    ];
    let choose = move |tab| {
        ui.drawer_tab.set(tab);
        ui.drawer_open.set(true);
    };
    let is_open = Memo::new(move |_| phone.get() || ui.drawer_open.get());
    let panel = move |place: usize, tab: DrawerTab, body: fn() -> AnyView| {
        view! {
            <div
                class="dr-body"
                role="tabpanel"
                id=format!("drawer-panel-{place}")
                aria-labelledby=format!("drawer-tab-{place}")
                hidden=move || !is_open.get() || ui.drawer_tab.get() != tab
            >
                <Show when=move || is_open.get() && ui.drawer_tab.get() == tab>{body()}</Show>
            </div>
        }
    };
    view! {
        <div class="dr-tabs">
            <Tabs label="Drawer" id="drawer" tabs=tabs open=ui.drawer_tab choose=choose/>
            <Show when=move || is_open.get() && ui.drawer_tab.get() == DrawerTab::Timeline>
                <Runs/>
                <Hint/>
            </Show>
            <Show when=move || !phone.get()>
                <button
                    class="btn icon fold"
                    type="button"
                    aria-label=move || if ui.drawer_open.get() { "Collapse the drawer" } else { "Open the drawer" }
                    aria-expanded=move || ui.drawer_open.get().to_string()
                    on:click=move |_| ui.drawer_open.update(|open| *open = !*open)
                >
                    <Glyph icon=Icon::ChevronDown/>
                </button>
            </Show>
        </div>
        {panel(0, DrawerTab::Timeline, || view! { <Timeline/> })}
        {panel(1, DrawerTab::Events, || view! { <Events/> })}
        {panel(2, DrawerTab::Logs, || further().part(|annex| (annex.logs)()))}
        {panel(3, DrawerTab::FlowLogs, || further().part(|annex| (annex.flow_logs)()))}
        {panel(4, DrawerTab::Reach, || further().part(|annex| (annex.reach)()))}
        {panel(5, DrawerTab::Metrics, || further().part(|annex| (annex.metrics)()))}
        {panel(6, DrawerTab::Bridge, || further().part(|annex| (annex.bridge)()))}
        {panel(7, DrawerTab::Exec, || further().part(|annex| (annex.exec)()))}
        {panel(8, DrawerTab::Cost, || further().part(|annex| (annex.cost)()))}
        {panel(9, DrawerTab::Why, || further().part(|annex| (annex.why)()))}
    }
}

/// The runs as chips, once there are several.
#[component]
fn Runs() -> AnyView {
    let (history, commands) = (projected().history, commands());
    let runs = Memo::new(move |_| {
        let history = history.get();
        let titles: Vec<(String, Option<String>)> = history
            .runs
            .iter()
            .map(|run| (run.title.clone(), run.from.map(|from| from.to_string())))
            .collect();
        (titles, history.current)
    });
    live(move || {
        let (titles, current) = runs.get();
        (titles.len() > 1).then(|| {
            let chips = titles.into_iter().enumerate().map(|(place, (title, from))| {
                view! {
                    <button
                        type="button"
                        aria-pressed=(place == current).to_string()
                        title=from.map(|from| format!("Began at {from}"))
                        on:click=move |_| commands.send(Command::ShowRun(place))
                    >
                        {title}
                    </button>
                }
            });
            view! { <div class="seg runs" role="group" aria-label="Runs">{chips.collect_view()}</div> }
        })
    })
}

/// What the marker does, and in the past what an edit would do.
#[component]
fn Hint() -> AnyView {
    let shown = projected();
    let past = Memo::new(move |_| {
        let clock = shown.clock.get();
        clock.past.then_some(clock.now)
    });
    let words = move || match past.get() {
        None => "Drag the marker to travel in time".to_owned(),
        Some(now) => {
            let history = shown.history.get();
            let next = history.runs.len() + 1;
            let this = history
                .runs
                .get(history.current)
                .map_or("", |run| run.title.as_str());
            format!("An edit starts Run {next} from {now}. {this} is kept.")
        }
    };
    view! { <span class="t12 dim hint">{words}</span> }
}
