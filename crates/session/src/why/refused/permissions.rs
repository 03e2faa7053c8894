//! Calls that IAM refuses: who asked for what, which policy decided, and the tightest statement that lets it through.

use crate::why::cures::permissions::{Refusal, granted, not_assumed, who};
use crate::why::cures::{Act, Cure};
use crate::why::trouble::of_denial;
use crate::why::{Deed, Explanation, Link};
use fargate_core::call::Call;
use fargate_core::iam::{Decision, Outcome, passed};
use fargate_core::units::SimTime;
use fargate_core::world::World;

/// What made something so, given how to tell whether it is well.
type By<'a> = &'a dyn Fn(&dyn Fn(&World) -> bool) -> Option<Deed>;

/// What IAM refuses of a call as its caller makes it; nothing where it lets it through.
fn refused(world: &World, call: &Call) -> Vec<Refusal> {
    let account = world.iam().account();
    if !account.enforced {
        return Vec::new();
    }
    let all = world.decisions(&account.caller, call);
    if let Some(denied) = all.into_iter().next_back().filter(|it| !it.allowed()) {
        return vec![Refusal::Decided(Box::new(denied))];
    }
    let Some(name) = call.action().strip_prefix("ecs:") else {
        return Vec::new();
    };
    if !matches!(name, "RunTask" | "StartTask") {
        return Vec::new();
    }
    let roles = world.with_known(call, |input, known| passed(name, input, known));
    let mut roles = roles.iter();
    let found = roles.find_map(|role| not_assumed(&account, role));
    found.into_iter().collect()
}

/// Explains a call that IAM refuses; whether it does.
pub(super) fn explain(
    found: &mut Explanation,
    world: &World,
    call: &Call,
    at: SimTime,
    by: By<'_>,
) -> bool {
    let all = refused(world, call);
    let Some(first) = all.first() else {
        return false;
    };
    let by = by(&|before| refused(before, call).is_empty());
    match first {
        Refusal::NoRole(role) => {
            found.cause = "role-missing";
            let sentence =
                format!("The task is to take the role {role}, and this account has no such role.");
            found
                .chain
                .push(Link::new(at, sentence).decided(role.clone(), "role").by(by));
            "Make the role with a trust policy that names ecs-tasks.amazonaws.com, or correct its ARN."
                .clone_into(&mut found.help);
        }
        Refusal::Decided(denied) => decided(found, call, denied, at, by),
    }
    if let Some((title, mut calls)) = granted(world, &|world| refused(world, call)) {
        calls.push(call.clone());
        found.cures = vec![Cure {
            title: format!("{title}, and send it again"),
            acts: calls.into_iter().map(Act::Call).collect(),
            width: 0,
            kind: "grant",
        }];
    }
    true
}

fn decided(found: &mut Explanation, call: &Call, denied: &Decision, at: SimTime, by: Option<Deed>) {
    let explicit = denied.outcome == Outcome::ExplicitDeny;
    found.cause = of_denial(denied.layer, explicit, &denied.request.action);
    let (action, resource) = (&denied.request.action, &denied.request.resource);
    let principal = denied.request.principal.as_str();
    let called = who(principal).map_or_else(
        || principal.to_owned(),
        |(kind, name)| format!("{} {name}", kind.word()),
    );
    let name = call.action();
    let asks = if action == "sts:AssumeRole" {
        format!("The task is to take the role {resource}, which {principal} has to assume.")
    } else if action == "iam:PassRole" {
        format!(
            "{name} hands the role {resource} on to the task: whoever does that needs iam:PassRole for it, beside {name}."
        )
    } else {
        let sent = match called
            .strip_prefix("user ")
            .or(called.strip_prefix("role "))
        {
            Some(_) => format!("The {called} sends {name}"),
            None => format!("{called} sends {name}"),
        };
        if *action == name {
            format!("{sent}, on {resource}.")
        } else {
            format!("{sent}, which asks for {action} on {resource}.")
        }
    };
    found.chain.push(Link::new(at, asks));
    let near = denied.near().into_iter().next();
    let sentence = match near {
        Some(near) => format!("{} {near}", denied.reason()),
        None => denied.reason(),
    };
    let rule = denied
        .statement()
        .map_or_else(|| action.clone(), ToString::to_string);
    found
        .chain
        .push(Link::new(at, sentence).decided(principal, rule).by(by));
    found.help = denied.cure().map(|it| it.sentence).unwrap_or_default();
    found.help = found
        .help
        .replace("whoever asks for it", &format!("the {called}"));
}
