//! The tool row: what acts on the canvas as a whole.

use super::camera::Camera;
use super::stage::{Stage, stage};
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::rooms::rooms;
use crate::signals::RwSignal;
use fargate_core::decimal::Decimal;
use leptos::prelude::*;

/// The tool row. On a phone the zones to choose from take its place.
#[component]
pub fn Tools() -> AnyView {
    let (stage, rooms) = (stage(), rooms());
    let legend = RwSignal::new(false);
    let percent = move || format!("{}%", Decimal::to(stage.camera.get().zoom * 100.0, 0));
    view! {
        <div class="tools" role="toolbar" aria-label="Canvas tools">
            {move || rooms.room(|panels| panels.tools)}
            <span class="end row tools-end">
                <button
                    class="btn icon"
                    type="button"
                    aria-label="Legend"
                    aria-expanded=move || if legend.get() { "true" } else { "false" }
                    on:click=move |_| legend.update(|open| *open = !*open)
                >
                    <Glyph icon=Icon::Legend/>
                </button>
                <span class="vsep"></span>
                <button class="btn icon" type="button" aria-label="Zoom out" on:click=move |_| stage.zoom(0.8)>
                    <Glyph icon=Icon::Minus/>
                </button>
                <button
                    class="btn zoom"
                    type="button"
                    aria-label=move || format!("Zoom {}. Back to 100%", percent())
                    on:click=move |_| stage.camera.set(Camera::default())
                >
                    {percent}
                </button>
                <button class="btn icon" type="button" aria-label="Zoom in" on:click=move |_| stage.zoom(1.25)>
                    <Glyph icon=Icon::Plus/>
                </button>
                <button class="btn icon" type="button" aria-label="Fit all" on:click=move |_| stage.fit()>
                    <Glyph icon=Icon::Fit/>
                </button>
            </span>
        </div>
        <Show when=move || legend.get()>
            <Legend close=Callback::new(move |()| legend.set(false))/>
        </Show>
    }
}

/// What every line means.
#[component]
fn Legend(
    /// Closes it.
    close: Callback<()>,
) -> AnyView {
    let lines = [
        ("route", "Route: subnet port to where it leads"),
        ("pk-past", "Request: the way behind it"),
        ("pk-next", "Request: the way ahead"),
        ("pk-deny", "Denied: the octagon is on the part that decided"),
        ("sg g1 d1", "Security group: encloses what wears it"),
        ("rule g2", "Rule: from a group to the one that lets it in"),
        ("az", "Zone"),
    ];
    let lines = lines.map(|(class, words)| {
        view! {
            <li>
                <svg width="36" height="12" aria-hidden="true"><path class=class d="M2 6H34"></path></svg>
                {words}
            </li>
        }
    });
    view! {
        <section
            class="legend"
            role="dialog"
            aria-label="Legend"
            on:keydown=move |event| if event.key() == "Escape" { close.run(()) }
        >
            <div class="pop-head">
                <h3>"Legend"</h3>
                <button class="btn icon" type="button" aria-label="Close the legend" on:click=move |_| close.run(())>
                    <Glyph icon=Icon::Close class="i-14"/>
                </button>
            </div>
            <ul>{lines.collect_view()}</ul>
        </section>
    }
}

/// The zones to choose from on a phone.
#[component]
pub fn ZoneSwitch() -> AnyView {
    let stage = stage();
    let short = |zone: &str| zone.rsplit('-').next().unwrap_or(zone).to_owned();
    view! {
        <div class="zones" role="group" aria-label="Zone">
            <div class="seg">
                {move || {
                    let zones = stage.cards().zones.get();
                    let each = zones.iter().enumerate().map(|(index, zone)| choice(stage, Some(index), short(zone)));
                    let each: Vec<_> = each.collect();
                    view! { {each}{choice(stage, None, "All".to_owned())} }
                }}
            </div>
        </div>
    }
}

fn choice(stage: Stage, zone: Option<usize>, word: String) -> AnyView {
    view! {
        <button
            type="button"
            aria-pressed=move || if stage.zone.get() == zone { "true" } else { "false" }
            on:click=move |_| {
                stage.zone.set(zone);
                stage.camera.set(Camera::default());
            }
        >
            {word}
        </button>
    }
}
