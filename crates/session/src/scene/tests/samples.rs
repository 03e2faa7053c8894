//! Scenarios to draw: the first visit, and any that a small stream of numbers makes.

use crate::scene::Things;
use crate::view::{
    ContainerCard, ContainerState, CostCard, CpuCard, DiskCard, GroupCard, InterfaceCard,
    MemoryCard, PlatformCard, RuleCard, Shared, Stage, StopCard, SubnetCard, TaskCard, TileCard,
    TileKind, VpcCard,
};
use fargate_core::call::{Call, IpPermission, RevokeSecurityGroupIngress};
use fargate_core::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId, TaskId};
use fargate_core::task::TaskState;
use fargate_core::units::{CpuUnits, MiB, SimTime};
use std::net::Ipv4Addr;

pub(super) const ZONES: [&str; 3] = ["us-east-1a", "us-east-1b", "us-east-1c"];

pub(super) fn group(name: &str, order: usize, rules: &[&str]) -> Shared<GroupCard> {
    let id = SecurityGroupId::from(name);
    let rule = |label: &&str| RuleCard {
        id: format!("sgr-{label}"),
        label: (*label).to_owned(),
        revoke: Call::from(RevokeSecurityGroupIngress {
            group_id: id.clone(),
            ip_permissions: vec![IpPermission::tcp(8080, "0.0.0.0/0")],
        }),
    };
    Shared::new(GroupCard {
        id: id.clone(),
        name: name.to_owned(),
        order,
        ingress: rules.iter().map(rule).collect(),
        egress: Vec::new(),
    })
}

pub(super) fn subnet(number: u8, zone: usize, public: bool) -> Shared<SubnetCard> {
    let letter = ["a", "b", "c"][zone];
    let kind = if public { "Public" } else { "Private" };
    Shared::new(SubnetCard {
        id: SubnetId::from(format!("subnet-{number}")),
        name: format!("{kind} {letter}"),
        cidr: format!("172.31.{number}.0/24"),
        zone: ZONES[zone].into(),
        public,
        route_table: "rtb-1".to_owned(),
        default_route: if public {
            "default → igw"
        } else {
            "local only"
        }
        .to_owned(),
        free: 250,
        used: 1,
        size: 256,
    })
}

pub(super) fn container(name: &str) -> ContainerCard {
    ContainerCard {
        name: format!("scorekeep-{name}"),
        short_name: name.to_owned(),
        image: name.to_owned(),
        state: ContainerState::Running,
        essential: true,
        ports: vec![8080],
        exit_code: None,
        reason: None,
        health: None,
        restarts: 0,
        waits_for: None,
        killed_at: None,
        cpu: CpuCard::default(),
        memory: MemoryCard::default(),
    }
}

pub(super) struct TaskOf<'a> {
    pub(super) number: u32,
    pub(super) subnet: &'a SubnetCard,
    pub(super) groups: &'a [&'a str],
    pub(super) state: TaskState,
    pub(super) public_ip: bool,
    pub(super) containers: &'a [&'a str],
}

pub(super) fn task(of: &TaskOf<'_>) -> Shared<TaskCard> {
    let id = format!("{:04x}{:028x}", of.number * 7919 % 0xffff, of.number);
    let up = of.state > TaskState::Provisioning && of.state < TaskState::Stopped;
    let host = (of.number % 200 + 10) as u8;
    Shared::new(TaskCard {
        short_id: id[..4].to_owned(),
        id: TaskId::from(id),
        definition: "scorekeep:7".to_owned(),
        state: of.state,
        cpu: CpuUnits(1024),
        memory: MiB(2048),
        size: "1 vCPU, 2 GB".to_owned(),
        platform: PlatformCard::default(),
        health: "UNKNOWN",
        subnet: of.subnet.id.clone(),
        groups: of.groups.iter().map(|&name| name.into()).collect(),
        interface: up.then(|| InterfaceCard {
            id: NetworkInterfaceId::from("eni-0a91c7"),
            mac: "0a:1b:2c:3d:4e:5f".to_owned(),
            private_ip: Ipv4Addr::new(172, 31, 101, host),
            public_ip: of.public_ip.then(|| Ipv4Addr::new(203, 0, 113, host)),
            attachment: "ATTACHED",
        }),
        stages: vec![Stage {
            state: TaskState::Provisioning,
            from: SimTime(u64::from(of.number) * 1000),
            until: None,
        }],
        containers: of.containers.iter().map(|name| container(name)).collect(),
        cpu_sentence: String::new(),
        memory_sentence: String::new(),
        disk: DiskCard::default(),
        disk_sentence: String::new(),
        volumes: Vec::new(),
        provider: None,
        options: fargate_core::call::Hidden::default(),
        stop: (of.state == TaskState::Stopped).then(|| StopCard {
            code: "EssentialContainerExited",
            reason: "Essential container in task exited".to_owned(),
            why: None,
            failed: of.number.is_multiple_of(2),
        }),
        cost: CostCard::default(),
    })
}

pub(super) fn things(subnets: Vec<Shared<SubnetCard>>) -> Things {
    Things {
        tiles: None,
        zones: ZONES.iter().map(|&zone| zone.into()).collect(),
        vpc: Some(Shared::new(VpcCard {
            id: "vpc-1".to_owned(),
            cidr: "172.31.0.0/16".to_owned(),
            internet_gateway: Some("igw-1".to_owned()),
            main_route_table: "rtb-1".to_owned(),
            has_default_route: true,
        })),
        subnets,
        groups: Vec::new(),
        tasks: Vec::new(),
    }
}

/// The scenario of the first visit.
pub(super) fn first_light() -> Things {
    let public = subnet(1, 0, true);
    let mut all = things(vec![public.clone()]);
    all.groups = vec![group("sg-web", 1, &["TCP 8080 from anywhere"])];
    all.tasks = vec![task(&TaskOf {
        number: 1,
        subnet: &public,
        groups: &["sg-web"],
        state: TaskState::Running,
        public_ip: true,
        containers: &["frontend", "api"],
    })];
    all
}

/// A small stream of numbers, the same in every run.
pub(super) struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        ((self.0 >> 33) as usize) % sides
    }
}

pub(super) fn any_things(seed: u64) -> Things {
    let mut dice = Dice(seed);
    let count = dice.roll(6);
    let subnets: Vec<_> = (0..count)
        .map(|index| subnet(index as u8 + 1, dice.roll(3), dice.roll(3) > 0))
        .collect();
    let mut all = things(subnets.clone());
    let rules = [
        "TCP 8080 from anywhere",
        "TCP 443 from 10.0.0.0/8",
        "TCP 22 from sg-a",
    ];
    let names = ["sg-a", "sg-web", "sg-with-a-long-name", "sg-db"];
    all.groups = (0..4)
        .map(|index| group(names[index], index, &rules[..dice.roll(4)]))
        .collect();
    let most = [0, 1, 2, 5, 12, 60][dice.roll(6)];
    let containers = ["frontend", "api", "a-very-long-sidecar-name", "log"];
    let states = [
        TaskState::Provisioning,
        TaskState::Pending,
        TaskState::Running,
        TaskState::Running,
        TaskState::Running,
        TaskState::Stopping,
        TaskState::Stopped,
    ];
    for number in 0..most {
        if subnets.is_empty() {
            break;
        }
        let worn: Vec<&str> = names.into_iter().filter(|_| dice.roll(3) == 0).collect();
        all.tasks.push(task(&TaskOf {
            number: number as u32,
            subnet: &subnets[dice.roll(subnets.len())],
            groups: &worn,
            state: states[dice.roll(states.len())],
            public_ip: dice.roll(2) == 0,
            containers: &containers[..=dice.roll(4)],
        }));
    }
    let kinds = [TileKind::NatGateway, TileKind::Database, TileKind::Endpoint];
    let tiles = (0..[0, 1, 2, 7][dice.roll(4)]).filter_map(|number| {
        let subnet = subnets.get(dice.roll(subnets.len().max(1)))?;
        Some(TileCard {
            id: NetworkInterfaceId::from(format!("eni-tile-{number}")),
            owner: format!("nat-{number}"),
            subnet: subnet.id.clone(),
            kind: kinds[dice.roll(3)],
            name: ["nat", "a-database-with-a-long-name"][dice.roll(2)].to_owned(),
            address: "172.31.100.200:3306".to_owned(),
            public_ip: None,
            state: [None, Some("pending")][dice.roll(2)],
            groups: Vec::new(),
        })
    });
    all.tiles = Some(Shared::new(tiles.collect()));
    all
}
