//! What a person does from the shipped scenario on, one file a subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

mod account;
mod images;
mod kept_cards;
mod life_of_a_task;
mod metrics;
mod observe;
mod predictions;
mod reach;
mod requests;
mod settings;
mod shares;
mod stores;
mod time_and_history;
mod tools;
