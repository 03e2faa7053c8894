//! What the page shows, as plain cards in the page's words. Nothing of the world's own types leaks but ids and units.
//!
//! A card that did not change since the last view keeps its pointer ([`Shared`]), so the page redraws only what changed.

use fargate_core::call::{Hidden, RunTaskOptions};
use fargate_core::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId, TaskId};
use fargate_core::task::{Provider, TaskState};
use fargate_core::units::{CpuUnits, Date, MiB, NanoUsd, SimSpan, SimTime};
use litemap::LiteMap;
use std::net::Ipv4Addr;
use std::ops::Deref;
use std::sync::Arc;

/// A shared card that compares by pointer first: two views' cards are the same where nothing changed.
#[derive(Debug)]
pub struct Shared<T: ?Sized>(Arc<T>);

impl<T> Shared<T> {
    /// Shares a card.
    pub fn new(card: T) -> Self {
        Self(Arc::new(card))
    }
}

impl<T: ?Sized> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: ?Sized> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// Everything that the page shows of one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The scenario's title.
    pub title: Arc<str>,
    /// The date whose sizes, limits, prices and texts apply.
    pub as_of: Date,
    /// The moment shown.
    pub clock: ClockCard,
    /// What can be undone and redone, and the runs.
    pub history: Shared<HistoryCard>,
    /// The zones that the canvas draws as columns, such as `us-east-1a`.
    pub zones: Shared<Vec<Arc<str>>>,
    /// The VPC; `None` before one is made.
    pub vpc: Option<Shared<VpcCard>>,
    /// The subnets.
    pub subnets: LiteMap<SubnetId, Shared<SubnetCard>>,
    /// The security groups.
    pub groups: LiteMap<SecurityGroupId, Shared<GroupCard>>,
    /// What stands in subnets beside tasks, by subnet and name.
    pub tiles: Shared<Vec<TileCard>>,
    /// The tasks, stopped ones too while AWS would still show them.
    pub tasks: LiteMap<TaskId, Shared<TaskCard>>,
    /// The registered task definitions by family.
    pub families: Shared<Vec<FamilyCard>>,
    /// Counts of requests.
    pub requests: RequestsCard,
    /// When they were sent.
    pub request_times: Shared<RequestTimes>,
    /// The requests to draw now, oldest first.
    pub flights: Vec<Flight>,
    /// What all of it has cost so far.
    pub cost: CostCard,
    /// The newest facts up to the moment shown, oldest first, at most 200.
    pub events: Shared<Vec<EventLine>>,
    /// How many facts there are up to the moment shown.
    pub event_count: usize,
}

/// The moment shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockCard {
    /// The moment that everything shows.
    pub now: SimTime,
    /// How far this run has been simulated.
    pub end: SimTime,
    /// Whether the moment shown lies before the end of the run.
    pub past: bool,
}

/// What can be undone and redone, and the runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryCard {
    /// What undo takes back, in words: 'remove rule TCP 8080 from sg-web'.
    pub undo: Option<String>,
    /// What redo does again.
    pub redo: Option<String>,
    /// The runs, oldest first: acting in the past starts a new one.
    pub runs: Vec<RunCard>,
    /// Which of them is shown.
    pub current: usize,
}

/// One run of the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunCard {
    /// 'Run 2'.
    pub title: String,
    /// Where it left its parent; `None` for the first.
    pub from: Option<SimTime>,
}

/// The VPC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VpcCard {
    /// Its id.
    pub id: String,
    /// Its block, such as `172.31.0.0/16`.
    pub cidr: String,
    /// The attached internet gateway.
    pub internet_gateway: Option<String>,
    /// Its main route table, which all subnets use.
    pub main_route_table: String,
    /// Whether that table has a default route.
    pub has_default_route: bool,
}

/// What stands in a subnet beside tasks, with an interface of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileCard {
    /// Its interface.
    pub id: NetworkInterfaceId,
    /// What the interface belongs to: 'nat-0…'.
    pub owner: String,
    /// Its subnet.
    pub subnet: SubnetId,
    /// What it is.
    pub kind: TileKind,
    /// Its name, else its id.
    pub name: String,
    /// Its address, with its port where it has one: '10.0.1.17:3306'.
    pub address: String,
    /// Its public address.
    pub public_ip: Option<Ipv4Addr>,
    /// Its state where that is not the usual one: 'pending'.
    pub state: Option<&'static str>,
    /// The groups that it wears.
    pub groups: Vec<SecurityGroupId>,
}

/// What a tile is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TileKind {
    /// An EC2 instance.
    Instance,
    /// A database.
    Database,
    /// A node of a load balancer.
    LoadBalancer,
    /// An interface endpoint.
    Endpoint,
    /// A NAT gateway.
    NatGateway,
    /// A mount target of a file system.
    MountTarget,
}

impl TileKind {
    /// What it is, in words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Instance => "EC2 instance",
            Self::Database => "Database",
            Self::LoadBalancer => "Load balancer",
            Self::Endpoint => "Interface endpoint",
            Self::NatGateway => "NAT gateway",
            Self::MountTarget => "Mount target",
        }
    }
}

/// A subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubnetCard {
    /// Its id.
    pub id: SubnetId,
    /// Its `Name` tag, else its id.
    pub name: String,
    /// Its block.
    pub cidr: String,
    /// Its zone.
    pub zone: Arc<str>,
    /// Whether its default route leads to an internet gateway.
    pub public: bool,
    /// The id of its route table: its own, else the VPC's main one.
    pub route_table: String,
    /// Where its default route leads: 'default → igw' or 'local only'.
    pub default_route: String,
    /// Addresses that can still be given.
    pub free: u32,
    /// Addresses in use.
    pub used: u32,
    /// All addresses of the block, the five reserved ones included.
    pub size: u32,
}

/// A security group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupCard {
    /// Its id.
    pub id: SecurityGroupId,
    /// Its name.
    pub name: String,
    /// Its place in the order of creation, which chooses colour and dash; from 0.
    pub order: usize,
    /// Its inbound rules.
    pub ingress: Vec<RuleCard>,
    /// Its outbound rules.
    pub egress: Vec<RuleCard>,
}

/// A rule of a security group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCard {
    /// Its id.
    pub id: String,
    /// 'TCP 8080 from anywhere'.
    pub label: String,
    /// The call that takes it away.
    pub revoke: fargate_core::call::Call,
}

/// A task.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskCard {
    /// Its id: 32 hexadecimal digits.
    pub id: TaskId,
    /// The first four digits.
    pub short_id: String,
    /// `scorekeep:1`.
    pub definition: String,
    /// Where it is in its life.
    pub state: TaskState,
    /// CPU of the task: the hard cap.
    pub cpu: CpuUnits,
    /// Memory of the task: the hard limit.
    pub memory: MiB,
    /// '1 vCPU, 2 GB'.
    pub size: String,
    /// The platform version that it runs on.
    pub platform: PlatformCard,
    /// `healthStatus`: `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
    pub health: &'static str,
    /// Its subnet.
    pub subnet: SubnetId,
    /// Its security groups.
    pub groups: Vec<SecurityGroupId>,
    /// Its interface, while it has one.
    pub interface: Option<InterfaceCard>,
    /// Its life so far, in order.
    pub stages: Vec<Stage>,
    /// Its containers, in definition order.
    pub containers: Vec<ContainerCard>,
    /// Who lends CPU to whom, in one sentence: 'frontend borrows 268 units that api leaves idle.'
    pub cpu_sentence: String,
    /// What memory does, in one sentence.
    pub memory_sentence: String,
    /// Its disk.
    pub disk: DiskCard,
    /// What fills its disk, in one sentence.
    pub disk_sentence: String,
    /// Its volumes, in definition order.
    pub volumes: Vec<VolumeCard>,
    /// The capacity provider that runs it; `None` where a launch type was named.
    pub provider: Option<Provider>,
    /// What few callers of `RunTask` say.
    pub options: Hidden<RunTaskOptions>,
    /// Why it stopped or is stopping.
    pub stop: Option<StopCard>,
    /// What it has cost so far.
    pub cost: CostCard,
}

/// The platform that a task runs on, and what its containers see of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlatformCard {
    /// `1.4.0`: the number that LATEST meant.
    pub version: &'static str,
    /// Whether it is Windows', where `cpu` of a container is a quota.
    pub windows: bool,
    /// The newest version of the task metadata endpoint; 0 where there is none.
    pub metadata: u8,
    /// CPUs that a container sees, whatever its part of them.
    pub visible_cpus: u32,
    /// MiB that a container sees in `/proc/meminfo`, whatever its limit.
    pub visible_memory: u32,
}

/// The disk of a task, all in MiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiskCard {
    /// What image layers take, compressed and unpacked.
    pub layers: u32,
    /// What is written beside them.
    pub written: u32,
    /// Room of the disk that holds both.
    pub room: u32,
    /// What is written to volumes on a disk of their own, and its room; `None` where one disk holds all.
    pub volumes: Option<(u32, u32)>,
}

/// A volume of a task, which containers share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolumeCard {
    /// Its name.
    pub name: String,
    /// Whether it lies on the task's own disk; else on a file system such as EFS.
    pub local: bool,
    /// MiB that the task wrote to it.
    pub written: u32,
    /// Where containers have it: 'web at /data', 'log at /in, read only'.
    pub mounts: Vec<String>,
}

/// One state of a task's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The state.
    pub state: TaskState,
    /// When it was entered.
    pub from: SimTime,
    /// When it was left; `None` for the present state.
    pub until: Option<SimTime>,
}

/// An elastic network interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterfaceCard {
    /// Its id.
    pub id: NetworkInterfaceId,
    /// Its MAC address, such as `0a:1b:…`.
    pub mac: String,
    /// Its private address.
    pub private_ip: Ipv4Addr,
    /// Its public address, if it was asked for.
    pub public_ip: Option<Ipv4Addr>,
    /// `ATTACHING`, `ATTACHED`, `DETACHING` or `DELETED`, as `DescribeTasks` shows it.
    pub attachment: &'static str,
}

/// Why a task stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopCard {
    /// AWS's `stopCode`.
    pub code: &'static str,
    /// AWS's `stoppedReason`.
    pub reason: String,
    /// What led to it and what cures it, where AWS's reason leaves that open.
    pub why: Option<String>,
    /// Whether something failed, so that it is drawn as an octagon.
    pub failed: bool,
}

/// `lastStatus` of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContainerState {
    /// Not started yet.
    Pending,
    /// Started.
    Running,
    /// Ended.
    Stopped,
}

/// A container of a task. Its place in the list chooses its colour.
#[derive(Clone, Debug, PartialEq)]
pub struct ContainerCard {
    /// Its name as defined: `scorekeep-frontend`.
    pub name: String,
    /// Its name without the family's: `frontend`.
    pub short_name: String,
    /// Its image.
    pub image: String,
    /// Its state.
    pub state: ContainerState,
    /// Whether its end ends the task.
    pub essential: bool,
    /// The ports it listens on.
    pub ports: Vec<u16>,
    /// Its exit code, once it has ended.
    pub exit_code: Option<i32>,
    /// AWS's reason for its end, such as `OutOfMemoryError: container killed due to memory usage`.
    pub reason: Option<String>,
    /// `healthStatus`, where it has a health check.
    pub health: Option<&'static str>,
    /// How often its restart policy started it again.
    pub restarts: u32,
    /// What it waits for before it starts: 'db to be healthy'.
    pub waits_for: Option<String>,
    /// The limit that it was killed at when it last ended so: 'its own limit of 320 MiB'.
    pub killed_at: Option<String>,
    /// Its CPU.
    pub cpu: CpuCard,
    /// Its memory.
    pub memory: MemoryCard,
}

/// What a container has of the task's CPU, all in CPU units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CpuCard {
    /// `cpu` of the container as defined: its weight.
    pub share: u32,
    /// What its weight is worth of the task's CPU when all are busy.
    pub entitled: u32,
    /// What it would use if it could.
    pub wants: u32,
    /// What it gets.
    pub granted: u32,
    /// What it gets above its own part.
    pub borrowed: u32,
    /// What of its own part others use.
    pub lent: u32,
    /// Whether a person set the demand, not the traffic.
    pub by_hand: bool,
}

/// What a container has of the task's memory, all in MiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MemoryCard {
    /// `memoryReservation`: the soft floor.
    pub reservation: Option<u32>,
    /// `memory`: the container's hard limit.
    pub limit: Option<u32>,
    /// What its processes would use if they could.
    pub wants: u32,
    /// What it uses, files that it keeps in memory included.
    pub uses: u32,
    /// Files that the kernel took back from it, so that others have room.
    pub reclaimed: u32,
    /// Whether a person set the demand, not the traffic.
    pub by_hand: bool,
}

/// A family of task definitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyCard {
    /// Its name.
    pub family: String,
    /// Its revisions, oldest first.
    pub revisions: Vec<RevisionCard>,
}

/// A registered revision, which never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionCard {
    /// `scorekeep:1`.
    pub name: String,
    /// Its number.
    pub revision: u32,
    /// What `DescribeTaskDefinition` shows, as indented JSON.
    pub json: Arc<str>,
    /// What was sent, as indented JSON.
    pub sent: Arc<str>,
    /// When it was registered.
    pub registered_at: SimTime,
    /// Whether Fargate can run it.
    pub fargate: bool,
}

/// Counts of requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RequestsCard {
    /// Answered.
    pub delivered: u64,
    /// Refused or never answered.
    pub denied: u64,
    /// Background requests a second, in tenths.
    pub rate_tenths: u32,
}

/// When requests were sent: how many in each stretch of the run, from its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestTimes {
    /// The length of a stretch.
    pub stretch: SimSpan,
    /// How many in each, delivered or not.
    pub counts: Vec<u32>,
}

/// A place that a request passes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The Internet.
    Internet,
    /// The internet gateway of the VPC.
    Gateway,
    /// The route table of a subnet: its port on the top edge.
    Route(SubnetId),
    /// A subnet.
    Subnet(SubnetId),
    /// A security group's edge.
    Group(SecurityGroupId),
    /// A task's interface.
    Interface(TaskId),
    /// A container, by its place in the definition.
    Container(TaskId, usize),
    /// A tile, by its interface.
    Tile(NetworkInterfaceId),
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlightEnd {
    /// It arrived and was answered.
    Delivered,
    /// The last place refused it; the sender sees only silence.
    Denied,
    /// It arrived where nothing listens: the sender is told so at once.
    Refused,
}

/// A request to draw: where it passes and how far it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Flight {
    /// The request's number, unique in the run.
    pub id: u64,
    /// When it was sent.
    pub sent: SimTime,
    /// The places it passes, in order; the last is where it ends.
    pub places: Shared<Vec<Place>>,
    /// How it ended.
    pub end: FlightEnd,
    /// How far along it is: 0 at the sender, 1 at the end.
    pub progress: f64,
    /// `GET /` for a request that a person sent; empty for background traffic, which is drawn as a dot.
    pub label: &'static str,
}

/// The steps of a request, for the popover.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceCard {
    /// 'Denied at sg-web' or 'Delivered'.
    pub title: String,
    /// '203.0.113.9 → 172.31.1.164'.
    pub route: String,
    /// 'TCP 8080 at 10:04:31'.
    pub what: String,
    /// How it ended.
    pub end: FlightEnd,
    /// The steps in the order the request met them.
    pub steps: Vec<StepCard>,
    /// The code that Reachability Analyzer would use, where it was refused.
    pub code: Option<&'static str>,
    /// The sentence that says why.
    pub sentence: String,
    /// What nearly let it pass where it was refused: 'web: TCP 443 0.0.0.0/0: would match if the port were 443'..
    pub near: Vec<String>,
    /// What helps, in words; nothing where it arrived.
    pub cure: String,
    /// Cures, the narrowest first, each proven by trying it.
    pub fixes: Vec<FixCard>,
    /// What VPC Flow Logs would record of it, a line for each interface and direction.
    pub log: Vec<String>,
    /// The call that sends one such request again; `None` where the task is gone.
    pub again: Option<fargate_core::call::Call>,
}

/// One step of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepCard {
    /// The part: 'sg-web, in'.
    pub part: String,
    /// The rule that decided: 'TCP 8080 from 0.0.0.0/0', 'no match'.
    pub rule: String,
    /// Whether it let the request pass.
    pub passed: bool,
    /// Where it is on the canvas.
    pub place: Place,
}

/// A cure, as calls.
#[derive(Clone, Debug, PartialEq)]
pub struct FixCard {
    /// The button: 'Allow TCP 8080 from anywhere'.
    pub title: String,
    /// The calls it sends.
    pub calls: Vec<fargate_core::call::Call>,
}

/// What something has cost so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CostCard {
    /// Billed so far, at list price.
    pub so_far: NanoUsd,
    /// An hour of it at the present rate.
    pub per_hour: NanoUsd,
    /// Seconds billed.
    pub billed_seconds: u64,
    /// Whether the one-minute minimum still decides.
    pub minimum: bool,
}

/// A fact, as the events list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventLine {
    /// Its number in the run.
    pub id: u64,
    /// When it happened.
    pub at: SimTime,
    /// The sentence.
    pub text: String,
    /// Whether it is trouble.
    pub trouble: bool,
    /// The task it is about.
    pub task: Option<TaskId>,
}
