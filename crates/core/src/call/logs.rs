//! CloudWatch Logs' calls. Members are spelled as in its API.

use crate::wire;

wire! {
    /// Input of `CreateLogGroup`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateLogGroup {
        /// Its name, such as `/ecs/web`.
        pub log_group_name: String = "logGroupName",
    }

    /// Input of `DeleteLogGroup`: its streams and their lines go with it.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteLogGroup {
        /// The group.
        pub log_group_name: String = "logGroupName",
    }

    /// Input of `PutRetentionPolicy`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutRetentionPolicy {
        /// The group.
        pub log_group_name: String = "logGroupName",
        /// Days after which a line is deleted.
        pub retention_in_days: u32 = "retentionInDays",
    }

    /// Input of `DeleteRetentionPolicy`: lines are kept for ever again.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteRetentionPolicy {
        /// The group.
        pub log_group_name: String = "logGroupName",
    }

    /// Input of `PutSubscriptionFilter`: lines that match are sent on, in the place of a filter of the same name.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutSubscriptionFilter {
        /// The group.
        pub log_group_name: String = "logGroupName",
        /// Its name.
        pub filter_name: String = "filterName",
        /// Which lines; all where it is empty.
        pub filter_pattern: String = "filterPattern",
        /// The function's ARN.
        pub destination_arn: String = "destinationArn",
    }

    /// Input of `DeleteSubscriptionFilter`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteSubscriptionFilter {
        /// The group.
        pub log_group_name: String = "logGroupName",
        /// The filter's name.
        pub filter_name: String = "filterName",
    }
}
