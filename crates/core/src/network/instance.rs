//! EC2 instances: a machine with interfaces of its own, on which anything may listen.

use super::instance_type::InstanceType;
use crate::ids::{InstanceId, NetworkInterfaceId};

/// An EC2 instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its id.
    pub id: InstanceId,
    /// Its `Name`, or nothing.
    pub name: String,
    /// Its type.
    pub instance_type: InstanceType,
    /// The image it was started from, `ami-…`.
    pub image: String,
    /// Its interfaces by their device index; the first is the primary one.
    pub interfaces: Vec<NetworkInterfaceId>,
    /// Whether its primary interface gets a public address of Amazon's whenever it has no elastic one.
    pub public: bool,
    /// Its state.
    pub state: InstanceState,
}

/// The state of an instance. It cannot be stopped and started again here, only terminated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceState {
    /// It boots.
    Pending,
    /// It runs.
    Running,
    /// It is being terminated.
    ShuttingDown,
    /// It is no more, and only listed still.
    Terminated,
}

impl InstanceState {
    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Running => "running",
            Self::ShuttingDown => "shutting-down",
            Self::Terminated => "terminated",
        }
    }

    /// Whether it is going or gone.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::ShuttingDown | Self::Terminated)
    }
}
