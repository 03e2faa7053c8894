//! The scene: where everything of a view is drawn. Plain boxes, lines and text positions, derived from the cards alone.
//!
//! The scene holds no figure that changes with every tick: bars and words are drawn from the cards into its boxes, so a
//! scene stays equal until something comes, goes, moves or is renamed.

mod card;
mod exits;
mod frames;
mod gates;
mod geometry;
mod layout;
mod next_subnet;
mod outline;
mod rows;
mod spacing;
mod subnet;
#[cfg(test)]
mod tests;
pub mod text;
mod tiles;
mod track;
mod wires;

pub use card::{
    Bands, ChipBox, Loopback, Meter, PillBox, Pool, TaskBox, large_note, note, ports, reason_lines,
};
pub use exits::{ExitBox, RouteLine};
pub use frames::{FrameBox, RuleChip};
pub use geometry::{Point, Rect, Slot};
pub use next_subnet::next_subnet;
pub use outline::{
    Direction, Key, OutlineItem, container_name, subnet_name, task_name, tile_name, vpc_name,
};
pub use spacing::Density;
pub use subnet::{SubnetBox, strip};
pub use tiles::TileBox;
pub use track::{Track, path};

use crate::details::Details;
use crate::view::{GroupCard, Place, Shared, SubnetCard, TaskCard, TileCard, View, VpcCard};
use fargate_core::ids::{SubnetId, TaskId};
use litemap::LiteMap;
use std::sync::Arc;
use wires::Wires;

/// The room for the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Viewport {
    /// In pixels.
    pub width: f64,
    /// In pixels.
    pub height: f64,
    /// Whether it is a phone's: one column, everything tighter.
    pub compact: bool,
    /// The zone to show on a phone, by its place in the list; all below each other where absent.
    pub zone: Option<usize>,
}

/// The cards that are drawn.
#[derive(Clone, Debug, Default)]
pub struct Things {
    /// The zones.
    pub zones: Vec<Arc<str>>,
    /// The VPC.
    pub vpc: Option<Shared<VpcCard>>,
    /// The subnets.
    pub subnets: Vec<Shared<SubnetCard>>,
    /// The security groups.
    pub groups: Vec<Shared<GroupCard>>,
    /// What stands in subnets beside tasks.
    pub tiles: Option<Shared<Vec<TileCard>>>,
    /// The tasks.
    pub tasks: Vec<Shared<TaskCard>>,
    /// What the tools ask of the network beside; absent on a first visit.
    pub details: Option<Arc<Details>>,
}

impl From<&View> for Things {
    fn from(view: &View) -> Self {
        Self {
            zones: view.zones.to_vec(),
            vpc: view.vpc.clone(),
            subnets: view.subnets.values().cloned().collect(),
            groups: view.groups.values().cloned().collect(),
            tiles: Some(view.tiles.clone()),
            tasks: view.tasks.values().cloned().collect(),
            details: None,
        }
    }
}

/// Where everything is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The size of the picture; larger than the viewport where that cannot hold it.
    pub size: Rect,
    /// How much the cards of running tasks show.
    pub density: Density,
    /// The Internet's pill.
    pub internet: Rect,
    /// The word beside the Internet, where there is room.
    pub internet_note: Option<Slot>,
    /// The internet gateway's middle, on the edge of the VPC, while one is attached.
    pub gateway: Option<Point>,
    /// The word 'Internet gateway', where there is room.
    pub gateway_note: Option<Slot>,
    /// The VPC.
    pub vpc: Option<VpcBox>,
    /// The zones that are shown.
    pub zones: Vec<ZoneBox>,
    /// The subnets.
    pub subnets: LiteMap<SubnetId, SubnetBox>,
    /// The boundaries of security groups, the outer ones first.
    pub frames: Vec<FrameBox>,
    /// What stands in subnets beside tasks.
    pub tiles: Vec<TileBox>,
    /// The tasks.
    pub tasks: LiteMap<TaskId, TaskBox>,
    /// The dotted lines from the gateway to the ports of subnets that it serves.
    pub routes: Vec<Vec<Point>>,
    /// The ways out beside the internet gateway; see [`Scene::furnish`].
    pub exits: Vec<ExitBox>,
    /// The lines of routes that lead elsewhere than to the internet gateway.
    pub leads: Vec<RouteLine>,
    /// Everything as a tree, each thing before what lies in it.
    pub outline: Vec<OutlineItem>,
    wires: Wires,
}

/// The VPC.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VpcBox {
    /// Its outline.
    pub rect: Rect,
    /// The tab with its block on the upper edge.
    pub tab: Rect,
}

/// A zone.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneBox {
    /// Its place in the list of zones.
    pub index: usize,
    /// Its name: `us-east-1a`.
    pub name: Arc<str>,
    /// Its column.
    pub rect: Rect,
    /// Where its name stands; absent where the zone is shown alone.
    pub title: Option<Slot>,
    /// Where a subnet can be drawn, in a zone that has none.
    pub ghost: Option<Rect>,
}

impl Scene {
    /// Lays everything out for a viewport, as richly as it fits.
    pub fn draw(things: &Things, viewport: Viewport) -> Self {
        layout::draw(things, viewport)
    }

    /// The way of a request; `None` where none of its places is on the picture.
    pub fn track(&self, places: &[Place]) -> Option<Track> {
        if let Some(loopback) = self.loopback(places) {
            return Some(loopback);
        }
        self.wires.track(places)
    }

    /// Where one of a request's places is. The others tell which part of a boundary is meant.
    pub fn place(&self, all: &[Place], position: usize) -> Option<Point> {
        self.wires.place(all, position)
    }

    /// The box of one of a request's places, for the ring around it.
    pub fn place_rect(&self, all: &[Place], position: usize) -> Option<Rect> {
        let around = |at: Point| Rect::new(at.x - 14.0, at.y - 14.0, 28.0, 28.0);
        match all.get(position)? {
            Place::Internet => Some(self.internet),
            Place::Gateway => self.gateway.map(around),
            Place::Subnet(subnet) => self.subnets.get(subnet).map(|subnet| subnet.rect),
            Place::Route(_) => {
                let at = self.place(all, position)?;
                Some(Rect::new(at.x - 8.0, at.y - 8.0, 16.0, 16.0))
            }
            Place::Group(group) => {
                let at = self.place(all, position)?;
                let parts = self.frames.iter().filter(|frame| frame.group == *group);
                parts
                    .map(|frame| frame.rect)
                    .find(|rect| rect.contains(&Rect::new(at.x, at.y, 0.0, 0.0)))
            }
            Place::Interface(task) => {
                let card = self.tasks.get(task)?;
                Some(card.interface.map_or(card.rect, |pill| pill.rect))
            }
            Place::Tile(id) => {
                let mut tiles = self.tiles.iter();
                let tile = tiles.find(|tile| tile.card.id == *id);
                tile.map(|tile| tile.rect)
            }
            Place::Container(task, index) => {
                let chip = self.tasks.get(task)?.chips.get(*index);
                chip.map(|chip| chip.rect)
            }
        }
    }

    /// The way between two containers of one task, which is the dotted line on its card.
    fn loopback(&self, places: &[Place]) -> Option<Track> {
        let (Some(Place::Container(task, from)), Some(Place::Container(other, to))) =
            (places.first(), places.last())
        else {
            return None;
        };
        if task != other {
            return None;
        }
        let chips = &self.tasks.get(task)?.chips;
        let (from, to) = (chips.get(*from)?.rect, chips.get(*to)?.rect);
        let start = Point::new(
            if from.x < to.x { from.right() } else { from.x },
            from.center().y,
        );
        let end = Point::new(if from.x < to.x { to.x } else { to.right() }, to.center().y);
        let mut track = Track::begin(start);
        track.pass([end]);
        Some(track)
    }
}
