//! Where the eye is: the one transform of the picture, as plain numbers.

use fargate_core::decimal::Decimal;
use fargate_session::scene::{Point, Rect};

/// The least and the largest zoom.
const LIMITS: (f64, f64) = (0.1, 4.0);
/// So much of the picture stays on the screen, in pixels.
const KEPT: f64 = 96.0;

/// The transform from the picture to the screen: screen = picture x zoom + shift.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Camera {
    /// How far the picture is moved, in pixels of the screen.
    pub(super) shift: Point,
    /// How large it is: 1 is 100 %.
    pub(super) zoom: f64,
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            shift: Point::new(0.0, 0.0),
            zoom: 1.0,
        }
    }
}

impl Camera {
    /// Zooms by a factor; what is at a point of the screen stays there.
    #[must_use]
    pub(super) fn zoomed(self, factor: f64, at: Point) -> Self {
        let zoom = (self.zoom * factor).clamp(LIMITS.0, LIMITS.1);
        let factor = zoom / self.zoom;
        Self {
            shift: Point::new(
                at.x - (at.x - self.shift.x) * factor,
                at.y - (at.y - self.shift.y) * factor,
            ),
            zoom,
        }
    }

    /// Moves the picture by pixels of the screen.
    #[must_use]
    pub(super) fn moved(self, x: f64, y: f64) -> Self {
        Self {
            shift: Point::new(self.shift.x + x, self.shift.y + y),
            ..self
        }
    }

    /// All of the picture, in the middle, never larger than 100 %.
    pub(super) fn fit(picture: Rect, screen: Rect) -> Self {
        let zoom = (screen.w / picture.w.max(1.0)).min(screen.h / picture.h.max(1.0));
        let zoom = zoom.clamp(LIMITS.0, 1.0);
        Self {
            shift: Point::new(
                (screen.w - picture.w * zoom) / 2.0 - picture.x * zoom,
                (screen.h - picture.h * zoom) / 2.0 - picture.y * zoom,
            ),
            zoom,
        }
    }

    /// A part of the picture in the middle, as large as the screen allows, but at most twice as large as drawn.
    pub(super) fn framing(part: Rect, screen: Rect) -> Self {
        const MOST: f64 = 2.0;
        let zoom = (screen.w / part.w.max(1.0)).min(screen.h / part.h.max(1.0));
        let zoom = zoom.clamp(LIMITS.0, MOST);
        let middle = part.center();
        Self {
            shift: Point::new(
                screen.w / 2.0 - middle.x * zoom,
                screen.h / 2.0 - middle.y * zoom,
            ),
            zoom,
        }
    }

    /// The same, moved no further than needed for a box of the picture to be on the screen.
    #[must_use]
    pub(super) fn showing(self, part: Rect, screen: Rect) -> Self {
        const EDGE: f64 = 16.0;
        let from = self.on_screen(Point::new(part.x, part.y));
        let to = self.on_screen(Point::new(part.right(), part.bottom()));
        let push = |from: f64, to: f64, end: f64| {
            let seen = from >= 0.0 && to <= end;
            if seen || to - from > end {
                0.0
            } else if from < EDGE {
                EDGE - from
            } else {
                (end - EDGE - to).max(EDGE - from)
            }
        };
        self.moved(push(from.x, to.x, screen.w), push(from.y, to.y, screen.h))
    }

    /// The same, moved back where nearly nothing of the picture would be left on the screen.
    #[must_use]
    pub(super) fn kept(self, picture: Rect, screen: Rect) -> Self {
        let keep = |shift: f64, length: f64, room: f64| {
            let length = length * self.zoom;
            let least = (KEPT - length).min(0.0);
            shift.clamp(least, (room - KEPT).max(least))
        };
        Self {
            shift: Point::new(
                keep(self.shift.x, picture.w, screen.w),
                keep(self.shift.y, picture.h, screen.h),
            ),
            ..self
        }
    }

    /// A point of the picture on the screen.
    pub(super) fn on_screen(self, point: Point) -> Point {
        Point::new(
            point.x * self.zoom + self.shift.x,
            point.y * self.zoom + self.shift.y,
        )
    }

    /// A point of the screen on the picture.
    pub(super) fn in_picture(self, point: Point) -> Point {
        Point::new(
            (point.x - self.shift.x) / self.zoom,
            (point.y - self.shift.y) / self.zoom,
        )
    }

    /// The transform as SVG and CSS write it.
    pub(super) fn transform(self) -> String {
        let Self { shift, zoom } = self;
        format!(
            "translate({} {}) scale({})",
            Decimal::to(shift.x, 2),
            Decimal::to(shift.y, 2),
            Decimal::of(zoom)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Rect = Rect::new(0.0, 0.0, 800.0, 600.0);

    #[test]
    fn the_point_under_the_pointer_stays_while_zooming() {
        let pointer = Point::new(300.0, 200.0);
        for factor in [0.5, 1.25, 9.0] {
            let before = Camera::default().moved(-40.0, 25.0);
            let after = before.zoomed(factor, pointer);
            let under = Point::new(
                (pointer.x - before.shift.x) / before.zoom,
                (pointer.y - before.shift.y) / before.zoom,
            );
            assert!(after.on_screen(under).distance(pointer) < 1e-9, "{factor}");
            assert!(after.in_picture(pointer).distance(under) < 1e-9, "{factor}");
            assert!(after.zoom <= 4.0);
        }
    }

    #[test]
    fn fitting_shows_all_and_never_enlarges() {
        for (w, h, zoom) in [
            (1600.0, 600.0, 0.5),
            (400.0, 300.0, 1.0),
            (800.0, 2400.0, 0.25),
        ] {
            let camera = Camera::fit(Rect::new(0.0, 0.0, w, h), SCREEN);
            assert!((camera.zoom - zoom).abs() < 1e-9, "{w} x {h}");
        }
    }

    #[test]
    fn a_part_is_brought_to_the_middle_and_at_most_twice_as_large() {
        for (w, h, zoom) in [
            (100.0, 100.0, 2.0),
            (1600.0, 100.0, 0.5),
            (400.0, 400.0, 1.5),
        ] {
            let part = Rect::new(300.0, 200.0, w, h);
            let camera = Camera::framing(part, SCREEN);
            assert!((camera.zoom - zoom).abs() < 1e-9, "{w} x {h}");
            let middle = camera.on_screen(part.center());
            assert!(middle.distance(SCREEN.center()) < 1e-9, "{w} x {h}");
        }
    }

    #[test]
    fn the_picture_cannot_be_lost() {
        let picture = Rect::new(0.0, 0.0, 800.0, 600.0);
        let lost = Camera::default()
            .moved(5_000.0, -5_000.0)
            .kept(picture, SCREEN);
        assert_eq!(lost.shift, Point::new(704.0, -504.0));
    }

    #[test]
    fn what_has_the_focus_is_brought_onto_the_screen() {
        let part = Rect::new(900.0, 20.0, 100.0, 50.0);
        let camera = Camera::default().showing(part, SCREEN);
        assert_eq!(camera.shift, Point::new(-216.0, 0.0));
        let all = Rect::new(8.0, 62.0, 784.0, 530.0);
        assert_eq!(Camera::default().showing(all, SCREEN), Camera::default());
    }
}
