//! Security groups: rules that allow. What no rule allows is dropped in silence; answers to allowed packets always pass.

use super::Network;
use super::protocol::{Ports, RuleProtocol};
use super::trace::Direction;
use super::vpc::Vpc;
use crate::call::{
    AuthorizeSecurityGroupIngress, CreateSecurityGroup, IpPermission, RevokeSecurityGroupIngress,
};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Fact;
use crate::ids::{PrefixListId, SecurityGroupId, SecurityGroupRuleId, VpcId};
use ipnet::{IpNet, Ipv4Net};
use std::fmt;

/// Rules a group may have in each direction. Source: 'Amazon VPC quotas'.
const MAX_RULES: usize = 60;

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
        let mut permission = IpPermission::tcp(self.ports.from as u16, "");
        permission.ip_ranges.clear();
        permission.to_port = Some(self.ports.to as u16);
        match self.protocol {
            RuleProtocol::All => {
                "-1".clone_into(&mut permission.ip_protocol);
                (permission.from_port, permission.to_port) = (None, None);
            }
            RuleProtocol::TCP => {}
            RuleProtocol::UDP => "udp".clone_into(&mut permission.ip_protocol),
            RuleProtocol::Only(other) => permission.ip_protocol = other.0.to_string(),
        }
        match &self.peer {
            Peer::Block(block) => permission.ip_ranges.push(crate::call::IpRange {
                cidr_ip: block.to_string(),
            }),
            Peer::Group(group) => {
                permission
                    .user_id_group_pairs
                    .push(crate::call::UserIdGroupPair {
                        group_id: group.clone(),
                    });
            }
            // no call makes such a rule yet
            Peer::PrefixList(_) => {}
        }
        permission
    }

    fn same(&self, other: &Self) -> bool {
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
            egress: vec![allow_all(format!("{id}-out"))],
        }
    }
}

fn allow_all(id: String) -> Rule {
    let peer = Peer::Block(IpNet::V4(Ipv4Net::default()));
    Rule {
        id: id.into(),
        protocol: RuleProtocol::All,
        ports: Ports::ALL,
        peer,
    }
}

/// `CreateSecurityGroup`.
pub(crate) fn create_security_group(
    network: &mut Network,
    input: &CreateSecurityGroup,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let (name, vpc) = (&input.group_name, &input.vpc_id);
    if network.vpcs.get(vpc).is_none() {
        return Err(ApiError::new(
            "InvalidVpcID.NotFound",
            format!("The vpc ID '{vpc}' does not exist"),
            "Name a VPC of this scenario.",
        ));
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c);
    if name.is_empty() || name.len() > 255 || !name.chars().all(allowed) || name.starts_with("sg-")
    {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!(
                "Value ({name}) for parameter GroupName is invalid. Character sets beyond ASCII are not supported, and a name cannot start with sg-."
            ),
            "Use 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, not starting with sg-.",
        ));
    }
    if input.description.is_empty() {
        return Err(ApiError::new(
            "MissingParameter",
            "The request must contain the parameter GroupDescription",
            "Say in a few words what the group is for.",
        ));
    }
    if network
        .security_groups
        .values()
        .any(|group| group.vpc == *vpc && group.name == *name)
    {
        return Err(ApiError::new(
            "InvalidGroup.Duplicate",
            format!("The security group '{name}' already exists for VPC '{vpc}'"),
            "Choose another name.",
        ));
    }
    let id = SecurityGroupId::from(step.id("sg"));
    let group = SecurityGroup {
        id: id.clone(),
        name: name.clone(),
        vpc: vpc.clone(),
        order: network
            .security_groups
            .values()
            .filter(|group| group.name != "default")
            .count(),
        ingress: Vec::new(),
        egress: vec![allow_all(step.id("sgr"))],
    };
    step.log(Fact::Made {
        what: "Security group",
        id: id.to_string(),
        name: name.clone(),
    });
    network.security_groups.insert(id.clone(), group);
    network.touch();
    Ok(Reply::Made(id.to_string()))
}

fn no_group(id: &SecurityGroupId) -> ApiError {
    ApiError::new(
        "InvalidGroup.NotFound",
        format!("The security group '{id}' does not exist"),
        "Name a security group of this scenario.",
    )
}

/// The rules that permissions stand for: one for each protocol, port range and peer.
fn rules_of(
    network: &Network,
    permissions: &[IpPermission],
    mut id: impl FnMut() -> String,
) -> Result<Vec<Rule>, ApiError> {
    let mut rules = Vec::new();
    for permission in permissions {
        let protocol = match permission.ip_protocol.as_str() {
            "-1" => RuleProtocol::All,
            "tcp" | "6" => RuleProtocol::TCP,
            "udp" | "17" => RuleProtocol::UDP,
            other => {
                return Err(ApiError::new(
                    "InvalidParameterValue",
                    format!("Invalid value '{other}' for IP protocol. Unknown protocol."),
                    "Use tcp, udp, or -1 for all.",
                ));
            }
        };
        let ports = match (protocol, permission.from_port, permission.to_port) {
            (RuleProtocol::All, ..) => Ports::ALL,
            (_, Some(from), Some(to)) if from <= to => Ports {
                from: from.into(),
                to: to.into(),
            },
            (_, Some(from), Some(to)) => {
                return Err(ApiError::new(
                    "InvalidParameterValue",
                    format!("Invalid TCP/UDP port range ({from}:{to})"),
                    "The first port is not above the last.",
                ));
            }
            _ => {
                return Err(ApiError::new(
                    "InvalidParameterValue",
                    "Invalid value for portRange. Must specify both from and to ports with TCP/UDP.",
                    "Give FromPort and ToPort.",
                ));
            }
        };
        let mut peers = Vec::new();
        for range in &permission.ip_ranges {
            let Ok(block) = range.cidr_ip.trim().parse::<Ipv4Net>() else {
                return Err(ApiError::new(
                    "InvalidParameterValue",
                    format!("CIDR block {} is malformed", range.cidr_ip),
                    "Write an IPv4 block such as 0.0.0.0/0.",
                ));
            };
            peers.push(Peer::Block(IpNet::V4(block.trunc())));
        }
        for pair in &permission.user_id_group_pairs {
            network
                .security_groups
                .get(&pair.group_id)
                .ok_or_else(|| no_group(&pair.group_id))?;
            peers.push(Peer::Group(pair.group_id.clone()));
        }
        if peers.is_empty() {
            return Err(ApiError::new(
                "MissingParameter",
                "Either 'cidrIp' or 'sourceSecurityGroupId' should be provided.",
                "Say who may: a block in IpRanges, or a group in UserIdGroupPairs.",
            ));
        }
        rules.extend(peers.into_iter().map(|peer| Rule {
            id: id().into(),
            protocol,
            ports,
            peer,
        }));
    }
    Ok(rules)
}

/// `AuthorizeSecurityGroupIngress`.
pub(crate) fn authorize_ingress(
    network: &mut Network,
    input: &AuthorizeSecurityGroupIngress,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let rules = rules_of(network, &input.ip_permissions, || step.id("sgr"))?;
    let group = network
        .security_groups
        .get_mut(&input.group_id)
        .ok_or_else(|| no_group(&input.group_id))?;
    for rule in rules {
        if group.ingress.iter().any(|other| other.same(&rule)) {
            return Err(ApiError::new(
                "InvalidPermission.Duplicate",
                format!("the specified rule \"{}\" already exists", aws_words(&rule)),
                "The rule is there already; nothing needs to be added.",
            ));
        }
        if group.ingress.len() == MAX_RULES {
            return Err(ApiError::new(
                "RulesPerSecurityGroupLimitExceeded",
                "The maximum number of rules per security group has been reached.",
                "Remove a rule, or put rules into another group of the same task.",
            ));
        }
        step.log(Fact::RuleChanged {
            group: group.id.clone(),
            name: group.name.clone(),
            rule: ingress_words(&rule),
            added: true,
        });
        group.ingress.push(rule);
    }
    network.touch();
    Ok(Reply::Done)
}

/// `RevokeSecurityGroupIngress`.
pub(crate) fn revoke_ingress(
    network: &mut Network,
    input: &RevokeSecurityGroupIngress,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let rules = rules_of(network, &input.ip_permissions, String::new)?;
    let group = network
        .security_groups
        .get_mut(&input.group_id)
        .ok_or_else(|| no_group(&input.group_id))?;
    for rule in rules {
        let Some(place) = group.ingress.iter().position(|other| other.same(&rule)) else {
            return Err(ApiError::new(
                "InvalidPermission.NotFound",
                "The specified rule does not exist in this security group.",
                "Name a rule that the group has, with the same ports and the same peer.",
            ));
        };
        group.ingress.remove(place);
        step.log(Fact::RuleChanged {
            group: group.id.clone(),
            name: group.name.clone(),
            rule: ingress_words(&rule),
            added: false,
        });
    }
    network.touch();
    Ok(Reply::Done)
}

/// 'TCP 8080 from 0.0.0.0/0'.
fn ingress_words(rule: &Rule) -> String {
    let text = rule.to_string();
    match text.rsplit_once(' ') {
        Some((what, peer)) => format!("{what} from {peer}"),
        None => text,
    }
}

/// A rule in the words of AWS's error messages.
fn aws_words(rule: &Rule) -> String {
    let Rule { peer, ports, .. } = rule;
    match rule.protocol {
        RuleProtocol::All => format!("peer: {peer}, ALL, ALLOW"),
        RuleProtocol::Only(protocol) => format!(
            "peer: {peer}, {protocol}, from port: {}, to port: {}, ALLOW",
            ports.from, ports.to
        ),
    }
}
