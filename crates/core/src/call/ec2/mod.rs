//! EC2's calls: the VPC and what is in it. Members are spelled as in the EC2 API.

mod acl;
mod endpoints;
mod gateways;
mod groups;
mod instances;
mod peering;
mod routes;
mod vpc;

pub use acl::*;
pub use endpoints::*;
pub use gateways::*;
pub use groups::*;
pub use instances::*;
pub use peering::*;
pub use routes::*;
pub use vpc::*;

use crate::wire;

wire! {
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
            from_port: Some(port.into()),
            to_port: Some(port.into()),
            ip_ranges: vec![IpRange {
                cidr_ip: cidr.to_owned(),
            }],
            ..Self::default()
        }
    }
}
