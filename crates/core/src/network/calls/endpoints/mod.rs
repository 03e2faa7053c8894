//! VPC endpoints: gateway endpoints, which are routes, and interface endpoints, which are interfaces with a name.

mod gateway;
mod interface;

pub(super) use interface::due;

use super::{changed, deleted, made, missing};
use crate::call::{CreateVpcEndpoint, DeleteVpcEndpoints, ModifyVpcEndpoint};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::VpcEndpointId;
use crate::network::services;
use crate::network::{Network, Target};

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
        None | Some("Gateway") => gateway::create(network, input, &vpc, service, step),
        Some("Interface") => interface::create(network, input, &vpc, service, step),
        Some(other) => Err(invalid(
            format!("The VPC endpoint type {other} is not supported."),
            "Write Gateway or Interface.",
        )),
    }
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
        return gateway::modify(network, &endpoint, input, step);
    }
    let endpoint = network.interface_endpoints.get(id).cloned();
    let endpoint = endpoint.ok_or_else(|| no_endpoint(id))?;
    interface::modify(network, &endpoint, input, step)
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
