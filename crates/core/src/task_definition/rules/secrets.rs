//! Secrets: each name once, and where each comes from.

use super::names::clip;
use super::subject::items;
use super::{Applies, CLIENT, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::{Node, edit, quote};
use std::collections::{BTreeMap, BTreeSet};

pub(super) static RULE: Rule = Rule {
    code: "secrets",
    applies: Applies::Always,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for container in subject.containers() {
        let secrets = items(container.node, "secrets");
        let variables = items(container.node, "environment");
        let name_of = |node: &'_ Node| node.get("name").and_then(Node::as_str).map(str::to_owned);
        let named = variables.iter().enumerate().rev();
        let in_plain: BTreeMap<_, _> = named.filter_map(|(index, node)| Some((name_of(node)?, index))).collect();
        let mut seen = BTreeSet::new();
        for (index, secret) in secrets.iter().enumerate() {
            let name = name_of(secret).unwrap_or_default();
            let place = Subject::place(secret, "name");
            let shown = clip(&name);
            if seen.contains(&name) {
                findings.push(
                    error(place, format!("There is another secret {shown}"))
                        .aws(CLIENT, format!("Duplicate secret names found: {name}. Each secret name must be unique."))
                        .fix("Remove the secret", edit::remove_item(secrets, index)),
                );
            } else if let Some(&variable) = in_plain.get(&name).filter(|_| !name.is_empty()) {
                findings.push(
                    error(place, format!("{shown} is a secret and stands in environment as well"))
                        .aws(CLIENT, format!("The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '{name}'."))
                        .fix("Remove it from environment", edit::remove_item(variables, variable))
                        .fix("Remove the secret", edit::remove_item(secrets, index)),
                );
            }
            let source = secret.get("valueFrom");
            if let Some((value, from)) = source.and_then(|value| Some((value, value.as_str()?))) {
                findings.extend(source_flaw(subject, &name, from).map(|finding| Finding { span: value.span, ..finding }));
            }
            seen.insert(name);
        }
    }
}

/// What is wrong with the source of a secret.
fn source_flaw(subject: &Subject<'_>, name: &str, from: &str) -> Option<Finding> {
    let nowhere = crate::text::Span::at(0);
    if let Some(rest) = from.strip_prefix("arn:") {
        let parts: Vec<_> = rest.splitn(5, ':').collect();
        let own = subject.account()?;
        let &[_, "ssm", _, account, _] = &parts[..] else {
            return None;
        };
        let numbers = |text: &str| text.len() == 12 && text.bytes().all(|digit| digit.is_ascii_digit());
        return (account != own && numbers(account) && numbers(own)).then(|| {
            error(nowhere, format!("{} lies in another account than the role, {own}", clip(from)))
                .help("A parameter is read from the task's own account only.")
                .aws(CLIENT, format!("The Systems Manager parameter ARN has a different account ID than the current account. The current account ID is {own} and the ARN account ID is {account}. Cross-account access for ARNs is not currently supported."))
        });
    }
    let legal = |c: char| c.is_ascii_alphanumeric() || "_.-/".contains(c);
    if !from.is_empty() && from.len() <= 2_048 && from.chars().all(legal) {
        return None;
    }
    Some(
        error(nowhere, format!("{} is neither an ARN nor the name of a parameter", quote(&clip(from))))
            .help("A secret of Secrets Manager is named by its whole ARN, also where a key follows: arn:…:secret:name:key::.")
            .aws(CLIENT, format!("The Systems Manager parameter name specified for secret {name} is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-,")),
    )
}
