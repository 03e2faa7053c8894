//! Area `circuit_breaker`: after how many failed tasks a deployment is given up, and what becomes of it then.

mod play;
mod told;

use super::Case;
use super::failing::failing;
use super::seen::Seen;
use super::service::DESIRED;
use super::words::{any, any_flag, any_number, any_text, number, speaks_of};
use fargate_core::call::{DeploymentCircuitBreaker, ThresholdConfiguration};
use fargate_core::service::breaker;
use fargate_core::text::Node;

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let deed = case.deed();
    let happens = ["reach", "exceed", "fail", "stop", "hit"];
    if speaks_of(deed, &["threshold"]) && !speaks_of(deed, &happens) {
        return Ok(threshold(case));
    }
    if speaks_of(deed, &["alarm"]) {
        return Ok(case.not_modelled());
    }
    let breaker = held(case);
    let never_runs = ["never reach", "fail to start", "cannot be pulled", "keep"];
    if !breaker.enable && speaks_of(deed, &never_runs) {
        return failing(case);
    }
    let listed = any(
        case.setup,
        &["task_results", "results", "outcomes", "task_outcomes"],
    );
    match listed.and_then(told::listed).or_else(|| told::told(deed)) {
        Some(story) => play::played(case, &breaker, &story),
        None => Ok(case.not_modelled()),
    }
}

/// How many failures the row's breaker bears.
fn threshold(case: &Case<'_>) -> Seen {
    let of = any(case.setup, &["service"]).unwrap_or(case.setup);
    let desired = any_number(of, DESIRED).unwrap_or(1.0);
    let desired = desired.clamp(0.0, f64::from(u32::MAX)) as u32;
    let breaker = held(case);
    let given = breaker.threshold_configuration.as_ref();
    let threshold = breaker::threshold(desired, given, case.as_of);
    Seen::default().member("threshold", &threshold)
}

/// The circuit breaker of a row: its members stand in one object, or beside it.
fn held(case: &Case<'_>) -> DeploymentCircuitBreaker {
    let setup = case.setup;
    let inner = any(setup, &["service"]);
    let configuration = |of: &Node| {
        let of = any(of, &["deploymentConfiguration", "deployment_configuration"]);
        of.cloned()
    };
    let configured = inner
        .and_then(configuration)
        .or_else(|| configuration(setup));
    let places = [Some(setup), inner, configured.as_ref()];
    let names = [
        "circuitBreaker",
        "deploymentCircuitBreaker",
        "circuit_breaker",
        "breaker",
    ];
    let object = places.iter().find_map(|it| any((*it)?, &names));
    let members = [object, Some(setup), inner, configured.as_ref()];
    let flag = |names: &[&str]| members.iter().find_map(|it| any_flag((*it)?, names));
    let threshold = members
        .iter()
        .find_map(|it| any((*it)?, &["thresholdConfiguration", "threshold"]));
    let threshold = threshold.map(|it| ThresholdConfiguration {
        kind: any_text(it, &["type"]).unwrap_or("COUNT").to_owned(),
        // a number by itself is one of failures
        value: any_number(it, &["value"])
            .or_else(|| number(it))
            .unwrap_or(50.0) as i32,
    });
    let reset = flag(&["resetOnHealthyTask", "reset_on_healthy_task"]);
    let told = object.is_some() || threshold.is_some() || reset.is_some();
    // `"circuitBreaker": true`
    let said = object.and_then(Node::as_bool);
    DeploymentCircuitBreaker {
        enable: flag(&["enable", "enabled"]).or(said).unwrap_or(told),
        rollback: flag(&["rollback"]).unwrap_or(false),
        reset_on_healthy_task: reset,
        threshold_configuration: threshold,
    }
}
