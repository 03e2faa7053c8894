//! Reading: from a text to a definition, everything there is to say about it, and AWS's verdict.

use super::context::Context;
use super::extract;
use super::form::{self, Form, Template};
use super::model::{System, TaskDefinition};
use super::rules::{self, Applies, RULES, Rule, Subject};
use super::schema;
use crate::call::LaunchType;
use crate::compute::platform::Need;
use crate::finding::{AwsError, Edit, Finding, Moment, Severity};
use crate::text::{self, Node, Span, Value};

/// What a text holds, and what AWS would say to it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What could be understood, whatever is wrong.
    pub definition: TaskDefinition,
    /// The whole text as a tree; of a definition in CloudFormation's form only the definition, its members named as the
    /// API names them.
    pub document: Node,
    /// The name of the resource in its template; empty elsewhere.
    pub resource: String,
    /// The names of all definitions in the template, in its order; empty elsewhere.
    pub resources: Vec<Box<str>>,
    /// Everything there is to say, in the order of the places.
    pub findings: Vec<Finding>,
    /// Whether `RegisterTaskDefinition` would accept it.
    pub verdict: Verdict,
    /// What `RunTask` and `CreateService` would refuse, at the context's launch type and platform version, what registers: a
    /// position in [`Reading::findings`].
    pub run_refusal: Option<usize>,
    /// What it needs of Fargate's platform, which `RunTask` compares with the version that it is to run on.
    pub needs: Vec<Need>,
    /// What the definition can run on, as AWS computes it: `compatibilities` in its answer. Empty where it is refused.
    pub compatibilities: Vec<&'static str>,
}

/// AWS's answer to a registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A new revision.
    Accepted,
    /// A refusal. AWS gives one, whatever else is wrong.
    Refused {
        /// The finding that decides, as a position in [`Reading::findings`].
        finding: usize,
        /// The answer; `None` where the client cannot even read the text as JSON.
        aws: Option<AwsError>,
    },
}

impl Reading {
    /// Whether AWS would register it.
    pub const fn accepted(&self) -> bool {
        matches!(self.verdict, Verdict::Accepted)
    }

    /// The definition's object: the document's root, or what a wrapper holds.
    pub fn root(&self) -> &Node {
        definition_of(&self.document)
    }
}

impl Reading {
    /// What reading gives of a text that is known to be accepted and to hold this definition, such as a shipped scenario's: nothing is
    /// read and no rule is asked.
    pub fn on_trust(definition: TaskDefinition) -> Self {
        Self {
            compatibilities: compatibilities(&definition, true),
            definition,
            document: Node::missing(0),
            resource: String::new(),
            resources: Vec::new(),
            findings: Vec::new(),
            verdict: Verdict::Accepted,
            run_refusal: None,
            needs: Vec::new(),
        }
    }
}

/// Reads a text as a task definition, judges it, and says where it could run. Of a template with several, the first.
pub fn read(text: &str, context: &Context) -> Reading {
    read_one(text, None, context)
}

/// Reads the task definition that a template has under a name. Where it has none of that name, and in any other text, the
/// first.
pub fn read_resource(text: &str, name: &str, context: &Context) -> Reading {
    read_one(text, Some(name), context)
}

fn read_one(text: &str, name: Option<&str>, context: &Context) -> Reading {
    let (yaml, mut forms, findings) = parsed(text);
    let resources = names(&forms);
    let named = |wanted: &str| resources.iter().position(|name| **name == *wanted);
    let place = name.and_then(named).unwrap_or_default();
    let form = if place < forms.len() {
        forms.swap_remove(place)
    } else {
        Form {
            document: Node::missing(0),
            template: None,
        }
    };
    Reading {
        resources,
        ..judge(text, yaml, form, findings, context)
    }
}

/// Reads every task definition of a text: a template may hold several, any other text holds one.
pub fn read_all(text: &str, context: &Context) -> Vec<Reading> {
    let (yaml, forms, findings) = parsed(text);
    let resources = names(&forms);
    let forms = forms.into_iter();
    forms
        .map(|form| Reading {
            resources: resources.clone(),
            ..judge(text, yaml, form, findings.clone(), context)
        })
        .collect()
}

/// The names of the definitions in a template.
fn names(forms: &[Form]) -> Vec<Box<str>> {
    let templates = forms.iter().filter_map(|form| form.template.as_ref());
    let names = templates.map(|template| template.name.as_str());
    names
        .filter(|name| !name.is_empty())
        .map(Box::from)
        .collect()
}

/// The definition that a place of a text lies in, in the API's form, and whether the text is in that form itself.
pub(super) fn document_at(text: &str, offset: usize) -> Option<(Node, bool)> {
    let (yaml, forms, _) = parsed(text);
    let mut forms = forms.into_iter();
    let form = forms.find(|form| form.document.span.touches(offset))?;
    let own = !yaml && form.template.is_none();
    Some((form.document, own))
}

/// The trees of a text, whether it is YAML, and what its reader has to say.
fn parsed(text: &str) -> (bool, Vec<Form>, Vec<Finding>) {
    let yaml = text::is_yaml(text);
    let text::Document { root, findings } = if yaml {
        text::read_yaml(text)
    } else {
        text::read(text)
    };
    (yaml, form::forms(root, text), findings)
}

/// Judges a tree that was read from `text`.
fn judge(text: &str, yaml: bool, form: Form, findings: Vec<Finding>, context: &Context) -> Reading {
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
    let mut runs_on_fargate = true;
    let mut words = None;
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
        for (index, rule) in RULES.iter().enumerate() {
            let found = run(rule, &subject, damaged);
            if rule.applies == Applies::Fargate && !found.is_empty() {
                runs_on_fargate = false;
            }
            let kept = found
                .into_iter()
                .filter_map(|finding| adapt(finding, rule, &subject));
            // within a rule, what it says first is what AWS checks first
            let kept = kept.enumerate();
            ordered.extend(kept.map(|(place, finding)| ((index + 1, place), finding)));
        }
        words = client_words(&subject.problems);
    }
    ordered.sort_by_key(|(order, finding)| (finding.span, *order));
    let decides = first(&ordered, |finding| finding.severity == Severity::Error);
    let run_refusal = first(&ordered, |finding| {
        finding.moment == Moment::Run && finding.aws.is_some()
    });
    let mut findings: Vec<Finding> = ordered.into_iter().map(|(_, finding)| finding).collect();
    // that fix leaves the form, the others stay in it
    let staying = findings
        .iter_mut()
        .filter(|finding| finding.code != "template-form");
    for finding in staying {
        if template.is_some() {
            form::respell(finding, text);
            // CloudFormation speaks for itself where the other clients would
            finding.aws.take_if(|aws| aws.code == CLIENT_SIDE);
        }
        if yaml {
            form::keep_scalar_fixes(finding);
        }
    }
    let verdict = match decides {
        Some(finding) => {
            let aws = findings[finding].aws.clone();
            let client = aws.as_ref().is_some_and(|aws| aws.code == CLIENT_SIDE);
            let aws = if client { words } else { aws };
            Verdict::Refused { finding, aws }
        }
        None => Verdict::Accepted,
    };
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

/// The definition's object inside a document: what `taskDefinition` holds in an answer of `DescribeTaskDefinition`.
pub(super) fn definition_of(document: &Node) -> &Node {
    let wrapped = document.get("taskDefinition");
    let wrapped = wrapped.filter(|inner| matches!(inner.value, Value::Object(_)));
    match wrapped {
        Some(inner) if document.get("containerDefinitions").is_none() => inner,
        _ => document,
    }
}

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
fn compatibilities(definition: &TaskDefinition, fargate: bool) -> Vec<&'static str> {
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
