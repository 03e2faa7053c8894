//! The drawing tools: what a hand does on the picture, and the calls that come of it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

#[path = "../kit/mod.rs"]
mod kit;

mod deeds;
mod exits;
mod group;
mod moving;
mod person;
mod placing;
mod resize;
mod route;
mod rule;
mod subnet;
