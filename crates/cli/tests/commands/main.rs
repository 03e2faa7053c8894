//! The commands as a person types them: what they print, and their exit codes.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod bad_input;
mod playground;
mod reach;
mod run;
mod validate;
mod vectors;
mod why;
