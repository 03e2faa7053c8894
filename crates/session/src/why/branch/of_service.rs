//! What an attempt is for a service: its tasks are started by its scheduler, so that it is updated where they are to be others.

use super::attempt::Attempt;
use crate::why::cures::Launch;
use fargate_core::call::{
    AssignPublicIp, AwsvpcConfiguration, CapacityProviderStrategyItem, NetworkConfiguration,
    UpdateService,
};
use fargate_core::service::Rollout;
use fargate_core::task::Task;
use fargate_core::units::SimSpan;
use fargate_core::world::World;

/// How long a service is given to come to a steady state, in ms: connections drain for five minutes by default.
pub(super) const STEADY_WITHIN: u64 = 1_200_000;
/// A wait between starts that is short enough for nobody to be bothered.
const SHORT: SimSpan = SimSpan::secs(60);

/// The call that rolls an attempt's changes out; `None` where the scheduler goes on by itself.
pub(super) fn update(
    world: &World,
    name: &str,
    attempt: &Attempt,
    task: Option<&Task>,
    launch: Option<&Launch>,
) -> Option<UpdateService> {
    let service = world.services().get(name)?;
    let mut update = UpdateService {
        service: name.to_owned(),
        ..UpdateService::default()
    };
    // what was given up starts nothing more
    let waits = service.primary().rollout == Rollout::Failed
        || service.primary().not_before > world.now() + SHORT;
    if !attempt.again && !waits {
        return None;
    }
    update.force_new_deployment = Some(true);
    let (Some(task), Some(launch)) = (task, launch.filter(|_| attempt.again)) else {
        return Some(update);
    };
    if attempt.text.is_some() {
        update.task_definition = Some(task.definition.family.clone());
    }
    let here = &task.assignment;
    if (&launch.subnet, launch.public) != (&here.subnet, here.public) {
        let public = if launch.public {
            AssignPublicIp::Enabled
        } else {
            AssignPublicIp::Disabled
        };
        let subnets = if launch.subnet == here.subnet {
            let own = service.primary().network.as_ref();
            own.map(|it| it.awsvpc_configuration.subnets.clone())
        } else {
            None
        };
        update.network_configuration = Some(NetworkConfiguration {
            awsvpc_configuration: AwsvpcConfiguration {
                subnets: subnets.unwrap_or_else(|| vec![launch.subnet.clone()]),
                security_groups: launch.groups.clone(),
                assign_public_ip: Some(public),
            },
        });
    }
    if launch.platform != task.platform.version {
        update.platform_version = Some(launch.platform.clone());
    }
    if launch.provider != task.provider {
        update.capacity_provider_strategy = vec![CapacityProviderStrategyItem {
            capacity_provider: "FARGATE".to_owned(),
            weight: Some(1),
            base: None,
        }];
    }
    Some(update)
}
