//! The façade of the simulator: outsiders hold one session, send it calls, advance its time and look at plain cards.
#![forbid(unsafe_code)]

pub mod scene;
pub mod view;
