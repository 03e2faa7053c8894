//! Network ACLs: made, given to subnets, and their numbered entries.

use super::{associations, blocks, changed, deleted, in_use, made, missing, name_of, permissions};
use crate::call::{
    CreateNetworkAcl, CreateNetworkAclEntry, DeleteNetworkAcl, DeleteNetworkAclEntry,
    ReplaceNetworkAclAssociation, ReplaceNetworkAclEntry,
};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{NetworkAclId, SubnetId};
use crate::network::{AclEntry, Network, NetworkAcl, Ports, RuleProtocol};
use ipnet::IpNet;

/// ACLs of a VPC, the default one included. Source: 'Amazon VPC quotas'.
const MAX_ACLS: usize = 200;
/// Entries in each direction and family, the implied `*` included. Source: 'Amazon VPC quotas'.
const MAX_ENTRIES: usize = 20;
/// The highest number of an entry of one's own. Source: 'Network ACL basics' of the VPC guide.
const MAX_NUMBER: i32 = 32_766;

/// `CreateNetworkAcl`: without entries it denies everything.
pub(crate) fn create_network_acl(
    network: &mut Network,
    input: &CreateNetworkAcl,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let vpc = missing::vpc(network, &input.vpc_id)?.id.clone();
    let acls = network.network_acls.values();
    if acls.filter(|acl| acl.vpc == vpc).count() >= MAX_ACLS {
        return Err(ApiError::new(
            "NetworkAclLimitExceeded",
            "The maximum number of network acls has been reached.",
            "Let subnets share an ACL.",
        ));
    }
    let id = NetworkAclId::from(step.id("acl"));
    let acl = NetworkAcl {
        id: id.clone(),
        name: name_of(&input.tag_specifications),
        vpc,
        entries: Vec::new(),
    };
    let name = acl.name.clone();
    network.network_acls.insert(id.clone(), acl);
    network.touch();
    Ok(made("Network ACL", id.as_str(), name, step))
}

/// `DeleteNetworkAcl`: neither a default one nor one that a subnet has.
pub(crate) fn delete_network_acl(
    network: &mut Network,
    input: &DeleteNetworkAcl,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.network_acl_id;
    missing::network_acl(network, id)?;
    if network
        .vpcs
        .values()
        .any(|vpc| vpc.default_network_acl == *id)
    {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!("cannot delete default network ACL {id}"),
            "It goes with its VPC.",
        ));
    }
    if let Some(subnet) = network
        .subnets
        .values()
        .find(|subnet| subnet.network_acl.as_ref() == Some(id))
    {
        let cure = format!(
            "Give {} another ACL first: ReplaceNetworkAclAssociation.",
            subnet.title()
        );
        return Err(in_use("networkAcl", id.as_str(), cure));
    }
    network.network_acls.remove(id);
    network.touch();
    Ok(deleted("Network ACL", id.as_str(), step))
}

/// What an entry is made of, as both calls that write one give it.
struct Written<'a> {
    number: i32,
    protocol: &'a str,
    action: &'a str,
    egress: bool,
    ipv4: Option<&'a String>,
    ipv6: Option<&'a String>,
    ports: Option<(i32, i32)>,
    icmp: Option<(i32, i32)>,
}

macro_rules! written {
    ($($input:ident)*) => {$(
        impl<'a> From<&'a $input> for Written<'a> {
            fn from(input: &'a $input) -> Self {
                Self {
                    number: input.rule_number,
                    protocol: &input.protocol,
                    action: &input.rule_action,
                    egress: input.egress,
                    ipv4: input.cidr_block.as_ref(),
                    ipv6: input.ipv6_cidr_block.as_ref(),
                    ports: input.port_range.as_ref().map(|it| (it.from, it.to)),
                    icmp: input.icmp_type_code.as_ref().map(|it| (it.r#type, it.code)),
                }
            }
        }
    )*};
}

written! { CreateNetworkAclEntry ReplaceNetworkAclEntry }

fn invalid(message: String, cure: &'static str) -> ApiError {
    ApiError::new("InvalidParameterValue", message, cure)
}

impl Written<'_> {
    fn entry(&self) -> Result<AclEntry, ApiError> {
        let number = number(self.number)?;
        let allow = match self.action {
            "allow" => true,
            "deny" => false,
            other => {
                return Err(invalid(
                    format!(
                        "Value ({other}) for parameter ruleAction is invalid. Legal values are allow, deny."
                    ),
                    "Write allow or deny.",
                ));
            }
        };
        let protocol = permissions::protocol(self.protocol)?;
        let block = match (self.ipv4, self.ipv6) {
            (Some(text), None) => blocks::ipv4("cidrBlock", text)?,
            (None, Some(text)) => IpNet::V6(blocks::ipv6("ipv6CidrBlock", text)?),
            _ => {
                return Err(ApiError::new(
                    "InvalidParameterCombination",
                    "The request must contain exactly one of cidrBlock, ipv6CidrBlock.",
                    "Say whom the entry is about, once.",
                ));
            }
        };
        Ok(AclEntry {
            number,
            egress: self.egress,
            protocol,
            ports: self.ports(protocol)?,
            block,
            allow,
        })
    }

    fn ports(&self, protocol: RuleProtocol) -> Result<Ports, ApiError> {
        let RuleProtocol::Only(only) = protocol else {
            return Ok(Ports::ALL);
        };
        if only.is_icmp() {
            let Some((kind, code)) = self.icmp else {
                return Err(ApiError::new(
                    "MissingParameter",
                    "The request must contain the parameter icmpTypeCode.type",
                    "Give IcmpTypeCode, with -1 for all.",
                ));
            };
            return Ok(Ports {
                from: kind,
                to: code,
            });
        }
        if !only.has_ports() {
            return Ok(Ports::ALL);
        }
        match self.ports {
            Some((from, to)) if (0..=to).contains(&from) && to <= 65_535 => Ok(Ports { from, to }),
            Some((from, to)) => Err(invalid(
                format!("Invalid TCP/UDP port range ({from}:{to})"),
                "Ports are 0 to 65535, and the first is not above the last.",
            )),
            None => Err(ApiError::new(
                "MissingParameter",
                "The request must contain the parameter portRange.from",
                "Give PortRange; 0 to 65535 are all.",
            )),
        }
    }
}

fn number(number: i32) -> Result<u16, ApiError> {
    (1..=MAX_NUMBER)
        .contains(&number)
        .then_some(number as u16)
        .ok_or_else(|| {
            invalid(
                format!("Value ({number}) for parameter ruleNumber is invalid. Rule numbers are 1 to {MAX_NUMBER}."),
                "The lowest number that matches decides; leave gaps, such as 100, 110, 120.",
            )
        })
}

fn words(entry: &AclEntry) -> String {
    let AclEntry { number, block, .. } = entry;
    let action = if entry.allow { "allows" } else { "denies" };
    let what = match entry.protocol {
        RuleProtocol::All => "all traffic".to_owned(),
        RuleProtocol::Only(protocol) if entry.ports == Ports::ALL => protocol.to_string(),
        RuleProtocol::Only(protocol) => format!("{protocol} {}", entry.ports),
    };
    let side = if entry.egress { "to" } else { "from" };
    format!("entry {number} {action} {what} {side} {block}")
}

/// `CreateNetworkAclEntry`.
pub(crate) fn create_network_acl_entry(
    network: &mut Network,
    input: &CreateNetworkAclEntry,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let acl = missing::network_acl(network, &input.network_acl_id)?;
    let entry = Written::from(input).entry()?;
    let same = |other: &&AclEntry| other.number == entry.number && other.egress == entry.egress;
    if acl.entries.iter().any(|other| same(&other)) {
        return Err(ApiError::new(
            "NetworkAclEntryAlreadyExists",
            format!(
                "The network acl entry identified by {} already exists.",
                entry.number
            ),
            "Choose another number, or replace the entry.",
        ));
    }
    let family = |other: &&AclEntry| {
        other.egress == entry.egress && other.block.addr().is_ipv4() == entry.block.addr().is_ipv4()
    };
    if acl.entries.iter().filter(family).count() + 1 >= MAX_ENTRIES {
        return Err(ApiError::new(
            "NetworkAclEntryLimitExceeded",
            "The maximum number of network acl entries has been reached.",
            "Join entries; 19 of each direction and family fit beside the last one.",
        ));
    }
    let how = format!("{} now", words(&entry));
    if let Some(acl) = network.network_acls.get_mut(&input.network_acl_id) {
        acl.entries.push(entry);
    }
    network.touch();
    Ok(changed(
        "Network ACL",
        input.network_acl_id.as_str(),
        how,
        step,
    ))
}

/// `ReplaceNetworkAclEntry`.
pub(crate) fn replace_network_acl_entry(
    network: &mut Network,
    input: &ReplaceNetworkAclEntry,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    missing::network_acl(network, &input.network_acl_id)?;
    let entry = Written::from(input).entry()?;
    let how = format!("{} now", words(&entry));
    let place = place(network, &input.network_acl_id, entry.number, entry.egress)?;
    if let Some(acl) = network.network_acls.get_mut(&input.network_acl_id) {
        acl.entries[place] = entry;
    }
    network.touch();
    Ok(changed(
        "Network ACL",
        input.network_acl_id.as_str(),
        how,
        step,
    ))
}

/// `DeleteNetworkAclEntry`.
pub(crate) fn delete_network_acl_entry(
    network: &mut Network,
    input: &DeleteNetworkAclEntry,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    missing::network_acl(network, &input.network_acl_id)?;
    let number = number(input.rule_number)?;
    let place = place(network, &input.network_acl_id, number, input.egress)?;
    if let Some(acl) = network.network_acls.get_mut(&input.network_acl_id) {
        acl.entries.remove(place);
    }
    network.touch();
    let direction = if input.egress { "outbound" } else { "inbound" };
    let how = format!("has no {direction} entry {number} any more");
    Ok(changed(
        "Network ACL",
        input.network_acl_id.as_str(),
        how,
        step,
    ))
}

fn place(
    network: &Network,
    acl: &NetworkAclId,
    number: u16,
    egress: bool,
) -> Result<usize, ApiError> {
    let acl = missing::network_acl(network, acl)?;
    let mut entries = acl.entries.iter();
    let place = entries.position(|entry| entry.number == number && entry.egress == egress);
    place.ok_or_else(|| {
        ApiError::new(
            "InvalidNetworkAclEntry.NotFound",
            format!("The network acl entry identified by {number} does not exist."),
            "Name an entry that the ACL has in that direction; the last one, *, is always there.",
        )
    })
}

/// `ReplaceNetworkAclAssociation`: another ACL for a subnet, which always has one.
pub(crate) fn replace_network_acl_association(
    network: &mut Network,
    input: &ReplaceNetworkAclAssociation,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let acl = missing::network_acl(network, &input.network_acl_id)?.clone();
    let subnet = network
        .subnets
        .values()
        .find(|subnet| associations::network_acl_association(&subnet.id) == input.association_id);
    let Some(subnet) = subnet else {
        return Err(ApiError::new(
            "InvalidAssociationID.NotFound",
            format!(
                "The association ID '{}' does not exist",
                input.association_id
            ),
            "Name the association of a subnet with its ACL.",
        ));
    };
    if subnet.vpc != acl.vpc {
        return Err(invalid(
            format!(
                "network ACL {} and subnet {} belong to different networks",
                acl.id, subnet.id
            ),
            "Choose an ACL of the same VPC.",
        ));
    }
    let id: SubnetId = subnet.id.clone();
    let vpc = missing::vpc(network, &acl.vpc)?;
    let own = (vpc.default_network_acl != acl.id).then(|| acl.id.clone());
    if let Some(subnet) = network.subnets.get_mut(&id) {
        subnet.network_acl = own;
    }
    network.touch();
    changed(
        "Subnet",
        id.as_str(),
        format!("has the network ACL {}", acl.id),
        step,
    );
    Ok(Reply::Made(input.association_id.clone()))
}
