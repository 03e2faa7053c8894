//! What AWS does to tasks by itself, brought about by a call; and the account's setting about it.

use crate::ids::TaskId;
use crate::wire;

wire! {
    /// Input of `RetireTask`: AWS retires the platform revision that a task runs on. It gives notice, waits for as long as the account's
    /// setting says, and then stops the task, or has its service replace it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RetireTask {
        /// The task's id.
        pub task: TaskId = "task",
    }

    /// Input of `SetInterfaceProvisioning`: whether network interfaces of tasks that are run from now on come to be attached.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SetInterfaceProvisioning {
        /// Whether they do.
        pub available: bool = "available",
    }

    /// Input of `PutAccountSetting`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutAccountSetting {
        /// Of AWS's settings `fargateTaskRetirementWaitPeriod`.
        pub name: String = "name",
        /// `0`, `7` or `14`, in days.
        pub value: String = "value",
    }

    /// Input of `PutAccountSettingDefault`: the same for everybody in the account.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutAccountSettingDefault {
        /// Of AWS's settings `fargateTaskRetirementWaitPeriod`.
        pub name: String = "name",
        /// `0`, `7` or `14`, in days.
        pub value: String = "value",
    }
}
