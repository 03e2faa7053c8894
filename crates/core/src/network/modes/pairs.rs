//! All pairs: every container on an instance and every other; and something else in the VPC and every container.

use super::verdict::{Asked, Caller, Decider, Pair, denied};
use super::{ContainerInstance, NetworkMode, Place};
use std::net::Ipv4Addr;

impl ContainerInstance {
    /// Every container and every other, by the address that one would use for the other.
    pub fn pairs(&self) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for from in self.containers() {
            for to in self.containers() {
                if (from.task, from.container) == (to.task, to.container) {
                    continue;
                }
                let caller = Caller::Container {
                    task: from.task,
                    container: from.container,
                };
                pairs.push(self.pair(caller, Some(from), to));
            }
        }
        pairs
    }

    /// Something else in the VPC and every container.
    pub fn pairs_from_vpc(&self) -> Vec<Pair> {
        let all = self.containers();
        all.map(|to| self.pair(Caller::Vpc, None, to)).collect()
    }

    fn pair(&self, caller: Caller, from: Option<Place<'_>>, to: Place<'_>) -> Pair {
        let address = self.address_between(from, to);
        let verdict = match address {
            Some((address, port)) => self.reach(caller, Asked::Address(address), port),
            None => denied(
                Decider::NoNetwork,
                format!(
                    "{} has no address and port that others could use",
                    to.spec.name
                ),
            ),
        };
        Pair {
            from: caller,
            to: (to.task, to.container),
            address,
            verdict,
        }
    }

    /// The address and port that a caller would use for a container: localhost where they share it, else the address that lasts.
    fn address_between(&self, from: Option<Place<'_>>, to: Place<'_>) -> Option<(Ipv4Addr, u16)> {
        let mapped = to.spec.port_mappings.first().map(|it| it.container_port);
        let port = mapped.or(to.spec.listens.first().copied())?;
        let shares = from.is_some_and(|from| {
            from.mode == to.mode && (from.task == to.task || to.mode == NetworkMode::Host)
        });
        match to.mode {
            NetworkMode::None => None,
            NetworkMode::Awsvpc | NetworkMode::Host if shares => Some((Ipv4Addr::LOCALHOST, port)),
            NetworkMode::Awsvpc => Some((self.tasks.get(to.task)?.address?, port)),
            NetworkMode::Host => Some((self.address, port)),
            NetworkMode::Bridge => match to.it.bindings.first() {
                Some(bound) => Some((self.address, bound.host_port)),
                None => Some((to.it.address?, port)),
            },
        }
    }
}
