//! What is watched: logs, events, a shell in a container, as plain cards.

mod bridge;
mod exec;
mod logs;
mod pipeline;

pub use bridge::{BridgeAbout, BridgeCard, BridgePage, RuleCard};
pub use exec::{ExecAnswer, ExecTarget};
pub use fargate_core::observe::Pipeline;
pub use logs::{LogCard, LogPage, LogQuery, StreamCard};
