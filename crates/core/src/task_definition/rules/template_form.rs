//! A definition in CloudFormation's form, or in YAML.

use super::{Applies, Rule, Subject, hint};
use crate::finding::{Edit, Finding};
use crate::text::{Span, print};

pub(super) static RULE: Rule = Rule {
    code: "template-form",
    applies: Applies::Always,
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let place = Subject::brace(subject.root);
    let (message, help) = match (subject.template, subject.yaml) {
        (Some(template), _) if template.functions => (
            "This is CloudFormation's form, and functions give some of its values",
            "What Ref and the other functions give is known when the stack is deployed; it is not judged here.",
        ),
        (Some(_), _) => (
            "This is CloudFormation's form",
            "It is judged as CloudFormation sends it: members begin with a small letter, numbers and texts fit their members.",
        ),
        (None, true) => (
            "This is YAML",
            "The AWS CLI takes it as --cli-input-yaml; the API itself takes JSON.",
        ),
        (None, false) => return,
    };
    let finding = hint(place, message).help(help);
    let whole = subject.template.is_none_or(|template| template.name.is_empty() && !template.functions);
    findings.push(if whole && subject.problems.is_empty() {
        let edit = Edit::replace(Span::new(0, subject.text.len()), print(subject.root));
        finding.fix("Write it as the API takes it", vec![edit])
    } else {
        finding
    });
}
