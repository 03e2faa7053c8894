//! The name of the family.

use super::names::{NAME_RULE, clip, is_name, name_flaw, tidy};
use super::{API, Applies, CLIENT, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::text::quote;

pub(super) static RULE: Rule = Rule {
    code: "family-name",
    applies: Applies::Always,
    source: API,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(value) = subject.root.get("family") else {
        return;
    };
    let Some(family) = value.as_str().filter(|family| !is_name(family)) else {
        return;
    };
    let (message, words) = if family.is_empty() {
        ("The family is empty".to_owned(), "Family should not be null or empty.")
    } else {
        (
            format!("{} is no family: {}", quote(&clip(family)), name_flaw(family)),
            "Family contains invalid characters.",
        )
    };
    let name = tidy(family).unwrap_or_else(|| "web".to_owned());
    findings.push(
        error(value.span, message)
            .help(NAME_RULE)
            .aws(CLIENT, words)
            .fix(format!("Use {name}"), vec![Edit::replace(value.span, quote(&name))]),
    );
}
