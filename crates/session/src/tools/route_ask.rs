//! What is asked before a route is made, led elsewhere or taken out, and the calls that do it.

use super::Ground;
use super::goal::Goal;
use crate::details::{Lead, RouteTo};
use crate::plan::Plan;
use fargate_core::call::{
    AssociateRouteTable, AttachInternetGateway, Call, CreateInternetGateway, CreateRoute,
    CreateRouteTable, DeleteRoute, ModifyVpcEndpoint, ReplaceRoute, ReplaceRouteTableAssociation,
    TagSpecification,
};
use fargate_core::ids::{SubnetId, VpcId};
use fargate_core::network::route_table_association;

/// Where a default route applies.
const ANYWHERE: &str = "0.0.0.0/0";

/// What is asked before a route is made or taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteAsk {
    /// The subnet's name.
    pub subnet: String,
    /// Its route table.
    pub table: String,
    /// What that is called, else its id.
    table_called: String,
    /// The names of the other subnets that use the same table, and so change too.
    pub others: Vec<String>,
    /// Whether the table has the route already, so that it can only be taken out.
    pub has_route: bool,
    /// Where the route leads; `None` where an internet gateway must be made and attached first.
    to: Option<RouteTo>,
    /// What that is called.
    called: String,
    /// Where the route applies.
    destination: String,
    /// What the table's route for the same destination leads to now, where that is another thing.
    instead_of: Option<String>,
    /// The other routes of the table, which a table of the subnet's own is given too.
    rest: Vec<(String, RouteTo)>,
    id: SubnetId,
    vpc: VpcId,
    /// Whether the table is the subnet's by an association of its own, not as the VPC's main table.
    associated: bool,
}

impl RouteAsk {
    /// The question for a subnet and what its route is to lead to.
    pub(super) fn of(ground: Ground<'_>, id: &SubnetId, goal: &Goal) -> Option<Self> {
        let vpc = ground.things.vpc.as_ref()?;
        let subnet = ground.subnet_card(id)?;
        let table = &subnet.route_table;
        let cards = ground.things.subnets.iter();
        let others = cards.filter(|card| card.id != *id && card.route_table == *table);
        let (to, destination) = ground.route_to(goal)?;
        let leads: Vec<&Lead> = ground.leads(id).collect();
        let same = leads.iter().find(|lead| lead.destination == destination);
        let reaches = |lead: &Lead| to.as_ref().is_some_and(|to| to.id() == lead.to.id());
        let default = matches!(goal, Goal::Gateway) && leads.is_empty() && subnet.public;
        let has_route = default || same.is_some_and(|lead| reaches(lead));
        let rest = leads.iter().filter(|lead| lead.destination != destination);
        Some(Self {
            subnet: subnet.name.clone(),
            table: table.clone(),
            table_called: ground.table_name(table),
            others: others.map(|card| card.name.clone()).collect(),
            has_route,
            called: ground.goal_name(goal),
            instead_of: same
                .filter(|lead| !reaches(lead))
                .map(|lead| ground.lead_name(&lead.to)),
            rest: rest
                .map(|lead| (lead.destination.clone(), lead.to.clone()))
                .collect(),
            to,
            destination,
            id: id.clone(),
            vpc: vpc.id.as_str().into(),
            associated: *table != vpc.main_route_table,
        })
    }

    /// 'Default route of Private a', 'Route of Private a to s3'.
    pub fn title(&self) -> String {
        if self.destination == ANYWHERE {
            format!("Default route of {}", self.subnet)
        } else {
            format!("Route of {} to {}", self.subnet, self.called)
        }
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

    /// Where the route applies, as it reads: the prefix list of a service is the service.
    fn applies(&self) -> &str {
        match &self.to {
            Some(RouteTo::Endpoint(_)) => &self.called,
            _ => &self.destination,
        }
    }

    /// What the route makes of the subnet.
    fn effect(&self) -> String {
        let subnet = &self.subnet;
        match &self.to {
            None | Some(RouteTo::Internet(_)) => format!("{subnet} becomes public."),
            Some(RouteTo::Nat(..)) => {
                format!("{subnet} reaches the Internet, and nothing there reaches {subnet}.")
            }
            Some(RouteTo::EgressOnly(_)) => {
                format!("IPv6 connections may leave {subnet}, and none comes in.")
            }
            Some(RouteTo::Endpoint(_)) => {
                format!("packets of {subnet} for {} stay within AWS.", self.called)
            }
            Some(RouteTo::Peering(_)) => {
                "the other VPC is reached, and needs a route back.".to_owned()
            }
            Some(RouteTo::Interface(_) | RouteTo::Gone(_)) => "packets go there.".to_owned(),
        }
    }

    /// What a route leads to: the prefix list of a service is the service, which `applies` names.
    fn called_to<'a>(&'a self, to: &'a RouteTo) -> &'a str {
        match to {
            RouteTo::Endpoint(_) => "its gateway endpoint",
            _ => &self.called,
        }
    }

    /// What the calls do, in one sentence.
    pub fn sentence(&self) -> String {
        let (table, subnet) = (&self.table_called, &self.subnet);
        let applies = self.applies();
        match (self.has_route, &self.to) {
            (true, Some(RouteTo::Internet(_)) | None) => format!(
                "{ANYWHERE} leads out of {table} already. Without it, {subnet} is private: nothing leads out."
            ),
            (true, Some(to)) => format!(
                "{applies} leads to {} in {table} already. Without it, nothing of {subnet} goes that way.",
                self.called_to(to)
            ),
            (false, Some(to)) => {
                let (to, effect) = (self.called_to(to), self.effect());
                match &self.instead_of {
                    Some(now) => format!(
                        "{applies} leads to {now} in {table} now. It will lead to {to}: {effect}"
                    ),
                    None => format!("{applies} → {to} in {table}: {effect}"),
                }
            }
            (false, None) => format!(
                "The VPC has no internet gateway. One is made and attached, and {ANYWHERE} in {table} leads to it: {subnet} becomes public."
            ),
        }
    }

    /// What the button says.
    pub fn button(&self) -> &'static str {
        match (self.has_route, self.others.len(), &self.instead_of) {
            (true, ..) => "Remove the route",
            (false, 0, None) => "Add the route",
            (false, 0, Some(_)) => "Lead it there",
            (false, 1, _) => "Change both",
            (false, ..) => "Change all",
        }
    }

    /// The calls that change the table, and so all subnets that use it.
    pub fn plan(&self) -> Plan {
        let (table, destination) = (self.table.clone(), self.destination.clone());
        let Some(to) = &self.to else {
            let vpc = self.vpc.clone();
            return Plan::of(CreateInternetGateway::default())
                .then_with(move |made| AttachInternetGateway {
                    internet_gateway_id: first(made).into(),
                    vpc_id: vpc.clone(),
                })
                .then_with(move |made| {
                    let to = RouteTo::Internet(first(made).to_owned());
                    route(&table, &destination, &to)
                });
        };
        match (self.has_route, &self.instead_of) {
            (true, _) => Plan::of(unroute(&table, &destination, to)),
            (false, Some(_)) => Plan::of(rerouted(&table, &destination, to)),
            (false, None) => Plan::of(route(&table, &destination, to)),
        }
    }

    /// 'Own table for Public a', where the table is shared and one of its own can do the same for this subnet alone.
    pub fn own_button(&self) -> Option<String> {
        let can = self.has_route || self.to.is_some();
        (can && !self.others.is_empty()).then(|| format!("Own table for {}", self.subnet))
    }

    /// The calls that give the subnet a table of its own: with the route where the shared one has none, without it where it has; and
    /// with the other routes.
    pub fn own_plan(&self) -> Plan {
        let id = self.id.clone();
        let plan = Plan::of(CreateRouteTable {
            vpc_id: self.vpc.clone(),
            tag_specifications: TagSpecification::name("route-table", &self.subnet),
        });
        let mut plan = if self.associated {
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
        let new = self
            .to
            .clone()
            .filter(|_| !self.has_route)
            .map(|to| (self.destination.clone(), to));
        let rest = self.rest.iter().cloned();
        for (destination, to) in rest.chain(new) {
            if !matches!(to, RouteTo::Gone(_)) {
                plan = plan.then_with(move |made| route(first(made), &destination, &to));
            }
        }
        plan
    }
}

/// The id that a plan made first.
fn first(made: &[String]) -> &str {
    made.first().map_or("", String::as_str)
}

/// A destination as the calls take it: of IPv4, of IPv6, or a prefix list.
fn split(destination: &str) -> [Option<String>; 3] {
    let place = match destination {
        list if list.starts_with("pl-") => 2,
        block if block.contains(':') => 1,
        _ => 0,
    };
    let mut all = [None, None, None];
    if let Some(one) = all.get_mut(place) {
        *one = Some(destination.to_owned());
    }
    all
}

/// Makes a route. A gateway endpoint puts its own routes into the tables that it is given.
fn route(table: &str, destination: &str, to: &RouteTo) -> Call {
    let [ipv4, ipv6, list] = split(destination);
    let mut call = CreateRoute {
        route_table_id: table.into(),
        destination_cidr_block: ipv4,
        destination_ipv6_cidr_block: ipv6,
        destination_prefix_list_id: list.map(|list| list.as_str().into()),
        ..Default::default()
    };
    match to {
        RouteTo::Endpoint(id) => {
            return ModifyVpcEndpoint {
                vpc_endpoint_id: id.as_str().into(),
                add_route_table_ids: vec![table.into()],
                ..Default::default()
            }
            .into();
        }
        RouteTo::Internet(id) | RouteTo::Gone(id) => call.gateway_id = Some(id.clone()),
        RouteTo::Nat(id, _) => call.nat_gateway_id = Some(id.as_str().into()),
        RouteTo::EgressOnly(id) => {
            call.egress_only_internet_gateway_id = Some(id.as_str().into());
        }
        RouteTo::Peering(id) => call.vpc_peering_connection_id = Some(id.as_str().into()),
        RouteTo::Interface(id) => call.network_interface_id = Some(id.clone()),
    }
    call.into()
}

/// Leads a route of the same destination elsewhere.
fn rerouted(table: &str, destination: &str, to: &RouteTo) -> Call {
    let call = route(table, destination, to);
    let Some(new) = call.input::<CreateRoute>().cloned() else {
        return call;
    };
    ReplaceRoute {
        route_table_id: new.route_table_id,
        destination_cidr_block: new.destination_cidr_block,
        destination_ipv6_cidr_block: new.destination_ipv6_cidr_block,
        destination_prefix_list_id: new.destination_prefix_list_id,
        gateway_id: new.gateway_id,
        nat_gateway_id: new.nat_gateway_id,
        egress_only_internet_gateway_id: new.egress_only_internet_gateway_id,
        vpc_peering_connection_id: new.vpc_peering_connection_id,
        network_interface_id: new.network_interface_id,
    }
    .into()
}

/// Takes a route out.
fn unroute(table: &str, destination: &str, to: &RouteTo) -> Call {
    if let RouteTo::Endpoint(id) = to {
        return ModifyVpcEndpoint {
            vpc_endpoint_id: id.as_str().into(),
            remove_route_table_ids: vec![table.into()],
            ..Default::default()
        }
        .into();
    }
    let [ipv4, ipv6, list] = split(destination);
    DeleteRoute {
        route_table_id: table.into(),
        destination_cidr_block: ipv4,
        destination_ipv6_cidr_block: ipv6,
        destination_prefix_list_id: list.map(|list| list.as_str().into()),
    }
    .into()
}
