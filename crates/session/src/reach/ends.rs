//! The ends of a question, by whatever people call them.

use fargate_core::ids::{LoadBalancerId, NetworkInterfaceId};
use fargate_core::network::{Destination, Endpoint, INTERNET_CLIENT, Interface, Owner};
use fargate_core::world::World;
use std::net::{IpAddr, Ipv6Addr};

/// The host on the Internet where IPv6 is asked (a documentation range).
pub(super) const INTERNET_CLIENT_IPV6: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 9);

/// Names that are told at most where one is not known.
const TOLD: usize = 8;
/// Digits of a task's id that are enough.
const SHORTEST_ID: usize = 4;

/// Who opens a connection.
pub(super) struct Sender {
    pub(super) end: Endpoint,
    pub(super) anyone: bool,
    pub(super) name: String,
}

/// To what it is opened.
pub(super) struct Goal {
    pub(super) to: Destination,
    pub(super) interface: Option<NetworkInterfaceId>,
    pub(super) anyone: bool,
    pub(super) is_ipv6: bool,
    pub(super) name: String,
}

/// What is found for a name.
enum Found {
    Internet,
    Interface(NetworkInterfaceId),
    Host(IpAddr),
    LoadBalancer(LoadBalancerId),
}

/// What an interface is called: by its task, its database, else by its id.
pub(crate) fn interface_name(id: &NetworkInterfaceId, world: &World) -> String {
    let Some(interface) = world.network().interfaces.get(id) else {
        return id.to_string();
    };
    match &interface.owner {
        Owner::Task(task) => match world.tasks().get(task) {
            Some(found) => format!("{} {}", found.definition.family, task.short()),
            None => format!("task {}", task.short()),
        },
        Owner::Instance(instance) => instance.to_string(),
        Owner::Database(name) | Owner::MountTarget(name) => name.to_string(),
        Owner::ApplicationLoadBalancer(balancer) | Owner::NetworkLoadBalancer(balancer) => {
            let found = world.network().load_balancers.get(balancer);
            let name = found.map_or(balancer.as_str(), |it| it.name());
            format!("{name} in {}", subnet_of(interface, world))
        }
        Owner::Endpoint(endpoint) => format!("{endpoint} in {}", subnet_of(interface, world)),
        Owner::NatGateway(nat) => nat.to_string(),
    }
}

/// What the subnet of an interface is called.
fn subnet_of<'w>(interface: &'w Interface, world: &'w World) -> &'w str {
    let subnet = world.network().subnets.get(&interface.subnet);
    subnet.map_or(interface.subnet.as_str(), |it| it.title())
}

/// Whether an interface is meant by a text.
fn is_called(interface: &Interface, text: &str, world: &World) -> bool {
    let id = interface.id.as_str();
    let owner = match &interface.owner {
        Owner::Task(task) => {
            let short = text.rsplit('/').next().unwrap_or(text);
            let by_id = short.len() >= SHORTEST_ID
                && short.bytes().all(|byte| byte.is_ascii_hexdigit())
                && task.as_str().starts_with(short);
            let found = world.tasks().get(task);
            let by_definition = found
                .is_some_and(|found| *found.definition.family == *text || *found.revision == *text);
            by_id || task.as_str() == text || by_definition
        }
        Owner::Instance(instance) => instance.as_str() == text,
        Owner::Database(name) | Owner::MountTarget(name) => **name == *text,
        Owner::Endpoint(endpoint) => endpoint.as_str() == text,
        Owner::NatGateway(nat) => nat.as_str() == text,
        Owner::ApplicationLoadBalancer(_) | Owner::NetworkLoadBalancer(_) => false,
    };
    id == text || owner || interface_name(&interface.id, world) == text
}

fn find(world: &World, text: &str) -> Result<Option<Found>, String> {
    let network = world.network();
    let text = text.trim();
    if text.is_empty() {
        return Err(format!("An end is missing. {}", known(world)));
    }
    if text.eq_ignore_ascii_case("internet") {
        return Ok(Some(Found::Internet));
    }
    if let Ok(address) = text.parse::<IpAddr>() {
        return at_address(world, address).map(Some);
    }
    if network.load_balancers.get(&text.into()).is_some() {
        return Ok(Some(Found::LoadBalancer(text.into())));
    }
    if let Some(host) = network.hosts.get(&text.into()) {
        return Ok(Some(Found::Host(host.address)));
    }
    let all = network.interfaces.values();
    let called: Vec<&Interface> = all
        .filter(|it| is_called(it, text, world))
        .map(AsRef::as_ref)
        .collect();
    one_of(text, &called, world)
}

/// The one that is meant; where several are, which.
fn one_of(text: &str, called: &[&Interface], world: &World) -> Result<Option<Found>, String> {
    match called {
        [] => Ok(None),
        [one] => Ok(Some(Found::Interface(one.id.clone()))),
        several => {
            let names = several.iter().take(TOLD).map(|it| {
                format!(
                    "{} ({}, {})",
                    it.id,
                    interface_name(&it.id, world),
                    it.private_ip
                )
            });
            let names: Vec<String> = names.collect();
            let count = several.len();
            Err(format!(
                "{text} may be any of {count}: {}{}. Name one by its id.",
                names.join(", "),
                if count > TOLD { " and others" } else { "" }
            ))
        }
    }
}

/// What has an address: an interface, or a host on the Internet.
fn at_address(world: &World, address: IpAddr) -> Result<Found, String> {
    let network = world.network();
    let has = |it: &Interface| it.has(address) || it.public_ip.map(IpAddr::V4) == Some(address);
    let all = network.interfaces.values();
    let with: Vec<&Interface> = all.filter(|it| has(it)).map(AsRef::as_ref).collect();
    Ok(one_of(&address.to_string(), &with, world)?.unwrap_or(Found::Host(address)))
}

/// What there is, for who named something else.
fn known(world: &World) -> String {
    let network = world.network();
    let interfaces = network
        .interfaces
        .values()
        .map(|it| interface_name(&it.id, world));
    let balancers = network.load_balancers.values().map(|it| it.id.to_string());
    let names: Vec<String> = interfaces.chain(balancers).collect();
    let told = names.iter().take(TOLD).map(String::as_str);
    let told: Vec<&str> = std::iter::once("internet").chain(told).collect();
    format!(
        "There is: {}{}. Ids, addresses, task ids and families, and host names will do too.",
        told.join(", "),
        if names.len() > TOLD {
            " and others"
        } else {
            ""
        }
    )
}

fn unknown(text: &str, world: &World) -> String {
    format!(
        "Nothing is called {text} at {}. {}",
        world.now(),
        known(world)
    )
}

fn is_private(address: IpAddr) -> bool {
    matches!(address, IpAddr::V4(it) if it.is_private() || it.is_link_local())
}

/// Who opens the connection.
pub(super) fn sender(world: &World, text: &str) -> Result<Sender, String> {
    let (end, anyone, name) = match find(world, text)? {
        Some(Found::Internet) => (
            Endpoint::Internet(INTERNET_CLIENT.into()),
            true,
            "the Internet".to_owned(),
        ),
        Some(Found::Interface(id)) => {
            let name = interface_name(&id, world);
            (Endpoint::Interface(id), false, name)
        }
        Some(Found::Host(address)) if is_private(address) => {
            return Err(format!(
                "No interface has {address} at {}, so nothing can send from it. {}",
                world.now(),
                known(world)
            ));
        }
        Some(Found::Host(address)) => (Endpoint::Internet(address), false, text.to_owned()),
        Some(Found::LoadBalancer(id)) => {
            return Err(format!(
                "{id} opens connections to its targets only. Ask what reaches it, with it as the target."
            ));
        }
        None => {
            let name: std::sync::Arc<str> = text.into();
            let mut hosts = world.network().hosts.values();
            let host = hosts.find(|host| host.dns_names.iter().any(|known| **known == *name));
            let Some(host) = host else {
                return Err(unknown(text, world));
            };
            (Endpoint::Internet(host.address), false, text.to_owned())
        }
    };
    Ok(Sender { end, anyone, name })
}

/// To what the connection is opened. What has a dot and is nothing else is a name to look up.
pub(super) fn target(world: &World, text: &str) -> Result<Goal, String> {
    let mut goal = Goal {
        to: Destination::Address(INTERNET_CLIENT.into()),
        interface: None,
        anyone: false,
        is_ipv6: false,
        name: text.trim().to_owned(),
    };
    match find(world, text)? {
        Some(Found::Internet) => {
            goal.anyone = true;
            "the Internet".clone_into(&mut goal.name);
        }
        Some(Found::Interface(id)) => {
            let found = world.network().interfaces.get(&id);
            goal.name = interface_name(&id, world);
            if let Ok(address) = text.trim().parse::<IpAddr>() {
                // an address is asked as it is, private or public
                goal.is_ipv6 = address.is_ipv6();
                goal.to = Destination::Address(address);
            } else {
                if let Some(found) = found {
                    goal.to = Destination::Address(found.private_ip.into());
                }
                goal.interface = Some(id);
            }
        }
        Some(Found::Host(address)) => {
            goal.is_ipv6 = address.is_ipv6();
            goal.to = Destination::Address(address);
        }
        Some(Found::LoadBalancer(id)) => goal.to = Destination::LoadBalancer(id),
        None if text.contains('.') && !text.contains(char::is_whitespace) => {
            goal.to = Destination::Name(text.trim().into());
        }
        None => return Err(unknown(text, world)),
    }
    Ok(goal)
}
