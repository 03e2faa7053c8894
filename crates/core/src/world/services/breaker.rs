//! The deployment circuit breaker at work: what counts as a failure, when a deployment is given up, and the way back.
//!
//! Source: 'How the Amazon ECS deployment circuit breaker detects failures' of the developer guide.

use super::look::Look;
use crate::ids::TaskId;
use crate::service::{Deployment, MemberHealth, Rollout, ServiceStatus, breaker, words};
use crate::units::SimSpan;

/// How long a deployment that failed, and of which no task is left, is shown beside the one before it. AWS publishes no figure.
const SHOWN: SimSpan = SimSpan::secs(10);

impl Look<'_> {
    /// Notes which tasks are well for the first time: unless failures add up, or the deployment was given up for them, they are forgotten.
    pub(super) fn see_well(&mut self, counted: impl Iterator<Item = (TaskId, MemberHealth)>) {
        let adds_up = self
            .service
            .breaker()
            .is_some_and(|it| it.reset_on_healthy_task == Some(false));
        let well = counted.filter(|(_, health)| *health == MemberHealth::Healthy);
        for (id, _) in well {
            let mut members = self.service.members.iter_mut();
            let Some(member) = members.find(|it| it.task == id && !it.well) else {
                continue;
            };
            member.well = true;
            let of = member.deployment.clone();
            let mut deployments = self.service.deployments.iter_mut();
            let forgets = |it: &&mut Deployment| !adds_up && it.rollout != Rollout::Failed;
            if let Some(it) = deployments.find(|it| it.id == of).filter(forgets) {
                it.failed = 0;
            }
        }
    }

    /// Counts failures of a deployment, as many as its circuit breaker bears at most.
    pub(super) fn count_failures(&mut self, deployment: usize, failures: usize) {
        let bears = self.bears().unwrap_or(u32::MAX);
        let failed = &mut self.service.deployments[deployment].failed;
        let counted = failed.saturating_add(u32::try_from(failures).unwrap_or(u32::MAX));
        *failed = counted.min(bears.max(*failed));
    }

    /// How many failures the circuit breaker bears; `None` where there is none.
    fn bears(&self) -> Option<u32> {
        let given = self.service.breaker()?.threshold_configuration.as_ref();
        let desired = self.service.desired();
        Some(breaker::threshold(desired, given, self.world.as_of))
    }

    /// Gives the primary deployment up where it failed as often as its circuit breaker bears, and goes back where that is wished and
    /// there is a completed deployment; whether it did.
    pub(super) fn break_circuit(&mut self) -> bool {
        let now = self.world.now;
        let service = &self.service;
        let (Some(breaker), Some(bears)) = (service.breaker().cloned(), self.bears()) else {
            return false;
        };
        let primary = service.primary();
        if service.status != ServiceStatus::Active
            || !primary.rollout.goes_on()
            || primary.failed < bears
        {
            return false;
        }
        let failed = primary.id.clone();
        self.service.deployments[0].rollout = Rollout::Failed;
        self.service.deployments[0].updated_at = now;
        self.service.steady = false;
        self.tell(words::failed(&failed));
        let last = self.service.last_completed.take_if(|_| breaker.rollback);
        if let Some(last) = last {
            self.roll_back(last);
        }
        true
    }

    fn roll_back(&mut self, mut last: Deployment) {
        let now = self.world.now;
        // what of it still runs stays its own
        self.service.deployments.retain(|it| it.id != last.id);
        last.rollout = Rollout::RollsBack;
        last.updated_at = now;
        last.failed = 0;
        last.level = 0;
        last.not_before = now;
        let wish = &mut self.service.wish;
        wish.task_definition = Some(last.task_definition.clone());
        wish.network_configuration.clone_from(&last.network);
        wish.platform_version.clone_from(&last.platform_version);
        wish.load_balancers.clone_from(&last.load_balancers);
        let back = words::rolls_back(&last.id);
        self.service.deployments.insert(0, last);
        self.service.retry_at = None;
        self.service.unplaced = None;
        self.tell(back);
        self.again(now + SHOWN);
    }
}
