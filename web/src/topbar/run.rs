//! The controls of time: reset, step back, run or pause, step on, speed, clock.

use super::clock::{Clock, Pace};
use crate::account::Speed;
use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use crate::signals::Signal;
use crate::simulation::playback;
use leptos::prelude::*;

/// The controls of time.
#[component]
pub fn RunControls() -> AnyView {
    let commands = commands();
    let playback = playback();
    let running = move || playback.running.get();
    let step = move |icon,
                     class: &'static str,
                     label: &'static str,
                     keys: &'static str,
                     command: Command| {
        view! {
            <button
                class=format!("btn icon {class}")
                type="button"
                aria-label=label
                title=format!("{label} ({keys} on the canvas)")
                aria-keyshortcuts=keys
                on:click=move |_| commands.send(command.clone())
            >
                <Glyph icon=icon/>
            </button>
        }
    };
    let icon = move || if running() { Icon::Pause } else { Icon::Play };
    view! {
        <div class="run" role="group" aria-label="Simulation">
            <button
                class="btn icon restart"
                type="button"
                aria-label="Reset the scenario"
                title="Reset the scenario. This run is kept"
                on:click=move |_| commands.send(Command::Reset)
            >
                <Glyph icon=Icon::Restart/>
            </button>
            {step(Icon::StepBack, "back", "Step back one event", ",", Command::StepBack)}
            <button
                class="btn prim go"
                type="button"
                aria-keyshortcuts="Space"
                on:click=move |_| commands.send(Command::Toggle)
            >
                <Glyph icon=Signal::derive(icon)/>
                <span>{move || if running() { "Pause" } else { "Run" }}</span>
            </button>
            {step(Icon::Step, "on", "Step on one event", ".", Command::StepOn)}
            <SpeedChoice/>
            <Clock/>
            <Pace/>
        </div>
    }
}

/// The speed.
#[component]
fn SpeedChoice() -> AnyView {
    let commands = commands();
    let speed = playback().speed;
    let choose = move |event| {
        if let Ok(times) = event_target_value(&event).parse() {
            commands.send(Command::Speed(Speed(times)));
        }
    };
    let option = move |of: Speed| {
        let times = crate::words::thousands(u64::from(of.0));
        view! {
            <option value=of.0 selected=move || speed.get() == of>
                {format!("{times}×")}
            </option>
        }
    };
    view! {
        <span class="speed">
            <select
                aria-label="Speed"
                title="Speed"
                prop:value=move || speed.get().0.to_string()
                on:change=choose
            >
                {Speed::ALL.map(option).collect_view()}
            </select>
            <Glyph icon=Icon::ChevronDown class="i-12"/>
        </span>
    }
}
