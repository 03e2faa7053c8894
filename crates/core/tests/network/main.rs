//! The network: connections over time, and laws of the walk on random topologies. What AWS does with single connections is in the
//! truth tables of `fargate-session`.
#![allow(clippy::expect_used)] // a test says so when it fails

mod connections;
mod fixes;
mod kit;
mod laws;
mod pairs;
