//! What the log driver awslogs must be told.

use super::names::{clip, nearest};
use super::{Applies, CLIENT, LOGS, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::text::{Node, Value, edit, quote};

pub(super) static RULE: Rule = Rule {
    code: "awslogs-options",
    applies: Applies::Always,
    source: LOGS,
    check,
};

/// Every option that the driver has.
const OPTIONS: [&str; 9] = [
    "awslogs-group",
    "awslogs-region",
    "awslogs-stream-prefix",
    "awslogs-create-group",
    "awslogs-datetime-format",
    "awslogs-multiline-pattern",
    "awslogs-endpoint",
    "mode",
    "max-buffer-size",
];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for container in subject.containers() {
        let Some(logs) = container.logs_with("awslogs") else {
            continue;
        };
        let options = logs.get("options");
        disallowed(options, findings);
        let lacks = |name: &&str| options.and_then(|options| options.get(name)).is_none();
        // in the order of AWS's words
        let missing: Vec<_> = ["awslogs-region", "awslogs-group"].into_iter().filter(lacks).collect();
        if missing.is_empty() || options.is_some_and(|options| !matches!(options.value, Value::Object(_))) {
            continue;
        }
        let prefix = "awslogs-stream-prefix";
        let mut added = missing.clone();
        if subject.for_fargate() && lacks(&prefix) {
            added.push(prefix);
        }
        let group = quote(&format!("/ecs/{}", subject.definition.family));
        let region = quote(&subject.context.region);
        let value = |name: &str| match name {
            "awslogs-group" => &*group,
            "awslogs-region" => &*region,
            _ => "\"ecs\"",
        };
        let edits = match options {
            Some(options) if !options.members().is_empty() => added
                .iter()
                .map(|name| edit::insert_member(subject.text, options, &[], name, value(name)))
                .collect(),
            _ => {
                let pairs: Vec<_> = added
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
            .fix(format!("Add {}", added.join(" and ")), edits),
        );
    }
}

/// Options that the driver does not have. AWS names all of them at once.
fn disallowed(options: Option<&Node>, findings: &mut Vec<Finding>) {
    let Some(options) = options else {
        return;
    };
    let members = options.members().iter().filter(|member| !member.shadowed);
    let strange: Vec<_> = members.filter(|member| !OPTIONS.contains(&&*member.key.name)).collect();
    let names: Vec<_> = strange.iter().map(|member| &*member.key.name).collect();
    let words = names.join(", ");
    for member in strange {
        let name = &member.key.name;
        let finding = error(member.key.span, format!("The log driver awslogs has no option {}", clip(name)))
            .aws(CLIENT, format!("Log driver awslogs disallows options: {words}"));
        let free = OPTIONS.into_iter().filter(|option| options.get(option).is_none());
        findings.push(
            match nearest(name, free) {
                Some(near) => finding.fix(format!("Use {near}"), vec![Edit::replace(member.key.span, quote(near))]),
                None => finding,
            }
            .fix(format!("Remove {}", clip(name)), edit::remove_named(options, name)),
        );
    }
}
