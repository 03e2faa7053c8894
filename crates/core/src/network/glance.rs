//! The walk at first glance: a request that is known to arrive passes the parts on its way, and nothing is asked.
//!
//! A page that opens with a shipped scenario shows its requests before the whole walk is there. The parts and words that this gives
//! for them are what the walk gives; a test compares them. What only panels show, such as flow-log records, is left out.

use super::{
    Destination, Direction, Ending, Endpoint, Flow, Hop, Interface, Network, Part, Phase, Subnet,
    Trace,
};
use std::net::{IpAddr, Ipv4Addr};

/// A part on the way between the Internet and an interface.
#[derive(Clone, Copy)]
enum Step {
    Gateway,
    Acl,
    Groups,
    Route,
    End,
}

impl Network {
    /// Passes a flow between the Internet and an interface that has a public address, there and back. Any other is said to arrive.
    pub fn glance(&self, flow: &Flow) -> Trace {
        let to = match &flow.to {
            Destination::Address(to) => *to,
            _ => Ipv4Addr::UNSPECIFIED.into(),
        };
        let (inside, from) = match &flow.from {
            Endpoint::Internet(client) => {
                let mut all = self.interfaces.values();
                let here = all.find(|it| it.public_ip.map(IpAddr::V4) == Some(to));
                (here, *client)
            }
            Endpoint::Interface(id) => {
                let here = self.interfaces.get(id);
                (here, here.map_or(to, |it| it.private_ip.into()))
            }
        };
        let subnet = inside.and_then(|it| self.subnets.get(&it.subnet));
        let mut hops = Vec::new();
        if let (Some(inside), Some(subnet)) = (inside, subnet) {
            self.pass_both_ways(inside, subnet, flow, &mut |part, direction, phase, rule| {
                hops.push(Hop {
                    part,
                    direction,
                    phase,
                    rule,
                    passed: true,
                });
            });
        }
        Trace {
            from,
            to,
            protocol: flow.protocol,
            port: flow.port,
            hops,
            ending: Ending::Delivered,
            near: Vec::new(),
            records: Vec::new(),
            status: None,
        }
    }

    fn pass_both_ways(
        &self,
        inside: &Interface,
        subnet: &Subnet,
        flow: &Flow,
        hop: &mut dyn FnMut(Part, Direction, Phase, String),
    ) {
        use Direction::{In, Out};
        use Phase::{Forward, Return};
        let arrives = matches!(flow.from, Endpoint::Internet(_));
        let private = inside.private_ip;
        let public = inside.public_ip.unwrap_or(private);
        let gateway = self.internet_gateway_of(&subnet.vpc);
        let steps: [&[_]; 2] = [
            &[
                (Step::Groups, Out, Forward),
                (Step::Acl, Out, Forward),
                (Step::Route, Out, Forward),
                (Step::Gateway, Out, Forward),
                (Step::End, In, Forward),
                (Step::Acl, In, Return),
            ],
            &[
                (Step::Gateway, In, Forward),
                (Step::Acl, In, Forward),
                (Step::Groups, In, Forward),
                (Step::End, In, Forward),
                (Step::Acl, Out, Return),
                (Step::Route, Out, Return),
                (Step::Gateway, Out, Return),
            ],
        ];
        for (step, direction, phase) in steps[usize::from(arrives)] {
            let (part, words) = match step {
                Step::Groups => {
                    let groups = &inside.groups;
                    let worn = groups.iter().filter_map(|id| self.security_groups.get(id));
                    let mut rules = worn.flat_map(|group| group.rules(*direction));
                    let port = i32::from(flow.port);
                    let rule = rules.find(|it| (it.ports.from..=it.ports.to).contains(&port));
                    let words = rule.map(ToString::to_string).unwrap_or_default();
                    (
                        Part::SecurityGroups(groups.clone(), inside.id.clone()),
                        words,
                    )
                }
                Step::Acl => {
                    let Some(acl) = self.network_acl_of(subnet) else {
                        continue;
                    };
                    let part = Part::SubnetAcl {
                        subnet: subnet.id.clone(),
                        acl: acl.id.clone(),
                        entry: Some(100),
                    };
                    (part, "rule 100 allows all".to_owned())
                }
                Step::Route => {
                    let Some(table) = self.route_table_of(subnet) else {
                        continue;
                    };
                    let Some(route) = table.default_route() else {
                        continue;
                    };
                    let words = format!("{} to {}", route.destination, route.target);
                    (Part::RouteTable(table.id.clone(), subnet.id.clone()), words)
                }
                Step::Gateway => {
                    let words = if *direction == In {
                        format!("{public} is {private}")
                    } else {
                        format!("{private} becomes {public}")
                    };
                    (
                        Part::InternetGateway(gateway.map(|it| it.id.clone())),
                        words,
                    )
                }
                Step::End if arrives => {
                    let mut all = inside.listeners.iter();
                    let Some(it) = all.find(|it| it.port == flow.port) else {
                        continue;
                    };
                    let found = it.container.map(|place| (place, it.name.clone()));
                    let words = format!("{} listens on {}", it.name, flow.port);
                    (Part::Listener(inside.id.clone(), found), words)
                }
                Step::End => {
                    let Destination::Address(to) = flow.to else {
                        continue;
                    };
                    (Part::Internet(to), "the host answers".to_owned())
                }
            };
            hop(part, *direction, *phase, words);
        }
    }
}
