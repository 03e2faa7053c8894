//! The clock on the wall: a scenario's first moment is 10:00:00 UTC of its day.

use crate::units::{Date, SimTime};

/// The second of the day at which a scenario begins, as the page's clock shows it.
const BEGINS: u64 = 10 * 3_600;

/// A moment on the clock, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    /// Milliseconds since 1970.
    pub epoch_ms: u64,
}

/// A moment, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The year.
    pub year: u64,
    /// The month, from 1.
    pub month: u64,
    /// The day of the month, from 1.
    pub day: u64,
    /// The hour.
    pub hour: u64,
    /// The minute.
    pub minute: u64,
    /// The second.
    pub second: u64,
    /// The millisecond.
    pub ms: u64,
    /// The day of the week, 0 for Sunday.
    pub weekday: u64,
}

/// The short names of months.
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The short names of the days of the week.
const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

impl Clock {
    /// The clock at a moment of a scenario that begins on a day.
    pub const fn at(began: Date, moment: SimTime) -> Self {
        let midnight = began.days_since_1970() * 86_400_000;
        Self {
            epoch_ms: (midnight + BEGINS * 1_000).saturating_add(moment.0),
        }
    }

    /// Taken apart. Source: Hinnant's `civil_from_days`.
    pub const fn parts(self) -> Parts {
        let (days, of_day) = (self.epoch_ms / 86_400_000, self.epoch_ms % 86_400_000);
        let shifted = days + 719_468;
        let (era, of_era) = (shifted / 146_097, shifted % 146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        Parts {
            year: year_of_era + era * 400 + (month <= 2) as u64,
            month,
            day: of_year - (153 * shifted_month + 2) / 5 + 1,
            hour: of_day / 3_600_000,
            minute: of_day / 60_000 % 60,
            second: of_day / 1_000 % 60,
            ms: of_day % 1_000,
            weekday: (days + 4) % 7,
        }
    }

    /// `2020-01-23T17:57:34.402Z`, as events spell it.
    pub fn iso(self) -> String {
        let it = self.parts();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            it.year, it.month, it.day, it.hour, it.minute, it.second, it.ms
        )
    }

    /// `2020-01-23T17:57:34Z`, as the `time` of an event.
    pub fn seconds(self) -> String {
        let mut text = self.iso();
        text.truncate(19);
        text.push('Z');
        text
    }

    /// `Thu, 23 Jan 2020 17:57:34 GMT`, as HTTP and AWS Health spell it.
    pub fn http(self) -> String {
        let it = self.parts();
        let month = MONTHS[(it.month as usize).clamp(1, 12) - 1];
        let day = WEEKDAYS[(it.weekday as usize).min(6)];
        format!(
            "{day}, {:02} {month} {:04} {:02}:{:02}:{:02} GMT",
            it.day, it.year, it.hour, it.minute, it.second
        )
    }

    /// `23/Jan/2020:17:57:34 +0000`, as web servers log it.
    pub fn common_log(self) -> String {
        let it = self.parts();
        let month = MONTHS[(it.month as usize).clamp(1, 12) - 1];
        format!(
            "{:02}/{month}/{:04}:{:02}:{:02}:{:02} +0000",
            it.day, it.year, it.hour, it.minute, it.second
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_reads_as_aws_spells_it() {
        let clock = Clock::at(Date::new(2024, 2, 28), SimTime(38 * 3_600_000 + 1_234));
        assert_eq!(clock.iso(), "2024-03-01T00:00:01.234Z");
        assert_eq!(clock.seconds(), "2024-03-01T00:00:01Z");
        assert_eq!(clock.common_log(), "01/Mar/2024:00:00:01 +0000");
        assert_eq!(clock.http(), "Fri, 01 Mar 2024 00:00:01 GMT");
    }
}
