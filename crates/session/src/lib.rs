//! The façade of the simulator: outsiders hold one [`Session`], send it calls, advance its time and look at plain cards.
#![forbid(unsafe_code)]

mod cards;
pub mod diagrams;
mod document;
mod explain;
mod history;
mod images;
pub mod network;
pub mod scenarios;
pub mod scene;
mod session;
mod timeline;
pub mod vectors;
pub mod view;
mod words;

pub use document::{FORMAT, OpenError, Scenario, VERSION};
pub use history::{Done, Entry, Run};
pub use images::ImageCard;
pub use session::Session;
