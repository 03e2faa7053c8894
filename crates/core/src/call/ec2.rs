//! EC2's calls: the VPC and what is in it. Members are spelled as in the EC2 API.

use crate::ids::{InternetGatewayId, RouteTableId, SecurityGroupId, VpcId};
use crate::wire;

wire! {
    /// Input of `CreateVpc`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CreateVpc {
        /// The block, /16 to /28.
        pub cidr_block: String = "CidrBlock",
        /// Tags; `Name` names the VPC.
        pub tag_specifications: Vec<TagSpecification> = "TagSpecifications" optional,
    }

    /// Input of `CreateSubnet`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CreateSubnet {
        /// The VPC.
        pub vpc_id: VpcId = "VpcId",
        /// The block, /16 to /28, within the VPC's.
        pub cidr_block: String = "CidrBlock",
        /// The zone, such as `us-east-1a`; AWS chooses where it is absent, here the first.
        pub availability_zone: Option<String> = "AvailabilityZone" optional,
        /// Tags; `Name` names the subnet.
        pub tag_specifications: Vec<TagSpecification> = "TagSpecifications" optional,
    }

    /// Input of `CreateInternetGateway`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateInternetGateway {
        /// Tags.
        pub tag_specifications: Vec<TagSpecification> = "TagSpecifications" optional,
    }

    /// Input of `AttachInternetGateway`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AttachInternetGateway {
        /// The gateway.
        pub internet_gateway_id: InternetGatewayId = "InternetGatewayId",
        /// The VPC.
        pub vpc_id: VpcId = "VpcId",
    }

    /// Input of `CreateRoute`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CreateRoute {
        /// The route table.
        pub route_table_id: RouteTableId = "RouteTableId",
        /// Where the route applies, such as `0.0.0.0/0`.
        pub destination_cidr_block: String = "DestinationCidrBlock",
        /// The gateway it leads to.
        pub gateway_id: InternetGatewayId = "GatewayId",
    }

    /// Input of `DeleteRoute`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct DeleteRoute {
        /// The route table.
        pub route_table_id: RouteTableId = "RouteTableId",
        /// The destination of the route.
        pub destination_cidr_block: String = "DestinationCidrBlock",
    }

    /// Input of `CreateSecurityGroup`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CreateSecurityGroup {
        /// The name, unique in the VPC.
        pub group_name: String = "GroupName",
        /// What it is for; AWS demands it.
        pub description: String = "Description",
        /// The VPC.
        pub vpc_id: VpcId = "VpcId",
    }

    /// Input of `AuthorizeSecurityGroupIngress`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AuthorizeSecurityGroupIngress {
        /// The group.
        pub group_id: SecurityGroupId = "GroupId",
        /// What it lets in.
        pub ip_permissions: Vec<IpPermission> = "IpPermissions",
    }

    /// Input of `RevokeSecurityGroupIngress`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RevokeSecurityGroupIngress {
        /// The group.
        pub group_id: SecurityGroupId = "GroupId",
        /// What it lets in no longer.
        pub ip_permissions: Vec<IpPermission> = "IpPermissions",
    }

    /// A protocol, its ports and who may use them.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct IpPermission {
        /// `tcp`, `udp`, `icmp`, or `-1` for all.
        pub ip_protocol: String = "IpProtocol",
        /// The first port; absent for all protocols.
        pub from_port: Option<u16> = "FromPort" optional,
        /// The last port; absent for all protocols.
        pub to_port: Option<u16> = "ToPort" optional,
        /// Blocks that may.
        pub ip_ranges: Vec<IpRange> = "IpRanges" optional,
        /// Groups whose members may.
        pub user_id_group_pairs: Vec<UserIdGroupPair> = "UserIdGroupPairs" optional,
    }

    /// A block of addresses in a rule.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct IpRange {
        /// The block, such as `0.0.0.0/0`.
        pub cidr_ip: String = "CidrIp",
    }

    /// A group in a rule.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct UserIdGroupPair {
        /// The group.
        pub group_id: SecurityGroupId = "GroupId",
    }

    /// Tags for what a call makes.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct TagSpecification {
        /// What is tagged, such as `subnet`.
        pub resource_type: String = "ResourceType",
        /// The tags.
        pub tags: Vec<Tag> = "Tags",
    }

    /// A tag.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Tag {
        /// The key; `Name` is what consoles show.
        pub key: String = "Key",
        /// The value.
        pub value: String = "Value",
    }
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
