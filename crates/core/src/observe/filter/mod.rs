//! Filter patterns of CloudWatch Logs: terms, and conditions on lines that are JSON.
//!
//! `ERROR "bad request"` wants both, `?ERROR ?WARN` one of them, `-timeout` none of it; `{ $.level = "error" }` reads the line
//! as JSON. Everything is case sensitive. Regular expressions (`%…%`) and lists of fields (`[ip, user, …]`) are not modelled.
//!
//! Source: 'Filter pattern syntax for metric filters, subscription filters, filter log events, and Live Tail'.

mod json;

use crate::text;
use json::Condition;

/// Characters of a pattern at most. Source: API reference of `FilterLogEvents`.
const MAX_PATTERN: usize = 1_024;

/// A filter pattern that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter(Kind);

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    /// Every line.
    All,
    /// Terms in any text.
    Terms {
        /// All of these.
        wanted: Vec<String>,
        /// One of these, where there are any.
        any: Vec<String>,
        /// None of these.
        without: Vec<String>,
    },
    /// A condition on a line that is JSON.
    Json(Condition),
}

/// Why a pattern is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadFilter {
    /// The character at which it goes wrong, from 0.
    pub at: usize,
    /// What is wrong, as a sentence without its full stop.
    pub what: String,
    /// What to write instead.
    pub cure: String,
}

impl BadFilter {
    fn new(at: usize, what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self {
            at,
            what: what.into(),
            cure: cure.into(),
        }
    }
}

impl Filter {
    /// Reads a pattern; an empty one wants every line.
    pub fn read(pattern: &str) -> Result<Self, BadFilter> {
        let letters: Vec<char> = pattern.chars().collect();
        if letters.len() > MAX_PATTERN {
            let what = format!("The pattern has more than {MAX_PATTERN} characters");
            return Err(BadFilter::new(MAX_PATTERN, what, "Shorten it."));
        }
        let first = letters.iter().position(|it| !it.is_whitespace());
        match first.map(|at| (at, letters[at])) {
            None => Ok(Self(Kind::All)),
            Some((at, '{')) => json::read(&letters, at).map(|it| Self(Kind::Json(it))),
            Some((at, '[')) => Err(BadFilter::new(
                at,
                "Lists of fields are not modelled",
                "Write terms, or a condition such as { $.level = \"error\" }.",
            )),
            Some(_) => terms(&letters).map(Self),
        }
    }

    /// Whether it wants every line.
    pub fn is_all(&self) -> bool {
        self.0 == Kind::All
    }

    /// Whether it wants a line.
    pub fn wants(&self, line: &str) -> bool {
        match &self.0 {
            Kind::All => true,
            Kind::Terms {
                wanted,
                any,
                without,
            } => {
                wanted.iter().all(|term| line.contains(term.as_str()))
                    && (any.is_empty() || any.iter().any(|term| line.contains(term.as_str())))
                    && !without.iter().any(|term| line.contains(term.as_str()))
            }
            Kind::Json(condition) => {
                let text = line.trim_start();
                text.starts_with('{') && condition.holds(&text::read(text).root)
            }
        }
    }
}

fn terms(letters: &[char]) -> Result<Kind, BadFilter> {
    let (mut wanted, mut any, mut without) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    while at < letters.len() {
        if letters[at].is_whitespace() {
            at += 1;
            continue;
        }
        let list = match letters[at] {
            '?' => &mut any,
            '-' => &mut without,
            _ => &mut wanted,
        };
        let begins = at;
        if matches!(letters[at], '?' | '-') {
            at += 1;
        }
        let (term, end) = term(letters, at)?;
        if term.is_empty() {
            let what = format!("Nothing follows {}", letters[begins]);
            return Err(BadFilter::new(
                begins,
                what,
                "Write a term right after it, without a blank.",
            ));
        }
        list.push(term);
        at = end;
    }
    // AWS ignores the terms of a ? beside others
    if !wanted.is_empty() || !without.is_empty() {
        any.clear();
    }
    Ok(Kind::Terms {
        wanted,
        any,
        without,
    })
}

/// A term from a place on, quoted or not, and where it ends.
fn term(letters: &[char], from: usize) -> Result<(String, usize), BadFilter> {
    match letters.get(from) {
        Some('"') => quoted(letters, from),
        Some('%') => Err(BadFilter::new(
            from,
            "Regular expressions are not modelled",
            "Write the words that are wanted; quote what is more than letters and digits.",
        )),
        _ => {
            let rest = letters[from..].iter();
            let length = rest.take_while(|it| !it.is_whitespace()).count();
            let term: String = letters[from..from + length].iter().collect();
            let bad = term
                .chars()
                .position(|it| !(it.is_alphanumeric() || it == '_'));
            match bad {
                None => Ok((term, from + length)),
                Some(place) => Err(BadFilter::new(
                    from + place,
                    format!(
                        "{} stands in a term without quotation marks",
                        letters[from + place]
                    ),
                    format!("Quote it: \"{}\".", term.replace('"', "")),
                )),
            }
        }
    }
}

/// A quoted text from its quotation mark on, and where it ends.
fn quoted(letters: &[char], from: usize) -> Result<(String, usize), BadFilter> {
    let mut text = String::new();
    let mut at = from + 1;
    while let Some(letter) = letters.get(at) {
        match (letter, letters.get(at + 1)) {
            ('"', _) => return Ok((text, at + 1)),
            ('\\', Some(escaped)) => {
                text.push(*escaped);
                at += 1;
            }
            (other, _) => text.push(*other),
        }
        at += 1;
    }
    Err(BadFilter::new(
        from,
        "This quotation mark is never closed",
        "Add \" after the phrase.",
    ))
}
