//! The event of a task: its detail, member by member, as `DescribeTasks` shows it.

use super::{Container, Record};
use crate::observe::account::Account;
use crate::observe::bridge::envelope::envelope;
use crate::observe::bridge::live::Live;
use crate::observe::clock::Clock;
use crate::observe::names;
use crate::observe::object::Object;
use crate::task_definition::System;
use crate::units::SimTime;

impl Record {
    /// The whole event.
    pub(in crate::observe::bridge) fn event(
        &self,
        account: &Account<'_>,
        number: &str,
        at: SimTime,
    ) -> String {
        envelope(
            account,
            number,
            at,
            crate::observe::bridge::TASK_STATE_CHANGE,
            &names::task(&self.task),
            &self.detail(account, at),
        )
    }

    fn detail(&self, account: &Account<'_>, at: SimTime) -> String {
        let task = account.tasks.get(&self.task.as_str().into());
        let live = Live::of(task.map(AsRef::as_ref), account.network);
        let time = |at: SimTime| Clock::at(account.began, at).iso();
        let when = |at: Option<SimTime>| at.map(time);
        let revision = account.revisions.find(&self.revision).ok();
        let definition = revision.map(|it| &it.definition);
        let size = |size: Option<String>| size.unwrap_or_default();
        let (last, desired) = self.words();
        let family = self.revision.rsplit_once(':').map_or("", |it| it.0);
        let disk = definition.and_then(|it| it.ephemeral_gib).unwrap_or(20);
        let disk = format!("{{\"sizeInGiB\":{disk}}}");
        let arm = definition.is_some_and(|it| it.system == System::LinuxArm);
        let arch = Object::default()
            .text("name", "ecs.cpu-architecture")
            .text("value", if arm { "arm64" } else { "x86_64" })
            .finish();
        let (cpu, memory) = live.size.clone().unwrap_or_else(|| {
            (
                size(definition.and_then(|it| it.cpu).map(|it| it.to_string())),
                size(definition.and_then(|it| it.memory).map(|it| it.to_string())),
            )
        });
        let family_of = if live.windows { "Windows" } else { "Linux" };
        let mut detail = Object::default()
            .list("attachments", &self.attachments(account, &live))
            .list("attributes", &[arch])
            .maybe("availabilityZone", live.zone.as_deref())
            .maybe("capacityProviderName", live.provider)
            .text(
                "clusterArn",
                &names::ecs(&format!("cluster/{}", names::CLUSTER)),
            );
        if self.connected.is_some() {
            detail = detail.text("connectivity", "CONNECTED");
        }
        detail = detail
            .maybe("connectivityAt", when(self.connected).as_deref())
            .list("containers", &self.containers(account))
            .text("cpu", &cpu)
            .text("createdAt", &time(self.created))
            .text("desiredStatus", desired)
            .raw(
                "enableExecuteCommand",
                if live.exec { "true" } else { "false" },
            )
            .maybe("executionStoppedAt", when(self.ended).as_deref())
            .text(
                "group",
                &live.group.unwrap_or_else(|| format!("family:{family}")),
            )
            .text("healthStatus", self.health())
            .text("lastStatus", last)
            .text("launchType", "FARGATE")
            .text("memory", &memory)
            .raw("overrides", live.overrides.as_deref().unwrap_or("{}"))
            .maybe("platformVersion", live.platform)
            .text("platformFamily", family_of)
            .maybe("pullStartedAt", when(self.pull_started).as_deref())
            .maybe("pullStoppedAt", when(self.pull_stopped).as_deref())
            .maybe("startedAt", when(self.started).as_deref())
            .maybe("startedBy", live.started_by.as_deref())
            .maybe("stopCode", self.stop.as_ref().map(|it| it.0))
            .maybe("stoppedAt", when(self.stopped).as_deref())
            .maybe("stoppedReason", self.stop.as_ref().map(|it| it.1.as_str()))
            .maybe("stoppingAt", when(self.stopping).as_deref())
            .text("taskArn", &names::task(&self.task))
            .text(
                "taskDefinitionArn",
                &names::ecs(&format!("task-definition/{}", self.revision)),
            )
            .text("updatedAt", &time(at))
            .raw("version", &self.version.max(1).to_string());
        if live.disk {
            detail = detail
                .raw("ephemeralStorage", &disk)
                .raw("fargateEphemeralStorage", &disk);
        }
        detail.finish()
    }

    /// The health of the task: the worst of its essential containers that have a check.
    fn health(&self) -> &'static str {
        let checked = || self.containers.iter().filter(|it| it.checked);
        let is = |health: &str| checked().any(|it| it.health == health);
        if is("UNHEALTHY") {
            "UNHEALTHY"
        } else if checked().next().is_some() && checked().all(|it| it.health == "HEALTHY") {
            "HEALTHY"
        } else {
            "UNKNOWN"
        }
    }

    fn attachments(&self, account: &Account<'_>, live: &Live) -> Vec<String> {
        let pair = |name: &str, value: &str| {
            Object::default()
                .text("name", name)
                .text("value", value)
                .finish()
        };
        let mut details = Vec::new();
        let mut add =
            |name: &str, value: Option<&str>| details.extend(value.map(|it| pair(name, it)));
        add("subnetId", live.subnet.as_deref());
        let interface = self.interface.as_ref();
        add("networkInterfaceId", interface.map(|it| it.id.as_str()));
        add("macAddress", live.mac.as_deref());
        let name =
            interface.map(|it| format!("ip-{}.ec2.internal", it.private_ip.replace('.', "-")));
        add("privateDnsName", name.as_deref());
        add(
            "privateIPv4Address",
            interface.map(|it| it.private_ip.as_str()),
        );
        let attachment = Object::default()
            .text("id", &names::uuid(account.seed, "attachment", &self.task))
            .text("type", "eni")
            .text("status", interface.map_or("PRECREATED", |it| it.status))
            .list("details", &details);
        vec![attachment.finish()]
    }

    fn containers(&self, account: &Account<'_>) -> Vec<String> {
        let attachment = names::uuid(account.seed, "attachment", &self.task);
        let interfaces: Vec<String> = self
            .interface
            .iter()
            .map(|it| {
                Object::default()
                    .text("attachmentId", &attachment)
                    .text("privateIpv4Address", &it.private_ip)
                    .finish()
            })
            .collect();
        let pulled = self.pull_stopped.is_some();
        let digest = |it: &Container| pulled.then(|| names::digest(&it.image));
        let all = self.containers.iter().map(|it| {
            let mut shown = Object::default().text(
                "containerArn",
                &names::container(account.seed, &self.task, &it.name),
            );
            if let Some(code) = it.code {
                shown = shown.raw("exitCode", &code.to_string());
            }
            let runtime = names::runtime(account.seed, &self.task, &it.name);
            shown
                .text("lastStatus", it.status)
                .text("name", &it.name)
                .text("image", &it.image)
                .maybe("imageDigest", digest(it).as_deref())
                .maybe(
                    "runtimeId",
                    Some(runtime.as_str()).filter(|_| it.status != "PENDING"),
                )
                .maybe("reason", it.reason.as_deref())
                .text("taskArn", &names::task(&self.task))
                .list("networkInterfaces", &interfaces)
                .text("healthStatus", it.health)
                .text("cpu", &it.cpu)
                .maybe("memory", it.memory.as_deref())
                .maybe("memoryReservation", it.reservation.as_deref())
                .finish()
        });
        all.collect()
    }
}
