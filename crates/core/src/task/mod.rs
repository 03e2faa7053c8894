//! Tasks: what they are, how they live, and the calls that run and stop them.

mod container;
mod life;
mod model;
mod run;
mod state;
mod stop;

pub use container::{Container, ContainerStatus};
pub use model::{Assignment, Demand, Stage, Stop, StopCode, Task};
pub use state::TaskState;

pub(crate) use life::{Due, Parts, advance as advance_life, settle_memory};
pub(crate) use run::run_task;
pub(crate) use stop::stop_task;
