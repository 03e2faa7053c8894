//! Several containers, and none says whether the task needs it.

use super::{API_CONTAINER, Applies, Rule, Subject, hint};
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    code: "all-essential",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let count = subject.containers().count();
    if count < 2 || subject.containers().any(|container| container.node.get("essential").is_some()) {
        return;
    }
    findings.push(
        hint(
            subject.root.member("containerDefinitions").map_or(Subject::brace(subject.root), |member| member.key.span),
            "All containers of containerDefinitions are essential, as none says otherwise",
        )
        .help("When any of them stops, the task stops with all of them. A helper that may stop says \"essential\": false."),
    );
}
