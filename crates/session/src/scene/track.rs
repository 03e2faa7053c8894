//! The way of a request through the picture: a line through its places, and the point reached.

use super::geometry::Point;
use fargate_core::decimal::Decimal;
use std::fmt::Write;

/// A line through the places that a request passes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Track {
    points: Vec<Point>,
    /// How far along each place lies, in pixels.
    stops: Vec<f64>,
}

impl Track {
    /// Begins a track at its first place.
    pub(crate) fn begin(at: Point) -> Self {
        Self {
            points: vec![at],
            stops: vec![0.0],
        }
    }

    /// Goes on through some points; the last is a place.
    pub(crate) fn pass(&mut self, leg: impl IntoIterator<Item = Point>) {
        for point in leg {
            self.go(point);
        }
        self.stops.push(self.length());
    }

    /// Goes to a point; a corner that turns nowhere is left out, and so is one that turns back where no place is: what goes from
    /// subnet to subnet does not come by the gateway.
    fn go(&mut self, to: Point) {
        if let [.., before, last] = self.points.as_slice() {
            let (x, y) = (last.x - before.x, last.y - before.y);
            let (right, down) = (to.x - last.x, to.y - last.y);
            let straight = (x * down - y * right).abs() < 0.01;
            let stop = self.stops.last().copied().unwrap_or_default();
            if straight && (x * right + y * down > 0.0 || stop < self.length() - 0.01) {
                self.points.pop();
            }
        }
        if self
            .points
            .last()
            .is_none_or(|last| last.distance(to) > 0.01)
        {
            self.points.push(to);
        }
    }

    /// The length in pixels.
    pub fn length(&self) -> f64 {
        self.points
            .windows(2)
            .map(|pair| pair[0].distance(pair[1]))
            .sum()
    }

    /// Its corners, from the first place to the last.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// How far along each place lies: 0 for the first, 1 for the last.
    pub fn stops(&self) -> Vec<f64> {
        let length = self.length().max(f64::MIN_POSITIVE);
        self.stops.iter().map(|stop| stop / length).collect()
    }

    /// The place reached last: its number in the order of places.
    pub fn stop(&self, progress: f64) -> usize {
        let stops = self.stops();
        stops
            .iter()
            .rposition(|&stop| stop <= progress + 1e-6)
            .unwrap_or(0)
    }

    /// The point at a part of the way, and the direction there in degrees: 0 to the right, 90 down.
    pub fn at(&self, progress: f64) -> (Point, f64) {
        let (corner, point) = self.cut(progress);
        let from = self.points.get(corner).copied().unwrap_or(point);
        let to = self.points.get(corner + 1).copied().unwrap_or(point);
        let angle = (to.y - from.y).atan2(to.x - from.x).to_degrees();
        (point, angle)
    }

    /// The line behind the point at a part of the way, as the data of an SVG path.
    pub fn behind(&self, progress: f64) -> String {
        let (corner, point) = self.cut(progress);
        let done = self.points.iter().take(corner + 1).copied();
        path(done.chain([point]))
    }

    /// The line ahead of the point at a part of the way, as the data of an SVG path.
    pub fn ahead(&self, progress: f64) -> String {
        let (corner, point) = self.cut(progress);
        let open = self.points.iter().skip(corner + 1).copied();
        path([point].into_iter().chain(open))
    }

    /// The whole line, as the data of an SVG path.
    pub fn path(&self) -> String {
        path(self.points.iter().copied())
    }

    /// The corner passed last and the point at a part of the way.
    fn cut(&self, progress: f64) -> (usize, Point) {
        let mut left = self.length() * progress.clamp(0.0, 1.0);
        for (corner, pair) in self.points.windows(2).enumerate() {
            let length = pair[0].distance(pair[1]);
            if left <= length {
                return (corner, pair[0].toward(pair[1], left / length));
            }
            left -= length;
        }
        let last = self.points.len().saturating_sub(1);
        let end = self.points.last().copied().unwrap_or_default();
        (last.saturating_sub(1), end)
    }
}

/// The data of an SVG path through points.
pub fn path(points: impl IntoIterator<Item = Point>) -> String {
    let mut data = String::new();
    for (index, point) in points.into_iter().enumerate() {
        let command = if index == 0 { 'M' } else { 'L' };
        let (x, y) = (Decimal::to(point.x, 1), Decimal::to(point.y, 1));
        // writing to a string cannot fail
        let _ = write!(data, "{command}{x} {y}");
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_track_is_cut_where_the_request_is() {
        let mut track = Track::begin(Point::new(0.0, 0.0));
        track.pass([Point::new(0.0, 60.0)]);
        track.pass([Point::new(40.0, 60.0)]);
        assert_eq!(track.at(0.3), (Point::new(0.0, 30.0), 90.0));
        assert_eq!(track.at(1.0), (Point::new(40.0, 60.0), 0.0));
        assert_eq!(track.behind(0.8), "M0 0L0 60L20 60");
        assert_eq!(track.ahead(0.8), "M20 60L40 60");
        assert_eq!(track.stops(), [0.0, 0.6, 1.0]);
        assert_eq!([0.1, 0.6, 0.9, 1.0].map(|p| track.stop(p)), [0, 1, 1, 2]);
    }

    #[test]
    fn it_turns_back_at_places_alone() {
        let mut track = Track::begin(Point::new(0.0, 60.0));
        // up to where both ways meet, above the line, and down again
        let way = [
            (0.0, 10.0),
            (50.0, 10.0),
            (50.0, 0.0),
            (50.0, 10.0),
            (20.0, 10.0),
            (20.0, 60.0),
        ];
        track.pass(way.map(|(x, y)| Point::new(x, y)));
        assert_eq!(track.path(), "M0 60L0 10L20 10L20 60");
        track.pass([Point::new(20.0, 10.0)]);
        assert_eq!(track.path(), "M0 60L0 10L20 10L20 60L20 10");
    }
}
