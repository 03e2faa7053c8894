//! The drawing tools: what a hand does on the picture, and the calls that come of it.

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
