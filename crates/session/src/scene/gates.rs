//! The VPC's outline, the Internet and the gateway, and the ways from there to the subnets' ports.

use super::VpcBox;
use super::geometry::{Point, Rect, Slot};
use super::layout::Layout;
use super::text::{self, Face};

impl Layout<'_> {
    pub(super) fn vpc(&mut self, width: f64, bottom: f64) {
        let Some(card) = &self.things.vpc else { return };
        let (left, below) = self.spacing.margin;
        let rect = Rect::new(
            left,
            self.spacing.vpc_top,
            width,
            bottom - self.spacing.vpc_top,
        );
        let wide = 52.0 + text::width(&card.cidr, Face::Mono);
        let tab = Rect::new(left + 12.0, rect.y - 10.0, wide, 20.0);
        self.scene.vpc = Some(VpcBox { rect, tab });
        self.scene.size = Rect::new(0.0, 0.0, rect.right() + left, rect.bottom() + below);
    }

    /// Puts the Internet and the gateway above the port that most lines go to, and joins the ports to them.
    pub(super) fn gateway(&mut self) {
        let (top, width, height) = self.spacing.pill;
        let mut wishes = self
            .ports
            .iter()
            .filter(|port| port.used && port.gutter.is_none());
        let wish = match (wishes.next(), wishes.next()) {
            (Some(only), None) => only.at.x,
            (Some(_), Some(_)) => self
                .scene
                .zones
                .first()
                .map_or(0.0, |zone| zone.rect.right() + self.spacing.zone_gap / 2.0),
            (None, _) => self.viewport.width / 2.0,
        };
        let tab = self.scene.vpc.map_or(0.0, |vpc| vpc.tab.right());
        let from = (tab + 24.0).max(width / 2.0 + 8.0);
        let counts = if self.viewport.compact { 60.0 } else { 250.0 };
        let to = (self.viewport.width - counts).max(from);
        let x = wish.clamp(from, to);
        let at = Point::new(x, self.spacing.vpc_top);
        self.scene.internet = Rect::new(x - width / 2.0, top, width, height);
        let joint = self.wires.gateway(self.scene.internet.center(), at);
        let attached = self.things.vpc.as_ref();
        let attached = attached.is_some_and(|vpc| vpc.internet_gateway.is_some());
        self.scene.gateway = attached.then_some(at);
        self.notes(at);
        // below the VPC's tab, above the zones
        let bus = self.spacing.vpc_top + (self.spacing.zone_inset.1 - 3.0).min(15.0);
        for port in std::mem::take(&mut self.ports) {
            let mut leg = Vec::new();
            match port.gutter {
                Some(gutter) => leg.extend([
                    Point::new(x, bus),
                    Point::new(gutter, bus),
                    Point::new(gutter, port.at.y - 5.0),
                    Point::new(port.at.x, port.at.y - 5.0),
                ]),
                None if (port.at.x - x).abs() > 0.01 => {
                    leg.extend([Point::new(x, bus), Point::new(port.at.x, bus)]);
                }
                None => {}
            }
            leg.push(port.at);
            self.wires.join(&port.subnet, joint, leg);
            if port.served && attached {
                self.scene.routes.push(self.wires.route(&port.subnet));
            }
        }
    }

    pub(super) fn notes(&mut self, at: Point) {
        if self.viewport.compact {
            return;
        }
        let pill = self.scene.internet;
        let room = self.viewport.width - 216.0 - (pill.right() + 16.0);
        let slot = Slot::start(pill.right() + 16.0, pill.center().y + 4.5, room.min(220.0));
        self.scene.internet_note = (room >= 90.0).then_some(slot);
        let slot = Slot::start(at.x + 20.0, at.y - 6.0, 110.0);
        self.scene.gateway_note = self.scene.gateway.map(|_| slot);
    }
}
