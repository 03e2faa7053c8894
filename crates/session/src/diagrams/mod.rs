//! The share diagrams and the timeline as plain geometry: what is drawn where, derived from the cards alone.
//!
//! Everything is in pixels of the room that the page gives; the page only draws what it finds here.

pub mod bars;
pub mod cpu;
pub mod figures;
pub mod lanes;
pub mod memory;
pub mod prediction;
pub mod preview;
pub mod time_axis;

/// From where to where something lies.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Span {
    /// Where it begins.
    pub x: f64,
    /// How wide it is.
    pub w: f64,
}

impl Span {
    /// Where it ends.
    pub fn end(self) -> f64 {
        self.x + self.w
    }

    /// Its middle.
    pub fn middle(self) -> f64 {
        self.x + self.w / 2.0
    }

    /// Whether a text of so many characters has room in it, at 12 pixels.
    pub fn fits(self, characters: usize) -> bool {
        self.w >= characters as f64 * 7.0 + 4.0
    }
}

/// A stretch of a band that belongs to one container.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// The container's place in the definition.
    pub container: usize,
    /// Units or MiB.
    pub amount: u32,
    /// Where it lies.
    pub span: Span,
}

/// How many pixels a unit has: the task's size ends at the wall, and beyond it is room for a fifth more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    wall: f64,
    size: u32,
}

impl Scale {
    /// The scale of a task of `size` units or MiB in `width` pixels.
    pub fn new(width: f64, size: u32) -> Self {
        Self {
            wall: (width / 1.2).floor().max(1.0),
            size: size.max(1),
        }
    }

    /// Where the wall stands: beyond it nothing is granted.
    pub fn wall(&self) -> f64 {
        self.wall
    }

    /// The most that a slider asks for: a fifth more than the task has.
    pub fn reach(&self) -> u32 {
        self.size + self.size / 5
    }

    /// Where an amount ends.
    pub fn x(&self, amount: u32) -> f64 {
        f64::from(amount) * self.wall / f64::from(self.size)
    }

    /// The amount at a place, within the slider's reach.
    pub fn amount(&self, x: f64) -> u32 {
        let amount = (x / self.wall * f64::from(self.size)).round();
        amount.clamp(0.0, f64::from(self.reach())) as u32
    }

    /// The span of a block from one amount to another, with a hairline between neighbours and before the wall.
    pub fn block(&self, from: u32, to: u32) -> Span {
        let start = if from == 0 { 0.0 } else { self.x(from) + 1.0 };
        let end = if to >= self.size {
            self.x(to) - 2.0
        } else {
            self.x(to) - 1.0
        };
        Span {
            x: start.min(end).max(0.0),
            w: (end - start).max(0.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_task_ends_at_the_wall_whatever_its_size() {
        for (width, wall) in [(308.0, 256.0), (358.0, 298.0), (268.0, 223.0)] {
            for size in [256, 1_024, 32_768] {
                let scale = Scale::new(width, size);
                assert!((scale.wall() - wall).abs() < f64::EPSILON, "{width}");
                assert!((scale.x(size) - wall).abs() < f64::EPSILON, "{size}");
                assert!(
                    scale.x(scale.reach()) <= width,
                    "the slider stays in its room"
                );
            }
        }
    }

    #[test]
    fn a_place_and_its_amount_belong_together() {
        let scale = Scale::new(308.0, 1_024);
        for (x, amount) in [
            (0.0, 0),
            (64.0, 256),
            (175.0, 700),
            (256.0, 1_024),
            (-9.0, 0),
            (999.0, 1_228),
        ] {
            assert_eq!(scale.amount(x), amount, "{x}");
        }
    }

    #[test]
    fn blocks_leave_a_hairline_between_them() {
        let scale = Scale::new(308.0, 1_024);
        let (first, second) = (scale.block(0, 256), scale.block(256, 1_024));
        assert_eq!(first, Span { x: 0.0, w: 63.0 });
        assert_eq!(second, Span { x: 65.0, w: 189.0 });
        assert!(first.fits(3));
        assert!(!scale.block(0, 20).fits(2));
    }
}
