//! Interface endpoints: a service with an interface in each of some subnets.

use super::{changed, invalid, made, missing};
use crate::call::{CreateVpcEndpoint, ModifyVpcEndpoint};
use crate::engine::chance;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId, VpcEndpointId};
use crate::network::services::{self, Service};
use crate::network::{
    Attachment, Bound, InterfaceEndpoint, IpProtocol, Listener, Network, Owner, Vpc,
};
use crate::units::SimSpan;
use std::collections::BTreeSet;

/// Interface endpoints of a VPC. Source: 'Amazon VPC quotas'.
const MAX_INTERFACE_ENDPOINTS: usize = 50;

/// How long an interface endpoint is pending, in ms: AWS gives no figure; a minute or so is seen.
const COMES_UP: (u64, u64) = (30_000, 60_000);

/// An interface endpoint, with an interface in each of its subnets.
pub(super) fn create(
    network: &mut Network,
    input: &CreateVpcEndpoint,
    vpc: &Vpc,
    service: &'static Service,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let private_dns = input.private_dns_enabled.unwrap_or(true);
    check_private_dns(network, vpc, &input.service_name, private_dns)?;
    let endpoints = network.interface_endpoints.values();
    let count = endpoints.filter(|it| it.vpc == vpc.id).count();
    if count >= MAX_INTERFACE_ENDPOINTS {
        return Err(ApiError::new(
            "VpcEndpointLimitExceeded",
            "The maximum number of VPC endpoints has been reached.",
            "Delete an endpoint that nothing uses.",
        ));
    }
    let groups = groups(network, vpc, &input.security_group_ids)?;
    check_subnets(network, vpc, &input.subnet_ids)?;
    let id = VpcEndpointId::from(step.id("vpce"));
    let interfaces = input.subnet_ids.iter();
    let interfaces = interfaces
        .map(|subnet| stand(network, &id, subnet, &groups, service, step))
        .collect::<Result<_, ApiError>>()?;
    let dns_names = service.dns_names.iter().map(|&name| name.to_owned());
    let endpoint = InterfaceEndpoint {
        id: id.clone(),
        vpc: vpc.id.clone(),
        service: input.service_name.clone(),
        private_dns,
        dns_names: dns_names.collect(),
        interfaces,
        available: false,
    };
    network.interface_endpoints.insert(id.clone(), endpoint);
    network.touch();
    let (least, most) = COMES_UP;
    let up = chance::between(step.seed, "interface endpoint", id.as_str(), least, most);
    step.later(SimSpan(up), id.as_str());
    Ok(made(
        "Interface endpoint",
        id.as_str(),
        input.service_name.clone(),
        step,
    ))
}

/// The subnets are of the endpoint's VPC, and no two of one zone.
fn check_subnets(network: &Network, vpc: &Vpc, subnets: &[SubnetId]) -> Result<(), ApiError> {
    let mut zones = BTreeSet::new();
    for subnet in subnets {
        let subnet = missing::subnet(network, subnet)?;
        if subnet.vpc != vpc.id {
            return Err(invalid(
                format!("Subnet {} does not belong to VPC {}.", subnet.id, vpc.id),
                "Choose subnets of the endpoint's VPC.",
            ));
        }
        if !zones.insert(subnet.zone.clone()) {
            return Err(ApiError::new(
                "DuplicateSubnetsInSameZone",
                "Found another VPC endpoint subnet in the availability zone of ".to_owned()
                    + subnet.id.as_str(),
                "Choose one subnet a zone.",
            ));
        }
    }
    Ok(())
}

/// An interface of an endpoint in a subnet, which listens for HTTPS.
fn stand(
    network: &mut Network,
    id: &VpcEndpointId,
    subnet: &SubnetId,
    groups: &[SecurityGroupId],
    service: &'static Service,
    step: &mut Step<'_>,
) -> Result<NetworkInterfaceId, ApiError> {
    let eni = step.id("eni");
    let owner = Owner::Endpoint(id.clone());
    let Ok(mut made) = network.new_interface(&eni, owner, subnet, groups, step.seed) else {
        return Err(ApiError::new(
            "InsufficientFreeAddressesInSubnet",
            format!("There are not enough free addresses in subnet '{subnet}'."),
            "Choose a subnet with a free address.",
        ));
    };
    made.attachment = Attachment::Attached;
    made.listeners.push(Listener {
        protocol: IpProtocol::TCP,
        port: 443,
        bound: Bound::All,
        container: None,
        name: service.name.into(),
    });
    let eni = made.id.clone();
    network.interfaces.insert(eni.clone(), made);
    Ok(eni)
}

fn check_private_dns(
    network: &Network,
    vpc: &Vpc,
    service: &str,
    private_dns: bool,
) -> Result<(), ApiError> {
    if !private_dns {
        return Ok(());
    }
    if !vpc.dns_support || !vpc.dns_hostnames {
        return Err(invalid(
            format!(
                "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for {}",
                vpc.id
            ),
            "Switch both on with ModifyVpcAttribute, or give PrivateDnsEnabled false.",
        ));
    }
    let mut others = network.interface_endpoints.values();
    let other =
        others.find(|other| other.vpc == vpc.id && other.service == service && other.private_dns);
    match other {
        Some(other) => Err(invalid(
            format!(
                "private-dns-enabled cannot be set because there is already a conflicting DNS domain for {} in the VPC {}",
                services::private_name(service),
                vpc.id
            ),
            format!(
                "{} has the name; a service has one endpoint with private DNS in a VPC.",
                other.id
            ),
        )),
        None => Ok(()),
    }
}

fn groups(
    network: &Network,
    vpc: &Vpc,
    wanted: &[SecurityGroupId],
) -> Result<Vec<SecurityGroupId>, ApiError> {
    crate::network::calls::interfaces::fitting(vpc, wanted, |id| {
        if missing::security_group(network, id)?.vpc == vpc.id {
            return Ok(());
        }
        Err(invalid(
            format!("Security group {id} does not belong to VPC {}.", vpc.id),
            "Choose groups of the endpoint's VPC.",
        ))
    })
}

/// Changes the groups of an endpoint's interfaces, and whether it has private DNS.
pub(super) fn modify(
    network: &mut Network,
    endpoint: &InterfaceEndpoint,
    input: &ModifyVpcEndpoint,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &endpoint.id;
    if !input.add_route_table_ids.is_empty() || !input.remove_route_table_ids.is_empty() {
        return Err(invalid(
            "Route tables are not supported for an interface endpoint.",
            "An interface endpoint is found by its name; it needs no route.",
        ));
    }
    let vpc = missing::vpc(network, &endpoint.vpc)?.as_ref().clone();
    groups(network, &vpc, &input.add_security_group_ids)?;
    let private_dns = input.private_dns_enabled.unwrap_or(endpoint.private_dns);
    if private_dns && !endpoint.private_dns {
        check_private_dns(network, &vpc, &endpoint.service, true)?;
    }
    for interface in &endpoint.interfaces {
        if let Some(interface) = network.interfaces.get_mut(interface) {
            interface
                .groups
                .retain(|group| !input.remove_security_group_ids.contains(group));
            for group in &input.add_security_group_ids {
                if !interface.groups.contains(group) {
                    interface.groups.push(group.clone());
                }
            }
            if interface.groups.is_empty() {
                interface.groups.push(vpc.default_security_group.clone());
            }
        }
    }
    if let Some(endpoint) = network.interface_endpoints.get_mut(id) {
        endpoint.private_dns = private_dns;
    }
    network.touch();
    let how = format!("has private DNS {}", if private_dns { "on" } else { "off" });
    Ok(changed("Interface endpoint", id.as_str(), how, step))
}

/// An interface endpoint is available: its names lead to it from now on.
pub(in crate::network::calls) fn due(network: &mut Network, id: &str, step: &mut Step<'_>) {
    let Some(endpoint) = network
        .interface_endpoints
        .get_mut(&VpcEndpointId::from(id))
    else {
        return;
    };
    endpoint.available = true;
    network.touch();
    changed("Interface endpoint", id, "is available", step);
}
