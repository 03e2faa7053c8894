//! A registered revision: it never changes but for its status, and all of them stay viewable.

use super::compare::{Against, CompareWith, Comparison};
use super::draft::{Draft, Shown, draft};
use super::judged::Judged;
use crate::announcer::announcer;
use crate::commands::{Command, commands};
use crate::editor::{Editor, Offsets, Opening, load};
use crate::markup::{Show, live, view};
use crate::signals::{Memo, RwSignal, Signal, StoredValue, signal};
use fargate_core::call::DeregisterTaskDefinition;
use fargate_core::task_definition::Context;
use fargate_session::view::{FamilyCard, RevisionCard};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Which of a revision's two texts is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What was sent.
    Sent,
    /// What `DescribeTaskDefinition` answers.
    Described,
}

/// What stands above a revision: when it was made, which of its texts is shown, and the way to a new draft.
#[component]
pub fn RevisionBar(
    /// The revision's name.
    name: String,
    /// Which of its texts is shown.
    side: RwSignal<Side>,
    /// What it is compared with.
    against: Against,
) -> AnyView {
    let (draft, announcer) = (draft(), announcer());
    let card = StoredValue::new(draft.peek_revision(&name));
    let made = card.with_value(|card| card.as_ref().map(|card| card.registered_at.to_string()));
    let commands = commands();
    let own = StoredValue::new(name.clone());
    let active = Memo::new(move |_| {
        let card = own.with_value(|name| draft.revision(name));
        card.is_none_or(|card| card.active)
    });
    let deregister = move |_| {
        let task_definition = own.get_value();
        commands.send(Command::Call(
            DeregisterTaskDefinition { task_definition }.into(),
        ));
    };
    let status = move || {
        if active.get() {
            "A revision never changes."
        } else {
            "It is INACTIVE: what runs of it goes on, and nothing new is started of it."
        }
    };
    let new_draft = move |_| {
        if let Some(card) = card.get_value() {
            draft.shown.set(Shown::Draft);
            draft.replace(&card.sent);
            announcer.say("The draft is a copy of the revision. Undo in the editor brings the old draft back.");
        }
    };
    let choose = move |chosen: Side, label: &'static str| {
        view! {
            <button type="button" aria-pressed=move || (side.get() == chosen).to_string() on:click=move |_| side.set(chosen)>
                {label}
            </button>
        }
    };
    view! {
        <div class="def-strip" role="group" aria-label=name.clone()>
            <p class="grow t2">
                {made.map(|made| format!("Registered at {made}. "))}{status}
            </p>
            <div class="seg" role="group" aria-label="Text">
                {choose(Side::Sent, "Sent")}
                {choose(Side::Described, "Described")}
            </div>
            <CompareWith name against/>
            <button type="button" class="btn sm line" on:click=new_draft>"New draft from this revision"</button>
            <Show when=move || active.get()>
                <button type="button" class="btn sm line" on:click=deregister>"Deregister"</button>
            </Show>
        </div>
    }
}

/// The text of a revision, in an editor that only shows.
#[component]
pub fn RevisionText(
    /// The revision's name.
    name: String,
) -> AnyView {
    let draft = draft();
    let side = use_context::<RwSignal<Side>>().unwrap_or_else(|| RwSignal::new(Side::Sent));
    let against = use_context::<Against>().unwrap_or_else(|| Against::new(None));
    let compared = StoredValue::new(name.clone());
    // With itself there is nothing to compare.
    let other = move || {
        let other = against.get();
        other.filter(|other| compared.with_value(|name| *other != Shown::Revision(name.clone())))
    };
    let beside = Memo::new(move |_| other().is_some());
    let comparison = move || {
        let name = compared.get_value();
        other().map(|against| view! { <Comparison name against side/> })
    };
    let host = NodeRef::<Div>::new();
    let (plain, set_plain) = signal(true);
    let own = StoredValue::new(name.clone());
    let label = name + ", read-only";
    let text = Signal::derive(move || {
        // its status may change
        let card = own.with_value(|name| draft.revision(name));
        card.as_ref().map_or_else(
            || Arc::from(""),
            |card| match side.get() {
                Side::Sent => Arc::clone(&card.sent),
                Side::Described => Arc::clone(&card.json),
            },
        )
    });
    let editor = leptos::prelude::StoredValue::new_local(None::<Editor>);
    let shows = move |text: &Arc<str>| {
        editor.with_value(|editor| {
            if let Some(editor) = editor {
                editor.set_text(text);
                let judged = Judged::new(text, Context::fargate(draft.as_of()));
                editor.show(&[], &judged.hints(), &judged.bars());
            }
        });
    };
    let opened_label = label.clone();
    host.on_load(move |element| {
        spawn_local(async move {
            let Some(bundle) = load().await else { return };
            if plain.try_get_untracked().is_none() {
                return;
            }
            let opening = Opening {
                text: &text.get_untracked(),
                label: &opened_label,
                described_by: "",
                read_only: true,
            };
            editor.set_value(Some(Editor::open(&bundle, &element, &opening, None)));
            set_plain.set(false);
        });
    });
    Effect::new(move || {
        if !plain.get() {
            shows(&text.get());
        }
    });
    Effect::new(move || {
        if plain.get() {
            return;
        }
        if let Some(span) = draft.sight.get() {
            draft.sight.set(None);
            let offsets = Offsets::new(&text.get_untracked());
            let (from, to) = (offsets.utf16(span.start), offsets.utf16(span.end));
            // The panel may have been shut until now.
            request_animation_frame(move || {
                editor.with_value(|editor| {
                    if let Some(editor) = editor {
                        editor.reveal(from, to);
                        editor.focus();
                    }
                });
            });
        }
    });
    view! {
        {live(comparison)}
        <div class="def-host" node_ref=host hidden=move || beside.get()></div>
        <Show when=move || plain.get() && !beside.get()>
            <textarea class="def-plain" readonly aria-label=label.clone() prop:value=move || text.get().to_string()></textarea>
        </Show>
    }
}

/// The card of a revision, by name.
fn named(families: &[FamilyCard], name: &str) -> Option<RevisionCard> {
    let mut revisions = families.iter().flat_map(|family| &family.revisions);
    revisions.find(|card| card.name == name).cloned()
}

impl Draft {
    /// The card of a revision, by name; tracked.
    pub(super) fn revision(self, name: &str) -> Option<RevisionCard> {
        self.families.with(|families| named(families, name))
    }

    /// The same, untracked.
    pub(super) fn peek_revision(self, name: &str) -> Option<RevisionCard> {
        self.families
            .with_untracked(|families| named(families, name))
    }

    /// The revision that is shown in the draft's place; tracked.
    pub(crate) fn shown_revision(self) -> Option<String> {
        match self.shown.get() {
            Shown::Draft => None,
            Shown::Revision(name) => Some(name),
        }
    }
}
