//! What is wrong with a task: read off the account as it stands, the same for a task of the run and for one on a branch.

use fargate_core::compute::memory::Limit;
use fargate_core::iam::Layer;
use fargate_core::network::Trace;
use fargate_core::stores::{FileLack, ImageLack, SecretLack};
use fargate_core::task::{
    Container, ContainerStatus, Fetch, Health, Lack, LackKind, Scheduled, Task, TaskState, Why,
};
use fargate_core::units::SimTime;
use std::sync::Arc;

/// What is wrong with a task. Containers are given by their places in the definition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Trouble {
    /// Its subnet has no free address.
    NoAddress,
    /// It has no way to something that it fetches.
    NoWay(Fetch, Option<Arc<Trace>>),
    /// It reached something that it fetches, and was refused.
    Refused(Arc<Lack>),
    /// AWS took the capacity of Fargate Spot back.
    Interrupted,
    /// AWS retired the revision of the platform that it ran on.
    Retired,
    /// Its interface was not attached in time.
    Unattached,
    /// A container's image is built for another processor.
    Foreign(usize),
    /// The images do not fit on its disk.
    SmallDisk,
    /// A container was killed for want of memory.
    Killed(usize, Limit),
    /// A container ended since something that it needs is not there, in its own words.
    Lacks(usize, String),
    /// A container ended since the disk is full.
    DiskFull(usize),
    /// A container asks AWS for something at its start, and does not get it.
    Asked(usize),
    /// A container ended by itself.
    Ended(usize, i32),
    /// A container waits, or waited, for another that does not come to what it waits for.
    Waits {
        /// Who waits.
        waits: usize,
        /// For which of its dependencies.
        dependency: usize,
        /// Whom that is.
        on: usize,
        /// Whether that one's `startTimeout` ended the waiting.
        late: bool,
        /// What is wrong with that one; nothing where it only needs longer.
        inner: Option<Box<Trouble>>,
    },
    /// A container's health check takes longer than its `timeout`.
    SlowCheck(usize),
    /// A container's health check is asked and counted before it is ready.
    SlowStart(usize),
    /// A container's health check fails: its program is sick.
    Sick(usize),
}

impl Trouble {
    /// Its stable name.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::NoAddress => "no-address",
            Self::NoWay(..) => "no-way",
            Self::Refused(lack) => of_lack(lack),
            Self::Interrupted => "spot-interruption",
            Self::Retired => "task-retirement",
            Self::Unattached => "interface-unattached",
            Self::Foreign(_) => "image-foreign",
            Self::SmallDisk => "small-disk",
            Self::Killed(_, Limit::Container(_)) => "container-memory",
            Self::Killed(_, Limit::Task(_)) => "task-memory",
            Self::Lacks(_, line) if line.contains("Read-only") => "read-only",
            Self::Lacks(..) => "variable-missing",
            Self::DiskFull(_) => "disk-full",
            Self::Asked(_) => "aws-asked",
            Self::Ended(..) => "program-ended",
            Self::Waits {
                inner: Some(it), ..
            } => it.name(),
            Self::Waits { late: true, .. } => "start-timeout",
            Self::Waits { .. } => "waits",
            Self::SlowCheck(_) => "health-timeout",
            Self::SlowStart(_) => "health-start-period",
            Self::Sick(_) => "health-fails",
        }
    }

    /// What tells it from another trouble of the same task. The page cannot write what is derived for debugging.
    pub(super) fn key(&self) -> String {
        let name = self.name();
        match self {
            Self::NoAddress
            | Self::SmallDisk
            | Self::Interrupted
            | Self::Retired
            | Self::Unattached => name.to_owned(),
            Self::NoWay(what, _) => format!("{name} {}", what.service()),
            Self::Refused(lack) => {
                let field = match lack.kind {
                    LackKind::LoginLacks(field) => field,
                    _ => "",
                };
                format!("{name} {} {} {field}", lack.what.service(), lack.of)
            }
            Self::Killed(place, Limit::Container(most) | Limit::Task(most)) => {
                format!("{name} {place} {most}")
            }
            Self::Lacks(place, line) => format!("{name} {place} {line}"),
            Self::Ended(place, code) => format!("{name} {place} {code}"),
            Self::Foreign(place)
            | Self::Asked(place)
            | Self::DiskFull(place)
            | Self::SlowCheck(place)
            | Self::SlowStart(place)
            | Self::Sick(place) => format!("{name} {place}"),
            Self::Waits {
                waits,
                dependency,
                on,
                late,
                inner,
            } => {
                let inner = inner.as_ref().map(|it| it.key()).unwrap_or_default();
                format!("{name} {waits} {dependency} {on} {late} {inner}")
            }
        }
    }
}

/// The stable name of what a task was refused: as far as there is one, that of its page among the reasons.
fn of_lack(lack: &Lack) -> &'static str {
    match &lack.kind {
        LackKind::Secret(_) if lack.what == Fetch::Parameter => "parameter-missing",
        LackKind::Secret(why) => match why {
            SecretLack::Malformed => "secret-arn",
            SecretLack::Missing => "secret-missing",
            SecretLack::Deleted => "secret-deleted",
            SecretLack::NoStage(_) => "secret-stage",
            SecretLack::NoVersion(_) => "secret-version",
            SecretLack::NotJson(_) => "secret-not-json",
            SecretLack::NoKey(..) => "secret-key",
        },
        LackKind::Login(_) => "login-missing",
        LackKind::LoginLacks(_) => "login-field",
        LackKind::LogGroup => "log-group-missing",
        LackKind::File(FileLack::NoBucket) => "environment-file-bucket",
        LackKind::File(FileLack::NoFile) => "environment-file-missing",
        LackKind::Image(why) => match why {
            ImageLack::NoRepository => "image-repository",
            ImageLack::NoTag(_) => "image-tag",
            ImageLack::NoDigest => "image-digest",
            ImageLack::Platform { .. } => "image-platform",
            ImageLack::Private | ImageLack::WrongLogin => "image-unauthorized",
            ImageLack::OtherAccount => "image-other-account",
        },
        LackKind::RateLimit { .. } => "image-rate-limit",
        LackKind::Damaged => "image-damaged",
        LackKind::Denied(denial) => of_denial(denial.layer, denial.explicit, &denial.action),
    }
}

/// The stable name of what IAM refused: by the kind of policy that decided, which is `None` where there is no such role.
pub(super) fn of_denial(layer: Option<Layer>, explicit: bool, action: &str) -> &'static str {
    match layer {
        None => "role-missing",
        Some(_) if explicit => "explicit-deny",
        Some(Layer::Trust) => "trust-policy",
        Some(Layer::Boundary) => "permissions-boundary",
        Some(Layer::ServiceControl) => "service-control-policy",
        Some(Layer::Endpoint) => "endpoint-policy",
        Some(_) if action == "iam:PassRole" => "pass-role",
        Some(Layer::Identity | Layer::Resource | Layer::Session) => "permission-denied",
    }
}

/// What is wrong with a task that stops or stopped; `None` where somebody asked for it, or where it did its work.
pub(super) fn of_stop(task: &Task, now: SimTime) -> Option<Trouble> {
    let stop = task.stop.as_ref()?;
    match stop.why {
        Why::Asked
        | Why::Scheduled(Scheduled::Scaling | Scheduled::TargetUnhealthy | Scheduled::Retired) => {
            None
        }
        Why::Scheduled(Scheduled::ContainerUnhealthy) => of_unhealthy(task, now),
        Why::Interrupted { .. } => Some(Trouble::Interrupted),
        Why::Retired => Some(Trouble::Retired),
        Why::Unattached => Some(Trouble::Unattached),
        Why::NoAddress => Some(Trouble::NoAddress),
        Why::Unreachable(what) => Some(Trouble::NoWay(what, task.unreachable.clone())),
        Why::Lacking(_) => task.lack.clone().map(Trouble::Refused),
        Why::SmallDisk => Some(Trouble::SmallDisk),
        Why::InVain {
            container,
            dependency,
            late,
        } => waits(task, container, dependency, late, now),
        Why::Ended { container } => {
            let trouble = of_container(task, container, now)?;
            let done = matches!(trouble, Trouble::Ended(_, 0)) && is_alone(task, container);
            (!done).then_some(trouble)
        }
    }
}

/// What was wrong with the health check of a task that its service stopped for that.
fn of_unhealthy(task: &Task, now: SimTime) -> Option<Trouble> {
    let unhealthy = |place: &usize| task.containers[*place].health == Health::Unhealthy;
    let place = (0..task.containers.len()).find(unhealthy)?;
    let since = task.since(TaskState::Running)?;
    checked(&task.containers[place], place, (now - since).0)
}

/// What is wrong with a task that is wanted: a container that waits for ever, that fails its check, or that ended badly.
pub(super) fn of_living(task: &Task, now: SimTime) -> Option<Trouble> {
    let unhealthy = |place: &usize| task.containers[*place].health == Health::Unhealthy;
    let places = 0..task.containers.len();
    let sick = places.clone().find(unhealthy);
    sick.and_then(|place| of_container(task, place, now))
        .or_else(|| {
            let ended = places.clone().filter_map(|place| {
                let found = of_container(task, place, now)?;
                let ended = matches!(
                    task.containers[place].status,
                    ContainerStatus::Stopped { .. }
                );
                let ended = ended || matches!(found, Trouble::Asked(_));
                (ended && !matches!(found, Trouble::Ended(_, 0))).then_some(found)
            });
            ended.into_iter().next()
        })
        .or_else(|| waiting(task, now))
}

/// What keeps containers from starting, where something does for good or for long.
pub(super) fn waiting(task: &Task, now: SimTime) -> Option<Trouble> {
    if task.state() < TaskState::Activating {
        return None;
    }
    (0..task.containers.len()).find_map(|place| {
        let waits_for = task.waits_for(place)?;
        let mut all = task.containers[place].definition.depends_on.iter();
        let dependency = all.position(|it| it == waits_for)?;
        waits(task, place, dependency, false, now)
    })
}

/// Whether a container is the only essential one.
fn is_alone(task: &Task, place: usize) -> bool {
    let mut all = task.containers.iter().enumerate();
    !all.any(|(other, it)| other != place && it.definition.essential)
}

fn waits(
    task: &Task,
    waits: usize,
    dependency: usize,
    late: bool,
    now: SimTime,
) -> Option<Trouble> {
    let it = task
        .containers
        .get(waits)?
        .definition
        .depends_on
        .get(dependency)?;
    let on = task
        .containers
        .iter()
        .position(|other| *other.name == *it.container)?;
    let other = &task.containers[on];
    let inner = match other.definition.start_timeout.filter(|_| late) {
        // it ran when its time was up, whatever became of it since
        Some(seconds) => checked(other, on, u64::from(seconds) * 1_000),
        // what waits for itself in a circle is refused at registration
        None if on == waits => None,
        None => of_container(task, on, now),
    };
    let inner = inner.map(Box::new);
    Some(Trouble::Waits {
        waits,
        dependency,
        on,
        late,
        inner,
    })
}

/// What is wrong with a container.
fn of_container(task: &Task, place: usize, now: SimTime) -> Option<Trouble> {
    let it = task.containers.get(place)?;
    match it.status {
        ContainerStatus::Stopped {
            code: Some(code), ..
        } => Some(ended(task, place, code, now)),
        ContainerStatus::Stopped { code: None, .. } | ContainerStatus::Pending => {
            let mut all = it.definition.depends_on.iter().enumerate();
            all.find_map(|(dependency, other)| {
                let on = task
                    .containers
                    .iter()
                    .position(|one| *one.name == *other.container)?;
                // the one in front of it is asked what it waits for itself
                (on != place && !task.containers[on].runs())
                    .then(|| waits(task, place, dependency, false, now))
                    .flatten()
            })
        }
        ContainerStatus::Running if asks_at_start(it) => Some(Trouble::Asked(place)),
        ContainerStatus::Running => checked(it, place, it.age(now)),
    }
}

fn ended(task: &Task, place: usize, code: i32, now: SimTime) -> Trouble {
    let it = &task.containers[place];
    if let Some(limit) = it.killed_at {
        return Trouble::Killed(place, limit);
    }
    if it.foreign {
        return Trouble::Foreign(place);
    }
    if let Some(line) = task.flaw(place) {
        return Trouble::Lacks(place, line);
    }
    let disk = task.disk(now);
    let full = disk.layers.saturating_add(disk.written) >= disk.room
        || disk
            .volumes_room
            .is_some_and(|room| disk.volumes_written >= room);
    if full && it.workload.write_kib > 0 && code == 1 {
        return Trouble::DiskFull(place);
    }
    if code == 1 && asks_at_start(it) {
        return Trouble::Asked(place);
    }
    Trouble::Ended(place, code)
}

/// Whether what a container asked of AWS last and did not get is what it asks for at its start.
fn asks_at_start(it: &Container) -> bool {
    it.denied_ask().is_some_and(|(_, ask)| !ask.each_request)
}

/// What is wrong with the health check of a container at an age, in ms.
fn checked(it: &Container, place: usize, age: u64) -> Option<Trouble> {
    let rules = it.definition.health_check?;
    if it.health == Health::Healthy {
        return None;
    }
    let image = &it.workload;
    if image.check_ms >= u64::from(rules.timeout) * 1_000 {
        Some(Trouble::SlowCheck(place))
    } else if image
        .sick_ms
        .is_some_and(|sick| age >= sick || sick <= image.ready_ms)
    {
        Some(Trouble::Sick(place))
    } else if age < image.ready_ms {
        let counted = u64::from(rules.start_period.max(rules.interval * rules.retries)) * 1_000;
        (it.health == Health::Unhealthy || image.ready_ms > counted)
            .then_some(Trouble::SlowStart(place))
    } else {
        None
    }
}
