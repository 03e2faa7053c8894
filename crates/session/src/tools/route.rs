//! The tool that draws a route: from a subnet to the internet gateway.

use super::hit::far;
use super::task::{beginning, beside};
use super::{Ground, Sketch, ToolKey, Turn, arrow};
use crate::plan::Plan;
use crate::scene::{Key, Point};
use fargate_core::call::{AttachInternetGateway, CreateInternetGateway, CreateRoute, DeleteRoute};
use fargate_core::ids::{RouteTableId, SubnetId};

/// Where a default route applies.
const ANYWHERE: &str = "0.0.0.0/0";

/// The tool that draws a route.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RouteHand {
    /// The subnet whose packets are to be led, once chosen.
    pub source: Option<SubnetId>,
    /// What the popover asks, while it is open.
    pub ask: Option<RouteAsk>,
    /// The subnet that the keys or the pointer are at.
    aim: Option<SubnetId>,
    at_gateway: bool,
    from: Option<Point>,
    to: Option<Point>,
}

/// What is asked before a route is made or taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteAsk {
    /// The subnet's name.
    pub subnet: String,
    /// Its route table.
    pub table: String,
    /// The names of the other subnets that use the same table, and so change too.
    pub others: Vec<String>,
    /// The gateway; `None` where one must be made and attached first.
    pub gateway: Option<String>,
    /// Whether the table has a default route already, so that it can only be taken out.
    pub has_route: bool,
    vpc: String,
}

impl RouteAsk {
    /// The question for a subnet. Subnets use the VPC's main route table, as their cards know no other.
    fn of(ground: Ground<'_>, id: &SubnetId) -> Option<Self> {
        let vpc = ground.things.vpc.as_ref()?;
        let subnet = ground.subnet_card(id)?;
        let others = ground.things.subnets.iter().filter(|card| card.id != *id);
        Some(Self {
            subnet: subnet.name.clone(),
            table: vpc.main_route_table.clone(),
            others: others.map(|card| card.name.clone()).collect(),
            gateway: vpc.internet_gateway.clone(),
            has_route: vpc.has_default_route,
            vpc: vpc.id.clone(),
        })
    }

    /// 'Also changes Public b, which uses the same route table.'; `None` where the table is the subnet's alone.
    pub fn also(&self) -> Option<String> {
        let names = match self.others.as_slice() {
            [] => return None,
            [only] => only.clone(),
            [all @ .., last] => format!("{} and {last}", all.join(", ")),
        };
        let use_it = if self.others.len() == 1 {
            "uses"
        } else {
            "use"
        };
        Some(format!(
            "Also changes {names}, which {use_it} the same route table."
        ))
    }

    /// What the calls do, in one sentence.
    pub fn sentence(&self) -> String {
        let table = &self.table;
        match (self.has_route, &self.gateway) {
            (true, _) => format!(
                "{ANYWHERE} leads out of {table} already. Without it, {} is private: nothing leads out.",
                self.subnet
            ),
            (false, Some(gateway)) => format!(
                "{ANYWHERE} → {gateway} in {table}: {} becomes public.",
                self.subnet
            ),
            (false, None) => format!(
                "The VPC has no internet gateway. One is made, attached, and {ANYWHERE} in {table} leads to it: {} becomes public.",
                self.subnet
            ),
        }
    }

    /// What the button says.
    pub fn button(&self) -> &'static str {
        match (self.has_route, self.others.len()) {
            (true, _) => "Remove the route",
            (false, 0) => "Add the route",
            (false, 1) => "Change both",
            (false, _) => "Change all",
        }
    }

    /// The calls.
    pub fn plan(&self) -> Plan {
        let route_table_id = RouteTableId::from(self.table.as_str());
        let destination_cidr_block = ANYWHERE.to_owned();
        if self.has_route {
            return Plan::of(DeleteRoute {
                route_table_id,
                destination_cidr_block,
            });
        }
        let route = move |gateway: &str| CreateRoute {
            route_table_id: route_table_id.clone(),
            destination_cidr_block: destination_cidr_block.clone(),
            gateway_id: gateway.into(),
        };
        if let Some(gateway) = &self.gateway {
            return Plan::of(route(gateway));
        }
        let vpc = self.vpc.clone();
        let made = |made: &[String]| made.first().cloned().unwrap_or_default();
        Plan::of(CreateInternetGateway::default())
            .then_with(move |ids| AttachInternetGateway {
                internet_gateway_id: made(ids).into(),
                vpc_id: vpc.as_str().into(),
            })
            .then_with(move |ids| route(&made(ids)))
    }
}

impl RouteHand {
    pub(super) fn begin(&mut self, ground: Ground<'_>, focus: Option<&Key>) -> Turn {
        self.aim = beginning(ground, focus);
        self.words(ground)
    }

    pub(super) fn down(&mut self, ground: Ground<'_>, at: Point) -> Turn {
        let lands = ground.subnet(at).is_some() || (self.source.is_some() && ground.gateway(at));
        if self.ask.take().is_some() || !lands {
            let drawn = self.source.take().is_some();
            if !lands {
                return if drawn { Turn::Dropped } else { Turn::Stay };
            }
        }
        (self.from, self.to) = (Some(at), None);
        Turn::Stay
    }

    pub(super) fn moved(&mut self, ground: Ground<'_>, to: Point) -> Turn {
        if self.ask.is_some() {
            return Turn::Stay;
        }
        let before = (self.aim.take(), self.at_gateway);
        self.aim = ground.subnet(to).map(|card| card.id.clone());
        self.at_gateway = self.source.is_some() && ground.gateway(to);
        if let Some(from) = self.from
            && (self.to.is_some() || far(from, to))
        {
            if self.to.is_none()
                && let Some(card) = ground.subnet(from)
            {
                self.source = Some(card.id.clone());
            }
            self.to = Some(to);
            return Turn::Drawn(None);
        }
        if before == (self.aim.clone(), self.at_gateway) {
            Turn::Stay
        } else {
            Turn::Drawn(None)
        }
    }

    pub(super) fn up(&mut self, ground: Ground<'_>, at: Point) -> Turn {
        if self.from.take().is_none() {
            return Turn::Stay;
        }
        let dragged = self.to.take().is_some();
        if self.source.is_some() && ground.gateway(at) {
            return self.lead(ground);
        }
        if dragged {
            self.source = None;
            return Turn::Dropped;
        }
        self.source = ground.subnet(at).map(|card| card.id.clone());
        self.words(ground)
    }

    pub(super) fn key(&mut self, ground: Ground<'_>, key: ToolKey) -> Turn {
        match (key, arrow(key)) {
            (ToolKey::Escape, _) if self.from.is_some() => {
                *self = Self::default();
                Turn::Dropped
            }
            (ToolKey::Escape, _) if self.ask.take().is_some() => self.words(ground),
            (ToolKey::Escape, _) if self.source.take().is_some() => self.words(ground),
            (ToolKey::Escape, _) => Turn::Left,
            (_, Some(on)) if self.source.is_none() => {
                self.aim = beside(ground, self.aim.as_ref(), on);
                self.words(ground)
            }
            (ToolKey::Enter, None) if self.source.is_some() => self.lead(ground),
            (ToolKey::Enter, None) => {
                self.source = self.aim.clone();
                self.words(ground)
            }
            _ => Turn::Stay,
        }
    }

    /// The route is drawn: what it changes is asked.
    fn lead(&mut self, ground: Ground<'_>) -> Turn {
        self.ask = self.source.as_ref().and_then(|id| RouteAsk::of(ground, id));
        self.at_gateway = false;
        match &self.ask {
            Some(ask) => Turn::said(format!(
                "{} {}",
                ask.sentence(),
                ask.also().unwrap_or_default()
            )),
            None => Turn::Dropped,
        }
    }

    fn words(&self, ground: Ground<'_>) -> Turn {
        let name = |id: &Option<SubnetId>| {
            let card = id.as_ref().and_then(|id| ground.subnet_card(id));
            card.map(|card| card.name.clone())
        };
        match (name(&self.source), name(&self.aim)) {
            (Some(subnet), _) if ground.scene.gateway.is_some() => Turn::said(format!(
                "From {subnet} to the internet gateway? Enter to take it."
            )),
            (Some(subnet), _) => Turn::said(format!(
                "From {subnet} to a new internet gateway? Enter to take it."
            )),
            (None, Some(subnet)) => Turn::said(format!(
                "From {subnet}? Arrow keys to choose the subnet, Enter to take it."
            )),
            (None, None) => Turn::said("There is no subnet yet. Press S to draw one."),
        }
    }

    pub(super) fn sketch(&self, ground: Ground<'_>) -> Sketch {
        let source = self.source.as_ref().and_then(|id| ground.subnet_rect(id));
        if self.ask.is_some() {
            return Sketch {
                chosen: source.into_iter().chain([ground.gateway_rect()]).collect(),
                ..Sketch::default()
            };
        }
        let aim = match (&self.source, self.at_gateway) {
            (Some(_), true) => Some(ground.gateway_rect()),
            (Some(_), false) => None,
            (None, _) => self.aim.as_ref().and_then(|id| ground.subnet_rect(id)),
        };
        Sketch {
            chosen: source.into_iter().collect(),
            aim,
            line: source
                .zip(self.to)
                .map(|(from, to)| (self.from.unwrap_or(from.center()), to)),
            ..Sketch::default()
        }
    }
}
