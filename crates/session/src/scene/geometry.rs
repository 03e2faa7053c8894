//! Points, boxes and lines of the picture, in pixels at 100 %: x to the right, y down.

/// A point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// A box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Its left edge.
    pub x: f64,
    /// Its top edge.
    pub y: f64,
    /// Its width.
    pub w: f64,
    /// Its height.
    pub h: f64,
}

/// Where a line of text stands and how much room it has.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Slot {
    /// Where the text begins, or ends where `end` is set.
    pub x: f64,
    /// The baseline.
    pub y: f64,
    /// The room, in pixels; what is longer is cut with an ellipsis.
    pub room: f64,
    /// Whether the text ends at `x` instead of beginning there.
    pub end: bool,
}

impl Point {
    /// A point.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The distance to another point.
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The point a part of the way to another: 0 is here, 1 is there.
    #[must_use]
    pub fn toward(self, other: Self, part: f64) -> Self {
        Self::new(
            self.x + (other.x - self.x) * part,
            self.y + (other.y - self.y) * part,
        )
    }
}

impl Rect {
    /// A box from its upper left corner and its size.
    pub const fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    /// The right edge.
    pub fn right(&self) -> f64 {
        self.x + self.w
    }

    /// The bottom edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// The middle.
    pub fn center(&self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// The box with this much cut off on each side; negative numbers grow it.
    #[must_use]
    pub fn inset(&self, by: f64) -> Self {
        Self::new(
            self.x + by,
            self.y + by,
            self.w - 2.0 * by,
            self.h - 2.0 * by,
        )
    }

    /// The smallest box around both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self::new(
            x,
            y,
            self.right().max(other.right()) - x,
            self.bottom().max(other.bottom()) - y,
        )
    }

    /// Whether the other box lies within this one, edges included.
    pub fn contains(&self, other: &Self) -> bool {
        const SLACK: f64 = 0.01;
        other.x >= self.x - SLACK
            && other.y >= self.y - SLACK
            && other.right() <= self.right() + SLACK
            && other.bottom() <= self.bottom() + SLACK
    }

    /// Whether the boxes share more than an edge.
    pub fn overlaps(&self, other: &Self) -> bool {
        const SLACK: f64 = 0.01;
        self.x + SLACK < other.right()
            && other.x + SLACK < self.right()
            && self.y + SLACK < other.bottom()
            && other.y + SLACK < self.bottom()
    }
}

impl Slot {
    /// A line of text that begins at `x`.
    pub const fn start(x: f64, y: f64, room: f64) -> Self {
        Self {
            x,
            y,
            room,
            end: false,
        }
    }

    /// A line of text that ends at `x`.
    pub const fn end(x: f64, y: f64, room: f64) -> Self {
        Self {
            x,
            y,
            room,
            end: true,
        }
    }

    /// The box that a text of 12 px fills at most.
    pub fn rect(&self) -> Rect {
        let x = if self.end { self.x - self.room } else { self.x };
        Rect::new(x, self.y - 10.0, self.room, 13.0)
    }
}
