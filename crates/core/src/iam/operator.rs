//! Condition operators. Source: IAM User Guide, 'IAM JSON policy elements: Condition operators', 'Conditions with multiple
//! context keys or values'.

use super::context::Context;
use super::pattern::{Case, Pattern};
use super::policy::Text;
use crate::units::Date;
use ipnet::IpNet;
use std::cmp::Ordering;
use std::net::IpAddr;

/// How one value is compared with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The same text.
    Text(Case),
    /// A pattern.
    Like,
    /// A number, in one of these orders to the policy's.
    Number(&'static [Ordering]),
    /// A date, in one of these orders to the policy's.
    Date(&'static [Ordering]),
    /// `true` or `false`.
    Bool,
    /// Base64, to the letter.
    Binary,
    /// An address in a block.
    Address,
    /// An ARN, part by part.
    Arn,
}

/// How the values of a key with several are taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Several {
    /// The key has one value.
    One,
    /// `ForAllValues:`: each has to hold; so it is where there is none.
    All,
    /// `ForAnyValue:`: one has to hold.
    Any,
}

/// An operator as policies name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Its name without prefix and suffix.
    pub name: &'static str,
    /// How it compares; `None` for `Null`, which asks whether the key is absent.
    pub comparison: Option<Comparison>,
    /// Whether it holds where the comparison fails: `StringNotEquals` and the like.
    pub negated: bool,
    /// Its prefix.
    pub several: Several,
    /// `IfExists`: it holds where the key is absent.
    pub if_exists: bool,
}

const EQUAL: &[Ordering] = &[Ordering::Equal];
const LESS: &[Ordering] = &[Ordering::Less];
const LESS_EQUAL: &[Ordering] = &[Ordering::Less, Ordering::Equal];
const GREATER: &[Ordering] = &[Ordering::Greater];
const GREATER_EQUAL: &[Ordering] = &[Ordering::Greater, Ordering::Equal];

/// Every operator: its name, how it compares, whether it is negated.
const OPERATORS: &[(&str, Option<Comparison>, bool)] = &[
    ("StringEquals", Some(Comparison::Text(Case::Kept)), false),
    ("StringNotEquals", Some(Comparison::Text(Case::Kept)), true),
    (
        "StringEqualsIgnoreCase",
        Some(Comparison::Text(Case::Ignored)),
        false,
    ),
    (
        "StringNotEqualsIgnoreCase",
        Some(Comparison::Text(Case::Ignored)),
        true,
    ),
    ("StringLike", Some(Comparison::Like), false),
    ("StringNotLike", Some(Comparison::Like), true),
    ("NumericEquals", Some(Comparison::Number(EQUAL)), false),
    ("NumericNotEquals", Some(Comparison::Number(EQUAL)), true),
    ("NumericLessThan", Some(Comparison::Number(LESS)), false),
    (
        "NumericLessThanEquals",
        Some(Comparison::Number(LESS_EQUAL)),
        false,
    ),
    (
        "NumericGreaterThan",
        Some(Comparison::Number(GREATER)),
        false,
    ),
    (
        "NumericGreaterThanEquals",
        Some(Comparison::Number(GREATER_EQUAL)),
        false,
    ),
    ("DateEquals", Some(Comparison::Date(EQUAL)), false),
    ("DateNotEquals", Some(Comparison::Date(EQUAL)), true),
    ("DateLessThan", Some(Comparison::Date(LESS)), false),
    (
        "DateLessThanEquals",
        Some(Comparison::Date(LESS_EQUAL)),
        false,
    ),
    ("DateGreaterThan", Some(Comparison::Date(GREATER)), false),
    (
        "DateGreaterThanEquals",
        Some(Comparison::Date(GREATER_EQUAL)),
        false,
    ),
    ("Bool", Some(Comparison::Bool), false),
    ("BinaryEquals", Some(Comparison::Binary), false),
    ("IpAddress", Some(Comparison::Address), false),
    ("NotIpAddress", Some(Comparison::Address), true),
    ("ArnEquals", Some(Comparison::Arn), false),
    ("ArnLike", Some(Comparison::Arn), false),
    ("ArnNotEquals", Some(Comparison::Arn), true),
    ("ArnNotLike", Some(Comparison::Arn), true),
    ("Null", None, false),
];

/// The names of all operators, without prefixes and suffixes.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    OPERATORS.iter().map(|(name, ..)| *name)
}

impl Operator {
    /// The operator of a name; `None` where AWS knows none such.
    pub fn named(written: &str) -> Option<Self> {
        let (several, rest) = if let Some(rest) = written.strip_prefix("ForAllValues:") {
            (Several::All, rest)
        } else if let Some(rest) = written.strip_prefix("ForAnyValue:") {
            (Several::Any, rest)
        } else {
            (Several::One, written)
        };
        let (base, if_exists) = match rest.strip_suffix("IfExists") {
            Some(base) => (base, true),
            None => (rest, false),
        };
        let (name, comparison, negated) = *OPERATORS.iter().find(|(name, ..)| *name == base)?;
        if comparison.is_none() && (if_exists || several != Several::One) {
            return None;
        }
        Some(Self {
            name,
            comparison,
            negated,
            several,
            if_exists,
        })
    }

    /// The name as policies write it.
    pub fn written(&self) -> String {
        let prefix = match self.several {
            Several::One => "",
            Several::All => "ForAllValues:",
            Several::Any => "ForAnyValue:",
        };
        let suffix = if self.if_exists { "IfExists" } else { "" };
        format!("{prefix}{}{suffix}", self.name)
    }

    /// Whether a test of a key holds for a request.
    pub fn holds(&self, key: &str, wanted: &[Text], context: &Context, variables: bool) -> bool {
        let given = context.get(key);
        let Some(comparison) = self.comparison else {
            let absent = given.is_none_or(<[String]>::is_empty);
            let mut wanted = wanted.iter();
            return wanted.any(|it| {
                it.text
                    .eq_ignore_ascii_case(if absent { "true" } else { "false" })
            });
        };
        let Some(given) = given else {
            return self.if_exists
                || self.several == Several::All
                || (self.negated && self.several == Several::One);
        };
        let one = |value: &String| {
            let mut wanted = wanted.iter();
            let fits = wanted.any(|it| comparison.holds(value, &it.text, context, variables));
            fits != self.negated
        };
        match self.several {
            Several::All => given.iter().all(one),
            // a key of one value: the two are the same
            Several::One if self.negated => given.iter().all(one),
            Several::Any | Several::One => given.iter().any(one),
        }
    }
}

impl Comparison {
    /// Whether a value of the request fits a value of the policy. What cannot be read as what is compared fits nothing.
    fn holds(self, given: &str, wanted: &str, context: &Context, variables: bool) -> bool {
        // what a text is compared with to the letter has variables, but no wildcards
        let wild = !matches!(self, Self::Text(_));
        let pattern = || match (variables, wild) {
            (true, _) => Pattern::with_variables(wanted, context, wild),
            (false, true) => Some(Pattern::plain(wanted)),
            (false, false) => Some(Pattern::literal(wanted)),
        };
        match self {
            Self::Text(case) => pattern().is_some_and(|it| it.fits(given, case)),
            Self::Like => pattern().is_some_and(|it| it.fits(given, Case::Kept)),
            Self::Arn => pattern().is_some_and(|it| it.fits_arn(given)),
            Self::Number(orders) => match (number(given), number(wanted)) {
                (Some(given), Some(wanted)) => orders.contains(&given.cmp(&wanted)),
                _ => false,
            },
            Self::Date(orders) => match (seconds(given), seconds(wanted)) {
                (Some(given), Some(wanted)) => orders.contains(&given.cmp(&wanted)),
                _ => false,
            },
            Self::Bool => given.eq_ignore_ascii_case(wanted),
            Self::Binary => given == wanted,
            Self::Address => match (given.parse::<IpAddr>(), block(wanted)) {
                (Ok(given), Some(wanted)) => wanted.contains(&given),
                _ => false,
            },
        }
    }

    /// Whether a value of a policy can be compared at all; else what belongs there.
    pub(super) fn misfit(self, wanted: &str) -> Option<&'static str> {
        if wanted.contains("${") {
            return None;
        }
        let (fits, what) = match self {
            Self::Text(_) | Self::Like | Self::Binary => (true, ""),
            Self::Number(_) => (number(wanted).is_some(), "a number"),
            Self::Date(_) => (
                seconds(wanted).is_some(),
                "a date such as 2026-01-31T00:00:00Z",
            ),
            Self::Bool => (
                wanted.eq_ignore_ascii_case("true") || wanted.eq_ignore_ascii_case("false"),
                "true or false",
            ),
            Self::Address => (block(wanted).is_some(), "a block such as 203.0.113.0/24"),
            Self::Arn => (
                wanted.splitn(6, ':').count() == 6,
                "a whole ARN, of six parts between colons",
            ),
        };
        (!fits).then_some(what)
    }
}

/// A decimal in billionths.
fn number(text: &str) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all =
        |text: &str| (1..=18).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    if !all(whole) || !all(part) {
        return None;
    }
    let whole: i128 = whole.parse().ok()?;
    let part: String = part.chars().chain("000000000".chars()).take(9).collect();
    let value = whole * 1_000_000_000 + part.parse::<i128>().ok()?;
    Some(if negative { -value } else { value })
}

/// A moment in seconds since 1970: `2026-01-31`, `2026-01-31T10:00:00Z`, or the seconds themselves.
fn seconds(text: &str) -> Option<i64> {
    if !text.is_empty() && text.len() <= 12 && text.bytes().all(|it| it.is_ascii_digit()) {
        return text.parse().ok();
    }
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, time.strip_suffix('Z').unwrap_or(time)),
        None => (text, "00:00:00"),
    };
    let days = i64::try_from(Date::parse(date).ok()?.days_since_1970()).ok()?;
    let mut parts = time
        .split(':')
        .map(|it| it.split('.').next()?.parse::<i64>().ok());
    let (hours, minutes) = (parts.next()??, parts.next()??);
    let rest = parts.next().unwrap_or(Some(0))?;
    let fits = (0..24).contains(&hours) && (0..60).contains(&minutes) && (0..61).contains(&rest);
    fits.then_some(days * 86_400 + hours * 3_600 + minutes * 60 + rest)
}

/// A block, or a single address.
fn block(text: &str) -> Option<IpNet> {
    let single = || text.parse::<IpAddr>().ok().map(IpNet::from);
    text.parse().ok().or_else(single)
}
