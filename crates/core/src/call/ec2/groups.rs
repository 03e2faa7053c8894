//! Security groups and their rules.

use crate::ids::{PrefixListId, SecurityGroupId, VpcId};
use crate::wire;

wire! {
    /// Input of `CreateSecurityGroup`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateSecurityGroup {
        /// The name, unique in the VPC.
        pub group_name: String = "GroupName",
        /// What it is for; AWS demands it.
        pub description: String = "Description",
        /// The VPC.
        pub vpc_id: VpcId = "VpcId",
    }

    /// Input of `DeleteSecurityGroup`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteSecurityGroup {
        /// The group.
        pub group_id: SecurityGroupId = "GroupId",
    }

    /// Input of `AuthorizeSecurityGroupIngress`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct AuthorizeSecurityGroupIngress {
        /// The group.
        pub group_id: SecurityGroupId = "GroupId",
        /// What it lets in.
        pub ip_permissions: Vec<IpPermission> = "IpPermissions",
    }

    /// Input of `RevokeSecurityGroupIngress`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct RevokeSecurityGroupIngress {
        /// The group.
        pub group_id: SecurityGroupId = "GroupId",
        /// What it lets in no longer.
        pub ip_permissions: Vec<IpPermission> = "IpPermissions",
    }

    /// Input of `AuthorizeSecurityGroupEgress`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct AuthorizeSecurityGroupEgress {
        /// The group.
        pub group_id: SecurityGroupId = "GroupId",
        /// What it lets out.
        pub ip_permissions: Vec<IpPermission> = "IpPermissions",
    }

    /// Input of `RevokeSecurityGroupEgress`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct RevokeSecurityGroupEgress {
        /// The group.
        pub group_id: SecurityGroupId = "GroupId",
        /// What it lets out no longer.
        pub ip_permissions: Vec<IpPermission> = "IpPermissions",
    }

    /// A protocol, its ports and who may use them.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct IpPermission {
        /// `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all.
        pub ip_protocol: String = "IpProtocol",
        /// The first port, or the ICMP type; -1 for every type; absent for all protocols.
        pub from_port: Option<i32> = "FromPort" optional,
        /// The last port, or the ICMP code; -1 for every code; absent for all protocols.
        pub to_port: Option<i32> = "ToPort" optional,
        /// IPv4 blocks that may.
        pub ip_ranges: Vec<IpRange> = "IpRanges" optional,
        /// IPv6 blocks that may.
        pub ipv6_ranges: Vec<Ipv6Range> = "Ipv6Ranges" optional,
        /// Groups whose members may.
        pub user_id_group_pairs: Vec<UserIdGroupPair> = "UserIdGroupPairs" optional,
        /// Prefix lists whose addresses may.
        pub prefix_list_ids: Vec<PrefixListPair> = "PrefixListIds" optional,
    }

    /// A block of addresses in a rule.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct IpRange {
        /// The block, such as `0.0.0.0/0`.
        pub cidr_ip: String = "CidrIp",
    }

    /// A block of IPv6 addresses in a rule.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Ipv6Range {
        /// The block, such as `::/0`.
        pub cidr_ipv6: String = "CidrIpv6",
    }

    /// A group in a rule.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct UserIdGroupPair {
        /// The group.
        pub group_id: SecurityGroupId = "GroupId",
    }

    /// A prefix list in a rule; AWS calls the type `PrefixListId`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PrefixListPair {
        /// The prefix list.
        pub prefix_list_id: PrefixListId = "PrefixListId",
    }
}
