//! Cards of tasks: their life, their containers and how these share CPU and memory.

use super::cost;
use super::sentences::{self, cpu_sentence, disk_sentence, memory_sentence};
use super::why;
use crate::view::{
    ContainerCard, ContainerState, CpuCard, DiskCard, InterfaceCard, MemoryCard, PlatformCard,
    Shared, Stage, StopCard, TaskCard, VolumeCard,
};
use crate::words;
use fargate_core::compute::platform::{visible_cpus, visible_memory};
use fargate_core::ids::TaskId;
use fargate_core::network::Interface;
use fargate_core::task::{Container, ContainerStatus, DiskUse, Task};
use fargate_core::task_definition::Volume;
use fargate_core::units::{Date, SimTime};
use fargate_core::world::{ContainerShare, World};
use litemap::LiteMap;
use std::mem;
use std::sync::Arc;

/// What the cards were drawn of last: while that is the same, so is a card.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// What time brings is seen in grants, disk and bill; the prices are those of the date.
    when: Option<(SimTime, Date)>,
    /// In the order of the tasks' ids.
    of: Vec<Source>,
}

/// What a card is drawn of beside the moment.
#[derive(Debug)]
struct Source {
    task: Arc<Task>,
    interface: Option<Arc<Interface>>,
    /// What reaches each container, in tenths of a request a second.
    rates: Vec<u32>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        let interface = |it: &Self| it.interface.as_ref().map(Arc::as_ptr);
        Arc::ptr_eq(&self.task, &other.task)
            && interface(self) == interface(other)
            && self.rates == other.rates
    }
}

impl Drawn {
    /// The cards of all tasks. A card whose task, interface, moment, date and requests are those of the last view is not drawn again.
    pub(super) fn draw(
        &mut self,
        world: &World,
        last: Option<&LiteMap<TaskId, Shared<TaskCard>>>,
    ) -> LiteMap<TaskId, Shared<TaskCard>> {
        let when = Some((world.now(), world.as_of()));
        let still = mem::replace(&mut self.when, when) == when;
        let now = world.tasks().values().map(|task| source(task, world));
        let before = mem::replace(&mut self.of, now.collect());
        let cards = self.of.iter().map(|source| {
            let task = &source.task;
            let last = last.and_then(|last| last.get(&task.id));
            let place = before.binary_search_by(|it| it.task.id.cmp(&task.id)).ok();
            let same = still && place.and_then(|place| before.get(place)) == Some(source);
            let card = match last {
                Some(last) if same => last.clone(),
                last => super::keep(last, card(task, source.interface.as_deref(), world)),
            };
            (task.id.clone(), card)
        });
        cards.collect()
    }
}

fn source(task: &Arc<Task>, world: &World) -> Source {
    let interfaces = &world.network().interfaces;
    let id = task.interface.as_ref();
    Source {
        task: Arc::clone(task),
        interface: id.and_then(|id| interfaces.get(id)).cloned(),
        rates: world.traffic().rates(task),
    }
}

fn card(task: &Task, interface: Option<&Interface>, world: &World) -> TaskCard {
    let shares = world.shares(task);
    let containers: Vec<ContainerCard> = task
        .containers
        .iter()
        .enumerate()
        .zip(&shares.containers)
        .map(|((place, it), share)| container(it, place, share, task))
        .collect();
    let used = task.disk(world.now());
    let disk = disk(&used);
    TaskCard {
        id: task.id.clone(),
        short_id: task.id.short().to_owned(),
        definition: task.revision.to_string(),
        state: task.state(),
        cpu: task.cpu,
        memory: task.memory,
        size: words::size(task.cpu, task.memory),
        platform: PlatformCard {
            version: task.platform.version,
            windows: task.platform.windows,
            metadata: task.platform.metadata,
            visible_cpus: visible_cpus(task.cpu.0),
            visible_memory: visible_memory(task.memory.0),
        },
        health: task.health().aws(),
        subnet: task.assignment.subnet.clone(),
        groups: task.assignment.groups.clone(),
        interface: interface.map(interface_card),
        stages: stages(task),
        cpu_sentence: cpu_sentence(task.cpu.0, task.platform.windows, &containers),
        memory_sentence: memory_sentence(task.memory.0, &containers),
        disk_sentence: disk_sentence(&disk),
        disk,
        volumes: volumes(task, &used),
        containers,
        provider: task.provider,
        options: task.options.clone(),
        stop: task.stop.as_ref().map(|stop| StopCard {
            code: stop.code.aws(),
            reason: stop.reason.clone(),
            why: why::why(task, stop, &used),
            failed: !stop.code.is_wanted(),
        }),
        cost: cost(world.bill(task)),
    }
}

pub(crate) fn stages(task: &Task) -> Vec<Stage> {
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

fn interface_card(interface: &Interface) -> InterfaceCard {
    InterfaceCard {
        id: interface.id.clone(),
        mac: interface.mac_text(),
        private_ip: interface.private_ip,
        public_ip: interface.public_ip,
        attachment: interface.attachment.aws(),
    }
}

fn disk(used: &DiskUse) -> DiskCard {
    DiskCard {
        layers: used.layers,
        written: used.written,
        room: used.room,
        volumes: used.volumes_room.map(|room| (used.volumes_written, room)),
    }
}

fn volumes(task: &Task, used: &DiskUse) -> Vec<VolumeCard> {
    let mounts = |volume: &str| {
        let mut found = Vec::new();
        for (place, container) in task.containers.iter().enumerate() {
            let name = words::short_name(&container.name, &task.definition.family);
            for mount in task.mounts(place).iter().filter(|it| it.volume == volume) {
                let how = if mount.read_only { ", read only" } else { "" };
                found.push(format!("{name} at {}{how}", mount.path));
            }
        }
        found
    };
    let volumes = task.definition.volumes.iter().zip(&used.volumes);
    let card = |(volume, written): (&Volume, &u32)| VolumeCard {
        name: volume.name.clone(),
        local: volume.local,
        written: *written,
        mounts: mounts(&volume.name),
    };
    volumes.map(card).collect()
}

fn container(
    container: &Container,
    place: usize,
    share: &ContainerShare,
    task: &Task,
) -> ContainerCard {
    let checked = container.definition.health_check.is_some();
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
        health: checked.then(|| container.health.aws()),
        restarts: container.starts.saturating_sub(1),
        waits_for: task.waits_for(place).map(sentences::waits_for),
        killed_at: container.killed_at.map(sentences::limit),
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
            reclaimed: share.reclaimed,
            by_hand: container.demand.memory.is_some(),
        },
    }
}
