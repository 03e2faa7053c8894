//! What lies at a point of the picture.

use super::{Ground, SLOP};
use crate::scene::{Point, Rect, TaskBox};
use crate::view::{GroupCard, Shared, SubnetCard, TaskCard};
use fargate_core::ids::{SecurityGroupId, SubnetId, TaskId};

/// What a rule can begin or end at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Every address.
    Internet,
    /// The interfaces that wear a group.
    Group(SecurityGroupId),
}

/// Whether a box holds a point, or nearly.
pub(super) fn holds(rect: &Rect, at: Point) -> bool {
    rect.inset(-SLOP).contains(&Rect::new(at.x, at.y, 0.0, 0.0))
}

impl<'a> Ground<'a> {
    /// The zone at a point, by its place in the list of zones.
    pub(super) fn zone(self, at: Point) -> Option<usize> {
        let mut zones = self.scene.zones.iter();
        zones
            .find(|zone| holds(&zone.rect, at))
            .map(|zone| zone.index)
    }

    /// The box of a zone.
    pub(super) fn zone_rect(self, index: usize) -> Option<Rect> {
        let mut zones = self.scene.zones.iter();
        zones.find(|zone| zone.index == index).map(|zone| zone.rect)
    }

    /// The subnet at a point.
    pub(super) fn subnet(self, at: Point) -> Option<&'a SubnetCard> {
        let mut subnets = self.scene.subnets.iter();
        let id = subnets.find(|(_, subnet)| holds(&subnet.rect, at))?.0;
        self.subnet_card(id)
    }

    /// A subnet's card.
    pub(super) fn subnet_card(self, id: &SubnetId) -> Option<&'a SubnetCard> {
        let mut subnets = self.things.subnets.iter();
        subnets.find(|card| card.id == *id).map(|card| &**card)
    }

    /// The box of a subnet.
    pub(super) fn subnet_rect(self, id: &SubnetId) -> Option<Rect> {
        self.scene.subnets.get(id).map(|subnet| subnet.rect)
    }

    /// The subnets that are drawn, from top to bottom and left to right in their zones.
    pub(super) fn subnets(self) -> Vec<SubnetId> {
        let mut all: Vec<_> = self.scene.subnets.iter().collect();
        all.sort_by(|(_, a), (_, b)| {
            let columns = a.rect.x.total_cmp(&b.rect.x);
            columns.then(a.rect.y.total_cmp(&b.rect.y))
        });
        all.into_iter().map(|(id, _)| id.clone()).collect()
    }

    /// Whether the gateway is at a point. The Internet behind it counts too: a route leads there by way of the gateway.
    pub(super) fn gateway(self, at: Point) -> bool {
        holds(&self.gateway_rect(), at) || holds(&self.scene.internet, at)
    }

    /// The box of the gateway; of the Internet, where none is attached.
    pub(super) fn gateway_rect(self) -> Rect {
        let around = |at: Point| Rect::new(at.x - 16.0, at.y - 16.0, 32.0, 32.0);
        self.scene.gateway.map_or(self.scene.internet, around)
    }

    /// The task at a point that has an interface.
    pub(super) fn task(self, at: Point) -> Option<&'a TaskCard> {
        let mut tasks = self.scene.tasks.iter();
        let id = tasks
            .find(|(_, task)| {
                holds(&task.rect, at) || task.interface.is_some_and(|pill| holds(&pill.rect, at))
            })?
            .0;
        self.wearers().find(|card| card.id == *id)
    }

    /// The tasks that have an interface, so that they can wear a group.
    pub(super) fn wearers(self) -> impl Iterator<Item = &'a TaskCard> {
        let tasks = self.things.tasks.iter().map(|card| &**card);
        tasks.filter(|card| card.interface.is_some())
    }

    /// The box of a task's card.
    pub(super) fn task_rect(self, id: &TaskId) -> Option<Rect> {
        self.scene.tasks.get(id).map(TaskBox::outer)
    }

    /// Where a task's interface is.
    pub(super) fn plug(self, id: &TaskId) -> Option<Point> {
        let card = self.scene.tasks.get(id)?;
        Some(card.interface.map_or(card.plug, |pill| pill.rect.center()))
    }

    /// The groups that can be in a rule, in the order of their creation.
    pub(super) fn groups(self) -> Vec<&'a Shared<GroupCard>> {
        let mut groups: Vec<_> = self.things.groups.iter().collect();
        groups.sort_by_key(|group| (group.order, group.id.clone()));
        groups
    }

    /// A group's name.
    pub(super) fn group_name(self, id: &SecurityGroupId) -> String {
        let mut groups = self.things.groups.iter();
        let found = groups.find(|group| group.id == *id);
        found.map_or_else(|| id.to_string(), |group| group.name.clone())
    }

    /// What a rule can begin or end at, at a point: the Internet, or the innermost group there.
    pub(super) fn end(self, at: Point) -> Option<End> {
        if holds(&self.scene.internet, at) {
            return Some(End::Internet);
        }
        let frames = || self.scene.frames.iter().rev();
        let tab = frames().find(|frame| holds(&frame.tab, at));
        let frame = tab.or_else(|| frames().find(|frame| holds(&frame.rect, at)));
        frame.map(|frame| End::Group(frame.group.clone()))
    }

    /// The box of an end; a group that nothing wears has none.
    pub(super) fn end_rect(self, end: &End) -> Option<Rect> {
        match end {
            End::Internet => Some(self.scene.internet),
            End::Group(group) => {
                let mut frames = self.scene.frames.iter();
                frames
                    .find(|frame| frame.group == *group)
                    .map(|frame| frame.rect)
            }
        }
    }

    /// Everything that a rule can begin or end at: the Internet, then the groups.
    pub(super) fn ends(self) -> Vec<End> {
        let groups = self
            .groups()
            .into_iter()
            .map(|group| End::Group(group.id.clone()));
        std::iter::once(End::Internet).chain(groups).collect()
    }

    /// An end's name.
    pub(super) fn end_name(self, end: &End) -> String {
        match end {
            End::Internet => "Internet".to_owned(),
            End::Group(group) => self.group_name(group),
        }
    }
}

/// Whether a point lies in a loop; the loop closes from its last point to its first.
pub(super) fn inside(lasso: &[Point], at: Point) -> bool {
    let ends = lasso.iter().skip(1).chain(lasso.first());
    let crossings = lasso.iter().zip(ends).filter(|(a, b)| {
        let over = (a.y > at.y) != (b.y > at.y);
        over && at.x < a.x + (b.x - a.x) * (at.y - a.y) / (b.y - a.y)
    });
    crossings.count() % 2 == 1
}

/// Whether the pointer went further than a click does.
pub(super) fn far(from: Point, to: Point) -> bool {
    from.distance(to) > SLOP
}
