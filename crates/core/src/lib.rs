//! The simulator behind Fargate Playground.
//!
//! Pure Rust: it reads no clock, draws no randomness but from the scenario's seed, does no input or output and knows
//! no browser. A [`world::World`] takes [`call::Call`]s in, and gives [`event::Event`]s out.
#![forbid(unsafe_code)]

pub mod billing;
pub mod call;
pub mod compute;
pub mod decimal;
pub mod engine;
pub mod error;
pub mod event;
pub mod finding;
pub mod iam;
pub mod ids;
pub mod network;
pub mod observe;
pub mod service;
pub mod stores;
pub mod task;
pub mod task_definition;
pub mod text;
pub mod traffic;
pub mod units;
pub mod wire;
pub mod workload;
pub mod world;
