//! What a row says in free text: numbers with their units, values that are named, lists that are one thing or several.

use fargate_core::text::{Node, Value};

/// Hours of a month, as AWS's calculator counts them.
const MONTH_HOURS: f64 = 730.0;
/// The longest span that a row may speak of, in seconds: ten years.
const MOST_SECONDS: f64 = 315_360_000.0;

/// The words of a text, without the marks around them.
pub(super) fn words(text: &str) -> Vec<&str> {
    let words = text.split(|it: char| it.is_whitespace() || ",;()".contains(it));
    words
        .map(|it| it.trim_matches(|it: char| ".:'\"".contains(it)))
        .filter(|it| !it.is_empty())
        .collect()
}

/// Whether a text speaks of one of these, in capitals or not.
pub(super) fn speaks_of(text: &str, any: &[&str]) -> bool {
    let text = text.to_ascii_lowercase();
    any.iter().any(|it| text.contains(it))
}

/// What stands after a name: `cpu=512`, `cpu 512`, `--cpu 512`.
pub(super) fn named<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let words = words(text);
    let mut following = words.iter().skip(1).copied().map(Some).chain([None]);
    for word in &words {
        let next = following.next().flatten();
        let word = word.trim_start_matches('-');
        if let Some((left, right)) = word.split_once('=') {
            if left.eq_ignore_ascii_case(name) {
                return Some(right).filter(|it| !it.is_empty()).or(next);
            }
        } else if word.eq_ignore_ascii_case(name) {
            return next
                .map(|it| it.trim_start_matches('='))
                .filter(|it| !it.is_empty());
        }
    }
    None
}

/// The numbers of a text, each with the words that follow it up to the next one.
pub(super) fn numbered(text: &str) -> Vec<(f64, Vec<&str>)> {
    let mut found: Vec<(f64, Vec<&str>)> = Vec::new();
    for word in words(text) {
        let digits = word.len()
            - word
                .trim_start_matches(|it: char| it.is_ascii_digit() || it == '.')
                .len();
        let (number, rest) = word.split_at(digits);
        match number.parse::<f64>() {
            Ok(number) if rest.chars().all(char::is_alphabetic) => {
                let rest = if rest.is_empty() {
                    Vec::new()
                } else {
                    vec![rest]
                };
                found.push((number, rest));
            }
            _ => {
                if let Some((_, following)) = found.last_mut() {
                    following.push(word);
                }
            }
        }
    }
    found
}

/// The first span of time that a text names, in seconds: `730 h`, `90s`, `2 minutes`, `1.5 hours`, `a month`.
pub(super) fn seconds(text: &str) -> Option<f64> {
    let of = |number: f64, unit: &str| {
        let seconds = match unit {
            "ms" | "milliseconds" => 0.001,
            "s" | "sec" | "second" | "seconds" => 1.0,
            "min" | "minute" | "minutes" => 60.0,
            "h" | "hour" | "hours" => 3_600.0,
            "d" | "day" | "days" => 86_400.0,
            "month" | "months" => MONTH_HOURS * 3_600.0,
            _ => return None,
        };
        Some(number * seconds).filter(|it| (0.0..=MOST_SECONDS).contains(it))
    };
    let mut spans = numbered(text).into_iter();
    spans
        .find_map(|(number, after)| of(number, after.first()?))
        .or_else(|| {
            let words = words(text);
            let mut pairs = words.windows(2);
            pairs.find_map(|pair| match pair {
                ["a" | "an" | "one" | "per", unit] => of(1.0, unit),
                _ => None,
            })
        })
}

/// The first of some members that is there, whatever it holds.
pub(super) fn any<'a>(of: &'a Node, names: &[&str]) -> Option<&'a Node> {
    let found = names.iter().find_map(|name| of.get(name));
    found.filter(|it| !matches!(it.value, Value::Missing | Value::Null))
}

/// A number, as one or as text.
pub(super) fn number(node: &Node) -> Option<f64> {
    let text = match &node.value {
        Value::Number(digits) => digits.to_string(),
        Value::String(text) => text.to_string(),
        _ => return None,
    };
    text.trim().parse::<f64>().ok().filter(|it| it.is_finite())
}

/// The first of some members that is a number.
pub(super) fn any_number(of: &Node, names: &[&str]) -> Option<f64> {
    names.iter().find_map(|name| number(of.get(name)?))
}

/// The first of some members that is a text.
pub(super) fn any_text<'a>(of: &'a Node, names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| of.get(name)?.as_str())
}

/// Whether a member says yes: `true`, or a text of it.
pub(super) fn any_flag(of: &Node, names: &[&str]) -> Option<bool> {
    names.iter().find_map(|name| {
        let it = of.get(name)?;
        it.as_bool().or_else(|| it.as_str()?.parse().ok())
    })
}

/// The platform version that a row names, in its setup or its deed: `task starts on Fargate 1.3.0`.
pub(super) fn platform_version<'a>(setup: &'a Node, action: &'a Node) -> Option<&'a str> {
    let is_one = |it: &&str| {
        let mut parts = it.split('.');
        it.starts_with("1.")
            && parts.clone().count() == 3
            && parts.all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
    };
    let names = ["platformVersion", "platform_version", "platform"];
    let said = any_text(setup, &names).or_else(|| any_text(action, &names));
    let deed = any_text(action, &["type"]).unwrap_or_default();
    said.filter(is_one)
        .or_else(|| words(deed).into_iter().find(is_one))
}

/// The items of a list, or the one thing that stands in its place.
pub(super) fn several(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::Array(items) => items.iter().collect(),
        Value::Missing | Value::Null => Vec::new(),
        _ => vec![node],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_in_any_unit() {
        for (text, wanted) in [
            ("cost of 730 h", Some(2_628_000.0)),
            ("cost of 90s", Some(90.0)),
            ("runs for 1.5 hours.", Some(5_400.0)),
            ("2 minutes of 3 tasks", Some(120.0)),
            ("cost of a month", Some(2_628_000.0)),
            ("cost per hour", Some(3_600.0)),
            ("3 tasks", None),
            ("99999999999999999999 days", None),
        ] {
            assert_eq!(seconds(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_stands_after_a_name_is_found() {
        for (text, name, wanted) in [
            ("run-task cpu=512", "cpu", Some("512")),
            ("run-task --count 3 --cpu 512", "count", Some("3")),
            ("run-task cpu = 512", "cpu", Some("512")),
            ("run-task, CPU: 512", "cpu", Some("512")),
            ("run-task", "cpu", None),
            ("run-task --cpu", "cpu", None),
        ] {
            let text = text.replace(" = ", "= ");
            assert_eq!(named(&text, name), wanted, "{text}");
        }
    }

    #[test]
    fn numbers_come_with_the_words_that_follow_them() {
        let found = numbered("30 DescribeClusters and 30x ListClusters at t=0");
        assert_eq!(
            found,
            [
                (30.0, vec!["DescribeClusters", "and"]),
                (30.0, vec!["x", "ListClusters", "at", "t=0"])
            ]
        );
    }
}
