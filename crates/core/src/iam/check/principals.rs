//! Principals: who is named, and whether a policy may name anybody.

use crate::finding::Edit;
use crate::iam::policy::{Purpose, Statement, Text};
use crate::iam::read::{Notes, fix};
use crate::iam::vocabulary::TRUSTED;
use crate::task_definition::nearest;
use crate::text::quote;

/// Looks at `Principal` and `NotPrincipal`.
pub(in crate::iam) fn principals(statement: &Statement, notes: &mut Notes<'_>) {
    let Some(principals) = &statement.principals else {
        if notes.purpose != Purpose::Identity {
            notes.refuse(
                ("IAM016", 1),
                "Missing required field Principal",
                statement.span,
                "The statement does not say whom it lets in.",
                "Add Principal, such as {\"Service\": \"ecs-tasks.amazonaws.com\"}.",
            );
        }
        return;
    };
    if notes.purpose == Purpose::Identity {
        return;
    }
    for (kind, name) in &principals.named {
        one(kind, name, notes);
    }
}

fn one(kind: &str, name: &Text, notes: &mut Notes<'_>) {
    let text = name.text.as_str();
    let known = match kind {
        "*" | "Federated" | "CanonicalUser" => true,
        "AWS" => {
            text == "*"
                || (text.len() == 12 && text.bytes().all(|it| it.is_ascii_digit()))
                || text.starts_with("arn:aws:")
        }
        "Service" => {
            let domain = text.ends_with(".amazonaws.com") || text.ends_with(".amazon.com");
            // a service that is not known here may be one all the same, but not one that is nearly another
            domain && (TRUSTED.contains(&text) || nearest(text, TRUSTED.iter().copied()).is_none())
        }
        _ => false,
    };
    if known {
        return;
    }
    let told = notes.refuse(
        ("IAM018", 9),
        format!("Invalid principal in policy: \"{}\":\"{text}\"", kind.to_uppercase()),
        name.span,
        format!("{kind} {} is no principal.", quote(text)),
        "Name an account or an ARN with AWS, or a service such as ecs-tasks.amazonaws.com with Service.",
    );
    let meant = nearest(text, TRUSTED.iter().copied());
    if let Some(meant) = meant.filter(|_| kind == "Service") {
        let edit = Edit::replace(name.span, quote(meant));
        fix(told, format!("Write {meant}"), vec![edit]);
    }
}
