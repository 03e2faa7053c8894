//! Blocks of addresses as calls write them.

use crate::error::ApiError;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// Reads an IPv4 block of /16 to /28 with its host bits cleared, as AWS does; `code` refuses other sizes.
/// Source: 'VPC CIDR blocks' and 'Subnet CIDR blocks' of the VPC guide.
pub(super) fn sized(text: &str, code: &'static str) -> Result<Ipv4Net, ApiError> {
    let Ok(net) = text.trim().parse::<Ipv4Net>() else {
        return Err(malformed("cidrBlock", text, "172.31.0.0/16"));
    };
    if !(16..=28).contains(&net.prefix_len()) {
        return Err(ApiError::new(
            code,
            format!("The CIDR '{text}' is invalid."),
            "A block has between 16 (/28) and 65,536 (/16) addresses.",
        ));
    }
    Ok(net.trunc())
}

/// Reads an IPv4 block of any size.
pub(super) fn ipv4(parameter: &str, text: &str) -> Result<IpNet, ApiError> {
    let net = text.trim().parse::<Ipv4Net>();
    net.map(|net| IpNet::V4(net.trunc()))
        .map_err(|_| malformed(parameter, text, "0.0.0.0/0"))
}

/// Reads an IPv6 block of any size.
pub(super) fn ipv6(parameter: &str, text: &str) -> Result<Ipv6Net, ApiError> {
    let net = text.trim().parse::<Ipv6Net>();
    net.map(|net| net.trunc())
        .map_err(|_| malformed(parameter, text, "::/0"))
}

fn malformed(parameter: &str, text: &str, example: &str) -> ApiError {
    ApiError::new(
        "InvalidParameterValue",
        format!(
            "Value ({text}) for parameter {parameter} is invalid. This is not a valid CIDR block."
        ),
        format!("Write a block such as {example}."),
    )
}
