//! Members that only AWS's answers have.

use super::{API, Applies, PARAM, Rule, Subject, client_error};
use crate::finding::{Edit, Finding};
use crate::task_definition::schema::{Flaw, READ_ONLY, client_words};
use crate::text::{edit, quote};

pub(super) static RULE: Rule = Rule {
    code: "read-only-member",
    applies: Applies::Always,
    source: API,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for problem in &subject.problems {
        let Flaw::Unknown(index, _) = problem.flaw else {
            continue;
        };
        let members = problem.node.members();
        let member = &members[index];
        let name = &*member.key.name;
        if !problem.path.is_empty() || !READ_ONLY.contains(&name) {
            continue;
        }
        let finding = client_error(
            member.key.span,
            format!("{name} is part of AWS's answers; it cannot be sent"),
        )
        .aws(PARAM, client_words(problem));
        let meant = "requiresCompatibilities";
        let finding = if name == "compatibilities" && problem.node.get(meant).is_none() {
            finding
                .help("What is to be checked for is asked with requiresCompatibilities; compatibilities is what AWS found it to be.")
                .fix(
                    format!("Rename to {meant}"),
                    vec![Edit::replace(member.key.span, quote(meant))],
                )
        } else {
            finding.help("AWS's clients refuse it before they send anything; the service would pass over it.")
        };
        let finding = finding.fix(format!("Remove {name}"), edit::remove_member(members, index));
        findings.push(finding);
    }
}
