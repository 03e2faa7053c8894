//! Resources: whether they are ARNs, and whether the statement's actions know such.

use crate::finding::{Edit, Severity};
use crate::iam::pattern::{Case, Pattern};
use crate::iam::policy::{Purpose, Statement, Text};
use crate::iam::read::{Notes, fix};
use crate::iam::vocabulary::{self, EcsAction};
use crate::iam::{ACCOUNT, REGION};
use crate::text::{Span, quote};

/// What the resource part of IAM's own ARNs begins with.
const IAM_PATHS: &[&str] = &[
    "user/",
    "federated-user/",
    "role/",
    "group/",
    "instance-profile/",
    "mfa/",
    "server-certificate/",
    "policy/",
    "sms-mfa/",
    "saml-provider/",
    "oidc-provider/",
    "report/",
    "access-report/",
];

/// Looks at `Resource` and `NotResource`.
pub(in crate::iam) fn resources(statement: &Statement, notes: &mut Notes<'_>) {
    let Some(resources) = &statement.resources else {
        return;
    };
    if notes.purpose == Purpose::Trust || resources.values.is_empty() {
        return;
    }
    let mut sound = true;
    for resource in &resources.values {
        sound &= format(resource, notes);
    }
    if sound && !resources.not && !statement.actions.not {
        fitting(statement, &resources.values, resources.span, notes);
    }
}

/// Whether a resource is an ARN in the form that IAM demands.
fn format(resource: &Text, notes: &mut Notes<'_>) -> bool {
    let (text, span) = (resource.text.as_str(), resource.span);
    if text == "*" {
        return true;
    }
    let mut parts = text.splitn(6, ':');
    let mut part = || parts.next().unwrap_or_default();
    let (arn, partition, service, region, account, rest) =
        (part(), part(), part(), part(), part(), part());
    let count = text.splitn(6, ':').count();
    if !text.contains(':') || (arn != "arn" && arn != "*") {
        let told = notes.refuse(
            ("IAM009", 6),
            format!("Resource {text} must be in ARN format or \"*\"."),
            span,
            format!("{} is no ARN.", quote(text)),
            "A resource is a whole ARN such as arn:aws:ecs:us-east-1:123456789012:task-definition/scorekeep:*, or \"*\".",
        );
        let family = text.split(':').next().unwrap_or_default();
        let plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'*');
        if !family.is_empty() && family.bytes().all(plain) && text.matches(':').count() <= 1 {
            let revision = text.split(':').nth(1).unwrap_or("*");
            let with =
                format!("arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/{family}:{revision}");
            fix(
                told,
                "Write the ARN of that task definition",
                vec![Edit::replace(span, quote(&with))],
            );
        }
        return false;
    }
    if !matches!(partition, "aws" | "aws-cn" | "aws-us-gov" | "*") {
        let rest = text.splitn(3, ':').nth(2).unwrap_or("*:*:*:*");
        notes.refuse(
            ("IAM009", 6),
            format!(
                "Partition \"{partition}\" is not valid for resource \"arn:{partition}:{rest}\"."
            ),
            span,
            format!("{} is no partition; aws is.", quote(partition)),
            "Write arn:aws: and go on with the service.",
        );
        return false;
    }
    if count < 6 && !service.is_empty() && !text.contains("::") {
        // AWS takes it; a wildcard at its end stands for the parts that are not there
        if !text.ends_with('*') {
            let message = format!("The ARN has {count} of six parts: no resource has such a one.");
            let help = "arn, partition, service, Region, account, resource: parts that do not matter are empty or *, but their colons stay.";
            notes.note("IAM010", Severity::Warning, span, message, help);
        }
        return false;
    }
    if count < 6 {
        let told = notes.refuse(
            ("IAM010", 2),
            "The policy failed legacy parsing",
            span,
            format!("The ARN has {count} of six parts: arn, partition, service, Region, account, resource."),
            "Parts that do not matter are empty or *, but their colons stay.",
        );
        if count == 5 && service == "s3" {
            let with = format!(
                "arn:{partition}:s3:::{}",
                text.rsplit(':').next().unwrap_or_default()
            );
            fix(
                told,
                format!("Write {with}"),
                vec![Edit::replace(span, quote(&with))],
            );
        }
        return false;
    }
    if service.is_empty() || service.contains(['*', '?']) && service != "*" {
        notes.refuse(
            ("IAM009", 6),
            "Resource vendor must be fully qualified and cannot contain regexes.",
            span,
            "No wildcard stands in the service of an ARN.",
            "Name the service.",
        );
        return false;
    }
    if service == "iam" && !region.is_empty() {
        notes.refuse(
            ("IAM009", 6),
            format!("IAM resource {text} cannot contain region information."),
            span,
            "ARNs of IAM have no Region.",
            "Leave the fourth part empty: arn:aws:iam::123456789012:role/name.",
        );
        return false;
    }
    if service == "s3" && !region.is_empty() && !rest.starts_with("accesspoint") && region != "*" {
        notes.refuse(
            ("IAM009", 6),
            format!("Resource {text} can not contain region information."),
            span,
            "ARNs of buckets have no Region.",
            "Leave the fourth part empty: arn:aws:s3:::bucket/*.",
        );
        return false;
    }
    if service == "iam"
        && rest != "*"
        && !IAM_PATHS.iter().any(|it| rest.starts_with(it))
        && !rest.starts_with("root")
    {
        notes.refuse(
            ("IAM009", 6),
            format!(
                "IAM resource path must either be \"*\" or start with {}.",
                IAM_PATHS.join(", ")
            ),
            span,
            format!("{} is no resource of IAM.", quote(rest)),
            "Write what it is before its name, such as role/name.",
        );
        return false;
    }
    if account == ACCOUNT
        || account.is_empty()
        || account.contains(['*', '?', '$'])
        || account == "aws"
    {
        return true;
    }
    let message = format!("The ARN is of account {account}; here it is {ACCOUNT}.");
    let told = notes.note(
        "IAM021",
        Severity::Hint,
        span,
        message,
        "An identity policy of this account reaches another's resources only where those let it.",
    );
    let with = text.replacen(account, ACCOUNT, 1);
    fix(
        told,
        format!("Write {ACCOUNT}"),
        vec![Edit::replace(span, quote(&with))],
    );
    true
}

/// Tells of actions of Amazon ECS that know no such resource: the statement never applies to them.
fn fitting(statement: &Statement, resources: &[Text], span: Span, notes: &mut Notes<'_>) {
    let never: Vec<(&Text, EcsAction)> = statement
        .actions
        .values
        .iter()
        .filter_map(|action| {
            let name = action
                .text
                .split_once(':')
                .filter(|(it, _)| it.eq_ignore_ascii_case("ecs"))?
                .1;
            let known = vocabulary::ecs_actions().find(|it| it.name.eq_ignore_ascii_case(name))?;
            let fits = |resource: &Text| {
                resource.text == "*" || known.types().any(|it| of_type(&resource.text, it))
            };
            (!resources.iter().any(fits)).then_some((action, known))
        })
        .collect();
    for (action, known) in never {
        let types: Vec<&str> = known.types().collect();
        let message = if types.is_empty() {
            format!(
                "{} knows no resources: it needs Resource \"*\".",
                action.text
            )
        } else {
            format!(
                "{} is asked for {}; none of these resources is one.",
                action.text,
                types.join(" or ")
            )
        };
        let told = notes.note(
            "IAM022",
            Severity::Warning,
            action.span,
            message,
            "AWS takes the policy, but the statement never applies to this action.",
        );
        if types.is_empty() {
            fix(
                told,
                "Write Resource \"*\"",
                vec![Edit::replace(span, "\"*\"")],
            );
        }
    }
}

/// Whether the pattern of an ARN can be of a type of resource of Amazon ECS.
fn of_type(pattern: &str, kind: &str) -> bool {
    let mut parts = pattern.splitn(6, ':');
    let service = parts.nth(2).unwrap_or_default();
    let rest = parts.nth(2).unwrap_or_default();
    let service_fits = Pattern::plain(service).fits("ecs", Case::Kept);
    let named = rest.split('/').next().unwrap_or_default();
    service_fits && (Pattern::plain(named).fits(kind, Case::Kept) || named.contains("${"))
}
