//! An answer of `DescribeTaskDefinition` sent back as it came.

use super::{API, Applies, Rule, Subject, client_error};
use crate::finding::{Edit, Finding};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "wrapped-definition",
    applies: Applies::Always,
    source: API,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if std::ptr::eq(subject.document, subject.root) {
        return;
    }
    let Some(member) = subject.document.member("taskDefinition") else {
        return;
    };
    let (outer, inner) = (subject.document.span, subject.root.span);
    findings.push(
        client_error(member.key.span, "The definition is wrapped in taskDefinition, as DescribeTaskDefinition answers")
            .help("RegisterTaskDefinition takes the definition itself.")
            .fix(
                "Unwrap the definition",
                vec![
                    Edit::remove(Span::new(outer.start, inner.start)),
                    Edit::remove(Span::new(inner.end, outer.end)),
                ],
            ),
    );
}
