//! Reading: from a text to a definition, everything there is to say about it, and AWS's verdict.

mod judge;

use super::context::Context;
use super::form::{self, Form};
use super::model::TaskDefinition;
use crate::compute::platform::Need;
use crate::finding::{AwsError, Finding};
use crate::text::{self, Node, Value};
use judge::{compatibilities, judge};

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

/// The definition's object inside a document: what `taskDefinition` holds in an answer of `DescribeTaskDefinition`.
pub(super) fn definition_of(document: &Node) -> &Node {
    let wrapped = document.get("taskDefinition");
    let wrapped = wrapped.filter(|inner| matches!(inner.value, Value::Object(_)));
    match wrapped {
        Some(inner) if document.get("containerDefinitions").is_none() => inner,
        _ => document,
    }
}
