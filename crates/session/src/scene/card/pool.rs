//! A band of CPU or memory, divided among those who use it.

use crate::scene::geometry::{Rect, Slot};
use crate::scene::text::{self, Face};

/// A band with its owners' parts and the words behind them.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// One part per container that uses any of it: its place in the definition, and the box.
    pub parts: Vec<(usize, Rect)>,
    /// Where the words on the rest stand, if they have room there.
    pub words: Option<(Slot, String)>,
}

impl Pool {
    /// Divides a band among what each container uses of a total, and finds room for the first of the words that fits.
    pub fn divide(band: Rect, uses: &[u32], total: u32, words: &[String]) -> Self {
        const GAP: f64 = 2.0;
        let mut x = band.x;
        let mut parts = Vec::new();
        for (index, &used) in uses.iter().enumerate() {
            let width = band.w * f64::from(used) / f64::from(total.max(1));
            let width = width.min(band.right() - x);
            if used > 0 && width > GAP {
                parts.push((index, Rect::new(x, band.y, width - GAP, band.h)));
            }
            x += width.max(0.0);
        }
        let start = x + 12.0;
        let room = band.right() - 6.0 - start;
        let slot = Slot::start(start, band.y + band.h / 2.0 + 4.5, room);
        let fitting = words
            .iter()
            .find(|words| text::width(words, Face::Plain) <= room);
        let words = fitting.map(|words| (slot, words.clone()));
        Self { parts, words }
    }
}
