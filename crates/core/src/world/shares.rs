//! How the containers of a task share its CPU and memory at this moment.

use super::World;
use crate::compute::cpu::{self, Claim, Grant};
use crate::task::Task;

/// How the containers of a task share it now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// One for each container, in the order of the definition.
    pub containers: Vec<ContainerShare>,
}

/// What one container wants and gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ContainerShare {
    /// CPU units it would use if it could.
    pub wants_cpu: u32,
    /// What it gets of the CPU.
    pub cpu: Grant,
    /// MiB it would hold if it could.
    pub wants_memory: u32,
    /// MiB it holds.
    pub memory: u32,
}

impl World {
    /// How the containers of a task share it now. Those that do not run hold and get nothing.
    pub fn shares(&self, task: &Task) -> Shares {
        let rates = self.traffic.rates(task);
        let wants = |place: usize| {
            let container = &task.containers[place];
            if container.runs() {
                (
                    container.wants_cpu(rates[place]),
                    container.wants_memory(rates[place]),
                )
            } else {
                (0, 0)
            }
        };
        let wants: Vec<(u32, u32)> = (0..task.containers.len()).map(wants).collect();
        let claims: Vec<Claim> = task
            .containers
            .iter()
            .zip(&wants)
            .map(|(container, (wants, _))| Claim {
                cpu: container.definition.cpu.map_or(0, |cpu| cpu.0),
                wants: *wants,
            })
            .collect();
        let grants = cpu::share(task.cpu.0, &claims);
        let containers = wants
            .into_iter()
            .zip(grants)
            .map(|((wants_cpu, wants_memory), cpu)| ContainerShare {
                wants_cpu,
                cpu,
                wants_memory,
                memory: wants_memory,
            });
        Shares {
            containers: containers.collect(),
        }
    }
}
