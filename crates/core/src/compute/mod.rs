//! Compute: what a task is given and how its containers share it.

pub mod sizes;
