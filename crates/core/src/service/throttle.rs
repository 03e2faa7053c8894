//! How long a service waits before it starts another task after tasks that never came to RUNNING.
//!
//! Source: 'Amazon ECS service throttle logic': the delay grows to 15 minutes, as the guide had it until 2023, or 27 minutes, as it has
//! it now. AWS publishes no schedule; here it doubles from 10 seconds.

use crate::units::{Date, SimSpan};

/// Seconds between attempts.
const DELAYS: [u64; 10] = [0, 10, 20, 40, 80, 160, 320, 640, 1_280, 1_620];
/// The first day on which the guide speaks of 27 minutes. The year is known.
const LONGER: Date = Date::new(2024, 1, 1);
/// The longest delay before that, in seconds.
const SHORT: u64 = 900;

/// Failed attempts in a row after which the service says that it cannot start tasks.
pub const IMPAIRED: u32 = 3;

/// How long the next attempt waits after so many failed ones in a row.
pub fn delay(failures: u32, as_of: Date) -> SimSpan {
    let place = usize::try_from(failures).unwrap_or(usize::MAX);
    let seconds = match place.checked_sub(1) {
        None => 0,
        Some(place) => DELAYS[place.min(DELAYS.len() - 1)],
    };
    SimSpan::secs(if as_of < LONGER {
        seconds.min(SHORT)
    } else {
        seconds
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_grows_up_to_the_longest_of_the_day() {
        let all = |day| {
            let day = Date::parse(day).unwrap();
            (0..13)
                .map(|it| delay(it, day).0 / 1_000)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            all("2026-11-21"),
            [
                0, 0, 10, 20, 40, 80, 160, 320, 640, 1_280, 1_620, 1_620, 1_620
            ]
        );
        assert_eq!(
            all("2023-12-31"),
            [0, 0, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900]
        );
    }
}
