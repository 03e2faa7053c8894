//! `awslogs-datetime-format`: a line in which such a time stands begins a new event, any other goes on with the last.
//!
//! Source: 'awslogs-datetime-format' of Docker's awslogs driver, the table of strftime codes.

/// Whether a time of that format stands anywhere in a line.
pub(super) fn has_time(format: &str, line: &str) -> bool {
    let line: Vec<char> = line.chars().collect();
    (0..line.len()).any(|from| stands(format, &line[from..]))
}

/// Whether a text begins with a time of that format.
fn stands(format: &str, mut text: &[char]) -> bool {
    let mut format = format.chars();
    while let Some(letter) = format.next() {
        let taken = if letter == '%' {
            format.next().and_then(|code| code_at(code, text))
        } else {
            (text.first() == Some(&letter)).then_some(1)
        };
        match taken {
            Some(taken) => text = &text[taken..],
            None => return false,
        }
    }
    true
}

/// How many characters a strftime code takes at the beginning of a text; `None` where it does not stand there.
fn code_at(code: char, text: &[char]) -> Option<usize> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const DAYS: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let digits = |least: usize, most: usize| {
        let count = text
            .iter()
            .take(most)
            .take_while(|it| it.is_ascii_digit())
            .count();
        (count >= least).then_some(count)
    };
    let begins = |word: &str| {
        text.iter()
            .copied()
            .take(word.len())
            .eq(word.chars())
            .then_some(word.len())
    };
    match code {
        'd' | 'm' | 'H' | 'I' | 'M' | 'S' | 'y' | 'w' => digits(1, 2),
        'Y' => digits(4, 4),
        'j' => digits(3, 3),
        'f' => digits(1, 9),
        'L' => (text.first() == Some(&'.'))
            .then(|| {
                text.iter()
                    .skip(1)
                    .take(3)
                    .take_while(|it| it.is_ascii_digit())
                    .count()
            })
            .filter(|it| *it == 3)
            .map(|it| it + 1),
        'b' => MONTHS.iter().find_map(|it| begins(&it[..3])),
        'B' => MONTHS.iter().find_map(|it| begins(it)),
        'a' => DAYS.iter().find_map(|it| begins(&it[..3])),
        'A' => DAYS.iter().find_map(|it| begins(it)),
        'p' => begins("AM").or_else(|| begins("PM")),
        'z' => matches!(text.first(), Some('+' | '-'))
            .then(|| {
                text.iter()
                    .skip(1)
                    .take(4)
                    .take_while(|it| it.is_ascii_digit())
                    .count()
            })
            .filter(|it| *it == 4)
            .map(|it| it + 1),
        'Z' => {
            Some(text.iter().take_while(|it| it.is_ascii_uppercase()).count()).filter(|it| *it > 0)
        }
        '%' => begins("%"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::has_time;

    #[test]
    fn a_time_is_found_where_it_stands() {
        // (format, line, found)
        for (format, line, found) in [
            ("%Y-%m-%d %H:%M:%S", "2026-06-01 10:00:01 error", true),
            ("%Y-%m-%d %H:%M:%S", "   at Main.java:12", false),
            ("[%b %d, %Y %H:%M:%S]", "x [May 01, 2017 19:00:01] y", true),
            ("%H:%M:%S%L", "10:00:01.234", true),
            ("%H:%M:%S%L", "10:00:01,234", false),
            ("", "anything", true),
        ] {
            assert_eq!(has_time(format, line), found, "{format} in {line}");
        }
    }
}
