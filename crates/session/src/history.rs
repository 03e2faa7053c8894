//! History: an append-only list of timed entries per run. Undo and redo append; nothing is ever taken out.

use fargate_core::call::Call;
use fargate_core::text::Node;
use fargate_core::units::SimTime;
use fargate_core::wire;
use fargate_core::wire::{FromJson, Misfits, Others, Slot, ToJson, Writer};

wire! {
    /// One run of a scenario.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Run {
        /// The moment at which it left the run that it was made from; `None` for the first.
        pub from: Option<SimTime> = "from" optional,
        /// What was done, in order. The place of a call is its number.
        pub entries: Vec<Entry> = "entries",
        /// How far it has been simulated.
        pub end: SimTime = "end",
    }
}

/// Something that was done at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When.
    pub at: SimTime,
    /// What.
    pub what: Done,
    /// Whether it belongs to the gesture of the call before it, so that one undo takes both back.
    pub joined: bool,
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub enum Done {
    /// A call was sent.
    Call(Call),
    /// The call of that number was undone: from here on the account is as it would be without it.
    Undo(u32),
    /// The call of that number was done again, at its own moment.
    Redo(u32),
}

/// What an entry is in JSON: its moment, whether it goes on with a gesture, and one of the others.
const ENTRY: &[Slot] = &[
    ("at", true),
    ("joined", false),
    ("call", false),
    ("undo", false),
    ("redo", false),
];

impl FromJson for Entry {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        let members = misfits.members(node, ENTRY, Others::Ignored);
        let at = SimTime::read(members.get("at"), misfits);
        let [call, undo, redo] = ["call", "undo", "redo"].map(|name| members.given(name));
        let what = match (call, undo, redo) {
            (None, Some(undo), None) => Done::Undo(u32::read(undo, misfits)),
            (None, None, Some(redo)) => Done::Redo(u32::read(redo, misfits)),
            (Some(call), None, None) => Done::Call(Call::read(call, misfits)),
            _ => {
                misfits.note(node.span, "holds not one of call, undo, redo; keep one");
                Done::Undo(0)
            }
        };
        let joined = members.given("joined");
        let joined = joined.is_some_and(|node| bool::read(node, misfits));
        Self { at, what, joined }
    }
}

impl ToJson for Entry {
    fn write(&self, out: &mut Writer) {
        let (name, value): (_, &dyn ToJson) = match &self.what {
            Done::Call(call) => ("call", call),
            Done::Undo(number) => ("undo", number),
            Done::Redo(number) => ("redo", number),
        };
        out.open('{');
        out.member("at", &self.at);
        if self.joined {
            out.member("joined", &true);
        }
        out.member(name, value);
        out.close('}');
    }
}

impl Entry {
    /// A call at a moment.
    pub fn call(at: SimTime, call: Call) -> Self {
        Self {
            at,
            what: Done::Call(call),
            joined: false,
        }
    }
}

/// What of a run can be undone and redone, newest last, and which calls are undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stacks {
    pub(crate) undo: Vec<u32>,
    pub(crate) redo: Vec<u32>,
    /// For each entry, whether it is an undone call.
    pub(crate) undone: Vec<bool>,
}

/// Edits that can be undone.
const DEPTH: usize = 200;

impl Run {
    /// The call of a number.
    pub(crate) fn call(&self, number: u32) -> Option<&Call> {
        match &self.entries.get(number as usize)?.what {
            Done::Call(call) => Some(call),
            Done::Undo(_) | Done::Redo(_) => None,
        }
    }

    /// The calls of the gesture that a call belongs to, as numbers: first and last.
    pub(crate) fn gesture(&self, number: u32) -> (u32, u32) {
        let joined = |number: u32| {
            let entry = self.entries.get(number as usize);
            entry.is_some_and(|entry| entry.joined)
        };
        let (mut first, mut last) = (number, number);
        while first > 0 && joined(first) {
            first -= 1;
        }
        while joined(last + 1) {
            last += 1;
        }
        (first, last)
    }

    /// What can be undone and redone after the first `count` entries, of which `given` are the scenario's own.
    pub(crate) fn stacks(&self, count: usize, given: usize) -> Stacks {
        let mut stacks = Stacks {
            undone: vec![false; self.entries.len()],
            ..Stacks::default()
        };
        for (number, entry) in self.entries.iter().take(count).enumerate().skip(given) {
            match &entry.what {
                Done::Call(_) => {
                    stacks.undo.push(number as u32);
                    stacks.redo.clear();
                }
                Done::Undo(call) => {
                    stacks.undo.retain(|number| number != call);
                    stacks.redo.push(*call);
                    stacks.undone[*call as usize] = true;
                }
                Done::Redo(call) => {
                    stacks.redo.retain(|number| number != call);
                    stacks.undo.push(*call);
                    stacks.undone[*call as usize] = false;
                }
            }
        }
        let surplus = stacks.undo.len().saturating_sub(DEPTH);
        stacks.undo.drain(..surplus);
        stacks
    }

    /// Whether every call that goes on with a gesture follows another call.
    pub(crate) fn gestures_are_sound(&self) -> bool {
        let is_call = |place: usize| self.call(place as u32).is_some();
        let mut entries = self.entries.iter().enumerate();
        entries.all(|(place, entry)| {
            !entry.joined || (is_call(place) && place.checked_sub(1).is_some_and(is_call))
        })
    }

    /// Whether every undo and redo names an earlier call.
    pub(crate) fn undo_is_sound(&self) -> bool {
        self.entries
            .iter()
            .enumerate()
            .all(|(place, entry)| match &entry.what {
                Done::Call(_) => true,
                Done::Undo(call) | Done::Redo(call) => {
                    (*call as usize) < place && self.call(*call).is_some()
                }
            })
    }
}
