//! The lines of a thing, for the keys: each in words, with the thing at its other end.

use super::goal::Goal;
use super::hit::End;
use super::{Ground, lines};
use crate::scene::{Key, RouteLine};
use crate::view::TaskCard;
use fargate_core::ids::SecurityGroupId;

/// A line that begins at a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// What it is: 'Rule of web: TCP 8080 from anywhere'.
    pub words: String,
    /// The thing at its other end.
    pub to: Key,
}

/// The lines of a thing: its routes, and the rules of its groups that name the Internet or a group that a task wears.
pub fn ways(ground: Ground<'_>, from: &Key) -> Vec<Way> {
    let mut found = match from {
        Key::Internet => from_internet(ground),
        Key::Gateway => from_gateway(ground),
        Key::Subnet(id) => {
            let public = ground
                .subnet_card(id)
                .filter(|card| card.public && ground.scene.gateway.is_some())
                .map(|card| route(&card.name, Key::Gateway));
            let others = ground.scene.leads.iter().filter(|line| line.subnet == *id);
            let others = others.map(|line| led(ground, line, line.to.clone()));
            public.into_iter().chain(others).collect()
        }
        Key::Tile(_) | Key::Exit(_) => {
            let lines = ground.scene.leads.iter().filter(|line| line.to == *from);
            lines
                .map(|line| led(ground, line, Key::Subnet(line.subnet.clone())))
                .collect()
        }
        Key::Task(id) | Key::Container(id, _) => {
            let task = ground.things.tasks.iter().find(|task| task.id == *id);
            task.map(|task| of_task(ground, task)).unwrap_or_default()
        }
        Key::Vpc | Key::Zone(_) | Key::Ghost(_) => Vec::new(),
    };
    found.dedup();
    found
}

/// A route that leads elsewhere than to the internet gateway, with the thing at one of its ends.
fn led(ground: Ground<'_>, line: &RouteLine, to: Key) -> Way {
    Way {
        words: route_words(ground, line),
        to,
    }
}

/// 'Route of Private a: 0.0.0.0/0 to NAT gateway nat-a', with what ends there where packets do.
pub fn route_words(ground: Ground<'_>, line: &RouteLine) -> String {
    let subnet = ground.subnet_card(&line.subnet);
    let subnet = subnet.map_or_else(|| line.subnet.to_string(), |card| card.name.clone());
    let goal = match &line.to {
        Key::Tile(id) => ground.goal_name(&Goal::Nat(id.clone())),
        Key::Exit(id) => ground.goal_name(&Goal::Exit(id.clone())),
        _ => "the internet gateway".to_owned(),
    };
    let dead = if line.dead { ", a blackhole" } else { "" };
    format!("Route of {subnet}: {} to {goal}{dead}", line.destination)
}

fn route(subnet: &str, to: Key) -> Way {
    let words = format!("Route of {subnet}: 0.0.0.0/0 to the internet gateway");
    Way { words, to }
}

fn from_internet(ground: Ground<'_>) -> Vec<Way> {
    let gateway = ground.scene.gateway.map(|_| Way {
        words: "The VPC's internet gateway".to_owned(),
        to: Key::Gateway,
    });
    gateway
        .into_iter()
        .chain(let_in(ground, &End::Internet))
        .collect()
}

fn from_gateway(ground: Ground<'_>) -> Vec<Way> {
    let subnets = ground.subnets().into_iter();
    let served = subnets.filter_map(|id| ground.subnet_card(&id).filter(|card| card.public));
    let internet = Way {
        words: "The Internet".to_owned(),
        to: Key::Internet,
    };
    served
        .map(|card| route(&card.name, Key::Subnet(card.id.clone())))
        .chain([internet])
        .collect()
}

/// The rules that let a source in, each to a task that wears the group.
fn let_in(ground: Ground<'_>, source: &End) -> Vec<Way> {
    let mut found = Vec::new();
    for group in ground.groups() {
        let Some(to) = wearer(ground, &group.id) else {
            continue;
        };
        let rules = group
            .ingress
            .iter()
            .filter(|rule| lines::names(rule, source));
        found.extend(rules.map(|rule| Way {
            words: format!("Rule of {}: {}", group.name, rule.label),
            to: to.clone(),
        }));
    }
    found
}

/// The rules of a task's groups, in and out.
fn of_task(ground: Ground<'_>, task: &TaskCard) -> Vec<Way> {
    let mut found = Vec::new();
    for group in ground
        .groups()
        .into_iter()
        .filter(|group| task.groups.contains(&group.id))
    {
        for rule in &group.ingress {
            let sources = lines::sources(rule).into_iter();
            let ends = sources.filter_map(|source| match source {
                End::Internet => Some(Key::Internet),
                End::Group(id) => wearer(ground, &id),
            });
            found.extend(ends.map(|to| Way {
                words: format!("Rule of {}: {}", group.name, rule.label),
                to,
            }));
        }
        found.extend(let_in(ground, &End::Group(group.id.clone())));
    }
    found
}

/// The first task that wears a group.
fn wearer(ground: Ground<'_>, group: &SecurityGroupId) -> Option<Key> {
    let mut tasks = ground.wearers().filter(|task| task.groups.contains(group));
    tasks.next().map(|task| Key::Task(task.id.clone()))
}
