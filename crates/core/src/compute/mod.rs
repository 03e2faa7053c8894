//! Compute: how the containers of a task share its CPU and its memory.

pub mod cpu;
pub mod memory;
