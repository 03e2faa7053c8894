//! A set of cures that is to be tried, and how one more is put to it.

use crate::why::cures::{Act, Cure, Launch};
use crate::why::definition::changed;
use crate::why::trouble::{Trouble, of_living, of_stop};
use fargate_core::call::{
    AssociateRouteTable, Call, CreateRoute, ReplaceRoute, ReplaceRouteTableAssociation,
};
use fargate_core::iam::{Decision, ROOT};
use fargate_core::ids::{RouteTableId, SubnetId};
use fargate_core::network::route_table_association;
use fargate_core::task::Task;
use fargate_core::world::World;
use std::fmt::Write as _;

/// A set of cures that is to be tried.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub(super) titles: Vec<String>,
    pub(super) kinds: Vec<&'static str>,
    pub(super) calls: Vec<Call>,
    /// The changed text of the definition.
    pub(super) text: Option<String>,
    pub(super) launch: Option<Launch>,
    /// A subnet that is made first and takes the task.
    pub(super) room: Option<Call>,
    /// A NAT gateway that is made: where it stands, which table leads to it, and whether that has a route to be changed.
    pub(super) nat: Option<(SubnetId, RouteTableId, bool)>,
    pub(super) again: bool,
    /// How long what is made takes until the task can be run, in ms: somebody else runs it then.
    pub(super) later: u64,
    pub(super) width: u64,
    /// What it came to cure, one after the other.
    pub(super) cured: Vec<String>,
}

/// How long a NAT gateway takes to come up at most, in ms.
const NAT_COMES_UP: u64 = 185_000;

/// Whether a call does once more, or otherwise, what another of the same set did: a set that takes back its own edits is no cure.
fn undoes(call: &Call, done: &Call) -> bool {
    if call == done {
        return true;
    }
    let table = |it: &Call| {
        let given = it
            .input::<AssociateRouteTable>()
            .map(|it| route_table_association(&it.subnet_id));
        given.or_else(|| {
            let changed = it.input::<ReplaceRouteTableAssociation>()?;
            Some(changed.association_id.clone())
        })
    };
    let route = |it: &Call| {
        let made = it
            .input::<CreateRoute>()
            .map(|it| (it.route_table_id.clone(), it.destination_cidr_block.clone()));
        made.or_else(|| {
            let changed = it.input::<ReplaceRoute>()?;
            Some((
                changed.route_table_id.clone(),
                changed.destination_cidr_block.clone(),
            ))
        })
    };
    (table(call).is_some() && table(call) == table(done))
        || (route(call).is_some() && route(call) == route(done))
}

/// An attempt with one more cure; `None` where that does not fit it.
pub(super) fn with(
    base: &Attempt,
    cure: &Cure,
    world: &World,
    task: Option<&Task>,
) -> Option<Attempt> {
    let mut next = base.clone();
    next.titles.push(cure.title.clone());
    next.kinds.push(cure.kind);
    next.width = next.width.saturating_add(cure.width);
    if next.launch.is_none() {
        next.launch = task.map(Launch::of);
    }
    for act in &cure.acts {
        match act {
            Act::Call(call) if next.calls.iter().any(|it| undoes(call, it)) => return None,
            Act::Call(call) => next.calls.push(call.clone()),
            Act::Define(changes) => {
                let text = if let Some(text) = next.text.take() {
                    text
                } else {
                    let revision = world.revisions().find(&task?.revision).ok()?;
                    revision.sent.indented()
                };
                let text_after = changed(&text, changes)?;
                if text_after == text {
                    return None;
                }
                next.text = Some(text_after);
                next.again = true;
            }
            Act::Subnet(id) => {
                next.launch.as_mut()?.subnet = id.clone();
                next.again = true;
            }
            Act::Nat {
                subnet,
                table,
                replaces,
            } => {
                let again = next.nat.replace((subnet.clone(), table.clone(), *replaces));
                if again.is_some() {
                    return None;
                }
                // a task that is gone is run once the gateway is there
                if task?.stop.is_some() {
                    next.later = next.later.max(NAT_COMES_UP);
                    next.again = true;
                }
            }
            Act::NewSubnet(call) => {
                next.room = Some(call.clone());
                next.again = true;
            }
            Act::Public => {
                let launch = next.launch.as_mut()?;
                if launch.public {
                    return None;
                }
                launch.public = true;
                next.again = true;
            }
            Act::Platform(version) => {
                (*version).clone_into(&mut next.launch.as_mut()?.platform);
                next.again = true;
            }
            Act::OnDemand => {
                next.launch.as_mut()?.provider = None;
                next.again = true;
            }
            Act::Exec => {
                next.launch.as_mut()?.exec = true;
                next.again = true;
            }
            Act::Again => next.again = true,
            Act::Later(ms) => {
                next.later = next.later.max(*ms);
                next.again = true;
            }
        }
    }
    Some(next)
}

/// A trouble's own name, beside which the same is no step forward.
pub(super) fn of(trouble: &Trouble) -> String {
    match trouble {
        Trouble::NoWay(what, trace) => {
            let decided = trace.as_ref().and_then(|it| it.decided_by());
            let part = decided.map(|hop| hop.part.id()).unwrap_or_default();
            format!("{} {} {part}", trouble.name(), what.service())
        }
        other => other.key(),
    }
}

pub(super) fn of_trial(task: &Task, world: &World) -> Option<Trouble> {
    of_stop(task, world.now()).or_else(|| of_living(task, world.now()))
}

pub(super) fn joined(titles: &[String]) -> String {
    let lower = |title: &String| {
        let mut letters = title.chars();
        let first = letters.next().map(|it| it.to_ascii_lowercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    match titles {
        [] => String::new(),
        [only] => only.clone(),
        [first, middle @ .., last] => {
            let mut text = first.clone();
            for title in middle {
                let written = write!(text, ", {}", lower(title));
                debug_assert!(written.is_ok(), "a text can always be written to");
            }
            format!("{text}, and {}", lower(last))
        }
    }
}

/// An attempt with each of some cures of the next trouble; nothing where it is the same again, which is no step forward.
pub(super) fn onward(
    attempt: &Attempt,
    name: String,
    cures: &[Cure],
    world: &World,
    task: Option<&Task>,
) -> Vec<Attempt> {
    if attempt.cured.contains(&name) {
        return Vec::new();
    }
    let mut base = attempt.clone();
    base.cured.push(name);
    let found = cures.iter();
    let found = found.filter_map(|it| with(&base, it, world, task));
    found.collect()
}

/// Who may not make a call that the root user may: somebody who may has to make it.
pub(super) fn forbidden(world: &World, call: &Call) -> Option<String> {
    let account = world.iam().account();
    if !account.enforced || account.caller == ROOT {
        return None;
    }
    let may = |caller: &str| {
        let all = world.decisions(caller, call);
        all.last().is_none_or(Decision::allowed)
    };
    (!may(&account.caller) && may(ROOT)).then(|| account.caller.clone())
}
