//! Security groups: made, deleted, and their rules in both directions.

use super::permissions::rules_of;
use super::{deleted, missing};
use crate::call::{
    AuthorizeSecurityGroupEgress, AuthorizeSecurityGroupIngress, CreateSecurityGroup,
    DeleteSecurityGroup, IpPermission, RevokeSecurityGroupEgress, RevokeSecurityGroupIngress,
};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Fact;
use crate::ids::{SecurityGroupId, VpcId};
use crate::network::{Direction, Network, Peer, Rule, RuleProtocol, SecurityGroup};
use ipnet::{IpNet, Ipv6Net};

/// Rules a group may have in each direction and family. Source: 'Amazon VPC quotas'.
const MAX_RULES: usize = 60;
/// Groups of the account. Source: 'Amazon VPC quotas'.
const MAX_GROUPS: usize = 2_500;

/// `CreateSecurityGroup`.
pub(crate) fn create_security_group(
    network: &mut Network,
    input: &CreateSecurityGroup,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let (name, vpc) = (&input.group_name, &input.vpc_id);
    missing::vpc(network, vpc)?;
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
    let description = &input.description;
    if description.len() > 255 || !description.chars().all(allowed) {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!(
                "Value ({description}) for parameter GroupDescription is invalid. Character sets beyond ASCII are not supported."
            ),
            "Use 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*.",
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
    if network.security_groups.len() >= MAX_GROUPS {
        return Err(ApiError::new(
            "SecurityGroupLimitExceeded",
            format!("The maximum number of security groups for VPC '{vpc}' has been reached."),
            "Delete groups that nothing wears.",
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
        egress: egress_of_new(network, vpc, step),
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

/// What a new group lets out: everything, to IPv6 addresses too where the VPC has a block of them.
fn egress_of_new(network: &Network, vpc: &VpcId, step: &mut Step<'_>) -> Vec<Rule> {
    let ipv4 = SecurityGroup::everything_to(IpNet::default(), step.id("sgr"));
    let has_ipv6 = network
        .vpcs
        .get(vpc)
        .is_some_and(|vpc| !vpc.ipv6_cidrs.is_empty());
    let ipv6 = has_ipv6
        .then(|| SecurityGroup::everything_to(IpNet::V6(Ipv6Net::default()), step.id("sgr")));
    std::iter::once(ipv4).chain(ipv6).collect()
}

/// `DeleteSecurityGroup`.
pub(crate) fn delete_security_group(
    network: &mut Network,
    input: &DeleteSecurityGroup,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.group_id;
    let group = missing::security_group(network, id)?;
    if group.name == "default" {
        return Err(ApiError::new(
            "CannotDelete",
            format!("the specified group: \"{id}\" name: \"default\" cannot be deleted by a user"),
            "It goes with its VPC.",
        ));
    }
    let wears = network
        .interfaces
        .values()
        .find(|it| it.groups.contains(id));
    let names = network.security_groups.values().find(|other| {
        let mut rules = other.ingress.iter().chain(&other.egress);
        other.id != *id && rules.any(|rule| rule.peer == Peer::Group(id.clone()))
    });
    let cure = match (wears, names) {
        (Some(interface), _) => {
            format!("{} wears it: stop what it belongs to first.", interface.id)
        }
        (None, Some(other)) => {
            format!("A rule of {} names it: remove that rule first.", other.name)
        }
        (None, None) => {
            network.security_groups.remove(id);
            network.touch();
            return Ok(deleted("Security group", id.as_str(), step));
        }
    };
    let message = format!("resource {id} has a dependent object");
    Err(ApiError::new("DependencyViolation", message, cure))
}

fn authorize(
    network: &mut Network,
    id: &SecurityGroupId,
    direction: Direction,
    permissions: &[IpPermission],
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let rules = rules_of(network, permissions, || step.id("sgr"))?;
    missing::security_group(network, id)?;
    for rule in rules {
        let Some(group) = network.security_groups.get_mut(id) else {
            break;
        };
        let own = group.rules_mut(direction);
        if own.iter().any(|other| other.same(&rule)) {
            return Err(ApiError::new(
                "InvalidPermission.Duplicate",
                format!("the specified rule \"{}\" already exists", aws_words(&rule)),
                "The rule is there already; nothing needs to be added.",
            ));
        }
        if own.len() == MAX_RULES {
            return Err(ApiError::new(
                "RulesPerSecurityGroupLimitExceeded",
                "The maximum number of rules per security group has been reached.",
                "Remove a rule, or put rules into another group of the same task.",
            ));
        }
        let words = words(&rule, direction);
        own.push(rule);
        step.log(Fact::RuleChanged {
            group: group.id.clone(),
            name: group.name.clone(),
            rule: words,
            added: true,
        });
    }
    network.touch();
    Ok(Reply::Done)
}

fn revoke(
    network: &mut Network,
    id: &SecurityGroupId,
    direction: Direction,
    permissions: &[IpPermission],
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let rules = rules_of(network, permissions, String::new)?;
    missing::security_group(network, id)?;
    for rule in rules {
        let Some(group) = network.security_groups.get_mut(id) else {
            break;
        };
        let own = group.rules_mut(direction);
        let Some(place) = own.iter().position(|other| other.same(&rule)) else {
            return Err(ApiError::new(
                "InvalidPermission.NotFound",
                "The specified rule does not exist in this security group.",
                "Name a rule that the group has, with the same ports and the same peer.",
            ));
        };
        own.remove(place);
        step.log(Fact::RuleChanged {
            group: group.id.clone(),
            name: group.name.clone(),
            rule: words(&rule, direction),
            added: false,
        });
    }
    network.touch();
    Ok(Reply::Done)
}

/// `AuthorizeSecurityGroupIngress`.
pub(crate) fn authorize_ingress(
    network: &mut Network,
    input: &AuthorizeSecurityGroupIngress,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    authorize(
        network,
        &input.group_id,
        Direction::In,
        &input.ip_permissions,
        step,
    )
}

/// `RevokeSecurityGroupIngress`.
pub(crate) fn revoke_ingress(
    network: &mut Network,
    input: &RevokeSecurityGroupIngress,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    revoke(
        network,
        &input.group_id,
        Direction::In,
        &input.ip_permissions,
        step,
    )
}

/// `AuthorizeSecurityGroupEgress`.
pub(crate) fn authorize_egress(
    network: &mut Network,
    input: &AuthorizeSecurityGroupEgress,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    authorize(
        network,
        &input.group_id,
        Direction::Out,
        &input.ip_permissions,
        step,
    )
}

/// `RevokeSecurityGroupEgress`.
pub(crate) fn revoke_egress(
    network: &mut Network,
    input: &RevokeSecurityGroupEgress,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    revoke(
        network,
        &input.group_id,
        Direction::Out,
        &input.ip_permissions,
        step,
    )
}

/// 'TCP 8080 from 0.0.0.0/0', or 'to'.
fn words(rule: &Rule, direction: Direction) -> String {
    let text = rule.to_string();
    let from = if direction == Direction::In {
        "from"
    } else {
        "to"
    };
    match text.rsplit_once(' ') {
        Some((what, peer)) => format!("{what} {from} {peer}"),
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
