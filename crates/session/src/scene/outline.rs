//! The outline: everything on the picture as a tree with names, for screen readers and for moving by keys.

use super::geometry::Rect;
use super::{Scene, Things};
use crate::view::{ContainerCard, ContainerState, SubnetCard, TaskCard, TileCard, VpcCard};
use fargate_core::ids::{NetworkInterfaceId, SubnetId, TaskId};
use std::fmt;
use std::sync::Arc;

/// A thing of the outline.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The Internet.
    Internet,
    /// The internet gateway.
    Gateway,
    /// The VPC.
    Vpc,
    /// A zone, by its place in the list of zones.
    Zone(usize),
    /// The place in an empty zone where a subnet can be drawn.
    Ghost(usize),
    /// A subnet.
    Subnet(SubnetId),
    /// A task.
    Task(TaskId),
    /// A container, by its place in the definition.
    Container(TaskId, usize),
    /// What stands in a subnet beside tasks, by its interface.
    Tile(NetworkInterfaceId),
    /// A way out on the VPC's edge beside its internet gateway, by its id.
    Exit(String),
}

/// A line of the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineItem {
    /// The thing.
    pub key: Key,
    /// What it lies in.
    pub parent: Option<Key>,
    /// How deep, from 1.
    pub level: usize,
    /// Its box on the picture.
    pub rect: Rect,
}

/// A direction to move in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Up.
    Up,
    /// Down.
    Down,
}

impl Scene {
    /// The outline, each thing before what lies in it.
    pub(super) fn outline_of(&self, things: &Things) -> Vec<OutlineItem> {
        let mut items = Vec::new();
        let mut add = |key: &Key, parent: Option<&Key>, level: usize, rect: Rect| {
            items.push(OutlineItem {
                key: key.clone(),
                parent: parent.cloned(),
                level,
                rect,
            });
        };
        add(&Key::Internet, None, 1, self.internet);
        let Some(vpc) = self.vpc else { return items };
        if let Some(at) = self.gateway {
            let rect = Rect::new(at.x - 14.0, at.y - 14.0, 28.0, 28.0);
            add(&Key::Gateway, None, 1, rect);
        }
        add(&Key::Vpc, None, 1, vpc.rect);
        for zone in &self.zones {
            let key = Key::Zone(zone.index);
            add(&key, Some(&Key::Vpc), 2, zone.rect);
            if let Some(ghost) = zone.ghost {
                add(&Key::Ghost(zone.index), Some(&key), 3, ghost);
            }
            for (id, rect) in self.subnets_of(things, &zone.name) {
                let subnet = Key::Subnet(id.clone());
                add(&subnet, Some(&key), 3, rect);
                for tile in self.tiles.iter().filter(|tile| tile.card.subnet == *id) {
                    add(
                        &Key::Tile(tile.card.id.clone()),
                        Some(&subnet),
                        4,
                        tile.rect,
                    );
                }
                for (task, card) in self.tasks_of(things, id) {
                    let key = Key::Task(task.clone());
                    add(&key, Some(&subnet), 4, card.rect);
                    for (index, chip) in card.chips.iter().enumerate() {
                        let container = Key::Container(task.clone(), index);
                        add(&container, Some(&key), 5, chip.rect);
                    }
                }
            }
        }
        items
    }

    fn subnets_of<'a>(&'a self, things: &'a Things, zone: &str) -> Vec<(&'a SubnetId, Rect)> {
        let in_zone = things.subnets.iter().filter(|subnet| *subnet.zone == *zone);
        let mut found: Vec<_> = in_zone
            .filter_map(|subnet| Some((&subnet.id, self.subnets.get(&subnet.id)?.rect)))
            .collect();
        found.sort_by(|a, b| a.1.y.total_cmp(&b.1.y));
        found
    }

    fn tasks_of<'a>(
        &'a self,
        things: &'a Things,
        subnet: &SubnetId,
    ) -> Vec<(&'a TaskId, &'a super::TaskBox)> {
        let in_subnet = things.tasks.iter().filter(|task| task.subnet == *subnet);
        let mut found: Vec<_> = in_subnet
            .filter_map(|task| Some((&task.id, self.tasks.get(&task.id)?)))
            .collect();
        found.sort_by(|(_, a), (_, b)| {
            let rows = a.rect.y.total_cmp(&b.rect.y);
            rows.then(a.rect.x.total_cmp(&b.rect.x))
        });
        found
    }
}

impl OutlineItem {
    /// The nearest thing beside this one in a direction, among those that lie in the same thing.
    pub fn beside<'a>(&self, items: &'a [Self], direction: Direction) -> Option<&'a Self> {
        let here = self.rect.center();
        items
            .iter()
            .filter(|item| item.parent == self.parent && item.key != self.key)
            .filter_map(|item| {
                let there = item.rect.center();
                let (along, across) = match direction {
                    Direction::Left => (here.x - there.x, here.y - there.y),
                    Direction::Right => (there.x - here.x, here.y - there.y),
                    Direction::Up => (here.y - there.y, here.x - there.x),
                    Direction::Down => (there.y - here.y, here.x - there.x),
                };
                (along > 1.0).then_some((item, along + 2.0 * across.abs()))
            })
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(item, _)| item)
    }
}

/// 'VPC 172.31.0.0/16'.
pub fn vpc_name(vpc: &VpcCard) -> String {
    format!("VPC {}", vpc.cidr)
}

/// 'Public subnet Public a, 172.31.1.0/24, 250 free, default → igw.'
pub fn subnet_name(subnet: &SubnetCard) -> String {
    let kind = if subnet.public { "Public" } else { "Private" };
    let free = super::subnet::free_words(subnet.free);
    let route = subnet.default_route.replace('→', "to");
    format!(
        "{kind} subnet {}, {}, {free}, {route}.",
        subnet.name, subnet.cidr
    )
}

/// 'Task scorekeep 1, 9f2c, running, 172.31.1.164, in Public a, groups sg-web.': kind, name, state, address, place, trouble.
pub fn task_name(task: &TaskCard, subnet: &str, groups: &[Arc<str>]) -> String {
    let mut parts = vec![
        format!("Task {}", task.definition.replace(':', " ")),
        task.short_id.clone(),
        task.state.title().to_ascii_lowercase(),
    ];
    if let Some(interface) = &task.interface {
        parts.push(interface.private_ip.to_string());
        parts.extend(interface.public_ip.map(|public| format!("public {public}")));
    }
    parts.push(format!("in {subnet}"));
    if !groups.is_empty() {
        parts.push(format!("groups {}", groups.join(", ")));
    }
    let name = parts.join(", ");
    match &task.stop {
        Some(stop) => format!("{name}. {}", stop.reason),
        None => format!("{name}."),
    }
}

/// 'NAT gateway nat-a, 10.0.0.5, public 198.51.100.7, pending.'
pub fn tile_name(tile: &TileCard) -> String {
    let mut parts = vec![
        format!("{} {}", tile.kind.title(), tile.name),
        tile.address.clone(),
    ];
    parts.extend(tile.public_ip.map(|public| format!("public {public}")));
    parts.extend(tile.state.map(str::to_owned));
    format!("{}.", parts.join(", "))
}

/// 'Container frontend, running, healthy, port 8080.', 'Container api, pending, waits for db to be healthy.'
pub fn container_name(container: &ContainerCard) -> String {
    let state = match container.state {
        ContainerState::Pending => "pending",
        ContainerState::Running => "running",
        ContainerState::Stopped => "stopped",
    };
    let mut parts = vec![
        format!("Container {}", container.short_name),
        state.to_owned(),
    ];
    let health = container.health.filter(|health| *health != "UNKNOWN");
    parts.extend(health.map(str::to_ascii_lowercase));
    parts.extend((container.restarts > 0).then(|| format!("restart {}", container.restarts)));
    let waits = container.waits_for.as_ref();
    parts.extend(waits.map(|what| format!("waits for {what}")));
    parts.extend(container.ports.iter().map(|port| format!("port {port}")));
    let name = parts.join(", ");
    match &container.reason {
        Some(reason) => format!("{name}. {reason}"),
        None => format!("{name}."),
    }
}

impl fmt::Display for Key {
    /// The key as one word, for an element's id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Internet => f.write_str("internet"),
            Self::Gateway => f.write_str("gateway"),
            Self::Vpc => f.write_str("vpc"),
            Self::Zone(index) => write!(f, "zone_{index}"),
            Self::Ghost(index) => write!(f, "ghost_{index}"),
            Self::Subnet(id) => write!(f, "subnet_{id}"),
            Self::Task(id) => write!(f, "task_{id}"),
            Self::Container(id, index) => write!(f, "container_{id}_{index}"),
            Self::Tile(id) => write!(f, "tile_{id}"),
            Self::Exit(id) => write!(f, "exit_{id}"),
        }
    }
}

impl Key {
    /// Reads a key that was written as one word.
    pub fn read(word: &str) -> Option<Self> {
        let Some((kind, rest)) = word.split_once('_') else {
            return match word {
                "internet" => Some(Self::Internet),
                "gateway" => Some(Self::Gateway),
                "vpc" => Some(Self::Vpc),
                _ => None,
            };
        };
        match kind {
            "zone" => rest.parse().ok().map(Self::Zone),
            "ghost" => rest.parse().ok().map(Self::Ghost),
            "subnet" => Some(Self::Subnet(rest.into())),
            "task" => Some(Self::Task(rest.into())),
            "tile" => Some(Self::Tile(rest.into())),
            "exit" => Some(Self::Exit(rest.into())),
            "container" => {
                let (id, index) = rest.rsplit_once('_')?;
                Some(Self::Container(id.into(), index.parse().ok()?))
            }
            _ => None,
        }
    }
}
