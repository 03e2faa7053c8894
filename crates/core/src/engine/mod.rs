//! The engine: the queue of what is due, seeded chance, and shared collections that are cheap to copy.

pub mod chance;
pub mod queue;
pub mod shelf;
pub mod step;
