//! Changes of the policy that decided: a statement more where it allows too little, out with what denies.

use super::grant::Change;
use super::who;
use crate::why::definition::changed;
use fargate_core::call::{
    Call, CreatePolicyVersion, DeleteRolePermissionsBoundary, DeleteRolePolicy,
    DeleteUserPermissionsBoundary, DeleteUserPolicy, DetachRolePolicy, DetachUserPolicy,
    ModifyVpcEndpoint, PutRolePolicy, PutServiceControlPolicy, PutUserPolicy,
    UpdateAssumeRolePolicy,
};
use fargate_core::iam::{Account, Considered, Decision, Kind, Layer, Principal, TASKS};
use fargate_core::task_definition::fields::{Step, at};
use fargate_core::text::{Value, read};

/// What changes the policy that decided.
pub(super) fn edit(account: &Account, denied: &Decision) -> Option<(Change, Call)> {
    if let Some(statement) = denied.statement() {
        let (title, call) = out_with(account, denied, statement)?;
        return Some((Change::Other(title), call));
    }
    let statement = denied.cure()?.statement?;
    match denied.layer? {
        Layer::Trust => {
            let role = account.role(&denied.request.resource)?;
            let policy_document = with(&role.trust.as_ref()?.text, &statement)?;
            let call = UpdateAssumeRolePolicy {
                role_name: role.name.clone(),
                policy_document,
            };
            let title = format!("Let {TASKS} assume {} (its trust policy)", role.name);
            Some((Change::Other(title), call.into()))
        }
        Layer::Boundary => {
            let principal = principal(account, denied)?;
            let arn = principal.boundary.clone()?;
            let own = account.policies.get(&arn);
            let Some(text) = own.and_then(|it| with(&it.document.text, &statement)) else {
                let (title, call) = unbounded(principal);
                return Some((Change::Other(title), call));
            };
            let place = format!("the permissions boundary of {}", principal.name);
            let change = Change::Allow(vec![denied.request.action.clone()], place);
            Some((change, version(arn, text)))
        }
        Layer::ServiceControl => {
            let (name, document) = account.controls.first()?;
            let call = PutServiceControlPolicy {
                policy_name: name.clone(),
                policy_document: Some(with(&document.text, &statement)?),
            };
            let place = format!("the service control policy {name}");
            let change = Change::Allow(vec![denied.request.action.clone()], place);
            Some((change, call.into()))
        }
        Layer::Endpoint => {
            let mut all = denied.considered.iter();
            let id = all
                .find(|it| it.layer == Layer::Endpoint)?
                .policy
                .to_string();
            let text = with(&account.endpoints.get(&id)?.text, &statement)?;
            let place = format!("the policy of endpoint {id}");
            let change = Change::Allow(vec![denied.request.action.clone()], place);
            Some((change, guarded(id, Some(text))))
        }
        Layer::Identity | Layer::Resource | Layer::Session => None,
    }
}

/// An endpoint with another policy; with the one that lets everything through where none is given.
fn guarded(endpoint: String, policy_document: Option<String>) -> Call {
    ModifyVpcEndpoint {
        vpc_endpoint_id: endpoint.into(),
        reset_policy: policy_document.is_none().then_some(true),
        policy_document,
        ..ModifyVpcEndpoint::default()
    }
    .into()
}

fn principal<'a>(account: &'a Account, denied: &Decision) -> Option<&'a Principal> {
    let (kind, name) = who(&denied.request.principal)?;
    account.principal(kind, name).map(AsRef::as_ref)
}

/// A principal without its boundary.
fn unbounded(principal: &Principal) -> (String, Call) {
    let name = principal.name.clone();
    let title = format!("Take the permissions boundary off {name}");
    let call = match principal.kind {
        Kind::Role => DeleteRolePermissionsBoundary { role_name: name }.into(),
        Kind::User => DeleteUserPermissionsBoundary { user_name: name }.into(),
    };
    (title, call)
}

fn version(policy_arn: String, policy_document: String) -> Call {
    CreatePolicyVersion {
        policy_arn,
        policy_document,
        set_as_default: true,
    }
    .into()
}

/// A policy without what denies a request: the action where its statement names others beside it, else the statement.
fn out_with(account: &Account, denied: &Decision, by: &Considered) -> Option<(String, Call)> {
    let action = &denied.request.action;
    let less = |text: &str| without(text, by, action);
    let title = |whole: bool| {
        if whole {
            format!("Take {by} out, which denies {action}")
        } else {
            format!("Take {action} out of {by}")
        }
    };
    match by.layer {
        Layer::Trust => {
            let role = account.role(&denied.request.resource)?;
            let (policy_document, whole) = less(&role.trust.as_ref()?.text)?;
            let call = UpdateAssumeRolePolicy {
                role_name: role.name.clone(),
                policy_document,
            };
            Some((title(whole), call.into()))
        }
        Layer::ServiceControl => {
            let (name, document) = account.controls.iter().find(|it| *it.0 == *by.policy)?;
            let left = less(&document.text);
            let whole = left.as_ref().is_none_or(|it| it.1);
            let call = PutServiceControlPolicy {
                policy_name: name.clone(),
                policy_document: left.map(|it| it.0),
            };
            Some((title(whole), call.into()))
        }
        Layer::Boundary => {
            let principal = principal(account, denied)?;
            let arn = principal.boundary.clone()?;
            let own = account.policies.get(&arn);
            let Some((text, whole)) = own.and_then(|it| less(&it.document.text)) else {
                return Some(unbounded(principal));
            };
            Some((title(whole), version(arn, text)))
        }
        Layer::Identity => of_identity(principal(account, denied)?, account, by, &less, &title),
        Layer::Endpoint => {
            let id = by.policy.to_string();
            let left = less(&account.endpoints.get(&id)?.text);
            let whole = left.as_ref().is_none_or(|it| it.1);
            Some((title(whole), guarded(id, left.map(|it| it.0))))
        }
        Layer::Resource | Layer::Session => None,
    }
}

fn of_identity(
    principal: &Principal,
    account: &Account,
    by: &Considered,
    less: &dyn Fn(&str) -> Option<(String, bool)>,
    title: &dyn Fn(bool) -> String,
) -> Option<(String, Call)> {
    let name = principal.name.clone();
    let role = principal.kind == Kind::Role;
    let policy_name = by.policy.to_string();
    if let Some(document) = principal.inline.get(&policy_name) {
        let left = less(&document.text);
        let whole = left.as_ref().is_none_or(|it| it.1);
        let call: Call = match (left, role) {
            (Some((policy_document, _)), true) => PutRolePolicy {
                role_name: name,
                policy_name,
                policy_document,
            }
            .into(),
            (Some((policy_document, _)), false) => PutUserPolicy {
                user_name: name,
                policy_name,
                policy_document,
            }
            .into(),
            (None, true) => DeleteRolePolicy {
                role_name: name,
                policy_name,
            }
            .into(),
            (None, false) => DeleteUserPolicy {
                user_name: name,
                policy_name,
            }
            .into(),
        };
        return Some((title(whole), call));
    }
    let named = |arn: &&String| account.policy(arn).is_some_and(|it| it.0 == by.policy);
    let policy_arn = principal.attached.iter().find(named)?.clone();
    let own = account.policies.get(&policy_arn);
    if let Some((text, whole)) = own.and_then(|it| less(&it.document.text)) {
        return Some((title(whole), version(policy_arn, text)));
    }
    let title = format!("Detach {} from {name}", by.policy);
    let call = if role {
        DetachRolePolicy {
            role_name: name,
            policy_arn,
        }
        .into()
    } else {
        DetachUserPolicy {
            user_name: name,
            policy_arn,
        }
        .into()
    };
    Some((title, call))
}

/// A policy with one more statement.
fn with(text: &str, statement: &str) -> Option<String> {
    let document = read(text);
    let all = document.root.get("Statement")?;
    let path = vec![Step::from("Statement")];
    if matches!(all.value, Value::Array(_)) {
        let mut path = path;
        path.push(Step::Item(all.items().len()));
        return changed(text, &[(path, Some(statement.to_owned()))]);
    }
    let only = text.get(all.span.start..all.span.end)?;
    changed(text, &[(path, Some(format!("[{only},{statement}]")))])
}

/// A policy without an action of a statement, or without the statement, and whether it is all of that; `None` where nothing would be
/// left.
fn without(text: &str, by: &Considered, action: &str) -> Option<(String, bool)> {
    let document = read(text);
    let all = document.root.get("Statement")?;
    let list = matches!(all.value, Value::Array(_));
    let mut path = vec![Step::from("Statement")];
    if list {
        path.push(Step::Item(by.number.checked_sub(1)?));
    }
    let own = |it: &String| it.eq_ignore_ascii_case(action);
    if let Some(place) = by
        .actions
        .iter()
        .position(own)
        .filter(|_| by.actions.len() > 1)
    {
        let mut item = path.clone();
        item.push("Action".into());
        item.push(Step::Item(place));
        if at(&document.root, &item).is_some() {
            return Some((changed(text, &[(item, None)])?, false));
        }
    }
    (list && all.items().len() > 1)
        .then(|| changed(text, &[(path, None)]))
        .flatten()
        .map(|text| (text, true))
}
