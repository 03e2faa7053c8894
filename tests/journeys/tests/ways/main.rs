//! People's ways through the page, one file each, in the order of the first issue's points.
#![allow(clippy::panic, reason = "a test says so when it fails")]

mod accessible;
mod bad_input;
mod definition;
mod drawer;
mod drawing;
mod first_visit;
mod form;
mod images;
mod kept;
mod keyboard;
mod modes;
mod networks;
mod observe;
mod private;
mod readable;
mod redrawing;
mod refused;
mod requests;
mod run_task;
mod shares;
mod standing;
mod steps;
mod stop;
mod time;
mod to_fargate;
mod why;
