//! What becomes of definitions that an account registers: tasks that are run, watched and entered, one file a subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

mod account;
mod bridge;
mod exec;
mod logs;
mod network_modes;
mod platform_needs;
mod run_laws;
mod run_task;
mod runs;
