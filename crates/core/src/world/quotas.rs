//! How many VPCs, subnets and gateways an account may have. Only a world that judges asks; a shipped scenario's are known to be few.
//!
//! Those of what a first visitor does not make stand where it is made.
//! Source: 'Amazon VPC quotas'; the codes are those of 'Error codes for the Amazon EC2 API'.

use crate::call::Call;
use crate::error::ApiError;
use crate::network::Network;
use crate::text::{self, Node};

/// A quota: the action that may pass it, how many there may be, and what AWS says.
struct Quota {
    action: &'static str,
    most: usize,
    /// How many there are: in the VPC that the call names, or in all.
    count: fn(&Network, &str) -> usize,
    code: &'static str,
    what: &'static str,
    cure: &'static str,
}

const QUOTAS: [Quota; 3] = [
    Quota {
        action: "ec2:CreateVpc",
        most: 5,
        count: |network, _| network.vpcs.len(),
        code: "VpcLimitExceeded",
        what: "VPCs",
        cure: "An account has 5 in a Region, and more on request: delete one that is not needed.",
    },
    Quota {
        action: "ec2:CreateSubnet",
        most: 200,
        count: |network, vpc| {
            let subnets = network.subnets.values();
            subnets.filter(|it| it.vpc.as_str() == vpc).count()
        },
        code: "SubnetLimitExceeded",
        what: "subnets",
        cure: "A VPC has 200, and more on request: delete one that is not needed.",
    },
    Quota {
        action: "ec2:CreateInternetGateway",
        most: 5,
        count: |network, _| network.internet_gateways.len(),
        code: "InternetGatewayLimitExceeded",
        what: "internet gateways",
        cure: "An account has as many as VPCs, 5 in a Region: attach one that is there.",
    },
];

/// Refuses a call that would make one more than there may be.
pub(super) fn fit(network: &Network, call: &Call) -> Result<(), ApiError> {
    let Some(quota) = QUOTAS.iter().find(|it| it.action == call.action()) else {
        return Ok(());
    };
    let input = text::read(&call.input_json()).root;
    let vpc = input
        .get("VpcId")
        .and_then(Node::as_str)
        .unwrap_or_default();
    if (quota.count)(network, vpc) < quota.most {
        return Ok(());
    }
    let message = format!("The maximum number of {} has been reached.", quota.what);
    Err(ApiError::new(quota.code, message, quota.cure))
}
