//! Tiles: what stands in a subnet beside tasks, such as a NAT gateway or a database, each with its address.

use super::geometry::{Point, Rect, Slot};
use super::layout::{Layout, Room};
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

impl Layout<'_> {
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
                icon: Rect::new(x + 8.0, y + 10.0, 16.0, 16.0),
                name: Slot::start(x + 30.0, y + 15.0, words),
                note: Slot::start(x + 30.0, y + 29.0, words),
            });
            let above = y - GAP / 2.0;
            let at = Point::new(x + 16.0, y);
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
