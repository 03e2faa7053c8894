//! Rows of subnets across the zones: boundaries stand at the same height in each, so that one may go over several.

use super::card::{self, TaskBox};
use super::frames::{Edge, Framer, NEXT_FRAME, Site, push_frame};
use super::geometry::{Point, Rect, Slot};
use super::layout::{Column, Layout, Port, Room};
use super::spacing::Density;
use super::subnet::{HEAD, SubnetBox};
use super::tiles;
use crate::view::{GroupCard, TaskCard};
use litemap::LiteMap;

/// Above the tiles of a subnet: room for lines to them.
const TILES_LANE: f64 = 16.0;
/// At most this many tasks that ended are drawn in a subnet.
const ENDED_SHOWN: usize = 3;

/// A row of subnets across the zones.
pub(super) struct Row {
    /// The boundaries by the order of their groups, at the same height in each subnet.
    pub(super) slots: LiteMap<Option<usize>, RowSlot>,
    /// The load balancers with the zones that they have a node in, each at the same height in all of them.
    pub(super) bars: LiteMap<String, Vec<usize>>,
    /// The height of what is below the subnets' heads.
    pub(super) content: f64,
    pub(super) height: f64,
}

/// The boundaries of one group in a row.
#[derive(Default)]
pub(super) struct RowSlot {
    pub(super) columns: Vec<usize>,
    pub(super) height: f64,
}

impl RowSlot {
    /// The first and last of the neighbouring zones over which the boundary at a zone goes.
    pub(super) fn run(&self, position: usize) -> (usize, usize) {
        run(&self.columns, position)
    }
}

/// The first and last of the neighbouring places around one.
pub(super) fn run(places: &[usize], position: usize) -> (usize, usize) {
    let mut from = position;
    while from > 0 && places.contains(&(from - 1)) {
        from -= 1;
    }
    let mut to = position;
    while places.contains(&(to + 1)) {
        to += 1;
    }
    (from, to)
}

/// Where a row goes.
pub(super) struct RowSite {
    pub(super) index: usize,
    pub(super) top: f64,
    pub(super) height: f64,
    pub(super) bottom: f64,
    /// Whether nothing lies between it and the gateway.
    pub(super) direct: bool,
}

/// Left edge and width of a boundary over neighbouring zones.
pub(super) fn span(band: &[Column<'_>], from: usize, to: usize, inset: f64) -> (f64, f64) {
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

impl<'a> Layout<'a> {
    /// What a row of subnets needs.
    pub(super) fn row(&self, band: &[Column<'a>], row: usize) -> Row {
        let framer = Framer {
            spacing: &self.spacing,
            density: self.density,
        };
        let lane = self.spacing.lane;
        let inset = self.subnet_inset() + self.spacing.frame_inset;
        let mut slots: LiteMap<Option<usize>, RowSlot> = LiteMap::new();
        let mut bars: LiteMap<String, Vec<usize>> = LiteMap::new();
        let (mut shelves, mut tiled): (f64, f64) = (0.0, 0.0);
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
            for node in &room.nodes {
                bars.entry(node.owner.clone()).or_default().push(position);
            }
            shelves = shelves.max(shelf_height(&room.ended, width));
            tiled = tiled.max(tiles::height(room.tiles.len(), width));
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
        content += tiles::bars_height(bars.len());
        if tiled > 0.0 {
            content += TILES_LANE + tiled;
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
            bars,
            content,
            height: HEAD + content + bottom,
        }
    }

    pub(super) fn subnet_inset(&self) -> f64 {
        self.spacing.subnet_inset.0
    }

    pub(super) fn lay_row(&mut self, band: &[Column<'a>], plan: &Row, site: &RowSite) {
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
    pub(super) fn lay_boundaries(&mut self, band: &[Column<'a>], plan: &Row, site: &RowSite) {
        let inset = self.subnet_inset() + self.spacing.frame_inset;
        let mut y = site.top + HEAD + self.spacing.lane + tiles::bars_height(plan.bars.len());
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

    pub(super) fn lay_room(
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
        // load balancers come first, as their requests do
        let bars_at = rect.y + HEAD + TILES_LANE;
        self.bars(room, plan, (band, position), (mark, lane, bars_at));
        let barred = tiles::bars_height(plan.bars.len());
        let framer = Framer {
            spacing: &self.spacing,
            density: self.density,
        };
        let left = rect.x + self.spacing.frame_inset;
        let width = rect.w - 2.0 * self.spacing.frame_inset;
        let inset = self.spacing.subnet_inset.0 + self.spacing.frame_inset;
        let beside = rect.x + self.spacing.frame_inset / 2.0;
        let mut y = rect.y + HEAD + self.spacing.lane + barred;
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
        let roomy = rect.h > HEAD + 44.0 && rect.w > 180.0;
        let bare = room.nests.is_empty()
            && room.ended.is_empty()
            && room.tiles.is_empty()
            && room.nodes.is_empty();
        subnet.hint = (bare && roomy)
            .then(|| Slot::start(rect.x + 10.0, rect.y + HEAD + 24.0, rect.w - 20.0));
        let mut shelf_top = if plan.slots.is_empty() || room.nests.is_empty() {
            rect.y + HEAD + 16.0 + barred
        } else {
            y - NEXT_FRAME + 16.0
        };
        let tiles_at = Rect::new(left, shelf_top + TILES_LANE - 16.0, width, 0.0);
        self.tiles(room, tiles_at, (mark, beside, lane));
        let tiled = tiles::height(room.tiles.len(), width);
        if tiled > 0.0 {
            shelf_top += TILES_LANE + tiled;
        }
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
    pub(super) fn shelf(
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
}
