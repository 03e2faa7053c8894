//! Tasks: what they are, how they live, and the calls that run and stop them.

mod container;
mod disk;
mod exit;
mod fetch;
mod health;
mod lack;
mod life;
mod model;
mod order;
mod pull;
mod run;
mod state;
mod stop;
mod strain;
mod supply;

pub use container::{Container, ContainerStatus, Health};
pub use disk::DiskUse;
pub use fetch::{Fetch, fetched};
pub use lack::{Lack, LackKind};
pub use model::{Assignment, Demand, Layers, Stage, Stop, StopCode, Task, Why};
pub use state::TaskState;

pub(crate) use container::{MOST_CPU, MOST_MEMORY};
pub(crate) use fetch::{Fetches, missing};
pub(crate) use life::{Due, Parts, advance as advance_life};
pub(crate) use run::run_task;
pub(crate) use stop::stop_task;
pub(crate) use strain::{settle, task_limit};
