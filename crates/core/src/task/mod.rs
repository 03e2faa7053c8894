//! Tasks: what they are, how they live, and the calls that run and stop them.

mod aws;
mod container;
mod disk;
mod exit;
mod fetch;
mod health;
mod lack;
mod life;
mod model;
mod mount;
mod order;
mod pace;
mod permission;
mod pull;
mod run;
mod state;
mod stop;
mod strain;
mod strategy;
mod supply;

pub use aws::{Answer, answer, asked_while_running, flow_of_ask};
pub use container::{Container, ContainerStatus, Health};
pub use disk::DiskUse;
pub use fetch::{Fetch, fetched};
pub use lack::{Denial, Lack, LackKind};
pub use model::{
    Assignment, CLUSTER, Demand, Layers, Scheduled, Stage, Stop, StopCode, Task, Why, cluster_in,
};
pub use pace::Pace;
pub use permission::{Ways, asked_at_start, decided_at_start, log_put, ways_to};
pub use state::TaskState;
pub use strategy::{Part, Provider, spread};

pub(crate) use container::{MOST_CPU, MOST_MEMORY};
pub(crate) use exit::exit;
pub(crate) use fetch::{Fetches, layers_host, missing};
pub(crate) use life::{Due, Parts, advance as advance_life};
pub(crate) use run::{Launch, One, launch};
pub(crate) use stop::{
    deactivate, interrupt, maintenance, retire, stop_now, stop_task, unattached,
};
pub(crate) use strain::{settle, task_limit};
