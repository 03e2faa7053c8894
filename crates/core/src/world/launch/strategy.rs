//! Launch type or strategy: which of the two a call means, and whether the strategy is one.
//!
//! Source: API reference of `RunTask` and `CapacityProviderStrategyItem`. The words of the first refusal, and of that of a provider that
//! is not the cluster's, are quoted in public issues; AWS publishes none of the others, which are ours.

use super::{Where, invalid};
use crate::call::{CapacityProviderStrategyItem, RunTask, RunTaskOptions};
use crate::error::ApiError;
use crate::task::{Part, Provider};
use crate::world::World;

/// Items that a strategy may have.
const MAX_ITEMS: usize = 20;
/// The highest weight.
const MAX_WEIGHT: i32 = 1_000;
/// The highest base.
const MAX_BASE: i32 = 100_000;

/// Where the tasks of a call run. Where it names neither, the cluster's default strategy counts, and else the launch type EC2.
pub(super) fn where_to(
    world: &World,
    input: &RunTask,
    options: &RunTaskOptions,
) -> Result<Where, ApiError> {
    let strategy = &options.capacity_provider_strategy;
    match (input.launch_type, strategy.is_empty()) {
        (Some(_), false) => Err(invalid(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
            "Take launchType out to spread the tasks, or capacityProviderStrategy to run them on demand.",
        )),
        (Some(_), true) => Ok(Where::LaunchType),
        (None, false) => {
            let cluster = world.cluster(options.cluster.as_deref())?;
            Ok(Where::Strategy(parts(strategy, &cluster.providers)?))
        }
        (None, true) => {
            let cluster = world.cluster(options.cluster.as_deref())?;
            Ok(if cluster.strategy.is_empty() {
                Where::LaunchType
            } else {
                Where::Strategy(cluster.strategy)
            })
        }
    }
}

/// Reads a strategy over the providers of a cluster.
pub(in crate::world) fn parts(
    items: &[CapacityProviderStrategyItem],
    providers: &[Provider],
) -> Result<Vec<Part>, ApiError> {
    if items.len() > MAX_ITEMS {
        return Err(invalid(
            "A capacity provider strategy can contain a maximum of 20 capacity providers.",
            "Name 20 or fewer.",
        ));
    }
    let mut parts: Vec<Part> = Vec::new();
    for item in items {
        let name = item.capacity_provider.as_str();
        let Some(provider) = Provider::named(name).filter(|it| providers.contains(it)) else {
            return Err(invalid(
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster, or modify the capacity provider strategy and try again.",
                format!(
                    "Associate '{name}' with PutClusterCapacityProviders, or name one that is; on Fargate there are FARGATE and FARGATE_SPOT."
                ),
            ));
        };
        if parts.iter().any(|it| it.provider == provider) {
            return Err(invalid(
                "The capacity provider strategy contains a duplicate capacity provider.",
                format!("Name {name} once."),
            ));
        }
        let (base, weight) = (item.base.unwrap_or(0), item.weight.unwrap_or(0));
        let (Ok(base), Ok(weight), true, true) = (
            u32::try_from(base),
            u32::try_from(weight),
            base <= MAX_BASE,
            weight <= MAX_WEIGHT,
        ) else {
            return Err(invalid(
                "The base of a capacity provider strategy item must be between 0 and 100000, and its weight between 0 and 1000.",
                format!("Correct base or weight of {name}."),
            ));
        };
        parts.push(Part {
            provider,
            base,
            weight,
        });
    }
    if parts.iter().filter(|it| it.base > 0).count() > 1 {
        return Err(invalid(
            "Only one capacity provider in a capacity provider strategy can have a base defined.",
            "Leave the base of all but one at 0.",
        ));
    }
    // of one provider alone the weight means nothing
    if let [part] = parts.as_mut_slice() {
        part.weight = part.weight.max(1);
    }
    if !parts.is_empty() && parts.iter().all(|it| it.weight == 0) {
        return Err(invalid(
            "The specified capacity provider strategy must contain at least one capacity provider with a weight greater than 0.",
            "Give the provider that is to run the tasks a weight, such as 1.",
        ));
    }
    Ok(parts)
}
