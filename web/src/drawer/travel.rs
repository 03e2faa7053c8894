//! Travelling in time by hand: a drag shows one moment a frame, and Escape goes back to where it began.

use super::timeline::Times;
use crate::commands::{Command, Commands};
use crate::projector::Projected;
use crate::signals::StoredValue;
use fargate_core::units::{SimSpan, SimTime};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// How far Shift with an arrow goes.
const LEAP: SimSpan = SimSpan::secs(10);
/// Half the width of the marker's head.
pub const HALF: f64 = 34.0;

/// What a key asks for.
fn asked(key: &str, shift: bool, now: SimTime, end: SimTime) -> Option<Command> {
    Some(match (key, shift) {
        ("ArrowLeft" | "ArrowDown", false) => Command::StepBack,
        ("ArrowRight" | "ArrowUp", false) => Command::StepOn,
        ("ArrowLeft" | "ArrowDown", true) => Command::Seek(SimTime(now.0.saturating_sub(LEAP.0))),
        ("ArrowRight" | "ArrowUp", true) => to(now + LEAP, end),
        ("Home", _) => Command::Seek(SimTime::default()),
        ("End", _) => Command::BackToLive,
        _ => return None,
    })
}

/// The command that shows a moment; the end of the run is the present.
fn to(at: SimTime, end: SimTime) -> Command {
    if at < end {
        Command::Seek(at)
    } else {
        Command::BackToLive
    }
}

/// The gesture.
#[derive(Clone, Copy)]
pub struct Travel {
    /// The axis and the moments.
    pub times: Times,
    /// The page's view.
    pub shown: Projected,
    /// Where the commands go.
    pub commands: Commands,
    /// The strip that the marker moves on.
    pub strip: NodeRef<Div>,
    /// The marker's head, which has the keys.
    pub head: NodeRef<Div>,
    before: StoredValue<Option<Command>>,
    wanted: StoredValue<Option<SimTime>>,
}

impl Travel {
    /// No gesture is under way.
    pub fn new(times: Times, shown: Projected, commands: Commands) -> Self {
        Self {
            times,
            shown,
            commands,
            strip: NodeRef::new(),
            head: NodeRef::new(),
            before: StoredValue::new(None),
            wanted: StoredValue::new(None),
        }
    }

    /// Shows a moment in the next frame, however often it is asked for.
    fn show(self, at: SimTime) {
        if self.wanted.try_update_value(|wanted| wanted.replace(at)) == Some(None) {
            request_animation_frame(move || {
                if let Some(at) = self.wanted.try_update_value(Option::take).flatten() {
                    self.commands
                        .send(to(at, self.shown.clock.get_untracked().end));
                }
            });
        }
    }

    /// Where on the strip the pointer is.
    fn x(self, event: &PointerEvent) -> Option<f64> {
        let strip = self.strip.get_untracked()?;
        Some(f64::from(event.client_x()) - strip.get_bounding_client_rect().left())
    }

    fn follow(self, event: &PointerEvent) {
        if let Some(x) = self.x(event) {
            self.show(self.times.axis.get_untracked().time(x));
        }
    }

    /// The pointer went down on the strip; nothing is shown yet.
    pub fn grab(self, event: &PointerEvent) {
        let heads = self.times.axis.get_untracked().left() - HALF;
        if event.button() != 0 || self.x(event).is_none_or(|x| x < heads) {
            return;
        }
        event.prevent_default();
        if let Some(head) = self.head.get_untracked() {
            // Escape belongs to what is dragged.
            let _ = head.focus();
        }
        let target = event.current_target();
        let target: Option<Element> = target.and_then(|target| target.dyn_into().ok());
        if let Some(target) = target {
            // Without the capture the drag ends where the pointer leaves the strip.
            let _ = target.set_pointer_capture(event.pointer_id());
        }
        let clock = self.shown.clock.get_untracked();
        let back = if clock.past {
            Command::Seek(clock.now)
        } else {
            Command::BackToLive
        };
        self.times.zooming.held.set(true);
        self.before.set_value(Some(back));
    }

    /// The pointer moved.
    pub fn drag(self, event: &PointerEvent) {
        if self.before.get_value().is_some() {
            self.follow(event);
        }
    }

    /// The pointer went up.
    pub fn release(self, event: &PointerEvent) {
        if self
            .before
            .try_update_value(Option::take)
            .flatten()
            .is_some()
        {
            self.follow(event);
            self.times.zooming.held.set(false);
        }
    }

    /// The gesture is called off.
    pub fn back(self) {
        if let Some(back) = self.before.try_update_value(Option::take).flatten() {
            self.wanted.set_value(None);
            self.times.zooming.held.set(false);
            self.commands.send(back);
        }
    }

    /// A key was pressed on the marker.
    pub fn press(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if event.key() == "Escape" {
            self.back();
            return;
        }
        let times = self.times;
        if times.zooming.press(event, times.axis, times.whole) {
            return;
        }
        let clock = self.shown.clock.get_untracked();
        if let Some(command) = asked(&event.key(), event.shift_key(), clock.now, clock.end) {
            event.prevent_default();
            event.stop_propagation();
            self.commands.send(command);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_travel_in_time() {
        let (now, end) = (SimTime(130_000), SimTime(286_000));
        for (key, shift, command) in [
            ("ArrowLeft", false, Some(Command::StepBack)),
            ("ArrowRight", false, Some(Command::StepOn)),
            ("ArrowLeft", true, Some(Command::Seek(SimTime(120_000)))),
            ("ArrowRight", true, Some(Command::Seek(SimTime(140_000)))),
            ("Home", false, Some(Command::Seek(SimTime(0)))),
            ("End", false, Some(Command::BackToLive)),
            ("a", false, None),
        ] {
            assert_eq!(asked(key, shift, now, end), command, "{key}");
        }
        assert_eq!(
            asked("ArrowRight", true, SimTime(280_000), end),
            Some(Command::BackToLive)
        );
        assert_eq!(
            asked("ArrowLeft", true, SimTime(4_000), end),
            Some(Command::Seek(SimTime(0)))
        );
    }
}
