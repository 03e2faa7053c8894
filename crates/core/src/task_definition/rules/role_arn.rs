//! Roles are named or given as ARNs.

use super::names::clip;
use super::{Applies, CLIENT, ROLES, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::text::{edit, quote};

pub(super) static RULE: Rule = Rule {
    code: "role-arn",
    applies: Applies::Always,
    source: ROLES,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for name in ["taskRoleArn", "executionRoleArn"] {
        let Some(value) = subject.root.get(name) else {
            continue;
        };
        let Some(role) = value.as_str().filter(|role| !is_role(role)) else {
            continue;
        };
        let finding = error(value.span, format!("{} is no role", quote(&clip(role))))
            .help("Write the role's name, or its ARN: arn:aws:iam::, the account's 12 digits, :role/ and the name.")
            .aws(CLIENT, "Role is not valid");
        let last = role.rsplit("role/").next().unwrap_or_default();
        let last = last.rsplit(['/', ':']).next().unwrap_or_default();
        let short: String = last.chars().filter(|&c| in_name(c)).collect();
        findings.push(if short.is_empty() {
            finding.fix(format!("Remove {name}"), edit::remove_named(subject.root, name))
        } else {
            let arn = subject.context.role_arn(&short);
            let json = quote(&arn);
            finding.fix(format!("Use {}", clip(&arn)), vec![Edit::replace(value.span, json)])
        });
    }
}

/// Whether a text is a role's name or ARN.
fn is_role(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("arn:") else {
        return !text.is_empty() && text.len() <= 64 && text.chars().all(in_name);
    };
    let mut parts = rest.splitn(5, ':');
    let partition = parts.next().unwrap_or_default();
    let (service, region) = (parts.next(), parts.next());
    let account = parts.next().unwrap_or_default();
    let role = parts.next().and_then(|resource| resource.strip_prefix("role/"));
    matches!(partition, "aws" | "aws-cn" | "aws-us-gov" | "aws-iso" | "aws-iso-b" | "aws-eusc")
        && service == Some("iam")
        && region == Some("")
        && account.len() == 12
        && account.bytes().all(|byte| byte.is_ascii_digit())
        && role.is_some_and(|role| {
            !role.is_empty() && !role.ends_with('/') && role.chars().all(|c| c == '/' || in_name(c))
        })
}

/// Whether a character may stand in a role's name.
fn in_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || "_+=,.@-".contains(character)
}
