//! The cures: each with what was so after it was tried, and a button that does it.

use super::Why;
use crate::commands::Command;
use crate::icons::{Glyph, Icon};
use crate::markup::{IntoChild, Show, live, view};
use crate::selection::Selection;
use fargate_core::call::Call;
use fargate_core::error::Reply;
use fargate_session::Plan;
use fargate_session::why::Fix;
use leptos::prelude::*;
use std::sync::Arc;

/// The cures that are proven so far, and whether others are being tried.
#[component]
pub fn Cures(
    /// What was asked.
    why: Why,
) -> AnyView {
    let none = move || !why.trying.get() && why.fixes.with(Vec::is_empty);
    let list = live(move || {
        let fixes = why.fixes.get().into_iter().enumerate();
        let rows: Vec<AnyView> = fixes.map(|(place, fix)| row(why, place, fix)).collect();
        Some(rows.into_child())
    });
    view! {
        <ol class="why-fixes">{list}</ol>
        <Show when=move || why.trying.get()>
            <p class="t12 dim">"Trying cures on a branch …"</p>
        </Show>
        <Show when=none>
            <p class="t12 dim">"No cure was found that could be proven."</p>
        </Show>
    }
}

fn row(why: Why, place: usize, fix: Arc<Fix>) -> AnyView {
    let calls: Vec<&str> = fix.calls.iter().map(Call::action).collect();
    let (title, outcome, calls) = (fix.title.clone(), fix.outcome.clone(), calls.join(", "));
    let done = move || why.applied.get() == Some(place);
    let apply = move |_| why.apply(place, &fix);
    view! {
        <li>
            <div class="grow">
                <p class="med">{title}</p>
                <p class="t2"><Glyph icon=Icon::Ok class="i-12 ok-c"/>" "{outcome}</p>
                <p class="mono dim">{calls}</p>
            </div>
            <button
                type="button"
                class="btn sm line"
                disabled=move || why.applied.get().is_some()
                on:click=apply
            >
                {move || if done() { "Done" } else { "Apply" }}
            </button>
        </li>
    }
}

impl Why {
    /// Does the calls of a cure, all of them or none, and lets time run.
    fn apply(self, place: usize, fix: &Fix) {
        let plan = fix
            .calls
            .iter()
            .fold(Plan::default(), |plan, call| plan.then(call.clone()));
        match self.commands.gesture(&plan) {
            Some(Ok(replies)) => {
                self.applied.set(Some(place));
                self.announcer.say(format!("Applied: {}.", fix.title));
                let task = replies.into_iter().find_map(|reply| match reply {
                    Reply::Tasks(tasks) => tasks.into_iter().next(),
                    _ => None,
                });
                if let Some(task) = task {
                    let thing = Selection::Task(task);
                    self.commands.send(Command::Select(Some(thing)));
                }
                self.commands.send(Command::Run);
            }
            Some(Err(refused)) => self.commands.refused(&refused.error, refused.call),
            None => {}
        }
    }
}
