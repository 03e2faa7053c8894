//! The platform of a task: whether Fargate can run a definition on it, on a day.

use super::invalid;
use crate::billing;
use crate::call::{AssignPublicIp, RunTask};
use crate::compute::platform::{
    INCOMPATIBLE, Lack, Need, Platform, Unavailable, incompatible_words,
};
use crate::error::ApiError;
use crate::task_definition::{Revision, System};
use crate::units::Date;

/// What AWS says where nothing could run a task of launch type EC2.
pub(super) const NO_INSTANCES: &str = "No Container Instances were found in your cluster.";

/// The platform that the tasks run on.
pub(super) fn check(
    input: &RunTask,
    revision: &Revision,
    on_fargate: bool,
    as_of: Date,
) -> Result<&'static Platform, ApiError> {
    if !on_fargate {
        if input.platform_version.is_some() {
            return Err(invalid(
                "The platform version must be null when specifying an EC2 launch type.",
                "Name no platform version, or the launch type FARGATE.",
            ));
        }
        on_instances(input, revision)?;
        return Err(invalid(
            NO_INSTANCES,
            "Run it with launch type FARGATE; this cluster has no container instances.",
        ));
    }
    let version = input.platform_version.as_deref().unwrap_or("LATEST");
    let windows = revision.definition.system == System::Windows;
    let platform =
        Platform::find(version, windows, as_of).map_err(|why| unavailable(why, as_of))?;
    if !revision.fargate() {
        return Err(invalid(
            "Task definition does not support launch_type FARGATE.",
            "Give it networkMode awsvpc and a cpu and memory pair that Fargate has, and register it again.",
        ));
    }
    // AWS says no more than that something is lacking; the first is told
    let mut needs = revision.needs.iter();
    let lack = needs.find_map(|need| Some((need, platform.lacks(need, as_of)?)));
    let Some((
        Need {
            what,
            version,
            since,
        },
        lack,
    )) = lack
    else {
        return Ok(platform);
    };
    let cure = match lack {
        Lack::Version => format!(
            "Platform version {} has no {what}; run it on {version} or newer.",
            platform.version
        ),
        Lack::Day => format!(
            "Fargate has {what} since {since}; take it out, or let the scenario play later."
        ),
    };
    Err(incompatible(as_of, cure))
}

/// What launch type EC2 takes of a network: with awsvpc no public address, and with the other modes none at all.
/// Source: public reports; 'Task networking for Amazon EC2 instances'.
fn on_instances(input: &RunTask, revision: &Revision) -> Result<(), ApiError> {
    let Some(network) = &input.network_configuration else {
        return Ok(());
    };
    if revision.definition.network_mode.as_deref() != Some("awsvpc") {
        return Err(invalid(
            "Network Configuration is not valid for the given networkMode of this task definition.",
            "Leave networkConfiguration out, or register the definition with networkMode awsvpc.",
        ));
    }
    if network.awsvpc_configuration.assign_public_ip == Some(AssignPublicIp::Enabled) {
        return Err(invalid(
            "Assign public IP is not supported for this launch type.",
            "Run it with launch type FARGATE, or give assignPublicIp DISABLED and lead its subnet to a NAT gateway.",
        ));
    }
    Ok(())
}

fn unavailable(why: Unavailable, as_of: Date) -> ApiError {
    let cure = match why {
        Unavailable::Unknown => "Use LATEST, or a version with three parts such as 1.4.0 that was there on the scenario's date.".to_owned(),
        Unavailable::Retired(day) => format!("Use LATEST: this version was retired on {day}. A scenario of an earlier date can still run it."),
        Unavailable::OtherSystem => return incompatible(as_of, "Use LATEST: Windows has platform versions of its own, since 2021-10-28.".to_owned()),
    };
    let message = "The specified platform does not exist.";
    ApiError::new("PlatformUnknownException", message, cure)
}

fn incompatible(as_of: Date, cure: String) -> ApiError {
    ApiError::new(INCOMPATIBLE, incompatible_words(as_of), cure)
}

/// Whether Fargate Spot can run it. Source: API reference of `CapacityProviderStrategyItem` and the developer guide: Linux on 1.3.0 or
/// newer, ARM64 on 1.4.0 or newer, no Windows.
pub(super) fn on_spot(system: System, platform: &Platform, as_of: Date) -> Result<(), ApiError> {
    let least = match system {
        System::LinuxX86 => "1.3.0",
        System::LinuxArm => "1.4.0",
        System::Windows => {
            return Err(incompatible(
                as_of,
                "Run it on FARGATE: Fargate Spot runs no Windows containers.".to_owned(),
            ));
        }
    };
    if !platform.has(least) {
        return Err(incompatible(
            as_of,
            format!(
                "Run it on platform version {least} or newer, or on FARGATE: Fargate Spot has no older one."
            ),
        ));
    }
    match billing::spot_since(system) {
        Some(day) if day <= as_of => Ok(()),
        _ => Err(incompatible(
            as_of,
            "Run it on FARGATE, or let the scenario play later: Fargate Spot did not run it yet."
                .to_owned(),
        )),
    }
}
