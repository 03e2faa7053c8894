//! What is watched: logs, events, a shell in a container, as plain cards.

mod logs;

pub use logs::{LogCard, LogPage, LogQuery, StreamCard};
