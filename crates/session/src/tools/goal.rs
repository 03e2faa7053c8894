//! What a route can lead to on the picture: the internet gateway, NAT gateways, and the other ways out on the VPC's edge.

use super::Ground;
use super::hit::holds;
use crate::details::{ExitKind, Lead, RouteTo};
use crate::scene::{Point, Rect};
use crate::view::{TileCard, TileKind};
use fargate_core::ids::{NetworkInterfaceId, SubnetId};

/// What a route can lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The internet gateway; a new one, where the VPC has none.
    Gateway,
    /// A NAT gateway, by its interface.
    Nat(NetworkInterfaceId),
    /// A way out on the VPC's edge, by its id.
    Exit(String),
}

impl<'a> Ground<'a> {
    /// The routes of a subnet.
    pub(super) fn leads(self, id: &'a SubnetId) -> impl Iterator<Item = &'a Lead> {
        let details = self.things.details.iter();
        let leads = details.flat_map(|details| &details.leads);
        leads.filter(move |lead| lead.subnet == *id)
    }

    /// The NAT gateways that are drawn.
    fn nats(self) -> impl Iterator<Item = (&'a TileCard, Rect)> {
        let tiles = self.scene.tiles.iter();
        let nats = tiles.filter(|tile| tile.card.kind == TileKind::NatGateway);
        nats.map(|tile| (&tile.card, tile.rect))
    }

    /// Everything that a route can lead to, the internet gateway first.
    pub(super) fn goals(self) -> Vec<Goal> {
        let nats = self.nats().map(|(card, _)| Goal::Nat(card.id.clone()));
        let exits = self.scene.exits.iter();
        let exits = exits.map(|exit| Goal::Exit(exit.exit.id.clone()));
        std::iter::once(Goal::Gateway)
            .chain(nats)
            .chain(exits)
            .collect()
    }

    /// What a route can lead to at a point.
    pub(super) fn goal(self, at: Point) -> Option<Goal> {
        if self.gateway(at) {
            return Some(Goal::Gateway);
        }
        let mut exits = self.scene.exits.iter();
        if let Some(exit) = exits.find(|exit| holds(&exit.rect, at)) {
            return Some(Goal::Exit(exit.exit.id.clone()));
        }
        let mut nats = self.nats();
        let nat = nats.find(|(_, rect)| holds(rect, at));
        nat.map(|(card, _)| Goal::Nat(card.id.clone()))
    }

    /// Its box.
    pub(super) fn goal_rect(self, goal: &Goal) -> Option<Rect> {
        match goal {
            Goal::Gateway => Some(self.gateway_rect()),
            Goal::Nat(id) => {
                let mut nats = self.nats();
                nats.find(|(card, _)| card.id == *id).map(|(_, rect)| rect)
            }
            Goal::Exit(id) => {
                let mut exits = self.scene.exits.iter();
                exits.find(|exit| exit.exit.id == *id).map(|exit| exit.rect)
            }
        }
    }

    /// What it is called: 'the internet gateway', 'NAT gateway nat-a', 's3'.
    pub(super) fn goal_name(self, goal: &Goal) -> String {
        match goal {
            Goal::Gateway if self.scene.gateway.is_some() => "the internet gateway".to_owned(),
            Goal::Gateway => "a new internet gateway".to_owned(),
            Goal::Nat(id) => {
                let nat = self.nats().find(|(card, _)| card.id == *id);
                nat.map_or_else(String::new, |(card, _)| {
                    if card.name.starts_with("NAT gateway") {
                        card.name.clone()
                    } else {
                        format!("NAT gateway {}", card.name)
                    }
                })
            }
            Goal::Exit(id) => {
                let mut exits = self.scene.exits.iter();
                let exit = exits.find(|exit| exit.exit.id == *id);
                exit.map_or_else(String::new, |exit| exit.exit.words())
            }
        }
    }

    /// What a route table is called, else its id.
    pub(super) fn table_name(self, id: &str) -> String {
        let mut tables = self.things.details.iter().flat_map(|it| &it.tables);
        let found = tables.find(|(table, _)| table == id);
        found.map_or_else(|| id.to_owned(), |(_, words)| words.clone())
    }

    /// What a route leads to, as it is called; else its id.
    pub(super) fn lead_name(self, to: &RouteTo) -> String {
        let name = match to {
            RouteTo::Internet(_) => "the internet gateway".to_owned(),
            RouteTo::Nat(_, interface) => self.goal_name(&Goal::Nat(interface.clone())),
            RouteTo::EgressOnly(id) | RouteTo::Endpoint(id) | RouteTo::Peering(id) => {
                self.goal_name(&Goal::Exit(id.clone()))
            }
            RouteTo::Interface(_) | RouteTo::Gone(_) => String::new(),
        };
        if name.is_empty() {
            to.id().to_owned()
        } else {
            name
        }
    }

    /// Where a route to it leads, `None` where an internet gateway is to be made, and where it applies.
    pub(super) fn route_to(self, goal: &Goal) -> Option<(Option<RouteTo>, String)> {
        let everywhere = || "0.0.0.0/0".to_owned();
        match goal {
            Goal::Gateway => {
                let gateway = self.things.vpc.as_ref()?.internet_gateway.clone();
                Some((gateway.map(RouteTo::Internet), everywhere()))
            }
            Goal::Nat(id) => {
                let owner = self
                    .nats()
                    .find(|(card, _)| card.id == *id)?
                    .0
                    .owner
                    .clone();
                Some((Some(RouteTo::Nat(owner, id.clone())), everywhere()))
            }
            Goal::Exit(id) => {
                let mut exits = self.scene.exits.iter();
                let exit = &exits.find(|exit| exit.exit.id == *id)?.exit;
                let to = match exit.kind {
                    ExitKind::EgressOnly => RouteTo::EgressOnly(id.clone()),
                    ExitKind::Endpoint => RouteTo::Endpoint(id.clone()),
                    ExitKind::Peering => RouteTo::Peering(id.clone()),
                };
                Some((Some(to), exit.destination.clone()))
            }
        }
    }
}
