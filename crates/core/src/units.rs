//! Units: CPU units, MiB, simulated time, calendar dates and money.

use crate::text::Node;
use crate::wire::{FromJson, Misfits, ToJson, Writer};
use std::fmt;
use std::ops::{Add, Sub};

/// CPU units: 1,024 are one vCPU.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CpuUnits(pub u32);

/// Mebibytes; AWS's 'GB' in task sizes are 1,024 of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MiB(pub u32);

/// A moment of simulated time, in milliseconds since the scenario began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimTime(pub u64);

/// A length of simulated time, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimSpan(pub u64);

/// US dollars, in billionths, so that a second of a small task is not rounded away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NanoUsd(pub u64);

impl SimSpan {
    /// A length of whole seconds.
    pub const fn secs(seconds: u64) -> Self {
        Self(seconds * 1_000)
    }
}

impl Add<SimSpan> for SimTime {
    type Output = Self;
    fn add(self, span: SimSpan) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub for SimTime {
    type Output = SimSpan;
    /// The time since `earlier`; zero where that lies ahead.
    fn sub(self, earlier: Self) -> SimSpan {
        SimSpan(self.0.saturating_sub(earlier.0))
    }
}

impl fmt::Display for SimTime {
    /// The clock of the page: the scenario begins at 10:00:00.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0 / 1_000 + 10 * 3_600;
        write!(
            f,
            "{:02}:{:02}:{:02}",
            seconds / 3_600 % 24,
            seconds / 60 % 60,
            seconds % 60
        )
    }
}

impl fmt::Display for CpuUnits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for MiB {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A calendar date: the 'as of' of a scenario, which selects AWS's sizes, limits, prices and texts of that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The date of a year, month (1 to 12) and day (1 to 31), which are not checked against each other.
    pub const fn new(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// Days since 1970-01-01, the first day of Unix time. Source: Hinnant's `days_from_civil`.
    pub const fn days_since_1970(self) -> u64 {
        let month = self.month as u64;
        let year = self.year as u64 - (month <= 2) as u64;
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + self.day as u64 - 1;
        let (era, of_era) = (year / 400, year % 400);
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719_468
    }

    /// Reads `2017-11-29`; the year lies in 2014 (when ECS began) to 2100.
    pub fn parse(text: &str) -> Result<Self, BadDate> {
        let bad = || BadDate(text.to_owned());
        let mut parts = text.split('-');
        let (Some(year), Some(month), Some(day), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(bad());
        };
        let number = |part: &str, digits: usize| {
            (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<u16>().ok())
                .flatten()
        };
        let (Some(year), Some(month), Some(day)) =
            (number(year, 4), number(month, 2), number(day, 2))
        else {
            return Err(bad());
        };
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + u16::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        if !(2014..=2100).contains(&year) || day == 0 || day > days {
            return Err(bad());
        }
        Ok(Self::new(year, month as u8, day as u8))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromJson for Date {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        let read = node.as_str().map(Self::parse);
        read.and_then(Result::ok).unwrap_or_else(|| {
            misfits.wrong(
                node,
                "a date from 2014-01-01 to 2100-12-31 as \"2017-11-29\"",
            );
            Self::new(2014, 1, 1)
        })
    }
}

impl ToJson for Date {
    fn write(&self, out: &mut Writer) {
        out.text(&self.to_string());
    }
}

impl FromJson for SimTime {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        Self(u64::read(node, misfits))
    }
}

impl ToJson for SimTime {
    fn write(&self, out: &mut Writer) {
        self.0.write(out);
    }
}

/// A text that is no date from 2014-01-01 to 2100-12-31.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadDate(pub String);

impl fmt::Display for BadDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "'{}' is no date between 2014-01-01 and 2100-12-31; write it as 2017-11-29",
            self.0
        )
    }
}

impl std::error::Error for BadDate {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_rubbish_is_refused() {
        assert_eq!(Date::parse("2017-11-29").unwrap().to_string(), "2017-11-29");
        assert!(Date::parse("2024-02-29").is_ok());
        for bad in [
            "",
            "2017",
            "2017-13-01",
            "2023-02-29",
            "17-11-29",
            "2017-11-29-1",
            "1999-01-01",
            "+017-11-29",
        ] {
            assert!(Date::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn days_count_from_1970() {
        let days = |text| Date::parse(text).map(Date::days_since_1970);
        assert_eq!(days("2014-01-01"), Ok(16_071));
        assert_eq!(days("2024-02-29"), Ok(19_782));
        assert_eq!(days("2024-03-01"), Ok(19_783));
        assert_eq!(days("2026-06-01"), Ok(20_605));
    }

    #[test]
    fn the_clock_starts_at_ten() {
        assert_eq!(SimTime(58_000).to_string(), "10:00:58");
    }
}
