//! People's ways through the page, one file each, in the order of the first issue's points.
#![allow(clippy::panic, reason = "a test says so when it fails")]

mod accessible;
mod bad_input;
mod bridge;
mod cost;
mod definition;
mod drawer;
mod drawing;
mod first_visit;
mod form;
mod images;
mod kept;
mod keyboard;
mod logs;
mod modes;
mod networks;
mod observe;
mod pages;
mod permissions;
mod private;
mod readable;
mod redrawing;
mod refused;
mod registries;
mod requests;
mod run_more;
mod run_task;
mod shares;
mod shell;
mod standing;
mod steps;
mod stop;
mod time;
mod to_fargate;
mod why;
mod zoom;
