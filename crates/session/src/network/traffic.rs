//! Traffic: who may send requests, to what, and what is sent now.

use crate::session::Session;
use fargate_core::call::{Call, SetTraffic, TrafficSource, TrafficTarget};
use fargate_core::network::{InstanceState, services};
use fargate_core::task::TaskState;
use fargate_core::world::World;

/// Both ends that requests can have, and the traffic that lasts.
#[derive(Clone, Debug, PartialEq)]
pub struct TrafficCards {
    /// Who may send, each with its name.
    pub senders: Vec<(TrafficSource, String)>,
    /// To what, each with its name and the port that it answers on, where that is known.
    pub targets: Vec<(TrafficTarget, String, Option<u16>)>,
    /// What is sent now and goes on.
    pub streams: Vec<StreamCard>,
}

/// Traffic that lasts.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamCard {
    /// 'the Internet → web on port 80, 5.0 a second'.
    pub words: String,
    /// The call that ends it.
    pub end: Call,
}

impl Session {
    /// Both ends that requests can have, and the traffic that lasts, at the moment shown.
    pub fn traffic(&self) -> TrafficCards {
        let world = self.world();
        let streams = world.traffic().streams.values();
        let streams = streams
            .filter(|stream| stream.left.is_none())
            .map(|stream| {
                let (rate, port) = (stream.rate_tenths, stream.port);
                let (from, to) = (sender(&stream.from, world), target(&stream.to, world));
                let (whole, tenths) = (rate / 10, rate % 10);
                StreamCard {
                    words: format!("{from} → {to} on port {port}, {whole}.{tenths} a second"),
                    end: Call::from(SetTraffic {
                        from: stream.from.clone(),
                        to: stream.to.clone(),
                        port,
                        rate_tenths: 0,
                    }),
                }
            });
        TrafficCards {
            streams: streams.collect(),
            senders: senders(world),
            targets: targets(world),
        }
    }
}

/// The tasks that have not stopped.
fn tasks(world: &World) -> impl Iterator<Item = &fargate_core::ids::TaskId> {
    let all = world.tasks().values();
    all.filter(|task| task.state() < TaskState::Deprovisioning)
        .map(|task| &task.id)
}

fn instances(world: &World) -> Vec<fargate_core::ids::InstanceId> {
    let things = world.network().things();
    let all = things.instances.values();
    all.filter(|it| it.state == InstanceState::Running)
        .map(|it| it.id.clone())
        .collect()
}

fn senders(world: &World) -> Vec<(TrafficSource, String)> {
    let mut found = vec![TrafficSource::Internet];
    found.extend(tasks(world).cloned().map(TrafficSource::Task));
    found.extend(instances(world).into_iter().map(TrafficSource::Instance));
    let hosts = world.network().hosts.values();
    let hosts = hosts.filter(|host| !services::is_installed(&host.id));
    found.extend(hosts.map(|host| TrafficSource::Host(host.id.clone())));
    let named = |it: TrafficSource| {
        let name = sender(&it, world);
        (it, name)
    };
    found.into_iter().map(named).collect()
}

fn targets(world: &World) -> Vec<(TrafficTarget, String, Option<u16>)> {
    let network = world.network();
    let things = network.things();
    let listens = |task| {
        let found: Option<&fargate_core::network::Interface> = network.interface_of(task);
        Some(found?.listeners.first()?.port)
    };
    let mut found: Vec<(TrafficTarget, Option<u16>)> = tasks(world)
        .map(|task| (task.clone().into(), listens(task)))
        .collect();
    found.extend(network.load_balancers.values().map(|it| {
        let port = it.listeners.first().map(|listener| listener.port);
        (TrafficTarget::LoadBalancer(it.id.clone()), port)
    }));
    let instances = instances(world).into_iter();
    found.extend(instances.map(|id| (TrafficTarget::Instance(id), None)));
    found.extend(
        things
            .databases
            .iter()
            .map(|(name, it)| (TrafficTarget::Database(name.clone()), Some(it.port))),
    );
    let named = |(it, port)| {
        let name = target(&it, world);
        (it, name, port)
    };
    found.into_iter().map(named).collect()
}

fn task_name(id: &fargate_core::ids::TaskId, world: &World) -> String {
    match world.tasks().get(id) {
        Some(task) => format!("{} {}", task.definition.family, id.short()),
        None => format!("task {}", id.short()),
    }
}

fn sender(source: &TrafficSource, world: &World) -> String {
    match source {
        TrafficSource::Internet => "the Internet".to_owned(),
        TrafficSource::Task(id) => task_name(id, world),
        TrafficSource::Instance(id) => id.to_string(),
        TrafficSource::Host(id) => id.to_string(),
    }
}

fn target(target: &TrafficTarget, world: &World) -> String {
    match target {
        TrafficTarget::Task(id) => task_name(id, world),
        TrafficTarget::LoadBalancer(id) => {
            let found = world.network().load_balancers.get(id);
            found.map_or_else(
                || id.to_string(),
                |it| format!("load balancer {}", it.name()),
            )
        }
        TrafficTarget::Instance(id) => id.to_string(),
        TrafficTarget::Database(name) => format!("database {name}"),
        TrafficTarget::Name(name) => name.to_string(),
    }
}
