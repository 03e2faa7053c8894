//! Calls that AWS accepted, and that started less than they were asked for: `failures` in the answer, one for each task that is missing.

use super::launches::other_launches;
use super::limits::cure;
use crate::why::cures::Cure;
use crate::why::{Explanation, Goal, Link, Said, State};
use fargate_core::call::{Hidden, LaunchType, RunTask, RunTaskOptions, SetLimits, StartTask};
use fargate_core::error::Failure;
use fargate_core::units::SimTime;
use fargate_core::world::World;

/// Quotas that are asked for, in vCPUs, the least that is enough being told.
const VCPUS: [u32; 9] = [8, 16, 32, 64, 128, 256, 512, 1_024, 4_096];

/// What kept a task from being placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// AWS has no spare capacity for Spot.
    Spot,
    /// The account's quota.
    Quota,
    /// The container instance is not there.
    Instance,
}

impl Kind {
    fn of(failure: &Failure) -> Self {
        match failure.reason.as_str() {
            "MISSING" => Self::Instance,
            reason if reason.starts_with("Capacity") => Self::Spot,
            _ => Self::Quota,
        }
    }

    const fn cause(self) -> &'static str {
        match self {
            Self::Spot => "spot-capacity",
            Self::Quota => "quota",
            Self::Instance => "instance-missing",
        }
    }
}

/// '2 tasks'.
pub(in crate::why) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The symptom, and the failures by their reasons, the most frequent last: that one is the root.
fn begun<'f>(
    name: &str,
    (started, failures): (usize, &'f [Failure]),
    subject: String,
    at: SimTime,
) -> (Explanation, Vec<(Kind, Vec<&'f Failure>)>) {
    let all = started + failures.len();
    let title = format!("AWS accepts {name} at {at}, and starts {started} of {all}.");
    let mut found = Explanation::of(subject, title);
    found.state = State::Wrong;
    found.goal = Some(Goal::Accepted);
    let mut groups: Vec<(Kind, Vec<&Failure>)> = Vec::new();
    for failure in failures {
        let kind = Kind::of(failure);
        match groups.iter_mut().find(|it| it.0 == kind) {
            Some((_, its)) => its.push(failure),
            None => groups.push((kind, vec![failure])),
        }
    }
    groups.sort_by_key(|it| it.1.len());
    let told: Vec<String> = groups
        .iter()
        .filter_map(|(_, its)| Some((its.first()?, its.len())))
        .map(|(first, count)| match count {
            1 => first.reason.clone(),
            many => format!("{} ({many} times)", first.reason),
        })
        .collect();
    found.said = Some(Said {
        code: "failures".to_owned(),
        message: told.join("; "),
    });
    let helps: Vec<&str> = groups
        .iter()
        .filter_map(|it| Some(it.1.first()?.cure))
        .collect();
    found.help = helps.join(" ");
    found.chain.push(Link::new(
        at,
        format!(
            "AWS answers {name} with {} and {}.",
            counted(started, "task"),
            counted(failures.len(), "failure")
        ),
    ));
    (found, groups)
}

/// `RunTask`.
pub(in crate::why) fn of_run(
    input: &RunTask,
    answer: (usize, &[Failure]),
    subject: String,
    at: SimTime,
) -> Explanation {
    let (mut found, groups) = begun("ecs:RunTask", answer, subject, at);
    let missing = answer.1.len();
    let spot = uses_spot(input);
    for (kind, its) in &groups {
        found.cause = kind.cause();
        let first = its.first().map_or("", |it| it.reason.as_str());
        found.chain.push(match kind {
            Kind::Spot => Link::new(
                at,
                format!(
                    "AWS has no spare capacity for Fargate Spot at this moment: {} not placed, and a strategy never falls back to FARGATE by itself.",
                    are(its.len())
                ),
            )
            .decided("FARGATE_SPOT", "capacity provider"),
            Kind::Quota | Kind::Instance => over_quota(first, its.len(), spot, at),
        });
    }
    let has = |kind: Kind| groups.iter().any(|it| it.0 == kind);
    found.cures = cures(input, missing, has(Kind::Spot), has(Kind::Quota));
    found
}

fn are(count: usize) -> String {
    match count {
        1 => "1 task is".to_owned(),
        many => format!("{many} tasks are"),
    }
}

fn over_quota(reason: &str, count: usize, spot: bool, at: SimTime) -> Link {
    let of = if spot {
        "Fargate Spot"
    } else {
        "Fargate On-Demand"
    };
    // before 2022 tasks were counted, not vCPUs
    let unit = if reason.contains("of tasks") {
        "task"
    } else {
        "vCPU"
    };
    Link::new(
        at,
        format!(
            "The account's quota of {of} {unit}s is used up by what runs: {} not placed, since one more would go beyond it.",
            are(count)
        ),
    )
    .decided("the account", format!("quota '{of} {unit} resource count'"))
}

fn cures(input: &RunTask, missing: usize, spot: bool, quota: bool) -> Vec<Cure> {
    // what was started is not run again
    let rest = RunTask {
        count: Some(missing as u32),
        ..input.clone()
    };
    let on_demand = RunTask {
        launch_type: Some(LaunchType::Fargate),
        options: on_demand(input),
        ..rest.clone()
    };
    let what = match missing {
        1 => "it".to_owned(),
        more => format!("the {more} that are missing"),
    };
    // capacity comes and goes, and so do tasks: by now there may be room
    let mut found = vec![cure(
        format!("Run {what} now: there is room again"),
        vec![rest.clone().into()],
        0,
        "again",
    )];
    if spot {
        found.push(cure(
            format!("Run {what} on FARGATE"),
            vec![on_demand.clone().into()],
            1,
            "on demand",
        ));
    }
    if quota {
        let own = uses_spot(input);
        let run = if spot { &on_demand } else { &rest };
        let raised = VCPUS.into_iter().enumerate().map(|(place, vcpus)| {
            let mut limits = SetLimits::default();
            if own && !spot {
                limits.fargate_spot_vcpus = Some(vcpus);
            } else {
                limits.fargate_vcpus = Some(vcpus);
            }
            let on = if spot { " on FARGATE" } else { "" };
            cure(
                format!("Have the quota raised to {vcpus} vCPUs, and run {what}{on}"),
                vec![limits.into(), run.clone().into()],
                place as u64 + 2,
                "quota",
            )
        });
        found.extend(raised);
    }
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

/// `StartTask`, which places tasks on container instances.
pub(super) fn of_start(
    world: &World,
    input: &StartTask,
    answer: (usize, &[Failure]),
    subject: String,
    at: SimTime,
) -> Explanation {
    let (mut found, groups) = begun("ecs:StartTask", answer, subject, at);
    for (kind, its) in &groups {
        found.cause = kind.cause();
        let named = input.container_instances.join(", ");
        let verb = if its.len() == 1 { "is" } else { "are" };
        found.chain.push(
            Link::new(
                at,
                format!(
                    "StartTask places tasks on the container instances that it names, and this cluster has none: {named} {verb} missing."
                ),
            )
            .decided("the cluster", "container instances"),
        );
    }
    let run = RunTask {
        task_definition: input.task_definition.clone(),
        count: Some(input.container_instances.len() as u32),
        network_configuration: input.network_configuration.clone(),
        ..RunTask::default()
    };
    found.cures = other_launches(world, &run);
    found
}
