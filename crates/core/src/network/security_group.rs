//! Security groups: rules that allow. What no rule allows is dropped in silence; answers to allowed packets always pass.

use super::protocol::{Ports, RuleProtocol};
use super::trace::Direction;
use super::vpc::Vpc;
use crate::call::{IpPermission, IpRange, Ipv6Range, PrefixListPair, UserIdGroupPair};
use crate::ids::{PrefixListId, SecurityGroupId, SecurityGroupRuleId, VpcId};
use ipnet::IpNet;
use std::fmt;

/// A security group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityGroup {
    /// Its id.
    pub id: SecurityGroupId,
    /// Its name, unique in the VPC.
    pub name: String,
    /// Its VPC.
    pub vpc: VpcId,
    /// How many groups there were before it: it chooses the colour.
    pub order: usize,
    /// What it lets in.
    pub ingress: Vec<Rule>,
    /// What it lets out.
    pub egress: Vec<Rule>,
}

/// A rule: what is allowed, and to or from whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: SecurityGroupRuleId,
    /// The protocol.
    pub protocol: RuleProtocol,
    /// The ports, or the type and code of ICMP.
    pub ports: Ports,
    /// The other side.
    pub peer: Peer,
}

/// The other side of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Peer {
    /// A block of addresses.
    Block(IpNet),
    /// The private addresses of the interfaces of a group.
    Group(SecurityGroupId),
    /// The blocks of a prefix list.
    PrefixList(PrefixListId),
}

impl Rule {
    /// The rule as a permission, as the calls that add and remove it take it.
    pub fn permission(&self) -> IpPermission {
        let mut permission = IpPermission::default();
        match self.protocol {
            RuleProtocol::All => "-1".clone_into(&mut permission.ip_protocol),
            RuleProtocol::Only(only) => {
                permission.ip_protocol = only.rule_name();
                permission.from_port = Some(self.ports.from);
                permission.to_port = Some(self.ports.to);
            }
        }
        match &self.peer {
            Peer::Block(IpNet::V4(block)) => permission.ip_ranges.push(IpRange {
                cidr_ip: block.to_string(),
            }),
            Peer::Block(IpNet::V6(block)) => permission.ipv6_ranges.push(Ipv6Range {
                cidr_ipv6: block.to_string(),
            }),
            Peer::Group(group) => permission.user_id_group_pairs.push(UserIdGroupPair {
                group_id: group.clone(),
            }),
            Peer::PrefixList(list) => permission.prefix_list_ids.push(PrefixListPair {
                prefix_list_id: list.clone(),
            }),
        }
        permission
    }

    /// Whether two rules allow the same, whatever their ids.
    pub(super) fn same(&self, other: &Self) -> bool {
        (self.protocol, self.ports, &self.peer) == (other.protocol, other.ports, &other.peer)
    }
}

impl fmt::Display for Rule {
    /// 'TCP 8080 from 0.0.0.0/0', the direction left to the reader.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.protocol {
            RuleProtocol::All => f.write_str("all traffic")?,
            RuleProtocol::Only(protocol) if self.ports.from >= 0 => {
                write!(f, "{protocol} {}", self.ports)?;
            }
            RuleProtocol::Only(protocol) => write!(f, "{protocol}")?,
        }
        write!(f, " {}", self.peer)
    }
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Block(block) => block.fmt(f),
            Self::Group(group) => group.fmt(f),
            Self::PrefixList(list) => list.fmt(f),
        }
    }
}

impl SecurityGroup {
    /// Its rules in a direction: `In` for the inbound ones.
    pub fn rules(&self, direction: Direction) -> &[Rule] {
        match direction {
            Direction::In => &self.ingress,
            Direction::Out => &self.egress,
        }
    }

    /// The same, to be changed.
    pub(super) fn rules_mut(&mut self, direction: Direction) -> &mut Vec<Rule> {
        match direction {
            Direction::In => &mut self.ingress,
            Direction::Out => &mut self.egress,
        }
    }

    /// A rule for all traffic with a block.
    pub(super) fn everything_to(block: IpNet, id: String) -> Rule {
        Rule {
            id: id.into(),
            protocol: RuleProtocol::All,
            ports: Ports::ALL,
            peer: Peer::Block(block),
        }
    }

    /// The group that a VPC is born with: its members may talk to each other.
    pub(super) fn default_of(vpc: &Vpc, rule: String, order: usize) -> Self {
        let id = vpc.default_security_group.clone();
        let ingress = Rule {
            id: rule.into(),
            protocol: RuleProtocol::All,
            ports: Ports::ALL,
            peer: Peer::Group(id.clone()),
        };
        Self {
            id: id.clone(),
            name: "default".to_owned(),
            vpc: vpc.id.clone(),
            order,
            ingress: vec![ingress],
            egress: vec![Self::everything_to(IpNet::default(), format!("{id}-out"))],
        }
    }
}
