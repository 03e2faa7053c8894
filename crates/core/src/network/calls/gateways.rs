//! Internet gateways and egress-only internet gateways.

use super::{changed, deleted, in_use, made, missing};
use crate::call::{
    AttachInternetGateway, CreateEgressOnlyInternetGateway, CreateInternetGateway,
    DeleteEgressOnlyInternetGateway, DeleteInternetGateway, DetachInternetGateway,
};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Fact;
use crate::ids::{EgressOnlyInternetGatewayId, InternetGatewayId};
use crate::network::{EgressOnlyGateway, InternetGateway, Network, Target};

/// `CreateInternetGateway`.
#[expect(
    clippy::unnecessary_wraps,
    reason = "every call answers in the same way"
)]
pub(crate) fn create_internet_gateway(
    network: &mut Network,
    _input: &CreateInternetGateway,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = InternetGatewayId::from(step.id("igw"));
    step.log(Fact::Made {
        what: "Internet gateway",
        id: id.to_string(),
        name: String::new(),
    });
    network.internet_gateways.insert(
        id.clone(),
        InternetGateway {
            id: id.clone(),
            vpc: None,
        },
    );
    Ok(Reply::Made(id.to_string()))
}

/// `AttachInternetGateway`.
pub(crate) fn attach_internet_gateway(
    network: &mut Network,
    input: &AttachInternetGateway,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let (gateway, vpc) = (&input.internet_gateway_id, &input.vpc_id);
    missing::vpc(network, vpc)?;
    missing::internet_gateway(network, gateway)?;
    if network.internet_gateway_of(vpc).is_some() {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!("Network {vpc} already has an internet gateway attached"),
            "A VPC has one internet gateway; use that one.",
        ));
    }
    if let Some(found) = network.internet_gateways.get_mut(gateway) {
        if let Some(other) = &found.vpc {
            return Err(ApiError::new(
                "Resource.AlreadyAssociated",
                format!("resource {gateway} is already attached to network {other}"),
                "Make another internet gateway for this VPC.",
            ));
        }
        found.vpc = Some(vpc.clone());
    }
    step.log(Fact::GatewayAttached {
        gateway: gateway.to_string(),
        vpc: vpc.to_string(),
    });
    network.touch();
    Ok(Reply::Done)
}

/// `DetachInternetGateway`: not while interfaces of the VPC have public addresses. Routes to it become blackholes.
pub(crate) fn detach_internet_gateway(
    network: &mut Network,
    input: &DetachInternetGateway,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let (gateway, vpc) = (&input.internet_gateway_id, &input.vpc_id);
    missing::vpc(network, vpc)?;
    if missing::internet_gateway(network, gateway)?.vpc.as_ref() != Some(vpc) {
        return Err(ApiError::new(
            "Gateway.NotAttached",
            format!("resource {gateway} is not attached to network {vpc}"),
            "Name the VPC that it is attached to.",
        ));
    }
    let mapped = network.interfaces.values().find(|interface| {
        let subnet = network.subnets.get(&interface.subnet);
        interface.public_ip.is_some() && subnet.is_some_and(|subnet| subnet.vpc == *vpc)
    });
    if let Some(interface) = mapped {
        return Err(ApiError::new(
            "DependencyViolation",
            format!(
                "Network {vpc} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway."
            ),
            format!(
                "{} has a public address: stop what it belongs to first.",
                interface.id
            ),
        ));
    }
    if let Some(found) = network.internet_gateways.get_mut(gateway) {
        found.vpc = None;
    }
    network.touch();
    let how = format!("is detached from {vpc}; routes to it lead nowhere");
    Ok(changed("Internet gateway", gateway.as_str(), how, step))
}

/// `DeleteInternetGateway`: a detached one.
pub(crate) fn delete_internet_gateway(
    network: &mut Network,
    input: &DeleteInternetGateway,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.internet_gateway_id;
    if missing::internet_gateway(network, id)?.vpc.is_some() {
        return Err(in_use(
            "internetGateway",
            id.as_str(),
            "Detach it from its VPC first.",
        ));
    }
    network.internet_gateways.remove(id);
    network.forget_target(&Target::InternetGateway(id.clone()));
    network.touch();
    Ok(deleted("Internet gateway", id.as_str(), step))
}

/// `CreateEgressOnlyInternetGateway`: attached as it is made, one a VPC.
pub(crate) fn create_egress_only_internet_gateway(
    network: &mut Network,
    input: &CreateEgressOnlyInternetGateway,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let vpc = &missing::vpc(network, &input.vpc_id)?.id.clone();
    if network
        .egress_only_gateways
        .values()
        .any(|gateway| gateway.vpc.as_ref() == Some(vpc))
    {
        return Err(ApiError::new(
            "EgressOnlyInternetGatewayLimitExceeded",
            "The maximum number of egress-only internet gateways has been reached.",
            "A VPC has one; use that one.",
        ));
    }
    let id = EgressOnlyInternetGatewayId::from(step.id("eigw"));
    let gateway = EgressOnlyGateway {
        id: id.clone(),
        vpc: Some(vpc.clone()),
    };
    network.egress_only_gateways.insert(id.clone(), gateway);
    network.touch();
    Ok(made(
        "Egress-only internet gateway",
        id.as_str(),
        String::new(),
        step,
    ))
}

/// `DeleteEgressOnlyInternetGateway`. Routes to it become blackholes.
pub(crate) fn delete_egress_only_internet_gateway(
    network: &mut Network,
    input: &DeleteEgressOnlyInternetGateway,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.egress_only_internet_gateway_id;
    missing::egress_only_gateway(network, id)?;
    network.egress_only_gateways.remove(id);
    network.forget_target(&Target::EgressOnlyGateway(id.clone()));
    network.touch();
    Ok(deleted("Egress-only internet gateway", id.as_str(), step))
}
