//! Words: what an edit does, how sizes and rules read, who lends to whom. Plain and in the present tense.

mod edits;

pub(crate) use edits::edit;

use fargate_core::ids::SecurityGroupId;
use fargate_core::network::{Peer, Rule, RuleProtocol};
use fargate_core::units::{CpuUnits, MiB};
use fargate_core::world::World;

/// A group's name, else its id.
pub(crate) fn group_name(id: &SecurityGroupId, world: &World) -> String {
    world
        .network()
        .security_groups
        .get(id)
        .map_or_else(|| id.to_string(), |group| group.name.clone())
}

/// An inbound rule as its chip on the boundary reads: 'TCP 8080 from anywhere'.
pub(crate) fn ingress(rule: &Rule, world: &World) -> String {
    format!("{} from {}", what(rule), peer(&rule.peer, world))
}

/// An outbound rule: 'all traffic to anywhere'.
pub(crate) fn egress(rule: &Rule, world: &World) -> String {
    format!("{} to {}", what(rule), peer(&rule.peer, world))
}

fn what(rule: &Rule) -> String {
    match rule.protocol {
        RuleProtocol::All => "all traffic".to_owned(),
        RuleProtocol::Only(protocol) => format!("{protocol} {}", rule.ports),
    }
}

fn peer(peer: &Peer, world: &World) -> String {
    match peer {
        Peer::Block(block) if block.prefix_len() == 0 => "anywhere".to_owned(),
        Peer::Block(block) => block.to_string(),
        Peer::Group(group) => group_name(group, world),
        Peer::PrefixList(list) => list.to_string(),
    }
}

/// A task size: '1 vCPU, 2 GB'.
pub(crate) fn size(cpu: CpuUnits, memory: MiB) -> String {
    let cpu = f64::from(cpu.0) / 1_024.0;
    let memory = f64::from(memory.0) / 1_024.0;
    format!("{cpu} vCPU, {memory} GB")
}

/// A whole number with thousands commas: '1,024'.
pub(crate) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The name of a container without its family's: 'frontend' for `scorekeep-frontend`.
pub(crate) fn short_name<'a>(container: &'a str, family: &str) -> &'a str {
    let rest = container
        .strip_prefix(family)
        .map(|rest| rest.trim_start_matches(['-', '_']));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(container)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas_and_sizes_have_units() {
        assert_eq!(number(0), "0");
        assert_eq!(number(1_024), "1,024");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(size(CpuUnits(256), MiB(512)), "0.25 vCPU, 0.5 GB");
        assert_eq!(size(CpuUnits(1_024), MiB(2_048)), "1 vCPU, 2 GB");
    }

    #[test]
    fn a_container_is_called_without_its_family() {
        assert_eq!(short_name("scorekeep-frontend", "scorekeep"), "frontend");
        assert_eq!(short_name("scorekeep", "scorekeep"), "scorekeep");
        assert_eq!(short_name("web", "scorekeep"), "web");
    }
}
