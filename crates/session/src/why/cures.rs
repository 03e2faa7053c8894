//! What may cure a trouble, the narrowest first. Nothing here is known to help: [`super::branch`] tries it.

use super::definition::{Change, of_container, of_task, string};
use super::needs;
use super::trouble::Trouble;
use fargate_core::call::{
    AssignPublicIp, AuthorizeSecurityGroupIngress, AwsvpcConfiguration, Call, CreateSubnet,
    CreateVpcEndpoint, IpPermission, LaunchType, NetworkConfiguration, PutImage, RunTask,
    SendRequests, SetTraffic, TagSpecification, TrafficSource,
};
use fargate_core::compute::memory::Limit;
use fargate_core::compute::sizes;
use fargate_core::ids::{SecurityGroupId, SubnetId, TaskId};
use fargate_core::network::{Edit, Ending, Endpoint, Question, RESERVED, Subnet, Trace};
use fargate_core::task::{Fetch, Task};
use fargate_core::task_definition::Condition;
use fargate_core::task_definition::fields::Step;
use fargate_core::units::MiB;
use fargate_core::workload::Workload;
use fargate_core::world::World;
use ipnet::Ipv4Net;

/// The largest `ephemeralStorage`, in GiB. Source: API reference.
const LARGEST_DISK: u32 = 200;
/// The longest `timeout` of a health check, in s, and the longest `startPeriod`. Source: API reference.
const LONGEST_CHECK: u64 = 60;
const LONGEST_START_PERIOD: u64 = 300;
/// The longest `startTimeout`, in s. Source: ECS developer guide, 'Task definition parameters for Fargate'.
const LONGEST_START: u64 = 120;
/// Widths, to be compared with those that the network gives its cures: what changes one definition is narrower than what opens a
/// network; another subnet or a public address is wider than a rule or a route to one host.
const DEFINITION: u64 = 1 << 8;
const ENDPOINT: u64 = 1 << 16;
const ELSEWHERE: u64 = 1 << 30;
const PROGRAM: u64 = 1 << 4;

/// Something that may help.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cure {
    /// What it does, as a button says it.
    pub(super) title: String,
    /// What it changes.
    pub(super) acts: Vec<Act>,
    /// How much it changes, to be compared.
    pub(super) width: u64,
    /// Of several of one kind only the first that helps is told.
    pub(super) kind: &'static str,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Act {
    /// A call.
    Call(Call),
    /// Other members of the definition, registered as a new revision.
    Define(Vec<Change>),
    /// Another subnet.
    Subnet(SubnetId),
    /// A new subnet, and the task in it.
    NewSubnet(Call),
    /// A public address.
    Public,
    /// Another platform version.
    Platform(&'static str),
    /// The same once more.
    Again,
}

/// Where and how a task is run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Launch {
    pub(super) subnet: SubnetId,
    pub(super) groups: Vec<SecurityGroupId>,
    pub(super) public: bool,
    pub(super) platform: String,
}

impl Launch {
    /// As a task was run.
    pub(super) fn of(task: &Task) -> Self {
        Self {
            subnet: task.assignment.subnet.clone(),
            groups: task.assignment.groups.clone(),
            public: task.assignment.public,
            platform: task.platform.version.to_owned(),
        }
    }

    /// The call that runs a definition so.
    pub(super) fn run(&self, definition: &str) -> RunTask {
        let public = if self.public {
            AssignPublicIp::Enabled
        } else {
            AssignPublicIp::Disabled
        };
        RunTask {
            task_definition: definition.to_owned(),
            count: None,
            launch_type: Some(LaunchType::Fargate),
            platform_version: Some(self.platform.clone()),
            network_configuration: Some(NetworkConfiguration {
                awsvpc_configuration: AwsvpcConfiguration {
                    subnets: vec![self.subnet.clone()],
                    security_groups: self.groups.clone(),
                    assign_public_ip: Some(public),
                },
            }),
        }
    }
}

fn cure(title: impl Into<String>, kind: &'static str, width: u64, acts: Vec<Act>) -> Cure {
    Cure {
        title: title.into(),
        acts,
        width,
        kind,
    }
}

fn define(title: impl Into<String>, kind: &'static str, changes: Vec<Change>) -> Cure {
    cure(title, kind, DEFINITION, vec![Act::Define(changes)])
}

/// What may cure a task, the narrowest first.
pub(super) fn of_task_trouble(world: &World, task: &Task, trouble: &Trouble) -> Vec<Cure> {
    let mut found = of_trouble(world, task, trouble);
    // of equal width the order of the list stays
    found.sort_by_key(|it| it.width);
    found
}

fn of_trouble(world: &World, task: &Task, trouble: &Trouble) -> Vec<Cure> {
    match trouble {
        Trouble::NoAddress => other_subnets(world, task),
        Trouble::NoWay(what, _) => ways(world, task, *what),
        Trouble::SmallDisk => disk(world, task),
        Trouble::Killed(place, limit) => memory(world, task, *place, *limit),
        Trouble::Lacks(place, line) => lacking(task, *place, line),
        Trouble::DiskFull(_) => disk(world, task),
        Trouble::Ended(place, _) => ended(task, *place),
        Trouble::Waits {
            waits,
            dependency,
            on,
            late,
            inner,
        } => waiting(
            world,
            task,
            (*waits, *dependency),
            *on,
            *late,
            inner.as_deref(),
        ),
        Trouble::SlowCheck(place) => slow_check(task, *place),
        Trouble::SlowStart(place) => slow_start(task, *place),
        Trouble::Sick(place) => vec![mended(
            task,
            *place,
            "whose health check goes on passing",
            |it| {
                it.sick_ms = None;
            },
        )],
    }
}

fn free_in(world: &World, subnet: &Subnet) -> u32 {
    let room = subnet.size().saturating_sub(RESERVED);
    room.saturating_sub(world.network().used_in(&subnet.id))
}

/// Other subnets of the VPC that have room: those of the same route table first.
fn other_subnets(world: &World, task: &Task) -> Vec<Cure> {
    let network = world.network();
    let Some(own) = network.subnets.get(&task.assignment.subnet) else {
        return Vec::new();
    };
    let table = |subnet: &Subnet| network.route_table_of(subnet).map(|it| it.id.clone());
    let others = network.subnets.values();
    let others = others.filter(|it| it.vpc == own.vpc && it.id != own.id && free_in(world, it) > 0);
    let mut found: Vec<Cure> = others
        .map(|it| {
            let far = u64::from(table(it) != table(own));
            let acts = vec![Act::Subnet(it.id.clone())];
            cure(
                format!(
                    "Run it in {}, which has {} free addresses",
                    it.title(),
                    free_in(world, it)
                ),
                "another subnet",
                ELSEWHERE + far,
                acts,
            )
        })
        .collect();
    found.extend(new_subnet(world, own));
    found
}

/// A new subnet in a free block of the VPC, in the same zone, with the VPC's main route table.
fn new_subnet(world: &World, own: &Subnet) -> Option<Cure> {
    let network = world.network();
    let vpc = network.vpcs.get(&own.vpc)?;
    let taken: Vec<Ipv4Net> = network
        .subnets
        .values()
        .filter(|it| it.vpc == own.vpc)
        .map(|it| it.cidr)
        .collect();
    let prefix = vpc.cidr.prefix_len().max(24);
    let mut blocks = vpc.cidr.subnets(prefix).ok()?;
    let block = blocks.find(|block| {
        !taken
            .iter()
            .any(|other| other.contains(block) || block.contains(other))
    })?;
    let call = CreateSubnet {
        vpc_id: own.vpc.clone(),
        cidr_block: block.to_string(),
        availability_zone: Some(own.zone.to_string()),
        tag_specifications: TagSpecification::name("subnet", "Room"),
        ..CreateSubnet::default()
    };
    Some(cure(
        format!("Make a subnet {block} and run it there"),
        "new subnet",
        ELSEWHERE + 8,
        vec![Act::NewSubnet(call.into())],
    ))
}

/// Ways to what a task fetches: those that the network knows, an endpoint, another subnet.
fn ways(world: &World, task: &Task, what: Fetch) -> Vec<Cure> {
    let mut found = Vec::new();
    if let Some((copy, all)) = needs::fetching(world, task)
        && let Some(missing) = all.iter().find(|it| !it.trace.delivered())
    {
        found.extend(of_network(&copy, &missing.question));
    }
    found.extend(endpoint(world, task, what));
    let network = world.network();
    let own = network.subnets.get(&task.assignment.subnet);
    if let Some(own) = own {
        let table = |subnet: &Subnet| network.route_table_of(subnet).map(|it| it.id.clone());
        let others = network.subnets.values();
        let others = others.filter(|it| it.vpc == own.vpc && table(it) != table(own));
        found.extend(others.take(2).map(|it| {
            let acts = vec![Act::Subnet(it.id.clone())];
            cure(
                format!("Run it in {}", it.title()),
                "another subnet",
                ELSEWHERE * 8,
                acts,
            )
        }));
    }
    found
}

/// The network's cures of a question. A task that would be run again with a public address is run so.
fn of_network(world: &World, question: &Question) -> Vec<Cure> {
    let fixes = world.network().fixes(question).into_iter();
    let cures = fixes.map(|fix| {
        let again = fix
            .edits
            .iter()
            .any(|edit| matches!(edit, Edit::RunAgain(_)));
        let acts = fix.edits.into_iter().map(|edit| match edit {
            Edit::Call(call) => Act::Call(call),
            Edit::RunAgain(_) => Act::Public,
        });
        let title = if again {
            // the task on the copy has an id that nobody knows
            "Run it with a public address".to_owned()
        } else {
            fix.title
        };
        let width = if again {
            ELSEWHERE * 2
        } else {
            fix.width.min(ELSEWHERE)
        };
        cure(title, "", width, acts.collect())
    });
    cures.collect()
}

/// An endpoint of the service that a task fetches from, in its subnet or its route table.
fn endpoint(world: &World, task: &Task, what: Fetch) -> Option<Cure> {
    let network = world.network();
    let subnet = network.subnets.get(&task.assignment.subnet)?;
    let service = what.service();
    // other registries than AWS's have none
    let private = |image: &str| image.contains(".dkr.ecr.");
    if matches!(what, Fetch::Manifest | Fetch::Layers)
        && !task
            .containers
            .iter()
            .all(|it| private(&it.definition.image))
    {
        return None;
    }
    let service_name = format!("com.amazonaws.us-east-1.{service}");
    if what == Fetch::Layers {
        let table = network.route_table_of(subnet)?.id.clone();
        let call = CreateVpcEndpoint {
            vpc_id: subnet.vpc.clone(),
            service_name,
            route_table_ids: vec![table],
            ..CreateVpcEndpoint::default()
        };
        return Some(cure(
            "Make a gateway endpoint for s3",
            "endpoint",
            ENDPOINT,
            vec![Act::Call(call.into())],
        ));
    }
    // a group that other endpoints wear is likely open for the task already
    let worn = network
        .interface_endpoints
        .values()
        .find(|it| it.vpc == subnet.vpc);
    let worn = worn.and_then(|it| network.interfaces.get(it.interfaces.first()?));
    let worn = worn.map(|it| it.groups.clone());
    let own = task.assignment.groups.first()?.clone();
    let mut acts = Vec::new();
    let groups = worn.unwrap_or_else(|| {
        let permission = IpPermission::tcp(443, &subnet.cidr.to_string());
        let call = AuthorizeSecurityGroupIngress {
            group_id: own.clone(),
            ip_permissions: vec![permission],
        };
        acts.push(Act::Call(call.into()));
        vec![own]
    });
    let call = CreateVpcEndpoint {
        vpc_endpoint_type: Some("Interface".to_owned()),
        vpc_id: subnet.vpc.clone(),
        service_name,
        subnet_ids: vec![subnet.id.clone()],
        security_group_ids: groups,
        ..CreateVpcEndpoint::default()
    };
    acts.push(Act::Call(call.into()));
    Some(cure(
        format!("Make an endpoint for {service} in {}", subnet.title()),
        "endpoint",
        ENDPOINT,
        acts,
    ))
}

/// A larger disk, or a platform version that has one.
fn disk(world: &World, task: &Task) -> Vec<Cure> {
    let mut found = Vec::new();
    let used = task.disk(world.now());
    if !task.platform.has("1.4.0") {
        found.push(cure(
            "Run it on platform version 1.4.0",
            "platform",
            DEFINITION,
            vec![Act::Platform("1.4.0")],
        ));
    }
    let least = (used.layers.saturating_add(used.written) / 1_024 + 1).max(21);
    for gib in [least, least * 2, LARGEST_DISK] {
        if gib <= LARGEST_DISK {
            let changes = vec![(
                of_task(&["ephemeralStorage"]),
                Some(format!("{{\"sizeInGiB\":{gib}}}")),
            )];
            found.push(define(
                format!("Set ephemeralStorage to {gib} GiB"),
                "disk",
                changes,
            ));
        }
    }
    found
}

/// More memory: for the container where its own limit bound it, else for the task.
fn memory(world: &World, task: &Task, place: usize, limit: Limit) -> Vec<Cure> {
    let it = &task.containers[place];
    let mut found = Vec::new();
    if it.demand.memory.is_some() {
        found.push(cure(
            "Run it again, without the memory that somebody made it want",
            "again",
            0,
            vec![Act::Again],
        ));
    }
    let rates = world.traffic().rates(task);
    let rate = rates.get(place).copied().unwrap_or(0);
    let wants = u64::from(it.wants_memory(rate, world.now()));
    let windows = task.platform.windows;
    let larger = |at_least: u32| {
        let rows = sizes::rows(world.as_of(), windows).filter(|row| row.cpu >= task.cpu);
        let mut pairs: Vec<_> = rows
            .flat_map(|row| row.memories().map(move |memory| (row.cpu, memory)))
            .filter(|(_, memory)| memory.0 >= at_least && *memory > task.memory)
            .collect();
        pairs.sort_by_key(|(cpu, memory)| (memory.0, cpu.0));
        pairs.into_iter().next()
    };
    for quarters in [5_u64, 8, 16, 32] {
        let (was, own) = match limit {
            Limit::Container(mib) => (mib, true),
            Limit::Task(mib) => (mib, false),
        };
        let more = wants.max(u64::from(was)) * quarters / 4;
        let more = u32::try_from(more.next_multiple_of(64)).unwrap_or(u32::MAX);
        let mut changes: Vec<Change> = Vec::new();
        let mut words = Vec::new();
        if own {
            changes.push((of_container(place, &["memory"]), Some(more.to_string())));
            words.push(format!("the memory of {} to {more} MiB", it.name));
        }
        let others: u32 = if own {
            0
        } else {
            let rest = task
                .containers
                .iter()
                .enumerate()
                .filter(|other| other.0 != place);
            rest.map(|(_, other)| other.wants_memory(0, world.now()))
                .sum()
        };
        let whole = more.saturating_add(others);
        if whole > task.memory.0 {
            let Some((cpu, MiB(memory))) = larger(whole) else {
                continue;
            };
            changes.insert(0, (of_task(&["memory"]), Some(string(&memory.to_string()))));
            if cpu != task.cpu {
                changes.insert(0, (of_task(&["cpu"]), Some(string(&cpu.0.to_string()))));
            }
            words.push(format!(
                "the task's memory to {}",
                sizes::memory_text(MiB(memory))
            ));
        }
        found.push(define(
            format!("Raise {}", words.join(", and ")),
            "memory",
            changes,
        ));
    }
    found
}

/// What an image lacks: a variable, or a place that it can write to.
fn lacking(task: &Task, place: usize, line: &str) -> Vec<Cure> {
    let it = &task.containers[place];
    if let Some(variable) = line.strip_suffix(" is not set") {
        let missing: Vec<&String> = it
            .workload
            .needs
            .iter()
            .filter(|name| !it.definition.environment.contains(name))
            .collect();
        let given = it.definition.environment.len();
        // secrets are told among the variables: an item beyond the end is added
        let changes = missing.iter().enumerate().map(|(more, name)| {
            let mut path = of_container(place, &["environment"]);
            path.push(Step::Item(given + more));
            let json = format!("{{\"name\":{},\"value\":\"your value\"}}", string(name));
            (path, Some(json))
        });
        let names: Vec<&str> = missing.iter().map(|name| name.as_str()).collect();
        let names = if names.is_empty() {
            vec![variable]
        } else {
            names
        };
        return vec![define(
            format!(
                "Set {} in the environment of {}, with your value",
                names.join(" and "),
                it.name
            ),
            "environment",
            changes.collect(),
        )];
    }
    let mut found = Vec::new();
    let folder = &it.workload.write_to;
    let read_only = it
        .definition
        .mounts
        .iter()
        .position(|mount| mount.read_only && folder.starts_with(&mount.path));
    if let Some(mount) = read_only {
        let mut path = of_container(place, &["mountPoints"]);
        path.push(Step::Item(mount));
        path.push("readOnly".into());
        found.push(define(
            format!("Let {} write to {folder}", it.name),
            "mount",
            vec![(path, Some("false".to_owned()))],
        ));
    }
    if it.definition.read_only_root && !folder.is_empty() {
        let mut volume = of_task(&["volumes"]);
        volume.push(Step::Item(task.definition.volumes.len()));
        let mut mount = of_container(place, &["mountPoints"]);
        mount.push(Step::Item(it.definition.mounts.len()));
        found.push(define(
            format!("Mount a volume at {folder} in {}", it.name),
            "mount",
            vec![
                (volume, Some("{\"name\":\"scratch\"}".to_owned())),
                (
                    mount,
                    Some(format!(
                        "{{\"sourceVolume\":\"scratch\",\"containerPath\":{}}}",
                        string(folder)
                    )),
                ),
            ],
        ));
        let path = of_container(place, &["readonlyRootFilesystem"]);
        found.push(define(
            format!("Let {} write to its own file system", it.name),
            "root",
            vec![(path, Some("false".to_owned()))],
        ));
    }
    found
}

/// An image that behaves otherwise: what a repair of its program would be.
fn mended(task: &Task, place: usize, how: &str, change: impl Fn(&mut Workload)) -> Cure {
    let it = &task.containers[place];
    let mut workload = it.workload.as_ref().clone();
    change(&mut workload);
    let call = PutImage {
        image: it.definition.image.clone(),
        behaviour: Some(Box::new(workload)),
    };
    cure(
        format!("Mend the program of {}: an image {how}", it.name),
        "program",
        PROGRAM,
        vec![Act::Call(call.into()), Act::Again],
    )
}

/// A container that ends by itself.
fn ended(task: &Task, place: usize) -> Vec<Cure> {
    let it = &task.containers[place];
    let mut found = vec![mended(task, place, "that does not end by itself", |it| {
        it.exit_ms = None;
    })];
    if it.definition.restart.is_none() {
        let path = of_container(place, &["restartPolicy"]);
        let json = "{\"enabled\":true,\"restartAttemptPeriod\":60}".to_owned();
        found.push(define(
            format!("Let a restart policy start {} again", it.name),
            "restart",
            vec![(path, Some(json))],
        ));
    }
    let mut all = task.containers.iter().enumerate();
    if it.definition.essential && all.any(|(other, it)| other != place && it.definition.essential) {
        let path = of_container(place, &["essential"]);
        found.push(define(
            format!("Let the others go on without {}", it.name),
            "essential",
            vec![(path, Some("false".to_owned()))],
        ));
    }
    found
}

fn waiting(
    world: &World,
    task: &Task,
    (waits, dependency): (usize, usize),
    on: usize,
    late: bool,
    inner: Option<&Trouble>,
) -> Vec<Cure> {
    let it = &task.containers[on];
    let wanted = task.containers[waits].definition.depends_on.get(dependency);
    let wanted = wanted.map(|it| it.condition);
    let mut found = match inner {
        // it is to end, and well
        Some(Trouble::Ended(..)) if wanted == Some(Condition::Success) => {
            vec![mended(task, on, "that ends with exit code 0", |it| {
                it.exit_code = 0;
            })]
        }
        Some(inner) => of_trouble(world, task, inner),
        None => Vec::new(),
    };
    if late {
        let wanted = it.workload.ready_ms.max(it.workload.exit_ms.unwrap_or(0)) / 1_000;
        let interval = it
            .definition
            .health_check
            .map_or(0, |rules| u64::from(rules.interval));
        for seconds in [wanted + interval + 5, LONGEST_START] {
            if seconds <= LONGEST_START {
                let path = of_container(on, &["startTimeout"]);
                found.push(define(
                    format!("Give {} {seconds} s to come up (startTimeout)", it.name),
                    "start timeout",
                    vec![(path, Some(seconds.to_string()))],
                ));
            }
        }
    }
    let mut path = of_container(waits, &["dependsOn"]);
    path.push(Step::Item(dependency));
    path.push("condition".into());
    let waiter = &task.containers[waits].name;
    let mut weaker = |condition: &str, when: &str| {
        let changes = vec![(path.clone(), Some(string(condition)))];
        let mut cure = define(
            format!("Let {waiter} start as soon as {} {when}", it.name),
            "condition",
            changes,
        );
        cure.width *= 2;
        found.push(cure);
    };
    if wanted == Some(Condition::Success) {
        weaker("COMPLETE", "has ended");
    }
    weaker("START", "has started");
    found
}

fn slow_check(task: &Task, place: usize) -> Vec<Cure> {
    let it = &task.containers[place];
    let seconds = it.workload.check_ms / 1_000 + 1;
    let mut found = Vec::new();
    if seconds <= LONGEST_CHECK {
        let path = of_container(place, &["healthCheck", "timeout"]);
        found.push(define(
            format!("Give the health check of {} {seconds} s (timeout)", it.name),
            "timeout",
            vec![(path, Some(seconds.to_string()))],
        ));
    }
    let quick = |it: &mut Workload| it.check_ms = 100;
    let mut mend = mended(task, place, "whose health check answers at once", quick);
    mend.width = DEFINITION * 2;
    found.push(mend);
    found
}

fn slow_start(task: &Task, place: usize) -> Vec<Cure> {
    let it = &task.containers[place];
    let seconds = it.workload.ready_ms / 1_000 + 5;
    let mut found = Vec::new();
    if seconds <= LONGEST_START_PERIOD {
        let path = of_container(place, &["healthCheck", "startPeriod"]);
        found.push(define(
            format!(
                "Give {} {seconds} s before its health check counts (startPeriod)",
                it.name
            ),
            "start period",
            vec![(path, Some(seconds.to_string()))],
        ));
    }
    let mut mend = mended(task, place, "that is ready at once", |it| {
        it.ready_ms = 1_000
    });
    mend.width = DEFINITION * 2;
    found.push(mend);
    found
}

/// What may cure a connection.
pub(super) fn of_flow(
    world: &World,
    question: &Question,
    trace: &Trace,
    task: &TaskId,
) -> Vec<Cure> {
    let mut found = of_network(world, question);
    if trace.ending == Ending::Refused
        && let Some(task) = world.tasks().get(task)
    {
        found.extend(other_port(world, task, question));
    }
    found.sort_by_key(|it| it.width);
    found
}

/// Where nothing listens: a port that is asked instead, or a mapping that says the port that is asked.
fn other_port(world: &World, task: &Task, question: &Question) -> Vec<Cure> {
    let asked = question.flow.port;
    let mut found = Vec::new();
    for (place, it) in task.containers.iter().enumerate().filter(|it| it.1.runs()) {
        for (index, mapping) in it.definition.port_mappings.iter().enumerate() {
            if !it.workload.listens.is_empty() || mapping.container_port == asked {
                continue;
            }
            let mut path = of_container(place, &["portMappings"]);
            path.push(Step::Item(index));
            let mut changes = Vec::new();
            let mut port = path.clone();
            port.push("containerPort".into());
            changes.push((port, Some(asked.to_string())));
            if mapping.host_port.is_some() {
                path.push("hostPort".into());
                changes.push((path, Some(asked.to_string())));
            }
            found.push(define(
                format!("Let {} listen on {asked} (containerPort)", it.name),
                "port mapping",
                changes,
            ));
        }
        for port in it.ports() {
            found.extend(ask_instead(world, task, question, port).map(|calls| {
                cure(
                    format!("Ask port {port}, where {} listens", it.name),
                    "other port",
                    PROGRAM,
                    calls.into_iter().map(Act::Call).collect(),
                )
            }));
        }
    }
    found
}

/// The calls that send the same requests to another port.
fn ask_instead(world: &World, task: &Task, question: &Question, port: u16) -> Option<Vec<Call>> {
    let from = match &question.flow.from {
        Endpoint::Internet(_) => TrafficSource::Internet,
        Endpoint::Interface(id) => {
            let interface = world.network().interfaces.get(id)?;
            TrafficSource::Task(interface.task()?.clone())
        }
    };
    let mut streams = world.traffic().streams.values();
    let lasting = streams.find(|it| {
        it.to == task.id && it.port == question.flow.port && it.from == from && it.left.is_none()
    });
    let to = task.id.clone();
    let Some(stream) = lasting else {
        let request = SendRequests {
            from,
            to,
            port,
            count: 1,
            rate_tenths: 10,
        };
        return Some(vec![request.into()]);
    };
    let set = |port: u16, rate_tenths: u32| SetTraffic {
        from: from.clone(),
        to: to.clone(),
        port,
        rate_tenths,
    };
    Some(vec![
        set(question.flow.port, 0).into(),
        set(port, stream.rate_tenths).into(),
    ])
}
