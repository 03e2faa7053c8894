//! The events: the newest two hundred facts, the last one first.

use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::projector::projected;
use crate::selection::Selection;
use crate::words::thousands;
use fargate_session::view::EventLine;
use leptos::prelude::*;

/// The list of events.
#[component]
pub fn Events() -> impl IntoView {
    let shown = projected();
    let lines = move || {
        shown
            .events
            .read()
            .iter()
            .rev()
            .cloned()
            .collect::<Vec<EventLine>>()
    };
    let hidden = Memo::new(move |_| {
        shown
            .event_count
            .get()
            .saturating_sub(shown.events.with(|lines| lines.len()))
    });
    view! {
        <div class="events" tabindex="0" role="region" aria-label="Events, the newest first">
            <ul>
                <For each=lines key=|line| line.id let:line>
                    <Line line/>
                </For>
            </ul>
            {move || {
                let hidden = hidden.get();
                (hidden > 0).then(|| {
                    let words = format!("{} earlier events. Move the marker to see them.", thousands(hidden as u64));
                    view! { <p class="t12 dim events-more">{words}</p> }
                })
            }}
        </div>
    }
}

#[component]
fn Line(line: EventLine) -> impl IntoView {
    let commands = commands();
    let (icon, class) = if line.trouble {
        (Icon::Error, "i-12 err-c")
    } else {
        (Icon::Ahead, "i-12 idle-c")
    };
    let trouble = line
        .trouble
        .then(|| view! { <span class="sr">"Trouble: "</span> });
    let sentence = match line.task {
        Some(task) => {
            let thing = Selection::Task(task);
            view! {
                <button type="button" on:click=move |_| commands.send(Command::Select(Some(thing.clone())))>
                    {line.text}
                </button>
            }
            .into_any()
        }
        None => view! { <span>{line.text}</span> }.into_any(),
    };
    view! {
        <li class="event" class:is-trouble=line.trouble>
            <time class="mono dim">{line.at.to_string()}</time>
            <Glyph icon class/>
            {trouble}
            {sentence}
        </li>
    }
}
