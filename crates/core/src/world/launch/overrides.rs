//! `overrides`: what is other than the definition says.
//!
//! What an image does is not in its command, so that another command changes what `DescribeTasks` shows and nothing else.

use super::invalid;
use crate::call::{ContainerOverride, RunTaskOptions};
use crate::compute::platform::Platform;
use crate::compute::sizes;
use crate::error::ApiError;
use crate::task_definition::{ContainerDefinition, System, TaskDefinition};
use crate::units::{CpuUnits, Date, MiB};
use std::sync::Arc;

/// The definition with what the call overrides.
pub(super) fn applied(
    definition: &Arc<TaskDefinition>,
    options: &RunTaskOptions,
    platform: &Platform,
    as_of: Date,
) -> Result<Arc<TaskDefinition>, ApiError> {
    let Some(overrides) = &options.overrides else {
        return Ok(definition.clone());
    };
    let mut changed = TaskDefinition::clone(definition);
    for container in &overrides.container_overrides {
        override_container(&mut changed, container)?;
    }
    if let Some(cpu) = &overrides.cpu {
        let size = sizes::parse_cpu(cpu);
        changed.cpu = Some(size.ok_or_else(|| no_size(&format!("cpu '{cpu}'")))?);
    }
    if let Some(memory) = &overrides.memory {
        let size = sizes::parse_memory(memory);
        changed.memory = Some(size.ok_or_else(|| no_size(&format!("memory '{memory}'")))?);
    }
    if overrides.cpu.is_some() || overrides.memory.is_some() {
        let (cpu, memory) = (
            changed.cpu.unwrap_or_default(),
            changed.memory.unwrap_or_default(),
        );
        let windows = changed.system == System::Windows;
        if !sizes::offers(cpu, memory, as_of, windows) {
            let near = sizes::nearest(cpu, memory, as_of, windows);
            let near: Vec<String> = near
                .iter()
                .map(|(cpu, memory)| format!("{cpu} with {memory}"))
                .collect();
            return Err(ApiError::new(
                "ClientException",
                "No Fargate configuration exists for given values.",
                format!(
                    "Override cpu and memory together, with such as {}.",
                    near.join(", ")
                ),
            ));
        }
    }
    fits(&changed, changed.memory.unwrap_or_default())?;
    if let Some(storage) = overrides.ephemeral_storage {
        if !platform.has("1.4.0") {
            return Err(invalid(
                "Ephemeral storage override is not supported by the platform version.",
                "Run it on platform version 1.4.0 or newer, or take ephemeralStorage out.",
            ));
        }
        if !(21..=200).contains(&storage.size_in_gib) {
            return Err(invalid(
                "Ephemeral storage size must be between 21 and 200 GiB.",
                "Ask for 21 to 200 GiB, or for none: 20 GiB are always there.",
            ));
        }
        changed.ephemeral_gib = Some(storage.size_in_gib);
    }
    changed.execution_role_arn = overrides
        .execution_role_arn
        .clone()
        .or(changed.execution_role_arn);
    changed.task_role_arn = overrides.task_role_arn.clone().or(changed.task_role_arn);
    Ok(Arc::new(changed))
}

fn no_size(what: &str) -> ApiError {
    ApiError::new(
        "ClientException",
        "No Fargate configuration exists for given values.",
        format!("{what} is no size; write CPU units and MiB, such as 1024 and 2048."),
    )
}

fn override_container(
    definition: &mut TaskDefinition,
    wish: &ContainerOverride,
) -> Result<(), ApiError> {
    let Some(name) = &wish.name else {
        return Err(invalid(
            "Container Override must have a name.",
            "Name the container that it is for.",
        ));
    };
    let container = definition.containers.iter_mut().find(|it| it.name == *name);
    let Some(container) = container else {
        let names: Vec<&str> = definition
            .containers
            .iter()
            .map(|it| it.name.as_str())
            .collect();
        return Err(invalid(
            format!(
                "Override for container named {name} is not a container in the TaskDefinition."
            ),
            format!("Name one of {}.", names.join(", ")),
        ));
    };
    let container = Arc::make_mut(container);
    for variable in &wish.environment {
        if !container.environment.contains(&variable.name) {
            container.environment.push(variable.name.clone());
        }
    }
    container.cpu = wish.cpu.map(CpuUnits).or(container.cpu);
    container.memory = wish.memory.map(MiB).or(container.memory);
    container.memory_reservation = wish
        .memory_reservation
        .map(MiB)
        .or(container.memory_reservation);
    if let (Some(limit), Some(reservation)) = (container.memory, container.memory_reservation)
        && reservation > limit
    {
        return Err(invalid(
            format!(
                "Invalid override for container {name}: memoryReservation must not be greater than memory."
            ),
            "Lower memoryReservation, or raise memory.",
        ));
    }
    Ok(())
}

/// Whether the containers fit into the memory of the task.
fn fits(definition: &TaskDefinition, memory: MiB) -> Result<(), ApiError> {
    let needs = |it: &ContainerDefinition| it.memory.map_or(0, |memory| memory.0);
    let largest = definition.containers.iter().max_by_key(|it| needs(it));
    match largest {
        Some(it) if needs(it) > memory.0 => Err(invalid(
            format!(
                "Invalid override: container {} has a memory limit of {} MiB, the task has {memory} MiB.",
                it.name,
                needs(it)
            ),
            "Override the container's memory too, or give the task more.",
        )),
        _ => Ok(()),
    }
}
