//! The judgement: what the rules find in a definition, in which order AWS would say it, and the verdict.

use super::{Reading, Verdict, definition_of};
use crate::call::LaunchType;
use crate::finding::{AwsError, Edit, Finding, Moment, Severity};
use crate::task_definition::context::Context;
use crate::task_definition::extract;
use crate::task_definition::form::{self, Form, Template};
use crate::task_definition::model::{System, TaskDefinition};
use crate::task_definition::rules::{self, Applies, RULES, Rule, Subject};
use crate::task_definition::schema;
use crate::text::{Node, Span, Value};

/// Judges a tree that was read from `text`.
pub(super) fn judge(
    text: &str,
    yaml: bool,
    form: Form,
    findings: Vec<Finding>,
    context: &Context,
) -> Reading {
    let Form { document, template } = form;
    let root = definition_of(&document);
    let mut definition = extract::task_definition(root);
    name_it(&mut definition, template.as_ref());
    // where brackets do not match, nobody knows in which object an edit would land
    let damaged = findings.iter().any(|finding| {
        [
            "json-bracket",
            "json-string-open",
            "json-depth",
            "json-many",
        ]
        .contains(&finding.code)
    });
    // the reader's findings come first, in the order of their places
    let reader = findings.into_iter().enumerate();
    let mut ordered: Vec<(Order, Finding)> = reader
        .map(|(place, finding)| ((0, place), finding))
        .collect();
    let (mut runs_on_fargate, mut words) = (true, None);
    if let Some(finding) = no_object(&document, template.is_some()) {
        ordered.push(((0, usize::MAX), finding));
    } else {
        let subject = Subject {
            text,
            document: &document,
            root,
            definition: &definition,
            template: template.as_ref(),
            yaml,
            problems: problems(root, template.as_ref()),
            context,
        };
        runs_on_fargate = by_rules(&subject, damaged, &mut ordered);
        words = client_words(&subject.problems);
    }
    ordered.sort_by_key(|(order, finding)| (finding.span, *order));
    let decides = first(&ordered, |finding| finding.severity == Severity::Error);
    let run_refusal = first(&ordered, |finding| {
        finding.moment == Moment::Run && finding.aws.is_some()
    });
    let mut findings: Vec<Finding> = ordered.into_iter().map(|(_, finding)| finding).collect();
    respell(&mut findings, text, yaml, template.is_some());
    let verdict = verdict(decides, &findings, words);
    let compatibilities = match verdict {
        Verdict::Accepted => compatibilities(&definition, runs_on_fargate),
        Verdict::Refused { .. } => Vec::new(),
    };
    let needs = rules::needs(root, &definition);
    let needs = needs.into_iter().map(|(need, _)| need).collect();
    Reading {
        definition,
        document,
        resource: template.unwrap_or_default().name,
        resources: Vec::new(),
        findings,
        verdict,
        run_refusal,
        needs,
        compatibilities,
    }
}

/// Adds what the rules find; whether Fargate would run it.
fn by_rules(subject: &Subject<'_>, damaged: bool, ordered: &mut Vec<(Order, Finding)>) -> bool {
    let mut runs_on_fargate = true;
    for (index, rule) in RULES.iter().enumerate() {
        let found = run(rule, subject, damaged);
        if rule.applies == Applies::Fargate && !found.is_empty() {
            runs_on_fargate = false;
        }
        let kept = found
            .into_iter()
            .filter_map(|finding| adapt(finding, rule, subject));
        // within a rule, what it says first is what AWS checks first
        let kept = kept.enumerate();
        ordered.extend(kept.map(|(place, finding)| ((index + 1, place), finding)));
    }
    runs_on_fargate
}

/// Findings and fixes in the spelling of the text.
fn respell(findings: &mut [Finding], text: &str, yaml: bool, template: bool) {
    // that fix leaves the form, the others stay in it
    let staying = findings
        .iter_mut()
        .filter(|finding| finding.code != "template-form");
    for finding in staying {
        if template {
            form::respell(finding, text);
            // CloudFormation speaks for itself where the other clients would
            finding.aws.take_if(|aws| aws.code == CLIENT_SIDE);
        }
        if yaml {
            form::keep_scalar_fixes(finding);
        }
    }
}

/// The verdict by the finding that decides. What the client says, it says of all that it finds, in `words`.
fn verdict(decides: Option<usize>, findings: &[Finding], words: Option<AwsError>) -> Verdict {
    let Some(finding) = decides else {
        return Verdict::Accepted;
    };
    let aws = findings.get(finding).and_then(|it| it.aws.clone());
    let client = aws.as_ref().is_some_and(|aws| aws.code == CLIENT_SIDE);
    let aws = if client { words } else { aws };
    Verdict::Refused { finding, aws }
}

/// When AWS would say it: the place of its rule, counted from 1, then its place among what the rule says.
type Order = (usize, usize);

/// Of the findings of a kind, the one that AWS would say first, as a position.
fn first(ordered: &[(Order, Finding)], kind: fn(&Finding) -> bool) -> Option<usize> {
    let of_kind = ordered.iter().enumerate();
    let of_kind = of_kind.filter(|(_, (_, finding))| kind(finding));
    Some(of_kind.min_by_key(|(_, (order, _))| *order)?.0)
}

/// Where a definition differs from the table of members. CloudFormation makes up a family where there is none.
fn problems<'t>(root: &'t Node, template: Option<&Template>) -> Vec<schema::Problem<'t>> {
    let mut problems = schema::walk(root);
    if template.is_some() {
        problems.retain(|problem| {
            !matches!(problem.flaw, schema::Flaw::Lacks(member) if member.name == "family")
        });
    }
    problems
}

/// Gives a definition without a family the one that CloudFormation would make up from the resource's name.
fn name_it(definition: &mut TaskDefinition, template: Option<&Template>) {
    if let Some(template) = template
        && definition.family.is_empty()
    {
        definition.family.clone_from(&template.name);
    }
}

/// The code of what the clients refuse.
const CLIENT_SIDE: &str = "ParamValidationError";

/// The finding that the text is no object, where it holds another value.
fn no_object(document: &Node, template: bool) -> Option<Finding> {
    let what = match &document.value {
        Value::Object(_) => return None,
        // the reader has said so
        Value::Missing => "no value",
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
    };
    let message = if template {
        "The template has no resource of the type AWS::ECS::TaskDefinition".to_owned()
    } else {
        format!("A task definition is an object, {{ … }}; this is {what}")
    };
    let place = document.span;
    let mut finding = Finding::new("json-root", Severity::Error, Moment::Read, place, message);
    // the list of containers alone, as Terraform and the console's editor have it
    let containers = document
        .items()
        .first()
        .is_some_and(|item| item.get("image").is_some());
    if containers {
        let Span { start, end } = document.span;
        finding = finding.fix(
            "Make it the containers of a definition",
            vec![
                Edit::insert(start, "{ \"family\": \"web\", \"containerDefinitions\": "),
                Edit::insert(end, " }"),
            ],
        );
    }
    finding.source =
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html";
    Some(finding)
}

/// What a rule finds, with its code and source, and without fixes where the text is too damaged for them.
fn run(rule: &Rule, subject: &Subject<'_>, damaged: bool) -> Vec<Finding> {
    let mut found = Vec::new();
    (rule.check)(subject, &mut found);
    for finding in &mut found {
        finding.code = rule.code;
        finding.source = rule.source;
        if damaged {
            finding.fixes.clear();
        }
    }
    found
}

/// What becomes of a finding where Fargate is not asked for at registration: a warning about the run, or nothing.
fn adapt(mut finding: Finding, rule: &Rule, subject: &Subject<'_>) -> Option<Finding> {
    if rule.applies == Applies::Always || subject.requests("FARGATE") {
        return Some(finding);
    }
    if subject.context.launch_type != LaunchType::Fargate {
        return None;
    }
    finding.severity = Severity::Warning;
    finding.moment = Moment::Run;
    finding.aws = Some(AwsError {
        code: "InvalidParameterException",
        message: "Task definition does not support launch_type FARGATE.".to_owned(),
    });
    Some(finding)
}

/// The clients' whole answer: one heading, then a line for each problem.
fn client_words(problems: &[schema::Problem<'_>]) -> Option<AwsError> {
    let lines: Vec<_> = problems.iter().filter_map(schema::client_line).collect();
    (!lines.is_empty()).then(|| AwsError {
        code: CLIENT_SIDE,
        message: format!("{}\n{}", schema::HEADING, lines.join("\n")),
    })
}

/// What AWS lists as `compatibilities` of an accepted definition.
pub(super) fn compatibilities(definition: &TaskDefinition, fargate: bool) -> Vec<&'static str> {
    if definition.network_mode.as_deref() != Some("awsvpc") {
        return vec!["EXTERNAL", "EC2"];
    }
    let mut list = vec!["EC2"];
    if fargate {
        list.push("FARGATE");
    }
    if definition.system != System::Windows {
        list.push("MANAGED_INSTANCES");
    }
    list
}
