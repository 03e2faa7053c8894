//! Lays the picture out: Internet above, the VPC below it, zones side by side, subnets in rows across them.

use super::card::{self, TaskBox};
use super::frames::{Edge, Framer, NEXT_FRAME, Nest, Site, push_frame};
use super::geometry::{Point, Rect, Slot};
use super::spacing::{Density, Spacing};
use super::subnet::{HEAD, SubnetBox};
use super::text::{self, Face};
use super::wires::Wires;
use super::{Scene, Things, Viewport, VpcBox, ZoneBox};
use crate::view::{GroupCard, SubnetCard, TaskCard};
use fargate_core::ids::SubnetId;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// At most this many tasks that ended are drawn in a subnet.
const ENDED_SHOWN: usize = 3;
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
struct Room<'a> {
    card: &'a SubnetCard,
    nests: Vec<Nest<'a>>,
    ended: Vec<&'a TaskCard>,
}

/// A zone with its subnets.
struct Column<'a> {
    index: usize,
    rooms: Vec<Room<'a>>,
    x: f64,
    width: f64,
}

/// A way to a subnet's port, joined to the gateway when that stands.
struct Port {
    subnet: SubnetId,
    at: Point,
    /// The gutter of the zone, for ports that others lie above.
    gutter: Option<f64>,
    served: bool,
    used: bool,
}

struct Layout<'a> {
    things: &'a Things,
    viewport: Viewport,
    density: Density,
    spacing: Spacing,
    scene: Scene,
    wires: Wires,
    ports: Vec<Port>,
    fits: bool,
}

impl<'a> Layout<'a> {
    fn new(things: &'a Things, viewport: Viewport, density: Density) -> Self {
        let scene = Scene {
            size: Rect::new(0.0, 0.0, viewport.width, viewport.height),
            density,
            internet: Rect::default(),
            internet_note: None,
            gateway: None,
            gateway_note: None,
            vpc: None,
            zones: Vec::new(),
            subnets: BTreeMap::new(),
            frames: Vec::new(),
            tasks: BTreeMap::new(),
            routes: Vec::new(),
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

    fn draw(mut self) -> (Scene, bool) {
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
    fn bands(&self) -> Vec<Vec<Column<'a>>> {
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

    fn rooms(&self, zone: usize) -> Vec<Room<'a>> {
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

    fn room(&self, card: &'a SubnetCard) -> Room<'a> {
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
        Room { card, nests, ended }
    }

    /// Gives every zone its width: those without subnets are narrow, the others share the rest.
    fn widths(&self, band: &mut [Column<'_>]) {
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
    fn least_width(&self, column: &Column<'_>) -> f64 {
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
    fn title_height(&self) -> f64 {
        match (self.viewport.compact, self.viewport.zone) {
            (true, Some(_)) => 0.0,
            (true, None) => 24.0,
            (false, _) => self.spacing.subnet_inset.1,
        }
    }

    /// Lays a band of zones out at a height, at least so high. Gives its height.
    fn band(&mut self, band: &[Column<'a>], y: f64, least: f64, first: bool) -> f64 {
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

    fn zones(&mut self, band: &[Column<'a>], rect: Rect, title: f64) {
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

    /// What a row of subnets needs.
    fn row(&self, band: &[Column<'a>], row: usize) -> Row {
        let framer = Framer {
            spacing: &self.spacing,
            density: self.density,
        };
        let lane = self.spacing.lane;
        let inset = self.subnet_inset() + self.spacing.frame_inset;
        let mut slots: BTreeMap<Option<usize>, RowSlot> = BTreeMap::new();
        let mut shelves: f64 = 0.0;
        for (position, column) in band.iter().enumerate() {
            let Some(room) = column.rooms.get(row) else {
                continue;
            };
            let width = column.width - 2.0 * inset;
            for nest in &room.nests {
                slots
                    .entry(nest.order())
                    .or_default()
                    .columns
                    .push(position);
            }
            shelves = shelves.max(shelf_height(&room.ended, width));
        }
        for (order, slot) in &mut slots {
            for &position in &slot.columns {
                let Some(column) = band.get(position) else {
                    continue;
                };
                let nest = column
                    .rooms
                    .get(row)
                    .and_then(|room| room.nests.iter().find(|nest| nest.order() == *order));
                let Some(nest) = nest else { continue };
                let (from, to) = slot.run(position);
                let whole = span(band, from, to, inset);
                let edge = nest.group.map(|group| Edge::of(group, whole.1));
                let width = column.width - 2.0 * inset;
                let height = framer.height(nest, width, edge.as_ref());
                slot.height = slot.height.max(height);
            }
        }
        let gaps = NEXT_FRAME * (slots.len() as f64 - 1.0).max(0.0);
        let boundaries: f64 = slots.values().map(|slot| slot.height).sum::<f64>() + gaps;
        let mut content = 0.0;
        if !slots.is_empty() {
            content += lane + boundaries;
        }
        if shelves > 0.0 {
            content += 16.0 + shelves;
        }
        let bottom = if content > 0.0 {
            self.spacing.subnet_bottom
        } else {
            11.0
        };
        Row {
            slots,
            content,
            height: HEAD + content + bottom,
        }
    }

    fn subnet_inset(&self) -> f64 {
        self.spacing.subnet_inset.0
    }

    fn lay_row(&mut self, band: &[Column<'a>], plan: &Row, site: &RowSite) {
        self.lay_boundaries(band, plan, site);
        for (position, column) in band.iter().enumerate() {
            let Some(room) = column.rooms.get(site.index) else {
                continue;
            };
            let last = site.index + 1 == column.rooms.len();
            let bottom = if last {
                site.bottom
            } else {
                site.top + site.height
            };
            let inset = self.subnet_inset();
            let rect = Rect::new(
                column.x + inset,
                site.top,
                column.width - 2.0 * inset,
                bottom - site.top,
            );
            let gutter = (!site.direct).then_some(column.x - 4.0);
            self.lay_room(room, rect, plan, position, band, gutter);
        }
    }

    /// The boundaries of a row, which may go across its subnets.
    fn lay_boundaries(&mut self, band: &[Column<'a>], plan: &Row, site: &RowSite) {
        let inset = self.subnet_inset() + self.spacing.frame_inset;
        let mut y = site.top + HEAD + self.spacing.lane;
        for (order, slot) in &plan.slots {
            for &position in &slot.columns {
                let (from, to) = slot.run(position);
                let nest = band
                    .get(position)
                    .and_then(|column| column.rooms.get(site.index))
                    .and_then(|room| room.nests.iter().find(|nest| nest.order() == *order));
                if position == from
                    && let Some(group) = nest.and_then(|nest| nest.group)
                {
                    let (x, width) = span(band, from, to, inset);
                    let rect = Rect::new(x, y, width, slot.height);
                    push_frame(&mut self.scene, group, rect, &Edge::of(group, width));
                }
            }
            y += slot.height + NEXT_FRAME;
        }
    }

    fn lay_room(
        &mut self,
        room: &Room<'a>,
        rect: Rect,
        plan: &Row,
        position: usize,
        band: &[Column<'a>],
        gutter: Option<f64>,
    ) {
        let mut subnet = SubnetBox::lay(room.card, rect);
        let lane = rect.y + HEAD + (self.spacing.lane - 9.0) / 2.0;
        let mark = self.wires.port(&room.card.id);
        let framer = Framer {
            spacing: &self.spacing,
            density: self.density,
        };
        let left = rect.x + self.spacing.frame_inset;
        let width = rect.w - 2.0 * self.spacing.frame_inset;
        let inset = self.spacing.subnet_inset.0 + self.spacing.frame_inset;
        let beside = rect.x + self.spacing.frame_inset / 2.0;
        let mut y = rect.y + HEAD + self.spacing.lane;
        // the port stands above the first boundary's entry, which is known once its cards lie; so it is asked for first
        let mut port = None;
        for (order, slot) in &plan.slots {
            if let Some(nest) = room.nests.iter().find(|nest| nest.order() == *order) {
                let (from, to) = slot.run(position);
                let whole = span(band, from, to, inset);
                let edge = nest.group.map(|group: &GroupCard| Edge::of(group, whole.1));
                let mut site = Site {
                    subnet: &room.card.id,
                    rect: Rect::new(left, y, width, slot.height),
                    edge: edge.as_ref(),
                    whole: Rect::new(whole.0, y, whole.1, slot.height),
                    parent: mark,
                    entry: Point::new(0.0, lane),
                    bypass: None,
                };
                let port_x =
                    *port.get_or_insert_with(|| subnet.port_near(framer.entry(nest, &site)));
                site.entry.x = port_x;
                let top = rect.y + HEAD + self.spacing.lane;
                site.bypass = (y > top + 1.0).then_some(beside);
                framer.lay(nest, &site, &mut self.scene, &mut self.wires);
            }
            y += slot.height + NEXT_FRAME;
        }
        subnet.port = port.unwrap_or_else(|| subnet.port_near(rect.center().x));
        self.wires
            .lane(&room.card.id, Point::new(subnet.port, lane));
        let shelf_top = if plan.slots.is_empty() {
            rect.y + HEAD + 16.0
        } else {
            y - NEXT_FRAME + 16.0
        };
        subnet.more = self.shelf(room, Rect::new(left, shelf_top, width, 0.0), (mark, beside));
        self.ports.push(Port {
            subnet: room.card.id.clone(),
            at: Point::new(subnet.port, rect.y),
            gutter,
            served: room.card.public,
            used: port.is_some(),
        });
        self.scene.subnets.insert(room.card.id.clone(), subnet);
    }

    /// The tasks that ended, below the boundaries: they have no interface and wear no group.
    fn shelf(
        &mut self,
        room: &Room<'a>,
        rect: Rect,
        (joint, beside): (usize, f64),
    ) -> Option<(Slot, usize)> {
        let (columns, width) = shelf_grid(rect.w);
        let shown: Vec<_> = room.ended.iter().take(ENDED_SHOWN).collect();
        let mut y = rect.y;
        for row in shown.chunks(columns) {
            let mut tallest: f64 = 0.0;
            for (column, task) in row.iter().enumerate() {
                let x = rect.x + column as f64 * (width + 8.0);
                let mut card = TaskBox::lay(task, Density::Line, Point::new(x, y), width);
                card.plug = Point::new(x, y + 18.0);
                let leg = vec![Point::new(beside, y + 18.0), card.plug];
                self.wires.interface(joint, &task.id, leg, []);
                tallest = tallest.max(card.rect.h);
                self.scene.tasks.insert(task.id.clone(), card);
            }
            y += tallest + 8.0;
        }
        let more = room.ended.len().saturating_sub(ENDED_SHOWN);
        (more > 0).then(|| (Slot::start(rect.x, y + 8.0, rect.w), more))
    }

    fn vpc(&mut self, width: f64, bottom: f64) {
        let Some(card) = &self.things.vpc else { return };
        let (left, below) = self.spacing.margin;
        let rect = Rect::new(
            left,
            self.spacing.vpc_top,
            width,
            bottom - self.spacing.vpc_top,
        );
        let wide = 52.0 + text::width(&card.cidr, Face::Mono);
        let tab = Rect::new(left + 12.0, rect.y - 10.0, wide, 20.0);
        self.scene.vpc = Some(VpcBox { rect, tab });
        self.scene.size = Rect::new(0.0, 0.0, rect.right() + left, rect.bottom() + below);
    }

    /// Puts the Internet and the gateway above the port that most lines go to, and joins the ports to them.
    fn gateway(&mut self) {
        let (top, width, height) = self.spacing.pill;
        let mut wishes = self
            .ports
            .iter()
            .filter(|port| port.used && port.gutter.is_none());
        let wish = match (wishes.next(), wishes.next()) {
            (Some(only), None) => only.at.x,
            (Some(_), Some(_)) => self
                .scene
                .zones
                .first()
                .map_or(0.0, |zone| zone.rect.right() + self.spacing.zone_gap / 2.0),
            (None, _) => self.viewport.width / 2.0,
        };
        let tab = self.scene.vpc.map_or(0.0, |vpc| vpc.tab.right());
        let from = (tab + 24.0).max(width / 2.0 + 8.0);
        let counts = if self.viewport.compact { 60.0 } else { 250.0 };
        let to = (self.viewport.width - counts).max(from);
        let x = wish.clamp(from, to);
        let at = Point::new(x, self.spacing.vpc_top);
        self.scene.internet = Rect::new(x - width / 2.0, top, width, height);
        let joint = self.wires.gateway(self.scene.internet.center(), at);
        let attached = self.things.vpc.as_ref();
        let attached = attached.is_some_and(|vpc| vpc.internet_gateway.is_some());
        self.scene.gateway = attached.then_some(at);
        self.notes(at);
        let bus = self.spacing.vpc_top + self.spacing.zone_inset.1 / 2.0;
        for port in std::mem::take(&mut self.ports) {
            let mut leg = Vec::new();
            match port.gutter {
                Some(gutter) => leg.extend([
                    Point::new(x, bus),
                    Point::new(gutter, bus),
                    Point::new(gutter, port.at.y - 5.0),
                    Point::new(port.at.x, port.at.y - 5.0),
                ]),
                None if (port.at.x - x).abs() > 0.01 => {
                    leg.extend([Point::new(x, bus), Point::new(port.at.x, bus)]);
                }
                None => {}
            }
            leg.push(port.at);
            self.wires.join(&port.subnet, joint, leg);
            if port.served && attached {
                self.scene.routes.push(self.wires.route(&port.subnet));
            }
        }
    }

    fn notes(&mut self, at: Point) {
        if self.viewport.compact {
            return;
        }
        let pill = self.scene.internet;
        let room = self.viewport.width - 216.0 - (pill.right() + 16.0);
        let slot = Slot::start(pill.right() + 16.0, pill.center().y + 4.5, room.min(220.0));
        self.scene.internet_note = (room >= 90.0).then_some(slot);
        let slot = Slot::start(at.x + 20.0, at.y - 6.0, 110.0);
        self.scene.gateway_note = self.scene.gateway.map(|_| slot);
    }
}

/// A row of subnets across the zones.
struct Row {
    /// The boundaries by the order of their groups, at the same height in each subnet.
    slots: BTreeMap<Option<usize>, RowSlot>,
    /// The height of what is below the subnets' heads.
    content: f64,
    height: f64,
}

/// The boundaries of one group in a row.
#[derive(Default)]
struct RowSlot {
    columns: Vec<usize>,
    height: f64,
}

impl RowSlot {
    /// The first and last of the neighbouring zones over which the boundary at a zone goes.
    fn run(&self, position: usize) -> (usize, usize) {
        let mut from = position;
        while from > 0 && self.columns.contains(&(from - 1)) {
            from -= 1;
        }
        let mut to = position;
        while self.columns.contains(&(to + 1)) {
            to += 1;
        }
        (from, to)
    }
}

/// Where a row goes.
struct RowSite {
    index: usize,
    top: f64,
    height: f64,
    bottom: f64,
    /// Whether nothing lies between it and the gateway.
    direct: bool,
}

/// Left edge and width of a boundary over neighbouring zones.
fn span(band: &[Column<'_>], from: usize, to: usize, inset: f64) -> (f64, f64) {
    let (Some(first), Some(last)) = (band.get(from), band.get(to)) else {
        return (0.0, 0.0);
    };
    let x = first.x + inset;
    (x, last.x + last.width - inset - x)
}

/// The height of the shelf of ended tasks.
fn shelf_height(ended: &[&TaskCard], width: f64) -> f64 {
    let grid = shelf_grid(width);
    let shown: Vec<_> = ended.iter().take(ENDED_SHOWN).collect();
    let rows = shown.chunks(grid.0).map(|row| {
        let heights = row
            .iter()
            .map(|task| card::height(task, Density::Line, grid.1));
        heights.fold(0.0, f64::max) + 8.0
    });
    let more = if ended.len() > ENDED_SHOWN { 20.0 } else { 0.0 };
    let height = rows.sum::<f64>() + more;
    if height > 0.0 { height - 8.0 } else { 0.0 }
}

/// Columns and card width of the shelf of ended tasks.
fn shelf_grid(width: f64) -> (usize, f64) {
    let columns = (((width + 8.0) / (180.0 + 8.0)).floor() as usize).clamp(1, ENDED_SHOWN);
    let share = (width - 8.0 * (columns as f64 - 1.0)) / columns as f64;
    (columns, share.min(300.0))
}

/// The first address of a block, to sort by.
fn block(cidr: &str) -> Option<Ipv4Addr> {
    cidr.split_once('/')?.0.parse().ok()
}
