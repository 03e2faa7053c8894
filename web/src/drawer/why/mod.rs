//! Why: the chain of causes of a task, a request or a refused call, what is fine, and cures that are proven while it is read.

pub mod chain;
pub mod cures;

use crate::annex::{Further, further};
use crate::announcer::{Announcer, announcer};
use crate::browser;
use crate::commands::{Commands, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{live, view};
use crate::projector::projected;
use crate::selection::{Selection, selected};
use crate::signals::{RwSignal, StoredValue};
use crate::ui::{DrawerTab, Ui, ui};
use chain::chain;
use cures::Cures;
use fargate_core::call::Call;
use fargate_core::units::SimTime;
use fargate_session::why::{Explanation, Fix, Proofs, State, Subject};
use leptos::prelude::*;
use std::sync::Arc;

/// The id of the answer, which takes the focus when it is there.
const ANSWER: &str = "why-answer";
/// Events of a branch between two looks at the watch.
const AT_ONCE: u32 = 100;
/// Milliseconds of a frame that are taken for trying cures.
const OF_A_FRAME: f64 = 4.0;

/// What is asked about, and what was answered; from context.
#[derive(Clone, Copy)]
pub struct Why {
    commands: Commands,
    further: Further,
    announcer: Announcer,
    ui: Ui,
    found: RwSignal<Option<Answer>>,
    /// The cures that were proven so far, in order.
    fixes: RwSignal<Vec<Arc<Fix>>>,
    /// Whether cures are being tried.
    trying: RwSignal<bool>,
    /// The place of the cure that was applied.
    applied: RwSignal<Option<usize>>,
    proofs: leptos::prelude::StoredValue<Option<Proofs>, LocalStorage>,
    /// Counts the questions: a try of an earlier one stops.
    round: StoredValue<u32>,
}

/// An answer, and what was asked when.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    subject: Subject,
    at: SimTime,
    said: Result<Arc<Explanation>, String>,
}

/// The questions, from context.
pub fn why() -> Why {
    expect_context()
}

impl Why {
    /// Nothing is asked yet. The panels make one of these.
    pub(crate) fn new() -> Self {
        Self {
            commands: commands(),
            further: further(),
            announcer: announcer(),
            ui: ui(),
            found: RwSignal::new(None),
            fixes: RwSignal::new(Vec::new()),
            trying: RwSignal::new(false),
            applied: RwSignal::new(None),
            proofs: leptos::prelude::StoredValue::new_local(None),
            round: StoredValue::new(0),
        }
    }

    /// Asks, once what answers is here.
    pub(crate) fn ask(self, subject: Subject) {
        self.further.ask(self, subject);
    }

    /// Asks, shows the answer, and begins to try its cures.
    pub(crate) fn answer(self, subject: Subject) {
        let round = self.round.get_value() + 1;
        self.round.set_value(round);
        let (said, at, proofs) = self.commands.ask_session(|session| {
            let said = session.why(&subject);
            let proofs = said.as_ref().ok().map(|found| session.proofs(found));
            (said, session.now(), proofs)
        });
        let words = match &said {
            Ok(found) => {
                let root = found.root().map(|root| root.sentence.as_str());
                format!("{} {}", found.title, root.unwrap_or_default())
            }
            Err(message) => message.clone(),
        };
        self.announcer.say(words);
        self.fixes.set(Vec::new());
        self.applied.set(None);
        self.trying
            .set(proofs.as_ref().is_some_and(|it| !it.is_done()));
        self.proofs.set_value(proofs);
        self.found.set(Some(Answer {
            subject,
            at,
            said: said.map(Arc::new),
        }));
        self.ui.open_drawer(DrawerTab::Why);
        request_animation_frame(|| browser::focus(ANSWER));
        self.go_on(round);
    }

    /// Asks about a thing that is selected, where there is something to ask.
    pub(crate) fn ask_about(self, thing: Option<&Selection>) {
        match thing {
            Some(Selection::Task(id)) => self.ask(Subject::Task(id.clone())),
            Some(Selection::Flight(number)) => self.ask(Subject::Request(*number)),
            _ => self.ui.open_drawer(DrawerTab::Why),
        }
    }

    /// Tries cures for a little while in each frame.
    fn go_on(self, round: u32) {
        request_animation_frame(move || {
            if self.round.try_get_value() != Some(round) || !self.trying.get_untracked() {
                return;
            }
            let began = browser::watch();
            let mut done = false;
            while !done && browser::watch() - began < OF_A_FRAME {
                let stepped = self.proofs.try_update_value(|proofs| {
                    let proofs = proofs.as_mut()?;
                    let found = proofs.step(AT_ONCE);
                    Some((found, proofs.is_done()))
                });
                let Some((found, over)) = stepped.flatten() else {
                    return;
                };
                if let Some(fix) = found {
                    self.fixes.update(|fixes| fixes.push(Arc::new(fix)));
                }
                done = over;
            }
            if done {
                self.trying.set(false);
                self.tell();
            } else {
                self.go_on(round);
            }
        });
    }

    /// Says what came of the tries.
    fn tell(self) {
        let words = self.fixes.with_untracked(|fixes| match fixes.as_slice() {
            [] => String::new(),
            [one] => format!("One cure was proven: {}.", one.title),
            [first, ..] => format!(
                "{} cures were proven. The narrowest: {}.",
                fixes.len(),
                first.title
            ),
        });
        if !words.is_empty() {
            self.announcer.say(words);
        }
    }
}

/// Asks why a call was refused; beside a refusal.
#[component]
pub fn WhyRefused(
    /// The call.
    call: Call,
) -> AnyView {
    let why = why();
    view! {
        <button type="button" class="btn sm line" on:click=move |_| why.ask(Subject::Call(call.clone()))>
            "Why?"
        </button>
    }
}

/// The tab: what was answered last, and a way to ask about what is selected.
#[component]
pub fn WhyTab() -> AnyView {
    let why = why();
    view! {
        <div class="why" tabindex="0" role="region" aria-label="Why" id=ANSWER>
            {live(move || Some(match why.found.get() {
                None => nothing_asked(why),
                Some(answer) => answered(why, &answer),
            }))}
        </div>
    }
}

/// What the tab shows before anything was asked.
fn nothing_asked(why: Why) -> AnyView {
    let selected = selected();
    let can = move || {
        matches!(
            selected.get(),
            Some(Selection::Task(_) | Selection::Flight(_))
        )
    };
    view! {
        <p class="t12 dim">
            "Select a task or a request, and ask why it is as it is: here, in its menu, or with the key Y on the canvas."
        </p>
        <button
            type="button"
            class="btn sm line"
            disabled=move || !can()
            on:click=move |_| why.ask_about(selected.peek().as_ref())
        >
            "Why is the selected one as it is?"
        </button>
    }
}

fn answered(why: Why, answer: &Answer) -> AnyView {
    let found = match &answer.said {
        Ok(found) => Arc::clone(found),
        Err(message) => {
            let message = message.clone();
            return view! { <p>{message}</p> };
        }
    };
    let clock = projected().clock;
    let (asked, again) = (answer.at, answer.subject.clone());
    let later = move || clock.get().now != asked;
    let (icon, class) = match found.state {
        State::Fine => (Icon::Ok, "i-14 ok-c"),
        State::Wrong => (Icon::Error, "i-14 err-c"),
    };
    let said = found.said.as_ref().map(|said| {
        let (code, message) = (said.code.clone(), said.message.clone());
        view! { <p class="why-said"><b class="mono">{code}</b>" "{message}</p> }
    });
    let help = (!found.help.is_empty()).then(|| {
        let help = found.help.clone();
        view! { <p class="t2">{help}</p> }
    });
    let checked = (!found.checked.is_empty()).then(|| {
        let lines = found.checked.clone();
        let count = lines.len();
        let lines: Vec<_> = lines
            .into_iter()
            .map(|line| view! { <li><Glyph icon=Icon::Ok class="i-12 ok-c"/>{line}</li> })
            .collect();
        view! {
            <details>
                <summary>{format!("Checked and fine ({count})")}</summary>
                <ul>{lines}</ul>
            </details>
        }
    });
    let wrong = found.state == State::Wrong;
    view! {
        <section class="why-answer" aria-label="The causes">
            <h2><Glyph icon class/><span>{found.title.clone()}</span></h2>
            <p class="t12 dim">
                {format!("As of {asked}. ")}
                {live(move || later().then(|| {
                    let again = again.clone();
                    view! {
                        <button type="button" class="link" on:click=move |_| why.ask(again.clone())>
                            "Ask again for the moment shown"
                        </button>
                    }
                }))}
            </p>
            {said}
            {chain(&found)}
            {checked}
        </section>
        {wrong.then(|| view! {
            <section class="why-cures" aria-label="Cures">
                <h2>"What helps"</h2>
                {help}
                <Cures why/>
            </section>
        })}
    }
}
