//! Lays the picture out: Internet above, the VPC below it, zones side by side, subnets in rows across them.

use super::card;
use super::frames::{Framer, Nest};
use super::geometry::{Point, Rect, Slot};
use super::rows::{Row, RowSite};
use super::spacing::{Density, Spacing};
use super::wires::Wires;
use super::{Scene, Things, Viewport, ZoneBox};
use crate::view::{SubnetCard, TaskCard, TileCard, TileKind};
use fargate_core::ids::SubnetId;
use litemap::LiteMap;
use std::net::Ipv4Addr;

/// From here on running tasks are drawn as mini cards.
const FULL_CARDS: usize = 40;

/// Lays everything out, as richly as it fits.
pub(crate) fn draw(things: &Things, viewport: Viewport) -> Scene {
    let live = things
        .tasks
        .iter()
        .filter(|task| !card::ended(task))
        .count();
    let mut last = None;
    for density in Density::ALL {
        let many = live > FULL_CARDS && density != Density::Mini;
        let alone = !density.is_large() || live <= 2;
        if many || !alone || (density == Density::Mini && live <= FULL_CARDS) {
            continue;
        }
        let (scene, fits) = Layout::new(things, viewport, density).draw();
        if fits {
            return scene;
        }
        // where nothing fits, the picture is larger than the screen: as rich as its width allows
        last = Some(scene);
    }
    last.unwrap_or_else(|| Layout::new(things, viewport, Density::Mini).draw().0)
}

/// A subnet with what is in it.
pub(super) struct Room<'a> {
    pub(super) card: &'a SubnetCard,
    pub(super) nests: Vec<Nest<'a>>,
    pub(super) ended: Vec<&'a TaskCard>,
    pub(super) tiles: Vec<&'a TileCard>,
    /// The nodes of load balancers, which are drawn as bars across the zones.
    pub(super) nodes: Vec<&'a TileCard>,
}

/// A zone with its subnets.
pub(super) struct Column<'a> {
    pub(super) index: usize,
    pub(super) rooms: Vec<Room<'a>>,
    pub(super) x: f64,
    pub(super) width: f64,
}

/// A way to a subnet's port, joined to the gateway when that stands.
pub(super) struct Port {
    pub(super) subnet: SubnetId,
    pub(super) at: Point,
    /// The gutter of the zone, for ports that others lie above.
    pub(super) gutter: Option<f64>,
    pub(super) served: bool,
    pub(super) used: bool,
}

pub(super) struct Layout<'a> {
    pub(super) things: &'a Things,
    pub(super) viewport: Viewport,
    pub(super) density: Density,
    pub(super) spacing: Spacing,
    pub(super) scene: Scene,
    pub(super) wires: Wires,
    pub(super) ports: Vec<Port>,
    pub(super) fits: bool,
}

impl<'a> Layout<'a> {
    pub(super) fn new(things: &'a Things, viewport: Viewport, density: Density) -> Self {
        let scene = Scene {
            size: Rect::new(0.0, 0.0, viewport.width, viewport.height),
            density,
            internet: Rect::default(),
            internet_note: None,
            gateway: None,
            gateway_note: None,
            vpc: None,
            zones: Vec::new(),
            subnets: LiteMap::new(),
            frames: Vec::new(),
            tiles: Vec::new(),
            tasks: LiteMap::new(),
            routes: Vec::new(),
            exits: Vec::new(),
            leads: Vec::new(),
            outline: Vec::new(),
            wires: Wires::default(),
        };
        Self {
            things,
            viewport,
            density,
            spacing: Spacing::of(viewport, density),
            scene,
            wires: Wires::from_internet(Point::default()),
            ports: Vec::new(),
            fits: true,
        }
    }

    pub(super) fn draw(mut self) -> (Scene, bool) {
        let bands = self.bands();
        let (left, bottom) = self.spacing.margin;
        let (side, above, below) = self.spacing.zone_inset;
        let mut y = self.spacing.vpc_top + above;
        let floor = self.viewport.height - bottom - below;
        let mut right = self.viewport.width - left - side;
        let count = bands.len();
        for (index, band) in bands.iter().enumerate() {
            let rest = floor - y;
            let least = if index + 1 == count { rest } else { 0.0 };
            let height = self.band(band, y, least, index == 0);
            y += height + self.spacing.subnet_gap;
            right = band
                .iter()
                .map(|column| column.x + column.width)
                .fold(right, f64::max);
        }
        y = (y - self.spacing.subnet_gap).max(floor);
        self.fits &= y <= floor + 0.5;
        self.fits &= right <= self.viewport.width - left - side + 0.5;
        self.vpc(right + side - left, y + below);
        self.gateway();
        self.scene.wires = std::mem::take(&mut self.wires);
        self.scene.outline = self.scene.outline_of(self.things);
        (self.scene, self.fits)
    }

    /// The zones in bands: one, or one for each zone on a phone that shows all.
    pub(super) fn bands(&self) -> Vec<Vec<Column<'a>>> {
        if self.things.vpc.is_none() {
            return Vec::new();
        }
        let shown = |index: usize| {
            !self.viewport.compact || self.viewport.zone.is_none_or(|zone| zone == index)
        };
        let columns: Vec<Column<'a>> = (0..self.things.zones.len())
            .filter(|&index| shown(index))
            .map(|index| Column {
                index,
                rooms: self.rooms(index),
                x: 0.0,
                width: 0.0,
            })
            .collect();
        let mut bands: Vec<Vec<Column<'a>>> = if self.viewport.compact {
            columns.into_iter().map(|column| vec![column]).collect()
        } else {
            vec![columns]
        };
        for band in &mut bands {
            self.widths(band);
        }
        bands
    }

    pub(super) fn rooms(&self, zone: usize) -> Vec<Room<'a>> {
        let name = self.things.zones.get(zone);
        let mut rooms: Vec<Room<'a>> = self
            .things
            .subnets
            .iter()
            .filter(|subnet| Some(&subnet.zone) == name)
            .map(|subnet| self.room(subnet))
            .collect();
        rooms.sort_by_key(|room| (!room.card.public, block(&room.card.cidr)));
        rooms
    }

    pub(super) fn room(&self, card: &'a SubnetCard) -> Room<'a> {
        let mut tasks: Vec<&TaskCard> = self
            .things
            .tasks
            .iter()
            .map(|task| &**task)
            .filter(|task| task.subnet == card.id)
            .collect();
        tasks.sort_by_key(|task| (task.stages.first().map(|stage| stage.from), &task.id));
        let (mut ended, live): (Vec<_>, Vec<_>) =
            tasks.into_iter().partition(|task| card::ended(task));
        let failed = |task: &&TaskCard| task.stop.as_ref().is_some_and(|stop| stop.failed);
        ended.reverse();
        ended.sort_by_key(|task| !failed(task));
        let groups = &self.things.groups;
        let nests = Nest::sort(&live, |id| {
            groups
                .iter()
                .map(|group| &**group)
                .find(|group| group.id == *id)
        });
        let tiles = self.things.tiles.iter().flat_map(|tiles| tiles.iter());
        let here = tiles.filter(|tile| tile.subnet == card.id);
        let (nodes, tiles) = here.partition(|tile| tile.kind == TileKind::LoadBalancer);
        Room {
            card,
            nests,
            ended,
            tiles,
            nodes,
        }
    }

    /// Gives every zone its width: those without subnets are narrow, the others share the rest.
    pub(super) fn widths(&self, band: &mut [Column<'_>]) {
        let (least, empty) = self.spacing.zone_widths;
        let left = self.spacing.margin.0 + self.spacing.zone_inset.0;
        let gaps = self.spacing.zone_gap * (band.len() as f64 - 1.0).max(0.0);
        let room = self.viewport.width - 2.0 * left - gaps;
        let used = band
            .iter()
            .filter(|column| !column.rooms.is_empty())
            .count();
        let narrow = if used == 0 {
            room / band.len().max(1) as f64
        } else {
            empty
        };
        let unused = (band.len() - used) as f64;
        let wide = (room - unused * narrow) / used.max(1) as f64;
        let mut x = left;
        for column in band {
            column.x = x;
            column.width = if column.rooms.is_empty() {
                narrow
            } else {
                wide.max(least).max(self.least_width(column))
            };
            x += column.width + self.spacing.zone_gap;
        }
    }

    /// The least width of a zone in which no card is clipped.
    pub(super) fn least_width(&self, column: &Column<'_>) -> f64 {
        let framer = Framer {
            spacing: &self.spacing,
            density: self.density,
        };
        let nests = column.rooms.iter().flat_map(|room| &room.nests);
        let widest = nests
            .map(|nest| framer.least_width(nest))
            .fold(0.0, f64::max);
        widest + 2.0 * (self.subnet_inset() + self.spacing.frame_inset)
    }

    /// The height of a zone's name; a zone shown alone on a phone has none.
    pub(super) fn title_height(&self) -> f64 {
        match (self.viewport.compact, self.viewport.zone) {
            (true, Some(_)) => 0.0,
            (true, None) => 24.0,
            (false, _) => self.spacing.subnet_inset.1,
        }
    }

    /// Lays a band of zones out at a height, at least so high. Gives its height.
    pub(super) fn band(&mut self, band: &[Column<'a>], y: f64, least: f64, first: bool) -> f64 {
        let title = self.title_height();
        let gap = self.spacing.subnet_gap;
        let foot = if self.viewport.compact { 0.0 } else { gap };
        let rows = band
            .iter()
            .map(|column| column.rooms.len())
            .max()
            .unwrap_or(0);
        let plans: Vec<Row> = (0..rows).map(|row| self.row(band, row)).collect();
        let used: f64 = plans.iter().map(|row| row.height + gap).sum();
        let ghost = if rows == 0 { 100.0 + gap } else { 0.0 };
        let height = (title + used - gap + ghost + foot).max(least);
        self.zones(band, Rect::new(0.0, y, 0.0, height), title);
        let spare = (height - (title + used - gap + foot)).max(0.0);
        let full = plans.iter().filter(|row| row.content > 0.0).count();
        let each = spare / if full == 0 { rows } else { full }.max(1) as f64;
        let mut top = y + title;
        for (index, plan) in plans.iter().enumerate() {
            let extra = if full == 0 || plan.content > 0.0 {
                each
            } else {
                0.0
            };
            let frame = RowSite {
                index,
                top,
                height: plan.height + extra,
                bottom: y + height - foot,
                direct: first && index == 0,
            };
            self.lay_row(band, plan, &frame);
            top += plan.height + extra + gap;
        }
        height
    }

    pub(super) fn zones(&mut self, band: &[Column<'a>], rect: Rect, title: f64) {
        for column in band {
            let Some(name) = self.things.zones.get(column.index) else {
                continue;
            };
            let outline = Rect::new(column.x, rect.y, column.width, rect.h);
            let titled = title > 0.0;
            let empty = column.rooms.is_empty();
            let inset = if column.width > 160.0 { 12.0 } else { 8.0 };
            let top = rect.y + if titled { title.max(28.0) + 4.0 } else { 8.0 };
            let ghost = Rect::new(
                column.x + inset,
                top,
                column.width - 2.0 * inset,
                96.0_f64.min(outline.bottom() - top - 4.0),
            );
            self.scene.zones.push(ZoneBox {
                index: column.index,
                name: name.clone(),
                rect: outline,
                title: titled
                    .then(|| Slot::start(column.x + 12.0, rect.y + 17.0, column.width - 20.0)),
                ghost: empty.then_some(ghost),
            });
        }
    }
}

/// The first address of a block, to sort by.
fn block(cidr: &str) -> Option<Ipv4Addr> {
    cidr.split_once('/')?.0.parse().ok()
}
