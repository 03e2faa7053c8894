//! A role that is made for a family's tasks.

use super::as_root;
use fargate_core::call::{Call, CreateRole, PutRolePolicy};
use fargate_core::iam::{ACCOUNT, Account, Kind, TRUST_TASKS};
use fargate_core::text::quote;
use fargate_core::workload::AwsAsk;

/// The calls, as the root user makes them, that make a role for a family's tasks that may do what is asked and nothing more; and its
/// ARN. `None` where there is one of that name.
pub(in crate::why::cures) fn with_trust(
    account: &Account,
    family: &str,
    asks: &[AwsAsk<'_>],
) -> Option<(String, Vec<Call>)> {
    // a role's name has 64 characters at most
    let family: String = family.chars().take(64 - "-task-role".len()).collect();
    let name = format!("{family}-task-role");
    if account.principal(Kind::Role, &name).is_some() {
        return None;
    }
    let mut statements: Vec<String> = Vec::new();
    for ask in asks {
        let statement = format!(
            "    {{\n      \"Effect\": \"Allow\",\n      \"Action\": {},\n      \"Resource\": {}\n    }}",
            quote(ask.action),
            quote(ask.resource)
        );
        if !statements.contains(&statement) {
            statements.push(statement);
        }
    }
    let make = CreateRole {
        role_name: name.clone(),
        assume_role_policy_document: TRUST_TASKS.to_owned(),
        ..CreateRole::default()
    };
    let allow = PutRolePolicy {
        role_name: name.clone(),
        policy_name: "AllowTask".to_owned(),
        policy_document: format!(
            "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n{}\n  ]\n}}",
            statements.join(",\n")
        ),
    };
    let calls = as_root(account, vec![make.into(), allow.into()]);
    Some((format!("arn:aws:iam::{ACCOUNT}:role/{name}"), calls))
}
