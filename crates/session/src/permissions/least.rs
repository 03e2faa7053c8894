//! The least that is needed: a policy made of what a run really asked.

use crate::Session;
use crate::history::{Done, Entry};
use fargate_core::call::{ActAs, Call};
use fargate_core::iam::{Ask, ROOT, asks};
use fargate_core::task::{asked_at_start, asked_while_running};
use fargate_core::text::quote;
use std::collections::BTreeMap;

/// A policy that a run suggests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The policy, as JSON.
    pub text: String,
    /// How many different things were asked.
    pub asked: usize,
}

/// The policy that would have been enough for a role: what the starts of tasks asked of it as their execution role, and what their
/// containers asked with it as their task role. `None` where no task took it.
pub fn suggestion_for_role(session: &Session, role: &str) -> Option<Suggestion> {
    let world = session.world();
    let account = world.iam().account();
    let arn = account.role(role).map(|it| it.arn())?;
    let mut all = Vec::new();
    for task in world.tasks().values() {
        let is_it = |named: Option<&str>| {
            let role = named.and_then(|it| account.role(it));
            role.is_some_and(|it| it.arn() == arn)
        };
        if is_it(task.definition.task_role_arn.as_deref()) {
            all.extend(asked_while_running(task));
        }
        if !is_it(task.definition.execution_role_arn.as_deref()) || task.pull_started.is_none() {
            continue;
        }
        for mut ask in asked_at_start(&account, task) {
            // another task logs to a stream of its own
            if let Some(stream) = ask.resource.strip_suffix(task.id.as_str()) {
                ask.resource = format!("{stream}*");
            }
            all.push(ask);
        }
    }
    policy(all)
}

/// The policy that would have been enough for a caller: what its calls of the run asked. `None` where it made none.
pub fn suggestion_for_user(session: &Session, caller: &str) -> Option<Suggestion> {
    let world = session.world();
    let mut now = ROOT.to_owned();
    let mut all = Vec::new();
    for entry in session.entries() {
        let Entry {
            what: Done::Call(call),
            ..
        } = entry
        else {
            continue;
        };
        if let Some(act) = call.input::<ActAs>() {
            now = act.principal_arn.clone().unwrap_or_else(|| ROOT.to_owned());
        } else if now == caller {
            all.extend(asked(world, call));
        }
    }
    policy(all)
}

fn asked(world: &fargate_core::world::World, call: &Call) -> Vec<Ask> {
    world.with_known(call, |input, known| asks(call.action(), input, known))
}

/// One statement for each set of resources and conditions, in an order that does not depend on that of the calls.
fn policy(all: Vec<Ask>) -> Option<Suggestion> {
    let mut by_action: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for ask in all {
        // the role may be handed on to this service only
        let condition = match ask.context.get("iam:PassedToService") {
            Some([service]) => format!(
                r#"{{ "StringEquals": {{ "iam:PassedToService": {} }} }}"#,
                quote(service)
            ),
            _ => match ask.context.get("ecs:cluster") {
                Some([cluster]) => format!(
                    r#"{{ "ArnEquals": {{ "ecs:cluster": {} }} }}"#,
                    quote(cluster)
                ),
                _ => String::new(),
            },
        };
        let resources = by_action.entry((ask.action, condition)).or_default();
        if !resources.contains(&ask.resource) {
            resources.push(ask.resource);
            resources.sort();
        }
    }
    let asked = by_action.values().map(Vec::len).sum();
    if asked == 0 {
        return None;
    }
    let mut statements: BTreeMap<(Vec<String>, String), Vec<String>> = BTreeMap::new();
    for ((action, condition), resources) in by_action {
        statements
            .entry((resources, condition))
            .or_default()
            .push(action);
    }
    let list = |all: &[String]| match all {
        [one] => quote(one),
        all => {
            let all: Vec<String> = all
                .iter()
                .map(|it| format!("        {}", quote(it)))
                .collect();
            format!("[\n{}\n      ]", all.join(",\n"))
        }
    };
    let statements: Vec<String> = statements
        .iter()
        .map(|((resources, condition), actions)| {
            let condition = match condition.as_str() {
                "" => String::new(),
                condition => format!(",\n      \"Condition\": {condition}"),
            };
            format!(
                "    {{\n      \"Effect\": \"Allow\",\n      \"Action\": {},\n      \"Resource\": {}{condition}\n    }}",
                list(actions),
                list(resources)
            )
        })
        .collect();
    let text = format!(
        "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n{}\n  ]\n}}",
        statements.join(",\n")
    );
    Some(Suggestion { text, asked })
}
