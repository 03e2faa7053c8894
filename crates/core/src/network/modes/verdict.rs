//! Questions and answers: who opens a connection to what, what becomes of it, and which part decides.

use std::net::Ipv4Addr;

/// Who opens a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// A container, by the place of its task on the instance and its place in the task.
    Container {
        /// The task's place.
        task: usize,
        /// The container's place.
        container: usize,
    },
    /// Something else in the VPC.
    Vpc,
}

/// What it opens the connection to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked<'a> {
    /// An address.
    Address(Ipv4Addr),
    /// A name of a link.
    Name(&'a str),
    /// A host on the Internet.
    Internet,
}

/// What becomes of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is made, on the instance.
    Allowed,
    /// It is not.
    Denied,
    /// Groups, ACLs and routes decide between two interfaces: ask the walk.
    Network {
        /// The interface that it leaves by.
        from: Side,
        /// The interface that it comes in by.
        to: Side,
        /// The port that groups see.
        port: u16,
    },
}

/// An interface that a connection leaves or comes in by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The instance's.
    Instance,
    /// That of a task in mode `awsvpc`, by its place.
    Task(usize),
    /// One elsewhere in the VPC.
    Elsewhere,
    /// The Internet.
    Internet,
}

/// The part that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decider {
    /// The namespace that the containers of a task in mode `awsvpc` share.
    TaskNamespace,
    /// The namespace that a container in mode `bridge` or `none` has for itself.
    ContainerNamespace,
    /// The instance's namespace, which containers in mode `host` share.
    InstanceNamespace,
    /// The bridge of Docker.
    Docker0,
    /// Docker's mapping of host ports.
    PortMapping,
    /// The hosts file of a container, where links are written.
    HostsFile,
    /// Groups, ACLs and routes of the VPC.
    Network,
    /// The ECS agent.
    Agent,
    /// Mode `none`, which has no network.
    NoNetwork,
}

impl Decider {
    /// Its name, as a sentence uses it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::TaskNamespace => "the task's namespace",
            Self::ContainerNamespace => "the container's namespace",
            Self::InstanceNamespace => "the instance's namespace",
            Self::Docker0 => "docker0",
            Self::PortMapping => "the port mapping",
            Self::HostsFile => "the hosts file",
            Self::Network => "groups and routes",
            Self::Agent => "the ECS agent",
            Self::NoNetwork => "mode none",
        }
    }
}

/// What becomes of a connection, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What becomes of it.
    pub outcome: Outcome,
    /// The part that decides.
    pub decided_by: Decider,
    /// Why, in words.
    pub because: String,
}

/// Whether one container reaches another, by the address that it would use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Who opens the connection.
    pub from: Caller,
    /// Whom it is for: the task's place, and the container's in it.
    pub to: (usize, usize),
    /// The address it would use; `None` where there is none.
    pub address: Option<(Ipv4Addr, u16)>,
    /// What becomes of it.
    pub verdict: Verdict,
}

pub(super) fn allowed(decided_by: Decider, because: impl Into<String>) -> Verdict {
    Verdict {
        outcome: Outcome::Allowed,
        decided_by,
        because: because.into(),
    }
}

pub(super) fn denied(decided_by: Decider, because: impl Into<String>) -> Verdict {
    Verdict {
        outcome: Outcome::Denied,
        decided_by,
        because: because.into(),
    }
}

pub(super) fn network(from: Side, to: Side, port: u16, because: impl Into<String>) -> Verdict {
    Verdict {
        outcome: Outcome::Network { from, to, port },
        decided_by: Decider::Network,
        because: because.into(),
    }
}
