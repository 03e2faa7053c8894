//! The lifecycle of a task: its states.

/// `lastStatus` of a task, in the order of a task's life.
///
/// Source: 'Amazon ECS task lifecycle' of the developer guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskState {
    /// The interface is made and attached, compute is acquired.
    Provisioning,
    /// Images are pulled, containers created.
    Pending,
    /// Containers start, targets register.
    Activating,
    /// The essential containers run.
    Running,
    /// Targets drain.
    Deactivating,
    /// The stop signal is sent; the containers have their `stopTimeout` to end.
    Stopping,
    /// The interface is detached and deleted.
    Deprovisioning,
    /// The task has ended; its record stays for an hour.
    Stopped,
}

impl TaskState {
    /// AWS's spelling, such as `PROVISIONING`.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::Provisioning => "PROVISIONING",
            Self::Pending => "PENDING",
            Self::Activating => "ACTIVATING",
            Self::Running => "RUNNING",
            Self::Deactivating => "DEACTIVATING",
            Self::Stopping => "STOPPING",
            Self::Deprovisioning => "DEPROVISIONING",
            Self::Stopped => "STOPPED",
        }
    }

    /// The page's spelling, such as 'Provisioning'.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Provisioning => "Provisioning",
            Self::Pending => "Pending",
            Self::Activating => "Activating",
            Self::Running => "Running",
            Self::Deactivating => "Deactivating",
            Self::Stopping => "Stopping",
            Self::Deprovisioning => "Deprovisioning",
            Self::Stopped => "Stopped",
        }
    }
}
