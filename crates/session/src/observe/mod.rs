//! What is watched: logs, events, a shell in a container, as plain cards.

mod bridge;
mod exec;
mod logs;

pub use bridge::{BridgeCard, BridgePage, RuleCard};
pub use exec::{ExecAnswer, ExecTarget};
pub use logs::{LogCard, LogPage, LogQuery, StreamCard};
