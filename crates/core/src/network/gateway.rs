//! Internet gateways: the door between a VPC and the Internet, open to addresses that have a public twin.

use super::Network;
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
