//! The façade of the simulator: outsiders hold one [`Session`], send it calls, advance its time and look at plain cards.
#![forbid(unsafe_code)]

pub mod branches;
mod cards;
pub mod cost;
pub mod details;
pub mod diagrams;
mod document;
mod explain;
pub mod flow_logs;
mod history;
mod images;
pub mod metrics;
pub mod modes;
pub mod network;
pub mod observe;
pub mod permissions;
mod plan;
pub mod reach;
pub mod reasons;
pub mod scenarios;
pub mod scene;
pub mod services;
mod session;
pub mod stores;
mod timeline;
pub mod tools;
pub mod vectors;
pub mod view;
pub mod why;
mod words;

pub use document::{FORMAT, OpenError, Scenario, VERSION};
pub use history::{Done, Entry, Run};
pub use images::ImageCard;
pub use plan::{Plan, Refused};
pub use session::Session;
