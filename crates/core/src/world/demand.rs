//! Demand: what a container would use if it could, as a person sets it.

use super::World;
use crate::call::{ClearDemand, SetDemand};
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event, Fact};
use crate::ids::TaskId;
use crate::task::{Container, Demand, MOST_CPU, MOST_MEMORY};

impl World {
    fn container_of(&mut self, task: &TaskId, name: &str) -> Result<&mut Container, ApiError> {
        let task = self
            .tasks
            .get_mut(task)
            .ok_or_else(|| bad_demand("The referenced task was not found.".to_owned()))?;
        let container = task
            .containers
            .iter_mut()
            .find(|container| *container.name == *name);
        container.ok_or_else(|| bad_demand(format!("The task has no container '{name}'.")))
    }

    /// `SetDemand`.
    pub(super) fn set_demand(
        &mut self,
        input: &SetDemand,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        if input.cpu.is_some_and(|cpu| cpu > MOST_CPU) {
            return Err(bad_demand(format!("cpu must be at most {MOST_CPU}.")));
        }
        if input.memory.is_some_and(|memory| memory > MOST_MEMORY) {
            return Err(bad_demand(format!("memory must be at most {MOST_MEMORY}.")));
        }
        let container = self.container_of(&input.task, &input.container)?;
        container.demand.cpu = input.cpu.or(container.demand.cpu);
        container.demand.memory = input.memory.or(container.demand.memory);
        let (container, task) = (container.name.clone(), input.task.clone());
        self.log(
            Fact::DemandSet {
                task,
                container,
                cpu: input.cpu,
                memory: input.memory,
            },
            cause,
            log,
        );
        self.settle(&input.task, cause, log);
        Ok(Reply::Done)
    }

    /// `ClearDemand`.
    pub(super) fn clear_demand(
        &mut self,
        input: &ClearDemand,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let container = self.container_of(&input.task, &input.container)?;
        container.demand = Demand::default();
        let (container, task) = (container.name.clone(), input.task.clone());
        self.log(Fact::DemandCleared { task, container }, cause, log);
        self.settle(&input.task, cause, log);
        Ok(Reply::Done)
    }
}

fn bad_demand(message: String) -> ApiError {
    ApiError::new(
        "InvalidParameterException",
        message,
        "Name a container of a task of this scenario, and a smaller demand.",
    )
}
