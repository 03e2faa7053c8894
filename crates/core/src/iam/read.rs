//! Reading a policy: a text becomes statements and findings, whatever stands there.
//!
//! Source: IAM User Guide, 'Grammar of the IAM JSON policy language'; AWS's sentences as its API was seen to answer them.

use super::check;
use super::policy::{Policy, Purpose};
use super::statement::statement;
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

    /// Notes what is not of the grammar.
    pub(super) fn syntax(
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
pub(super) fn elements(node: &Node, known: &[&'static str], of: &str, notes: &mut Notes<'_>) {
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
