//! Keeps the scenario on the device: half a second after a change, and when the page is left.

use super::{Refusal, read, write};
use crate::commands::Commands;
use crate::signals::{ReadSignal, RwSignal, StoredValue};
use leptos::ev;
use leptos::prelude::*;
use std::time::Duration;

/// Where the scenario is kept; `public/theme.js` asks whether there is one.
const SCENARIO: &str = "fargate-playground.scenario";
/// Begins the keys of documents that could not be opened.
const ASIDE: &str = "fargate-playground.not-opened.";
/// How long changes gather before they are kept.
const GATHER: Duration = Duration::from_millis(500);

/// Whether the scenario is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// As it is now, or will be in a moment.
    Kept,
    /// It waits: a kept document could not be opened, and is not written over.
    Held,
    /// It cannot be kept.
    Not(Refusal),
}

/// A kept document that could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unopened {
    /// Why not.
    pub why: String,
    /// The document, unchanged.
    pub text: String,
    /// The key of its copy; `None` where there was no room for one.
    pub aside: Option<String>,
}

/// Keeps the scenario, from context.
#[derive(Clone, Copy, Debug)]
pub struct Keeper {
    state: RwSignal<Saved>,
    unopened: RwSignal<Option<Unopened>>,
    waits: StoredValue<bool>,
    unsaved: StoredValue<bool>,
    /// Whether the scenario is the person's own, not the one that a first visit begins with.
    owned: StoredValue<bool>,
}

impl Default for Keeper {
    fn default() -> Self {
        let state = if super::available() {
            Saved::Kept
        } else {
            Saved::Not(Refusal::Blocked)
        };
        Self {
            state: RwSignal::new(state),
            unopened: RwSignal::new(None),
            waits: StoredValue::new(false),
            unsaved: StoredValue::new(false),
            owned: StoredValue::new(read(SCENARIO).is_some()),
        }
    }
}

/// Keeps the scenario, from context.
pub fn keeper() -> Keeper {
    expect_context()
}

impl Keeper {
    /// The document kept on this device.
    pub(crate) fn stored() -> Option<String> {
        read(SCENARIO)
    }

    /// Whether the scenario is kept; tracked.
    pub fn state(self) -> Saved {
        if self.unopened.with(Option::is_some) {
            return Saved::Held;
        }
        self.state.get()
    }

    /// The document that could not be opened, until the person starts fresh.
    pub fn unopened(self) -> ReadSignal<Option<Unopened>> {
        self.unopened.read_only()
    }

    /// The kept document could not be opened: it is copied aside, and nothing is written over it meanwhile.
    pub(crate) fn set_aside(self, text: String, why: String) {
        // The same document gets the same key, however often the page is opened.
        let key = format!("{ASIDE}{:016x}", fingerprint(&text));
        let aside = write(&key, &text).is_ok().then_some(key);
        self.unopened.set(Some(Unopened { why, text, aside }));
    }

    /// The person gives the document up, or has it elsewhere: from now on the page's scenario is kept.
    pub(crate) fn start_fresh(self) {
        self.unopened.set(None);
    }

    /// The scenario changed; it is kept in a moment.
    pub(crate) fn changed(self, commands: Commands) {
        self.owned.set_value(true);
        self.unsaved.set_value(true);
        if self.waits.try_get_value() != Some(false) {
            return;
        }
        self.waits.set_value(true);
        set_timeout(
            move || {
                self.waits.set_value(false);
                self.keep(commands);
            },
            GATHER,
        );
    }

    /// Time went on: a scenario that is kept at all is kept again when the page is left.
    pub(crate) fn moved(self) {
        if self.owned.get_value() {
            self.unsaved.set_value(true);
        }
    }

    /// Keeps the scenario when the page is left or hidden.
    pub(crate) fn keep_on_leaving(self, commands: Commands) {
        let leaving = window_event_listener_untyped("pagehide", move |_| self.keep(commands));
        let hiding = window_event_listener(ev::visibilitychange, move |_| {
            if document().hidden() {
                self.keep(commands);
            }
        });
        on_cleanup(move || {
            leaving.remove();
            hiding.remove();
        });
    }

    fn keep(self, commands: Commands) {
        let free = self.unopened.with_untracked(Option::is_none);
        if !free || self.unsaved.try_get_value() != Some(true) {
            return;
        }
        let state = match write(SCENARIO, &commands.save()) {
            Ok(()) => {
                self.unsaved.set_value(false);
                Saved::Kept
            }
            Err(refusal) => Saved::Not(refusal),
        };
        if self.state.get_untracked() != state {
            self.state.set(state);
        }
    }
}

/// A hash of a text (FNV-1a).
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_one_fingerprint_and_another_has_another() {
        assert_eq!(fingerprint(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint("a"), 0xaf63_dc4c_8601_ec8c);
        assert_ne!(fingerprint("ab"), fingerprint("ba"));
    }
}
