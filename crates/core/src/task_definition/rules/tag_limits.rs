//! How many tags there are, and what their keys may be.

use super::names::clip;
use super::subject::items;
use super::{Applies, CLIENT, Rule, Subject, error, warning};
use crate::finding::Finding;
use crate::text::{Node, edit, quote};
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    code: "tag-limits",
    applies: Applies::Always,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html",
    check,
};

/// How many tags a resource may have.
const MOST: usize = 50;

/// What begins so, whatever its capitals, is AWS's own.
const RESERVED: &str = "aws:";

/// The most characters that are documented.
const LENGTHS: [(&str, usize); 2] = [("key", 128), ("value", 256)];

/// The words are not observed of ECS: those for the number follow its other lists, those for the prefix are the ones of AWS's
/// other services.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let tags = items(subject.root, "tags");
    let mut keys = BTreeSet::new();
    for (index, tag) in tags.iter().enumerate() {
        let remove = |finding: Finding| match tags.len() {
            // an empty list is refused as well
            1 => finding.fix("Remove tags", edit::remove_named(subject.root, "tags")),
            _ => finding.fix("Remove the tag", edit::remove_item(tags, index)),
        };
        if index >= MOST {
            findings.push(remove(
                error(Subject::brace(tag), format!("This is tag {}; there are {MOST} at most", index + 1))
                    .aws(CLIENT, format!("Tags can have at most {MOST} items.")),
            ));
            continue;
        }
        for (name, most) in LENGTHS {
            let Some((value, written)) = tag.get(name).and_then(|value| Some((value, value.as_str()?))) else {
                continue;
            };
            let quoted = quote(&clip(written));
            let starts = written.get(..RESERVED.len());
            if starts.is_some_and(|start| start.eq_ignore_ascii_case(RESERVED)) {
                findings.push(remove(
                    error(value.span, format!("The {name} {quoted} begins with {RESERVED}, which only AWS's own tags do"))
                        .aws(CLIENT, "aws: prefixed tag key names are not allowed for external use."),
                ));
                break;
            }
            let length = written.chars().count();
            if length > most {
                findings.push(
                    warning(value.span, format!("The {name} {quoted} has {length} characters; AWS documents {most} at most"))
                        .help("In which words AWS refuses it is not known."),
                );
            }
        }
        let Some((value, key)) = tag.get("key").and_then(|value: &Node| Some((value, value.as_str()?))) else {
            continue;
        };
        if !key.is_empty() && !keys.insert(key) {
            findings.push(remove(
                warning(value.span, format!("Another tag has the key {}", quote(&clip(key))))
                    .help("AWS documents that each key is there once; which of the two counts is not known."),
            ));
        }
    }
}
