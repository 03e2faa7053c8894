//! Cards of tasks: their life, their containers and how these share CPU and memory.

use super::cost;
use crate::view::{
    ContainerCard, ContainerState, CpuCard, InterfaceCard, MemoryCard, Stage, StopCard, TaskCard,
};
use crate::words;
use fargate_core::ids::TaskId;
use fargate_core::task::{Container, ContainerStatus, StopCode, Task};
use fargate_core::world::{ContainerShare, World};

pub(super) fn tasks(world: &World) -> impl Iterator<Item = (TaskId, TaskCard)> {
    world
        .tasks()
        .values()
        .map(|task| (task.id.clone(), card(task, world)))
}

fn card(task: &Task, world: &World) -> TaskCard {
    let shares = world.shares(task);
    let containers: Vec<ContainerCard> = task
        .containers
        .iter()
        .zip(&shares.containers)
        .map(|(it, share)| container(it, share, task))
        .collect();
    TaskCard {
        id: task.id.clone(),
        short_id: task.id.short().to_owned(),
        definition: task.revision.to_string(),
        state: task.state(),
        cpu: task.cpu,
        memory: task.memory,
        size: words::size(task.cpu, task.memory),
        subnet: task.assignment.subnet.clone(),
        groups: task.assignment.groups.clone(),
        interface: interface(task, world),
        stages: stages(task),
        cpu_sentence: cpu_sentence(task.cpu.0, &containers),
        memory_sentence: memory_sentence(task.memory.0, &containers),
        containers,
        stop: task.stop.as_ref().map(|stop| StopCard {
            code: stop.code.aws(),
            reason: stop.reason.clone(),
            failed: stop.code != StopCode::UserInitiated,
        }),
        cost: cost(world.bill(task)),
    }
}

fn stages(task: &Task) -> Vec<Stage> {
    let until = |place: usize| task.stages.get(place + 1).map(|next| next.from);
    let stages = task.stages.iter().enumerate();
    stages
        .map(|(place, stage)| Stage {
            state: stage.state,
            from: stage.from,
            until: until(place),
        })
        .collect()
}

fn interface(task: &Task, world: &World) -> Option<InterfaceCard> {
    let interface = world.network().interfaces.get(task.interface.as_ref()?)?;
    Some(InterfaceCard {
        id: interface.id.clone(),
        mac: interface.mac_text(),
        private_ip: interface.private_ip,
        public_ip: interface.public_ip,
        attachment: interface.attachment.aws(),
    })
}

fn container(container: &Container, share: &ContainerShare, task: &Task) -> ContainerCard {
    let (state, exit_code, reason) = match &container.status {
        ContainerStatus::Pending => (ContainerState::Pending, None, None),
        ContainerStatus::Running => (ContainerState::Running, None, None),
        ContainerStatus::Stopped { code, reason } => {
            (ContainerState::Stopped, *code, reason.clone())
        }
    };
    ContainerCard {
        name: container.name.to_string(),
        short_name: words::short_name(&container.name, &task.definition.family).to_owned(),
        image: container.definition.image.clone(),
        state,
        essential: container.definition.essential,
        ports: container.ports(),
        exit_code,
        reason,
        cpu: CpuCard {
            share: container.definition.cpu.map_or(0, |cpu| cpu.0),
            entitled: share.cpu.entitled,
            wants: share.wants_cpu,
            granted: share.cpu.granted,
            borrowed: share.cpu.borrowed,
            lent: share.cpu.lent,
            by_hand: container.demand.cpu.is_some(),
        },
        memory: MemoryCard {
            reservation: container
                .definition
                .memory_reservation
                .map(|memory| memory.0),
            limit: container.definition.memory.map(|memory| memory.0),
            wants: share.wants_memory,
            uses: share.memory,
            by_hand: container.demand.memory.is_some(),
        },
    }
}

/// Names joined as in a sentence: 'api', 'api and log', 'api, log and cache'.
fn list(names: &[&str]) -> String {
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

pub(crate) fn cpu_sentence(cap: u32, containers: &[ContainerCard]) -> String {
    let granted: u32 = containers.iter().map(|it| it.cpu.granted).sum();
    let borrowers = names_where(containers, |it| it.cpu.borrowed > 0);
    let lenders = names_where(containers, |it| it.cpu.lent > 0);
    let waiting = names_where(containers, |it| it.cpu.wants > it.cpu.granted);
    if containers
        .iter()
        .all(|it| it.state != ContainerState::Running)
    {
        "No container runs, so nobody uses CPU.".to_owned()
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
            words::number(units.into()),
        )
    } else if granted == cap && !waiting.is_empty() {
        format!(
            "All {} units are in use. Each container gets its share; {} would use more.",
            words::number(cap.into()),
            list(&waiting)
        )
    } else {
        format!(
            "{} units are idle. Anyone may borrow them.",
            words::number(cap.saturating_sub(granted).into())
        )
    }
}

fn memory_sentence(limit: u32, containers: &[ContainerCard]) -> String {
    let killed = containers.iter().find(|it| {
        it.reason
            .as_ref()
            .is_some_and(|reason| reason.starts_with("OutOfMemory"))
    });
    if let Some(it) = killed {
        let by = match it.memory.limit {
            Some(own) if own < limit => {
                format!("its own limit of {} MiB", words::number(own.into()))
            }
            _ => format!("the task's limit of {} MiB", words::number(limit.into())),
        };
        return format!("{} was killed at {by}: exit code 137.", it.short_name);
    }
    let used: u32 = containers.iter().map(|it| it.memory.uses).sum();
    let above = names_where(containers, |it| {
        it.memory
            .reservation
            .is_some_and(|floor| it.memory.uses > floor)
    });
    let free = words::number(limit.saturating_sub(used).into());
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
