//! Tasks: what they are, how they live, and the calls that run and stop them.

mod container;
mod disk;
mod exit;
mod fetch;
mod health;
mod life;
mod model;
mod order;
mod pace;
mod pull;
mod run;
mod state;
mod stop;
mod strain;
mod strategy;

pub use container::{Container, ContainerStatus, Health};
pub use disk::DiskUse;
pub use fetch::Fetch;
pub use model::{Assignment, Demand, Stage, Stop, StopCode, Task, Why};
pub use pace::Pace;
pub use state::TaskState;
pub use strategy::{Part, Provider, spread};

pub(crate) use container::{MOST_CPU, MOST_MEMORY};
pub(crate) use fetch::{Fetches, missing};
pub(crate) use life::{Due, Parts, advance as advance_life};
pub(crate) use run::{Launch, One, launch};
pub(crate) use stop::{interrupt, stop_task};
pub(crate) use strain::{settle, task_limit};
