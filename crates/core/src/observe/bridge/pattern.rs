//! Event patterns: which events a rule is for.
//!
//! A pattern is an object like the event, with a list of what is wanted in the place of each value. Members that it does not name do
//! not matter. Source: 'Creating Amazon EventBridge event patterns', 'Comparison operators'; the words of refusals are those of
//! `aws/event-ruler`.

use crate::observe::like::like;
use crate::text::{self, LineIndex, Node, Span, Value};

/// Bytes of a pattern at most. Source: 'Amazon EventBridge quotas'.
const MAX_BYTES: usize = 2_048;

/// A pattern that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    root: Node,
}

/// Why a pattern is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPattern {
    /// Where it goes wrong.
    pub span: Span,
    /// AWS's reason, with the line and the column.
    pub reason: String,
    /// What to write instead.
    pub cure: String,
}

impl Pattern {
    /// Reads a pattern.
    pub fn read(pattern: &str) -> Result<Self, BadPattern> {
        let reader = Reader { text: pattern };
        let text::Document { root, findings } = text::read(pattern);
        if pattern.len() > MAX_BYTES {
            let cure = format!("Use at most {MAX_BYTES} bytes.");
            return Err(reader.bad(Span::at(MAX_BYTES), "Event pattern is too long", &cure));
        }
        let mut findings = findings.into_iter();
        let broken = findings.find(|it| it.severity == crate::finding::Severity::Error);
        if let Some(finding) = broken {
            return Err(reader.bad(finding.span, &finding.message, &finding.help));
        }
        if !matches!(root.value, Value::Object(_)) {
            let cure = "Write { \"source\": [\"aws.ecs\"] }.";
            return Err(reader.bad(root.span, "Filter is not an object", cure));
        }
        reader.object(&root)?;
        Ok(Self { root })
    }

    /// Whether it is for an event.
    pub fn wants(&self, event: &Node) -> bool {
        object_wants(&self.root, &[event])
    }
}

struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn bad(&self, span: Span, reason: &str, cure: &str) -> BadPattern {
        let place =
            LineIndex::new(self.text).line_column(self.text, span.start.min(self.text.len()));
        BadPattern {
            span,
            reason: format!(
                "{reason} at [Source: (String)\"{}\"; line: {}, column: {}]",
                self.text, place.line, place.column
            ),
            cure: cure.to_owned(),
        }
    }

    fn object(&self, node: &Node) -> Result<(), BadPattern> {
        if node.members().is_empty() {
            let cure = "Name at least one member, such as \"source\": [\"aws.ecs\"].";
            return Err(self.bad(node.span, "Empty objects are not allowed", cure));
        }
        for member in node.members() {
            let name = &*member.key.name;
            match &member.value.value {
                Value::Array(items) if items.is_empty() => {
                    let cure = "Write at least one value into the list.";
                    return Err(self.bad(member.value.span, "Empty arrays are not allowed", cure));
                }
                Value::Array(items) if name == "$or" => {
                    for item in items {
                        if !matches!(item.value, Value::Object(_)) {
                            let cure = "$or takes a list of objects.";
                            return Err(self.bad(item.span, "Filter is not an object", cure));
                        }
                        self.object(item)?;
                    }
                }
                Value::Array(items) => items.iter().try_for_each(|item| self.wish(item))?,
                Value::Object(_) => self.object(&member.value)?,
                _ => {
                    let reason = format!("\"{name}\" must be an object or an array");
                    let value = text::print(&member.value);
                    let cure = format!("Put the value into a list: [{value}].");
                    return Err(self.bad(member.value.span, &reason, &cure));
                }
            }
        }
        Ok(())
    }

    /// One thing that is wanted of a value.
    fn wish(&self, node: &Node) -> Result<(), BadPattern> {
        const KNOWN: &str = "Known are prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric and exists.";
        let [member] = node.members() else {
            return match node.value {
                Value::Array(_) | Value::Object(_) => Err(self.bad(
                    node.span,
                    "Match value must be String, number, true, false, or null",
                    KNOWN,
                )),
                _ => Ok(()),
            };
        };
        let value = &member.value;
        let is_text = value.as_str().is_some_and(|text| !text.is_empty());
        let plain = |node: &Node| matches!(node.value, Value::String(_) | Value::Number(_));
        let (good, reason) = match &*member.key.name {
            name @ ("prefix" | "suffix" | "equals-ignore-case" | "wildcard") => {
                let inner = value.get("equals-ignore-case").is_some() && name != "wildcard";
                (
                    is_text || inner,
                    format!("{name} match pattern must be a string"),
                )
            }
            "exists" => (
                value.as_bool().is_some(),
                "exists match pattern must be either true or false.".to_owned(),
            ),
            "numeric" => (numeric(value).is_some(), "Invalid numeric match".to_owned()),
            "anything-but" => {
                let list = !value.items().is_empty() && value.items().iter().all(plain);
                let inner = ["prefix", "suffix", "equals-ignore-case", "wildcard"];
                let object = inner.iter().any(|it| value.get(it).is_some());
                (
                    plain(value) || list || object,
                    "Value of anything-but must be an array or single string/number value."
                        .to_owned(),
                )
            }
            other => (false, format!("Unrecognized match type {other}")),
        };
        if good {
            return Ok(());
        }
        let cure = match &*member.key.name {
            "numeric" => "Write \"numeric\": [\">\", 0, \"<=\", 5].",
            "exists" => "Write true or false.",
            _ => KNOWN,
        };
        Err(self.bad(member.key.span, &reason, cure))
    }
}

/// The comparisons of `numeric`, each with its number.
fn numeric(node: &Node) -> Option<Vec<(&str, f64)>> {
    let pairs = node.items().chunks(2).map(|pair| {
        let [order, number] = pair else { return None };
        let order = order
            .as_str()
            .filter(|it| ["=", "<", "<=", ">", ">="].contains(it))?;
        Some((order, as_number(number)?))
    });
    let pairs: Option<Vec<_>> = pairs.collect();
    pairs.filter(|it| (1..=2).contains(&it.len()))
}

fn as_number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}

/// What of an event is meant: one value, or each of a list's.
fn object_wants(pattern: &Node, events: &[&Node]) -> bool {
    pattern.members().iter().all(|member| {
        let name = &*member.key.name;
        if name == "$or" {
            return member
                .value
                .items()
                .iter()
                .any(|it| object_wants(it, events));
        }
        let found = events
            .iter()
            .flat_map(|event| each(event))
            .filter_map(|it| it.get(name));
        let found: Vec<&Node> = found.flat_map(each).collect();
        match &member.value.value {
            Value::Array(wishes) => wishes.iter().any(|wish| granted(wish, &found)),
            _ => object_wants(&member.value, &found),
        }
    })
}

/// A value, or the items where it is a list.
fn each(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::Array(items) => items.iter().collect(),
        _ => vec![node],
    }
}

fn granted(wish: &Node, found: &[&Node]) -> bool {
    if let Some(wanted) = wish.get("exists").and_then(Node::as_bool) {
        let is_leaf = |it: &&&Node| !matches!(it.value, Value::Object(_));
        return found.iter().any(|it| is_leaf(&it)) == wanted;
    }
    found.iter().any(|node| is_so(wish, node))
}

fn is_so(wish: &Node, node: &Node) -> bool {
    let Some(member) = wish.members().first() else {
        return same(wish, node);
    };
    let (wanted, text) = (&member.value, node.as_str());
    let both = |test: fn(&str, &str) -> bool| {
        let folded = wanted.get("equals-ignore-case").and_then(Node::as_str);
        match (text, wanted.as_str(), folded) {
            (Some(text), Some(wanted), _) => test(text, wanted),
            (Some(text), None, Some(folded)) => test(&text.to_lowercase(), &folded.to_lowercase()),
            _ => false,
        }
    };
    match &*member.key.name {
        "prefix" => both(|text, wanted| text.starts_with(wanted)),
        "suffix" => both(|text, wanted| text.ends_with(wanted)),
        "equals-ignore-case" => both(|text, wanted| text.to_lowercase() == wanted.to_lowercase()),
        "wildcard" => both(like),
        "numeric" => as_number(node).is_some_and(|number| {
            let all = numeric(wanted).unwrap_or_default();
            all.iter()
                .all(|(order, wanted)| compared(order, number, *wanted))
        }),
        "anything-but" => {
            let is_leaf = matches!(node.value, Value::String(_) | Value::Number(_));
            let inner = matches!(wanted.value, Value::Object(_));
            let refused = if inner {
                is_so(wanted, node)
            } else {
                each(wanted).iter().any(|it| same(it, node))
            };
            is_leaf && !refused
        }
        _ => false,
    }
}

#[expect(clippy::float_cmp, reason = "equal is what the pattern asks for")]
fn compared(order: &str, number: f64, wanted: f64) -> bool {
    match order {
        "=" => number == wanted,
        "<" => number < wanted,
        "<=" => number <= wanted,
        ">" => number > wanted,
        _ => number >= wanted,
    }
}

fn same(one: &Node, other: &Node) -> bool {
    match (as_number(one), as_number(other)) {
        (Some(one), Some(other)) => compared("=", one, other),
        _ => one.value == other.value,
    }
}
