//! What another block of a subnet takes: the size, what stands in the way, and what is deleted and made.

use super::super::stage::stage;
use super::ask::{AskForm, focus_button};
use super::drawing;
use super::subnet::size_words;
use crate::icons::{Glyph, Icon};
use crate::markup::{live, view};
use crate::signals::{Memo, Signal};
use fargate_session::tools::{Change, Ground, Hand, PREFIXES, Residents, ResizeHand, Turn};
use leptos::prelude::*;

/// The popover.
#[component]
pub fn AskResize() -> AnyView {
    let (stage, drawing) = (stage(), drawing());
    let ask = move |what: fn(&ResizeHand, Ground<'_>) -> Option<String>| {
        Memo::new(move |_| {
            let found = drawing.ask(stage, |hand, ground| match hand {
                Hand::Resize(hand) => what(hand, ground),
                _ => None,
            });
            found.flatten()
        })
    };
    let name = ask(|hand, ground| Some(hand.name(ground)));
    let becomes = ask(ResizeHand::becomes);
    let problem = ask(ResizeHand::problem);
    let in_the_way = ask(|hand, ground| hand.residents(ground).sentence());
    let own = ask(|hand, ground| hand.block(ground).map(|block| block.prefix().to_string()));
    let change = Memo::new(move |_| {
        drawing.hand.with(|hand| match hand {
            Some(Hand::Resize(hand)) => hand.change,
            _ => None,
        })
    });
    let living = Memo::new(move |_| {
        let found = drawing.ask(stage, |hand, ground| match hand {
            Hand::Resize(hand) => hand.residents(ground),
            _ => Residents::default(),
        });
        found.map_or(0, |found| found.living.len())
    });
    let waiting = Memo::new(move |_| {
        drawing.hand.with(|hand| match hand {
            Some(Hand::Resize(hand)) => hand.reruns(),
            _ => 0,
        })
    });
    let verb = move || match change.get() {
        Some(Change::Split) => "Split",
        Some(Change::Merge) => "Merge",
        Some(Change::Resize(_)) | None => "Resize",
    };
    let title = Signal::derive(move || format!("{} {}", verb(), name.get().unwrap_or_default()));
    let button = Signal::derive(move || match waiting.get() {
        0 => "Delete and create".to_owned(),
        1 => "Delete, create, run 1 task again".to_owned(),
        many => format!("Delete, create, run {many} tasks again"),
    });
    let plan = Callback::new(move |()| {
        let plan = untrack(|| {
            drawing.ask(stage, |hand, ground| match hand {
                Hand::Resize(hand) => hand.plan(ground),
                _ => None,
            })
        });
        let plan = plan.flatten();
        if plan.is_none() {
            let why = problem.get_untracked().or(in_the_way.get_untracked());
            let why = why.unwrap_or_else(|| "Choose another size first.".to_owned());
            drawing.announcer.alert(why);
        }
        plan
    });
    let resize = move |event| {
        let prefix = event_target_value(&event).parse();
        drawing.tell(stage, |hand, ground| {
            if let (Hand::Resize(hand), Ok(prefix)) = (hand, prefix) {
                hand.resize(ground, prefix);
            }
            Turn::Drawn(None)
        });
    };
    let now = Memo::new(move |_| {
        let chosen = match change.get() {
            Some(Change::Resize(prefix)) => Some(prefix.to_string()),
            Some(Change::Split | Change::Merge) | None => own.get(),
        };
        chosen.unwrap_or_default()
    });
    // The larger one is up, as with the keys of the tool; the options stay while one is chosen: what is typed into the list goes on.
    let sizes = move || {
        let first = now.get_untracked();
        let options = PREFIXES.map(|prefix| {
            let chosen = prefix.to_string() == first;
            view! { <option value=prefix.to_string() selected=chosen>{size_words(prefix)}</option> }
        });
        options.collect_view()
    };
    let has_list = Memo::new(move |_| !matches!(change.get(), Some(Change::Split | Change::Merge)));
    let list = move || {
        has_list.get().then(|| {
            view! {
                <label class="field-label">
                    "Size"
                    <select class="field" id="resize-subnet-size" prop:value=now on:change=resize>{sizes()}</select>
                </label>
            }
        })
    };
    let stop = move |_| {
        let mut plan = None;
        drawing.tell(stage, |hand, ground| {
            if let Hand::Resize(hand) = hand {
                plan = Some(hand.stop_tasks(ground));
            }
            Turn::Drawn(None)
        });
        if let Some(plan) = plan {
            drawing.carry_on(stage, &plan);
        }
    };
    let notes = move || {
        let problem = problem.get().map(|words| {
            view! { <p class="note err"><Glyph icon=Icon::Error class="i-14 err-c"/><span>{words}</span></p> }
        });
        let residents = in_the_way.get().map(|words| {
            view! { <p class="note warn"><Glyph icon=Icon::Warn class="i-14 warn-c"/><span>{words}</span></p> }
        });
        let stops = (living.get() > 0).then(|| {
            let words = match living.get() {
                1 => "Stop 1 task".to_owned(),
                many => format!("Stop {many} tasks"),
            };
            view! { <div class="row"><button type="button" class="btn sm line" on:click=stop>{words}</button></div> }
        });
        view! { {problem}{residents}{stops} }
    };
    let becomes = move || {
        becomes.get().map(|words| {
            view! { <p class="t12 mono">{words}</p> }
        })
    };
    if drawing.taken.get_untracked().1 {
        // The keys stay with the glass, where up and down change the size.
    } else if untrack(|| has_list.get()) && !crate::browser::matches("(pointer: coarse)") {
        request_animation_frame(|| crate::browser::focus("resize-subnet-size"));
    } else {
        focus_button();
    }
    view! {
        <AskForm title button plan>
            {live(list)}
            {live(becomes)}
            <p class="t12 t2">"AWS changes the block of no subnet: it is deleted, and made anew with another id."</p>
            <div role="status">{live(notes)}</div>
        </AskForm>
    }
}
