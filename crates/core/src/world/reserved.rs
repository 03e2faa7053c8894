//! Destinations of routes that AWS keeps for itself. Only a world that judges asks; a shipped scenario's routes lead elsewhere.

use crate::call::Call;
use crate::error::ApiError;
use crate::text::{self, Node};
use ipnet::IpNet;
use std::str::FromStr;

/// The blocks of AWS's own services within which no route may lead.
/// Source: 'Route tables' of the VPC guide, considerations.
const RESERVED: [&str; 2] = ["169.254.168.0/22", "fd00:ec2::/32"];

/// Refuses a route whose destination is one of the blocks, or lies in one.
pub(super) fn fit(call: &Call) -> Result<(), ApiError> {
    if !["ec2:CreateRoute", "ec2:ReplaceRoute"].contains(&call.action()) {
        return Ok(());
    }
    let input = text::read(&call.input_json()).root;
    let members = ["DestinationCidrBlock", "DestinationIpv6CidrBlock"];
    let given = members
        .iter()
        .filter_map(|it| input.get(it).and_then(Node::as_str));
    for block in given.filter_map(|it| IpNet::from_str(it).ok()) {
        let mut all = RESERVED.iter().filter_map(|it| IpNet::from_str(it).ok());
        if let Some(reserved) = all.find(|it| it.contains(&block)) {
            return Err(ApiError::new(
                "InvalidParameterValue",
                format!("The destination CIDR block {block} is reserved for AWS services."),
                format!("Lead other addresses: those of {reserved} are AWS's own."),
            ));
        }
    }
    Ok(())
}
