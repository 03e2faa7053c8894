//! The walk at first glance: a request that is known to arrive passes the parts on its way, and nothing is asked.
//!
//! A page that opens with a shipped scenario shows its requests before the whole walk is there. What this gives for them is what the
//! walk gives; a test compares them.

use super::{
    Destination, Direction, Ending, Endpoint, Flow, FlowRecord, Hop, Interface, Network, Part,
    Phase, Ports, Subnet, Trace,
};
use std::net::{IpAddr, Ipv4Addr};

impl Network {
    /// Passes a flow between the Internet and an interface that has a public address, there and back. Any other is said to arrive.
    pub fn glance(&self, flow: &Flow) -> Trace {
        let to = match &flow.to {
            Destination::Address(to) => *to,
            _ => Ipv4Addr::UNSPECIFIED.into(),
        };
        let mut trace = Trace {
            from: to,
            to,
            protocol: flow.protocol,
            port: flow.port,
            hops: Vec::new(),
            ending: Ending::Delivered,
            near: Vec::new(),
            records: Vec::new(),
        };
        let mut all = self.interfaces.values();
        let (inside, client, first) = match &flow.from {
            Endpoint::Internet(client) => {
                let here = all.find(|it| it.public_ip.map(IpAddr::V4) == Some(to));
                (here, *client, Direction::In)
            }
            Endpoint::Interface(id) => (self.interfaces.get(id), to, Direction::Out),
        };
        let subnet = inside.and_then(|it| self.subnets.get(&it.subnet));
        if let (Some(inside), Some(subnet)) = (inside, subnet) {
            let private = inside.private_ip.into();
            let arrives = first == Direction::In;
            trace.from = if arrives { client } else { private };
            self.pass_both_ways(&mut trace, (inside, subnet), client, flow);
        }
        trace
    }

    fn pass_both_ways(
        &self,
        trace: &mut Trace,
        (inside, subnet): (&Interface, &Subnet),
        client: IpAddr,
        flow: &Flow,
    ) {
        use Direction::{In, Out};
        use Phase::{Forward, Return};
        let arrives = trace.from == client;
        let private = IpAddr::V4(inside.private_ip);
        let (first, second) = if arrives { (In, Out) } else { (Out, In) };
        let mut hop = |part, direction, phase, rule: String| {
            trace.hops.push(Hop {
                part,
                direction,
                phase,
                rule,
                passed: true,
            });
        };
        let acl = Part::SubnetAcl {
            subnet: subnet.id.clone(),
            acl: self
                .network_acl_of(subnet)
                .map_or_else(|| "".into(), |it| it.id.clone()),
            entry: Some(100),
        };
        let gateway = self
            .internet_gateway_of(&subnet.vpc)
            .map(|it| it.id.clone());
        let public = inside.public_ip.unwrap_or(inside.private_ip);
        let allows = "rule 100 allows all".to_owned();
        let groups = inside
            .groups
            .iter()
            .filter_map(|id| self.security_groups.get(id));
        let mut rules = groups.flat_map(|group| group.rules(first));
        let admits = |ports: Ports| (ports.from..=ports.to).contains(&i32::from(flow.port));
        let rule = rules
            .find(|rule| admits(rule.ports))
            .map(ToString::to_string);
        let worn = Part::SecurityGroups(inside.groups.clone(), inside.id.clone());
        let table = self.route_table_of(subnet);
        let route = table.and_then(|table| Some((table, table.default_route()?)));
        let to_gateway = route.map(|(table, route)| {
            let words = format!("{} to {}", route.destination, route.target);
            (Part::RouteTable(table.id.clone(), subnet.id.clone()), words)
        });
        let gateway = Part::InternetGateway(gateway);
        let twin = format!("{private} becomes {public}");
        if arrives {
            hop(
                gateway.clone(),
                In,
                Forward,
                format!("{public} is {private}"),
            );
            hop(acl.clone(), In, Forward, allows.clone());
            hop(worn, In, Forward, rule.unwrap_or_default());
            if let Some(it) = inside.listeners.iter().find(|it| it.port == flow.port) {
                let found = it.container.map(|place| (place, it.name.clone()));
                let words = format!("{} listens on {}", it.name, flow.port);
                hop(Part::Listener(inside.id.clone(), found), In, Forward, words);
            }
            hop(acl, Out, Return, allows);
            if let Some((part, words)) = to_gateway {
                hop(part, Out, Return, words);
            }
            hop(gateway, Out, Return, twin);
        } else {
            hop(worn, Out, Forward, rule.unwrap_or_default());
            hop(acl.clone(), Out, Forward, allows.clone());
            if let Some((part, words)) = to_gateway {
                hop(part, Out, Forward, words);
            }
            hop(gateway, Out, Forward, twin);
            hop(
                Part::Internet(client),
                In,
                Forward,
                "the host answers".to_owned(),
            );
            hop(acl, In, Return, allows);
        }
        let mut record = |direction, from, to, ports| {
            trace.records.push(FlowRecord {
                interface: inside.id.clone(),
                direction,
                accepted: true,
                packet: (from, to),
                ports,
                protocol: flow.protocol,
            });
        };
        let (here, there) = if arrives {
            (client, private)
        } else {
            (private, client)
        };
        let ports = (flow.source_port, flow.port);
        record(first, here, there, ports);
        record(second, there, here, (ports.1, ports.0));
    }
}
