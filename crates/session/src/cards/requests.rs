//! Requests over time: how many were sent in each stretch of the run, for the timeline.

use crate::view::{RequestTimes, Shared};
use fargate_core::event::{Event, Fact};
use fargate_core::units::SimSpan;

/// The most stretches; a longer run has longer ones.
const STRETCHES: usize = 480;
/// The length of a stretch at first.
const FIRST: SimSpan = SimSpan::secs(1);

/// Counts requests as the log grows; each event is looked at once.
#[derive(Debug)]
pub(crate) struct Counting {
    run: usize,
    seen: usize,
    times: RequestTimes,
    shown: Shared<RequestTimes>,
}

impl Default for Counting {
    fn default() -> Self {
        let times = RequestTimes {
            stretch: FIRST,
            counts: Vec::new(),
        };
        Self {
            run: 0,
            seen: 0,
            shown: Shared::new(times.clone()),
            times,
        }
    }
}

impl Counting {
    /// The requests among `events`, which are all of a run's up to the moment shown.
    pub(crate) fn count(&mut self, run: usize, events: &[Event]) -> Shared<RequestTimes> {
        if run != self.run || events.len() < self.seen {
            *self = Self {
                run,
                ..Self::default()
            };
        }
        let mut changed = self.seen == 0;
        for event in events.iter().skip(self.seen) {
            if matches!(event.fact, Fact::Request { .. }) {
                self.times.add(event);
                changed = true;
            }
        }
        self.seen = events.len();
        if changed {
            self.shown = Shared::new(self.times.clone());
        }
        self.shown.clone()
    }
}

impl RequestTimes {
    fn add(&mut self, event: &Event) {
        let mut place = (event.at.0 / self.stretch.0) as usize;
        while place >= STRETCHES {
            let pairs = self
                .counts
                .chunks(2)
                .map(|pair| pair.iter().sum())
                .collect();
            self.counts = pairs;
            self.stretch = SimSpan(self.stretch.0 * 2);
            place = (event.at.0 / self.stretch.0) as usize;
        }
        if self.counts.len() <= place {
            self.counts.resize(place + 1, 0);
        }
        if let Some(count) = self.counts.get_mut(place) {
            *count += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Session;
    use fargate_core::units::{Date, SimSpan, SimTime};
    use fargate_core::world::Budget;

    #[test]
    fn every_request_is_counted_in_its_stretch_and_again_after_travelling() {
        let mut session = Session::first_light(Date::new(2026, 1, 1));
        let view = session.view(SimSpan(0));
        let sum = |counts: &[u32]| counts.iter().map(|count| u64::from(*count)).sum::<u64>();
        let total = |view: &crate::view::View| view.requests.delivered + view.requests.denied;
        assert_eq!(sum(&view.request_times.counts), total(&view));
        for _ in 0..4 {
            session.advance(SimSpan::secs(600), Budget(u32::MAX));
            let view = session.view(SimSpan(0));
            assert_eq!(sum(&view.request_times.counts), total(&view));
            assert!(view.request_times.counts.len() <= super::STRETCHES);
        }
        session.seek(SimTime(60_000));
        let past = session.view(SimSpan(0));
        assert_eq!(sum(&past.request_times.counts), total(&past));
        assert_eq!(past.request_times.stretch, super::FIRST);
    }
}
