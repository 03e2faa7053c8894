//! What is being said of an image, and what is wrong with it. Nothing typed is lost: not by a mistake, nor by looking at another.

use super::unsaid::{Begun, Unsaid};
use crate::announcer::{Announcer, announcer};
use crate::commands::{Command, Commands, commands};
use crate::definition::edited;
use crate::editor::{Offsets, TextEdit};
use crate::gather::Gather;
use crate::refusal::Refusal;
use crate::signals::{Memo, RwSignal, StoredValue};
use crate::storage;
use fargate_core::finding::{Edit, Finding};
use fargate_core::text::Span;
use leptos::html::Textarea;
use leptos::prelude::*;
use std::sync::Arc;

/// A text that was read.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    /// The text, with its offsets.
    pub(crate) offsets: Offsets,
    /// What is wrong with it, in the order of the places.
    pub(crate) findings: Vec<Finding>,
}

impl Judged {
    /// The text after a fix.
    pub(crate) fn fixed(&self, edits: &[Edit]) -> String {
        let units = |edit: &Edit| TextEdit {
            from: self.offsets.utf16(edit.span.start),
            to: self.offsets.utf16(edit.span.end),
            insert: edit.new_text.clone(),
        };
        edited(&self.offsets, &edits.iter().map(units).collect::<Vec<_>>())
    }

    /// Why it cannot be said; `None` where it can.
    pub(crate) fn blocked(&self) -> Option<String> {
        let first = self.findings.first()?;
        let (line, _) = self.offsets.line_column(first.span.start);
        let message = first.message.replace('`', "");
        Some(format!(
            "Line {line} must be fixed before it can be said. {message}."
        ))
    }
}

/// What became of the last try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is said of the image of that name.
    Said(String),
    /// The text itself blocks it: the reason.
    Blocked(String),
}

/// What is being said of an image.
#[derive(Clone, Copy)]
pub struct Draft {
    commands: Commands,
    announcer: Announcer,
    /// Whether the editor is open.
    pub(crate) open: RwSignal<bool>,
    /// The image.
    pub(crate) name: RwSignal<String>,
    /// What it does, as typed.
    pub(crate) text: RwSignal<String>,
    /// What stood there before an example took its place.
    pub(crate) before: RwSignal<Option<String>>,
    /// The text as read.
    pub(crate) judged: Memo<Arc<Judged>>,
    /// What became of the last try.
    pub(crate) outcome: RwSignal<Option<Outcome>>,
    /// The refusal of the last try.
    pub(crate) refusal: RwSignal<Option<Refusal>>,
    /// The text area.
    pub(crate) area: NodeRef<Textarea>,
    /// The name and text that the editor began with.
    given: StoredValue<(String, String)>,
    /// Texts that were left unsaid.
    unsaid: StoredValue<Unsaid>,
    /// Whether it is about to be kept.
    keeps: Gather,
    /// Whether what is typed is kept on this device.
    pub(crate) kept: RwSignal<Result<(), storage::Refusal>>,
}

/// The draft. The panel makes one.
pub(crate) fn make_draft() -> Draft {
    let commands = commands();
    let text = RwSignal::new(String::new());
    let judge = move |_: Option<&Arc<Judged>>| {
        let text: Arc<str> = text.get().into();
        let (_, findings) = commands.ask_session(|session| session.say_image("", &text));
        let offsets = Offsets::new(&text);
        Arc::new(Judged { offsets, findings })
    };
    // What was open and not said when the page was left is open again.
    let mut unsaid = Unsaid::stored();
    let left = unsaid.open.take();
    let left = left.and_then(|begun| Some((unsaid.texts.remove(&begun)?, begun)));
    let (now, given) = left.map_or_else(Default::default, |(now, begun)| {
        (Some(now), (begun, String::new()))
    });
    let open = now.is_some();
    let (name, typed) = now.map_or_else(Default::default, |now| (now.name, now.text));
    text.set(typed);
    Draft {
        commands,
        announcer: announcer(),
        open: RwSignal::new(open),
        name: RwSignal::new(name),
        text,
        before: RwSignal::new(None),
        judged: Memo::passing_on(judge),
        outcome: RwSignal::new(None),
        refusal: RwSignal::new(None),
        area: NodeRef::new(),
        given: StoredValue::new(given),
        unsaid: StoredValue::new(unsaid),
        keeps: Gather::new(),
        kept: RwSignal::new(Ok(())),
    }
}

impl Draft {
    /// Opens the editor on an image: with what was left unsaid of it, else with a text.
    pub(crate) fn begin(self, name: &str, text: &str) {
        self.put_aside();
        let given = (name.to_owned(), text.to_owned());
        let left = self
            .unsaid
            .try_update_value(|unsaid| unsaid.texts.remove(name))
            .flatten();
        let (now, typed) = left.map_or_else(|| given.clone(), |left| (left.name, left.text));
        self.given.set_value(given);
        self.name.set(now);
        self.text.set(typed);
        self.before.set(None);
        self.settled(None, None);
        self.open.set(true);
        self.keep_soon();
        request_animation_frame(move || {
            if name_is_missing(self) {
                crate::browser::focus("image-name");
            } else {
                self.reveal(0, 0);
            }
        });
    }

    /// Closes the editor; what is typed and not said is kept for the next time.
    pub(crate) fn close(self) {
        self.put_aside();
        self.given.set_value((String::new(), String::new()));
        self.name.set(String::new());
        self.text.set(String::new());
        self.open.set(false);
        self.keep_soon();
        crate::browser::focus(crate::ui::Region::Left.id());
    }

    /// Puts an example's text into the editor.
    pub(crate) fn start_from(self, text: &str) {
        let now = self.text.get_untracked();
        let empty = now.trim_matches(['{', '}', ' ', '\n']).is_empty();
        self.before.set((!empty).then_some(now));
        self.text.set(text.to_owned());
        self.settled(None, None);
        self.keep_soon();
    }

    /// Puts back what stood there before the example.
    pub(crate) fn put_back(self) {
        if let Some(before) = self.before.get_untracked() {
            self.text.set(before);
            self.before.set(None);
            self.keep_soon();
        }
        self.reveal(0, 0);
    }

    /// Something was typed.
    pub(crate) fn typed(self, text: String) {
        self.text.set(text);
        self.settled(None, None);
        self.keep_soon();
    }

    /// The image was named.
    pub(crate) fn named(self, name: String) {
        self.name.set(name);
        self.keep_soon();
    }

    /// Brings a place of the text into sight.
    pub(crate) fn mark(self, span: Span) {
        let offsets = self.judged.with_untracked(|judged| judged.offsets.clone());
        self.reveal(offsets.utf16(span.start), offsets.utf16(span.end));
    }

    /// Says it. What is typed stays, whatever comes of it.
    pub(crate) fn say(self) {
        let judged = self.judged.get_untracked();
        if let Some(reason) = judged.blocked() {
            self.settled(Some(Outcome::Blocked(reason)), None);
            if let Some(first) = judged.findings.first() {
                self.mark(first.span);
            }
            return;
        }
        let (name, text) = (self.name.get_untracked(), self.text.get_untracked());
        let name = name.trim().to_owned();
        let (call, _) = self
            .commands
            .ask_session(|session| session.say_image(&name, &text));
        let Some(call) = call else {
            return;
        };
        let sent = call.clone();
        self.commands.send_quietly(call, |answer| match answer {
            Ok(_) => {
                self.announcer
                    .say(format!("Said what {name} does from now on."));
                self.given.set_value((name.clone(), text));
                self.before.set(None);
                self.settled(Some(Outcome::Said(name)), None);
                self.keep_soon();
            }
            Err(error) => self.settled(None, Some(Refusal::of(sent, error))),
        });
    }

    /// Takes back what the scenario says of an image.
    pub(crate) fn take_back(self, name: &str) {
        let call = self
            .commands
            .ask_session(|session| session.take_image_back(name));
        self.commands.send(Command::Call(call));
        self.settled(None, None);
        self.announcer
            .say(format!("Taken back what was said of {name}."));
        // The button goes; the focus stays in the region.
        crate::browser::focus(crate::ui::Region::Left.id());
    }

    fn settled(self, outcome: Option<Outcome>, refusal: Option<Refusal>) {
        if self.outcome.get_untracked() != outcome {
            self.outcome.set(outcome);
        }
        if self.refusal.get_untracked() != refusal {
            self.refusal.set(refusal);
        }
    }

    /// What stands in the editor and is not said, with the name that it was begun with.
    fn begun(self) -> Option<(String, Begun)> {
        let (name, text) = (self.name.get_untracked(), self.text.get_untracked());
        let given = self.given.get_value();
        let changed = (&name, &text) != (&given.0, &given.1);
        (self.open.get_untracked() && changed).then_some((given.0, Begun { name, text }))
    }

    fn put_aside(self) {
        if let Some((given, begun)) = self.begun() {
            self.unsaid.update_value(|unsaid| {
                unsaid.texts.insert(given, begun);
            });
        }
    }

    /// Keeps what is not said when the page is left.
    pub(crate) fn keep_on_leaving(self) {
        let leaving = window_event_listener(leptos::ev::pagehide, move |_| self.keep());
        on_cleanup(move || leaving.remove());
    }

    fn keep_soon(self) {
        self.keeps.soon(move || self.keep());
    }

    fn keep(self) {
        let mut unsaid = self.unsaid.get_value();
        if let Some((given, begun)) = self.begun() {
            unsaid.open = Some(given.clone());
            unsaid.texts.insert(given, begun);
        }
        let kept = unsaid.keep();
        if self.kept.get_untracked() != kept {
            self.kept.set(kept);
        }
    }

    fn reveal(self, from: u32, to: u32) {
        if let Some(area) = self.area.get_untracked() {
            // A range outside the text is moved into it. The focus shows where the caret is, so it comes last.
            let _ = area.set_selection_range(from, to);
            let _ = area.focus();
        }
    }
}

fn name_is_missing(draft: Draft) -> bool {
    draft.name.with_untracked(|name| name.trim().is_empty())
}
