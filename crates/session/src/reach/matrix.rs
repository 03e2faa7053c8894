//! Who reaches whom, as a matrix of classes that open to their interfaces, and as lists.

use super::ends::interface_name;
use crate::words::group_name;
use fargate_core::ids::{NetworkInterfaceId, SecurityGroupId};
use fargate_core::network::{Class, Pairs, ProtocolPort};
use fargate_core::world::World;

/// Who reaches whom on each port.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The rows and columns.
    pub classes: Vec<MatrixClass>,
    /// The ports, each a matrix.
    pub ports: Vec<ProtocolPort>,
    pairs: Pairs,
    names: Vec<(NetworkInterfaceId, String)>,
}

/// Interfaces of which every part would say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixClass {
    /// 'web in Public a', with the count where there are several.
    pub title: String,
    /// The interfaces, by id and name.
    pub members: Vec<(NetworkInterfaceId, String)>,
    /// Whether they have public addresses.
    pub public: bool,
}

pub(super) fn matrix(world: &World) -> Matrix {
    let network = world.network();
    let ports = network.ports_of_interest();
    let pairs = network.all_pairs(&ports);
    let class = |class: &Class| {
        let members: Vec<_> = class
            .members
            .iter()
            .map(|id| (id.clone(), interface_name(id, world)))
            .collect();
        MatrixClass {
            title: title(class, &members, world),
            members,
            public: class.public,
        }
    };
    let classes: Vec<MatrixClass> = pairs.classes().iter().map(class).collect();
    let names = classes.iter().flat_map(|class| class.members.clone());
    Matrix {
        names: names.collect(),
        classes,
        ports,
        pairs,
    }
}

fn title(class: &Class, members: &[(NetworkInterfaceId, String)], world: &World) -> String {
    if let [(_, name)] = members {
        return name.clone();
    }
    let groups = class.groups.iter().map(|id| group_name(id, world));
    let groups: Vec<String> = groups.collect();
    let subnet = world.network().subnets.get(&class.subnet);
    let subnet = subnet.map_or(class.subnet.as_str(), |it| it.title());
    format!("{} in {subnet} ({})", groups.join(" + "), members.len())
}

impl Matrix {
    /// Whether each member of a class reaches each other member of another, by their places and the port's.
    pub fn cell(&self, port: usize, from: usize, to: usize) -> bool {
        self.pairs.cell(port, from, to)
    }

    /// Whether everyone on the Internet reaches a class on a port.
    pub fn is_exposed(&self, port: usize, class: usize) -> bool {
        self.pairs.is_exposed(port, class)
    }

    /// Whether a class reaches the Internet on a port.
    pub fn goes_out(&self, port: usize, class: usize) -> bool {
        self.pairs.goes_out(port, class)
    }

    /// The names of what everyone on the Internet reaches on a port.
    pub fn exposed(&self, port: usize) -> Vec<&str> {
        self.pairs.exposed(port).map(|id| self.name(id)).collect()
    }

    /// The names of what some interface of a group reaches on a port.
    pub fn reached_from(&self, port: usize, group: &SecurityGroupId) -> Vec<&str> {
        let found = self.pairs.reached_from(port, group);
        found.map(|id| self.name(id)).collect()
    }

    fn name<'a>(&'a self, id: &'a NetworkInterfaceId) -> &'a str {
        let found = self.names.iter().find(|(known, _)| known == id);
        found.map_or(id.as_str(), |(_, name)| name)
    }
}
