//! Ways: the connections that requests of a stream open, one after the other, from one end to the other.

use super::Stream;
use crate::call::{TrafficSource, TrafficTarget};
use crate::engine::shelf::Shelf;
use crate::error::ApiError;
use crate::ids::{NetworkInterfaceId, TaskId};
use crate::network::{Destination, Endpoint, Flow, INTERNET_CLIENT, Interface, Network};
use crate::task::Task;
use std::net::{IpAddr, Ipv4Addr};

/// What finds the ways that requests of a stream take in turn, or says which end of it is not there.
pub(crate) type Ways = fn(&Network, &Shelf<TaskId, Task>, &Stream) -> Result<Vec<Flow>, ApiError>;

/// The way from the Internet to the public address of a task that is there.
pub(crate) fn first_glance(
    network: &Network,
    tasks: &Shelf<TaskId, Task>,
    stream: &Stream,
) -> Result<Vec<Flow>, ApiError> {
    let task = stream.to.task().and_then(|id| tasks.get(id));
    let task = task.ok_or_else(|| missing("task", "Name a task of this scenario."))?;
    let public = network.interface_of(&task.id).and_then(|it| it.public_ip);
    let from = Endpoint::Internet(INTERNET_CLIENT.into());
    Ok(vec![Flow::tcp(
        from,
        public.unwrap_or(Ipv4Addr::UNSPECIFIED),
        stream.port,
    )])
}

#[inline(never)]
fn missing(what: &str, cure: &'static str) -> ApiError {
    ApiError::new(
        "InvalidParameterException",
        format!("The referenced {what} was not found."),
        cure,
    )
}

/// All ways: from the Internet to public addresses, from inside to private ones, over localhost within a task, and of a load
/// balancer to each of its targets in turn.
pub(crate) fn ways(
    network: &Network,
    tasks: &Shelf<TaskId, Task>,
    stream: &Stream,
) -> Result<Vec<Flow>, ApiError> {
    let from = sender(network, &stream.from)?;
    let by_address = |target: Option<&Interface>| {
        let to = target.map_or(Some(Ipv4Addr::UNSPECIFIED), |it| address(it, &from));
        let to = to.unwrap_or(Ipv4Addr::UNSPECIFIED);
        Flow::tcp(from.clone(), to, stream.port)
    };
    let to = match &stream.to {
        TrafficTarget::Task(id) => {
            let found = tasks.get(id);
            found.ok_or_else(|| missing("task", "Name a task of this scenario."))?;
            return Ok(vec![by_address(network.interface_of(id))]);
        }
        TrafficTarget::Instance(id) => {
            let things = network.things();
            let instance = things.instances.get(id).ok_or_else(no_instance)?;
            let primary = instance.interfaces.first();
            let primary = primary.and_then(|id| network.interfaces.get(id));
            return Ok(vec![by_address(primary.map(AsRef::as_ref))]);
        }
        TrafficTarget::Database(id) => {
            let things = network.things();
            let database = things.databases.get(id);
            let cure = "Name a database of this scenario by its identifier.";
            let database = database.ok_or_else(|| missing("database", cure))?;
            Destination::Name(database.endpoint.as_str().into())
        }
        TrafficTarget::LoadBalancer(id) => {
            let cure = "Name a load balancer of this scenario by its ARN.";
            let found = network.load_balancers.get(id);
            found.ok_or_else(|| missing("load balancer", cure))?;
            Destination::LoadBalancer(id.clone())
        }
        TrafficTarget::Name(name) => match name.trim().parse::<IpAddr>() {
            Ok(address) => Destination::Address(address),
            Err(_) if name.trim().is_empty() => {
                return Err(missing("name", "Write a name or an address."));
            }
            Err(_) => Destination::Name(name.trim().into()),
        },
    };
    let turns = network.turns(&to, stream.port);
    let way = |turn| Flow {
        to: to.clone(),
        turn,
        ..Flow::tcp(from.clone(), Ipv4Addr::UNSPECIFIED, stream.port)
    };
    Ok((0..turns).map(way).collect())
}

fn no_instance() -> ApiError {
    missing(
        "instance",
        "Name an instance of this scenario, such as i-0….",
    )
}

fn sender(network: &Network, source: &TrafficSource) -> Result<Endpoint, ApiError> {
    let inside = |id: Option<&NetworkInterfaceId>| {
        Endpoint::Interface(id.cloned().unwrap_or_else(|| "eni-none".into()))
    };
    Ok(match source {
        TrafficSource::Internet => Endpoint::Internet(INTERNET_CLIENT.into()),
        TrafficSource::Task(task) => inside(network.interface_of(task).map(|it| &it.id)),
        TrafficSource::Instance(id) => {
            let things = network.things();
            let instance = things.instances.get(id).ok_or_else(no_instance)?;
            inside(instance.interfaces.first())
        }
        TrafficSource::Host(id) => {
            let cure = "Name a host of this scenario, as PutHost puts one on the Internet.";
            let host = network.hosts.get(id).ok_or_else(|| missing("host", cure))?;
            Endpoint::Internet(host.address)
        }
    })
}

/// The address by which somebody calls an interface; `None` where it has none for them.
fn address(target: &Interface, from: &Endpoint) -> Option<Ipv4Addr> {
    match from {
        Endpoint::Internet(_) => target.public_ip,
        Endpoint::Interface(own) if *own == target.id => Some(Ipv4Addr::LOCALHOST),
        Endpoint::Interface(_) => Some(target.private_ip),
    }
}
