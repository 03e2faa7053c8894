//! The clock: the moment shown, and whether it is the present of the run or its past.

use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::projector::projected;
use crate::signals::Memo;
use crate::simulation::playback;
use leptos::prelude::*;

/// The clock.
#[component]
pub fn Clock() -> AnyView {
    let commands = commands();
    let clock = projected().clock;
    let running = playback().running;
    let time = Memo::new(move |_| clock.get().now.to_string());
    let past = Memo::new(move |_| clock.get().past);
    view! {
        <div class="clock" class:is-past=move || past.get() role="group" aria-label="Simulated time">
            <span class="lbl">"Sim time"</span>
            <time id="now">{move || time.get()}</time>
            <Show
                when=move || past.get()
                fallback=move || view! { <span class="live" class:moves=move || running.get()>"Live"</span> }
            >
                <span class="past">"Past"</span>
                <button
                    class="btn sm line"
                    type="button"
                    on:click=move |_| commands.send(Command::BackToLive)
                >
                    "Back to live"
                </button>
            </Show>
        </div>
    }
}

/// Says that this tab cannot keep up with the speed asked for.
#[component]
pub fn Pace() -> AnyView {
    let playback = playback();
    let words = move || {
        playback.pace.get().map(|pace| {
            let asked = playback.speed.get().0;
            format!("Running at {}x. {asked}x is too much for this tab.", pace.0)
        })
    };
    view! {
        <span class="pace" role="status">
            {move || words().map(|words| view! {
                <span class="pill warn">
                    <Glyph icon=Icon::Warn class="i-12"/>
                    {words}
                </span>
            })}
        </span>
    }
}
