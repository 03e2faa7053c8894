//! The tool that draws a route: from a subnet to the internet gateway.

use super::hit::far;
use super::task::{beginning, beside};
use super::{Ground, Sketch, ToolKey, Turn, arrow};
use crate::plan::Plan;
use crate::scene::{Key, Point};
use fargate_core::call::{
    AssociateRouteTable, AttachInternetGateway, CreateInternetGateway, CreateRoute,
    CreateRouteTable, DeleteRoute, ReplaceRouteTableAssociation, TagSpecification,
};
use fargate_core::ids::{SubnetId, VpcId};
use fargate_core::network::route_table_association;

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
    id: SubnetId,
    vpc: VpcId,
    /// Whether the table is the subnet's by an association of its own, not as the VPC's main table.
    associated: bool,
}

impl RouteAsk {
    /// The question for a subnet.
    fn of(ground: Ground<'_>, id: &SubnetId) -> Option<Self> {
        let vpc = ground.things.vpc.as_ref()?;
        let subnet = ground.subnet_card(id)?;
        let table = &subnet.route_table;
        let cards = ground.things.subnets.iter();
        let others = cards.filter(|card| card.id != *id && card.route_table == *table);
        Some(Self {
            subnet: subnet.name.clone(),
            table: table.clone(),
            others: others.map(|card| card.name.clone()).collect(),
            gateway: vpc.internet_gateway.clone(),
            has_route: subnet.public,
            id: id.clone(),
            vpc: vpc.id.as_str().into(),
            associated: *table != vpc.main_route_table,
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
        let (table, subnet) = (&self.table, &self.subnet);
        match (self.has_route, &self.gateway) {
            (true, _) => format!(
                "{ANYWHERE} leads out of {table} already. Without it, {subnet} is private: nothing leads out."
            ),
            (false, Some(gateway)) => {
                format!("{ANYWHERE} → {gateway} in {table}: {subnet} becomes public.")
            }
            (false, None) => format!(
                "The VPC has no internet gateway. One is made and attached, and {ANYWHERE} in {table} leads to it: {subnet} becomes public."
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

    /// The calls that change the table, and so all subnets that use it.
    pub fn plan(&self) -> Plan {
        let table = self.table.clone();
        if self.has_route {
            return Plan::of(DeleteRoute {
                route_table_id: table.into(),
                destination_cidr_block: Some(ANYWHERE.to_owned()),
                ..Default::default()
            });
        }
        if let Some(gateway) = &self.gateway {
            return Plan::of(route(&table, gateway));
        }
        let vpc = self.vpc.clone();
        Plan::of(CreateInternetGateway::default())
            .then_with(move |made| AttachInternetGateway {
                internet_gateway_id: first(made).into(),
                vpc_id: vpc.clone(),
            })
            .then_with(move |made| route(&table, first(made)))
    }

    /// 'Own table for Public a', where the table is shared and one of its own can do the same for this subnet alone.
    pub fn own_button(&self) -> Option<String> {
        let can = self.has_route || self.gateway.is_some();
        (can && !self.others.is_empty()).then(|| format!("Own table for {}", self.subnet))
    }

    /// The calls that give the subnet a table of its own: with the route where the shared one has none, without it where it has.
    pub fn own_plan(&self) -> Plan {
        let id = self.id.clone();
        let plan = Plan::of(CreateRouteTable {
            vpc_id: self.vpc.clone(),
            tag_specifications: TagSpecification::name("route-table", &self.subnet),
        });
        let plan = if self.associated {
            plan.then_with(move |made| ReplaceRouteTableAssociation {
                association_id: route_table_association(&id),
                route_table_id: first(made).into(),
            })
        } else {
            plan.then_with(move |made| AssociateRouteTable {
                route_table_id: first(made).into(),
                subnet_id: id.clone(),
            })
        };
        match (&self.gateway, self.has_route) {
            (Some(gateway), false) => {
                let gateway = gateway.clone();
                plan.then_with(move |made| route(first(made), &gateway))
            }
            (Some(_) | None, _) => plan,
        }
    }
}

/// The id that a plan made first.
fn first(made: &[String]) -> &str {
    made.first().map_or("", String::as_str)
}

fn route(table: &str, gateway: &str) -> CreateRoute {
    CreateRoute {
        route_table_id: table.into(),
        destination_cidr_block: Some(ANYWHERE.to_owned()),
        gateway_id: Some(gateway.to_owned()),
        ..Default::default()
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
