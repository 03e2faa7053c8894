//! What the account's limits refuse: calls that come too fast, tasks beyond a quota, Spot capacity that AWS has not.

use crate::why::cures::{Act, Cure};
use crate::why::{Explanation, Goal, Link, Said, State};
use fargate_core::call::{Call, Hidden, LaunchType, RunTask, RunTaskOptions, SetLimits};
use fargate_core::error::{ApiError, Failure};
use fargate_core::units::{SimSpan, SimTime};
use fargate_core::world::{Budget, World};

/// Quotas that are asked for, in vCPUs, the least that is enough being told.
const VCPUS: [u32; 9] = [8, 16, 32, 64, 128, 256, 512, 1_024, 4_096];

/// A call that came too fast.
pub(super) fn throttled(
    found: &mut Explanation,
    world: &World,
    call: &Call,
    error: &ApiError,
    at: SimTime,
) {
    found.cause = "throttled";
    let bucket = error.cure.split('\'').nth(1).unwrap_or_default();
    let holds = error.cure.split(": the bucket ").nth(1).unwrap_or_default();
    let holds = holds.split(". ").next().unwrap_or_default();
    found.chain.push(
        Link::new(
            at,
            format!("Calls came faster than AWS lets this account make them: the bucket {holds}, and is empty."),
        )
        .decided(call.action(), format!("token bucket '{bucket}'")),
    );
    let ms = error.cure.split_whitespace().find_map(|it| it.parse().ok());
    if let Some(ms) = ms {
        let mut later = world.clone();
        let until = later.now() + SimSpan(ms);
        later.advance(until, Budget(u32::MAX), &mut Vec::new());
        if later.apply(u32::MAX, call, &mut Vec::new()).is_ok() {
            found.help = format!("Send it again {ms} ms later: AWS accepts it then.");
        }
    }
    let off = SetLimits {
        throttling: Some(false),
        ..SetLimits::default()
    };
    found.cures = vec![cure(
        "Switch throttling off, and send it again".to_owned(),
        vec![off.into(), call.clone()],
        1,
        "limit",
    )];
}

fn cure(title: String, calls: Vec<Call>, width: u64, kind: &'static str) -> Cure {
    Cure {
        title,
        acts: calls.into_iter().map(Act::Call).collect(),
        width,
        kind,
    }
}

/// A call that AWS accepted, and that started less than it was asked for.
pub(super) fn partly(
    world: &World,
    input: &RunTask,
    (started, failures): (usize, &[Failure]),
    subject: String,
    at: SimTime,
) -> Explanation {
    let all = started + failures.len();
    let title = format!("AWS accepts RunTask at {at}, and starts {started} of {all}.");
    let mut found = Explanation::of(subject, title.clone());
    found.state = State::Wrong;
    found.goal = Some(Goal::Accepted);
    found.chain.push(Link::new(at, title));
    let Some(first) = failures.first() else {
        return found;
    };
    found.said = Some(Said {
        code: "failures".to_owned(),
        message: first.reason.clone(),
    });
    first.cure.clone_into(&mut found.help);
    // what was started is not run again
    let rest = RunTask {
        count: Some(failures.len() as u32),
        ..input.clone()
    };
    let on_demand = RunTask {
        launch_type: Some(LaunchType::Fargate),
        options: on_demand(input),
        ..rest.clone()
    };
    let what = match failures.len() {
        1 => "it".to_owned(),
        more => format!("the {more} that are missing"),
    };
    if first.reason.starts_with("Capacity") {
        found.cause = "spot-capacity";
        found.chain.push(
            Link::new(
                at,
                "AWS has no spare capacity for Fargate Spot at this moment, and a strategy never falls back to FARGATE by itself.",
            )
            .decided("FARGATE_SPOT", "capacity provider"),
        );
        found.cures = vec![cure(
            format!("Run {what} on FARGATE"),
            vec![on_demand.into()],
            0,
            "on demand",
        )];
        return found;
    }
    found.cause = "quota";
    let (spot, running) = (uses_spot(input), in_use(world));
    let of = |spot: bool| {
        if spot {
            "Fargate Spot"
        } else {
            "Fargate On-Demand"
        }
    };
    found.chain.push(
        Link::new(
            at,
            format!(
                "Tasks of {} vCPU run, which is as much as the account's quota for {} lets run at the same time.",
                vcpu(running[usize::from(spot)]),
                of(spot)
            ),
        )
        .decided("the account", format!("quota '{} vCPU resource count'", of(spot))),
    );
    let raised = VCPUS.into_iter().enumerate().map(|(place, vcpus)| {
        let mut limits = SetLimits::default();
        if spot {
            limits.fargate_spot_vcpus = Some(vcpus);
        } else {
            limits.fargate_vcpus = Some(vcpus);
        }
        cure(
            format!("Have the quota raised to {vcpus} vCPUs, and run {what}"),
            vec![limits.into(), rest.clone().into()],
            place as u64 + 1,
            "quota",
        )
    });
    found.cures = raised.collect();
    found
}

/// The options of a launch without its strategy.
fn on_demand(input: &RunTask) -> Hidden<RunTaskOptions> {
    let without = |options: &RunTaskOptions| RunTaskOptions {
        capacity_provider_strategy: Vec::new(),
        client_token: None,
        ..options.clone()
    };
    input
        .options
        .get()
        .map_or_else(Hidden::default, |it| without(it).into())
}

/// CPU units of tasks that are not stopped, on demand and on Spot.
fn in_use(world: &World) -> [u64; 2] {
    let mut uses = [0, 0];
    for task in world.tasks().values() {
        if task.state() != fargate_core::task::TaskState::Stopped {
            let spot = task.provider == Some(fargate_core::task::Provider::FargateSpot);
            uses[usize::from(spot)] += u64::from(task.cpu.0);
        }
    }
    uses
}

/// CPU units as vCPUs: '5.75'.
fn vcpu(units: u64) -> String {
    let (whole, rest) = (units / 1_024, units % 1_024);
    let hundredths = format!("{:02}", rest * 100 / 1_024);
    match hundredths.trim_end_matches('0') {
        "" => whole.to_string(),
        more => format!("{whole}.{more}"),
    }
}

/// Whether what was not started was to run on Spot: only then does raising the quota of Spot alone help.
fn uses_spot(input: &RunTask) -> bool {
    input.options.get().is_some_and(|it| {
        let strategy = &it.capacity_provider_strategy;
        !strategy.is_empty()
            && strategy
                .iter()
                .all(|it| it.capacity_provider == "FARGATE_SPOT")
    })
}
