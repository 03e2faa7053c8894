//! Sizes and days in words.

use fargate_core::compute::sizes::memory_text;
use fargate_core::units::{Date, MiB};

/// Memory sizes in words: a list, or a range with its step.
pub(crate) fn memory_words(sizes: impl Iterator<Item = MiB>) -> String {
    let sizes: Vec<MiB> = sizes.collect();
    let [first, second, .., last] = sizes.as_slice() else {
        return listed(&sizes);
    };
    let step = second.0 - first.0;
    let even = sizes
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if b.0 - a.0 == step));
    if !even || sizes.len() < 4 {
        return listed(&sizes);
    }
    let (first, last) = (memory_text(*first), memory_text(*last));
    let first = first.trim_end_matches(" GB");
    if step == 1_024 {
        format!("{first} to {last}")
    } else {
        format!("{first} to {last}, in steps of {}", memory_text(MiB(step)))
    }
}

fn listed(sizes: &[MiB]) -> String {
    let sizes: Vec<String> = sizes.iter().map(|size| memory_text(*size)).collect();
    sizes.join(", ")
}

/// A day in words: `29 Nov 2017`.
pub(crate) fn day_words(day: Date) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let text = day.to_string();
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let month = month.and_then(|month| month.parse::<usize>().ok());
    let month = month.and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    match (year, month, day) {
        (Some(year), Some(month), Some(day)) => {
            format!("{} {month} {year}", day.trim_start_matches('0'))
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::compute::sizes::{FARGATE_BEGINS, rows};

    #[test]
    fn the_five_rows_of_2017_are_said_as_on_the_slide() {
        let said: Vec<String> = rows(FARGATE_BEGINS, false)
            .map(|row| memory_words(row.memories()))
            .collect();
        let expected = [
            "512 MB, 1 GB, 2 GB",
            "1 to 4 GB",
            "2 to 8 GB",
            "4 to 16 GB",
            "8 to 30 GB",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn larger_steps_are_named() {
        let sizes = (16..=60).step_by(4).map(|gb| MiB(gb * 1_024));
        assert_eq!(memory_words(sizes), "16 to 60 GB, in steps of 4 GB");
    }

    #[test]
    fn days_are_said_short() {
        for (day, words) in [
            ((2017, 11, 29), "29 Nov 2017"),
            ((2025, 1, 2), "2 Jan 2025"),
        ] {
            assert_eq!(day_words(Date::new(day.0, day.1, day.2)), words);
        }
    }
}
