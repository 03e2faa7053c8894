//! What a reader expects before it happens, and how near that came to what did: how much each container gets of the task's
//! CPU or memory, and who is killed.

use super::cpu::loans;
use crate::cards::sentences::list;
use crate::view::{ContainerCard, ContainerState, CpuCard, TaskCard};
use crate::words::number;
use litemap::LiteMap;

/// A guess counts as right within this part of what really came: one twentieth, 5 %.
const NEAR: u32 = 20;

/// Which share is foretold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    /// CPU units.
    Cpu,
    /// MiB of memory.
    Memory,
}

impl Resource {
    /// An amount with its unit: `1 unit`, `1,024 units`, `512 MiB`.
    pub fn amount(self, amount: u32) -> String {
        let unit = match self {
            Self::Cpu if amount == 1 => "unit",
            Self::Cpu => "units",
            Self::Memory => "MiB",
        };
        format!("{} {unit}", number(amount.into()))
    }

    /// What a container wants now.
    pub fn wants(self, container: &ContainerCard) -> u32 {
        match self {
            Self::Cpu => container.cpu.wants,
            Self::Memory => container.memory.wants,
        }
    }

    /// What a container has now.
    pub fn gets(self, container: &ContainerCard) -> u32 {
        match self {
            Self::Cpu => container.cpu.granted,
            Self::Memory => container.memory.uses,
        }
    }
}

/// Who is expected to be killed for want of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Victim {
    /// All live.
    Nobody,
    /// The container at this place of the definition.
    Container(usize),
}

/// What a reader drafts and expects. Containers are named by their places in the definition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prediction {
    /// What containers are to want; who is not named goes on as it does.
    pub wants: LiteMap<usize, u32>,
    /// What containers are expected to get.
    pub gets: LiteMap<usize, u32>,
    /// Who is expected to be killed; `None` where nothing is said.
    pub victim: Option<Victim>,
}

impl Prediction {
    /// The demands to set, in the order in which to set them: first who is to want less, so that nobody is killed on the
    /// way to a demand that fits. Only those that run and would change.
    pub fn demands(&self, resource: Resource, task: &TaskCard) -> Vec<(usize, u32)> {
        let asked = self.wants.iter().filter_map(|(place, wants)| {
            let container = task.containers.get(*place).filter(|it| runs(it))?;
            let now = resource.wants(container);
            (now != *wants).then_some((*wants > now, *place, *wants))
        });
        let mut asked: Vec<_> = asked.collect();
        asked.sort_by_key(|(more, ..)| *more);
        asked
            .into_iter()
            .map(|(_, place, wants)| (place, wants))
            .collect()
    }

    /// Why it cannot be run yet; `None` where it can.
    pub fn blocked(&self, task: &TaskCard) -> Option<&'static str> {
        if !task.containers.iter().any(runs) {
            Some("No container runs, so there is nothing to run. What is marked stays here.")
        } else if self.gets.is_empty() && self.victim.is_none() {
            Some("Mark what at least one container gets.")
        } else {
            None
        }
    }

    /// How near it came: the task as it was, and as it is with the demands set.
    pub fn outcome(&self, resource: Resource, before: &TaskCard, after: &TaskCard) -> Outcome {
        let compared = self.gets.iter().filter_map(|(place, expected)| {
            let container = after.containers.get(*place)?;
            let got = resource.gets(container);
            let killed = was_killed(before, after, *place);
            let near = expected.abs_diff(got).saturating_mul(NEAR) <= got;
            let reason = match resource {
                Resource::Cpu => cpu_reason(after, *place),
                Resource::Memory => memory_reason(container, killed),
            };
            Some(Compared {
                place: *place,
                expected: *expected,
                got,
                near,
                sentence: sentence(
                    resource,
                    &container.short_name,
                    (*expected, got),
                    near,
                    &reason,
                ),
            })
        });
        let compared: Vec<Compared> = compared.collect();
        let victim = self.victim.map(|victim| fate(victim, before, after));
        let of = compared.len() + usize::from(victim.is_some());
        let right = compared.iter().filter(|it| it.near).count()
            + usize::from(victim.as_ref().is_some_and(|(right, _)| *right));
        Outcome {
            total: total(right, of),
            compared,
            victim: victim.map(|(_, sentence)| sentence),
        }
    }
}

/// How near a prediction came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Each container that was foretold, in the definition's order.
    pub compared: Vec<Compared>,
    /// What became of who was expected to be killed; `None` where nothing was said of that.
    pub victim: Option<String>,
    /// '2 of 3 within 5 %.'
    pub total: String,
}

/// One container's share as it was expected and as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The container's place in the definition.
    pub place: usize,
    /// What was expected, in units or MiB.
    pub expected: u32,
    /// What it got, in units or MiB.
    pub got: u32,
    /// Whether that is within 5 % of what it got.
    pub near: bool,
    /// 'You expected web to get 128 units; it got 171, because its share is 86 and worker leaves 85 idle.'
    pub sentence: String,
}

impl Compared {
    /// How far what came lies from what was expected: '+43', '−7', '0'.
    pub fn difference(&self) -> String {
        let off = number(self.got.abs_diff(self.expected).into());
        match self.got.cmp(&self.expected) {
            std::cmp::Ordering::Less => format!("\u{2212}{off}"),
            std::cmp::Ordering::Equal => off,
            std::cmp::Ordering::Greater => format!("+{off}"),
        }
    }
}

fn runs(container: &ContainerCard) -> bool {
    container.state == ContainerState::Running
}

/// Whether the container at a place was killed between two moments, even if its restart policy has it run again.
fn was_killed(before: &TaskCard, after: &TaskCard, place: usize) -> bool {
    let (Some(was), Some(is)) = (before.containers.get(place), after.containers.get(place)) else {
        return false;
    };
    runs(was) && is.killed_at.is_some() && (!runs(is) || is.restarts > was.restarts)
}

fn sentence(resource: Resource, name: &str, share: (u32, u32), near: bool, reason: &str) -> String {
    let verb = match resource {
        Resource::Cpu => "get",
        Resource::Memory => "use",
    };
    let did = match resource {
        Resource::Cpu => "got",
        Resource::Memory => "used",
    };
    let (expected, got) = (resource.amount(share.0), number(share.1.into()));
    let guess = format!("You expected {name} to {verb} {expected}");
    if share.0 == share.1 {
        format!("{guess}, and it did, {reason}.")
    } else if near {
        format!("{guess}; it {did} {got}, which is close, {reason}.")
    } else {
        format!("{guess}; it {did} {got}, {reason}.")
    }
}

/// Why a container gets as much CPU as it does.
fn cpu_reason(task: &TaskCard, place: usize) -> String {
    let Some(container) = task.containers.get(place) else {
        return String::new();
    };
    let cpu = container.cpu;
    if !runs(container) {
        return "because it does not run".to_owned();
    }
    if task.platform.windows && cpu.granted < cpu.wants {
        return format!(
            "because on Windows its cpu of {} is a limit",
            number(cpu.share.into())
        );
    }
    let share = number(cpu.entitled.into());
    let lenders = lenders(task, place);
    match (cpu.granted >= cpu.wants, lenders.is_empty()) {
        (true, true) => "because it wants no more".to_owned(),
        (true, false) => format!("all that it wants, because its share is {share} and {lenders}"),
        (false, true) => format!("because its share is {share} and nobody leaves any idle"),
        (false, false) => {
            format!("because its share is {share} and {lenders}")
        }
    }
}

/// 'worker leaves 85 idle'; empty where nobody lends to the container at `place`.
fn lenders(task: &TaskCard, place: usize) -> String {
    let cards: Vec<CpuCard> = task.containers.iter().map(|it| it.cpu).collect();
    let lend = loans(&cards)
        .into_iter()
        .filter(|(_, user, _)| *user == place);
    let lend = lend.filter_map(|(owner, _, units)| {
        let owner = task.containers.get(owner)?;
        Some(format!(
            "{} leaves {}",
            owner.short_name,
            number(units.into())
        ))
    });
    let lend: Vec<String> = lend.collect();
    let lend: Vec<&str> = lend.iter().map(String::as_str).collect();
    if lend.is_empty() {
        String::new()
    } else {
        format!("{} idle", list(&lend))
    }
}

/// Why a container uses as much memory as it does.
fn memory_reason(container: &ContainerCard, killed: bool) -> String {
    let memory = container.memory;
    if let Some(by) = container.killed_at.as_ref().filter(|_| killed) {
        format!("because it was killed at {by}")
    } else if !runs(container) {
        "because it does not run".to_owned()
    } else if memory.reclaimed > 0 {
        let files = number(memory.reclaimed.into());
        format!("because the kernel took {files} MiB of its files back for the others")
    } else if memory.uses > memory.wants {
        let files = number((memory.uses - memory.wants).into());
        format!("because it keeps {files} MiB of files beside what it wants")
    } else {
        "because it wants no more and that fits".to_owned()
    }
}

/// Whether the right container was expected to be killed, and the sentence about it.
fn fate(expected: Victim, before: &TaskCard, after: &TaskCard) -> (bool, String) {
    let killed: Vec<usize> = (0..after.containers.len())
        .filter(|place| was_killed(before, after, *place))
        .collect();
    let name = |place: usize| {
        after
            .containers
            .get(place)
            .map_or("a container", |it| it.short_name.as_str())
    };
    let how = |place: &usize| {
        let by = after
            .containers
            .get(*place)
            .and_then(|it| it.killed_at.as_deref());
        format!("{} was, at {}", name(*place), by.unwrap_or("a limit"))
    };
    let guess = match expected {
        Victim::Nobody => "You expected nobody to be killed".to_owned(),
        Victim::Container(place) => format!("You expected {} to be killed", name(place)),
    };
    let came = killed.iter().map(how).collect::<Vec<_>>();
    let came = list(&came.iter().map(String::as_str).collect::<Vec<_>>());
    match expected {
        Victim::Nobody if killed.is_empty() => (true, format!("{guess}, and nobody was.")),
        Victim::Container(place) if killed.contains(&place) => {
            let by = after
                .containers
                .get(place)
                .and_then(|it| it.killed_at.as_deref());
            (
                true,
                format!("{guess}, and it was, at {}.", by.unwrap_or("a limit")),
            )
        }
        Victim::Container(_) if killed.is_empty() => {
            (false, format!("{guess}; nobody was, since all of it fits."))
        }
        Victim::Nobody | Victim::Container(_) => (false, format!("{guess}; {came}.")),
    }
}

/// '2 of 3 within 5 %.', with a thin space.
fn total(right: usize, of: usize) -> String {
    match (right, of) {
        (1, 1) => "Right, within 5\u{2009}%.".to_owned(),
        (0, 1) => "Not within 5\u{2009}%.".to_owned(),
        (2, 2) => "Both right, within 5\u{2009}%.".to_owned(),
        (right, of) if right == of => format!("All {of} right, within 5\u{2009}%."),
        (right, of) => format!("{right} of {of} right, within 5\u{2009}%."),
    }
}
