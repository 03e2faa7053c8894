//! Elastic Inference is gone.

use super::subject::is_set;
use super::{API, Applies, CLIENT, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::edit;
use crate::units::Date;

pub(super) static RULE: Rule = Rule {
    code: "inference-accelerators",
    applies: Applies::Always,
    source: API,
    check,
};

/// The day from which new customers cannot have it.
const ENDED: Date = Date::new(2023, 4, 15);

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let member = subject.root.member("inferenceAccelerators");
    let Some(member) = member.filter(|member| is_set(&member.value)) else {
        return;
    };
    if subject.context.as_of < ENDED && !subject.for_fargate() {
        return;
    }
    findings.push(
        error(member.key.span, "inferenceAccelerators is no longer offered")
            .help("Elastic Inference ended on 2023-04-15.")
            .aws(CLIENT, "Unsupported field 'inferenceAccelerators'.")
            .fix("Remove inferenceAccelerators", edit::remove_named(subject.root, "inferenceAccelerators")),
    );
}
