//! Containers that end, wait or fail their health checks: their programs, their order, their patience.

use super::{Act, Cure, DEFINITION, PROGRAM, cure, define, of_trouble};
use crate::why::definition::{of_container, string};
use crate::why::trouble::Trouble;
use fargate_core::call::PutImage;
use fargate_core::task::Task;
use fargate_core::task_definition::Condition;
use fargate_core::task_definition::fields::Step;
use fargate_core::workload::Workload;
use fargate_core::world::World;

/// The longest `timeout` of a health check, in s. Source: API reference.
const LONGEST_CHECK: u64 = 60;
/// The longest `startPeriod` of a health check, in s. Source: API reference.
const LONGEST_START_PERIOD: u64 = 300;
/// The longest `startTimeout`, in s. Source: ECS developer guide, 'Task definition parameters for Fargate'.
const LONGEST_START: u64 = 120;

/// An image that behaves otherwise: what a repair of its program would be.
pub(super) fn mended(task: &Task, place: usize, how: &str, change: impl Fn(&mut Workload)) -> Cure {
    let it = &task.containers[place];
    let mut workload = it.workload.as_ref().clone();
    change(&mut workload);
    let call = PutImage {
        image: it.definition.image.clone(),
        behaviour: Some(Box::new(workload)),
    };
    cure(
        format!("Mend the program of {}: an image {how}", it.name),
        "program",
        PROGRAM,
        vec![Act::Call(call.into()), Act::Again],
    )
}

/// A container that ends by itself.
pub(super) fn ended(task: &Task, place: usize) -> Vec<Cure> {
    let it = &task.containers[place];
    let mut found = vec![mended(task, place, "that does not end by itself", |it| {
        it.exit_ms = None;
    })];
    if it.definition.restart.is_none() {
        let path = of_container(place, &["restartPolicy"]);
        let json = "{\"enabled\":true,\"restartAttemptPeriod\":60}".to_owned();
        found.push(define(
            format!("Let a restart policy start {} again", it.name),
            "restart",
            vec![(path, Some(json))],
        ));
    }
    let mut all = task.containers.iter().enumerate();
    if it.definition.essential && all.any(|(other, it)| other != place && it.definition.essential) {
        let path = of_container(place, &["essential"]);
        found.push(define(
            format!("Let the others go on without {}", it.name),
            "essential",
            vec![(path, Some("false".to_owned()))],
        ));
    }
    found
}

pub(super) fn waiting(
    world: &World,
    task: &Task,
    (waits, dependency): (usize, usize),
    on: usize,
    late: bool,
    inner: Option<&Trouble>,
) -> Vec<Cure> {
    let it = &task.containers[on];
    let wanted = task.containers[waits].definition.depends_on.get(dependency);
    let wanted = wanted.map(|it| it.condition);
    let mut found = match inner {
        // it is to end, and well
        Some(Trouble::Ended(..)) if wanted == Some(Condition::Success) => {
            vec![mended(task, on, "that ends with exit code 0", |it| {
                it.exit_code = 0;
            })]
        }
        Some(inner) => of_trouble(world, task, inner),
        None => Vec::new(),
    };
    if late {
        let wanted = it.workload.ready_ms.max(it.workload.exit_ms.unwrap_or(0)) / 1_000;
        let interval = it
            .definition
            .health_check
            .map_or(0, |rules| u64::from(rules.interval));
        for seconds in [wanted + interval + 5, LONGEST_START] {
            if seconds <= LONGEST_START {
                let path = of_container(on, &["startTimeout"]);
                found.push(define(
                    format!("Give {} {seconds} s to come up (startTimeout)", it.name),
                    "start timeout",
                    vec![(path, Some(seconds.to_string()))],
                ));
            }
        }
    }
    let mut path = of_container(waits, &["dependsOn"]);
    path.push(Step::Item(dependency));
    path.push("condition".into());
    let waiter = &task.containers[waits].name;
    let mut weaker = |condition: &str, when: &str| {
        let changes = vec![(path.clone(), Some(string(condition)))];
        let mut cure = define(
            format!("Let {waiter} start as soon as {} {when}", it.name),
            "condition",
            changes,
        );
        cure.width *= 2;
        found.push(cure);
    };
    if wanted == Some(Condition::Success) {
        weaker("COMPLETE", "has ended");
    }
    weaker("START", "has started");
    found
}

pub(super) fn slow_check(task: &Task, place: usize) -> Vec<Cure> {
    let it = &task.containers[place];
    let seconds = it.workload.check_ms / 1_000 + 1;
    let mut found = Vec::new();
    if seconds <= LONGEST_CHECK {
        let path = of_container(place, &["healthCheck", "timeout"]);
        found.push(define(
            format!("Give the health check of {} {seconds} s (timeout)", it.name),
            "timeout",
            vec![(path, Some(seconds.to_string()))],
        ));
    }
    let quick = |it: &mut Workload| it.check_ms = 100;
    let mut mend = mended(task, place, "whose health check answers at once", quick);
    mend.width = DEFINITION * 2;
    found.push(mend);
    found
}

pub(super) fn slow_start(task: &Task, place: usize) -> Vec<Cure> {
    let it = &task.containers[place];
    let seconds = it.workload.ready_ms / 1_000 + 5;
    let mut found = Vec::new();
    if seconds <= LONGEST_START_PERIOD {
        let path = of_container(place, &["healthCheck", "startPeriod"]);
        found.push(define(
            format!(
                "Give {} {seconds} s before its health check counts (startPeriod)",
                it.name
            ),
            "start period",
            vec![(path, Some(seconds.to_string()))],
        ));
    }
    let mut mend = mended(task, place, "that is ready at once", |it| {
        it.ready_ms = 1_000;
    });
    mend.width = DEFINITION * 2;
    found.push(mend);
    found
}
