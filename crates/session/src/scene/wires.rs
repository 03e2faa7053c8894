//! The tree of ways: from the Internet over the gateway, route ports and boundaries down to interfaces and containers.

use super::geometry::Point;
use super::track::Track;
use crate::view::Place;
use fargate_core::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId, TaskId};
use litemap::LiteMap;

/// A place on the picture and the way to it from the place around it.
#[derive(Clone, Debug, PartialEq)]
struct Node {
    parent: Option<usize>,
    /// From the parent's point (not included) to this one's.
    leg: Vec<Point>,
}

/// The tree of ways.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Wires {
    nodes: Vec<Node>,
    gateway: Option<usize>,
    routes: LiteMap<SubnetId, usize>,
    subnets: LiteMap<SubnetId, usize>,
    /// Each part of a group's boundary, with the subnet it lies in.
    frames: Vec<(SecurityGroupId, SubnetId, usize)>,
    interfaces: LiteMap<TaskId, usize>,
    containers: LiteMap<(TaskId, usize), usize>,
    tiles: LiteMap<NetworkInterfaceId, usize>,
}

/// A place in the tree of ways, while the picture is laid out.
pub(crate) type Joint = usize;

impl Wires {
    /// Begins with the Internet.
    pub(crate) fn from_internet(at: Point) -> Self {
        Self {
            nodes: vec![Node {
                parent: None,
                leg: vec![at],
            }],
            ..Self::default()
        }
    }

    fn add(&mut self, parent: Joint, leg: Vec<Point>) -> Joint {
        self.nodes.push(Node {
            parent: Some(parent),
            leg,
        });
        self.nodes.len() - 1
    }

    /// Moves the Internet and the gateway, which stand where the ports below ask for it.
    pub(crate) fn gateway(&mut self, internet: Point, at: Point) -> Joint {
        if let Some(root) = self.nodes.first_mut() {
            root.leg = vec![internet];
        }
        let joint = self.add(0, vec![at]);
        self.gateway = Some(joint);
        joint
    }

    /// The port of a subnet's route table and the lane below it; where they are follows.
    pub(crate) fn port(&mut self, subnet: &SubnetId) -> Joint {
        let port = self.add(0, Vec::new());
        self.routes.insert(subnet.clone(), port);
        let joint = self.add(port, Vec::new());
        self.subnets.insert(subnet.clone(), joint);
        joint
    }

    /// Says where a subnet's lane is.
    pub(crate) fn lane(&mut self, subnet: &SubnetId, at: Point) {
        if let Some(&joint) = self.subnets.get(subnet)
            && let Some(node) = self.nodes.get_mut(joint)
        {
            node.leg = vec![at];
        }
    }

    /// Joins a subnet's port to the gateway.
    pub(crate) fn join(&mut self, subnet: &SubnetId, gateway: Joint, leg: Vec<Point>) {
        if let Some(&port) = self.routes.get(subnet)
            && let Some(node) = self.nodes.get_mut(port)
        {
            node.parent = Some(gateway);
            node.leg = leg;
        }
    }

    /// A group's boundary in a subnet.
    pub(crate) fn frame(
        &mut self,
        parent: Joint,
        group: &SecurityGroupId,
        subnet: &SubnetId,
        leg: Vec<Point>,
    ) -> Joint {
        let joint = self.add(parent, leg);
        self.frames.push((group.clone(), subnet.clone(), joint));
        joint
    }

    /// A bend on the way to tasks that wear no group.
    pub(crate) fn bend(&mut self, parent: Joint, mut leg: Vec<Point>, at: Point) -> Joint {
        leg.push(at);
        self.add(parent, leg)
    }

    /// A task's interface and its containers' chips.
    pub(crate) fn interface(
        &mut self,
        parent: Joint,
        task: &TaskId,
        leg: Vec<Point>,
        chips: impl IntoIterator<Item = Point>,
    ) {
        let joint = self.add(parent, leg);
        self.interfaces.insert(task.clone(), joint);
        for (index, chip) in chips.into_iter().enumerate() {
            let container = self.add(joint, vec![chip]);
            self.containers.insert((task.clone(), index), container);
        }
    }

    /// A tile.
    pub(crate) fn tile(&mut self, parent: Joint, id: &NetworkInterfaceId, leg: Vec<Point>) {
        let joint = self.add(parent, leg);
        self.tiles.insert(id.clone(), joint);
    }

    /// The way from below the gateway down to a place, by all that lies above it; nothing where it is not on the picture.
    pub(crate) fn below_gateway(&self, place: &Place) -> Vec<Point> {
        let Some(joint) = self.find(std::slice::from_ref(place), 0) else {
            return Vec::new();
        };
        let mut above = self.above(joint);
        above.retain(|joint| *joint > 0 && Some(*joint) != self.gateway);
        let legs = above
            .iter()
            .rev()
            .filter_map(|&joint| self.nodes.get(joint));
        legs.flat_map(|node| node.leg.iter().copied()).collect()
    }

    fn point(&self, joint: Joint) -> Point {
        let node = self.nodes.get(joint);
        node.and_then(|node| node.leg.last())
            .copied()
            .unwrap_or_default()
    }

    fn parent(&self, joint: Joint) -> Option<Joint> {
        self.nodes.get(joint).and_then(|node| node.parent)
    }

    fn above(&self, joint: Joint) -> Vec<Joint> {
        std::iter::successors(Some(joint), |&joint| self.parent(joint)).collect()
    }

    /// Where one of a request's places is; the others tell which part of a boundary is meant.
    pub(crate) fn find(&self, all: &[Place], position: usize) -> Option<Joint> {
        match all.get(position)? {
            Place::Internet => Some(0),
            Place::Gateway => self.gateway,
            Place::Route(subnet) => self.routes.get(subnet).copied(),
            Place::Subnet(subnet) => self.subnets.get(subnet).copied(),
            Place::Interface(task) => self.interfaces.get(task).copied(),
            Place::Container(task, index) => self.containers.get(&(task.clone(), *index)).copied(),
            Place::Tile(id) => self.tiles.get(id).copied(),
            Place::Group(group) => self.find_frame(group, all, position),
        }
    }

    fn find_frame(&self, group: &SecurityGroupId, all: &[Place], position: usize) -> Option<Joint> {
        let mut parts = self.frames.iter().filter(|(of, _, _)| of == group);
        let (before, after) = all.split_at(position);
        let nearest = after.iter().chain(before.iter().rev());
        for other in nearest {
            let around = match other {
                Place::Interface(task) | Place::Container(task, _) => {
                    let above = self.interfaces.get(task).map(|&joint| self.above(joint));
                    parts
                        .clone()
                        .find(|part| above.as_ref().is_some_and(|a| a.contains(&part.2)))
                }
                Place::Route(subnet) | Place::Subnet(subnet) => {
                    parts.clone().find(|part| part.1 == *subnet)
                }
                Place::Internet | Place::Gateway | Place::Group(_) | Place::Tile(_) => None,
            };
            if let Some(part) = around {
                return Some(part.2);
            }
        }
        parts.next().map(|part| part.2)
    }

    /// The point of one of a request's places.
    pub(crate) fn place(&self, all: &[Place], position: usize) -> Option<Point> {
        self.find(all, position).map(|joint| self.point(joint))
    }

    /// The way through places, in order; a place that is not on the picture is left out.
    pub(crate) fn track(&self, places: &[Place]) -> Option<Track> {
        let mut joints = (0..places.len()).filter_map(|position| self.find(places, position));
        let mut here = joints.next()?;
        let mut track = Track::begin(self.point(here));
        for next in joints {
            track.pass(self.between(here, next));
            here = next;
        }
        Some(track)
    }

    /// The way between two places: up to what encloses both, then down.
    fn between(&self, from: Joint, to: Joint) -> Vec<Point> {
        let (up, down) = (self.above(from), self.above(to));
        let Some(meet) = up.iter().find(|joint| down.contains(joint)).copied() else {
            return vec![self.point(to)];
        };
        let mut way = Vec::new();
        for &joint in up.iter().take_while(|&&joint| joint != meet) {
            let leg = self.nodes.get(joint).map_or(&[][..], |node| &node.leg);
            way.extend(leg.iter().rev().skip(1));
            way.extend(self.parent(joint).map(|parent| self.point(parent)));
        }
        let legs: Vec<_> = down.iter().take_while(|&&joint| joint != meet).collect();
        let legs = legs
            .iter()
            .rev()
            .filter_map(|&&joint| self.nodes.get(joint));
        way.extend(legs.flat_map(|node| &node.leg));
        way
    }

    /// The way from the gateway to a subnet's port.
    pub(crate) fn route(&self, subnet: &SubnetId) -> Vec<Point> {
        let (Some(gateway), Some(&port)) = (self.gateway, self.routes.get(subnet)) else {
            return Vec::new();
        };
        let leg = self.nodes.get(port).map_or(&[][..], |node| &node.leg);
        [self.point(gateway)]
            .into_iter()
            .chain(leg.iter().copied())
            .collect()
    }
}
