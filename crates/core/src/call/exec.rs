//! ECS Exec's call. Members are spelled as in the ECS API.

use crate::ids::TaskId;
use crate::wire;

wire! {
    /// Input of `ExecuteCommand`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ExecuteCommand {
        /// The cluster's name or ARN; `default` where absent.
        pub cluster: Option<String> = "cluster" optional,
        /// The container; may be left out where the task has one.
        pub container: Option<String> = "container" optional,
        /// The command, such as `/bin/sh`.
        pub command: String = "command",
        /// Whether a person types into it: the only way there is.
        pub interactive: bool = "interactive",
        /// The task's id or ARN.
        pub task: TaskId = "task",
    }
}
