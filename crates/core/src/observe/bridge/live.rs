//! What of a task the facts do not say.

use crate::call::RunTaskOptions;
use crate::network::Network;
use crate::observe::overrides::overrides;
use crate::task::Task;

/// What the facts do not say, as far as the account still knows it.
pub(super) struct Live {
    pub(super) subnet: Option<String>,
    pub(super) zone: Option<String>,
    pub(super) mac: Option<String>,
    pub(super) platform: Option<&'static str>,
    pub(super) exec: bool,
    pub(super) group: Option<String>,
    pub(super) started_by: Option<String>,
    pub(super) provider: Option<&'static str>,
    pub(super) overrides: Option<String>,
    /// CPU units and MiB, which a call may have overridden.
    pub(super) size: Option<(String, String)>,
    pub(super) windows: bool,
    /// What the disk is called by two members, where the platform has such a disk.
    pub(super) disk: bool,
}

impl Live {
    pub(super) fn of(task: Option<&Task>, network: &Network) -> Self {
        let subnet = task.map(|it| &it.assignment.subnet);
        let interface = task.and_then(|it| it.attached.as_deref());
        let options = task.and_then(|it| it.options.get());
        let zone = subnet.and_then(|id| network.subnets.get(id));
        Self {
            subnet: subnet.map(ToString::to_string),
            zone: zone.map(|it| it.zone.to_string()),
            mac: interface.map(crate::network::Interface::mac_text),
            platform: task.map(|it| it.platform.version),
            group: options.and_then(|it| it.group.clone()),
            started_by: options.and_then(|it| it.started_by.clone()),
            provider: task
                .and_then(|it| it.provider)
                .map(crate::task::Provider::aws),
            overrides: task.map(|it| {
                let none = RunTaskOptions::default();
                overrides(it, options.unwrap_or(&none))
            }),
            size: task.map(|it| (it.cpu.to_string(), it.memory.to_string())),
            windows: task.is_some_and(|it| it.platform.windows),
            disk: task.is_none_or(|it| it.platform.has("1.4.0")),
            exec: task.is_some_and(crate::observe::exec::is_enabled),
        }
    }
}
