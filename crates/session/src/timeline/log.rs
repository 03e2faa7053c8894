//! The event log of a run: every fact in order, and a running hash of the lines.

use fargate_core::event::{Event, EventId, Fact};
use fargate_core::units::SimTime;

/// Events that are kept; beyond them the oldest requests are forgotten, never another fact.
const MOST: usize = 120_000;

/// Every fact of a run in order.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    events: Vec<Event>,
    hashed: usize,
    hash: u64,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            events: Vec::new(),
            hashed: 0,
            hash: 0xcbf2_9ce4_8422_2325,
        }
    }
}

impl Log {
    /// Where new events are put; [`Log::close`] follows.
    pub(super) fn open(&mut self) -> &mut Vec<Event> {
        &mut self.events
    }

    /// Takes note of what was put in.
    pub(super) fn close(&mut self) {
        for event in &self.events[self.hashed..] {
            for byte in event.to_string().bytes().chain([b'\n']) {
                self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
        if self.events.len() > MOST {
            let half = self.events.len() / 2;
            let mut place = 0;
            self.events.retain(|event| {
                place += 1;
                place > half || !matches!(event.fact, Fact::Request { .. })
            });
        }
        self.hashed = self.events.len();
    }

    /// How many events are kept.
    pub(crate) fn len(&self) -> usize {
        self.events.len()
    }

    /// FNV-1a over the lines of the log: the same for the same run, wherever it is computed.
    pub(crate) fn hash(&self) -> u64 {
        self.hash
    }

    /// The events up to a moment, that moment included.
    pub(crate) fn until(&self, moment: SimTime) -> &[Event] {
        &self.events[..self.events.partition_point(|event| event.at <= moment)]
    }

    /// The event of a number.
    pub(crate) fn get(&self, id: EventId) -> Option<&Event> {
        let place = self
            .events
            .binary_search_by_key(&id, |event| event.id)
            .ok()?;
        self.events.get(place)
    }

    /// The moment of the first event after a moment.
    pub(crate) fn next_after(&self, moment: SimTime) -> Option<SimTime> {
        let place = self.events.partition_point(|event| event.at <= moment);
        self.events.get(place).map(|event| event.at)
    }

    /// The moment of the last event before a moment.
    pub(crate) fn last_before(&self, moment: SimTime) -> Option<SimTime> {
        let place = self.events.partition_point(|event| event.at < moment);
        place.checked_sub(1).map(|place| self.events[place].at)
    }
}
