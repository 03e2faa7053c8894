//! The topology of a row, made into a network: VPCs, subnets, tables, groups, ACLs and interfaces.

use super::reader::At;
use super::{gateways, interfaces};
use fargate_core::ids::{NetworkInterfaceId, SubnetId, VpcId};
use fargate_core::network::{
    AclEntry, IpProtocol, Network, NetworkAcl, Peer, Ports, Route, RouteDestination, RouteTable,
    Rule, RuleProtocol, SecurityGroup, Subnet, Target, Vpc,
};
use ipnet::IpNet;

/// The lists that a topology may have.
const LISTS: [&str; 15] = [
    "vpcs",
    "subnets",
    "route_tables",
    "security_groups",
    "nacls",
    "igws",
    "eigws",
    "nats",
    "pcxs",
    "prefix_lists",
    "gateway_endpoints",
    "interface_endpoints",
    "enis",
    "load_balancers",
    "target_groups",
];

/// The network of a topology.
pub(super) fn network(at: &At<'_>) -> Result<Network, String> {
    let mut known = LISTS.to_vec();
    known.push("hosts");
    at.only(&known)?;
    for name in &known {
        once(at, name)?;
    }
    let mut network = Network::default();
    for item in at.list("vpcs")? {
        let vpc = vpc(&item)?;
        network.vpcs.insert(vpc.id.clone(), vpc);
    }
    for item in at.some("subnets")? {
        let subnet = subnet(&item, &network)?;
        network.subnets.insert(subnet.id.clone(), subnet);
    }
    for item in at.some("security_groups")? {
        let group = group(&item, &network)?;
        network.security_groups.insert(group.id.clone(), group);
    }
    for item in at.some("nacls")? {
        let acl = acl(&item)?;
        network.network_acls.insert(acl.id.clone(), acl);
    }
    for item in at.some("enis")? {
        let interface = interfaces::interface(&item, &network)?;
        network.interfaces.insert(interface.id.clone(), interface);
    }
    gateways::read(at, &mut network)?;
    for item in at.some("route_tables")? {
        let table = table(&item, &network)?;
        network.route_tables.insert(table.id.clone(), table);
    }
    complete(at, &network)?;
    Ok(network)
}

/// Every id of a list is there once.
fn once(at: &At<'_>, list: &str) -> Result<(), String> {
    let mut seen: Vec<String> = Vec::new();
    for item in at.some(list)? {
        let id = item.text("id")?;
        if seen.contains(&id) {
            return Err(item.error(&format!("{id} is there twice. Give each its own id.")));
        }
        seen.push(id);
    }
    Ok(())
}

/// Every table and ACL that is named is there.
fn complete(at: &At<'_>, network: &Network) -> Result<(), String> {
    let missing = |place: &At<'_>, id: &str, list: &str| {
        place.error(&format!("{id} is not there. Add it to {list}."))
    };
    for item in at.list("vpcs")? {
        let tables = [
            ("main_route_table", "route_tables"),
            ("default_nacl", "nacls"),
        ];
        for (name, list) in tables {
            let id = item.text(name)?;
            let there = match list {
                "nacls" => network.network_acls.get(&id.as_str().into()).is_some(),
                _ => network.route_tables.get(&id.as_str().into()).is_some(),
            };
            if !there {
                return Err(missing(&item.member(name)?, &id, list));
            }
        }
    }
    for item in at.some("subnets")? {
        if let Some(table) = item.optional("route_table") {
            let id = table.as_text()?;
            if network.route_tables.get(&id.as_str().into()).is_none() {
                return Err(missing(&table, &id, "route_tables"));
            }
        }
        if let Some(acl) = item.optional("nacl") {
            let id = acl.as_text()?;
            if network.network_acls.get(&id.as_str().into()).is_none() {
                return Err(missing(&acl, &id, "nacls"));
            }
        }
    }
    Ok(())
}

/// The id of a VPC that is there.
pub(super) fn vpc_id(at: &At<'_>, network: &Network) -> Result<VpcId, String> {
    let id = VpcId::from(at.as_text()?);
    if network.vpcs.get(&id).is_none() {
        return Err(at.error(&format!("{id} is not there. Add it to vpcs.")));
    }
    Ok(id)
}

/// The id of a subnet that is there.
pub(super) fn subnet_id(at: &At<'_>, network: &Network) -> Result<SubnetId, String> {
    let id = SubnetId::from(at.as_text()?);
    if network.subnets.get(&id).is_none() {
        return Err(at.error(&format!("{id} is not there. Add it to subnets.")));
    }
    Ok(id)
}

/// The id of an interface that is there.
pub(super) fn interface_id(at: &At<'_>, network: &Network) -> Result<NetworkInterfaceId, String> {
    let id = NetworkInterfaceId::from(at.as_text()?);
    if network.interfaces.get(&id).is_none() {
        return Err(at.error(&format!("{id} is not there. Add it to enis.")));
    }
    Ok(id)
}

fn vpc(at: &At<'_>) -> Result<Vpc, String> {
    let mut blocks = Vec::new();
    for item in at.list("cidrs")? {
        match item.as_block()? {
            IpNet::V4(block) => blocks.push(block),
            IpNet::V6(_) => return Err(item.wrong("an IPv4 block, and IPv6 ones in ipv6_cidrs")),
        }
    }
    let mut ipv6 = Vec::new();
    for item in at.some("ipv6_cidrs")? {
        match item.as_block()? {
            IpNet::V6(block) => ipv6.push(block),
            IpNet::V4(_) => return Err(item.wrong("an IPv6 block")),
        }
    }
    if blocks.is_empty() {
        return Err(at
            .member("cidrs")?
            .error("a VPC has at least one block. Add one."));
    }
    let cidr = blocks.remove(0);
    Ok(Vpc {
        id: at.text("id")?.into(),
        name: String::new(),
        cidr,
        secondary_cidrs: blocks,
        ipv6_cidrs: ipv6,
        // what a VPC has when nobody says so
        dns_support: at.flag("enable_dns_support", true)?,
        dns_hostnames: at.flag("enable_dns_hostnames", false)?,
        main_route_table: at.text("main_route_table")?.into(),
        default_network_acl: at.text("default_nacl")?.into(),
        default_security_group: "".into(),
    })
}

fn subnet(at: &At<'_>, network: &Network) -> Result<Subnet, String> {
    let cidr = at.member("cidr")?;
    let IpNet::V4(block) = cidr.as_block()? else {
        return Err(cidr.wrong("an IPv4 block, and the IPv6 one in ipv6_cidr"));
    };
    let ipv6 = match at.optional("ipv6_cidr") {
        None => None,
        Some(item) => match item.as_block()? {
            IpNet::V6(block) => Some(block),
            IpNet::V4(_) => return Err(item.wrong("an IPv6 block")),
        },
    };
    let named = |name| at.optional(name).map(|it| it.as_text()).transpose();
    Ok(Subnet {
        id: at.text("id")?.into(),
        name: String::new(),
        vpc: vpc_id(&at.member("vpc")?, network)?,
        cidr: block,
        ipv6_cidr: ipv6,
        zone: at.text("az")?.into(),
        route_table: named("route_table")?.map(Into::into),
        network_acl: named("nacl")?.map(Into::into),
        map_public_ip_on_launch: at.flag("map_public_ip_on_launch", false)?,
    })
}

fn protocol(at: &At<'_>) -> Result<RuleProtocol, String> {
    let text = at.as_word()?;
    if ["all", "any", "-1"]
        .iter()
        .any(|all| all.eq_ignore_ascii_case(&text))
    {
        return Ok(RuleProtocol::All);
    }
    let only = IpProtocol::parse(&text).map(RuleProtocol::Only);
    only.ok_or_else(|| {
        at.wrong("tcp, udp, icmp, icmpv6, all, or another protocol's name or number")
    })
}

/// Ports of a rule or an entry; all where none are given.
fn ports(at: &At<'_>, protocol: RuleProtocol) -> Result<Ports, String> {
    let icmp = matches!(protocol, RuleProtocol::Only(only) if only.is_icmp());
    let all = if icmp { Ports::ANY_ICMP } else { Ports::ALL };
    let number = |name, absent: i32| {
        let most = if icmp { 255 } else { 65_535 };
        at.optional(name).map_or(Ok(absent), |it| {
            it.as_number(-1, most).map(|number| number as i32)
        })
    };
    let from = number("from", all.from)?;
    // one port is enough to say a range of one
    let to = number("to", if icmp { all.to } else { from.max(all.from) })?;
    let to = if at.optional("from").is_none() {
        all.to.max(to)
    } else {
        to
    };
    if !icmp && from > to {
        return Err(at.error(&format!(
            "the ports {from}-{to} hold none. Put the lower one first."
        )));
    }
    Ok(Ports { from, to })
}

fn group(at: &At<'_>, network: &Network) -> Result<SecurityGroup, String> {
    let id = at.text("id")?;
    let rules = |name: &str| -> Result<Vec<Rule>, String> {
        let items = at.list(name)?;
        let rules = items.iter().enumerate();
        rules
            .map(|(place, item)| rule(item, format!("{id} {name} {}", place + 1)))
            .collect()
    };
    Ok(SecurityGroup {
        name: id.clone(),
        vpc: vpc_id(&at.member("vpc")?, network)?,
        order: 0,
        ingress: rules("ingress")?,
        egress: rules("egress")?,
        id: id.clone().into(),
    })
}

fn rule(at: &At<'_>, id: String) -> Result<Rule, String> {
    let protocol = protocol(&at.member("proto")?)?;
    let peer = at.member("peer")?;
    let text = peer.as_text()?;
    let peer = if text.starts_with("sg-") {
        Peer::Group(text.into())
    } else if text.starts_with("pl-") {
        Peer::PrefixList(text.into())
    } else {
        let block = peer.as_block_or_address();
        Peer::Block(block.map_err(|_| peer.wrong("a block, a group sg-… or a prefix list pl-…"))?)
    };
    Ok(Rule {
        id: id.into(),
        protocol,
        ports: ports(at, protocol)?,
        peer,
    })
}

fn acl(at: &At<'_>) -> Result<NetworkAcl, String> {
    let entry = |at: &At<'_>| -> Result<AclEntry, String> {
        let protocol = protocol(&at.member("proto")?)?;
        let action = at.member("action")?;
        Ok(AclEntry {
            number: at.member("num")?.as_number(1, 32_766)? as u16,
            egress: at.member("egress")?.as_flag()?,
            protocol,
            ports: ports(at, protocol)?,
            block: at.member("cidr")?.as_block_or_address()?,
            allow: match action.as_text()?.to_ascii_lowercase().as_str() {
                "allow" => true,
                "deny" => false,
                _ => return Err(action.wrong("allow or deny")),
            },
        })
    };
    Ok(NetworkAcl {
        id: at.text("id")?.into(),
        name: String::new(),
        vpc: at.text("vpc")?.into(),
        entries: at
            .list("entries")?
            .iter()
            .map(entry)
            .collect::<Result<_, _>>()?,
    })
}

fn table(at: &At<'_>, network: &Network) -> Result<RouteTable, String> {
    let vpc = vpc_id(&at.member("vpc")?, network)?;
    let mut table = RouteTable {
        name: String::new(),
        id: at.text("id")?.into(),
        vpc,
        routes: Vec::new(),
    };
    for item in at.list("routes")? {
        let dest = item.member("dest")?;
        let text = dest.as_text()?;
        let destination = if text.starts_with("pl-") {
            RouteDestination::PrefixList(text.into())
        } else {
            let block = dest.as_block_or_address();
            RouteDestination::Block(block.map_err(|_| dest.wrong("a block or a prefix list pl-…"))?)
        };
        let mut target = gateways::target(&item.member("target")?, network)?;
        let dead = match item.optional("state") {
            None => false,
            Some(state) => match state.as_text()?.to_ascii_lowercase().as_str() {
                "active" => false,
                "blackhole" => true,
                _ => return Err(state.wrong("active or blackhole")),
            },
        };
        if dead && !network.route_is_dead(&table, &target) {
            target = Target::Gone(target.to_string().into());
        }
        table.routes.push(Route {
            destination,
            target,
        });
    }
    Ok(table)
}
