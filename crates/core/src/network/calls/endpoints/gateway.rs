//! Gateway endpoints: routes to S3 and DynamoDB.

use super::{changed, invalid, made, missing};
use crate::call::{CreateVpcEndpoint, ModifyVpcEndpoint};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{RouteTableId, VpcEndpointId, VpcId};
use crate::network::services::{self, Service};
use crate::network::{GatewayEndpoint, Network, Vpc};

/// Gateway endpoints of the account. Source: 'Amazon VPC quotas'.
const MAX_ENDPOINTS: usize = 20;

pub(super) fn create(
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
    if network.gateway_endpoints.values().count() >= MAX_ENDPOINTS {
        return Err(ApiError::new(
            "VpcEndpointLimitExceeded",
            "The maximum number of VPC endpoints has been reached.",
            "A Region has 20 gateway endpoints, and more on request: give one that is there further route tables.",
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

/// Changes which route tables lead to an endpoint.
pub(super) fn modify(
    network: &mut Network,
    endpoint: &GatewayEndpoint,
    input: &ModifyVpcEndpoint,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &endpoint.id;
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
    Ok(changed("Gateway endpoint", id.as_str(), how, step))
}
