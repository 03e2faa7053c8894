//! What IAM refuses: the tightest statement where nothing allows it, and out with what denies it. Policies are changed by the root user,
//! who alone may, whoever makes the calls.

use super::{Act, Cure, DEFINITION, PROGRAM, cure};
use crate::why::definition::changed;
use fargate_core::call::{
    ActAs, AttachRolePolicy, Call, CreatePolicyVersion, CreateRole, DeleteRolePermissionsBoundary,
    DeleteRolePolicy, DeleteUserPermissionsBoundary, DeleteUserPolicy, DetachRolePolicy,
    DetachUserPolicy, ModifyVpcEndpoint, PutRolePolicy, PutServiceControlPolicy, PutUserPolicy,
    UpdateAssumeRolePolicy,
};
use fargate_core::iam::{
    ACCOUNT, Account, Considered, Decision, Kind, Layer, MANAGED, Outcome, Principal, ROOT, TASKS,
    TRUST_TASKS,
};
use fargate_core::task::{Task, decided_at_start};
use fargate_core::task_definition::fields::{Step, at};
use fargate_core::text::{Value, quote, read};
use fargate_core::workload::AwsAsk;
use fargate_core::world::World;

/// Changes of policies that one cure may take.
const MOST: usize = 12;
/// Statements that a title tells with their resources.
const AT_LENGTH: usize = 2;
/// What every execution role may do, where AWS's own policy is attached to it.
const EXECUTION: &str = "AmazonECSTaskExecutionRolePolicy";

/// What IAM still refuses.
#[derive(Clone, Debug)]
pub(in crate::why) enum Refusal {
    /// There is no such role.
    NoRole(String),
    /// A policy decided so.
    Decided(Box<Decision>),
}

/// What may cure a start that its execution role may not make.
pub(super) fn of_start(world: &World, task: &Task) -> Vec<Cure> {
    let Some(role) = task.definition.execution_role_arn.as_deref() else {
        return Vec::new();
    };
    let refused = |world: &World| at_start(&world.iam().account(), task, role);
    let mut found = Vec::new();
    if let Some((title, calls)) = granted(world, &refused) {
        let mut acts: Vec<Act> = calls.into_iter().map(Act::Call).collect();
        acts.push(Act::Again);
        found.push(cure(title, "grant", PROGRAM, acts));
    }
    found.extend(managed(world, role));
    found
}

/// What may cure what a task that runs is refused, as `refused` says; it goes on and asks again by itself.
pub(in crate::why) fn of_running(
    world: &World,
    refused: &dyn Fn(&World) -> Vec<Refusal>,
) -> Vec<Cure> {
    let found = granted(world, refused);
    let found = found.map(|(title, calls)| {
        let acts = calls.into_iter().map(Act::Call).collect();
        cure(title, "grant", PROGRAM, acts)
    });
    found.into_iter().collect()
}

/// AWS's own policy for execution roles, where the role has it not.
fn managed(world: &World, role: &str) -> Option<Cure> {
    let account = world.iam().account();
    let role = account.role(role)?;
    let policy = MANAGED.iter().find(|it| it.name == EXECUTION)?.arn();
    if role.attached.contains(&policy) {
        return None;
    }
    let call = AttachRolePolicy {
        role_name: role.name.clone(),
        policy_arn: policy,
    };
    let calls = as_root(&account, vec![call.into()]);
    let mut acts: Vec<Act> = calls.into_iter().map(Act::Call).collect();
    acts.push(Act::Again);
    let title = format!(
        "Attach {EXECUTION} to {}: what most tasks need to start",
        role.name
    );
    Some(cure(title, "managed policy", DEFINITION * 2, acts))
}

/// What is refused to the start of another task like this one.
pub(in crate::why) fn at_start(account: &Account, task: &Task, role: &str) -> Vec<Refusal> {
    if let Some(refused) = not_assumed(account, role) {
        return vec![refused];
    }
    let all = decided_at_start(account, task).into_iter();
    let denied = all.filter(|it| !it.allowed()).map(|mut it| {
        // another task logs to a stream of its own
        if let Some(stream) = it.request.resource.strip_suffix(task.id.as_str()) {
            it.request.resource = format!("{stream}*");
        }
        Refusal::Decided(Box::new(it))
    });
    denied.collect()
}

/// Why tasks cannot assume a role; `None` where they can.
pub(in crate::why) fn not_assumed(account: &Account, role: &str) -> Option<Refusal> {
    match account.assume(role, TASKS) {
        None => Some(Refusal::NoRole(role.to_owned())),
        Some(decision) if decision.allowed() => None,
        Some(decision) => Some(Refusal::Decided(Box::new(decision))),
    }
}

/// The calls after which nothing is refused any more, as the root user makes them, and what they do; `refused` says what is.
pub(in crate::why) fn granted(
    world: &World,
    refused: &dyn Fn(&World) -> Vec<Refusal>,
) -> Option<(String, Vec<Call>)> {
    let account = world.iam().account();
    let mut grant = Grant::default();
    for _ in 0..MOST {
        let calls = as_root(&account, grant.calls(&account));
        let mut copy = world.clone();
        for (number, call) in calls.iter().enumerate() {
            copy.apply(number as u32, call, &mut Vec::new()).ok()?;
        }
        let left = refused(&copy);
        if left.is_empty() {
            return (!calls.is_empty()).then(|| (grant.title(), calls));
        }
        grant.go_on(&copy.iam().account(), left)?;
    }
    None
}

/// Calls that the root user makes, whoever makes the others.
fn as_root(account: &Account, calls: Vec<Call>) -> Vec<Call> {
    if account.caller == ROOT || calls.is_empty() {
        return calls;
    }
    let act = |principal_arn: Option<String>| Call::from(ActAs { principal_arn });
    let mut all = vec![act(None)];
    all.extend(calls);
    all.push(act(Some(account.caller.clone())));
    all
}

/// What is granted so far.
#[derive(Debug, Default)]
struct Grant {
    /// Changes of what there is, with what they do; a policy is changed once.
    edits: Vec<(Change, Call)>,
    /// What a new inline policy allows.
    added: Vec<Decision>,
}

/// What a change of what there is does.
#[derive(Clone, Debug)]
enum Change {
    /// It allows actions at a place.
    Allow(Vec<String>, String),
    /// Something else, as a button says it.
    Other(String),
}

/// Which text a call replaces as a whole.
fn replaces(call: &Call) -> Option<String> {
    if let Some(it) = call.input::<CreatePolicyVersion>() {
        return Some(it.policy_arn.clone());
    }
    if let Some(it) = call.input::<PutServiceControlPolicy>() {
        return Some(format!("control {}", it.policy_name));
    }
    if let Some(it) = call.input::<ModifyVpcEndpoint>() {
        return Some(format!("endpoint {}", it.vpc_endpoint_id));
    }
    let it = call.input::<UpdateAssumeRolePolicy>()?;
    Some(format!("trust {}", it.role_name))
}

impl Grant {
    /// Adds a change; what replaces the same text holds the change before it, too.
    fn add(&mut self, change: Change, call: Call) {
        let text = replaces(&call);
        let same = |it: &(Change, Call)| text.is_some() && replaces(&it.1) == text;
        let Some(place) = self.edits.iter().position(same) else {
            self.edits.push((change, call));
            return;
        };
        let (before, _) = self.edits.remove(place);
        let both = match (before, change) {
            (Change::Allow(mut actions, place), Change::Allow(more, other)) if place == other => {
                actions.extend(more);
                Change::Allow(actions, place)
            }
            (before, after) => Change::Other(format!("{}, and {}", words(&before), words(&after))),
        };
        self.edits.push((both, call));
    }

    fn go_on(&mut self, account: &Account, left: Vec<Refusal>) -> Option<()> {
        let by_identity = |it: &Decision| {
            it.outcome == Outcome::ImplicitDeny && it.layer == Some(Layer::Identity)
        };
        match left.first()? {
            Refusal::NoRole(role) => {
                let (title, call) = made(role)?;
                self.add(Change::Other(title), call);
            }
            Refusal::Decided(first) if by_identity(first) => {
                let before = self.added.len();
                for refusal in left {
                    if let Refusal::Decided(it) = refusal
                        && by_identity(&it)
                        && !self.added.iter().any(|known| {
                            (&known.request.action, &known.request.resource)
                                == (&it.request.action, &it.request.resource)
                        })
                    {
                        self.added.push(*it);
                    }
                }
                // what was added and does not help is no cure
                (self.added.len() > before).then_some(())?;
            }
            Refusal::Decided(first) => {
                let (change, call) = edit(account, first)?;
                if self.edits.iter().any(|(_, known)| *known == call) {
                    return None;
                }
                self.add(change, call);
            }
        }
        Some(())
    }

    fn calls(&self, account: &Account) -> Vec<Call> {
        let edits = self.edits.iter().map(|(_, call)| call.clone());
        edits.chain(self.policy(account)).collect()
    }

    /// The inline policy that allows what nothing allowed.
    fn policy(&self, account: &Account) -> Option<Call> {
        let first = self.added.first()?;
        let (kind, name) = who(&first.request.principal)?;
        let principal = account.principal(kind, name);
        let mut statements: Vec<String> = Vec::new();
        for decision in &self.added {
            let statement = decision.cure()?.statement?;
            let lines: Vec<String> = statement.lines().map(|it| format!("    {it}")).collect();
            statements.push(lines.join("\n"));
        }
        let policy_document = format!(
            "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n{}\n  ]\n}}",
            statements.join(",\n")
        );
        let wanted = match self.added.as_slice() {
            [one] => format!("Allow{}", bare(&one.request.action)),
            _ if kind == Kind::Role => "AllowTaskStart".to_owned(),
            _ => "AllowCall".to_owned(),
        };
        let taken = |name: &String| principal.is_some_and(|it| it.inline.get(name).is_some());
        let mut names = (2..).map(|number| format!("{wanted}{number}"));
        let policy_name = if taken(&wanted) {
            names.find(|name| !taken(name))?
        } else {
            wanted
        };
        let name = name.to_owned();
        Some(match kind {
            Kind::Role => PutRolePolicy {
                role_name: name,
                policy_name,
                policy_document,
            }
            .into(),
            Kind::User => PutUserPolicy {
                user_name: name,
                policy_name,
                policy_document,
            }
            .into(),
        })
    }

    /// What it does, as a button says it.
    fn title(&self) -> String {
        let mut titles: Vec<String> = self.edits.iter().map(|(it, _)| words(it)).collect();
        if let Some(first) = self.added.first()
            && let Some((_, name)) = who(&first.request.principal)
        {
            let all = self.added.iter();
            let mut told: Vec<String> = Vec::new();
            for it in all {
                let words = match it.request.resource.as_str() {
                    "*" => it.request.action.clone(),
                    resource => format!("{} on {}", it.request.action, short(resource)),
                };
                if !told.contains(&words) {
                    told.push(words);
                }
            }
            titles.push(if told.len() <= AT_LENGTH {
                format!(
                    "Allow {name} {} in an inline policy, and nothing more",
                    joined(&told)
                )
            } else {
                let mut actions: Vec<String> = Vec::new();
                for it in &self.added {
                    if !actions.contains(&it.request.action) {
                        actions.push(it.request.action.clone());
                    }
                }
                format!(
                    "Allow {name} {}, each on its own resource, in an inline policy",
                    joined(&actions)
                )
            });
        }
        titles.join(", and ")
    }
}

fn words(change: &Change) -> String {
    match change {
        Change::Allow(actions, place) => format!("Allow {} in {place}", joined(actions)),
        Change::Other(title) => title.clone(),
    }
}

fn joined(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// The end of an ARN: what people call the thing.
fn short(arn: &str) -> &str {
    let mut parts = arn.splitn(6, ':');
    parts.nth(5).unwrap_or(arn)
}

/// An action without its service.
fn bare(action: &str) -> &str {
    action.split_once(':').map_or(action, |it| it.1)
}

/// The user or the role of a principal's ARN, as requests name it.
pub(in crate::why) fn who(principal: &str) -> Option<(Kind, &str)> {
    if let Some((_, rest)) = principal.split_once(":assumed-role/") {
        return Some((Kind::Role, rest.split('/').next()?));
    }
    for kind in [Kind::Role, Kind::User] {
        if let Some((_, rest)) = principal.split_once(&format!(":{}/", kind.word())) {
            return Some((kind, rest.rsplit('/').next()?));
        }
    }
    None
}

/// A role that is not there, made so that tasks can assume it.
fn made(role: &str) -> Option<(String, Call)> {
    let (_, path) = role.split_once(":role").unwrap_or(("", role));
    let (path, name) = path.rsplit_once('/').unwrap_or(("", path));
    let call = CreateRole {
        role_name: name.to_owned(),
        assume_role_policy_document: TRUST_TASKS.to_owned(),
        path: (!path.is_empty()).then(|| format!("{path}/")),
        ..CreateRole::default()
    };
    (!name.is_empty()).then(|| (format!("Make the role {name}"), call.into()))
}

/// The calls, as the root user makes them, that make a role for a family's tasks that may do what is asked and nothing more; and its
/// ARN. `None` where there is one of that name.
pub(super) fn with_trust(
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

/// What changes the policy that decided.
fn edit(account: &Account, denied: &Decision) -> Option<(Change, Call)> {
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
