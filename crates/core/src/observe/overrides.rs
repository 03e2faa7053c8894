//! What a task's call overrides, as AWS shows it in tasks and in events about them.

use crate::call::{ContainerOverride, RunTaskOptions};
use crate::task::Task;
use crate::wire::print;

/// The call's overrides as JSON, with an entry for each container.
pub(crate) fn overrides(task: &Task, options: &RunTaskOptions) -> String {
    let mut overrides = options.overrides.clone().unwrap_or_default();
    for container in &task.containers {
        let named = |it: &ContainerOverride| it.name.as_deref() == Some(&*container.name);
        if !overrides.container_overrides.iter().any(named) {
            overrides.container_overrides.push(ContainerOverride {
                name: Some(container.name.to_string()),
                ..Default::default()
            });
        }
    }
    let inner = print(&overrides);
    let members = inner.strip_suffix('}').unwrap_or(&inner);
    format!("{members},\"inferenceAcceleratorOverrides\":[]}}")
}
