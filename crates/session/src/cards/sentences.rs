//! Sentences: who lends CPU to whom, who was killed and by which limit, what fills the disk, what a container waits for.

use crate::view::{ContainerCard, ContainerState, DiskCard};
use crate::words::number;
use fargate_core::compute::cpu::weight;
use fargate_core::compute::memory::Limit;
use fargate_core::decimal::Decimal;
use fargate_core::task_definition::{Condition, Dependency};

/// Names joined as in a sentence: 'api', 'api and log', 'api, log and cache'.
pub(crate) fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn names_where(containers: &[ContainerCard], is: impl Fn(&ContainerCard) -> bool) -> Vec<&str> {
    containers
        .iter()
        .filter(|it| is(it))
        .map(|it| it.short_name.as_str())
        .collect()
}

/// Who lends CPU to whom, who waits and why.
pub(crate) fn cpu_sentence(cap: u32, windows: bool, containers: &[ContainerCard]) -> String {
    let granted: u32 = containers.iter().map(|it| it.cpu.granted).sum();
    let borrowers = names_where(containers, |it| it.cpu.borrowed > 0);
    let lenders = names_where(containers, |it| it.cpu.lent > 0);
    let waiting = names_where(containers, |it| it.cpu.wants > it.cpu.granted);
    if containers
        .iter()
        .all(|it| it.state != ContainerState::Running)
    {
        "No container runs, so nobody uses CPU.".to_owned()
    } else if windows {
        quota_sentence(&waiting)
    } else if !borrowers.is_empty() && !lenders.is_empty() {
        let units: u32 = containers.iter().map(|it| it.cpu.borrowed).sum();
        let verb = if borrowers.len() == 1 {
            "borrows"
        } else {
            "borrow"
        };
        let (leave, want, get) = if lenders.len() == 1 {
            ("leaves", "wants", "it gets")
        } else {
            ("leave", "want", "they get")
        };
        let lenders = list(&lenders);
        format!(
            "{} {verb} {} units that {lenders} {leave} idle. When {lenders} {want} them back, {get} them first.",
            list(&borrowers),
            number(units.into()),
        )
    } else if let Some(it) = starved(cap, containers) {
        let heaviest = containers.iter().map(|it| it.cpu.share).max();
        format!(
            "{} says no cpu, so it weighs 2 beside {}: it gets {} of the {} units that it wants.",
            it.short_name,
            number(weight(heaviest.unwrap_or(0)).into()),
            number(it.cpu.granted.into()),
            number(it.cpu.wants.into()),
        )
    } else if granted == cap && !waiting.is_empty() {
        format!(
            "All {} units are in use. Each container gets its share; {} would use more.",
            number(cap.into()),
            list(&waiting)
        )
    } else {
        format!(
            "{} units are idle. Anyone may borrow them.",
            number(cap.saturating_sub(granted).into())
        )
    }
}

/// The sentence of Windows, where `cpu` is a quota.
fn quota_sentence(waiting: &[&str]) -> String {
    if waiting.is_empty() {
        return "On Windows cpu is a limit: nobody borrows, and nobody wants more.".to_owned();
    }
    format!(
        "On Windows cpu is a limit: {} would use more, and nobody lends.",
        list(waiting)
    )
}

/// A container that waits for CPU because it says no `cpu` where others do.
fn starved(cap: u32, containers: &[ContainerCard]) -> Option<&ContainerCard> {
    let granted: u32 = containers.iter().map(|it| it.cpu.granted).sum();
    let heavy = containers.iter().any(|it| it.cpu.share > 64);
    let mut waiting = containers.iter();
    waiting.find(|it| {
        let light = it.cpu.share <= 2 && it.cpu.granted < it.cpu.wants;
        heavy && granted == cap && light && it.cpu.granted < cap / 20
    })
}

/// The limit that a container was killed at.
pub(crate) fn limit(limit: Limit) -> String {
    match limit {
        Limit::Container(own) => format!("its own limit of {} MiB", number(own.into())),
        Limit::Task(whole) => format!("the task's limit of {} MiB", number(whole.into())),
    }
}

/// What a container waits for: 'db to be healthy'.
pub(crate) fn waits_for(dependency: &Dependency) -> String {
    let until = match dependency.condition {
        Condition::Start => "start",
        Condition::Complete => "end",
        Condition::Success => "end with exit code 0",
        Condition::Healthy => "be healthy",
    };
    format!("{} to {until}", dependency.container)
}

/// MiB as GiB, with one digit.
pub(crate) fn gib(mib: u32) -> Decimal {
    Decimal::to(f64::from(mib) / 1_024.0, 1)
}

/// From how many MiB on a size is told in GiB: one digit says less of anything smaller than MiB do.
const TELLS_GIB: u32 = 103;

/// A size with its unit: '0.2 GiB', and '12 MiB' where that would be none.
fn size(mib: u32) -> String {
    if mib < TELLS_GIB {
        format!("{mib} MiB")
    } else {
        format!("{} GiB", gib(mib))
    }
}

/// What fills a task's disk.
pub(crate) fn disk_sentence(disk: &DiskCard) -> String {
    let used = disk.layers.saturating_add(disk.written);
    let full = used >= disk.room;
    let volumes_full = disk.volumes.is_some_and(|(used, room)| used >= room);
    if disk.layers > disk.room {
        format!(
            "The images need {} GiB, compressed and unpacked; the disk has {}.",
            gib(disk.layers),
            gib(disk.room)
        )
    } else if full {
        format!(
            "The disk of {} GiB is full: what writes to it stops.",
            gib(disk.room)
        )
    } else if volumes_full {
        "The disk of the volumes is full: what writes to it stops.".to_owned()
    } else {
        format!(
            "The images take {}, {} are written, {} are free.",
            size(disk.layers),
            size(disk.written),
            size(disk.room - used)
        )
    }
}

/// What a killed container's end means for its task.
fn after_the_kill(it: &ContainerCard) -> String {
    let text = match it.state {
        ContainerState::Stopped if it.essential => "It is essential, so the task stops.",
        ContainerState::Stopped => "It is not essential, so the task goes on.",
        ContainerState::Pending => "Its restart policy starts it again.",
        ContainerState::Running => {
            return format!(
                "Its restart policy has started it again: restart {}.",
                it.restarts
            );
        }
    };
    text.to_owned()
}

/// Who was killed and by which limit, from whom files were taken back, and what is free.
pub(crate) fn memory_sentence(limit: u32, containers: &[ContainerCard]) -> String {
    let killed = containers
        .iter()
        .find_map(|it| Some((it, it.killed_at.as_ref()?)));
    if let Some((it, by)) = killed {
        return format!(
            "{} was killed at {by}: exit code 137. {}",
            it.short_name,
            after_the_kill(it)
        );
    }
    let squeezed = names_where(containers, |it| it.memory.reclaimed > 0);
    if !squeezed.is_empty() {
        let files: u32 = containers.iter().map(|it| it.memory.reclaimed).sum();
        return format!(
            "The task's memory is full, so the kernel took {} MiB of files back from {}. Nobody is killed for files.",
            number(files.into()),
            list(&squeezed)
        );
    }
    let used: u32 = containers.iter().map(|it| it.memory.uses).sum();
    let above = names_where(containers, |it| {
        it.memory
            .reservation
            .is_some_and(|floor| it.memory.uses > floor)
    });
    let free = number(limit.saturating_sub(used).into());
    if above.is_empty() {
        format!("{free} MiB are free for all.")
    } else {
        let verb = if above.len() == 1 { "uses" } else { "use" };
        format!(
            "{} {verb} more than reserved, out of what is free for all. {free} MiB are left.",
            list(&above)
        )
    }
}
