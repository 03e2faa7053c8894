//! EC2's calls: the VPC and what is in it. Members are spelled as in the EC2 API.

use crate::ids::{InternetGatewayId, RouteTableId, SecurityGroupId, VpcId};
use serde::{Deserialize, Serialize};

/// Input of `CreateVpc`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateVpc {
    /// The block, /16 to /28.
    pub cidr_block: String,
    /// Tags; `Name` names the VPC.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tag_specifications: Vec<TagSpecification>,
}

/// Input of `CreateSubnet`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateSubnet {
    /// The VPC.
    pub vpc_id: VpcId,
    /// The block, /16 to /28, within the VPC's.
    pub cidr_block: String,
    /// The zone, such as `us-east-1a`; AWS chooses where it is absent, here the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub availability_zone: Option<String>,
    /// Tags; `Name` names the subnet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tag_specifications: Vec<TagSpecification>,
}

/// Input of `CreateInternetGateway`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateInternetGateway {
    /// Tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tag_specifications: Vec<TagSpecification>,
}

/// Input of `AttachInternetGateway`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AttachInternetGateway {
    /// The gateway.
    pub internet_gateway_id: InternetGatewayId,
    /// The VPC.
    pub vpc_id: VpcId,
}

/// Input of `CreateRoute`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateRoute {
    /// The route table.
    pub route_table_id: RouteTableId,
    /// Where the route applies, such as `0.0.0.0/0`.
    pub destination_cidr_block: String,
    /// The gateway it leads to.
    pub gateway_id: InternetGatewayId,
}

/// Input of `DeleteRoute`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DeleteRoute {
    /// The route table.
    pub route_table_id: RouteTableId,
    /// The destination of the route.
    pub destination_cidr_block: String,
}

/// Input of `CreateSecurityGroup`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateSecurityGroup {
    /// The name, unique in the VPC.
    pub group_name: String,
    /// What it is for; AWS demands it.
    pub description: String,
    /// The VPC.
    pub vpc_id: VpcId,
}

/// Input of `AuthorizeSecurityGroupIngress`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AuthorizeSecurityGroupIngress {
    /// The group.
    pub group_id: SecurityGroupId,
    /// What it lets in.
    pub ip_permissions: Vec<IpPermission>,
}

/// Input of `RevokeSecurityGroupIngress`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct RevokeSecurityGroupIngress {
    /// The group.
    pub group_id: SecurityGroupId,
    /// What it lets in no longer.
    pub ip_permissions: Vec<IpPermission>,
}

/// A protocol, its ports and who may use them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct IpPermission {
    /// `tcp`, `udp`, `icmp`, or `-1` for all.
    pub ip_protocol: String,
    /// The first port; absent for all protocols.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_port: Option<u16>,
    /// The last port; absent for all protocols.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_port: Option<u16>,
    /// Blocks that may.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ip_ranges: Vec<IpRange>,
    /// Groups whose members may.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub user_id_group_pairs: Vec<UserIdGroupPair>,
}

/// A block of addresses in a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct IpRange {
    /// The block, such as `0.0.0.0/0`.
    pub cidr_ip: String,
}

/// A group in a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct UserIdGroupPair {
    /// The group.
    pub group_id: SecurityGroupId,
}

/// Tags for what a call makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct TagSpecification {
    /// What is tagged, such as `subnet`.
    pub resource_type: String,
    /// The tags.
    pub tags: Vec<Tag>,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Tag {
    /// The key; `Name` is what consoles show.
    pub key: String,
    /// The value.
    pub value: String,
}

impl TagSpecification {
    /// The tags that give a resource its name.
    pub fn name(resource_type: &str, name: &str) -> Vec<Self> {
        let tag = Tag {
            key: "Name".to_owned(),
            value: name.to_owned(),
        };
        vec![Self {
            resource_type: resource_type.to_owned(),
            tags: vec![tag],
        }]
    }

    /// The `Name` among the tags.
    pub fn name_in(specifications: &[Self]) -> Option<&str> {
        let mut tags = specifications.iter().flat_map(|spec| &spec.tags);
        tags.find(|tag| tag.key == "Name")
            .map(|tag| tag.value.as_str())
    }
}

impl IpPermission {
    /// TCP on one port from a block.
    pub fn tcp(port: u16, cidr: &str) -> Self {
        Self {
            ip_protocol: "tcp".to_owned(),
            from_port: Some(port),
            to_port: Some(port),
            ip_ranges: vec![IpRange {
                cidr_ip: cidr.to_owned(),
            }],
            user_id_group_pairs: Vec::new(),
        }
    }
}
