//! Placeholders of templates, which nobody has filled in.

use super::names::clip;
use super::{API, Applies, Rule, Subject, warning};
use crate::finding::Finding;
use crate::text::{Node, Value};

pub(super) static RULE: Rule = Rule {
    code: "placeholder",
    applies: Applies::Always,
    source: API,
    check,
};

/// Members whose texts are the application's: what looks like a placeholder there may be meant.
const FREE: [&str; 9] =
    ["command", "entryPoint", "environment", "options", "dockerLabels", "healthCheck", "tags", "properties", "expression"];

/// How many are told.
const MOST: usize = 50;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    look(subject.root, findings);
}

fn look(node: &Node, findings: &mut Vec<Finding>) {
    match &node.value {
        Value::String(text) => {
            if let Some(found) = placeholder(text).filter(|_| findings.len() < MOST) {
                findings.push(
                    warning(node.span, format!("{} is a placeholder of a template, in {}", clip(found), clip(text)))
                        .help("Nobody has filled it in: AWS takes it as it stands. Judge what the template gives."),
                );
            }
        }
        Value::Array(items) => items.iter().for_each(|item| look(item, findings)),
        Value::Object(members) => {
            for member in members {
                if !FREE.contains(&&*member.key.name) {
                    look(&member.value, findings);
                }
            }
        }
        Value::Missing | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The first placeholder of a text: `${X}`, `{{X}}`, `{X}`, `<X>`, `%X%`, `$X` in capitals, a run of X, or a word where an ARN has
/// the account's number.
fn placeholder(text: &str) -> Option<&str> {
    const MARKS: [(&str, &str); 5] = [("${", "}"), ("{{", "}}"), ("{", "}"), ("<", ">"), ("%", "%")];
    let between = MARKS.iter().find_map(|(open, close)| {
        let start = text.find(open)?;
        let inner = start + open.len();
        let length = text[inner..].find(close)?;
        let name = &text[inner..inner + length];
        let wordy = name.chars().any(char::is_alphabetic) && !name.contains('\n') && name.len() <= 80;
        wordy.then(|| &text[start..inner + length + close.len()])
    });
    between.or_else(|| variable(text)).or_else(|| run_of_x(text)).or_else(|| account(text))
}

/// `$X`, in capitals.
fn variable(text: &str) -> Option<&str> {
    let start = text.find('$')?;
    let rest = &text[start + 1..];
    let length = rest.find(|c: char| c != '_' && !c.is_ascii_uppercase() && !c.is_ascii_digit());
    let length = length.unwrap_or(rest.len());
    (length > 1).then(|| &text[start..=start + length])
}

/// `XXXXX`, as documentation writes account numbers.
fn run_of_x(text: &str) -> Option<&str> {
    let start = ["XXXXX", "xxxxx"].iter().find_map(|run| text.find(run))?;
    let rest = &text[start..];
    let length = rest.find(|c: char| !matches!(c, 'x' | 'X')).unwrap_or(rest.len());
    Some(&rest[..length])
}

/// What stands in an ARN where the account's twelve digits belong.
fn account(text: &str) -> Option<&str> {
    let account = text.strip_prefix("arn:aws")?.split(':').nth(3)?;
    let digits = account.bytes().all(|byte| byte.is_ascii_digit());
    (!account.is_empty() && account != "aws" && !digits).then_some(account)
}
