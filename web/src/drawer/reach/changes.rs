//! What became reachable and what no longer is, since another moment or against another run.

use super::Known;
use super::baseline::{Baseline, Choice, choices, last_edit};
use super::kept::kept;
use super::phrase::MOST;
use crate::announcer::announcer;
use crate::commands::commands;
use crate::icons::{Glyph, Icon};
use crate::markup::{live, view};
use crate::projector::projected;
use crate::signals::{Memo, RwSignal};
use crate::words::count;
use fargate_core::world::World;
use fargate_session::reach::{Changes, FlowName};
use fargate_session::view::{HistoryCard, Shared};
use leptos::prelude::*;

/// A choice with the world it means, which is simulated once.
#[derive(Clone, Debug)]
struct Before {
    choice: Choice,
    /// The runs as they were: an edit may put other things before a moment.
    history: Shared<HistoryCard>,
    world: World,
}

/// The choice and the runs say what the world is.
impl PartialEq for Before {
    fn eq(&self, other: &Self) -> bool {
        self.choice == other.choice && self.history == other.history
    }
}

/// What differs, and the choice of what it is compared with.
#[component]
pub fn ChangesSection(
    /// Who reaches whom now.
    known: Memo<Known>,
) -> AnyView {
    let (shown, commands, announcer) = (projected(), commands(), announcer());
    let kept = kept();
    let chosen = RwSignal::new(Baseline::LastEdit);
    let all = Memo::new(move |_| {
        // An edit changes the history; another moment of the past may lie before it.
        known.with(|_| ());
        let history = shown.history.get();
        choices(&history, last_edit(commands), kept.of(&shown.title.get()))
    });
    let place = Memo::new(move |_| {
        let chosen = chosen.get();
        all.with(|all| {
            let mut all = all.iter();
            all.position(|choice| choice.baseline == chosen)
                .unwrap_or_default()
        })
    });
    let before = Memo::new(move |last: Option<&Option<Before>>| {
        let choice = all.with(|all| all.get(place.get()).cloned())?;
        let history = shown.history.get();
        let last = last.cloned().flatten();
        if let Some(last) = last.filter(|last| last.choice == choice && last.history == history) {
            return Some(last);
        }
        let world = match choice.place {
            None => kept.world()?,
            Some((run, at)) => commands.ask_session(|session| session.world_of(run, at))?,
        };
        Some(Before {
            choice,
            history,
            world,
        })
    });
    let changes = Memo::new(move |_| {
        known.with(|_| ());
        before.with(|before| {
            let before = before.as_ref()?;
            Some(commands.ask_session(|session| session.changes_since(&before.world)))
        })
    });
    let options = live(move || {
        let options = all.get().into_iter().enumerate();
        let option = |(number, choice): (usize, Choice)| {
            view! { <option value=number.to_string() prop:selected=move || place.get() == number>{choice.title}</option> }
        };
        options.map(option).collect_view()
    });
    let choose = move |event| {
        let number: Option<usize> = event_target_value(&event).parse().ok();
        let choice = number.and_then(|number| all.with_untracked(|all| all.get(number).cloned()));
        if let Some(choice) = choice {
            chosen.set(choice.baseline);
        }
    };
    let keep = move |_| {
        let run = shown.history.with_untracked(|history| {
            let run = history.runs.get(history.current);
            run.map_or_else(String::new, |run| run.title.clone())
        });
        let at = shown.clock.get_untracked().now;
        let world = commands.ask_session(|session| session.world().clone());
        let scenario = shown.title.get_untracked();
        let number = kept.keep(format!("{run} at {at}"), scenario, world);
        chosen.set(Baseline::Kept(number));
        announcer.say(format!("Changes are told since {at}."));
    };
    view! {
        <section class="reach-wide" aria-labelledby="reach-changes">
            <div class="row">
                <h2 id="reach-changes">"Changes"</h2>
                <select class="btn sm line pick" aria-label="Compare with" on:change=choose>{options}</select>
                <button type="button" class="btn sm line" title="Compare what comes with the moment that the marker is at" on:click=keep>
                    <Glyph icon=Icon::Pin class="i-12"/>
                    "From this moment"
                </button>
            </div>
            {live(move || changes.get().map(|changes| told(&changes)))}
        </section>
    }
}

fn told(changes: &Changes) -> AnyView {
    let opened = changes.opened.iter().map(|flow| line(flow, true));
    let closed = changes.closed.iter().map(|flow| line(flow, false));
    let lines: Vec<AnyView> = opened.chain(closed).take(MOST).collect();
    let left_out = (changes.opened.len() + changes.closed.len()).saturating_sub(MOST);
    let more = (left_out > 0)
        .then(|| view! { <li class="dim">{format!("{} more", count(left_out, "flow"))}</li> });
    view! {
        <div>
            <p class="med" role="status">{changes.sentence.clone()}</p>
            <ul>{lines.collect_view()}{more}</ul>
        </div>
    }
}

fn line(flow: &FlowName, opened: bool) -> AnyView {
    let (icon, class, word, verb) = if opened {
        (Icon::Ok, "i-12 ok-c", "Opened:", "reaches")
    } else {
        (Icon::Error, "i-12 err-c", "Closed:", "no longer reaches")
    };
    let FlowName { from, to, on } = flow;
    view! {
        <li class="reach-line">
            <Glyph icon class/>
            <span class="med">{word}</span>
            <span>{format!("{from} {verb} {to} on {on}")}</span>
        </li>
    }
}
