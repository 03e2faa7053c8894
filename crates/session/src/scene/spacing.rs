//! How much of a task is drawn, and the distances between things.

use super::Viewport;

/// How much of a task its card shows, the richest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Density {
    /// Chips, who gets the CPU and the memory, and the bill.
    Large,
    /// The same, closer together.
    Snug,
    /// Chips with a bar each for CPU and memory.
    Medium,
    /// One line: state, name, containers.
    Line,
    /// 36 by 16 pixels: one CPU bar per container, or the state.
    Mini,
}

impl Density {
    /// All, the richest first.
    pub const ALL: [Self; 5] = [
        Self::Large,
        Self::Snug,
        Self::Medium,
        Self::Line,
        Self::Mini,
    ];

    /// Whether cards show who gets the CPU and the memory.
    pub fn is_large(self) -> bool {
        matches!(self, Self::Large | Self::Snug)
    }

    /// The narrowest card that clips nothing.
    pub(crate) fn least_width(self) -> f64 {
        match self {
            Self::Large | Self::Snug => 352.0,
            Self::Medium => 164.0,
            Self::Line => 150.0,
            Self::Mini => 36.0,
        }
    }

    /// Cards never grow wider than this.
    pub(crate) fn most_width(self) -> f64 {
        match self {
            Self::Large | Self::Snug => 408.0,
            Self::Medium => 300.0,
            Self::Line => 340.0,
            Self::Mini => 36.0,
        }
    }

    /// Between cards side by side.
    pub(crate) fn gap(self) -> f64 {
        if self == Self::Mini { 4.0 } else { 14.0 }
    }

    /// Between a card and the one below; room for the pill on its edge and for a line to it.
    pub(crate) fn row_gap(self) -> f64 {
        if self == Self::Mini { 4.5 } else { 26.0 }
    }
}

/// The distances of one picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spacing {
    /// The top of the Internet pill, and its size.
    pub(crate) pill: (f64, f64, f64),
    /// From the edge of the picture to the VPC: left and right, and below.
    pub(crate) margin: (f64, f64),
    /// The top of the VPC.
    pub(crate) vpc_top: f64,
    /// From the VPC to its zones: at the sides, above, below.
    pub(crate) zone_inset: (f64, f64, f64),
    /// Between zones.
    pub(crate) zone_gap: f64,
    /// From a zone to its subnets at the sides, and the height of its name.
    pub(crate) subnet_inset: (f64, f64),
    /// Between subnets, and below the last.
    pub(crate) subnet_gap: f64,
    /// From a subnet's strip to the first boundary below.
    pub(crate) lane: f64,
    /// From a subnet to the boundaries in it.
    pub(crate) frame_inset: f64,
    /// From a boundary to its cards: at the sides, above, below.
    pub(crate) frame_pad: (f64, f64, f64),
    /// Below the last thing in a subnet.
    pub(crate) subnet_bottom: f64,
    /// The least width of a zone with subnets, and the width of one without.
    pub(crate) zone_widths: (f64, f64),
}

impl Spacing {
    /// The distances for a viewport: airy where one large card is drawn on a large screen.
    pub(crate) fn of(viewport: Viewport, density: Density) -> Self {
        let narrow = viewport.width < 860.0;
        if viewport.compact {
            return Self {
                pill: (8.0, 104.0, 28.0),
                margin: (8.0, 8.0),
                vpc_top: 56.0,
                zone_inset: (8.0, 20.0, 8.0),
                zone_gap: 8.0,
                subnet_inset: (0.0, 0.0),
                subnet_gap: 8.0,
                lane: 26.0,
                frame_inset: 8.0,
                frame_pad: (8.0, 30.0, 10.0),
                subnet_bottom: 12.0,
                zone_widths: (220.0, 120.0),
            };
        }
        if density == Density::Large && !narrow && viewport.height >= 640.0 {
            return Self {
                pill: (16.0, 120.0, 40.0),
                margin: (32.0, 32.0),
                vpc_top: 112.0,
                zone_inset: (16.0, 20.0, 16.0),
                zone_gap: 16.0,
                subnet_inset: (12.0, 28.0),
                subnet_gap: 12.0,
                lane: 55.0,
                frame_inset: 32.0,
                frame_pad: (20.0, 50.0, 22.0),
                subnet_bottom: 24.0,
                zone_widths: (440.0, 168.0),
            };
        }
        Self {
            pill: (8.0, 104.0, 32.0),
            margin: (8.0, 6.0),
            vpc_top: 62.0,
            zone_inset: (8.0, 16.0, 6.0),
            zone_gap: 16.0,
            subnet_inset: (4.0, 26.0),
            subnet_gap: 10.0,
            lane: 28.0,
            frame_inset: 10.0,
            frame_pad: (10.0, 30.0, 10.0),
            subnet_bottom: 10.0,
            zone_widths: (220.0, if narrow { 92.0 } else { 144.0 }),
        }
    }
}
