//! The engine: the queue of what is due, seeded chance, how calls end, and shared collections that are cheap to copy.

pub(crate) mod answer;
pub mod chance;
pub mod queue;
pub mod shelf;
pub mod step;
