//! The simulator behind Fargate Playground.
//!
//! Pure Rust: it reads no clock, draws no randomness but from the scenario's seed, does no input or output and knows
//! no browser. [`world::World`] takes [`call::Call`]s in, and gives [`event::Event`]s out.
#![forbid(unsafe_code)]

pub mod finding;
pub mod ids;
pub mod task_definition;
pub mod text;
pub mod units;
