//! The model of a service.

use super::step::Percents;
use crate::call::{
    CreateService, DeploymentCircuitBreaker, NetworkConfiguration, ServiceLoadBalancer,
};
use crate::ids::{TargetGroupId, TaskId};
use crate::units::{SimSpan, SimTime};
use litemap::LiteMap;
use std::any::Any;
use std::sync::Arc;

/// Service events that are kept. Source: 'Viewing Amazon ECS service event messages'.
const MOST_EVENTS: usize = 100;
/// How long the same message is not told again while nothing is resolved. Source: the same page.
const NOT_AGAIN: SimSpan = SimSpan::secs(6 * 3_600);

/// A service.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// What it is known by: its name, and in another cluster than `default` that before it, `staging/web`.
    pub name: String,
    /// Its status.
    pub status: ServiceStatus,
    /// When it was created.
    pub created_at: SimTime,
    /// What it is now, as a call that would create it so.
    pub wish: CreateService,
    /// The call that created it, as JSON: the same one again is answered with the same service.
    pub created: String,
    /// Its deployments, the newest, which is the primary one, first; never empty.
    pub deployments: Vec<Deployment>,
    /// The deployment that was completed last, to which a circuit breaker goes back; `None` where there is none, or that is on its way.
    pub(crate) last_completed: Option<Deployment>,
    /// Its tasks that have not come to STOPPED, in the order in which they were started.
    pub members: Vec<Member>,
    /// What it told, the newest first.
    pub events: Vec<ServiceEvent>,
    /// Whether it has reached a steady state and is in it.
    pub steady: bool,
    /// Why tasks could not be placed or launched when that was tried last, in AWS's words; `None` where they could.
    pub unplaced: Option<String>,
    /// When placing is tried again.
    pub(crate) retry_at: Option<SimTime>,
    /// When it is looked at next.
    pub(crate) wakes: Option<SimTime>,
    /// What was told lately, and when.
    said: Vec<(String, SimTime)>,
}

/// `status` of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceStatus {
    /// It keeps its tasks running.
    Active,
    /// It was deleted, and its tasks are stopping.
    Draining,
    /// It is gone.
    Inactive,
}

impl ServiceStatus {
    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Draining => "DRAINING",
            Self::Inactive => "INACTIVE",
        }
    }
}

/// A deployment: what the tasks are that it starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Deployment {
    /// `ecs-svc/` and 19 digits.
    pub id: Arc<str>,
    /// The revision, `web:4`.
    pub task_definition: String,
    /// The network of its tasks.
    pub network: Option<NetworkConfiguration>,
    /// The platform version that was asked for.
    pub platform_version: Option<String>,
    /// The target groups that its tasks are registered with.
    pub load_balancers: Vec<ServiceLoadBalancer>,
    /// When it began.
    pub created_at: SimTime,
    /// When it last changed.
    pub updated_at: SimTime,
    /// How far it is.
    pub rollout: Rollout,
    /// `failedTasks`: tasks in a row that could not be launched, stopped before they were RUNNING, or failed a health check.
    pub failed: u32,
    /// Whether a task of it came to RUNNING.
    pub(crate) ran: bool,
    /// How far the delay between its starts has grown: failed attempts in a row.
    pub(crate) level: u32,
    /// When that grew last.
    pub(crate) level_at: SimTime,
    /// Before that it starts no task.
    pub not_before: SimTime,
}

/// How far a deployment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rollout {
    /// Its tasks are being started.
    InProgress,
    /// The same, since the deployment after it failed.
    RollsBack,
    /// The service came to a steady state with it.
    Completed,
    /// Its circuit breaker gave it up: it starts no more tasks.
    Failed,
}

impl Rollout {
    /// `rolloutState`.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::InProgress | Self::RollsBack => "IN_PROGRESS",
            Self::Completed => "COMPLETED",
            Self::Failed => "FAILED",
        }
    }

    /// Whether it is neither completed nor given up.
    pub const fn goes_on(self) -> bool {
        matches!(self, Self::InProgress | Self::RollsBack)
    }
}

/// A task of a service, as the service sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The task.
    pub task: TaskId,
    /// The deployment that started it.
    pub deployment: Arc<str>,
    /// Where it is registered as a target.
    pub registered: Vec<Registration>,
    /// Until when its connections drain before it is stopped.
    pub(crate) drains_until: Option<SimTime>,
    /// Whether its registration was looked to.
    pub(crate) ran: bool,
    /// Whether its end was looked to.
    pub(crate) ended: bool,
    /// Whether it was healthy once.
    pub(crate) well: bool,
    /// Whether AWS retires it: it is replaced as a task of an earlier deployment is.
    pub(crate) retiring: bool,
}

/// A target that a task is.
#[derive(Clone, Debug, PartialEq)]
pub struct Registration {
    /// The target group.
    pub group: TargetGroupId,
    /// The address.
    pub address: String,
    /// The port.
    pub port: u16,
}

/// How the scheduler counts a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberHealth {
    /// It is not RUNNING yet.
    Starting,
    /// It is RUNNING, and not known to be well yet.
    Waiting,
    /// It counts towards the minimum.
    Healthy,
    /// Its container's health check says that it is not well.
    Unhealthy,
    /// The checks of that target group say that it is not well: by its place in [`Member::registered`].
    UnhealthyTarget(usize),
}

/// One entry of `events`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceEvent {
    /// When.
    pub at: SimTime,
    /// AWS's words.
    pub message: String,
}

impl Service {
    /// A service that begins with a deployment.
    pub(crate) fn new(
        wish: CreateService,
        created: String,
        first: Deployment,
        at: SimTime,
    ) -> Self {
        Self {
            name: super::key_of(&wish),
            status: ServiceStatus::Active,
            created_at: at,
            wish,
            created,
            deployments: vec![first],
            last_completed: None,
            members: Vec::new(),
            events: Vec::new(),
            steady: false,
            unplaced: None,
            retry_at: None,
            wakes: None,
            said: Vec::new(),
        }
    }

    /// Its cluster.
    pub fn cluster(&self) -> &str {
        super::cluster_of(&self.wish)
    }

    /// The deployment that is to run.
    pub fn primary(&self) -> &Deployment {
        &self.deployments[0]
    }

    /// Tasks that it keeps running; none while it is DRAINING.
    pub fn desired(&self) -> u32 {
        match self.status {
            ServiceStatus::Active => {
                u32::try_from(self.wish.desired_count.unwrap_or(0)).unwrap_or(0)
            }
            ServiceStatus::Draining | ServiceStatus::Inactive => 0,
        }
    }

    /// The bounds within which a deployment goes on.
    pub fn percents(&self) -> Percents {
        let given = self.wish.deployment_configuration.as_ref();
        let number =
            |it: Option<i32>, usual: u32| it.and_then(|it| u32::try_from(it).ok()).unwrap_or(usual);
        Percents {
            minimum: number(given.and_then(|it| it.minimum_healthy_percent), 100),
            maximum: number(given.and_then(|it| it.maximum_percent), 200),
        }
    }

    /// Its circuit breaker, where it has one that is on.
    pub fn breaker(&self) -> Option<&DeploymentCircuitBreaker> {
        let given = self.wish.deployment_configuration.as_ref()?;
        let breaker = given.deployment_circuit_breaker.as_ref();
        breaker.filter(|it| it.enable)
    }

    /// How long after a task's start bad health checks are not looked at.
    pub fn grace(&self) -> SimSpan {
        let seconds = self.wish.health_check_grace_period_seconds.unwrap_or(0);
        SimSpan::secs(u64::try_from(seconds).unwrap_or(0))
    }

    /// Its tasks that a deployment started.
    pub fn members_of<'a>(&'a self, deployment: &'a str) -> impl Iterator<Item = &'a Member> {
        let mut members = self.members.iter();
        std::iter::from_fn(move || members.find(|it| &*it.deployment == deployment))
    }

    /// Notes what it tells.
    pub(crate) fn tell(&mut self, message: String, at: SimTime) {
        self.said.retain(|(it, _)| *it != message);
        self.said.push((message.clone(), at));
        self.events.insert(0, ServiceEvent { at, message });
        self.events.truncate(MOST_EVENTS);
    }

    /// Whether the same was told lately, and nothing was resolved since.
    pub(crate) fn told_lately(&self, message: &str, now: SimTime) -> bool {
        let mut said = self.said.iter();
        said.any(|(it, at)| it == message && now < *at + NOT_AGAIN)
    }

    /// What was wrong is resolved: it may be told anew.
    pub(crate) fn resolved(&mut self) {
        self.said.clear();
    }
}

/// The account's services as the world holds them. Until the first call about services it holds nothing; what it holds hides its
/// type, so that a program that makes no such call does not hold the code for it.
#[derive(Clone, Debug, Default)]
pub struct Services(Option<Arc<dyn Any + Send + Sync>>);

/// Services by name.
type Shelf = LiteMap<String, Arc<Service>>;

impl Services {
    /// Whether there ever was a service.
    pub fn is_used(&self) -> bool {
        self.0.is_some()
    }

    fn shelf(&self) -> Option<&Shelf> {
        self.0.as_ref()?.downcast_ref()
    }

    /// All of them, in the order of their names, deleted ones too while AWS would still describe them.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Service>> {
        self.shelf().into_iter().flat_map(LiteMap::values)
    }

    /// The service of that name.
    pub fn get(&self, name: &str) -> Option<&Arc<Service>> {
        self.shelf()?.get(name)
    }

    /// Puts a service in, in the place of one of the same name.
    pub(crate) fn put(&mut self, service: Service) {
        let mut all = self.shelf().cloned().unwrap_or_default();
        all.insert(service.name.clone(), Arc::new(service));
        self.0 = Some(Arc::new(all));
    }
}
