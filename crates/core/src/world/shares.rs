//! How the containers of a task share its CPU and memory at this moment.

use super::World;
use crate::compute::cpu::{self, Claim, Grant};
use crate::compute::memory;
use crate::task::{self, Task};

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
    /// MiB it holds, files that it keeps in memory included.
    pub memory: u32,
    /// MiB of files that it would keep and that were taken back from it.
    pub reclaimed: u32,
}

impl World {
    /// How the containers of a task share it now. Those that do not run hold and get nothing.
    pub fn shares(&self, task: &Task) -> Shares {
        let rates = self.traffic.rates(task);
        let mut claims = Vec::new();
        let mut holds = Vec::new();
        for (container, rate) in task.containers.iter().zip(rates) {
            claims.push(Claim {
                cpu: container.definition.cpu.map_or(0, |cpu| cpu.0),
                wants: if container.runs() {
                    container.wants_cpu(rate)
                } else {
                    0
                },
            });
            holds.push(container.hold(rate, self.now));
        }
        let grants = if task.platform.windows {
            cpu::quotas(&claims)
        } else {
            cpu::share(task.cpu.0, &claims)
        };
        let caches = memory::caches(task::task_limit(task), &holds);
        let containers = (0..claims.len()).map(|place| ContainerShare {
            wants_cpu: claims[place].wants,
            cpu: grants[place],
            wants_memory: holds[place].wants,
            memory: holds[place].wants.saturating_add(caches[place]),
            reclaimed: holds[place].cache - caches[place],
        });
        Shares {
            containers: containers.collect(),
        }
    }
}
