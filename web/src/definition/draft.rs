//! The draft: the text that is being written, what is wrong with it, and the editor that shows it.
//!
//! A text is read at most once a frame; a long one only after a pause.

use super::judged::Judged;
use super::kept;
use super::names::next_revision;
use crate::commands::Commands;
use crate::editor::{Editor, TextEdit};
use crate::gather::Gather;
use crate::projector::Projected;
use crate::refusal::Refusal;
use crate::signals::{Memo, ReadSignal, RwSignal, StoredValue};
use crate::storage;
use fargate_core::call::{Call, RegisterTaskDefinition};
use fargate_core::error::Reply;
use fargate_core::task_definition::Context;
use fargate_core::text::Span;
use fargate_core::units::Date;
use fargate_session::view::{FamilyCard, Shared};
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// Texts longer than this, in bytes, are read after a pause.
const LONG: usize = 256 << 10;
/// The pause.
const PAUSE: Duration = Duration::from_millis(400);

/// What the panel shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The draft.
    Draft,
    /// A registered revision, by name.
    Revision(String),
}

/// How the draft is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// As text.
    Json,
    /// As fields.
    Form,
}

/// What became of the last registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A revision was made: its name.
    Registered(String),
    /// AWS refused.
    Refused(Refusal),
    /// The draft itself blocks it: the reason.
    Blocked(String),
}

/// The draft, from context.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    /// The text as it is now.
    text: StoredValue<Arc<str>>,
    /// The text that was read last.
    read: RwSignal<Arc<str>>,
    judged: Memo<Arc<Judged>>,
    as_of: ReadSignal<Date>,
    pub(super) families: ReadSignal<Shared<Vec<FamilyCard>>>,
    pub(crate) shown: RwSignal<Shown>,
    /// A place in the revision that is shown, to be brought into sight.
    pub(crate) sight: RwSignal<Option<Span>>,
    /// How the draft is written.
    pub(crate) writing: RwSignal<Writing>,
    /// The name of the definition that is chosen of a template with several; the first where there is none of that name.
    resource: RwSignal<String>,
    pub(crate) outcome: RwSignal<Option<Outcome>>,
    /// The caret, in units of the editor.
    pub(crate) caret: RwSignal<u32>,
    /// Whether the draft is kept on the device.
    pub(crate) kept: RwSignal<Result<(), storage::Refusal>>,
    /// Counts the texts that did not come from the plain text area, for that to take them over.
    pub(crate) given: RwSignal<u32>,
    editor: leptos::prelude::StoredValue<Option<Rc<Editor>>, LocalStorage>,
    reads: StoredValue<u64>,
    keeps: Gather,
}

impl Draft {
    /// The draft kept on this device, else a given text; judged by the rules of the scenario's day.
    pub(crate) fn new(given: &str, projected: Projected) -> Self {
        let as_of = projected.as_of;
        let text: Arc<str> = kept::read().unwrap_or_else(|| given.into());
        let read = RwSignal::new(Arc::clone(&text));
        let (writing, name) = kept::read_view();
        let resource = RwSignal::new(name);
        let judge = move |_: Option<&Arc<Judged>>| {
            let context = Context::fargate(as_of.get());
            let text = read.get();
            Arc::new(resource.with(|name| Judged::of_resource(&text, name, context)))
        };
        Self {
            text: StoredValue::new(text),
            read,
            // Whoever asks for a new reading gets one.
            judged: Memo::passing_on(judge),
            as_of,
            families: projected.families,
            shown: RwSignal::new(Shown::Draft),
            sight: RwSignal::new(None),
            writing: RwSignal::new(writing),
            resource,
            outcome: RwSignal::new(None),
            caret: RwSignal::new(0),
            kept: RwSignal::new(Ok(())),
            given: RwSignal::new(0),
            editor: leptos::prelude::StoredValue::new_local(None),
            reads: StoredValue::new(0),
            keeps: Gather::new(),
        }
    }

    /// The text and what there is to say about it; tracked.
    pub(crate) fn judged(self) -> Arc<Judged> {
        self.judged.get()
    }

    /// The same, untracked.
    pub(crate) fn peek(self) -> Arc<Judged> {
        self.judged.get_untracked()
    }

    /// The text as it is now, which may not have been read yet.
    pub(crate) fn text(self) -> Arc<str> {
        self.text.get_value()
    }

    /// The day whose rules apply; tracked.
    pub(crate) fn as_of(self) -> Date {
        self.as_of.get()
    }

    /// The revision that the draft would make, such as `scorekeep:2`; tracked. `None` where it names no family.
    pub(crate) fn next_name(self) -> Option<String> {
        let families = self.families.get();
        self.judged
            .with(|judged| next_revision(&judged.reading.definition.family, &families))
    }

    /// How many findings block registering; tracked.
    pub fn errors(self) -> usize {
        self.judged.with(|judged| judged.counts().errors)
    }

    /// The editor is there, or gone.
    pub(crate) fn attach(self, editor: Option<Rc<Editor>>) {
        // Where the draft is gone, so is the page.
        let _ = self.editor.try_set_value(editor);
    }

    /// The editor, once it is there.
    pub(crate) fn editor(self) -> Option<Rc<Editor>> {
        self.editor.try_get_value().flatten()
    }

    /// The text was changed, in the editor or the plain text area.
    pub(crate) fn changed(self, text: &str) {
        if self.text.with_value(|now| **now == *text) {
            return;
        }
        self.text.set_value(text.into());
        if self.outcome.with_untracked(Option::is_some) {
            self.outcome.set(None);
        }
        self.read_soon(text.len());
        self.keep_soon();
    }

    /// Puts another text in the draft's place, as one step of undo.
    pub(crate) fn replace(self, text: &str) {
        if let Some(editor) = self.editor() {
            editor.set_text(text);
        }
        self.changed(text);
        self.read_now();
        self.given.update(|given| *given += 1);
    }

    /// Applies the edits of a fix, as one step of undo. They belong to the text that was read last.
    pub(crate) fn apply(self, edits: &[TextEdit]) {
        let judged = self.peek();
        if *judged.text() != self.text() {
            // The text moved on; the next reading offers the fix again.
            return;
        }
        let text = kept::edited(&judged.offsets, edits);
        match self.editor() {
            Some(editor) => {
                editor.apply(edits);
                // The editor tells it too, but later; the form shows it at once.
                self.changed(&text);
                self.read_now();
            }
            None => self.replace(&text),
        }
    }

    /// Shows the draft as text or as fields, here and when the page is opened again.
    pub(crate) fn write_as(self, writing: Writing) {
        self.writing.set(writing);
        self.keep_view();
    }

    /// Chooses a definition of a template, and brings it into sight.
    pub(crate) fn choose_resource(self, name: String) {
        self.resource.set(name);
        self.keep_view();
        if self.outcome.with_untracked(Option::is_some) {
            self.outcome.set(None);
        }
        let judged = self.peek();
        if let Some(editor) = self.editor() {
            let (from, _) = judged.units(judged.reading.root().span);
            editor.reveal(from, from);
        }
    }

    fn keep_view(self) {
        let (writing, name) = (self.writing.get_untracked(), self.resource.get_untracked());
        // Where it cannot be kept, it lasts for this visit.
        let _ = kept::write_view(writing, &name);
    }

    /// Whether the form stands in the text's place; tracked.
    pub(crate) fn in_form(self) -> bool {
        self.writing.get() == Writing::Form && self.shown.get() == Shown::Draft
    }

    /// A fix was chosen, by the places of finding and fix.
    pub(crate) fn fix(self, finding: usize, fix: usize) {
        let judged = self.peek();
        let chosen = judged
            .findings()
            .get(finding)
            .and_then(|finding| finding.fixes.get(fix));
        if let Some(chosen) = chosen {
            self.apply(&judged.edits(&chosen.edits));
        }
    }

    /// Brings a place into sight.
    pub(crate) fn reveal(self, span: Span) {
        let hidden = untrack(|| self.in_form() || self.shown_revision().is_some());
        self.shown.set(Shown::Draft);
        self.write_as(Writing::Json);
        let (from, to) = self.peek().units(span);
        let reveal = move || {
            if let Some(editor) = self.editor() {
                editor.reveal(from, to);
                editor.focus();
            }
        };
        if hidden {
            // What is not shown yet cannot take the focus.
            request_animation_frame(reveal);
        } else {
            reveal();
        }
    }

    /// Shows a registered revision, and brings a place of it into sight.
    pub(crate) fn show_revision(self, name: &str, span: Span) {
        self.shown.set(Shown::Revision(name.to_owned()));
        self.sight.set(Some(span));
    }

    /// Shows what another scenario runs: the newest revision of its first family, or the draft where that is of one of its families or
    /// it has none.
    pub(crate) fn show_latest(self) {
        // the cards of another scenario come with the next frame
        request_animation_frame(move || {
            let families = self.families.get_untracked();
            let judged = self.peek();
            let own = &judged.reading.definition.family;
            let drafted = families.iter().any(|it| it.family == *own);
            let latest = families.first().filter(|_| !drafted);
            let latest = latest.and_then(|it| it.revisions.iter().rfind(|it| it.active));
            let latest = latest.map(|it| Shown::Revision(it.name.clone()));
            self.shown.set(latest.unwrap_or(Shown::Draft));
        });
    }

    /// Why the draft cannot be registered; `None` where it can. `next` is the revision that it would make.
    pub(crate) fn blocked(judged: &Judged, next: Option<&str>) -> Option<String> {
        let error = judged.first_error()?;
        let next = next.unwrap_or("the definition");
        let line = judged.line(error.span);
        Some(format!(
            "Line {line} must be fixed before {next} can be registered. {}.",
            error.message
        ))
    }

    /// Registers the draft. Nothing typed is lost, whatever AWS answers.
    pub(crate) fn register(self, commands: &Commands) {
        self.read_now();
        let next = untrack(|| self.next_name());
        let next = next.as_deref();
        let judged = self.peek();
        if let Some(reason) = Self::blocked(&judged, next) {
            self.outcome.set(Some(Outcome::Blocked(reason)));
            if let Some(error) = judged.first_error() {
                self.reveal(error.span);
            }
            return;
        }
        let definition = fargate_core::text::Json::of(&judged.reading.document);
        let call = Call::from(RegisterTaskDefinition { definition });
        commands.send_quietly(call.clone(), |answer| {
            self.outcome.set(Some(match answer {
                Ok(Reply::Registered { family, revision }) => {
                    Outcome::Registered(format!("{family}:{revision}"))
                }
                // In the past the call starts a new run, which answers no more than that it is done.
                Ok(_) => Outcome::Registered(next.unwrap_or("The definition").to_owned()),
                Err(error) => Outcome::Refused(Refusal::of(call, error)),
            }));
        });
    }

    fn read_soon(self, bytes: usize) {
        self.reads.update_value(|reads| *reads += 1);
        let turn = self.reads.get_value();
        let read = move || {
            // A later change has its own turn.
            if self.reads.try_get_value() == Some(turn) {
                self.read_now();
            }
        };
        if bytes > LONG {
            set_timeout(read, PAUSE);
        } else {
            request_animation_frame(read);
        }
    }

    pub(super) fn read_now(self) {
        let text = self.text();
        if self.read.with_untracked(|read| *read != text) {
            self.read.set(text);
        }
    }

    /// Shows the findings, hints and bars of what was read; tracked.
    pub(crate) fn show_marks(self) {
        let judged = self.judged();
        if let Some(editor) = self.editor() {
            editor.show(&judged.marks(), &judged.hints(), &judged.bars());
        }
    }

    fn keep_soon(self) {
        self.keeps.soon(move || self.keep());
    }

    /// Keeps the draft on the device now.
    pub(crate) fn keep(self) {
        let kept = kept::write(&self.text());
        if self.kept.get_untracked() != kept {
            self.kept.set(kept);
        }
    }
}

/// The draft, from context.
pub fn draft() -> Draft {
    expect_context()
}

/// Keeps the draft when the page is left.
pub(crate) fn keep_on_leaving(draft: Draft) {
    let leaving = window_event_listener(leptos::ev::pagehide, move |_| draft.keep());
    on_cleanup(move || leaving.remove());
}
