//! Containers of every network mode on an EC2 instance, as a table of who reaches whom, in words.
//!
//! A panel holds what is to be placed and asks for the card anew with each change; nothing of it is saved in a scenario.

use fargate_core::network::InstanceType;
use fargate_core::network::modes::{Caller, ContainerInstance, Outcome, Pair, Side, TaskSpec};
use std::net::Ipv4Addr;

/// The address of the instance; its tasks' interfaces have those after it.
const ADDRESS: Ipv4Addr = Ipv4Addr::new(10, 0, 1, 10);

/// What stands on an instance, what does not fit, and who reaches whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModesCard {
    /// The instance: '3 network interfaces, 1 of 2 tasks in mode awsvpc'.
    pub instance: String,
    /// What older texts say otherwise of the type; `None` for most.
    pub note: Option<&'static str>,
    /// The containers that were placed, in the order of rows and columns.
    pub containers: Vec<ModesContainer>,
    /// A row for each container: whether it reaches each of the others; `None` where it is itself.
    pub reaches: Vec<Vec<Option<ModesCell>>>,
    /// The tasks that were not placed, each with reason, words and cure.
    pub unplaced: Vec<String>,
}

/// A container that was placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModesContainer {
    /// Its task's family and its name: 'shop/web'.
    pub name: String,
    /// Its network mode.
    pub mode: &'static str,
    /// Where it is found: '172.17.0.2, host port 32801 to 80'.
    pub found_at: String,
}

/// Whether one container reaches another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModesCell {
    /// In a word: 'yes', 'no', or 'by groups'.
    pub verdict: &'static str,
    /// The address that it would use; nothing where there is none.
    pub address: String,
    /// The part that decides.
    pub decided_by: &'static str,
    /// Why.
    pub because: String,
}

/// Places tasks on an instance of a type, in order, and says who reaches whom. `None` for a type that is not known.
pub fn modes(
    instance_type: &str,
    trunking: bool,
    seed: u64,
    tasks: &[TaskSpec],
) -> Option<ModesCard> {
    let kind = InstanceType::named(instance_type)?;
    let mut instance = ContainerInstance::new(kind, ADDRESS, seed);
    instance.trunking = trunking;
    let mut unplaced = Vec::new();
    let mut next = u32::from(ADDRESS);
    for task in tasks {
        next += 1;
        if let Err(it) = instance.place(task.clone(), Some(next.into())) {
            let (family, reason) = (&task.family, it.reason);
            unplaced.push(format!("{family}: {reason}: {}. {}", it.because, it.cure));
        }
    }
    let limit = kind.awsvpc_tasks(trunking);
    let own = limit - instance.free_interfaces();
    let interfaces = kind.interface_limit(trunking);
    let mut places = Vec::new();
    let mut containers = Vec::new();
    for (task, placed) in instance.tasks.iter().enumerate() {
        let both = placed.spec.containers.iter().zip(&placed.containers);
        for (container, (spec, it)) in both.enumerate() {
            places.push((task, container));
            let address = it.address.or(placed.address).map(|it| it.to_string());
            let bound = it.bindings.iter();
            let bound =
                bound.map(|it| format!("host port {} to {}", it.host_port, it.container_port));
            let found_at: Vec<String> = address.into_iter().chain(bound).collect();
            containers.push(ModesContainer {
                name: format!("{}/{}", placed.spec.family, spec.name),
                mode: placed.spec.mode.aws(),
                found_at: found_at.join(", "),
            });
        }
    }
    let pairs = instance.pairs();
    let cell = |from: (usize, usize), to: (usize, usize)| {
        let (task, container) = from;
        let caller = Caller::Container { task, container };
        let mut all = pairs.iter();
        all.find(|pair| pair.from == caller && pair.to == to)
            .map(said)
    };
    let row = |from: &(usize, usize)| places.iter().map(|to| cell(*from, *to)).collect();
    Some(ModesCard {
        instance: format!(
            "{}: {interfaces} network interfaces, {own} of {limit} tasks in mode awsvpc",
            kind.name
        ),
        note: kind.note(),
        reaches: places.iter().map(row).collect(),
        containers,
        unplaced,
    })
}

fn said(pair: &Pair) -> ModesCell {
    let address = pair
        .address
        .map(|(address, port)| format!("{address}:{port}"));
    let because = &pair.verdict.because;
    let (verdict, because) = match pair.verdict.outcome {
        Outcome::Allowed => ("yes", because.clone()),
        Outcome::Denied => ("no", because.clone()),
        Outcome::Network { from, to, port } => {
            let (from, to) = (side(from), side(to));
            let words = format!("{because}; from {from} to {to} on port {port}");
            ("by groups", words)
        }
    };
    ModesCell {
        verdict,
        address: address.unwrap_or_default(),
        decided_by: pair.verdict.decided_by.words(),
        because,
    }
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Instance => "the instance's interface",
        Side::Task(_) => "the task's interface",
        Side::Elsewhere => "another interface of the VPC",
        Side::Internet => "the Internet",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // a test says so when it fails

    use super::*;
    use fargate_core::network::modes::{ContainerSpec, NetworkMode};
    use fargate_core::task_definition::{PortMapping, Protocol};

    fn task(family: &str, mode: NetworkMode, containers: &[(&str, u16, Option<u16>)]) -> TaskSpec {
        let container = |(name, port, host): &(&str, u16, Option<u16>)| ContainerSpec {
            name: (*name).to_owned(),
            port_mappings: vec![PortMapping {
                container_port: *port,
                host_port: *host,
                protocol: Protocol::Tcp,
            }],
            ..ContainerSpec::default()
        };
        TaskSpec {
            family: family.to_owned(),
            mode,
            containers: containers.iter().map(container).collect(),
        }
    }

    #[test]
    fn a_card_says_who_reaches_whom_and_what_does_not_fit() {
        let tasks = [
            task(
                "shop",
                NetworkMode::Awsvpc,
                &[("web", 80, None), ("app", 81, None)],
            ),
            task("old", NetworkMode::Bridge, &[("api", 80, Some(8_080))]),
            task("more", NetworkMode::Bridge, &[("api", 80, Some(8_080))]),
        ];
        let card = modes("t3.small", false, 7, &tasks).unwrap();
        assert_eq!(
            card.instance,
            "t3.small: 3 network interfaces, 1 of 2 tasks in mode awsvpc"
        );
        assert!(card.note.is_some());
        let names: Vec<&str> = card.containers.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["shop/web", "shop/app", "old/api"]);
        assert_eq!(card.containers[0].found_at, "10.0.1.11");
        assert_eq!(
            card.containers[2].found_at,
            "172.17.0.2, host port 8080 to 80"
        );
        assert_eq!(card.unplaced.len(), 1);
        assert!(card.unplaced[0].starts_with("more: RESOURCE:PORTS: host port 8080 is in use"));
        let words = |row: &Vec<Option<ModesCell>>| {
            let cells = row.iter();
            cells
                .map(|it| it.as_ref().map_or("-", |it| it.verdict))
                .collect::<Vec<_>>()
        };
        let table: Vec<_> = card.reaches.iter().map(words).collect();
        assert_eq!(
            table,
            [
                vec!["-", "yes", "by groups"],
                vec!["yes", "-", "by groups"],
                vec!["by groups", "by groups", "-"]
            ]
        );
        let across = card.reaches[0][2].as_ref().unwrap();
        assert_eq!(across.address, "10.0.1.10:8080");
        assert_eq!(across.decided_by, "groups and routes");
        assert_eq!(modes("t9.huge", false, 7, &tasks), None);
    }
}
