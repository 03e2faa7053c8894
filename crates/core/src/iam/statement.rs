//! Reading a statement of a policy.

use super::condition;
use super::policy::{Effect, List, Principals, Purpose, Statement, Text};
use super::read::{Notes, elements, fix};
use crate::finding::Edit;
use crate::text::{self, Node, Value, quote};

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

/// Reads a statement; `None` where it is none at all.
pub(super) fn statement(node: &Node, notes: &mut Notes<'_>) -> Option<Statement> {
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
        conditions: condition::conditions(node, notes),
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
