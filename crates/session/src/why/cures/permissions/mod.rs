//! What IAM refuses: the tightest statement where nothing allows it, and out with what denies it. Policies are changed by the root user,
//! who alone may, whoever makes the calls.

mod edit;
mod grant;
mod role;

pub(in crate::why::cures) use role::with_trust;

use super::{Act, Cure, DEFINITION, PROGRAM, cure};
use crate::why::needs;
use fargate_core::call::{ActAs, AttachRolePolicy, Call};
use fargate_core::iam::{Account, Decision, Kind, MANAGED, ROOT, TASKS};
use fargate_core::network::Network;
use fargate_core::task::{Task, decided_at_start, ways_to};
use fargate_core::world::World;
use grant::Grant;

/// Changes of policies that one cure may take.
const MOST: usize = 12;
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
    let refused = |world: &World| at_start(world, task, role);
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
    let role = account.role(role).filter(|_| account.enforced)?;
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

/// What is refused to the start of another task like this one: by IAM, and by the policies of the endpoints on its way.
pub(in crate::why) fn at_start(world: &World, task: &Task, role: &str) -> Vec<Refusal> {
    let account = world.iam().account();
    if account.enforced
        && let Some(refused) = not_assumed(&account, role)
    {
        return vec![refused];
    }
    let like = if account.endpoints.is_empty() {
        None
    } else {
        needs::with_interface(world, task)
    };
    let ways = |host: &str| match &like {
        Some((world, interface)) => ways_to(world.network(), Network::walk, interface, host),
        None => Vec::new(),
    };
    let all = decided_at_start(&account, task, &ways).into_iter();
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
