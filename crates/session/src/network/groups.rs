//! Cards of security groups: what they let in and out.

use super::{Act, Card, Kind, Line, Lines, State, Tone};
use crate::words;
use fargate_core::call::{
    DeleteSecurityGroup, RevokeSecurityGroupEgress, RevokeSecurityGroupIngress,
};
use fargate_core::network::{Direction, Peer, Rule, SecurityGroup};
use fargate_core::world::World;

pub(super) fn cards(world: &World) -> Vec<Card> {
    let groups = world.network().security_groups.values();
    groups.map(|group| card(group, world)).collect()
}

fn card(group: &SecurityGroup, world: &World) -> Card {
    let network = world.network();
    let vpc = network.vpcs.get(&group.vpc);
    let is_default = vpc.is_some_and(|vpc| vpc.default_security_group == group.id);
    let delete = DeleteSecurityGroup {
        group_id: group.id.clone(),
    };
    let delete = Act::new(
        "Delete",
        format!("Delete security group {}", group.name),
        delete,
        "Security group deleted.",
    );
    Card {
        kind: Kind::SecurityGroup,
        id: group.id.to_string(),
        title: group.name.clone(),
        vpc: Some(group.vpc.clone()),
        state: is_default.then(|| State::new("default", Tone::Plain)),
        facts: Vec::new(),
        lists: vec![
            rules(group, Direction::In, world),
            rules(group, Direction::Out, world),
        ],
        acts: vec![delete],
    }
}

fn rules(group: &SecurityGroup, direction: Direction, world: &World) -> Lines {
    let line = |rule: &Rule| {
        let words = match direction {
            Direction::In => words::ingress(rule, world),
            Direction::Out => words::egress(rule, world),
        };
        let permissions = vec![rule.permission()];
        let revoke = match direction {
            Direction::In => RevokeSecurityGroupIngress {
                group_id: group.id.clone(),
                ip_permissions: permissions,
            }
            .into(),
            Direction::Out => fargate_core::call::Call::from(RevokeSecurityGroupEgress {
                group_id: group.id.clone(),
                ip_permissions: permissions,
            }),
        };
        let leads_to = match &rule.peer {
            Peer::Block(_) => None,
            Peer::Group(id) => Some(id.to_string()),
            Peer::PrefixList(id) => Some(id.to_string()),
        };
        let about = match direction {
            Direction::In => format!("Remove rule {words} from {}", group.name),
            Direction::Out => format!("Remove outbound rule {words} of {}", group.name),
        };
        Line {
            key: rule.id.to_string(),
            head: String::new(),
            words,
            leads_to,
            state: None,
            acts: vec![Act::new("Remove", about, revoke, "Rule removed.")],
        }
    };
    let (title, empty) = match direction {
        Direction::In => ("Inbound rules", "In: nothing. No rule lets anything in."),
        Direction::Out => (
            "Outbound rules",
            "Out: nothing. No rule lets anything out but answers.",
        ),
    };
    Lines {
        title,
        empty,
        lines: group.rules(direction).iter().map(line).collect(),
    }
}
