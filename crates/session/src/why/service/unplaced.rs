//! Why tasks of a service cannot be placed or launched, and what may help.

use super::last_call;
use crate::why::cures::{Act, Cure};
use crate::why::ground::Ground;
use crate::why::refused::other_launches;
use crate::why::{Explanation, Link};
use fargate_core::call::{
    Call, CapacityProviderStrategyItem, DeploymentConfiguration, Hidden, RunTask, SetLimits,
    SetSpotCapacity, UpdateAssumeRolePolicy, UpdateService,
};
use fargate_core::iam::TRUST_TASKS;
use fargate_core::service::Service;
use fargate_core::task::TaskState;

/// CPU units of a vCPU.
const VCPU: u32 = 1_024;

/// Why a task could not be placed, and what may help.
pub(super) fn unplaced(
    ground: &Ground<'_>,
    service: &Service,
    reason: &str,
    found: &mut Explanation,
) {
    let world = &ground.world;
    let now = world.now();
    let name = &service.name;
    let primary = service.primary();
    let revision = world.revisions().find(&primary.task_definition).ok();
    let call = |title: String, width: u64, call: Call| Cure {
        title,
        acts: vec![Act::Call(call)],
        width,
        kind: "service",
    };
    let update = |of: &dyn Fn(&mut UpdateService)| {
        let mut update = UpdateService {
            service: name.clone(),
            ..UpdateService::default()
        };
        of(&mut update);
        Call::from(update)
    };
    let on_demand = |width| {
        let it = update(&|it| {
            it.capacity_provider_strategy = vec![CapacityProviderStrategyItem {
                capacity_provider: "FARGATE".to_owned(),
                weight: Some(1),
                base: None,
            }];
            it.force_new_deployment = Some(true);
        });
        call(format!("Run {name} on FARGATE"), width, it)
    };
    let (running, pending) = world.service_counts(service, None);
    let fits = running + pending;
    let (cause, sentence, part, rule): (&'static str, String, String, String) = if reason
        .contains("You've reached the limit")
    {
        let cpu = revision
            .and_then(|it| it.definition.cpu)
            .unwrap_or_default();
        let all: u32 = world
            .tasks()
            .values()
            .filter(|it| it.state() != TaskState::Stopped)
            .map(|it| it.cpu.0)
            .sum();
        let more = cpu.0.saturating_mul(service.desired().saturating_sub(fits));
        let vcpus = all.saturating_add(more.saturating_mul(2)).div_ceil(VCPU);
        found.cures.push(call(
            format!("Have the quota raised to {vcpus} vCPUs"),
            1,
            SetLimits {
                fargate_vcpus: Some(vcpus),
                fargate_spot_vcpus: Some(vcpus),
                ..SetLimits::default()
            }
            .into(),
        ));
        let scale = update(&|it| it.desired_count = i32::try_from(fits).ok());
        found
            .cures
            .push(call(format!("Scale {name} to {fits}, which run"), 2, scale));
        (
            "service-quota",
            format!(
                "Another task of {} needs {} CPU units, and the account may run no more.",
                primary.task_definition, cpu.0
            ),
            "account".to_owned(),
            "Fargate vCPU resource count".to_owned(),
        )
    } else if reason.starts_with("Capacity") {
        found.cures.push(on_demand(1));
        found.cures.push(call(
            "Wait until AWS has capacity to spare again".to_owned(),
            2,
            SetSpotCapacity { available: true }.into(),
        ));
        (
                "service-capacity",
                "AWS has no spare capacity for FARGATE_SPOT, and a service never falls back to FARGATE by itself."
                    .to_owned(),
                "FARGATE_SPOT".to_owned(),
                "capacityProviderStrategy".to_owned(),
            )
    } else if reason.contains("unable to assume the role") {
        let role = reason.split('\'').nth(1).unwrap_or_default();
        let short = role.rsplit('/').next().unwrap_or(role);
        found.cures.push(call(
            format!("Let tasks assume {short}"),
            1,
            UpdateAssumeRolePolicy {
                role_name: short.to_owned(),
                policy_document: TRUST_TASKS.to_owned(),
            }
            .into(),
        ));
        (
            "trust-policy",
            format!(
                "Tasks cannot assume {role}: its trust policy does not name ecs-tasks.amazonaws.com."
            ),
            short.to_owned(),
            "AssumeRolePolicyDocument".to_owned(),
        )
    } else if reason.starts_with("No Container Instances") {
        found.cures.push(on_demand(1));
        (
            "service-no-instances",
            format!("{name} runs its tasks on container instances, and this cluster has none."),
            name.clone(),
            "launchType".to_owned(),
        )
    } else {
        let wish = &service.wish;
        let run = RunTask {
            task_definition: primary.task_definition.clone(),
            count: None,
            launch_type: wish.launch_type,
            platform_version: primary.platform_version.clone(),
            network_configuration: primary.network.clone(),
            options: Hidden::default(),
        };
        for cure in other_launches(world, &run) {
            let launch = cure.acts.iter().find_map(|act| match act {
                Act::Call(call) => call.input::<RunTask>().cloned(),
                _ => None,
            });
            if let Some(launch) = launch {
                let it = update(&|it| {
                    it.network_configuration
                        .clone_from(&launch.network_configuration);
                    it.platform_version.clone_from(&launch.platform_version);
                    it.force_new_deployment = Some(true);
                });
                found.cures.push(call(cure.title, cure.width, it));
            }
        }
        (
            "service-launch",
            format!("AWS refuses to start a task of it: {reason}"),
            name.clone(),
            primary.task_definition.clone(),
        )
    };
    found.cause = cause;
    let ids: Vec<&str> = match cause {
        "trust-policy" => vec![part.as_str()],
        "service-capacity" => vec!["FARGATE_SPOT"],
        _ => Vec::new(),
    };
    let by = if ids.is_empty() {
        last_call(ground, name)
    } else {
        ground.touched_by(&ids)
    };
    let link = Link::new(now, sentence).decided(part, rule).by(by);
    found.chain.push(link);
}

/// Percentages that leave a step.
pub(super) fn percentages(name: &str) -> Vec<Cure> {
    let cure = |title: String, minimum: Option<i32>, maximum: Option<i32>, width: u64| Cure {
        title,
        acts: vec![Act::Call(
            UpdateService {
                service: name.to_owned(),
                deployment_configuration: Some(DeploymentConfiguration {
                    minimum_healthy_percent: minimum,
                    maximum_percent: maximum,
                    ..DeploymentConfiguration::default()
                }),
                ..UpdateService::default()
            }
            .into(),
        )],
        width,
        kind: "",
    };
    vec![
        cure(
            "Let twice as many tasks be there: maximumPercent 200".to_owned(),
            None,
            Some(200),
            1,
        ),
        cure(
            "Let old tasks go first: minimumHealthyPercent 0".to_owned(),
            Some(0),
            None,
            2,
        ),
    ]
}
