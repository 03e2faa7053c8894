//! Members that the API model demands, and texts that it does not allow to be empty.

use super::containers_present::EXAMPLE;
use super::names::is_name;
use super::{API, Applies, PARAM, Rule, Subject, client_error};
use crate::finding::Finding;
use crate::task_definition::schema::{Flaw, client_words, path_text};
use crate::text::{edit, quote};

pub(super) static RULE: Rule = Rule {
    code: "missing-member",
    applies: Applies::Always,
    source: API,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for problem in &subject.problems {
        if let Flaw::Short(least) = problem.flaw {
            let message = format!("{} is empty; it has {least} character at least", path_text(&problem.path));
            findings.push(client_error(problem.node.span, message).aws(PARAM, client_words(problem)));
        }
        let Flaw::Lacks(member) = problem.flaw else {
            continue;
        };
        let name = member.name;
        let place = Subject::brace(problem.node);
        let finding = client_error(place, format!("{name} is missing")).help(member.doc).aws(PARAM, client_words(problem));
        let value = match name {
            "family" => {
                let first = subject.definition.containers.first();
                let name = first.map(|container| container.name.as_str()).unwrap_or_default();
                Some(quote(if is_name(name) { name } else { "web" }))
            }
            "containerDefinitions" => Some(EXAMPLE.to_owned()),
            _ => None,
        };
        findings.push(match value {
            Some(json) => {
                let edit = edit::insert_member(subject.text, problem.node, &[], name, &json);
                finding.fix(format!("Add {name}"), vec![edit])
            }
            None => finding,
        });
    }
}
