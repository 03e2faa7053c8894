//! Reading a policy: a text becomes statements and findings, whatever stands there.
//!
//! Source: IAM User Guide, 'Grammar of the IAM JSON policy language'; AWS's sentences as its API was seen to answer them.

use super::check;
use super::operator::{self, Operator};
use super::policy::{Condition, Effect, List, Policy, Principals, Purpose, Statement, Test, Text};
use crate::finding::{AwsError, Edit, Finding, Fix, Moment, Severity};
use crate::task_definition::nearest;
use crate::text::{self, Document, Node, Span, Value, quote};

/// The code of AWS's refusal of a policy.
pub const MALFORMED: &str = "MalformedPolicyDocument";

const SYNTAX: &str = "Syntax errors in policy.";
const GRAMMAR: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html";

/// Elements of a policy.
const TOP: &[&str] = &["Version", "Id", "Statement"];
/// Elements of a statement.
const ELEMENTS: &[&str] = &[
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// What became of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The policy, as far as it could be read.
    pub policy: Policy,
    /// What is wrong, in the order of its places.
    pub findings: Vec<Finding>,
    /// What AWS would refuse it with: of several reasons, the one that it looks at first.
    pub refusal: Option<AwsError>,
}

/// When AWS looks at what is wrong: the lower, the earlier.
pub(super) type Rank = u8;

/// Collects findings while a text is read.
pub(super) struct Notes<'t> {
    pub(super) text: &'t str,
    pub(super) purpose: Purpose,
    found: Vec<(Rank, Finding)>,
}

impl Notes<'_> {
    /// Notes what AWS refuses: a code, AWS's sentence and how early it says it, the place, what is wrong, and what to do.
    pub(super) fn refuse(
        &mut self,
        (code, rank): (&'static str, Rank),
        aws: impl Into<String>,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Finding {
        let finding = self.note(code, Severity::Error, span, message, help);
        finding.aws = Some(AwsError {
            code: MALFORMED,
            message: aws.into(),
        });
        let place = self.found.len() - 1;
        self.found[place].0 = rank;
        &mut self.found[place].1
    }

    /// Notes what AWS takes but what does not do what was meant.
    pub(super) fn note(
        &mut self,
        code: &'static str,
        severity: Severity,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Finding {
        let mut finding = Finding::new(code, severity, Moment::Register, span, message).help(help);
        finding.source = GRAMMAR;
        self.found.push((Rank::MAX, finding));
        let place = self.found.len() - 1;
        &mut self.found[place].1
    }

    fn syntax(
        &mut self,
        code: &'static str,
        span: Span,
        message: String,
        help: &str,
    ) -> &mut Finding {
        let aws = match self.purpose {
            Purpose::Trust => "This policy contains invalid Json",
            _ => SYNTAX,
        };
        self.refuse((code, 0), aws, span, message, help)
    }
}

/// Adds a cure to a finding: its title, the place, and what stands there afterwards.
pub(super) fn fix(finding: &mut Finding, title: impl Into<String>, edits: Vec<Edit>) {
    finding.fixes.push(Fix {
        title: title.into(),
        edits,
    });
}

/// Reads a policy. Never fails: what cannot be read is told.
pub fn read(text: &str, purpose: Purpose) -> Reading {
    let Document { root, findings } = text::read(text);
    let mut notes = Notes {
        text,
        purpose,
        found: Vec::new(),
    };
    for finding in findings {
        // of a text without any value, more is said below
        if finding.severity == Severity::Error && root.is_present() {
            let help = "AWS reads policies as JSON, to the letter.";
            let message = format!("{}.", finding.message);
            let told = notes.syntax("IAM001", finding.span, message, help);
            told.fixes = finding.fixes;
        }
    }
    let policy = policy(&root, &mut notes);
    check::sids(&policy, &mut notes);
    for statement in &policy.statements {
        check::actions(statement, &mut notes);
        check::resources(statement, &mut notes);
        check::principals(statement, &mut notes);
        check::conditions(statement, &policy, &mut notes);
    }
    let refusal = notes.found.iter().min_by_key(|(rank, _)| *rank);
    let refusal = refusal.and_then(|(_, finding)| finding.aws.clone());
    let mut findings: Vec<Finding> = notes.found.into_iter().map(|(_, it)| it).collect();
    findings.sort_by_key(|it| (it.span.start, it.span.end));
    Reading {
        policy,
        findings,
        refusal,
    }
}

fn policy(root: &Node, notes: &mut Notes<'_>) -> Policy {
    if !matches!(root.value, Value::Object(_)) {
        let message = "A policy is an object with a Version and a Statement.".to_owned();
        let told = notes.syntax(
            "IAM001",
            root.span,
            message,
            "Begin with a policy that allows nothing yet.",
        );
        let begin = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": []\n}";
        fix(
            told,
            "Begin a policy",
            vec![Edit::replace(root.span, begin)],
        );
        return Policy::default();
    }
    elements(root, TOP, "a policy", notes);
    let variables = version(root, notes);
    let Some(node) = root.get("Statement") else {
        let message = "The policy has no Statement.".to_owned();
        let text = notes.text;
        let told = notes.syntax(
            "IAM001",
            root.span,
            message,
            "Add the element; each of its statements allows or denies something.",
        );
        let edit = text::edit::insert_member(text, root, &["Version", "Id"], "Statement", "[]");
        fix(told, "Add Statement", vec![edit]);
        return Policy {
            variables,
            statements: Vec::new(),
        };
    };
    let statements: Vec<&Node> = match &node.value {
        Value::Array(items) => items.iter().collect(),
        _ => vec![node],
    };
    if statements.is_empty() {
        let message = "The policy has no statement.".to_owned();
        notes.syntax(
            "IAM027",
            node.span,
            message,
            "Add one that allows or denies something.",
        );
    }
    let statements = statements.into_iter().filter_map(|it| statement(it, notes));
    Policy {
        variables,
        statements: statements.collect(),
    }
}

/// Tells of elements that the grammar does not know, and of repeated ones.
fn elements(node: &Node, known: &[&'static str], of: &str, notes: &mut Notes<'_>) {
    for (place, member) in node.members().iter().enumerate() {
        let name = &*member.key.name;
        if known.contains(&name) {
            if member.shadowed {
                let message = format!("{name} stands here twice.");
                let told = notes.syntax("IAM001", member.key.span, message, "Keep one of the two.");
                fix(
                    told,
                    format!("Remove this {name}"),
                    text::edit::remove_member(node.members(), place),
                );
            }
            continue;
        }
        let meant = nearest(name, known.iter().copied());
        let message = match meant {
            Some(meant) => format!("{} is no element of {of}; {meant} is.", quote(name)),
            None => format!("{} is no element of {of}.", quote(name)),
        };
        let help = format!("Known are {}.", known.join(", "));
        let told = notes.syntax("IAM002", member.key.span, message, &help);
        if let Some(meant) = meant.filter(|meant| node.get(meant).is_none()) {
            fix(
                told,
                format!("Write {meant}"),
                vec![Edit::replace(member.key.span, quote(meant))],
            );
        } else {
            fix(
                told,
                "Remove it",
                text::edit::remove_member(node.members(), place),
            );
        }
    }
}

/// Whether variables have their values.
fn version(root: &Node, notes: &mut Notes<'_>) -> bool {
    let uses = notes.text.contains("${");
    let Some(node) = root.get("Version") else {
        if uses {
            let message = "Without a Version, ${…} stands for itself and is no variable.";
            let help =
                "The Version that is meant where none stands, 2008-10-17, knows no variables.";
            let text = notes.text;
            let told = notes.note(
                "IAM003",
                Severity::Warning,
                Span::new(root.span.start, root.span.start + 1),
                message,
                help,
            );
            let edit = match root.members().first() {
                Some(first) => {
                    Edit::insert(first.key.span.start, "\"Version\": \"2012-10-17\",\n  ")
                }
                None => text::edit::insert_member(text, root, &[], "Version", "\"2012-10-17\""),
            };
            fix(told, "Add Version 2012-10-17", vec![edit]);
        }
        return false;
    };
    match node.as_str() {
        Some("2012-10-17") => true,
        Some("2008-10-17") => {
            if uses {
                let message = "In Version 2008-10-17, ${…} stands for itself and is no variable.";
                let told = notes.note(
                    "IAM003",
                    Severity::Warning,
                    node.span,
                    message,
                    "Variables came with 2012-10-17.",
                );
                fix(
                    told,
                    "Write 2012-10-17",
                    vec![Edit::replace(node.span, "\"2012-10-17\"")],
                );
            }
            false
        }
        _ => {
            let message = "A Version is \"2012-10-17\" or \"2008-10-17\": that of the language, not of this policy.".to_owned();
            let told = notes.syntax("IAM004", node.span, message, "Write 2012-10-17.");
            fix(
                told,
                "Write 2012-10-17",
                vec![Edit::replace(node.span, "\"2012-10-17\"")],
            );
            true
        }
    }
}

fn statement(node: &Node, notes: &mut Notes<'_>) -> Option<Statement> {
    if !matches!(node.value, Value::Object(_)) {
        let message = "A statement is an object with Effect, Action and Resource.".to_owned();
        notes.syntax("IAM001", node.span, message, "Write it between braces.");
        return None;
    }
    elements(node, ELEMENTS, "a statement", notes);
    let effect = effect(node, notes);
    let actions = either(node, "Action", "NotAction", notes);
    let resources = either(node, "Resource", "NotResource", notes);
    if actions.as_ref().is_none_or(|it| it.values.is_empty()) {
        let text = notes.text;
        let action = match notes.purpose {
            Purpose::Trust => "\"sts:AssumeRole\"",
            _ => "\"ecs:DescribeTasks\"",
        };
        let told = notes.refuse(
            ("IAM006", 4),
            "Policy statement must contain actions.",
            actions.as_ref().map_or(node.span, |it| it.span),
            "The statement names no action.",
            "Add Action with what it is about, such as \"ecs:RunTask\".",
        );
        if actions.is_none() {
            let edit = text::edit::insert_member(text, node, &["Sid", "Effect"], "Action", action);
            fix(told, format!("Add Action {action}"), vec![edit]);
        }
    }
    if let Some(list) = resources
        .as_ref()
        .filter(|_| notes.purpose == Purpose::Trust)
    {
        let element = if list.not { "NotResource" } else { "Resource" };
        let told = notes.refuse(
            ("IAM016", 1),
            format!("Has prohibited field {element}"),
            list.span,
            "A trust policy has no Resource: its resource is the role.",
            "Take the element out.",
        );
        let edits = text::edit::remove_named(node, element);
        fix(told, format!("Remove {element}"), edits);
    }
    if notes.purpose != Purpose::Trust && resources.as_ref().is_none_or(|it| it.values.is_empty()) {
        let text = notes.text;
        let told = notes.refuse(
            ("IAM007", 5),
            "Policy statement must contain resources.",
            resources.as_ref().map_or(node.span, |it| it.span),
            "The statement names no resource.",
            "Add Resource: ARNs, or \"*\" for all.",
        );
        if resources.is_none() {
            let edit = text::edit::insert_member(
                text,
                node,
                &["Sid", "Effect", "Action", "NotAction"],
                "Resource",
                "\"*\"",
            );
            fix(told, "Add Resource \"*\"", vec![edit]);
        }
    }
    Some(Statement {
        sid: sid(node, notes),
        effect,
        actions: actions.unwrap_or_default(),
        resources,
        principals: principals(node, notes),
        conditions: conditions(node, notes),
        span: node.span,
    })
}

fn sid(node: &Node, notes: &mut Notes<'_>) -> Option<String> {
    let node = node.get("Sid")?;
    if node.as_str().is_none() {
        notes.syntax(
            "IAM001",
            node.span,
            "A Sid is a text.".to_owned(),
            "Write it in quotation marks.",
        );
    }
    node.as_str().map(str::to_owned)
}

/// The effect; where it cannot be read, a denial, which allows nothing that was not meant.
fn effect(node: &Node, notes: &mut Notes<'_>) -> Effect {
    let text = notes.text;
    let Some(value) = node.get("Effect") else {
        let message = "The statement has no Effect.".to_owned();
        let told = notes.syntax(
            "IAM005",
            node.span,
            message,
            "Say whether it allows or denies.",
        );
        for effect in ["Allow", "Deny"] {
            let edit = text::edit::insert_member(text, node, &["Sid"], "Effect", &quote(effect));
            fix(told, format!("Add Effect {effect}"), vec![edit]);
        }
        return Effect::Deny;
    };
    let written = value.as_str().unwrap_or_default();
    let known = [Effect::Allow, Effect::Deny];
    if let Some(effect) = known.into_iter().find(|it| it.aws() == written) {
        return effect;
    }
    let meant = known
        .into_iter()
        .find(|it| it.aws().eq_ignore_ascii_case(written));
    let message = "An Effect is \"Allow\" or \"Deny\", with a capital letter.";
    if let Some(meant) = meant {
        let told = notes.refuse(
            ("IAM005", 2),
            "The policy failed legacy parsing",
            value.span,
            message,
            "Capitals count here.",
        );
        fix(
            told,
            format!("Write {}", meant.aws()),
            vec![Edit::replace(value.span, quote(meant.aws()))],
        );
        return meant;
    }
    notes.syntax(
        "IAM005",
        value.span,
        message.to_owned(),
        "Write one of the two.",
    );
    Effect::Deny
}

/// `Action` or `NotAction`, `Resource` or `NotResource`.
fn either(node: &Node, name: &str, not: &str, notes: &mut Notes<'_>) -> Option<List> {
    let (plain, inverse) = (node.get(name), node.get(not));
    if let (Some(_), Some(inverse)) = (plain, inverse) {
        let message = format!("A statement has {name} or {not}, not both.");
        let told = notes.syntax("IAM014", inverse.span, message, "Keep one of the two.");
        fix(
            told,
            format!("Remove {not}"),
            text::edit::remove_named(node, not),
        );
    }
    let value = plain.or(inverse)?;
    Some(List {
        not: plain.is_none(),
        values: texts(value, plain.map_or(not, |_| name), notes),
        span: value.span,
    })
}

/// A text, or a list of texts.
fn texts(node: &Node, name: &str, notes: &mut Notes<'_>) -> Vec<Text> {
    let items: Vec<&Node> = match &node.value {
        Value::Array(items) => items.iter().collect(),
        _ => vec![node],
    };
    let mut texts = Vec::new();
    for item in items {
        if let Some(text) = item.as_str() {
            texts.push(Text {
                text: text.to_owned(),
                span: item.span,
            });
        } else {
            let message = format!("{name} takes a text or a list of texts.");
            let cure = "Write each in quotation marks.";
            notes.syntax("IAM001", item.span, message, cure);
        }
    }
    texts
}

fn principals(node: &Node, notes: &mut Notes<'_>) -> Option<Principals> {
    let (plain, inverse) = (node.get("Principal"), node.get("NotPrincipal"));
    let value = plain.or(inverse)?;
    if notes.purpose == Purpose::Identity {
        let element = plain.map_or("NotPrincipal", |_| "Principal");
        let told = notes.refuse(
            ("IAM015", 1),
            "Policy document should not specify a principal.",
            value.span,
            "This policy belongs to its principal and names none.",
            "Take it out; who may assume a role stands in its trust policy.",
        );
        let edits = text::edit::remove_named(node, element);
        fix(told, format!("Remove {element}"), edits);
    }
    let mut named = Vec::new();
    match &value.value {
        Value::String(text) if **text == *"*" => {
            named.push((
                "*".to_owned(),
                Text {
                    text: "*".to_owned(),
                    span: value.span,
                },
            ));
        }
        Value::Object(members) => {
            for member in members {
                let kind = &*member.key.name;
                let all = texts(&member.value, kind, notes).into_iter();
                named.extend(all.map(|it| (kind.to_owned(), it)));
            }
        }
        _ => {
            let message = "Principal is \"*\", or an object such as {\"Service\": \"ecs-tasks.amazonaws.com\"}.".to_owned();
            notes.syntax(
                "IAM001",
                value.span,
                message,
                "Say of which kind the name is: AWS, Service or Federated.",
            );
        }
    }
    Some(Principals {
        not: plain.is_none(),
        named,
        span: value.span,
    })
}

fn conditions(node: &Node, notes: &mut Notes<'_>) -> Vec<Condition> {
    let Some(value) = node.get("Condition") else {
        return Vec::new();
    };
    if !matches!(value.value, Value::Object(_)) {
        let message =
            "Condition is an object: operators, each with keys and their values.".to_owned();
        notes.syntax(
            "IAM001",
            value.span,
            message,
            "Such as {\"ArnEquals\": {\"ecs:cluster\": \"arn:…\"}}.",
        );
    }
    let mut conditions = Vec::new();
    for member in value.members() {
        let written = &*member.key.name;
        let Some(operator) = Operator::named(written) else {
            unknown_operator(written, member.key.span, notes);
            continue;
        };
        let mut tests = Vec::new();
        for test in member.value.members() {
            let key = Text {
                text: test.key.name.to_string(),
                span: test.key.span,
            };
            tests.push(Test {
                key,
                values: values(&test.value, notes),
            });
        }
        if !matches!(member.value.value, Value::Object(_)) {
            let message = format!("{written} takes an object: keys with their values.");
            notes.syntax(
                "IAM001",
                member.value.span,
                message,
                "Such as {\"ecs:cluster\": \"arn:…\"}.",
            );
        }
        conditions.push(Condition {
            operator,
            tests,
            span: member.key.span,
        });
    }
    conditions
}

/// The values of a key: texts, and what AWS takes as such, numbers and `true` and `false`.
fn values(node: &Node, notes: &mut Notes<'_>) -> Vec<Text> {
    let items: Vec<&Node> = match &node.value {
        Value::Array(items) => items.iter().collect(),
        _ => vec![node],
    };
    let mut values = Vec::new();
    for item in items {
        let text = match &item.value {
            Value::String(text) => text.to_string(),
            Value::Number(digits) => digits.to_string(),
            Value::Bool(value) => value.to_string(),
            _ => {
                let message = "A condition compares with a text or a list of texts.".to_owned();
                notes.syntax(
                    "IAM001",
                    item.span,
                    message,
                    "Write each in quotation marks.",
                );
                continue;
            }
        };
        values.push(Text {
            text,
            span: item.span,
        });
    }
    values
}

fn unknown_operator(written: &str, span: Span, notes: &mut Notes<'_>) {
    let base = written.rsplit(':').next().unwrap_or(written);
    let (base, suffix) = match base.strip_suffix("IfExists") {
        Some(base) => (base, "IfExists"),
        None => (base, ""),
    };
    let meant = nearest(base, operator::names());
    let message = match meant {
        Some(meant) => format!("{} is no condition operator; {meant} is.", quote(written)),
        None => format!("{} is no condition operator.", quote(written)),
    };
    let told = notes.syntax(
        "IAM019",
        span,
        message,
        "Operators are StringEquals, StringLike, ArnEquals, Bool and so on, with capitals.",
    );
    if let Some(meant) = meant.filter(|it| *it != "Null" || suffix.is_empty()) {
        fix(
            told,
            format!("Write {meant}{suffix}"),
            vec![Edit::replace(span, quote(&format!("{meant}{suffix}")))],
        );
    }
}
