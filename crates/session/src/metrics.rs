//! Metrics as CloudWatch keeps them: a data point a minute for the CPU and memory of each task, in percent of what it is sized.
//!
//! Source: 'Amazon ECS CloudWatch metrics' of the developer guide: utilization is use divided by reservation. A point is the use at
//! the minute's end; CloudWatch averages over the minute.

use crate::session::Session;
use fargate_core::ids::TaskId;
use fargate_core::task::TaskState;
use fargate_core::units::SimTime;

/// A minute in ms.
const MINUTE: u64 = 60_000;

/// The use of one task at the end of a minute, in tenths of a percent of its size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataPoint {
    /// The task.
    pub task: TaskId,
    /// `scorekeep:1`.
    pub definition: String,
    /// `CPUUtilization`.
    pub cpu: u32,
    /// `MemoryUtilization`.
    pub memory: u32,
}

impl Session {
    /// How many whole minutes of the run that is shown are over at the moment shown.
    pub fn minutes(&self) -> u64 {
        self.now().0 / MINUTE
    }

    /// The data points at the end of a minute of the run that is shown, counted from 1: of each task that ran then. What is over does
    /// not change, so a caller may keep it.
    pub fn data_points(&self, minute: u64) -> Vec<DataPoint> {
        let moment = SimTime(minute.saturating_mul(MINUTE));
        let Some(world) = self.world_of(self.scenario().current, moment) else {
            return Vec::new();
        };
        let running = world
            .tasks()
            .values()
            .filter(|task| task.state() == TaskState::Running);
        let points = running.map(|task| {
            let containers = world.shares(task).containers;
            let cpu: u64 = containers.iter().map(|it| u64::from(it.cpu.granted)).sum();
            let memory: u64 = containers.iter().map(|it| u64::from(it.memory)).sum();
            DataPoint {
                task: task.id.clone(),
                definition: task.revision.to_string(),
                cpu: tenths(cpu, task.cpu.0),
                memory: tenths(memory, task.memory.0),
            }
        });
        points.collect()
    }
}

/// Tenths of a percent.
fn tenths(used: u64, of: u32) -> u32 {
    let of = u64::from(of.max(1));
    u32::try_from(used * 1_000 / of).unwrap_or(u32::MAX)
}
