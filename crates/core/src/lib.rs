//! The simulator behind Fargate Playground.
//!
//! Pure Rust: it reads no clock, draws no randomness but from the scenario's seed, does no input or output and knows
//! no browser. A world takes [`call::Call`]s in, and gives events out.
#![forbid(unsafe_code)]

pub mod call;
pub mod compute;
pub mod finding;
pub mod ids;
pub mod task;
pub mod task_definition;
pub mod text;
pub mod units;
