//! A container as events show it.

use crate::observe::names;
use crate::observe::object::Object;
use crate::task_definition::ContainerDefinition;

/// A container at a moment.
#[derive(Clone, Debug)]
pub(super) struct Container {
    pub(super) name: String,
    pub(super) status: &'static str,
    pub(super) health: &'static str,
    /// Whether it is essential and has a health check.
    pub(super) checked: bool,
    /// Whether it ever ran.
    pub(super) started: bool,
    pub(super) code: Option<i32>,
    pub(super) reason: Option<String>,
    image: String,
    cpu: String,
    memory: Option<String>,
    reservation: Option<String>,
}

impl Container {
    /// A container that waits.
    pub(super) fn of(definition: &ContainerDefinition) -> Self {
        Self {
            name: definition.name.clone(),
            status: "PENDING",
            health: "UNKNOWN",
            checked: definition.essential && definition.health_check.is_some(),
            started: false,
            code: None,
            reason: None,
            image: definition.image.clone(),
            cpu: definition.cpu.unwrap_or_default().to_string(),
            memory: definition.memory.map(|it| it.to_string()),
            reservation: definition.memory_reservation.map(|it| it.to_string()),
        }
    }

    /// As JSON: of which task of which cluster, with which interfaces, and whether its image is there.
    pub(super) fn json(
        &self,
        seed: u64,
        (cluster, task): (&str, &str),
        interfaces: &[String],
        pulled: bool,
    ) -> String {
        let arn = names::container(seed, cluster, task, &self.name);
        let mut shown = Object::default().text("containerArn", &arn);
        if let Some(code) = self.code {
            shown = shown.raw("exitCode", &code.to_string());
        }
        let runtime = names::runtime(seed, task, &self.name);
        let runtime = Some(runtime.as_str()).filter(|_| self.started);
        let digest = pulled.then(|| names::digest(&self.image));
        shown
            .text("lastStatus", self.status)
            .text("name", &self.name)
            .text("image", &self.image)
            .maybe("imageDigest", digest.as_deref())
            .maybe("runtimeId", runtime)
            .maybe("reason", self.reason.as_deref())
            .text("taskArn", &names::task(cluster, task))
            .list("networkInterfaces", interfaces)
            .text("healthStatus", self.health)
            .text("cpu", &self.cpu)
            .maybe("memory", self.memory.as_deref())
            .maybe("memoryReservation", self.reservation.as_deref())
            .finish()
    }
}
