//! Compute: what a task is given, and how its containers share it.

pub mod cpu;
pub mod memory;
pub mod platform;
pub mod sizes;
