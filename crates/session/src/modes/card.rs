//! The card of a sheet: what stands where, what does not fit and why, and who reaches whom.

use super::definition::refusal;
use super::sheet::ports;
use super::{Place, Sheet, SheetTask};
use fargate_core::network::InstanceType;
use fargate_core::network::modes::{
    Asked, Caller, ContainerInstance, Outcome, Pair, Side, Verdict,
};
use fargate_core::units::Date;
use std::net::Ipv4Addr;

/// The address of the instance; its tasks' interfaces have those after it.
const ADDRESS: Ipv4Addr = Ipv4Addr::new(10, 0, 1, 10);
/// What every container is asked about besides the others, and how: the Internet, and what AWS answers at link-local addresses.
const BESIDES: [(&str, Asked<'static>, u16); 3] = [
    ("The Internet, port 443", Asked::Internet, 443),
    (
        "Instance metadata, 169.254.169.254",
        Asked::Address(Ipv4Addr::new(169, 254, 169, 254)),
        80,
    ),
    (
        "Task metadata, 169.254.170.2",
        Asked::Address(Ipv4Addr::new(169, 254, 170, 2)),
        80,
    ),
];

/// What stands on an instance or on Fargate, what does not fit, and who reaches whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModesCard {
    /// The instance: 'c5.large: 3 network interfaces, 1 of 2 tasks in mode awsvpc'.
    pub instance: String,
    /// What older texts say otherwise of the type; `None` for most.
    pub note: Option<&'static str>,
    /// What cannot be read, registered or placed, each at its place.
    pub troubles: Vec<Trouble>,
    /// The tasks that were placed.
    pub tasks: Vec<ModesTask>,
    /// The containers that were placed, in the order of rows and columns.
    pub containers: Vec<ModesContainer>,
    /// What the columns after those of the containers ask about.
    pub besides: Vec<&'static str>,
    /// A row for each container, and one for something else in the VPC.
    pub rows: Vec<ModesRow>,
}

/// What is wrong with a part of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The part.
    pub at: Place,
    /// What is wrong, in AWS's words where they are AWS's.
    pub words: String,
    /// What helps, where the words do not say it.
    pub cure: String,
}

/// A task that was placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModesTask {
    /// Its family.
    pub family: String,
    /// Its network mode.
    pub mode: &'static str,
    /// The target type that its service's target group must have, or why it has none.
    pub target_type: &'static str,
    /// AWS's answer where the group's type is the other one.
    pub other_type: Option<String>,
    /// The records that service discovery can make of it.
    pub discovery: String,
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

/// Whom somebody reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModesRow {
    /// Who: a container by its name, or something else in the VPC.
    pub from: String,
    /// Whether they reach each container, and then each of what is asked besides; `None` where that is themselves or has no meaning.
    pub cells: Vec<Option<ModesCell>>,
}

/// Whether one reaches another.
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

/// A sheet that was carried out.
pub(super) struct Placed {
    pub(super) instance: ContainerInstance,
    troubles: Vec<Trouble>,
}

impl Sheet {
    /// Who reaches whom. The seed draws host ports; the day says which rules hold.
    pub fn card(&self, seed: u64, as_of: Date) -> ModesCard {
        let Some((kind, placed)) = self.placed(seed, as_of) else {
            return ModesCard::empty();
        };
        let Placed { instance, troubles } = placed;
        let mut containers = Vec::new();
        let mut callers = Vec::new();
        for (task, placed) in instance.tasks.iter().enumerate() {
            let both = placed.spec.containers.iter().zip(&placed.containers);
            for (container, (spec, it)) in both.enumerate() {
                callers.push(Caller::Container { task, container });
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
        ModesCard {
            instance: told(&instance, kind, self.on_fargate()),
            note: kind.note().filter(|_| !self.on_fargate()),
            troubles,
            tasks: instance.tasks.iter().map(|it| task(&it.spec)).collect(),
            rows: rows(&instance, &callers, &containers),
            containers,
            besides: BESIDES.iter().map(|(title, _, _)| *title).collect(),
        }
    }

    /// The tasks on the instance, in order; `None` where there is no type at all.
    pub(super) fn placed(&self, seed: u64, as_of: Date) -> Option<(InstanceType, Placed)> {
        let kind = self.kind()?;
        let mut instance = ContainerInstance::new(kind, ADDRESS, seed);
        instance.trunking = self.trunking;
        instance.launch_type = self.launch_type;
        instance.blocks_metadata = self.blocks_metadata;
        instance.public_subnet = self.public_subnet;
        let mut troubles = Vec::new();
        let mut trouble = |at, words: String, cure: &str| {
            troubles.push(Trouble {
                at,
                words,
                cure: cure.to_owned(),
            });
        };
        if !self.on_fargate() && kind.name != self.instance_type.trim() {
            let typed = self.instance_type.trim();
            let cure = format!(
                "Name one such as t3.small. Until then it is a {}.",
                kind.name
            );
            trouble(
                Place::Type,
                format!("There is no instance type {typed}."),
                &cure,
            );
        }
        match ports(&self.loopback) {
            Ok(ports) => instance.loopback_services = ports,
            Err(words) => trouble(Place::Loopback, words, ""),
        }
        let mut next = u32::from(ADDRESS);
        for (place, task) in self.tasks.iter().enumerate() {
            for (number, container) in task.containers.iter().enumerate() {
                if let Err(words) = container.mappings() {
                    trouble(Place::Ports(place, number), words, "");
                }
                if let Err(words) = ports(&container.listens) {
                    trouble(Place::Listens(place, number), words, "");
                }
            }
            next += 1;
            if let Some(words) = refusal(task, self.launch_type, as_of) {
                trouble(Place::Task(place), words, "");
            } else if let Err(it) = instance.place(task.spec(), Some(next.into())) {
                let words = format!("{}: {}.", it.reason, it.because);
                trouble(Place::Task(place), words, &it.cure);
            }
        }
        Some((kind, Placed { instance, troubles }))
    }
}

impl ModesCard {
    const fn empty() -> Self {
        Self {
            instance: String::new(),
            note: None,
            troubles: Vec::new(),
            tasks: Vec::new(),
            containers: Vec::new(),
            besides: Vec::new(),
            rows: Vec::new(),
        }
    }
}

fn told(instance: &ContainerInstance, kind: InstanceType, fargate: bool) -> String {
    if fargate {
        return "Fargate: each task has a machine and a network interface of its own".to_owned();
    }
    let limit = kind.awsvpc_tasks(instance.trunking);
    let own = limit - instance.free_interfaces();
    let interfaces = kind.interface_limit(instance.trunking);
    let trunk = match kind.trunked_tasks {
        Some(_) if instance.trunking => ", trunking on",
        None if instance.trunking => ", a type without trunking",
        _ => "",
    };
    format!(
        "{}{trunk}: {interfaces} network interfaces, {own} of {limit} tasks in mode awsvpc",
        kind.name
    )
}

fn task(spec: &fargate_core::network::modes::TaskSpec) -> ModesTask {
    let mode = spec.mode;
    let other = match mode.target_type() {
        Some("ip") => "instance",
        _ => "ip",
    };
    let group =
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/73e2d6bc24d8a067";
    ModesTask {
        family: spec.family.clone(),
        mode: mode.aws(),
        target_type: mode.target_type().unwrap_or("none: it has no port"),
        other_type: mode.target_type_refusal(group, other),
        discovery: mode.discovery().join(", "),
    }
}

fn rows(
    instance: &ContainerInstance,
    callers: &[Caller],
    containers: &[ModesContainer],
) -> Vec<ModesRow> {
    let pairs = instance.pairs();
    let from_vpc = instance.pairs_from_vpc();
    let cell = |from: Caller, to: Caller| {
        let Caller::Container { task, container } = to else {
            return None;
        };
        let mut all = pairs.iter().chain(&from_vpc);
        let found = all.find(|pair| pair.from == from && pair.to == (task, container));
        found.map(said)
    };
    let mut rows: Vec<ModesRow> = callers
        .iter()
        .zip(containers)
        .map(|(from, container)| {
            let others = callers.iter().map(|to| cell(*from, *to));
            let besides = BESIDES.iter().map(|(_, asked, port)| {
                let verdict = instance.reach(*from, *asked, *port);
                Some(of(&verdict, String::new()))
            });
            ModesRow {
                from: container.name.clone(),
                cells: others.chain(besides).collect(),
            }
        })
        .collect();
    if !callers.is_empty() {
        let others = callers.iter().map(|to| cell(Caller::Vpc, *to));
        rows.push(ModesRow {
            from: "Something else in the VPC".to_owned(),
            cells: others.chain(BESIDES.iter().map(|_| None)).collect(),
        });
    }
    rows
}

fn said(pair: &Pair) -> ModesCell {
    let address = pair
        .address
        .map(|(address, port)| format!("{address}:{port}"));
    of(&pair.verdict, address.unwrap_or_default())
}

/// A verdict in words.
pub(super) fn of(verdict: &Verdict, address: String) -> ModesCell {
    let because = &verdict.because;
    let (word, because) = match verdict.outcome {
        Outcome::Allowed => ("yes", because.clone()),
        Outcome::Denied => ("no", because.clone()),
        Outcome::Network { from, to, port } => {
            let (from, to) = (side(from), side(to));
            let words = format!("{because}; from {from} to {to} on port {port}");
            ("by groups", words)
        }
    };
    ModesCell {
        verdict: word,
        address,
        decided_by: verdict.decided_by.words(),
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

impl SheetTask {
    /// Whether a name is this task's, or begins with it as 'shop/web' does.
    pub(super) fn is_named(&self, name: &str) -> bool {
        let family = self.family.trim();
        name == family
            || name
                .strip_prefix(family)
                .is_some_and(|rest| rest.starts_with('/'))
    }
}
