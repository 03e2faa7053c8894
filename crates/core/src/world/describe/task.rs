//! A task as AWS shows it.
//!
//! Source: API reference of `Task`, `Container` and `Attachment`, and full answers of it. What AWS would leave out is left out here:
//! `exitCode` of what never ran, `startedAt` of what never came to RUNNING. Ids that mean nothing to the simulation, such as those of
//! containers, are drawn from the seed.

use super::{ACCOUNT, arn, cluster_arn, task_arn};
use crate::call::{EcsTag, RunTaskOptions};
use crate::engine::chance;
use crate::network::Interface;
use crate::observe::overrides;
use crate::service;
use crate::task::{Container, ContainerStatus, Task, TaskState};
use crate::task_definition::System;
use crate::text;
use crate::units::SimTime;
use crate::wire::{FromJson, Misfits, ToJson, Writer};
use crate::world::World;

/// Seconds of a day before the scenario begins: its clock starts at 10:00:00.
const BEGINS: u64 = 10 * 3_600;
/// GiB of a disk where nobody asks for another.
const DISK: u32 = crate::compute::platform::DEFAULT_DISK_GIB;

/// A moment as AWS writes it in JSON: seconds since 1970 with a fraction.
pub(in crate::world) struct Epoch(u64);

impl ToJson for Epoch {
    fn write(&self, out: &mut Writer) {
        let (seconds, ms) = (self.0 / 1_000, self.0 % 1_000);
        let fraction = format!("{ms:03}");
        let fraction = fraction.trim_end_matches('0');
        let fraction = if fraction.is_empty() { "0" } else { fraction };
        out.number(&format_args!("{seconds}.{fraction}"));
    }
}

impl World {
    /// A moment as AWS writes it.
    pub(in crate::world) fn epoch(&self, moment: SimTime) -> Epoch {
        let midnight = self.settings.as_of.days_since_1970() * 86_400;
        Epoch((midnight + BEGINS) * 1_000 + moment.0)
    }

    /// An id that means nothing to the simulation.
    pub(in crate::world) fn uuid(&self, purpose: &str, subject: &str) -> String {
        let draw =
            |more: &str| chance::draw(self.settings.seed, purpose, &format!("{subject}{more}"));
        let (high, low) = (draw(""), draw("/"));
        let (variant, low) = (0x8000 | (low >> 48 & 0x3fff), low & 0xffff_ffff_ffff);
        let version = 0x4000 | (high & 0xfff);
        format!(
            "{:08x}-{:04x}-{version:04x}-{variant:04x}-{low:012x}",
            high >> 32,
            high >> 16 & 0xffff
        )
    }

    pub(super) fn write_task(&self, task: &Task, tags: bool, out: &mut Writer) {
        let none = RunTaskOptions::default();
        let options = task.options.get().unwrap_or(&none);
        let text = |out: &mut Writer, name: &str, value: &str| out.member(name, &value);
        out.open('{');
        self.write_attachments(task, out);
        let architecture = match task.definition.system {
            System::LinuxArm => "arm64",
            System::LinuxX86 | System::Windows => "x86_64",
        };
        out.name("attributes");
        out.word(&format!(
            r#"[{{"name":"ecs.cpu-architecture","value":"{architecture}"}}]"#
        ));
        if let Some(subnet) = self.network.subnets.get(&task.assignment.subnet) {
            text(out, "availabilityZone", &subnet.zone);
        }
        if let Some(provider) = task.provider {
            text(out, "capacityProviderName", provider.aws());
        }
        text(out, "clusterArn", &cluster_arn(task.cluster()));
        if let Some(at) = task.since(TaskState::Pending) {
            text(out, "connectivity", "CONNECTED");
            out.member("connectivityAt", &self.epoch(at));
        }
        out.name("containers");
        out.open('[');
        for container in &task.containers {
            out.item();
            self.write_container(task, container, out);
        }
        out.close(']');
        text(out, "cpu", &task.cpu.to_string());
        if let Some(first) = task.stages.first() {
            out.member("createdAt", &self.epoch(first.from));
        }
        text(out, "desiredStatus", task.desired_status());
        out.member(
            "enableExecuteCommand",
            &(options.enable_execute_command == Some(true)),
        );
        self.moment(out, "executionStoppedAt", task.execution_stopped);
        let family = format!("family:{}", task.definition.family);
        text(out, "group", options.group.as_ref().unwrap_or(&family));
        text(out, "healthStatus", task.health().aws());
        text(out, "lastStatus", task.state().aws());
        text(out, "launchType", "FARGATE");
        text(out, "memory", &task.memory.to_string());
        out.name("overrides");
        out.word(&overrides(task, options));
        text(out, "platformVersion", task.platform.version);
        let family = if task.platform.windows {
            "Windows"
        } else {
            "Linux"
        };
        text(out, "platformFamily", family);
        self.moment(out, "pullStartedAt", task.pull_started);
        self.moment(out, "pullStoppedAt", task.pull_stopped);
        self.moment(out, "startedAt", task.since(TaskState::Running));
        if let Some(by) = &options.started_by {
            text(out, "startedBy", by);
        }
        if let Some(stop) = &task.stop {
            text(out, "stopCode", stop.code.aws());
        }
        self.moment(out, "stoppedAt", task.stopped);
        if let Some(stop) = &task.stop {
            text(out, "stoppedReason", &stop.reason);
        }
        self.moment(out, "stoppingAt", task.stop.as_ref().map(|it| it.at));
        let tags = if tags {
            self.tags(task, options)
        } else {
            Vec::new()
        };
        out.member("tags", &tags);
        text(out, "taskArn", &task_arn(task));
        let definition = format!(
            "arn:aws:ecs:us-east-1:{ACCOUNT}:task-definition/{}",
            task.revision
        );
        text(out, "taskDefinitionArn", &definition);
        // each state is a change that emits an event
        out.member("version", &task.changes());
        if task.platform.has("1.4.0") {
            let disk = task.definition.ephemeral_gib.unwrap_or(DISK);
            for name in ["ephemeralStorage", "fargateEphemeralStorage"] {
                out.name(name);
                out.open('{');
                out.member("sizeInGiB", &disk);
                out.close('}');
            }
        }
        out.close('}');
    }

    fn moment(&self, out: &mut Writer, name: &str, moment: Option<SimTime>) {
        if let Some(moment) = moment {
            out.member(name, &self.epoch(moment));
        }
    }

    fn write_attachments(&self, task: &Task, out: &mut Writer) {
        let attached = task.attached.as_deref();
        let now = task
            .interface
            .as_ref()
            .and_then(|id| self.network.interfaces.get(id));
        let status = match (now, attached) {
            (Some(interface), _) => interface.attachment.aws(),
            (None, Some(_)) => "DELETED",
            (None, None) if task.stop.is_some() => "DELETED",
            (None, None) => "PRECREATED",
        };
        let mut details = vec![("subnetId", task.assignment.subnet.to_string())];
        if let Some(interface) = attached {
            details.extend(interface_details(interface));
        }
        out.name("attachments");
        out.open('[');
        out.open('{');
        out.member("id", &self.uuid("attachment", task.id.as_str()));
        out.member("type", &"ElasticNetworkInterface");
        out.member("status", &status);
        out.name("details");
        out.open('[');
        for (name, value) in details {
            out.item();
            out.open('{');
            out.member("name", &name);
            out.member("value", &value);
            out.close('}');
        }
        out.close(']');
        out.close('}');
        out.close(']');
    }

    fn write_container(&self, task: &Task, container: &Container, out: &mut Writer) {
        let subject = format!("{}/{}", task.id, container.name);
        let id = format!("{}/{}", task.id, self.uuid("container", &subject));
        let definition = &container.definition;
        out.open('{');
        out.member("containerArn", &arn("container", task.cluster(), &id));
        out.member("taskArn", &task_arn(task));
        out.member("name", &&*container.name);
        out.member("image", &definition.image);
        if task.pull_stopped.is_some() {
            let draw = |part: u8| chance::draw(0, "digest", &format!("{}{part}", definition.image));
            let [a, b, c, d] = [0, 1, 2, 3].map(draw);
            out.member(
                "imageDigest",
                &format!("sha256:{a:016x}{b:016x}{c:016x}{d:016x}"),
            );
        }
        if container.starts > 0 {
            let number = chance::draw(self.settings.seed, "runtime", &subject) % 10_000_000_000;
            out.member("runtimeId", &format!("{}-{number:010}", task.id));
        }
        let status = match container.status {
            ContainerStatus::Pending => "PENDING",
            ContainerStatus::Running => "RUNNING",
            ContainerStatus::Stopped { .. } => "STOPPED",
        };
        out.member("lastStatus", &status);
        if let ContainerStatus::Stopped { code, reason } = &container.status {
            out.optional("exitCode", code);
            out.optional("reason", reason);
        }
        if container.starts > 0 {
            out.name("networkBindings");
            out.word("[]");
        }
        out.name("networkInterfaces");
        out.open('[');
        if let Some(interface) = &task.attached {
            out.open('{');
            out.member("attachmentId", &self.uuid("attachment", task.id.as_str()));
            out.member("privateIpv4Address", &interface.private_ip);
            if let Some(address) = interface.ipv6 {
                out.member("ipv6Address", &address.to_string());
            }
            out.close('}');
        }
        out.close(']');
        out.member("healthStatus", &container.health.aws());
        out.member("cpu", &definition.cpu.unwrap_or_default().to_string());
        let mib = |it: Option<crate::units::MiB>| it.map(|it| it.to_string());
        out.optional("memory", &mib(definition.memory));
        out.optional("memoryReservation", &mib(definition.memory_reservation));
        out.close('}');
    }

    /// The call's tags, and the definition's where they are to be propagated and the call has no other of the same key.
    fn tags(&self, task: &Task, options: &RunTaskOptions) -> Vec<EcsTag> {
        let mut tags = options.tags.clone();
        if options.propagate_tags.as_deref() == Some("TASK_DEFINITION")
            && let Ok(revision) = self.revisions.find(&task.revision)
        {
            let sent = text::read(revision.sent.as_str()).root;
            let all = sent
                .get("tags")
                .map(|it| Vec::<EcsTag>::read(it, &mut Misfits::default()));
            for tag in all.into_iter().flatten() {
                if !tags.iter().any(|it| it.key == tag.key) {
                    tags.push(tag);
                }
            }
        }
        if options.enable_ecs_managed_tags == Some(true) {
            tags.push(EcsTag {
                key: "aws:ecs:clusterName".to_owned(),
                value: Some(task.cluster().to_owned()),
            });
            let service = options.group.as_deref().and_then(service::of_group);
            tags.extend(service.map(|service| EcsTag {
                key: "aws:ecs:serviceName".to_owned(),
                value: Some(service.to_owned()),
            }));
        }
        tags
    }
}

fn interface_details(interface: &Interface) -> [(&'static str, String); 4] {
    let address = interface.private_ip.to_string();
    [
        ("networkInterfaceId", interface.id.to_string()),
        ("macAddress", interface.mac_text()),
        (
            "privateDnsName",
            format!("ip-{}.ec2.internal", address.replace('.', "-")),
        ),
        ("privateIPv4Address", address),
    ]
}
