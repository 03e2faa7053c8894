//! The rest of a topology: what routes lead to, endpoints, load balancers, and hosts outside.

use super::reader::At;
use super::topology::{interface_id, subnet_id, vpc_id};
use fargate_core::ids::NetworkInterfaceId;
use fargate_core::network::{
    BalancedTarget, BalancerListener, Connectivity, EgressOnlyGateway, GatewayEndpoint, Host,
    InterfaceEndpoint, InternetGateway, LoadBalancer, LoadBalancerKind, NatGateway, NatState,
    Network, Owner, Peering, PeeringStatus, PrefixList, Target, TargetGroup, TargetHealth,
};

/// What a route leads to, by the prefix of its id. Transit gateways and the like are never there: their routes are blackholes.
pub(super) fn target(at: &At<'_>, network: &Network) -> Result<Target, String> {
    let id = at.as_text()?;
    let kind = id.split_once('-').map_or(id.as_str(), |(kind, _)| kind);
    Ok(match kind {
        "local" => Target::Local,
        "igw" => Target::InternetGateway(id.into()),
        "eigw" => Target::EgressOnlyGateway(id.into()),
        "nat" => Target::NatGateway(id.into()),
        "vpce" => Target::GatewayEndpoint(id.into()),
        "pcx" => Target::Peering(id.into()),
        "eni" => Target::Interface(id.into()),
        "i" => match of_instance(&id, network) {
            Some(interface) => Target::Interface(interface),
            None => Target::Gone(id.into()),
        },
        "tgw" | "vgw" | "lgw" | "cagw" => Target::Gone(id.into()),
        _ => {
            return Err(at.wrong(
                "local, or an id igw-…, eigw-…, nat-…, vpce-…, pcx-…, eni-…, i-… or tgw-…",
            ));
        }
    })
}

/// The interface of an instance.
fn of_instance(id: &str, network: &Network) -> Option<NetworkInterfaceId> {
    let mut all = network.interfaces.values();
    let found = all.find(|it| matches!(&it.owner, Owner::Instance(of) if of.as_str() == id));
    found.map(|it| it.id.clone())
}

/// A member that is one of some words of AWS; `None` where it is not there.
fn word<T: Copy>(
    of: &At<'_>,
    name: &str,
    all: &[T],
    aws: fn(T) -> &'static str,
) -> Result<Option<T>, String> {
    let Some(at) = of.optional(name) else {
        return Ok(None);
    };
    let text = at.as_text()?;
    let found = all.iter().copied().find(|it| aws(*it) == text);
    found.map(Some).ok_or_else(|| {
        let words: Vec<&str> = all.iter().map(|it| aws(*it)).collect();
        at.wrong(&format!("one of {}", words.join(", ")))
    })
}

pub(super) fn read(at: &At<'_>, network: &mut Network) -> Result<(), String> {
    for item in at.some("igws")? {
        let gateway = InternetGateway {
            id: item.text("id")?.into(),
            vpc: item
                .optional("vpc")
                .map(|it| vpc_id(&it, network))
                .transpose()?,
        };
        network
            .internet_gateways
            .insert(gateway.id.clone(), gateway);
    }
    for item in at.some("eigws")? {
        let gateway = EgressOnlyGateway {
            id: item.text("id")?.into(),
            vpc: item
                .optional("vpc")
                .map(|it| vpc_id(&it, network))
                .transpose()?,
        };
        network
            .egress_only_gateways
            .insert(gateway.id.clone(), gateway);
    }
    for item in at.some("nats")? {
        let nat = nat(&item, network)?;
        network.nat_gateways.insert(nat.id.clone(), nat);
    }
    for item in at.some("pcxs")? {
        let peering = Peering {
            id: item.text("id")?.into(),
            requester: vpc_id(&item.member("requester_vpc")?, network)?,
            accepter: vpc_id(&item.member("accepter_vpc")?, network)?,
            status: word(&item, "status", &PeeringStatus::ALL, PeeringStatus::aws)?
                .unwrap_or(PeeringStatus::Active),
            same_region: item.flag("same_region", true)?,
        };
        network.peerings.insert(peering.id.clone(), peering);
    }
    for item in at.some("prefix_lists")? {
        let blocks = item.list("cidrs")?;
        let list = PrefixList {
            id: item.text("id")?.into(),
            name: String::new(),
            blocks: blocks.iter().map(At::as_block).collect::<Result<_, _>>()?,
        };
        network.prefix_lists.insert(list.id.clone(), list);
    }
    endpoints(at, network)?;
    balancers(at, network)?;
    for item in at.some("hosts")? {
        let host = Host {
            id: item.text("id")?.into(),
            address: item.member("ip")?.as_address()?,
            dns_names: names(&item, "dns_names")?,
        };
        network.hosts.insert(host.id.clone(), host);
    }
    Ok(())
}

fn names(at: &At<'_>, list: &str) -> Result<Vec<String>, String> {
    at.some(list)?.iter().map(At::as_text).collect()
}

fn nat(at: &At<'_>, network: &Network) -> Result<NatGateway, String> {
    let connectivity = match at.optional("connectivity") {
        None => Connectivity::Public,
        Some(it) => match it.as_text()?.as_str() {
            "public" => Connectivity::Public,
            "private" => Connectivity::Private,
            _ => return Err(it.wrong("public or private")),
        },
    };
    Ok(NatGateway {
        id: at.text("id")?.into(),
        name: String::new(),
        subnet: subnet_id(&at.member("subnet")?, network)?,
        private_ip: at.member("private_ip")?.as_ipv4()?,
        public_ip: at
            .optional("public_ip")
            .map(|it| it.as_ipv4())
            .transpose()?,
        allocation: None,
        interface: None,
        connectivity,
        state: word(at, "state", &NatState::ALL, NatState::aws)?.unwrap_or(NatState::Available),
    })
}

fn endpoints(at: &At<'_>, network: &mut Network) -> Result<(), String> {
    for item in at.some("gateway_endpoints")? {
        let tables = names(&item, "route_tables")?;
        let endpoint = GatewayEndpoint {
            id: item.text("id")?.into(),
            vpc: vpc_id(&item.member("vpc")?, network)?,
            service: item.text("service")?,
            prefix_list: item.text("prefix_list")?.into(),
            route_tables: tables.into_iter().map(Into::into).collect(),
        };
        network
            .gateway_endpoints
            .insert(endpoint.id.clone(), endpoint);
    }
    for item in at.some("interface_endpoints")? {
        let interfaces = item.list("enis")?;
        let endpoint = InterfaceEndpoint {
            id: item.text("id")?.into(),
            vpc: vpc_id(&item.member("vpc")?, network)?,
            service: item.text("service")?,
            private_dns: item.flag("private_dns", true)?,
            dns_names: names(&item, "dns_names")?,
            interfaces: interfaces
                .iter()
                .map(|it| interface_id(it, network))
                .collect::<Result<_, _>>()?,
            available: true,
        };
        network
            .interface_endpoints
            .insert(endpoint.id.clone(), endpoint);
    }
    Ok(())
}

fn balancers(at: &At<'_>, network: &mut Network) -> Result<(), String> {
    for item in at.some("target_groups")? {
        let port = item.member("port")?;
        let mut targets = Vec::new();
        for target in item.list("targets")? {
            let interface =
                interface_id(&target.optional("eni").unwrap_or(target.clone()), network)?;
            targets.push(BalancedTarget {
                id: interface.as_str().into(),
                interface,
                port: target.optional("port").unwrap_or(port.clone()).as_port()?,
                draining: false,
                health: TargetHealth::default(),
            });
        }
        let group = TargetGroup {
            preserve_client_ip: item.flag("preserve_client_ip", false)?,
            targets,
            ..TargetGroup::new(
                item.text("id")?.into(),
                &item
                    .optional("target_type")
                    .map_or(Ok("ip".to_owned()), |it| it.as_text())?,
                &item.text("proto")?,
                port.as_port()?,
            )
        };
        network.target_groups.insert(group.id.clone(), group);
    }
    for item in at.some("load_balancers")? {
        let kind = item.member("type")?;
        let kind = match kind.as_text()?.as_str() {
            "application" => LoadBalancerKind::Application,
            "network" => LoadBalancerKind::Network,
            _ => return Err(kind.wrong("application or network")),
        };
        let scheme = item.member("scheme")?;
        let internet_facing = match scheme.as_text()?.as_str() {
            "internet-facing" => true,
            "internal" => false,
            _ => return Err(scheme.wrong("internet-facing or internal")),
        };
        let mut listeners = Vec::new();
        for listener in item.list("listeners")? {
            let group = listener.optional("target_group").map(|it| it.as_text());
            listeners.push(BalancerListener {
                arn: String::new(),
                protocol: listener.text("proto")?,
                port: listener.member("port")?.as_port()?,
                target_group: group.transpose()?.map(Into::into),
            });
        }
        let nodes = item.list("enis")?;
        let name = item
            .optional("dns_name")
            .map(|it| it.as_text())
            .transpose()?;
        let balancer = LoadBalancer {
            internet_facing,
            dns_name: name.unwrap_or_default(),
            nodes: nodes
                .iter()
                .map(|it| interface_id(it, network))
                .collect::<Result<_, _>>()?,
            listeners,
            cross_zone: item.flag("cross_zone", kind == LoadBalancerKind::Application)?,
            ..LoadBalancer::new(item.text("id")?.into(), kind)
        };
        network.load_balancers.insert(balancer.id.clone(), balancer);
    }
    Ok(())
}
