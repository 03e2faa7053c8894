//! Services: what keeps so many tasks of a definition running, and rolls a new definition out.
//!
//! Here is what a service is, and each rule by itself: how many tasks a deployment stops and starts next ([`step`]), how long a start
//! waits after failures ([`throttle`]), when a deployment is given up ([`breaker`]), and the words of service events ([`words`]). `world/services` plays them: it answers the calls
//! and looks at each service whenever something happened to its tasks.
//!
//! Source: 'Amazon ECS services', 'Deploy Amazon ECS services by replacing tasks' and 'Amazon ECS service throttle logic' of the
//! developer guide; API reference of `Service` and `Deployment`.

pub mod breaker;
mod model;
mod notice;
pub mod step;
pub mod throttle;
pub mod words;

pub use model::{
    Deployment, Member, MemberHealth, Registration, Rollout, Service, ServiceEvent, ServiceStatus,
    Services,
};
pub use notice::Notice;

use crate::call::CreateService;
use crate::engine::chance;

/// What the group of a service's tasks begins with.
const GROUP: &str = "service:";
/// The cluster where nobody names one.
const CLUSTER: &str = "default";

/// The task group of a service's tasks.
pub fn group_of(service: &str) -> String {
    format!("{GROUP}{service}")
}

/// The service whose tasks have a group; `None` where it is no service's.
pub fn of_group(group: &str) -> Option<&str> {
    group.strip_prefix(GROUP)
}

/// The name in a service's name or ARN.
pub fn name_in(named: &str) -> &str {
    named.rsplit('/').next().unwrap_or(named)
}

/// The cluster that a service is created in.
pub fn cluster_of(wish: &CreateService) -> &str {
    let named = wish.cluster.as_deref();
    named.map_or(CLUSTER, name_in)
}

/// What a service of a cluster is known by in the account: its name, and in another cluster than `default` that before it.
pub fn key(cluster: &str, name: &str) -> String {
    if cluster == CLUSTER {
        name.to_owned()
    } else {
        format!("{cluster}/{name}")
    }
}

/// What the service of a call is known by.
pub fn key_of(wish: &CreateService) -> String {
    key(cluster_of(wish), &wish.service_name)
}

/// The id of the deployment that something of a service begins: it is drawn for the call, or the event, that leads to it.
pub fn deployment_id(seed: u64, service: &str, cause: impl std::fmt::Display) -> String {
    let digits = chance::draw(seed, "deployment", &format!("{service}/{cause}"));
    let number = 1_000_000_000_000_000_000 + digits % 8_000_000_000_000_000_000;
    format!("ecs-svc/{number}")
}
