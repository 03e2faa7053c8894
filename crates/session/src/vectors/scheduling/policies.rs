//! Policies as rows of area `iam` have them: documents, names of AWS's, lists of actions; and the role that is made of them.

use super::account::Account;
use super::words::{any, several, speaks_of, words};
use fargate_core::iam::{Applied, Layer, MANAGED, Purpose, TRUST_TASKS, read};
use fargate_core::text::{self, Json, Node, Value, quote};
use std::sync::Arc;

/// A document of the row as a tree.
pub(super) fn read_text(document: &str) -> Node {
    text::read(document).root
}

/// A policy of the row, where it applies.
pub(super) fn applied(name: &str, layer: Layer, node: &Node) -> Result<Applied, String> {
    let purpose = match layer {
        Layer::Trust => Purpose::Trust,
        Layer::Resource => Purpose::Resource,
        _ => Purpose::Identity,
    };
    let reading = read(Json::of(node).as_str(), purpose);
    match reading.refusal {
        Some(aws) => Err(format!("{name} is refused: {}", aws.message)),
        None => Ok(Applied {
            name: name.into(),
            layer,
            policy: Arc::new(reading.policy),
        }),
    }
}

/// The value of a condition key, as a context has it.
pub(super) fn plain(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) => Some(text.to_string()),
        Value::Bool(it) => Some(it.to_string()),
        Value::Number(digits) => Some(digits.to_string()),
        _ => None,
    }
}

/// The document of a policy that a row names, writes, or tells by what it allows: `AmazonECSTaskExecutionRolePolicy`, an object,
/// `["ecr:GetAuthorizationToken"]`; `None` for none.
pub(super) fn document(node: &Node) -> Option<String> {
    let of_actions = |actions: &[&str]| {
        let actions: Vec<String> = actions.iter().map(|it| quote(it)).collect();
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":[{}],"Resource":"*"}}]}}"#,
            actions.join(",")
        )
    };
    match &node.value {
        // `{"allow": ["ecr:GetAuthorizationToken"]}`
        Value::Object(_) if node.get("Statement").is_none() => {
            document(any(node, &["allow", "allows", "actions", "Action"])?)
        }
        Value::Object(_) => Some(Json::of(node).as_str().to_owned()),
        Value::String(text) if speaks_of(text, &LACKS) => {
            let all = task_execution();
            let left: Vec<&str> = all
                .iter()
                .map(String::as_str)
                .filter(|it| !words(text).contains(it))
                .collect();
            Some(of_actions(&left))
        }
        Value::String(text) => {
            let name = text.rsplit('/').next().unwrap_or(text);
            let found = MANAGED.iter().find(|it| it.name == name);
            let actions: Vec<&str> = words(text)
                .into_iter()
                .filter(|it| it.contains(':') && !it.starts_with("arn:"))
                .collect();
            found
                .map(|it| it.text.to_owned())
                .or_else(|| (!actions.is_empty()).then(|| of_actions(&actions)))
        }
        Value::Array(items) => {
            let actions: Vec<&str> = items.iter().filter_map(Node::as_str).collect();
            (!actions.is_empty()).then(|| of_actions(&actions))
        }
        _ => None,
    }
}

/// How a row says what of the execution role's policy is not there.
const LACKS: [&str; 5] = ["without ", "missing ", "lacks ", "minus ", "no logs:"];

/// The actions that AWS's own policy for execution roles allows.
fn task_execution() -> Vec<String> {
    let mut all = MANAGED.iter();
    let text = all.find(|it| it.name == "AmazonECSTaskExecutionRolePolicy");
    let tree = read_text(text.map_or("", |it| it.text));
    let statements = tree.get("Statement").map(several).unwrap_or_default();
    let actions = statements.into_iter().filter_map(|it| it.get("Action"));
    let actions = actions.flat_map(several);
    actions
        .filter_map(|it| it.as_str().map(str::to_owned))
        .collect()
}

/// The documents of a member: of a list of policies and names each; of a list of actions one.
pub(super) fn documents(node: &Node) -> Vec<String> {
    let actions = |it: &Node| {
        it.as_str()
            .is_some_and(|it| it.contains(':') && !it.starts_with("arn:"))
    };
    match &node.value {
        Value::Array(items) if items.iter().all(actions) => document(node).into_iter().collect(),
        Value::Array(items) => items.iter().filter_map(document).collect(),
        Value::String(text) if text.contains(['+', ',']) && !text.contains(':') => {
            let names = text.split(['+', ',']).map(str::trim);
            let found = names.filter_map(|name| MANAGED.iter().find(|it| it.name == name));
            found.map(|it| it.text.to_owned()).collect()
        }
        _ => document(node).into_iter().collect(),
    }
}

/// Makes a role that the row describes: its policy, and whom it trusts.
pub(super) fn role(
    account: &mut Account,
    name: &str,
    policy: Option<&Node>,
    trusted: Option<&str>,
) -> Result<(), String> {
    let trust = TRUST_TASKS.replace(
        "ecs-tasks.amazonaws.com",
        trusted.unwrap_or("ecs-tasks.amazonaws.com"),
    );
    let input = format!(
        r#"{{"RoleName":"{name}","AssumeRolePolicyDocument":{}}}"#,
        quote(&trust)
    );
    account.done("iam:CreateRole", &input)?;
    let documents = policy.map_or_else(Vec::new, documents);
    for (place, document) in documents.iter().enumerate() {
        let input = format!(
            r#"{{"RoleName":"{name}","PolicyName":"row{place}","PolicyDocument":{}}}"#,
            quote(document)
        );
        account.done("iam:PutRolePolicy", &input)?;
    }
    Ok(())
}

/// The role that rows make.
pub(super) const ROLE: &str = "arn:aws:iam::123456789012:role/row";
