//! The ways out of the VPC beside its internet gateway, on its edge, and the lines of routes to them and to NAT gateways. A first
//! visit has none of them: the panels add them to the scene.

use super::geometry::{Point, Rect, Slot};
use super::outline::{Key, OutlineItem};
use super::text::{self, Face};
use super::{Scene, VpcBox};
use crate::details::{Details, Exit, Lead, RouteTo};
use crate::view::Place;
use fargate_core::ids::SubnetId;

/// The height of a way out's pill.
const HEIGHT: f64 = 20.0;
/// Between pills, and from them to the corners of the VPC.
const GAP: f64 = 12.0;

/// A way out on the VPC's edge.
#[derive(Clone, Debug, PartialEq)]
pub struct ExitBox {
    /// What it is.
    pub exit: Exit,
    /// Its pill.
    pub rect: Rect,
    /// The icon of its kind.
    pub icon: Rect,
    /// Its name.
    pub name: Slot,
}

/// The line of a route that leads elsewhere than to the internet gateway.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteLine {
    /// The subnet whose route it is.
    pub subnet: SubnetId,
    /// What it leads to.
    pub to: Key,
    /// Its corners, from the subnet's port on.
    pub points: Vec<Point>,
    /// Where the route applies: `0.0.0.0/0`.
    pub destination: String,
    /// Whether packets end there: a blackhole.
    pub dead: bool,
}

impl Scene {
    /// Adds the ways out beside the internet gateway, and the lines of routes that lead elsewhere than there.
    pub fn furnish(&mut self, details: &Details) {
        let Some(vpc) = self.vpc else { return };
        self.exits = self.place_exits(vpc, &details.exits);
        let items = self.exits.iter().map(|exit| OutlineItem {
            key: Key::Exit(exit.exit.id.clone()),
            parent: None,
            level: 1,
            rect: exit.rect,
        });
        let items: Vec<OutlineItem> = items.collect();
        let place = self.outline.iter().position(|item| item.key == Key::Vpc);
        let place = place.unwrap_or(self.outline.len());
        self.outline.splice(place..place, items);
        let lines = details.leads.iter();
        self.leads = lines.filter_map(|lead| self.lead(vpc, lead)).collect();
    }

    /// The pills: on the upper edge from the right, past the internet gateway, then along the lower edge.
    fn place_exits(&self, vpc: VpcBox, exits: &[Exit]) -> Vec<ExitBox> {
        let (edge, left, right) = (vpc.rect.y, vpc.tab.right() + GAP, vpc.rect.right() - GAP);
        let gateway = self.gateway.unwrap_or(self.internet.center());
        let note = self.gateway_note.map(|note| note.x + note.room);
        let past = note.unwrap_or(gateway.x + 20.0) + GAP;
        let mut ends = vec![
            (right, past, edge),
            (gateway.x - 20.0, left, edge),
            (right, vpc.rect.x + GAP, vpc.rect.bottom()),
        ];
        ends.reverse();
        let mut placed = Vec::new();
        let mut room = ends.pop();
        for exit in exits {
            let wide = 32.0 + text::width(&exit.name, Face::Plain);
            let fits = |(from, to, _): &(f64, f64, f64)| from - to >= wide;
            while !ends.is_empty() && room.as_ref().is_none_or(|room| !fits(room)) {
                room = ends.pop();
            }
            let Some((from, _, y)) = &mut room else { break };
            let rect = Rect::new(*from - wide, *y - HEIGHT / 2.0, wide, HEIGHT);
            *from = rect.x - GAP;
            placed.push(ExitBox {
                exit: exit.clone(),
                rect,
                icon: Rect::new(rect.x + 7.0, rect.y + 4.0, 12.0, 12.0),
                name: Slot::start(rect.x + 23.0, rect.y + 14.0, wide),
            });
        }
        placed
    }

    /// The line of a route; `None` where what it leads to is not on the picture, or has its line already.
    fn lead(&self, vpc: VpcBox, lead: &Lead) -> Option<RouteLine> {
        let up = self.wires.below_gateway(&Place::Route(lead.subnet.clone()));
        up.last()?;
        let mut points: Vec<Point> = up.into_iter().rev().collect();
        let to = match &lead.to {
            RouteTo::Nat(_, interface) => {
                let down = self.wires.below_gateway(&Place::Tile(interface.clone()));
                down.last()?;
                points.extend(down);
                Key::Tile(interface.clone())
            }
            RouteTo::EgressOnly(id) | RouteTo::Endpoint(id) | RouteTo::Peering(id) => {
                let exit = self.exits.iter().find(|exit| exit.exit.id == *id)?;
                points.extend(self.to_exit(vpc, exit, &points));
                Key::Exit(id.clone())
            }
            RouteTo::Internet(_) | RouteTo::Interface(_) | RouteTo::Gone(_) => return None,
        };
        Some(RouteLine {
            subnet: lead.subnet.clone(),
            to,
            points: straight(points),
            destination: lead.destination.clone(),
            dead: lead.dead,
        })
    }

    /// On from where a line has come to, above the zones, to a way out.
    fn to_exit(&self, vpc: VpcBox, exit: &ExitBox, so_far: &[Point]) -> Vec<Point> {
        let zones = self.zones.first().map_or(vpc.rect.y, |zone| zone.rect.y);
        let bus = vpc.rect.y + (zones - vpc.rect.y - 3.0).clamp(0.0, 15.0);
        let middle = exit.rect.center();
        let begins = so_far.last().map_or(middle.x, |last| last.x);
        let mut points = vec![Point::new(begins, bus)];
        if middle.y <= vpc.rect.y {
            points.push(Point::new(middle.x, bus));
            points.push(Point::new(middle.x, exit.rect.bottom()));
        } else {
            let side = vpc.rect.right() - 4.0;
            points.push(Point::new(side, bus));
            points.push(Point::new(side, middle.y));
            points.push(Point::new(exit.rect.right(), middle.y));
        }
        points
    }
}

/// The corners without those that turn nowhere or back.
fn straight(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for point in points {
        if let [.., before, last] = kept.as_slice() {
            let along = |a: f64, b: f64, c: f64| (a - b).abs() < 0.01 && (b - c).abs() < 0.01;
            let turns = !along(before.x, last.x, point.x) && !along(before.y, last.y, point.y);
            if !turns {
                kept.pop();
            }
        }
        if kept.last().is_none_or(|last| last.distance(point) > 0.01) {
            kept.push(point);
        }
    }
    kept
}
