//! Egress-only internet gateways: IPv6 connections opened from inside, and their answers.

use crate::ids::{EgressOnlyInternetGatewayId, VpcId};

/// An egress-only internet gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EgressOnlyGateway {
    /// Its id.
    pub id: EgressOnlyInternetGatewayId,
    /// The VPC it is attached to; `None` where it is detached.
    pub vpc: Option<VpcId>,
}
