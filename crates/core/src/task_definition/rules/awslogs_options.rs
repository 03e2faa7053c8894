//! What the log driver awslogs must be told.

use super::{Applies, CLIENT, LOGS, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::{Value, edit, quote};

pub(super) static RULE: Rule = Rule {
    code: "awslogs-options",
    applies: Applies::Always,
    source: LOGS,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for container in subject.containers() {
        let Some(logs) = container.logs_with("awslogs") else {
            continue;
        };
        let options = logs.get("options");
        let lacks = |name: &&str| options.and_then(|options| options.get(name)).is_none();
        // in the order of AWS's words
        let missing: Vec<_> = ["awslogs-region", "awslogs-group"].into_iter().filter(lacks).collect();
        if missing.is_empty() || options.is_some_and(|options| !matches!(options.value, Value::Object(_))) {
            continue;
        }
        let group = quote(&format!("/ecs/{}", subject.definition.family));
        let region = quote(&subject.context.region);
        let value = |name: &str| if name == "awslogs-group" { &group } else { &region };
        let edits = match options {
            Some(options) if !options.members().is_empty() => missing
                .iter()
                .map(|name| edit::insert_member(subject.text, options, &[], name, value(name)))
                .collect(),
            _ => {
                let pairs: Vec<_> = missing
                    .iter()
                    .map(|name| format!("{}: {}", quote(name), value(name)))
                    .collect();
                let json = format!("{{ {} }}", pairs.join(", "));
                vec![subject.set(logs, &["logDriver"], "options", &json)]
            }
        };
        findings.push(
            error(
                Subject::place(logs, "options"),
                format!("The log driver awslogs needs {}", missing.join(" and ")),
            )
            .aws(CLIENT, format!("Log driver awslogs requires options: {}", missing.join(", ")))
            .fix(format!("Add {}", missing.join(" and ")), edits),
        );
    }
}
