//! Tiles: what stands in a subnet beside tasks, such as a NAT gateway or a database, each with its address. A load balancer is one
//! bar across its zones, with an address in each.

use super::geometry::{Point, Rect, Slot};
use super::layout::{Column, Layout, Room};
use super::rows::{Row, run, span};
use crate::view::TileCard;

/// The height of a tile.
const HEIGHT: f64 = 36.0;
/// Between tiles, and above them.
const GAP: f64 = 8.0;
/// The widest and the narrowest tile.
const WIDTHS: (f64, f64) = (172.0, 108.0);

/// A tile.
#[derive(Clone, Debug, PartialEq)]
pub struct TileBox {
    /// What it shows.
    pub card: TileCard,
    /// Its outline.
    pub rect: Rect,
    /// The box that is drawn: its own, or that of the whole bar where it is the first of one; the others of a bar have none.
    pub drawn: Option<Rect>,
    /// The icon of its kind.
    pub icon: Rect,
    /// Its name.
    pub name: Slot,
    /// Its address, and its state where it is not in use.
    pub note: Slot,
}

/// Columns and width of the tiles in a subnet of a width.
fn grid(count: usize, width: f64) -> (usize, f64) {
    let most = (((width + GAP) / (WIDTHS.1 + GAP)).floor() as usize).max(1);
    let columns = most.min(count.max(1));
    let share = (width - GAP * (columns as f64 - 1.0)) / columns as f64;
    (columns, share.min(WIDTHS.0))
}

/// The height of so many tiles, the gap above them included; 0 for none.
pub(super) fn height(count: usize, width: f64) -> f64 {
    let rows = count.div_ceil(grid(count, width).0);
    rows as f64 * (HEIGHT + GAP)
}

/// The height of so many bars of load balancers, the gap above them included.
pub(super) fn bars_height(count: usize) -> f64 {
    if count == 0 {
        return 0.0;
    }
    16.0 + count as f64 * (HEIGHT + GAP)
}

impl Layout<'_> {
    /// Lays the nodes of load balancers in a subnet out, each as its part of the bar across the zones.
    pub(super) fn bars(
        &mut self,
        room: &Room<'_>,
        plan: &Row,
        (band, position): (&[Column<'_>], usize),
        (joint, lane, top): (usize, f64, f64),
    ) {
        let inset = self.subnet_inset() + self.spacing.frame_inset;
        for card in &room.nodes {
            let row = plan.bars.keys().position(|owner| *owner == card.owner);
            let (Some(row), Some(zones)) = (row, plan.bars.get(&card.owner)) else {
                continue;
            };
            let (from, to) = run(zones, position);
            let y = top + row as f64 * (HEIGHT + GAP);
            let (x, width) = span(band, position, position, inset);
            let whole = span(band, from, to, inset);
            let begins = position == from;
            let words = if begins { width - 36.0 } else { 0.0 };
            self.scene.tiles.push(TileBox {
                card: (*card).clone(),
                rect: Rect::new(x, y, width, HEIGHT),
                drawn: begins.then(|| Rect::new(whole.0, y, whole.1, HEIGHT)),
                icon: Rect::new(x + 8.0, y + 10.0, 16.0, 16.0),
                name: Slot::start(x + 30.0, y + 15.0, words),
                note: Slot::start(x + 30.0, y + 29.0, width - 36.0),
            });
            let at = Point::new(x + 16.0, y);
            self.wires
                .tile(joint, &card.id, vec![Point::new(at.x, lane), at]);
        }
    }

    /// Lays a subnet's tiles out below `top`. Lines come to them from the lane, past what lies above.
    pub(super) fn tiles(
        &mut self,
        room: &Room<'_>,
        rect: Rect,
        (joint, beside, lane): (usize, f64, f64),
    ) {
        let (columns, width) = grid(room.tiles.len(), rect.w);
        for (index, card) in room.tiles.iter().enumerate() {
            let (row, column) = (index / columns, index % columns);
            let x = rect.x + column as f64 * (width + GAP);
            let y = rect.y + row as f64 * (HEIGHT + GAP);
            let tile = Rect::new(x, y, width, HEIGHT);
            let words = width - 36.0;
            self.scene.tiles.push(TileBox {
                card: (*card).clone(),
                rect: tile,
                drawn: Some(tile),
                icon: Rect::new(x + 8.0, y + 10.0, 16.0, 16.0),
                name: Slot::start(x + 30.0, y + 15.0, words),
                note: Slot::start(x + 30.0, y + 29.0, words),
            });
            let above = y - GAP / 2.0;
            let at = Point::new(x + 16.0, y);
            let beside = if above - lane < HEIGHT { at.x } else { beside };
            let leg = vec![
                Point::new(beside, lane),
                Point::new(beside, above),
                Point::new(at.x, above),
                at,
            ];
            self.wires.tile(joint, &card.id, leg);
        }
    }
}
