//! Internet gateways: the door between a VPC and the Internet, open to addresses that have a public twin.

use super::Network;
use crate::call::{AttachInternetGateway, CreateInternetGateway};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Fact;
use crate::ids::{InternetGatewayId, VpcId};

/// An internet gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InternetGateway {
    /// Its id.
    pub id: InternetGatewayId,
    /// The VPC it is attached to; `None` before.
    pub vpc: Option<VpcId>,
}

impl Network {
    /// The internet gateway of a VPC.
    pub fn internet_gateway_of(&self, vpc: &VpcId) -> Option<&InternetGateway> {
        self.internet_gateways
            .values()
            .find(|gateway| gateway.vpc.as_ref() == Some(vpc))
            .map(AsRef::as_ref)
    }
}

/// `CreateInternetGateway`.
#[allow(
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
    if network.vpcs.get(vpc).is_none() {
        return Err(ApiError::new(
            "InvalidVpcID.NotFound",
            format!("The vpc ID '{vpc}' does not exist"),
            "Name a VPC of this scenario.",
        ));
    }
    if network.internet_gateway_of(vpc).is_some() {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!("Network {vpc} already has an internet gateway attached"),
            "A VPC has one internet gateway; use that one.",
        ));
    }
    let Some(found) = network.internet_gateways.get_mut(gateway) else {
        return Err(ApiError::new(
            "InvalidInternetGatewayID.NotFound",
            format!("The internetGateway ID '{gateway}' does not exist"),
            "Name an internet gateway of this scenario.",
        ));
    };
    if found.vpc.is_some() {
        return Err(ApiError::new(
            "Resource.AlreadyAssociated",
            format!("resource {gateway} is already attached to network {vpc}"),
            "Make another internet gateway for this VPC.",
        ));
    }
    found.vpc = Some(vpc.clone());
    step.log(Fact::GatewayAttached {
        gateway: gateway.to_string(),
        vpc: vpc.to_string(),
    });
    network.touch();
    Ok(Reply::Done)
}
