//! The way back: every boundary the other way, by ACLs, and by routes that lead to where the request came in.

use super::packet::Packet;
use super::routes::Chosen;
use super::{Crossing, Via, Walk, Way};
use crate::network::{Code, Direction, Part, Phase, Subnet, Target};
use std::net::IpAddr;

impl<'a> Walk<'a> {
    /// The answer goes back over all boundaries that the request crossed since the last time.
    pub(super) fn back(&mut self) -> Result<(), Code> {
        while let Some(crossing) = self.crossed.pop() {
            let Crossing {
                subnet,
                packet,
                interface,
                way,
            } = crossing;
            let answer = packet.answer();
            let who = interface.as_ref();
            let (direction, via) = match way {
                Way::Left => (Direction::In, None),
                Way::Entered(via) => (Direction::Out, Some(via)),
                Way::Beside(via) => {
                    self.route_back(subnet, &answer, &via)?;
                    continue;
                }
            };
            self.asked.packet = Some(answer);
            self.acl(subnet, direction, Phase::Return, &answer, who)?;
            self.record(who, direction, &answer, true);
            if let Some(via) = via {
                self.route_back(subnet, &answer, &via)?;
            }
        }
        Ok(())
    }

    fn route_back(&mut self, subnet: &'a Subnet, answer: &Packet, via: &Via) -> Result<(), Code> {
        if *via == Via::Node || subnet.holds(answer.to) {
            return Ok(());
        }
        self.asked.packet = Some(*answer);
        self.asked.back_to = via.target();
        let (table, route) = self.route(subnet, answer.to, Phase::Return)?;
        if via.target().as_ref() != Some(&route.target) {
            let part = Part::RouteTable(table.id.clone(), subnet.id.clone());
            let words = asymmetric(&route, via);
            let way = (Direction::Out, Phase::Return);
            return self.stop(Code::AsymmetricReturn, part, way, words);
        }
        self.pass_route(subnet, &route, Phase::Return);
        if let (Via::InternetGateway(id), IpAddr::V4(from)) = (via, answer.from) {
            let public = self
                .network
                .interface_at(&subnet.vpc, answer.from)
                .and_then(|target| target.public_ip);
            if let Some(public) = public {
                let part = Part::InternetGateway(Some(id.clone()));
                let words = format!("{from} becomes {public}");
                self.pass(part, Direction::Out, Phase::Return, words);
            }
        }
        Ok(())
    }
}

impl Via {
    /// The route that leads there; `None` where no route is asked.
    fn target(&self) -> Option<Target> {
        Some(match self {
            Self::Local => Target::Local,
            Self::InternetGateway(id) => Target::InternetGateway(id.clone()),
            Self::Peering(id) => Target::Peering(id.clone()),
            Self::Interface(id) => Target::Interface(id.clone()),
            Self::Node => return None,
        })
    }
}

fn asymmetric(route: &Chosen<'_>, via: &Via) -> String {
    let came = match via {
        Via::Local | Via::Node => "directly".to_owned(),
        Via::InternetGateway(id) => format!("through {id}"),
        Via::Peering(id) => format!("through {id}"),
        Via::Interface(id) => format!("through {id}"),
    };
    format!(
        "{} to {}, but the request came {came}",
        route.destination, route.target
    )
}
