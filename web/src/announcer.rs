//! What is spoken: a polite live region, at most one message in two seconds, the newest wins, but what a person did before what
//! happens by itself; and an assertive one, for failures of the person's own action only.

use crate::markup::view;
use crate::signals::{RwSignal, StoredValue};
use leptos::prelude::*;
use std::time::Duration;

/// Milliseconds between two polite messages.
const PAUSE: f64 = 2_000.0;

/// Lets one message through in [`PAUSE`]; the newest waits.
#[derive(Clone, Debug, Default, PartialEq)]
struct Throttle {
    last: Option<f64>,
    waiting: Option<String>,
    /// Whether a person's own doing waits, which news do not replace.
    own: bool,
}

/// What becomes of a message.
#[derive(Clone, Debug, PartialEq)]
enum Turn {
    /// Speak it now.
    Now(String),
    /// It waits so many milliseconds; a newer one replaces it.
    In(f64),
    /// A turn is already set for what waits.
    Set,
}

impl Throttle {
    fn say(&mut self, now: f64, message: String, own: bool) -> Turn {
        match self.last {
            Some(_) if self.own && !own => Turn::Set,
            Some(last) if now - last < PAUSE => {
                self.own = own;
                let turn_is_set = self.waiting.replace(message).is_some();
                if turn_is_set {
                    Turn::Set
                } else {
                    Turn::In(last + PAUSE - now)
                }
            }
            _ => {
                self.last = Some(now);
                Turn::Now(message)
            }
        }
    }

    fn turn(&mut self, now: f64) -> Option<String> {
        let message = self.waiting.take()?;
        self.own = false;
        self.last = Some(now);
        Some(message)
    }
}

/// Speaks, from context.
#[derive(Clone, Copy, Debug)]
pub struct Announcer {
    polite: RwSignal<String>,
    assertive: RwSignal<String>,
    throttle: StoredValue<Throttle>,
}

impl Default for Announcer {
    fn default() -> Self {
        Self {
            polite: RwSignal::default(),
            assertive: RwSignal::default(),
            throttle: StoredValue::new(Throttle::default()),
        }
    }
}

/// Speaks, from context.
pub fn announcer() -> Announcer {
    expect_context()
}

impl Announcer {
    /// Says what a person's own doing led to, when the screen reader has time.
    pub fn say(self, message: impl Into<String>) {
        self.tell(message.into(), true);
    }

    /// Says what happened by itself, where nothing of the person's own waits to be said.
    pub fn news(self, message: String) {
        self.tell(message, false);
    }

    fn tell(self, message: String, own: bool) {
        let turn = self
            .throttle
            .try_update_value(|throttle| throttle.say(crate::browser::watch(), message, own));
        match turn {
            Some(Turn::Now(message)) => speak(self.polite, message),
            Some(Turn::In(wait)) => set_timeout(
                move || {
                    let now = crate::browser::watch();
                    let next = self
                        .throttle
                        .try_update_value(|throttle| throttle.turn(now));
                    if let Some(message) = next.flatten() {
                        speak(self.polite, message);
                    }
                },
                Duration::from_millis(wait.max(0.0) as u64),
            ),
            Some(Turn::Set) | None => {}
        }
    }

    /// Says at once that the person's own action failed.
    pub fn alert(self, message: impl Into<String>) {
        speak(self.assertive, message.into());
    }
}

/// The same words twice are spoken twice: a no-break space at the end tells them apart.
fn speak(region: RwSignal<String>, mut message: String) {
    if region.with_untracked(|spoken| *spoken == message) {
        message.push('\u{a0}');
    }
    region.set(message);
}

/// The two live regions; once a page.
#[component]
pub fn LiveRegions() -> AnyView {
    let announcer = announcer();
    view! {
        <div class="sr" role="status" aria-live="polite">{move || announcer.polite.get()}</div>
        <div class="sr" role="alert" aria-live="assertive">{move || announcer.assertive.get()}</div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_message_in_two_seconds_and_the_newest_wins() {
        let mut throttle = Throttle::default();
        let say =
            |throttle: &mut Throttle, now, text: &str| throttle.say(now, text.to_owned(), true);
        assert_eq!(say(&mut throttle, 0.0, "a"), Turn::Now("a".to_owned()));
        assert_eq!(say(&mut throttle, 500.0, "b"), Turn::In(1_500.0));
        assert_eq!(say(&mut throttle, 900.0, "c"), Turn::Set);
        assert_eq!(throttle.turn(2_000.0), Some("c".to_owned()));
        assert_eq!(throttle.turn(2_001.0), None);
        assert_eq!(say(&mut throttle, 3_000.0, "d"), Turn::In(1_000.0));
        assert_eq!(say(&mut throttle, 9_000.0, "e"), Turn::Now("e".to_owned()));
    }

    #[test]
    fn news_do_not_replace_what_a_person_did() {
        let mut throttle = Throttle::default();
        let news =
            |throttle: &mut Throttle, now, text: &str| throttle.say(now, text.to_owned(), false);
        assert_eq!(
            news(&mut throttle, 0.0, "a task runs"),
            Turn::Now("a task runs".to_owned())
        );
        assert_eq!(
            news(&mut throttle, 100.0, "another runs"),
            Turn::In(1_900.0)
        );
        assert_eq!(throttle.say(200.0, "Scaled.".to_owned(), true), Turn::Set);
        assert_eq!(news(&mut throttle, 300.0, "a task stops"), Turn::Set);
        assert_eq!(throttle.turn(2_000.0), Some("Scaled.".to_owned()));
        assert_eq!(
            news(&mut throttle, 2_500.0, "a task stopped"),
            Turn::In(1_500.0)
        );
    }
}
