//! Events: facts with a time and a cause. Following causes back answers 'why'.

use crate::ids::{NetworkInterfaceId, SecurityGroupId, TaskId};
use crate::network::{Ending, Trace};
use crate::task::{Health, StopCode, TaskState};
use crate::units::{Date, SimTime};
use std::fmt;
use std::net::Ipv4Addr;
use std::sync::Arc;

/// The number of an event in its run, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u64);

/// What led to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The call at that place of the document.
    Call(u32),
    /// An earlier event.
    Event(EventId),
}

/// A fact of the simulated account.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its number.
    pub id: EventId,
    /// When it happened.
    pub at: SimTime,
    /// What led to it.
    pub cause: Cause,
    /// What happened.
    pub fact: Fact,
}

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
            _ => false,
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(number) => write!(f, "call {number}"),
            Self::Event(id) => write!(f, "event {}", id.0),
        }
    }
}

impl fmt::Display for Event {
    /// One line of the event log, the form that is hashed: milliseconds, number, cause, sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} #{} after {}: {}",
            self.at.0, self.id.0, self.cause, self.fact
        )
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Made { what, id, name } if name.is_empty() => write!(f, "{what} {id} is made"),
            Self::Made { what, id, name } => write!(f, "{what} {name} is made ({id})"),
            Self::Changed { what, id, how } => write!(f, "{what} {id} {how}"),
            Self::Deleted { what, id } => write!(f, "{what} {id} is deleted"),
            Self::GatewayAttached { gateway, vpc } => {
                write!(f, "Internet gateway {gateway} is attached to {vpc}")
            }
            Self::RouteChanged {
                table,
                destination,
                target: Some(target),
            } => {
                write!(f, "Route table {table} leads {destination} to {target}")
            }
            Self::RouteChanged {
                table,
                destination,
                target: None,
            } => {
                write!(
                    f,
                    "Route table {table} has no route for {destination} any more"
                )
            }
            Self::RuleChanged {
                name,
                rule,
                added: true,
                ..
            } => write!(f, "{name} now allows {rule}"),
            Self::RuleChanged {
                name,
                rule,
                added: false,
                ..
            } => write!(f, "{name} no longer allows {rule}"),
            Self::Registered { revision } => write!(f, "{revision} is registered"),
            Self::State {
                task,
                definition,
                state,
            } => {
                write!(f, "{definition} {} is {}", task.short(), state.aws())
            }
            Self::InterfaceAttached {
                task,
                interface,
                private_ip,
                public_ip,
            } => {
                write!(f, "Task {} got {interface} with {private_ip}", task.short())?;
                public_ip.map_or(Ok(()), |address| write!(f, " and {address}"))
            }
            Self::InterfaceReleased {
                task,
                interface,
                private_ip,
            } => {
                write!(
                    f,
                    "Task {} gave {interface} back; {private_ip} is free",
                    task.short()
                )
            }
            Self::PullStarted { task } => write!(f, "Task {} pulls its images", task.short()),
            Self::PullStopped { task } => write!(f, "Task {} has its images", task.short()),
            Self::NotFetched { task, what, trace } => {
                write!(f, "Task {} cannot fetch from {what}: {trace}", task.short())
            }
            Self::ContainerStarted { task, container } => {
                write!(f, "{container} of {} started", task.short())
            }
            Self::Signalled {
                task,
                container,
                signal,
            } => {
                write!(f, "{container} of {} was sent {signal}", task.short())
            }
            Self::ContainerExited {
                task,
                container,
                code,
                reason,
            } => {
                let task = task.short();
                write!(f, "{container} of {task} ended with exit code {code}")?;
                reason
                    .as_ref()
                    .map_or(Ok(()), |reason| write!(f, ": {reason}"))
            }
            Self::NeverStarts {
                task,
                container,
                waits_for,
                condition,
                late,
            } => {
                let why = if *late {
                    "within its startTimeout"
                } else {
                    "any more"
                };
                let task = task.short();
                write!(
                    f,
                    "{container} of {task} never starts: {waits_for} does not come to {condition} {why}"
                )
            }
            Self::HealthChanged {
                task,
                container,
                health,
            } => {
                write!(f, "{container} of {} is {}", task.short(), health.aws())
            }
            Self::Restarts { task, container } => {
                let task = task.short();
                write!(
                    f,
                    "{container} of {task} is started again by its restart policy"
                )
            }
            Self::Logged {
                task,
                container,
                line,
            } => {
                write!(f, "{container} of {} logs: {line}", task.short())
            }
            Self::Called {
                task,
                container,
                to,
                port,
                reached,
            } => {
                let verb = if *reached {
                    "reaches"
                } else {
                    "does not reach"
                };
                write!(f, "{container} of {} {verb} {to}:{port}", task.short())
            }
            Self::Stopping { task, code, reason } => {
                write!(f, "Task {} stops: {reason} ({})", task.short(), code.aws())
            }
            Self::Forgotten { task } => write!(f, "The record of task {} expired", task.short()),
            Self::DemandSet {
                task,
                container,
                cpu,
                memory,
            } => {
                write!(f, "{container} of {} now wants", task.short())?;
                cpu.map_or(Ok(()), |cpu| write!(f, " {cpu} CPU units"))?;
                memory.map_or(Ok(()), |memory| write!(f, " {memory} MiB"))
            }
            Self::DemandCleared { task, container } => {
                write!(
                    f,
                    "{container} of {} wants what its image and its traffic ask for",
                    task.short()
                )
            }
            Self::ImageSaid { image, said: true } => {
                write!(f, "Image {image} does from now on what was said")
            }
            Self::ImageSaid { image, said: false } => {
                write!(f, "Image {image} does again what the catalogue says")
            }
            Self::AsOf { date } => write!(f, "The rules of {date} apply"),
            Self::Undone { call } => write!(f, "Call {call} is undone"),
            Self::Redone { call } => write!(f, "Call {call} is done again"),
            Self::Traffic {
                to,
                port,
                rate_tenths: 0,
                ..
            } => {
                write!(f, "Traffic to port {port} of {to} ended")
            }
            Self::Traffic {
                to,
                port,
                rate_tenths,
                count,
                ..
            } => {
                let (whole, tenths) = (rate_tenths / 10, rate_tenths % 10);
                match count {
                    Some(count) => write!(f, "{count} requests")?,
                    None => write!(f, "Traffic")?,
                }
                write!(f, " to port {port} of {to}, {whole}.{tenths} a second")
            }
            Self::Request { trace, .. } => write!(f, "{trace}"),
        }
    }
}
