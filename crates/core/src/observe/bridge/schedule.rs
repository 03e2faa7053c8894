//! Schedules of rules: `rate(…)` and `cron(…)`, in UTC and to the minute.
//!
//! Source: 'Setting a schedule pattern for scheduled rules (legacy) in Amazon EventBridge'.

use crate::observe::clock::{Clock, Parts};

const MINUTE: u64 = 60_000;
const DAY: u64 = 86_400_000;
/// Days that are looked through for the next time: a leap day comes within eight years, and named years within forty.
const DAYS_AHEAD: u64 = 40 * 366;

/// When a rule is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// Every so many ms, first after that time.
    Rate(u64),
    /// At times that a table says.
    Cron(Box<Cron>),
}

/// `cron(minutes hours day-of-month month day-of-week year)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cron {
    minutes: Vec<u64>,
    hours: Vec<u64>,
    days: Days,
    months: Vec<u64>,
    years: Vec<u64>,
}

/// On which days.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Days {
    /// Days of the month.
    Month(Vec<u64>),
    /// The last day of the month.
    Last,
    /// The working day nearest to a day of the month.
    Working(u64),
    /// Days of the week, 0 for Sunday.
    Week(Vec<u64>),
    /// The last such day of the month.
    LastOf(u64),
    /// The so-many-th such day of the month.
    Nth(u64, u64),
}

impl Schedule {
    /// Reads an expression; what is wrong with it and what to write, as a sentence.
    pub fn read(text: &str) -> Result<Self, String> {
        let inner = |name: &str| text.trim().strip_prefix(name)?.strip_suffix(')');
        if let Some(rate) = inner("rate(") {
            return read_rate(rate);
        }
        match inner("cron(") {
            Some(cron) => read_cron(cron).map(|it| Self::Cron(Box::new(it))),
            None => Err("Write rate(5 minutes) or cron(0 12 * * ? *).".to_owned()),
        }
    }

    /// When it is due next after a moment; `None` where never again.
    pub fn next(&self, after: Clock) -> Option<Clock> {
        match self {
            Self::Rate(ms) => Some(Clock {
                epoch_ms: after.epoch_ms.saturating_add(*ms),
            }),
            Self::Cron(cron) => cron.next(after),
        }
    }
}

fn read_rate(text: &str) -> Result<Schedule, String> {
    let mut words = text.split_whitespace();
    let (Some(number), Some(unit), None) = (words.next(), words.next(), words.next()) else {
        return Err("A rate is a number and a unit: rate(5 minutes).".to_owned());
    };
    let number: u64 = match number.parse() {
        Ok(number) if (1..=100_000).contains(&number) => number,
        _ => return Err(format!("{number} is no whole number from 1 to 100000.")),
    };
    let (singular, ms) = match unit.trim_end_matches('s') {
        "minute" => ("minute", MINUTE),
        "hour" => ("hour", 60 * MINUTE),
        "day" => ("day", DAY),
        _ => return Err(format!("{unit} is no unit; use minutes, hours or days.")),
    };
    let right = if number == 1 {
        singular.to_owned()
    } else {
        format!("{singular}s")
    };
    if unit != right {
        return Err(format!("AWS wants rate({number} {right})."));
    }
    Ok(Schedule::Rate(number * ms))
}

fn read_cron(text: &str) -> Result<Cron, String> {
    const MONTHS: [&str; 12] = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ];
    let fields: Vec<&str> = text.split_whitespace().collect();
    let [minutes, hours, of_month, months, of_week, years] = fields[..] else {
        let wrong = "A cron expression has six fields: minutes, hours, day of month, month, day of week, year";
        return Err(format!("{wrong}; here are {}.", fields.len()));
    };
    let days = match (of_month, of_week) {
        ("?", "?") => {
            return Err(
                "? stands for one of day of month and day of week, not for both.".to_owned(),
            );
        }
        ("?", week) => week_days(week)?,
        (month, "?") => month_days(month)?,
        _ => {
            return Err(
                "Write ? for day of month or for day of week: only one of them can decide."
                    .to_owned(),
            );
        }
    };
    Ok(Cron {
        minutes: list("minutes", minutes, 0, 59, &[])?,
        hours: list("hours", hours, 0, 23, &[])?,
        days,
        months: list("month", months, 1, 12, &MONTHS)?,
        years: list("year", years, 1970, 2199, &[])?,
    })
}

fn month_days(text: &str) -> Result<Days, String> {
    if text == "L" {
        return Ok(Days::Last);
    }
    if let Some(day) = text.strip_suffix('W') {
        let day = list("day of month", day, 1, 31, &[])?;
        return match day[..] {
            [day] => Ok(Days::Working(day)),
            _ => Err("W follows one day of the month: 3W.".to_owned()),
        };
    }
    list("day of month", text, 1, 31, &[]).map(Days::Month)
}

fn week_days(text: &str) -> Result<Days, String> {
    const DAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    let all = |text: &str| list("day of week", text, 1, 7, &DAYS);
    if let Some((day, nth)) = text.split_once('#') {
        let (day, nth) = (all(day)?, list("day of week", nth, 1, 5, &[])?);
        return match (&day[..], &nth[..]) {
            ([day], [nth]) => Ok(Days::Nth(day - 1, *nth)),
            _ => Err(
                "# stands between one day and one number: 3#2 is the second Tuesday.".to_owned(),
            ),
        };
    }
    if text == "L" {
        return Ok(Days::Week(vec![6]));
    }
    if let Some(day) = text.strip_suffix('L').filter(|it| !it.is_empty()) {
        return match all(day)?[..] {
            [day] => Ok(Days::LastOf(day - 1)),
            _ => Err("L follows one day of the week: 6L is the last Friday.".to_owned()),
        };
    }
    Ok(Days::Week(
        all(text)?.into_iter().map(|day| day - 1).collect(),
    ))
}

/// The numbers that a field names: `*`, `5`, `1-5`, `0/15`, `MON-FRI`, and lists of these.
fn list(name: &str, text: &str, low: u64, high: u64, names: &[&str]) -> Result<Vec<u64>, String> {
    let number = |text: &str| {
        let place = names.iter().position(|it| it.eq_ignore_ascii_case(text));
        let number = place
            .map(|place| place as u64 + low)
            .or_else(|| text.parse().ok());
        let good = number.filter(|it| (low..=high).contains(it));
        good.ok_or_else(|| format!("{name} is {text}, which is not from {low} to {high}."))
    };
    let mut found = Vec::new();
    for part in text.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => match step.parse::<u64>() {
                Ok(step) if step > 0 => (range, Some(step)),
                _ => {
                    return Err(format!(
                        "{name} is {text}: what follows / is a number from 1 on."
                    ));
                }
            },
            None => (part, None),
        };
        let (first, last) = match range.split_once('-') {
            _ if range == "*" => (low, high),
            Some((first, last)) => (number(first)?, number(last)?),
            None => {
                let first = number(range)?;
                (first, if step.is_some() { high } else { first })
            }
        };
        if first <= last {
            found.extend((first..=last).step_by(step.unwrap_or(1) as usize));
        } else {
            // FRI-MON goes round
            found.extend((first..=high).chain(low..=last));
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

impl Cron {
    fn next(&self, after: Clock) -> Option<Clock> {
        let today = after.epoch_ms / DAY;
        (today..today + DAYS_AHEAD).find_map(|day| {
            let parts = Clock {
                epoch_ms: day * DAY,
            }
            .parts();
            if !self.years.contains(&parts.year)
                || !self.months.contains(&parts.month)
                || !self.days.has(day, &parts)
            {
                return None;
            }
            let times = self.hours.iter().flat_map(|hour| {
                self.minutes
                    .iter()
                    .map(move |minute| day * DAY + (hour * 60 + minute) * MINUTE)
            });
            let mut later = times.filter(|at| *at > after.epoch_ms);
            later.next().map(|epoch_ms| Clock { epoch_ms })
        })
    }
}

impl Days {
    /// Whether a day, counted from 1970, is one of them.
    fn has(&self, day: u64, parts: &Parts) -> bool {
        let is_last = Clock {
            epoch_ms: (day + 1) * DAY,
        }
        .parts()
        .day == 1;
        match self {
            Self::Month(days) => days.contains(&parts.day),
            Self::Last => is_last,
            Self::Week(days) => days.contains(&parts.weekday),
            Self::LastOf(weekday) => {
                parts.weekday == *weekday
                    && Clock {
                        epoch_ms: (day + 7) * DAY,
                    }
                    .parts()
                    .month
                        != parts.month
            }
            Self::Nth(weekday, nth) => parts.weekday == *weekday && (parts.day - 1) / 7 + 1 == *nth,
            Self::Working(wanted) => match parts.weekday {
                0 | 6 => false,
                // a Monday is also for a Sunday before it, and for a first that is a Saturday
                1 if parts.day == wanted + 1 => true,
                1 if *wanted == 1 && parts.day == 3 => true,
                // a Friday is also for the Saturday after it, and for a last day that is a Sunday
                5 if parts.day + 1 == *wanted => true,
                5 if parts.day + 2 == *wanted => {
                    Clock {
                        epoch_ms: (day + 3) * DAY,
                    }
                    .parts()
                    .day == 1
                }
                _ => parts.day == *wanted,
            },
        }
    }
}
