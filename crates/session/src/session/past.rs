//! What an explanation asks of a run: its calls, its events by number, the requests that were refused, and the account before a call.

use super::{Cursor, Run, Session};
use crate::cards::flights::ended;
use crate::view::FlightEnd;
use fargate_core::call::Call;
use fargate_core::event::{Event, EventId, Fact};
use fargate_core::units::SimTime;
use fargate_core::world::World;

/// Events among which a refused request is still remembered.
const REMEMBERED: usize = 500;

impl Session {
    /// The call of that number in the run shown, and when it was sent.
    pub(crate) fn call_of(&self, number: u32) -> Option<(&Call, SimTime)> {
        let call = self.run().call(number)?;
        let entry = self.run().entries.get(number as usize)?;
        Some((call, entry.at))
    }

    /// What the call of that number does, in words.
    pub(crate) fn words_of(&self, number: u32) -> Option<String> {
        let (call, _) = self.call_of(number)?;
        Some((self.words)(call, self.world()))
    }

    /// The number that the next call gets: [`crate::why::Subject::Sent`] asks for a call by it.
    pub fn next_call(&self) -> u32 {
        self.taken() as u32
    }

    /// The requests that were not delivered, or answered with an error, among the last [`REMEMBERED`] events, the newest first, and how each ended.
    pub fn undelivered(&self) -> impl Iterator<Item = (u64, FlightEnd)> + '_ {
        let events = self.events();
        let last = events.len().saturating_sub(REMEMBERED)..events.len();
        let ends = last.rev().filter_map(|place| {
            let (event, after) = events[place..].split_first()?;
            match &event.fact {
                Fact::Request { trace, .. } => Some((event.id.0, ended(event, trace, after))),
                _ => None,
            }
        });
        ends.filter(|(_, end)| *end != FlightEnd::Delivered)
    }

    /// The event of that number.
    pub(crate) fn event(&self, id: EventId) -> Option<&Event> {
        self.timeline.log().get(id)
    }

    /// The account as it was right before an entry of the run shown; `None` where there is no such entry.
    pub(crate) fn world_before(&self, number: u32) -> Option<World> {
        let run = self.run();
        let at = run.entries.get(number as usize)?.at;
        let before = Run {
            from: run.from,
            entries: run.entries[..number as usize].to_vec(),
            end: run.end,
        };
        let Cursor { world, .. } = self.timeline.before(&before, at);
        Some(world)
    }
}
