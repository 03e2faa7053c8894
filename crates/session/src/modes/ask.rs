//! A question to a sheet: whether somebody reaches a port of whatever is typed.

use super::card::{ModesCell, of};
use super::{Place, Sheet};
use fargate_core::network::modes::{Asked, Caller, ContainerInstance};
use fargate_core::units::Date;
use std::net::Ipv4Addr;

/// A question, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// Who opens the connection: a container as 'shop/web', or `vpc`.
    pub from: String,
    /// To what: an address, `localhost`, `instance`, `internet`, a task's interface as 'shop', a container's own address as 'shop/web',
    /// or the name of a link.
    pub to: String,
    /// The port.
    pub port: String,
}

impl Sheet {
    /// Answers a question. The error says what of it cannot be understood.
    pub fn ask(&self, ask: &Ask, seed: u64, as_of: Date) -> Result<ModesCell, String> {
        let port = ask.port.trim();
        let number = port.parse().ok().filter(|port| *port > 0);
        let number: u16 =
            number.ok_or_else(|| format!("{port} is no port: write a number from 1 to 65535."))?;
        let (_, placed) = self
            .placed(seed, as_of)
            .ok_or_else(|| "There is no instance.".to_owned())?;
        let instance = placed.instance;
        let to = ask.to.trim();
        let caller = if ask.from == "vpc" {
            Caller::Vpc
        } else {
            found(&instance, &ask.from)
                .ok_or_else(|| format!("{} is not placed, so it asks nothing.", ask.from))?
        };
        let address = self.address(&instance, to)?;
        let asked = match (to, address) {
            ("internet", _) => Asked::Internet,
            (_, Some(address)) => Asked::Address(address),
            (name, None) => Asked::Name(name),
        };
        let at = address.map(|address| format!("{address}:{number}"));
        let verdict = instance.reach(caller, asked, number);
        Ok(of(&verdict, at.unwrap_or_default()))
    }

    /// The address of what is asked for; `None` for the Internet and for what can only be a name.
    fn address(&self, instance: &ContainerInstance, to: &str) -> Result<Option<Ipv4Addr>, String> {
        if let Ok(address) = to.parse() {
            return Ok(Some(address));
        }
        match to {
            "" => return Err("Say what it is to reach.".to_owned()),
            "internet" => return Ok(None),
            "localhost" => return Ok(Some(Ipv4Addr::LOCALHOST)),
            "instance" if self.on_fargate() => {
                return Err("On Fargate there is no instance to reach.".to_owned());
            }
            "instance" => return Ok(Some(instance.address)),
            _ => {}
        }
        if let Some(place) = instance.tasks.iter().position(|it| it.spec.family == to) {
            let own = instance.tasks[place].address;
            return Ok(Some(own.unwrap_or(instance.address)));
        }
        if let Some(Caller::Container { task, container }) = found(instance, to) {
            let placed = &instance.tasks[task];
            let own = placed.containers.get(container);
            let own = own.and_then(|it| it.address).or(placed.address);
            return Ok(Some(own.unwrap_or(instance.address)));
        }
        if self.tasks.iter().any(|task| task.is_named(to)) {
            return Err(format!("{to} is not placed, so nothing reaches it."));
        }
        Ok(None)
    }
}

/// A container by its task's family and its name.
fn found(instance: &ContainerInstance, name: &str) -> Option<Caller> {
    instance.tasks.iter().enumerate().find_map(|(task, it)| {
        let own = name.strip_prefix(it.spec.family.as_str())?;
        let own = own.strip_prefix('/')?;
        let mut containers = it.spec.containers.iter();
        let container = containers.position(|container| container.name == own)?;
        Some(Caller::Container { task, container })
    })
}

impl Place {
    /// The place of the task that a field is of; `None` for what is the instance's.
    pub const fn task(self) -> Option<usize> {
        match self {
            Self::Type | Self::Loopback => None,
            Self::Ports(task, _) | Self::Listens(task, _) | Self::Task(task) => Some(task),
        }
    }
}
