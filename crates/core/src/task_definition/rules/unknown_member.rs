//! Members that the API does not have, most often misspelt.

use super::names::{clip, nearest};
use super::{API, Applies, PARAM, Rule, Subject, client_error};
use crate::finding::{Edit, Finding};
use crate::task_definition::schema::{Flaw, Problem, READ_ONLY, client_words, path_text};
use crate::text::{edit, quote};

pub(super) static RULE: Rule = Rule {
    code: "unknown-member",
    applies: Applies::Always,
    source: API,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for problem in &subject.problems {
        let Flaw::Unknown(index, shape) = problem.flaw else {
            continue;
        };
        let members = problem.node.members();
        let member = &members[index];
        let name = &*member.key.name;
        if problem.path.is_empty() && READ_ONLY.contains(&name) {
            continue;
        }
        let mut finding = client_error(
            member.key.span,
            format!("{} has no member {}", owner(problem), clip(name)),
        )
        .help("AWS's clients refuse it before they send anything; the service would pass over it.")
        .aws(PARAM, client_words(problem));
        let names = shape.members.iter().map(|member| member.name);
        let free = names.filter(|name| problem.node.member(name).is_none());
        if let Some(near) = nearest(name, free) {
            finding = finding.fix(
                format!("Rename to {near}"),
                vec![Edit::replace(member.key.span, quote(near))],
            );
        }
        let remove = format!("Remove {}", clip(name));
        findings.push(finding.fix(remove, edit::remove_member(members, index)));
    }
}

/// What has the member: 'A task definition', 'containerDefinitions[0]'.
fn owner(problem: &Problem<'_>) -> String {
    if problem.path.is_empty() {
        "A task definition".to_owned()
    } else {
        path_text(&problem.path)
    }
}
