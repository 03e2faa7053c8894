//! Over which VPC endpoints the lines of running tasks go: the policy of each has a say in whether CloudWatch Logs gets them.
//!
//! The ways are noted as they change, so that a line that was refused stays lost, and one that came through stays.
//!
//! Source: 'Using Amazon ECS with interface VPC endpoints' (the awslogs driver of a task sends over its own interface).

use super::World;
use crate::ids::{SecurityGroupId, SubnetId};
use crate::network::services;
use crate::task;
use litemap::LiteMap;

impl World {
    /// Notes the ways anew where the network changed, as soon as any endpoint has a policy.
    pub(super) fn note_log_ways(&mut self) {
        if !self.iam.is_used() || self.iam.account().endpoints.is_empty() {
            return;
        }
        let version = self.network.version();
        if self.iam.knows_ways(version) {
            return;
        }
        let walk = self.settings.authority.walk;
        let host = services::host("logs");
        let mut ways = Vec::new();
        // interfaces of one subnet with the same groups go the same way
        let mut known: LiteMap<(SubnetId, Vec<SecurityGroupId>), Vec<String>> = LiteMap::new();
        for task in self.tasks.values() {
            let logs = task.containers.iter().any(|it| it.definition.awslogs);
            let Some(id) = task.interface.as_ref().filter(|_| logs) else {
                continue;
            };
            let Some(interface) = self.network.interfaces.get(id) else {
                continue;
            };
            let like = (interface.subnet.clone(), interface.groups.clone());
            let over = known
                .entry(like)
                .or_insert_with(|| task::ways_to(&self.network, walk, id, host));
            ways.push((task.id.to_string(), over.clone()));
        }
        self.iam.note_ways(version, ways, self.now);
    }
}
