//! Registering the tasks of a service with target groups, and taking them out.

use super::look::Look;
use crate::call::{DeregisterTargets, RegisterTargets, TargetDescription};
use crate::ids::TargetGroupId;
use crate::network;
use crate::service::{Registration, words};
use crate::units::SimSpan;
use litemap::LiteMap;

impl Look<'_> {
    /// Registers the tasks that came to RUNNING, at these places of the members.
    pub(super) fn register(&mut self, places: &[usize]) {
        let mut told: LiteMap<String, usize> = LiteMap::new();
        for &place in places {
            let member = &self.service.members[place];
            let deployment = self
                .service
                .deployments
                .iter()
                .find(|it| it.id == member.deployment);
            let balancers = deployment.map(|it| it.load_balancers.clone());
            let task = self.world.tasks.get(&member.task);
            let address = task.and_then(|it| Some(it.attached.as_ref()?.private_ip.to_string()));
            self.service.members[place].ran = true;
            for balancer in balancers.unwrap_or_default() {
                let (Some(group), Some(port), Some(address)) = (
                    balancer.target_group_arn,
                    balancer.container_port,
                    address.clone(),
                ) else {
                    continue;
                };
                let group = TargetGroupId::from(group.as_str());
                let input = RegisterTargets {
                    target_group_arn: group.clone(),
                    targets: vec![target(&address, port)],
                };
                let registered = self
                    .world
                    .network_call(self.cause, self.log, |network, step| {
                        network::register_targets(network, &input, step)
                    });
                match registered {
                    Ok(_) => {
                        *told.entry(group.to_string()).or_default() += 1;
                        let registration = Registration {
                            group,
                            address,
                            port,
                        };
                        self.service.members[place].registered.push(registration);
                    }
                    Err(error) => self.tell_once(words::not_launched(&error.message)),
                }
            }
        }
        for (group, count) in &told {
            self.tell(words::registered(*count, group));
        }
    }

    /// Takes the task at that place of the members out of its target groups; how long its connections drain, where it was in one.
    pub(super) fn deregister(&mut self, place: usize) -> Option<SimSpan> {
        let mut longest = None;
        for registration in std::mem::take(&mut self.service.members[place].registered) {
            let group = &registration.group;
            let delay = self.world.network.target_groups.get(group);
            let delay = delay.map(|it| SimSpan::secs(it.deregistration_delay.into()));
            let input = DeregisterTargets {
                target_group_arn: group.clone(),
                targets: vec![target(&registration.address, registration.port)],
            };
            let out = self
                .world
                .network_call(self.cause, self.log, |network, step| {
                    network::deregister_targets(network, &input, step)
                });
            if out.is_ok() {
                longest = longest.max(delay);
                self.tell(words::deregistered(1, group.as_str()));
            }
        }
        longest
    }
}

fn target(address: &str, port: u16) -> TargetDescription {
    TargetDescription {
        id: address.to_owned(),
        port: Some(port),
    }
}
