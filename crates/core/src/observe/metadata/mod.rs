//! What a container is told about itself: the task metadata endpoint, by the platform's version, and the credentials of its role.
//!
//! Source: 'Amazon ECS task metadata endpoint version 4 for tasks on Fargate', version 3 and version 2; 'Fargate platform versions'
//! (which has which); 'Amazon ECS task IAM role' (credentials).

mod stats;

use super::account::Account;
use super::awslogs::{LogDriver, LogOptions};
use super::clock::Clock;
use super::names;
use super::object::{Object, texts};
use crate::engine::chance;
use crate::task::{Container, ContainerStatus, Task};
use crate::units::SimTime;

/// How long credentials last, in ms. Source: 'Amazon ECS task IAM role': rotated about every six hours.
const CREDENTIALS_LAST: u64 = 6 * 3_600_000;

/// The endpoint, as one container of a task sees it.
#[derive(Clone, Copy, Debug)]
pub struct Metadata<'a> {
    account: Account<'a>,
    task: &'a Task,
    container: &'a Container,
}

impl<'a> Metadata<'a> {
    /// The endpoint of the container at a place.
    pub fn new(account: Account<'a>, task: &'a Task, place: usize) -> Option<Self> {
        let container = task.containers.get(place)?;
        Some(Self {
            account,
            task,
            container,
        })
    }

    /// The newest version that the task's platform has; 0 where it has none.
    pub fn version(&self) -> u8 {
        self.task.platform.metadata
    }

    /// The role of the containers, where they have one.
    pub fn role(&self) -> Option<&'a str> {
        let options = self.task.options.get();
        let other = options.and_then(|it| it.overrides.as_ref()?.task_role_arn.as_deref());
        other.or(self.task.definition.task_role_arn.as_deref())
    }

    /// The variables that Fargate sets in the container, each with its value.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let id = self.id();
        let mut all = vec![
            ("AWS_DEFAULT_REGION", names::REGION.to_owned()),
            ("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE".to_owned()),
            ("AWS_REGION", names::REGION.to_owned()),
        ];
        if self.role().is_some() {
            all.push((
                "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
                self.credentials_path(),
            ));
        }
        if self.version() >= 3 {
            all.push((
                "ECS_CONTAINER_METADATA_URI",
                format!("http://169.254.170.2/v3/{id}"),
            ));
        }
        if self.version() >= 4 {
            all.push((
                "ECS_CONTAINER_METADATA_URI_V4",
                format!("http://169.254.170.2/v4/{id}"),
            ));
            all.push(("ECS_AGENT_URI", format!("http://169.254.170.2/api/{id}")));
        }
        all
    }

    /// What the endpoint answers on a path, as JSON without blanks; `None` where it has nothing there.
    pub fn answer(&self, path: &str) -> Option<String> {
        let version = self.version();
        if path == self.credentials_path() {
            return self.role().map(|role| self.credentials(role));
        }
        if let Some(rest) = path.strip_prefix("/v2/").filter(|_| version >= 2) {
            return match rest.trim_end_matches('/') {
                "metadata" => Some(self.of_task(2)),
                "stats" => Some(self.stats_of_task(2)),
                _ => None,
            };
        }
        let (number, rest) = path.strip_prefix("/v")?.split_once('/')?;
        let asked: u8 = number
            .parse()
            .ok()
            .filter(|it| (3..=version).contains(it))?;
        let rest = rest.strip_prefix(self.id().as_str())?;
        match rest.trim_end_matches('/') {
            "" => Some(self.of_container(self.container, asked)),
            "/task" => Some(self.of_task(asked)),
            "/stats" => Some(self.stats(self.container, asked)),
            "/task/stats" => Some(self.stats_of_task(asked)),
            "/taskWithTags" if asked == 4 => Some(self.of_task(asked)),
            _ => None,
        }
    }

    fn id(&self) -> String {
        self.docker_id(self.container)
    }

    fn docker_id(&self, container: &Container) -> String {
        names::runtime(self.account.seed, self.task.id.as_str(), &container.name)
    }

    fn credentials_path(&self) -> String {
        let id = names::uuid(self.account.seed, "credentials", self.task.id.as_str());
        format!("/v2/credentials/{id}")
    }

    fn time(&self, at: SimTime) -> String {
        let iso = Clock::at(self.account.began, at).iso();
        // the agent writes nanoseconds
        iso.replace('Z', "000000Z")
    }

    fn credentials(&self, role: &str) -> String {
        let now = self.account.now;
        let turn = (now.0 / CREDENTIALS_LAST).to_string();
        let key = chance::draw(self.account.seed, "access key", &turn);
        let until = SimTime((now.0 / CREDENTIALS_LAST + 1) * CREDENTIALS_LAST);
        Object::default()
            .text("RoleArn", role)
            .text("AccessKeyId", &format!("ASIA{key:016X}"))
            .text("SecretAccessKey", "(simulated: it opens nothing)")
            .text("Token", "(simulated: it opens nothing)")
            .text(
                "Expiration",
                &Clock::at(self.account.began, until).seconds(),
            )
            .finish()
    }

    fn of_task(&self, version: u8) -> String {
        let task = self.task;
        let (family, revision) = named(&task.revision);
        let zone = self.account.network.subnets.get(&task.assignment.subnet);
        let zone = zone.map(|it| it.zone.to_string());
        let containers = task.containers.iter();
        let containers: Vec<String> = containers
            .map(|it| self.of_container(it, version))
            .collect();
        let limits = format!(
            "{{\"CPU\":{},\"Memory\":{}}}",
            vcpus(task.cpu.0),
            task.memory.0
        );
        let cluster = names::cluster(self.task.cluster());
        let pulled = task.pull_stopped.map(|at| self.time(at));
        let mut shown = Object::default()
            .text("Cluster", &cluster)
            .text("TaskARN", &names::task(task.cluster(), task.id.as_str()))
            .text("Family", family)
            .text("Revision", revision)
            .text("DesiredStatus", task.desired_status())
            .text("KnownStatus", task.state().aws())
            .raw("Limits", &limits)
            .maybe(
                "PullStartedAt",
                task.pull_started.map(|at| self.time(at)).as_deref(),
            )
            .maybe("PullStoppedAt", pulled.as_deref());
        if version >= 3 {
            shown = shown.maybe("AvailabilityZone", zone.as_deref());
        }
        if version >= 4 {
            let disk = task.disk(self.account.now);
            let used = disk.layers.saturating_add(disk.written);
            shown = shown
                .text("LaunchType", "FARGATE")
                .raw(
                    "EphemeralStorageMetrics",
                    &format!("{{\"Utilized\":{used},\"Reserved\":{}}}", disk.room),
                )
                .raw("FaultInjectionEnabled", "false");
        }
        shown.list("Containers", &containers).finish()
    }

    fn of_container(&self, it: &Container, version: u8) -> String {
        let (task, seed) = (self.task, self.account.seed);
        let id = self.docker_id(it);
        let (family, revision) = named(&task.revision);
        let labels = Object::default()
            .text(
                "com.amazonaws.ecs.cluster",
                &names::cluster(self.task.cluster()),
            )
            .text("com.amazonaws.ecs.container-name", &it.name)
            .text(
                "com.amazonaws.ecs.task-arn",
                &names::task(task.cluster(), task.id.as_str()),
            )
            .text("com.amazonaws.ecs.task-definition-family", family)
            .text("com.amazonaws.ecs.task-definition-version", revision)
            .finish();
        let status = match &it.status {
            ContainerStatus::Pending => "PENDING",
            ContainerStatus::Running => "RUNNING",
            ContainerStatus::Stopped { .. } => "STOPPED",
        };
        let cpu = it.definition.cpu.map_or(2, |it| it.0.max(2));
        let memory = it.definition.memory.map_or(0, |it| it.0);
        let started = it.started.map(|at| self.time(at));
        let mut shown = Object::default()
            .text("DockerId", &id)
            .text("Name", &it.name)
            .text("DockerName", &it.name)
            .text("Image", &it.definition.image)
            .text("ImageID", &names::digest(&it.definition.image))
            .raw("Labels", &labels)
            .text("DesiredStatus", task.desired_status())
            .text("KnownStatus", status);
        if let ContainerStatus::Stopped {
            code: Some(code), ..
        } = &it.status
        {
            shown = shown.raw("ExitCode", &code.to_string());
        }
        shown = shown
            .raw("Limits", &format!("{{\"CPU\":{cpu},\"Memory\":{memory}}}"))
            .maybe("CreatedAt", started.as_deref())
            .maybe("StartedAt", started.as_deref())
            .text("Type", "NORMAL")
            .list("Networks", &self.networks(version));
        if version < 4 {
            return shown.finish();
        }
        if it.definition.restart.is_some() {
            shown = shown.raw("RestartCount", &it.starts.saturating_sub(1).to_string());
        }
        shown = shown.text(
            "ContainerARN",
            &names::container(seed, task.cluster(), task.id.as_str(), &it.name),
        );
        if let Some(options) = self
            .log_options(&it.name)
            .filter(|it| it.driver == LogDriver::Awslogs)
        {
            let stream = options.stream(&it.name, task.id.as_str());
            let logs = Object::default()
                .maybe("awslogs-group", options.group.as_deref())
                .maybe("awslogs-region", options.region.as_deref())
                .text("awslogs-stream", &stream)
                .finish();
            shown = shown.raw("LogOptions", &logs).text("LogDriver", "awslogs");
        }
        shown.text("Snapshotter", "overlayfs").finish()
    }

    /// Where a container logs.
    fn log_options(&self, container: &str) -> Option<LogOptions> {
        let revision = self.account.revisions.find(&self.task.revision).ok()?;
        let mut all = LogOptions::of(revision).into_iter();
        all.find(|it| it.0 == container).map(|it| it.1)
    }

    fn networks(&self, version: u8) -> Vec<String> {
        let network = self.account.network;
        let Some(interface) = network.interface_of(&self.task.id) else {
            return Vec::new();
        };
        let address = interface.private_ip.to_string();
        let mut shown = Object::default()
            .text("NetworkMode", "awsvpc")
            .raw("IPv4Addresses", &texts([address.as_str()]));
        if let Some(ipv6) = interface.ipv6 {
            shown = shown.raw("IPv6Addresses", &texts([ipv6.to_string().as_str()]));
        }
        if version >= 4 {
            let subnet = network.subnets.get(&interface.subnet);
            let block = subnet.map(|it| it.cidr.to_string()).unwrap_or_default();
            let vpc = subnet.and_then(|it| network.vpcs.get(&it.vpc));
            let resolver = vpc.map(|it| it.resolver().to_string()).unwrap_or_default();
            let gateway = block
                .split_once('/')
                .map(|(base, size)| format!("{}/{size}", after(base)));
            shown = shown
                .raw("AttachmentIndex", "0")
                .text("MACAddress", &interface.mac_text())
                .text("IPv4SubnetCIDRBlock", &block)
                .raw("DomainNameServers", &texts([resolver.as_str()]))
                .raw("DomainNameSearchList", &texts(["ec2.internal"]))
                .text(
                    "PrivateDNSName",
                    &format!("ip-{}.ec2.internal", address.replace('.', "-")),
                )
                .maybe("SubnetGatewayIpv4Address", gateway.as_deref());
        }
        vec![shown.finish()]
    }
}

/// Family and number of a revision: `web:3`.
fn named(revision: &str) -> (&str, &str) {
    revision.rsplit_once(':').unwrap_or((revision, "1"))
}

/// CPU units as vCPU: `0.25`.
fn vcpus(units: u32) -> String {
    let (whole, rest) = (units / 1_024, units % 1_024);
    let fraction = format!("{:03}", u64::from(rest) * 1_000 / 1_024);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        whole.to_string()
    } else {
        format!("{whole}.{fraction}")
    }
}

/// The address after another: a subnet's gateway.
fn after(base: &str) -> String {
    let address = base.parse::<std::net::Ipv4Addr>().map(u32::from);
    address.map_or_else(
        |_| base.to_owned(),
        |it| std::net::Ipv4Addr::from(it.saturating_add(1)).to_string(),
    )
}
