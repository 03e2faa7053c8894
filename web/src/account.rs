//! The clock's account: real time is owed to the simulation, multiplied by the speed, and paid in slices.

use fargate_core::units::SimSpan;

/// How many times faster than real time the simulation runs: 1 to 1,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Speed(pub u32);

impl Speed {
    /// The speeds of the menu.
    pub const ALL: [Self; 10] = [
        Self(1),
        Self(2),
        Self(5),
        Self(10),
        Self(20),
        Self(50),
        Self(100),
        Self(200),
        Self(500),
        Self(1_000),
    ];

    /// The next faster speed of the menu; the fastest stays.
    #[must_use]
    pub fn faster(self) -> Self {
        Self::ALL.into_iter().find(|s| *s > self).unwrap_or(self)
    }

    /// The next slower speed of the menu; the slowest stays.
    #[must_use]
    pub fn slower(self) -> Self {
        Self::ALL
            .into_iter()
            .rev()
            .find(|s| *s < self)
            .unwrap_or(self)
    }
}

/// What is owed. Times are real milliseconds unless a type says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Account {
    /// When the last frame came.
    last: Option<f64>,
    /// Simulated milliseconds owed.
    owed: f64,
    /// Since when the present stretch is measured: start, owed then, paid since.
    stretch: Stretch,
}

/// A second or so over which the pace is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Stretch {
    real: f64,
    paid: f64,
    dropped: bool,
}

/// A frame that comes later than this after the last is a stall: a sleeping machine, a tab in the background.
const STALL: f64 = 1_000.0;
/// How long the pace is measured before something is said about it.
const MEASURE: f64 = 1_000.0;
/// Debt beyond this much real time is dropped.
const PATIENCE: f64 = 500.0;

impl Account {
    /// A frame begins at `now`: its time is owed. A stall owes nothing.
    pub fn frame(&mut self, now: f64, speed: Speed) -> SimSpan {
        let elapsed = self.last.map_or(0.0, |last| now - last);
        self.last = Some(now);
        if (0.0..STALL).contains(&elapsed) {
            self.owed += elapsed * f64::from(speed.0);
            self.stretch.real += elapsed;
        }
        SimSpan(self.owed as u64)
    }

    /// The frame has simulated `paid`. What is owed beyond patience is dropped.
    pub fn pay(&mut self, paid: SimSpan, speed: Speed) {
        self.owed = (self.owed - paid.0 as f64).max(0.0);
        self.stretch.paid += paid.0 as f64;
        if self.owed > PATIENCE * f64::from(speed.0) {
            self.owed = 0.0;
            self.stretch.dropped = true;
        }
    }

    /// Once a stretch has been measured: the speed that this tab reaches, where debt had to be dropped; `None` where
    /// it keeps up. The outer `None` says that it is too early to tell.
    pub fn pace(&mut self) -> Option<Option<Speed>> {
        if self.stretch.real < MEASURE {
            return None;
        }
        let stretch = std::mem::take(&mut self.stretch);
        let reached = Speed(((stretch.paid / stretch.real).round() as u32).max(1));
        Some(stretch.dropped.then_some(reached))
    }

    /// Time stands still from here: nothing is owed for it.
    pub fn stop(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_owes_its_time_at_the_speed() {
        for (speed, elapsed, owed) in [(1, 16.0, 16), (10, 16.0, 160), (1_000, 16.5, 16_500)] {
            let mut account = Account::default();
            assert_eq!(account.frame(100.0, Speed(speed)), SimSpan(0));
            assert_eq!(account.frame(100.0 + elapsed, Speed(speed)), SimSpan(owed));
        }
    }

    #[test]
    fn what_is_not_paid_stays_owed_and_fractions_are_kept() {
        let mut account = Account::default();
        account.frame(0.0, Speed(1));
        assert_eq!(account.frame(16.6, Speed(1)), SimSpan(16));
        account.pay(SimSpan(10), Speed(1));
        assert_eq!(account.frame(33.2, Speed(1)), SimSpan(23));
    }

    #[test]
    fn a_stall_owes_nothing() {
        let mut account = Account::default();
        account.frame(0.0, Speed(10));
        assert_eq!(account.frame(60_000.0, Speed(10)), SimSpan(0));
        assert_eq!(account.frame(60_016.0, Speed(10)), SimSpan(160));
    }

    #[test]
    fn a_tab_that_cannot_keep_up_is_told_its_pace() {
        let mut account = Account::default();
        let speed = Speed(10);
        let mut told = None;
        account.frame(0.0, speed);
        for frame in 1..200 {
            account.frame(f64::from(frame) * 16.0, speed);
            account.pay(SimSpan(64), speed);
            if let Some(pace) = account.pace() {
                told = Some(pace);
            }
        }
        assert_eq!(told, Some(Some(Speed(4))));
    }

    #[test]
    fn a_tab_that_keeps_up_is_told_nothing() {
        let mut account = Account::default();
        account.frame(0.0, Speed(10));
        for frame in 1..100 {
            let owed = account.frame(f64::from(frame) * 16.0, Speed(10));
            account.pay(owed, Speed(10));
            assert!(matches!(account.pace(), None | Some(None)));
        }
    }

    #[test]
    fn speeds_go_up_and_down_the_menu() {
        for (speed, slower, faster) in [(1, 1, 2), (10, 5, 20), (4, 2, 5), (1_000, 500, 1_000)] {
            assert_eq!(Speed(speed).slower(), Speed(slower));
            assert_eq!(Speed(speed).faster(), Speed(faster));
        }
    }
}
