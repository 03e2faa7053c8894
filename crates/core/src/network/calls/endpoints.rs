//! VPC endpoints: gateway endpoints, which are routes, and interface endpoints, which are interfaces with a name.

use super::{changed, deleted, made, missing};
use crate::call::{CreateVpcEndpoint, DeleteVpcEndpoints, ModifyVpcEndpoint};
use crate::engine::chance;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{NetworkInterfaceId, RouteTableId, SecurityGroupId, VpcEndpointId, VpcId};
use crate::network::services::{self, Service};
use crate::network::{
    Attachment, GatewayEndpoint, InterfaceEndpoint, IpProtocol, Listener, Network, Owner, Target,
    Vpc,
};
use crate::units::SimSpan;
use std::collections::BTreeSet;

/// Interface endpoints of a VPC. Source: 'Amazon VPC quotas'.
const MAX_INTERFACE_ENDPOINTS: usize = 50;
/// How long an interface endpoint is pending, in ms: AWS gives no figure; a minute or so is seen.
const COMES_UP: (u64, u64) = (30_000, 60_000);

fn invalid(message: impl Into<String>, cure: impl Into<String>) -> ApiError {
    ApiError::new("InvalidParameter", message, cure.into())
}

/// `CreateVpcEndpoint`.
pub(crate) fn create_vpc_endpoint(
    network: &mut Network,
    input: &CreateVpcEndpoint,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let vpc = missing::vpc(network, &input.vpc_id)?.as_ref().clone();
    let Some(service) = services::endpoint(&input.service_name) else {
        return Err(ApiError::new(
            "InvalidServiceName",
            format!(
                "The Vpc Endpoint Service '{}' does not exist",
                input.service_name
            ),
            format!(
                "Name a service such as com.amazonaws.us-east-1.s3; known here are {}.",
                services::known()
            ),
        ));
    };
    match input.vpc_endpoint_type.as_deref() {
        None | Some("Gateway") => gateway(network, input, &vpc, service, step),
        Some("Interface") => interface(network, input, &vpc, service, step),
        Some(other) => Err(invalid(
            format!("The VPC endpoint type {other} is not supported."),
            "Write Gateway or Interface.",
        )),
    }
}

fn gateway(
    network: &mut Network,
    input: &CreateVpcEndpoint,
    vpc: &Vpc,
    service: &'static Service,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let Some((prefix_list, _)) = service.gateway else {
        return Err(invalid(
            format!(
                "Endpoint type (Gateway) does not match available service types ([Interface]) for service {}.",
                input.service_name
            ),
            "Only S3 and DynamoDB have gateway endpoints; give VpcEndpointType Interface.",
        ));
    };
    if !input.subnet_ids.is_empty() || !input.security_group_ids.is_empty() {
        return Err(invalid(
            "Subnets and security groups are not supported for a gateway endpoint.",
            "A gateway endpoint is a route: give RouteTableIds.",
        ));
    }
    let mut tables = Vec::new();
    for id in &input.route_table_ids {
        check_table(network, id, &vpc.id, &input.service_name, &tables)?;
        tables.push(id.clone());
    }
    let id = VpcEndpointId::from(step.id("vpce"));
    let endpoint = GatewayEndpoint {
        id: id.clone(),
        vpc: vpc.id.clone(),
        service: input.service_name.clone(),
        prefix_list: prefix_list.into(),
        route_tables: tables,
    };
    network.gateway_endpoints.insert(id.clone(), endpoint);
    network.touch();
    Ok(made(
        "Gateway endpoint",
        id.as_str(),
        input.service_name.clone(),
        step,
    ))
}

/// A table may lead to one gateway endpoint of each service.
fn check_table(
    network: &Network,
    id: &RouteTableId,
    vpc: &VpcId,
    service: &str,
    chosen: &[RouteTableId],
) -> Result<(), ApiError> {
    let table = missing::route_table(network, id)?;
    if table.vpc != *vpc {
        return Err(invalid(
            format!("Route table {id} does not belong to VPC {vpc}."),
            "Choose route tables of the endpoint's VPC.",
        ));
    }
    let mut others = network.gateway_endpoints.values();
    let other = others.any(|other| other.service == service && other.route_tables.contains(id));
    if other || chosen.contains(id) {
        let list = services::endpoint(service)
            .and_then(|it| it.gateway)
            .map_or("", |(id, _)| id);
        return Err(ApiError::new(
            "RouteAlreadyExists",
            format!("route table {id} already has a route with destination-prefix-list-id {list}"),
            "The table leads to an endpoint of this service already.",
        ));
    }
    Ok(())
}

fn interface(
    network: &mut Network,
    input: &CreateVpcEndpoint,
    vpc: &Vpc,
    service: &'static Service,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let private_dns = input.private_dns_enabled.unwrap_or(true);
    check_private_dns(network, vpc, &input.service_name, private_dns)?;
    if network
        .interface_endpoints
        .values()
        .filter(|it| it.vpc == vpc.id)
        .count()
        >= MAX_INTERFACE_ENDPOINTS
    {
        return Err(ApiError::new(
            "VpcEndpointLimitExceeded",
            "The maximum number of VPC endpoints has been reached.",
            "Delete an endpoint that nothing uses.",
        ));
    }
    let groups = groups(network, vpc, &input.security_group_ids)?;
    let mut zones = BTreeSet::new();
    for subnet in &input.subnet_ids {
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
    let id = VpcEndpointId::from(step.id("vpce"));
    let mut interfaces: Vec<NetworkInterfaceId> = Vec::new();
    for subnet in &input.subnet_ids {
        let eni = step.id("eni");
        let owner = Owner::Endpoint(id.clone());
        let Ok(mut made) = network.new_interface(&eni, owner, subnet, &groups, step.seed) else {
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
            loopback_only: false,
            container: None,
            name: service.name.into(),
        });
        interfaces.push(made.id.clone());
        network.interfaces.insert(made.id.clone(), made);
    }
    let endpoint = InterfaceEndpoint {
        id: id.clone(),
        vpc: vpc.id.clone(),
        service: input.service_name.clone(),
        private_dns,
        dns_names: service
            .dns_names
            .iter()
            .map(|&name| name.to_owned())
            .collect(),
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
    if wanted.is_empty() {
        return Ok(vec![vpc.default_security_group.clone()]);
    }
    for id in wanted {
        if missing::security_group(network, id)?.vpc != vpc.id {
            return Err(invalid(
                format!("Security group {id} does not belong to VPC {}.", vpc.id),
                "Choose groups of the endpoint's VPC.",
            ));
        }
    }
    Ok(wanted.to_vec())
}

fn no_endpoint(id: &VpcEndpointId) -> ApiError {
    ApiError::new(
        "InvalidVpcEndpointId.NotFound",
        format!("The Vpc Endpoint Id '{id}' does not exist"),
        "Name an endpoint of this scenario.",
    )
}

/// `ModifyVpcEndpoint`.
pub(crate) fn modify_vpc_endpoint(
    network: &mut Network,
    input: &ModifyVpcEndpoint,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.vpc_endpoint_id;
    if let Some(endpoint) = network.gateway_endpoints.get(id).cloned() {
        if !input.add_security_group_ids.is_empty() || !input.remove_security_group_ids.is_empty() {
            return Err(invalid(
                "Security groups are not supported for a gateway endpoint.",
                "A gateway endpoint has no interface: say in the groups of the tasks what may go out.",
            ));
        }
        let mut tables = endpoint.route_tables.clone();
        tables.retain(|table| !input.remove_route_table_ids.contains(table));
        for table in &input.add_route_table_ids {
            check_table(network, table, &endpoint.vpc, &endpoint.service, &[])?;
            tables.push(table.clone());
        }
        let how = format!("has routes in {} route tables", tables.len());
        if let Some(endpoint) = network.gateway_endpoints.get_mut(id) {
            endpoint.route_tables = tables;
        }
        network.touch();
        return Ok(changed("Gateway endpoint", id.as_str(), how, step));
    }
    let endpoint = network
        .interface_endpoints
        .get(id)
        .cloned()
        .ok_or_else(|| no_endpoint(id))?;
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
pub(super) fn due(network: &mut Network, id: &str, step: &mut Step<'_>) {
    let Some(endpoint) = network
        .interface_endpoints
        .get_mut(&VpcEndpointId::from(id))
    else {
        return;
    };
    endpoint.available = true;
    network.touch();
    changed("Interface endpoint", id, "is available".to_owned(), step);
}

/// `DeleteVpcEndpoints`.
pub(crate) fn delete_vpc_endpoints(
    network: &mut Network,
    input: &DeleteVpcEndpoints,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    for id in &input.vpc_endpoint_ids {
        if network.gateway_endpoints.remove(id).is_some() {
            network.forget_target(&Target::GatewayEndpoint(id.clone()));
            deleted("Gateway endpoint", id.as_str(), step);
        } else if let Some(endpoint) = network.interface_endpoints.remove(id) {
            for interface in &endpoint.interfaces {
                network.interfaces.remove(interface);
            }
            deleted("Interface endpoint", id.as_str(), step);
        } else {
            return Err(no_endpoint(id));
        }
    }
    network.touch();
    Ok(Reply::Done)
}
