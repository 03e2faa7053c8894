//! The model of a task.

use super::container::{Container, Health};
use super::fetch::Fetch;
use super::lack::Lack;
use super::pace::Pace;
use super::state::TaskState;
use super::strategy::Provider;
use crate::call::{Hidden, LaunchType, RunTaskOptions};
use crate::compute::platform::Platform;
use crate::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId, TaskId};
use crate::network::{Interface, Trace};
use crate::task_definition::TaskDefinition;
use crate::units::{CpuUnits, MiB, SimTime};
use std::net::Ipv6Addr;
use std::sync::Arc;

/// The cluster where nobody names one.
pub const CLUSTER: &str = "default";

/// The name in a cluster's name or ARN.
pub fn cluster_in(named: &str) -> &str {
    named.rsplit('/').next().unwrap_or(named)
}

/// A task on Fargate.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// `scorekeep:1`.
    pub revision: Arc<str>,
    /// The revision itself.
    pub definition: Arc<TaskDefinition>,
    /// CPU of the task.
    pub cpu: CpuUnits,
    /// Memory of the task.
    pub memory: MiB,
    /// The platform version that it runs on.
    pub platform: &'static Platform,
    /// The capacity provider that runs it; `None` where a launch type was named.
    pub provider: Option<Provider>,
    /// What few callers of `RunTask` say.
    pub options: Hidden<RunTaskOptions>,
    /// How long it takes to come up.
    pub pace: &'static Pace,
    /// Where its interface is and what it wears.
    pub assignment: Assignment,
    /// Its interface, while it has one.
    pub interface: Option<NetworkInterfaceId>,
    /// Its interface as it was attached, also when it is gone: `DescribeTasks` goes on showing it.
    pub attached: Option<Arc<Interface>>,
    /// The states it has been in, in order; never empty.
    pub stages: Vec<Stage>,
    /// Its containers, in the order of the definition.
    pub containers: Vec<Container>,
    /// The way of what it could not fetch, where it stopped for that.
    pub unreachable: Option<Arc<Trace>>,
    /// What was refused it where it stopped for that.
    pub lack: Option<Arc<Lack>>,
    /// What its images are, where registries say it; else their behaviour does.
    pub layers: Option<Layers>,
    /// Why it stops; `None` while it is wanted.
    pub stop: Option<Stop>,
    /// When the pull of its images began: the bill begins there.
    pub pull_started: Option<SimTime>,
    /// When its images were there.
    pub pull_stopped: Option<SimTime>,
    /// When the last of its containers ended.
    pub execution_stopped: Option<SimTime>,
    /// When it came to STOPPED: the bill ends there.
    pub stopped: Option<SimTime>,
    /// When its memory or its disk is looked at next, since something grows.
    pub(super) strained_at: Option<SimTime>,
}

/// Where a task's interface is and what it wears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The subnet.
    pub subnet: SubnetId,
    /// The groups.
    pub groups: Vec<SecurityGroupId>,
    /// Whether a public address is asked for.
    pub public: bool,
    /// The IPv6 address; `None` where it gets none.
    pub ipv6: Option<Ipv6Addr>,
}

/// What the layers of a task's images come to, each layer once. In MiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layers {
    /// Compressed: what is pulled.
    pub pulled: u32,
    /// On disk, compressed and unpacked.
    pub on_disk: u32,
}

/// One state of a task's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The state.
    pub state: TaskState,
    /// When it was entered.
    pub from: SimTime,
}

/// Why a task stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// AWS's code.
    pub code: StopCode,
    /// When it became so: `stoppingAt`.
    pub at: SimTime,
    /// AWS's reason.
    pub reason: String,
    /// What led to it, where AWS's reason leaves that open.
    pub why: Why,
}

/// What led to a task's stop. Containers and dependencies are given by their places in the definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody asked for it.
    Asked,
    /// AWS took the capacity of Fargate Spot back.
    Interrupted {
        /// Whether it is from when the code was still the notice's.
        notice: bool,
    },
    /// Its service's scheduler stopped it.
    Scheduled(Scheduled),
    /// AWS retired the revision of the platform that it ran on.
    Retired,
    /// Its subnet had no free address.
    NoAddress,
    /// Its interface was not attached in time.
    Unattached,
    /// Something that it needs to start could not be fetched: see [`Task::unreachable`].
    Unreachable(Fetch),
    /// Something that it needs to start was reached and refused: see [`Task::lack`].
    Lacking(Fetch),
    /// The images do not fit on its disk.
    SmallDisk,
    /// A container waited in vain for another.
    InVain {
        /// The one that waited.
        container: usize,
        /// For whom, and for what.
        dependency: usize,
        /// Whether the other's `startTimeout` ended the waiting.
        late: bool,
    },
    /// An essential container ended.
    Ended {
        /// The container.
        container: usize,
    },
}

/// Why a service's scheduler stops a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheduled {
    /// There are too many, or others take its place.
    Scaling,
    /// Its container's health check failed.
    ContainerUnhealthy,
    /// A load balancer's checks of it failed.
    TargetUnhealthy,
    /// AWS retired the revision of the platform that it ran on.
    Retired,
}

impl Why {
    /// AWS's code for it.
    pub const fn code(self) -> StopCode {
        match self {
            Self::Asked => StopCode::UserInitiated,
            Self::Interrupted { notice: true } | Self::Retired => StopCode::TerminationNotice,
            Self::Interrupted { notice: false } => StopCode::SpotInterruption,
            Self::Scheduled(_) => StopCode::ServiceSchedulerInitiated,
            Self::Ended { .. } => StopCode::EssentialContainerExited,
            Self::NoAddress
            | Self::Unattached
            | Self::Unreachable(_)
            | Self::Lacking(_)
            | Self::SmallDisk
            | Self::InVain { .. } => StopCode::TaskFailedToStart,
        }
    }
}

/// `stopCode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StopCode {
    /// It failed before it ran.
    TaskFailedToStart,
    /// An essential container ended.
    EssentialContainerExited,
    /// Somebody called `StopTask`.
    UserInitiated,
    /// AWS took the capacity of Fargate Spot back.
    SpotInterruption,
    /// The same, until 2023; and AWS retired it.
    TerminationNotice,
    /// Its service's scheduler stopped it.
    ServiceSchedulerInitiated,
}

impl StopCode {
    /// Whether somebody wanted it so: a person, or the scheduler of a service.
    pub fn is_wanted(self) -> bool {
        matches!(self, Self::UserInitiated | Self::ServiceSchedulerInitiated)
    }

    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::TaskFailedToStart => "TaskFailedToStart",
            Self::EssentialContainerExited => "EssentialContainerExited",
            Self::UserInitiated => "UserInitiated",
            Self::SpotInterruption => "SpotInterruption",
            Self::TerminationNotice => "TerminationNotice",
            Self::ServiceSchedulerInitiated => "ServiceSchedulerInitiated",
        }
    }
}

/// What a person set a container's demand to; `None` where the image and the traffic decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// CPU units.
    pub cpu: Option<u32>,
    /// MiB.
    pub memory: Option<u32>,
}

impl Task {
    /// The state it is in.
    pub fn state(&self) -> TaskState {
        self.stages
            .last()
            .map_or(TaskState::Stopped, |stage| stage.state)
    }

    /// `desiredStatus`: `STOPPED` once it is to stop, `RUNNING` until then.
    pub fn desired_status(&self) -> &'static str {
        if self.stop.is_some() {
            "STOPPED"
        } else {
            "RUNNING"
        }
    }

    /// Its cluster.
    pub fn cluster(&self) -> &str {
        let named = self.options.get().and_then(|it| it.cluster.as_deref());
        named.map_or(CLUSTER, cluster_in)
    }

    /// How often it has changed, as `version` counts it: each change is one that EventBridge is told of. Source: API reference of `Task`.
    pub fn changes(&self) -> u64 {
        let of_containers = self.containers.iter().map(|it| {
            let ended = it.starts - u32::from(it.runs());
            u64::from(it.starts + ended + it.verdicts)
        });
        let of_task = usize::from(self.attached.is_some()) + usize::from(self.stop.is_some());
        (self.stages.len() + of_task) as u64 + of_containers.sum::<u64>()
    }

    /// The launch type that was named; `None` where a strategy chose the provider.
    pub fn launch_type(&self) -> Option<LaunchType> {
        self.provider.is_none().then_some(LaunchType::Fargate)
    }

    /// When it first came to a state; `None` where it did not.
    pub fn since(&self, state: TaskState) -> Option<SimTime> {
        let mut stages = self.stages.iter();
        stages.find(|it| it.state == state).map(|it| it.from)
    }

    /// `healthStatus`: that of the essential containers that define a health check, the worst first; UNKNOWN where none
    /// does. Observed on Fargate: a container without a check does not keep its task from being HEALTHY.
    pub fn health(&self) -> Health {
        let checked = self.containers.iter();
        let checked = checked
            .filter(|it| it.definition.essential && it.definition.health_check.is_some())
            .map(|it| it.health);
        let worst = |health: Health| match health {
            Health::Healthy => 0,
            Health::Unknown => 1,
            Health::Unhealthy => 2,
        };
        checked.max_by_key(|it| worst(*it)).unwrap_or_default()
    }

    /// The container of that name.
    pub(super) fn place_of(&self, name: &str) -> Option<usize> {
        self.containers.iter().position(|it| *it.name == *name)
    }
}
