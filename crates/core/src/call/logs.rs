//! Calls of CloudWatch Logs. Members are spelled as in its API.

use crate::wire;

wire! {
    /// Input of `CreateLogGroup`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateLogGroup {
        /// The name, such as `/ecs/web`.
        pub log_group_name: String = "logGroupName",
    }

    /// Input of `DeleteLogGroup`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteLogGroup {
        /// The name.
        pub log_group_name: String = "logGroupName",
    }
}
