//! Actions: whether a service has them, and whether the policy may speak of them.

use crate::finding::{Edit, Severity};
use crate::iam::pattern::{Case, Pattern};
use crate::iam::policy::{Purpose, Statement, Text};
use crate::iam::read::{Notes, fix};
use crate::iam::vocabulary;
use crate::task_definition::nearest;
use crate::text::quote;

/// Looks at `Action` and `NotAction`.
pub(in crate::iam) fn actions(statement: &Statement, notes: &mut Notes<'_>) {
    for action in &statement.actions.values {
        one(action, notes);
    }
}

fn one(action: &Text, notes: &mut Notes<'_>) {
    let (text, span) = (action.text.as_str(), action.span);
    if text == "*" && notes.purpose != Purpose::Trust {
        return;
    }
    let mut parts = text.split(':');
    let (Some(service), Some(name), None) = (parts.next(), parts.next(), parts.next()) else {
        let one = text.contains(':');
        let aws = if one {
            "Actions/Condition can contain only one colon."
        } else {
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
        };
        let message = format!("{} is not of the form service:Action.", quote(text));
        let told = notes.refuse(
            ("IAM011", 7),
            aws,
            span,
            message,
            "Write the service, a colon, and the action, such as ecs:RunTask.",
        );
        let known = vocabulary::ecs_actions().any(|it| it.name.eq_ignore_ascii_case(text));
        if known {
            let with = format!("ecs:{text}");
            fix(
                told,
                format!("Write {with}"),
                vec![Edit::replace(span, quote(&with))],
            );
        }
        return;
    };
    if !service
        .bytes()
        .all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'.')
        || service.is_empty()
    {
        let message = format!(
            "{} is no service: no wildcard stands before the colon.",
            quote(service)
        );
        notes.refuse(
            ("IAM011", 7),
            format!("Vendor {service} is not valid"),
            span,
            message,
            "Name the service, and use wildcards in the action only.",
        );
        return;
    }
    if notes.purpose == Purpose::Trust && !service.eq_ignore_ascii_case("sts") {
        let message =
            format!("A trust policy says who may assume the role; {text} has no place there.");
        let told = notes.refuse(
            ("IAM017", 8),
            "AssumeRole policy may only specify STS AssumeRole actions.",
            span,
            message,
            "Put what the role may do into a policy of the role.",
        );
        fix(
            told,
            "Write sts:AssumeRole",
            vec![Edit::replace(span, quote("sts:AssumeRole"))],
        );
        return;
    }
    if !vocabulary::services().any(|it| it.eq_ignore_ascii_case(service)) {
        let meant = vocabulary::service_meant(service);
        let message = format!("No service of AWS has the prefix {}.", quote(service));
        let help = "AWS takes the policy, but the action never fits.";
        let told = notes.note("IAM012", Severity::Warning, span, message, help);
        if let Some(meant) = meant {
            let with = format!("{meant}:{name}");
            fix(
                told,
                format!("Write {with}"),
                vec![Edit::replace(span, quote(&with))],
            );
        }
        return;
    }
    let Some(known) = vocabulary::actions(service) else {
        return;
    };
    let pattern = Pattern::plain(name);
    if !known.iter().any(|it| pattern.fits(it, Case::Ignored)) {
        let meant = nearest(name, known.iter().copied());
        let message = match meant {
            Some(meant) => format!("{service} has no action {}; {meant} is one.", quote(name)),
            None => format!("{service} has no action {}.", quote(name)),
        };
        let help = "AWS takes the policy, but the action never fits.";
        let told = notes.note("IAM013", Severity::Warning, span, message, help);
        if let Some(meant) = meant {
            let with = format!("{service}:{meant}");
            fix(
                told,
                format!("Write {with}"),
                vec![Edit::replace(span, quote(&with))],
            );
        }
    }
}
