//! Texts outside a closed set, such as a network mode in capitals.

use super::names::{clip, nearest};
use super::{API, Applies, CLIENT, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::task_definition::schema::{Flaw, Step};
use crate::text::{Value, edit, quote};

pub(super) static RULE: Rule = Rule {
    code: "unknown-value",
    applies: Applies::Always,
    source: API,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for problem in &subject.problems {
        let Flaw::NotOneOf(values) = problem.flaw else {
            continue;
        };
        let Some(written) = problem.node.as_str() else {
            continue;
        };
        let name = member_name(&problem.path);
        // any other protocol is taken as tcp; Fargate's log drivers have words of their own
        if name == "protocol" || (name == "logDriver" && subject.requests("FARGATE")) {
            continue;
        }
        let mut finding = error(
            problem.node.span,
            format!("{} is no value of {name}", quote(&clip(written))),
        )
        .help(format!("It is one of {}; capitals count.", values.join(", ")))
        .aws(CLIENT, format!("{written} should be one of [{}]", values.join(",")));
        if let Some(near) = nearest(written, values.iter().copied()) {
            finding = finding.fix(
                format!("Use {near}"),
                vec![Edit::replace(problem.node.span, quote(near))],
            );
        } else if let Some((holder, index)) = problem.holder {
            let edits = match holder.value {
                Value::Object(_) => edit::remove_member(holder.members(), index),
                _ => edit::remove_item(holder.items(), index),
            };
            finding = finding.fix(format!("Remove {}", clip(written)), edits);
        }
        findings.push(finding);
    }
}

fn member_name<'t>(path: &[Step<'t>]) -> &'t str {
    let names = path.iter().rev().filter_map(|step| match step {
        Step::Member(name) => Some(*name),
        Step::Item(_) => None,
    });
    names.into_iter().next().unwrap_or_default()
}
