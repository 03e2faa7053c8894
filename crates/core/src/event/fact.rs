//! The facts: what can happen in an account, and which task each is about.

use crate::ids::{NetworkInterfaceId, SecurityGroupId, TaskId};
use crate::network::{Ending, Trace};
use crate::task::{Health, StopCode, TaskState};
use crate::units::Date;
use std::net::Ipv4Addr;
use std::sync::Arc;

/// How it reads where a rule, a service or a call does not do what it should.
const TROUBLE: [&str; 4] = ["cannot ", "failed to ", "is unable to ", "was unable to "];

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A resource was made.
    Made {
        /// What it is: 'Subnet'.
        what: &'static str,
        /// Its id.
        id: String,
        /// Its name or block.
        name: String,
    },
    /// A resource changed.
    Changed {
        /// What it is: 'Subnet'.
        what: &'static str,
        /// Its id.
        id: String,
        /// What is so now, as the end of a sentence: 'is available'.
        how: String,
    },
    /// A resource is no more.
    Deleted {
        /// What it was.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// An internet gateway was attached to a VPC.
    GatewayAttached {
        /// The gateway.
        gateway: String,
        /// The VPC.
        vpc: String,
    },
    /// A route came or went.
    RouteChanged {
        /// The route table.
        table: String,
        /// The destination block.
        destination: String,
        /// Where it leads now; `None` where it is gone.
        target: Option<String>,
    },
    /// An inbound rule came or went.
    RuleChanged {
        /// The group.
        group: SecurityGroupId,
        /// The group's name.
        name: String,
        /// 'TCP 8080 from 0.0.0.0/0'.
        rule: String,
        /// Whether it came.
        added: bool,
    },
    /// A revision of a task definition was registered.
    Registered {
        /// `scorekeep:1`.
        revision: String,
    },
    /// A task came to a state.
    State {
        /// The task.
        task: TaskId,
        /// `scorekeep:1`.
        definition: Arc<str>,
        /// The state.
        state: TaskState,
    },
    /// A task got its network interface.
    InterfaceAttached {
        /// The task.
        task: TaskId,
        /// The interface.
        interface: NetworkInterfaceId,
        /// Its private address.
        private_ip: Ipv4Addr,
        /// Its public address.
        public_ip: Option<Ipv4Addr>,
    },
    /// A task's interface is deleted and its addresses are free again.
    InterfaceReleased {
        /// The task.
        task: TaskId,
        /// The interface.
        interface: NetworkInterfaceId,
        /// The private address that is free again.
        private_ip: Ipv4Addr,
    },
    /// The pull of a task's images began.
    PullStarted {
        /// The task.
        task: TaskId,
    },
    /// The images of a task are there.
    PullStopped {
        /// The task.
        task: TaskId,
    },
    /// A task could not fetch what it needs to start.
    NotFetched {
        /// The task.
        task: TaskId,
        /// The service, as endpoints name it: `ecr.api`.
        what: &'static str,
        /// The way of the attempt.
        trace: Arc<Trace>,
    },
    /// A container started.
    ContainerStarted {
        /// The task.
        task: TaskId,
        /// The container.
        container: Arc<str>,
    },
    /// A container was sent a signal.
    Signalled {
        /// The task.
        task: TaskId,
        /// The container.
        container: Arc<str>,
        /// `SIGTERM` or `SIGKILL`.
        signal: &'static str,
    },
    /// A container ended.
    ContainerExited {
        /// The task.
        task: TaskId,
        /// The container.
        container: Arc<str>,
        /// Its exit code.
        code: i32,
        /// AWS's reason, where it gives one.
        reason: Option<String>,
    },
    /// A container that waited for another gave up.
    NeverStarts {
        /// The task.
        task: TaskId,
        /// The container.
        container: Arc<str>,
        /// The container that it waited for.
        waits_for: String,
        /// `START`, `COMPLETE`, `SUCCESS` or `HEALTHY`.
        condition: &'static str,
        /// Whether the other's `startTimeout` ended the waiting; else the condition can never be met any more.
        late: bool,
    },
    /// A container's health check came to another verdict.
    HealthChanged {
        /// The task.
        task: TaskId,
        /// The container.
        container: Arc<str>,
        /// The verdict.
        health: Health,
    },
    /// A container's restart policy starts it again.
    Restarts {
        /// The task.
        task: TaskId,
        /// The container.
        container: Arc<str>,
    },
    /// A container logged a line.
    Logged {
        /// The task.
        task: TaskId,
        /// The container.
        container: Arc<str>,
        /// The line.
        line: String,
    },
    /// A call that a container makes by itself came through, or no longer does.
    Called {
        /// The task.
        task: TaskId,
        /// The container.
        container: Arc<str>,
        /// Whom it calls.
        to: Ipv4Addr,
        /// The port.
        port: u16,
        /// Whether it came through.
        reached: bool,
    },
    /// A task is to stop.
    Stopping {
        /// The task.
        task: TaskId,
        /// AWS's stop code.
        code: StopCode,
        /// AWS's reason.
        reason: String,
    },
    /// A stopped task's record expired.
    Forgotten {
        /// The task.
        task: TaskId,
    },
    /// A person set what a container would use.
    DemandSet {
        /// The task.
        task: TaskId,
        /// The container.
        container: Arc<str>,
        /// CPU units.
        cpu: Option<u32>,
        /// MiB.
        memory: Option<u32>,
    },
    /// A container's demand is its image's and its traffic's again.
    DemandCleared {
        /// The task.
        task: TaskId,
        /// The container.
        container: Arc<str>,
    },
    /// A person said what an image does, or took that back.
    ImageSaid {
        /// The image.
        image: String,
        /// Whether it was said, not taken back.
        said: bool,
    },
    /// Another day's rules apply.
    AsOf {
        /// The day.
        date: Date,
    },
    /// An edit was undone: from here on the account is as it would be without it.
    Undone {
        /// The call that was undone, by its place in the document.
        call: u32,
    },
    /// An undone edit was done again.
    Redone {
        /// The call, by its place in the document.
        call: u32,
    },
    /// Requests began to be sent, or ended.
    Traffic {
        /// The task that they are sent to; the id of nothing where it is something else.
        task: TaskId,
        /// What they are sent to, as people call it.
        to: Arc<str>,
        /// The port.
        port: u16,
        /// Tenths of a request a second; 0 where it ended.
        rate_tenths: u32,
        /// How many; `None` for lasting traffic.
        count: Option<u32>,
    },
    /// A request was sent and met its end.
    Request {
        /// The task it was sent to, or that answered it; the id of nothing where there is none.
        task: TaskId,
        /// Whether a person sent it, not lasting traffic.
        by_hand: bool,
        /// The way it took.
        trace: Arc<Trace>,
    },
}

impl Fact {
    /// The task that the fact is about.
    pub fn task(&self) -> Option<&TaskId> {
        match self {
            Self::State { task, .. }
            | Self::InterfaceAttached { task, .. }
            | Self::InterfaceReleased { task, .. }
            | Self::PullStarted { task }
            | Self::PullStopped { task }
            | Self::NotFetched { task, .. }
            | Self::ContainerStarted { task, .. }
            | Self::Signalled { task, .. }
            | Self::ContainerExited { task, .. }
            | Self::NeverStarts { task, .. }
            | Self::HealthChanged { task, .. }
            | Self::Restarts { task, .. }
            | Self::Logged { task, .. }
            | Self::Called { task, .. }
            | Self::Stopping { task, .. }
            | Self::Forgotten { task }
            | Self::DemandSet { task, .. }
            | Self::DemandCleared { task, .. } => Some(task),
            Self::Traffic { task, .. } | Self::Request { task, .. } => {
                Some(task).filter(|task| !task.as_str().is_empty())
            }
            Self::Made { .. }
            | Self::Changed { .. }
            | Self::Deleted { .. }
            | Self::GatewayAttached { .. }
            | Self::RouteChanged { .. }
            | Self::RuleChanged { .. }
            | Self::AsOf { .. }
            | Self::Undone { .. }
            | Self::Redone { .. }
            | Self::ImageSaid { .. }
            | Self::Registered { .. } => None,
        }
    }

    /// Whether the fact is trouble, and not only news.
    pub fn trouble(&self) -> bool {
        match self {
            Self::Request { trace, .. } => trace.ending != Ending::Delivered,
            Self::Stopping { code, .. } => !code.is_wanted(),
            Self::NeverStarts { .. } | Self::NotFetched { .. } => true,
            Self::HealthChanged { health, .. } => *health == Health::Unhealthy,
            Self::Called { reached, .. } => !reached,
            Self::ContainerExited { code, reason, .. } => {
                reason.is_some() || (*code != 0 && *code != 143)
            }
            Self::Changed { how, .. } => TROUBLE.iter().any(|it| how.starts_with(it)),
            _ => false,
        }
    }
}
