//! Typed ids: what AWS calls a resource. They are strings, as on AWS's wire, and cheap to clone.

use crate::text::Node;
use crate::wire::{FromJson, Misfits, ToJson, Writer};
use std::fmt;
use std::sync::Arc;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as AWS writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Default for $name {
            /// The id of nothing.
            fn default() -> Self {
                Self("".into())
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl FromJson for $name {
            fn read(node: &Node, misfits: &mut Misfits) -> Self {
                misfits.text(node).into()
            }
        }

        impl ToJson for $name {
            fn write(&self, out: &mut Writer) {
                out.text(&self.0);
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// A VPC, `vpc-0…`.
    VpcId
    /// A subnet, `subnet-0…`.
    SubnetId
    /// An internet gateway, `igw-0…`.
    InternetGatewayId
    /// A route table, `rtb-0…`.
    RouteTableId
    /// A security group, `sg-0…`.
    SecurityGroupId
    /// A rule of a security group, `sgr-0…`.
    SecurityGroupRuleId
    /// An elastic network interface, `eni-0…`.
    NetworkInterfaceId
    /// A network access control list, `acl-0…`.
    NetworkAclId
    /// An egress-only internet gateway, `eigw-0…`.
    EgressOnlyInternetGatewayId
    /// A NAT gateway, `nat-0…`.
    NatGatewayId
    /// The allocation of an elastic address, `eipalloc-0…`.
    AllocationId
    /// A peering connection, `pcx-0…`.
    VpcPeeringConnectionId
    /// A prefix list, `pl-0…`.
    PrefixListId
    /// An endpoint in a VPC, `vpce-0…`.
    VpcEndpointId
    /// A load balancer: its ARN, or its name in a topology that says no more.
    LoadBalancerId
    /// A target group: its ARN, or its name in a topology that says no more.
    TargetGroupId
    /// An EC2 instance, `i-0…`.
    InstanceId
    /// A host on the Internet: its name.
    HostId
    /// A file system, `fs-0…`.
    FileSystemId
    /// A mount target of a file system, `fsmt-0…`.
    MountTargetId
    /// An access point of a file system, `fsap-0…`.
    AccessPointId
    /// A namespace of Cloud Map, `ns-0…`.
    NamespaceId
    /// A service of Cloud Map, `srv-0…`.
    DiscoveryServiceId
    /// A hosted zone, `Z…`.
    HostedZoneId
    /// A task: 32 hexadecimal digits, the last part of its ARN.
    TaskId
}

impl TaskId {
    /// The first four digits, as the page shows it.
    pub fn short(&self) -> &str {
        self.0.get(..4).unwrap_or(&self.0)
    }
}
