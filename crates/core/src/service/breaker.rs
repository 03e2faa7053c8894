//! The deployment circuit breaker: after how many failed tasks a deployment is given up.
//!
//! Source: 'How the Amazon ECS deployment circuit breaker detects failures' of the developer guide, and API reference of
//! `ThresholdConfiguration`. Until January 2024 the least threshold was 10 (announcement of 8 January 2024).

use crate::call::ThresholdConfiguration;
use crate::units::Date;

/// The first day of the lower least threshold, on which it also ceased that a task that had come to RUNNING ended the count of those
/// that do not. Of the second, the guide of June 2023 is the last that says otherwise; its day is not published.
const LOWER: Date = Date::new(2024, 1, 8);
/// The least threshold before and since.
const LEAST: (u64, u64) = (10, 3);
/// The greatest threshold.
const MOST: u64 = 200;
/// The percentage where nobody gives one.
const USUAL: u64 = 50;

/// How many failed tasks a deployment bears: with that many it is FAILED.
pub fn threshold(desired: u32, given: Option<&ThresholdConfiguration>, as_of: Date) -> u32 {
    let least = if as_of < LOWER { LEAST.0 } else { LEAST.1 };
    let value = given.map_or(USUAL, |it| u64::try_from(it.value).unwrap_or(0));
    let part = (u64::from(desired) * value).div_ceil(100);
    let threshold = match given.map(|it| it.kind.as_str()) {
        Some("COUNT") => value,
        Some("UNBOUNDED_PERCENT") => part,
        _ => part.clamp(least, MOST),
    };
    // what bears no failure at all would fail before it began
    u32::try_from(threshold.max(1)).unwrap_or(u32::MAX)
}

/// Whether tasks that never come to RUNNING count though another of their deployment did.
pub fn counts_after_running(as_of: Date) -> bool {
    as_of >= LOWER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_is_half_of_the_desired_count_within_bounds() {
        let now = Date::new(2026, 11, 21);
        let once = Date::new(2023, 6, 30);
        // (desired count, threshold of 2023, of today), as in AWS's tables
        for (desired, before, today) in [
            (1, 10, 3),
            (6, 10, 3),
            (7, 10, 4),
            (20, 10, 10),
            (21, 11, 11),
            (25, 13, 13),
            (399, 200, 200),
            (400, 200, 200),
            (800, 200, 200),
        ] {
            assert_eq!(threshold(desired, None, once), before, "{desired}");
            assert_eq!(threshold(desired, None, now), today, "{desired}");
        }
    }

    #[test]
    fn a_threshold_of_its_own_is_a_number_or_a_percentage() {
        // (type, value, desired count, threshold)
        for (kind, value, desired, wanted) in [
            ("COUNT", 8, 100, 8),
            ("COUNT", 1, 100, 1),
            ("COUNT", 500, 2, 500),
            ("BOUNDED_PERCENT", 50, 800, 200),
            ("BOUNDED_PERCENT", 10, 10, 3),
            ("BOUNDED_PERCENT", 33, 10, 4),
            ("UNBOUNDED_PERCENT", 50, 800, 400),
            ("UNBOUNDED_PERCENT", 10, 10, 1),
            ("UNBOUNDED_PERCENT", 10, 1, 1),
        ] {
            let given = ThresholdConfiguration {
                kind: kind.to_owned(),
                value,
            };
            let found = threshold(desired, Some(&given), Date::new(2026, 11, 21));
            assert_eq!(found, wanted, "{kind} {value} of {desired}");
        }
    }
}
