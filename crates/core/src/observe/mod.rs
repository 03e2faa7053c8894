//! What can be watched from outside: logs, events, a shell in a container, and what a container can ask about itself.
//!
//! Little of it is state. A log line is no event of its own: it follows from what the event log says anyway, and is
//! computed when somebody reads, so that nothing of it costs a run at a thousandfold speed.

mod account;
mod awslogs;
pub mod bridge;
mod clock;
pub mod exec;
mod filter;
mod like;
mod log_group;
pub mod logs;
mod metadata;
mod names;
mod object;
mod overrides;
mod pipeline;

pub use account::Account;
pub use awslogs::{LogDriver, LogOptions};
pub use bridge::{BadPattern, BridgeEvent, Pattern, Rule, Rules, Schedule, Told, When};
pub use clock::Clock;
pub use filter::{BadFilter, Filter};
pub use log_group::{LogGroup, LogGroups, RETENTION_DAYS, SubscriptionFilter};
pub use metadata::Metadata;
pub use pipeline::{Forwarder, Pipeline, pipelines};

pub(crate) use log_group::{
    Here, create_log_group, delete_log_group, delete_retention_policy, delete_subscription_filter,
    put_retention_policy, put_subscription_filter,
};
pub(crate) use overrides::overrides;
pub(crate) use pipeline::put_log_forwarder;

/// What is watched in the account, as far as calls say it.
#[derive(Clone, Debug, Default)]
pub struct Observe {
    /// The log groups of CloudWatch Logs.
    pub groups: LogGroups,
    /// The rules of EventBridge.
    pub rules: Rules,
}
