//! The card of a task: its life, its interface, its disk, what ended it.

use super::{ContainerCard, CostCard};
use fargate_core::call::{Hidden, RunTaskOptions};
use fargate_core::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId, TaskId};
use fargate_core::task::{Provider, TaskState};
use fargate_core::units::{CpuUnits, MiB, SimTime};
use std::net::Ipv4Addr;

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
