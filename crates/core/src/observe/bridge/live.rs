//! What of a task the facts do not say.

use crate::network::Network;
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
            exec: task.is_some_and(crate::observe::exec::is_enabled),
        }
    }
}
