//! Conditions: whether a request can ever meet them.

use crate::finding::{Edit, Severity};
use crate::iam::operator::{Comparison, Several};
use crate::iam::policy::{Condition, Effect, Policy, Statement, Test};
use crate::iam::read::{Notes, fix};
use crate::iam::vocabulary;
use crate::iam::{ACCOUNT, REGION};
use crate::text::quote;

/// Looks at `Condition`.
pub(in crate::iam) fn conditions(statement: &Statement, policy: &Policy, notes: &mut Notes<'_>) {
    for condition in &statement.conditions {
        for test in &condition.tests {
            keys(statement, condition, test, notes);
            values(condition, test, policy, notes);
        }
    }
}

/// Tells of keys that no request of the statement's actions has.
fn keys(statement: &Statement, condition: &Condition, test: &Test, notes: &mut Notes<'_>) {
    let key = test.key.text.as_str();
    let Some((prefix, _)) = key.split_once(':') else {
        notes.refuse(
            ("IAM011", 7),
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
            test.key.span,
            format!("{} is not of the form service:key.", quote(key)),
            "Write the service, a colon, and the key, such as ecs:cluster.",
        );
        return;
    };
    if statement.actions.not
        || condition.operator.if_exists
        || condition.operator.comparison.is_none()
    {
        return;
    }
    let mut names = Vec::new();
    for action in &statement.actions.values {
        let Some((service, name)) = action.text.split_once(':') else {
            return;
        };
        let known = vocabulary::ecs_actions()
            .find(|it| service.eq_ignore_ascii_case("ecs") && it.name.eq_ignore_ascii_case(name));
        match known {
            Some(known) if known.knows(key) => {}
            Some(_) => names.push(action.text.as_str()),
            None if prefix.eq_ignore_ascii_case(service)
                || prefix.eq_ignore_ascii_case("aws")
                || service.contains('*')
                || name.contains(['*', '?']) => {}
            None if service.eq_ignore_ascii_case("iam") && prefix.eq_ignore_ascii_case("ecs") => {
                names.push(action.text.as_str());
            }
            None => {}
        }
    }
    if names.is_empty() {
        return;
    }
    let always = condition.operator.negated || condition.operator.several == Several::All;
    let effect = if always {
        "always holds"
    } else {
        "never holds"
    };
    let message = format!(
        "No request for {} has the key {key}: the condition {effect}.",
        names.join(", ")
    );
    let help = match (statement.effect, always) {
        (Effect::Allow, false) => {
            "AWS takes the policy, but the statement allows these actions never. Put them into a statement without this condition."
        }
        (Effect::Deny, false) => {
            "AWS takes the policy, but the statement denies these actions never."
        }
        (_, true) => "AWS takes the policy, but the condition changes nothing for these actions.",
    };
    notes.note("IAM020", Severity::Warning, test.key.span, message, help);
}

/// Tells of values that the operator cannot meet.
fn values(condition: &Condition, test: &Test, policy: &Policy, notes: &mut Notes<'_>) {
    let operator = condition.operator;
    let Some(comparison) = operator.comparison else {
        for value in &test.values {
            if !matches!(value.text.to_ascii_lowercase().as_str(), "true" | "false") {
                notes.note(
                    "IAM023",
                    Severity::Warning,
                    value.span,
                    "Null compares with true (the key is absent) or false (it is there).",
                    "Write one of the two.",
                );
            }
        }
        return;
    };
    for value in &test.values {
        let said = value.text.as_str();
        if let Some(what) = comparison.misfit(said) {
            let message = format!(
                "{} compares with {what}, and {} is none.",
                operator.written(),
                quote(said)
            );
            let told = if matches!(comparison, Comparison::Date(_)) {
                notes.refuse(
                    ("IAM023", 2),
                    "The policy failed legacy parsing",
                    value.span,
                    message,
                    "Correct the value.",
                )
            } else {
                notes.note(
                    "IAM023",
                    Severity::Warning,
                    value.span,
                    message,
                    "No request meets the condition.",
                )
            };
            if test.key.text.eq_ignore_ascii_case("ecs:cluster")
                && matches!(comparison, Comparison::Arn)
                && !said.contains(':')
            {
                let with = format!("arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/{said}");
                fix(
                    told,
                    "Write the ARN of that cluster",
                    vec![Edit::replace(value.span, quote(&with))],
                );
            }
            continue;
        }
        let literal = matches!(comparison, Comparison::Text(_));
        let mut plain = said.to_owned();
        for variable in ["${*}", "${?}", "${$}"] {
            plain = plain.replace(variable, "");
        }
        if literal && plain.contains(['*', '?']) {
            let like = operator.written();
            let like = like.replace("IgnoreCase", "").replace("Equals", "Like");
            let told = notes.note(
                "IAM024",
                Severity::Warning,
                value.span,
                format!(
                    "{} compares to the letter: {} is no pattern there.",
                    operator.written(),
                    quote(said)
                ),
                format!("With {like}, * and ? stand for other signs."),
            );
            let edit = Edit::replace(condition.span, quote(&like));
            fix(told, format!("Write {like}"), vec![edit]);
        }
        if test.key.text.eq_ignore_ascii_case("ecs:cluster")
            && !said.starts_with("arn:")
            && !said.contains(['*', '$'])
        {
            let told = notes.note(
                "IAM025",
                Severity::Warning,
                value.span,
                "ecs:cluster holds the whole ARN of the cluster, not its name.",
                "No request meets the condition.",
            );
            let with = format!("arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/{said}");
            fix(
                told,
                "Write the ARN of that cluster",
                vec![Edit::replace(value.span, quote(&with))],
            );
        }
        if said.contains("${")
            && policy.variables
            && matches!(
                comparison,
                Comparison::Number(_)
                    | Comparison::Date(_)
                    | Comparison::Bool
                    | Comparison::Address
                    | Comparison::Binary
            )
        {
            notes.note(
                "IAM026",
                Severity::Warning,
                value.span,
                format!("{} knows no variables.", operator.written()),
                "Variables have their values with String and Arn operators only.",
            );
        }
    }
}
