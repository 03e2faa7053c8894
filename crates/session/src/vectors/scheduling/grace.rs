//! A service behind a load balancer that finds its tasks unhealthy, and the grace period in which that is not looked at.

use super::Case;
use super::account::Account;
use super::seen::Seen;
use super::service::{NAME, STEADY, desired};
use super::words::{any, any_number, seconds, words};
use fargate_core::event::Fact;
use fargate_core::task::TaskState;

/// The member that gives the period.
const PERIOD: &str = "healthCheckGracePeriodSeconds";
/// How much longer than its period a service is watched, in ms.
const WATCHED: u64 = 3 * STEADY;

/// The grace period of a row, in seconds.
pub(super) fn period(case: &Case<'_>) -> Option<f64> {
    let of = any(case.setup, &["service"]).unwrap_or(case.setup);
    let names = [PERIOD, "health_check_grace_period_seconds", "grace_s"];
    any_number(of, &names).map(|it| it.clamp(0.0, 86_400.0))
}

/// Tasks that no health check finds well, and whether they are stopped when the deed says.
pub(super) fn observe(case: &Case<'_>, period: f64) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    let put = r#"{"image":"nginx","behaviour":{"listens":[9999]}}"#;
    account.done("playground:PutImage", put)?;
    account.register(r#""portMappings":[{"containerPort":80}]"#)?;
    let group = account.balancer()?;
    let more = format!(
        r#""launchType":"FARGATE","{PERIOD}":{},"loadBalancers":[{{"targetGroupArn":"{group}","containerName":"web","containerPort":80}}]"#,
        period as u32
    );
    account.serve_with(NAME, desired(case.setup).max(1), &more)?;
    let from = account.log.len();
    account.wait(period as u64 * 1_000 + WATCHED);
    let events = &account.log[from..];
    let mut ran = None;
    let mut stopped = None;
    for event in events {
        match &event.fact {
            Fact::State {
                state: TaskState::Running,
                ..
            } if ran.is_none() => ran = Some(event.at),
            Fact::Stopping { reason, .. } if stopped.is_none() => {
                stopped = Some((event.at, reason.clone()));
            }
            _ => {}
        }
    }
    let Some(ran) = ran else {
        return Err("no task comes to RUNNING".to_owned());
    };
    let deed = case.deed();
    // 'at t=30', '30 s after it is RUNNING'
    let mut moments = words(deed).into_iter().filter_map(|it| {
        let digits = it.strip_prefix("t=")?.trim_end_matches('s');
        digits.parse::<f64>().ok()
    });
    let asked = moments.next().or_else(|| seconds(deed));
    let after = stopped
        .as_ref()
        .map(|(at, _)| (*at - ran).0 as f64 / 1_000.0);
    let gone = match (after, asked) {
        (Some(after), Some(asked)) => after <= asked,
        (after, _) => after.is_some(),
    };
    let mut seen = Seen::default()
        .member("task_stopped", &gone)
        .member("stopped", &gone)
        .member("replaced", &gone)
        .member("ignored", &!gone)
        .text("task_lastStatus", if gone { "STOPPED" } else { "RUNNING" });
    if let Some(after) = after {
        seen = seen.member("stopped_at_s", &(after as u64));
    }
    if let Some((_, reason)) = stopped.filter(|_| gone) {
        seen = seen.text("stoppedReason", &reason);
    }
    Ok(seen)
}
