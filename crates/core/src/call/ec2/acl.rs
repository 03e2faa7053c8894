//! Network ACLs and their entries.

use super::TagSpecification;
use crate::ids::{NetworkAclId, VpcId};
use crate::wire;

wire! {
    /// Input of `CreateNetworkAcl`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateNetworkAcl {
        /// The VPC.
        pub vpc_id: VpcId = "VpcId",
        /// Tags; `Name` names it.
        pub tag_specifications: Vec<TagSpecification> = "TagSpecifications" optional,
    }

    /// Input of `DeleteNetworkAcl`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteNetworkAcl {
        /// The ACL.
        pub network_acl_id: NetworkAclId = "NetworkAclId",
    }

    /// Input of `CreateNetworkAclEntry`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateNetworkAclEntry {
        /// The ACL.
        pub network_acl_id: NetworkAclId = "NetworkAclId",
        /// Its number, 1 to 32766: the lowest that matches decides.
        pub rule_number: i32 = "RuleNumber",
        /// `-1` for all, a number, or `tcp`, `udp`, `icmp`.
        pub protocol: String = "Protocol",
        /// `allow` or `deny`.
        pub rule_action: String = "RuleAction",
        /// Whether it is for what leaves the subnet.
        pub egress: bool = "Egress",
        /// An IPv4 block.
        pub cidr_block: Option<String> = "CidrBlock" optional,
        /// An IPv6 block.
        pub ipv6_cidr_block: Option<String> = "Ipv6CidrBlock" optional,
        /// The ports, with TCP and UDP.
        pub port_range: Option<PortRange> = "PortRange" optional,
        /// Type and code, with ICMP.
        pub icmp_type_code: Option<IcmpTypeCode> = "IcmpTypeCode" optional,
    }

    /// Input of `ReplaceNetworkAclEntry`: another entry of the same number and direction.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ReplaceNetworkAclEntry {
        /// The ACL.
        pub network_acl_id: NetworkAclId = "NetworkAclId",
        /// Its number, 1 to 32766: the lowest that matches decides.
        pub rule_number: i32 = "RuleNumber",
        /// `-1` for all, a number, or `tcp`, `udp`, `icmp`.
        pub protocol: String = "Protocol",
        /// `allow` or `deny`.
        pub rule_action: String = "RuleAction",
        /// Whether it is for what leaves the subnet.
        pub egress: bool = "Egress",
        /// An IPv4 block.
        pub cidr_block: Option<String> = "CidrBlock" optional,
        /// An IPv6 block.
        pub ipv6_cidr_block: Option<String> = "Ipv6CidrBlock" optional,
        /// The ports, with TCP and UDP.
        pub port_range: Option<PortRange> = "PortRange" optional,
        /// Type and code, with ICMP.
        pub icmp_type_code: Option<IcmpTypeCode> = "IcmpTypeCode" optional,
    }

    /// Input of `DeleteNetworkAclEntry`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteNetworkAclEntry {
        /// The ACL.
        pub network_acl_id: NetworkAclId = "NetworkAclId",
        /// Its number.
        pub rule_number: i32 = "RuleNumber",
        /// Whether it is for what leaves the subnet.
        pub egress: bool = "Egress",
    }

    /// The ports of an entry.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PortRange {
        /// The first.
        pub from: i32 = "From",
        /// The last.
        pub to: i32 = "To",
    }

    /// Type and code of ICMP.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct IcmpTypeCode {
        /// The type; -1 for all.
        pub r#type: i32 = "Type",
        /// The code; -1 for all.
        pub code: i32 = "Code",
    }

    /// Input of `ReplaceNetworkAclAssociation`: another ACL for a subnet.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ReplaceNetworkAclAssociation {
        /// The association, `aclassoc-…`.
        pub association_id: String = "AssociationId",
        /// The ACL.
        pub network_acl_id: NetworkAclId = "NetworkAclId",
    }
}
