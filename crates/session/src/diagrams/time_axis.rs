//! The time axis: the whole run and some room ahead, or a window of it, in steps, so that it stands still while time runs.

use fargate_core::units::SimTime;

/// Spans that the axis can have, in seconds.
const SPANS: [u64; 14] = [
    120, 240, 360, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200, 86_400, 172_800,
    604_800,
];
/// Distances between ticks, in seconds.
const STEPS: [u64; 16] = [
    1, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400, 172_800, 604_800,
];
/// The least room of a tick's label, in pixels.
const LABEL: f64 = 72.0;
/// How much of the axis the run may fill, in hundredths, before the axis takes a longer span.
const FULL: u64 = 84;

/// The axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeAxis {
    left: f64,
    right: f64,
    from: u64,
    span: u64,
}

/// How far the axis is zoomed in: each step halves what it shows; 0 is the whole run.
pub type Zoom = u32;

/// The shortest window, in ms.
const SHORTEST: u64 = 4_000;

/// A mark of the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where it stands.
    pub x: f64,
    /// `10:02`.
    pub label: String,
}

impl TimeAxis {
    /// An axis from `left` to `right` pixels for a run that reaches `end`.
    pub fn new(left: f64, right: f64, end: SimTime) -> Self {
        let room = |span: &u64| end.0 <= span * 10 * FULL;
        let longest = end.0 / (10 * FULL) + 1;
        let span = SPANS.into_iter().find(room).unwrap_or(longest);
        Self {
            left,
            right: right.max(left + 1.0),
            from: 0,
            span: span * 1_000,
        }
    }

    /// The window of the axis that holds a moment. It moves by half its width, so that it stands still for a while.
    #[must_use]
    pub fn zoomed(self, zoom: Zoom, at: SimTime) -> Self {
        if zoom == 0 {
            return self;
        }
        let span = (self.span >> zoom.min(63)).max(SHORTEST.min(self.span));
        let half = (span / 2).max(1);
        let last = self.from + self.span - span;
        Self {
            from: ((at.0 / half).saturating_sub(1) * half).min(last),
            span,
            ..self
        }
    }

    /// The furthest that it can be zoomed in.
    pub fn most_zoom(&self) -> Zoom {
        (0..63)
            .find(|zoom| self.span >> zoom <= SHORTEST)
            .unwrap_or(63)
    }

    /// The moments that it shows.
    pub fn window(&self) -> (SimTime, SimTime) {
        (SimTime(self.from), SimTime(self.from + self.span))
    }

    /// Whether any moment of a stretch is shown.
    pub fn shows(&self, from: SimTime, until: SimTime) -> bool {
        from.0 <= self.from + self.span && until.0 >= self.from
    }

    /// Where it begins.
    pub fn left(&self) -> f64 {
        self.left
    }

    /// Where it ends.
    pub fn right(&self) -> f64 {
        self.right
    }

    /// Where a moment lies.
    pub fn x(&self, at: SimTime) -> f64 {
        let part = (at.0 as f64 - self.from as f64) / self.span as f64;
        (self.left + part * (self.right - self.left)).clamp(self.left, self.right)
    }

    /// The moment at a place.
    pub fn time(&self, x: f64) -> SimTime {
        let part = ((x - self.left) / (self.right - self.left)).clamp(0.0, 1.0);
        SimTime(self.from + (part * self.span as f64).round() as u64)
    }

    /// A moment, no finer than half a pixel: what is nearer cannot be told apart.
    pub fn to_pixel(&self, at: SimTime) -> SimTime {
        let half = (self.span as f64 / (self.right - self.left) / 2.0).max(1.0);
        SimTime(((at.0 as f64 / half).floor() * half) as u64)
    }

    /// The marks, each with room for its label.
    pub fn ticks(&self) -> Vec<Tick> {
        let pixels = (self.right - self.left) / self.span as f64 * 1_000.0;
        let wide = |step: &u64| *step as f64 * pixels >= LABEL;
        let step = STEPS.into_iter().find(wide).unwrap_or(604_800);
        let characters = if step < 60 { 8 } else { 5 };
        let first = self.from.div_ceil(step * 1_000);
        let moments = (first..).map(|count| SimTime(count * step * 1_000));
        let shown = moments.take_while(|at| at.0 < self.from + self.span);
        let tick = |at: SimTime| {
            let mut label = at.to_string();
            label.truncate(characters);
            Tick {
                x: self.x(at),
                label,
            }
        };
        shown.map(tick).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> SimTime {
        SimTime(seconds * 1_000)
    }

    #[test]
    fn the_axis_stands_still_until_the_run_fills_it() {
        for (end, edge) in [(0, 120), (100, 120), (101, 240), (286, 360), (303, 600)] {
            let axis = TimeAxis::new(150.0, 690.0, seconds(end));
            assert_eq!(axis.time(690.0), seconds(edge), "a run of {end} s");
        }
        let long = TimeAxis::new(150.0, 690.0, seconds(3_000_000));
        assert!(long.x(seconds(3_000_000)) < 690.0);
    }

    #[test]
    fn ticks_are_at_whole_minutes_and_their_labels_have_room() {
        let axis = TimeAxis::new(150.0, 690.0, seconds(286));
        let labels: Vec<String> = axis.ticks().into_iter().map(|tick| tick.label).collect();
        assert_eq!(
            labels,
            ["10:00", "10:01", "10:02", "10:03", "10:04", "10:05"]
        );
        for end in [1, 90, 1_000, 5_000, 40_000, 600_000] {
            for width in [220.0, 690.0, 1_500.0] {
                let ticks = TimeAxis::new(100.0, width, seconds(end)).ticks();
                let near = ticks.windows(2).any(|pair| pair[1].x - pair[0].x < 40.0);
                assert!(!near, "{end} s in {width} px");
            }
        }
    }

    #[test]
    fn a_window_holds_its_moment_and_moves_by_half_its_width() {
        let whole = TimeAxis::new(150.0, 690.0, seconds(286));
        for (zoom, at, from, to) in [
            (0, 200, 0, 360),
            (1, 200, 90, 270),
            (1, 269, 90, 270),
            (1, 270, 180, 360),
            (1, 355, 180, 360),
            (2, 10, 0, 90),
            (9, 100, 98, 102),
        ] {
            let axis = whole.zoomed(zoom, seconds(at));
            assert_eq!(
                axis.window(),
                (seconds(from), seconds(to)),
                "{zoom} at {at} s"
            );
            assert_eq!(axis.time(axis.x(seconds(at))), seconds(at));
            assert!(axis.x(SimTime(0)) >= 150.0 && axis.x(seconds(9_999)) <= 690.0);
        }
        assert_eq!(whole.most_zoom(), 7);
        let near = whole.zoomed(1, seconds(200));
        assert!(!near.shows(seconds(0), seconds(80)) && near.shows(seconds(0), seconds(91)));
        let labels: Vec<String> = near.ticks().into_iter().map(|tick| tick.label).collect();
        assert_eq!(
            labels,
            [
                "10:01:30", "10:02:00", "10:02:30", "10:03:00", "10:03:30", "10:04:00"
            ]
        );
    }

    #[test]
    fn moments_within_half_a_pixel_are_one() {
        let axis = TimeAxis::new(150.0, 690.0, seconds(286));
        assert_eq!(axis.to_pixel(SimTime(1_000)), axis.to_pixel(SimTime(1_300)));
        assert_ne!(axis.to_pixel(SimTime(1_000)), axis.to_pixel(SimTime(1_340)));
    }

    #[test]
    fn a_place_and_its_moment_belong_together() {
        let axis = TimeAxis::new(150.0, 690.0, seconds(286));
        assert!((axis.x(seconds(120)) - 330.0).abs() < 1e-9);
        for (x, at) in [(150.0, 0), (330.0, 120), (0.0, 0), (9_999.0, 360)] {
            assert_eq!(axis.time(x), seconds(at), "{x}");
        }
    }
}
