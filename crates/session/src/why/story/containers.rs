//! What became of containers: killed, ended, waiting, unhealthy.

use super::{container, defined, short};
use crate::cards::sentences::{gib, limit, waits_for};
use crate::observe::{LogQuery, StreamCard};
use crate::why::branch::seconds;
use crate::why::definition::{line, of_container, of_task};
use crate::why::ground::Ground;
use crate::why::trouble::Trouble;
use crate::why::{Explanation, Link};
use crate::words::number;
use fargate_core::compute::memory::Limit;
use fargate_core::event::Fact;
use fargate_core::task::{ContainerStatus, Health, Task};
use fargate_core::task_definition::fields::Step;
use fargate_core::units::SimSpan;

/// Characters of a log's line that are shown.
const SHOWN: usize = 160;

/// The step that says how a container ended, and when.
fn end_of(ground: &Ground<'_>, task: &Task, place: usize) -> Link {
    let it = &task.containers[place];
    let name = it.name.clone();
    let at = ground.when(
        &task.id,
        |fact| matches!(fact, Fact::ContainerExited { container, .. } if *container == name),
    );
    let (code, reason) = match &it.status {
        ContainerStatus::Stopped { code, reason } => (code.unwrap_or(0), reason.clone()),
        _ => (0, None),
    };
    let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
    let essential = if it.definition.essential {
        " It is essential, so the task ends with it."
    } else {
        ""
    };
    let sentence = format!(
        "{} ended with exit code {code}{reason}.{essential}",
        short(task, place)
    );
    Link::new(at, sentence).seen([container(task, place)])
}

pub(super) fn killed(
    ground: &Ground<'_>,
    found: &mut Explanation,
    task: &Task,
    place: usize,
    by: Limit,
) {
    let world = &ground.world;
    let end = end_of(ground, task, place);
    let (at, it) = (end.at, &task.containers[place]);
    let (name, short) = (it.name.clone(), short(task, place));
    found.chain.push(end);
    let set = ground.last_of(&task.id, |fact| {
        matches!(fact, Fact::DemandSet { container, memory: Some(_), .. } if *container == name)
    });
    if let (Some(event), Some(mib)) = (set, it.demand.memory) {
        let deed = ground.call_behind(event).and_then(|call| ground.deed(call));
        let sentence = format!(
            "Somebody made {short} want {} MiB, and {} bound it.",
            number(mib.into()),
            limit(by)
        );
        found.cause = "demand-memory";
        let link = Link::new(at, sentence)
            .decided(it.name.as_ref(), limit(by))
            .by(deed);
        found.chain.push(link.seen([container(task, place)]));
        return;
    }
    let image = &it.workload;
    let rate = world.traffic().rates(task).get(place).copied().unwrap_or(0);
    let mut holds = vec![format!("{} MiB at rest", number(image.idle_memory.into()))];
    if image.leak_kib > 0 {
        holds.push(format!(
            "{} KiB more every second, a leak",
            number(image.leak_kib.into())
        ));
    }
    let load = u64::from(rate) * u64::from(image.request_memory_kib) / 10_240;
    if load > 0 {
        holds.push(format!("{} MiB for its requests", number(load)));
    }
    let sentence = format!(
        "{short} holds {}; it met {}.",
        holds.join(", and "),
        limit(by)
    );
    let (rule, path) = match by {
        Limit::Container(mib) => (format!("memory: {mib}"), of_container(place, &["memory"])),
        Limit::Task(mib) => (format!("memory of the task: {mib}"), of_task(&["memory"])),
    };
    found.chain.push(
        Link::new(at, sentence)
            .decided(it.name.as_ref(), rule)
            .by(defined(ground, task))
            .seen(line(world, task, &path))
            .seen([container(task, place)]),
    );
}

pub(super) fn lacks(
    ground: &Ground<'_>,
    found: &mut Explanation,
    task: &Task,
    place: usize,
    said: &str,
) {
    let end = end_of(ground, task, place);
    let (at, it) = (end.at, &task.containers[place]);
    found.chain.push(end);
    let short = short(task, place);
    let (sentence, path) = if let Some(variable) = said.strip_suffix(" is not set") {
        (
            format!(
                "The image of {short} needs the variable {variable}, which neither environment nor secrets set."
            ),
            of_container(place, &["environment"]),
        )
    } else {
        (
            format!(
                "{short} writes to {}, which is read-only for it ({said}).",
                it.workload.write_to
            ),
            if it.definition.read_only_root && it.definition.mounts.iter().all(|it| !it.read_only) {
                of_container(place, &["readonlyRootFilesystem"])
            } else {
                of_container(place, &["mountPoints"])
            },
        )
    };
    found.chain.push(
        Link::new(at, sentence)
            .decided(it.name.as_ref(), said)
            .by(defined(ground, task))
            .seen(line(&ground.world, task, &path))
            .seen([container(task, place)]),
    );
}

pub(super) fn disk_full(ground: &Ground<'_>, found: &mut Explanation, task: &Task, place: usize) {
    let end = end_of(ground, task, place);
    let (at, it) = (end.at, &task.containers[place]);
    found.chain.push(end);
    let disk = task.disk(at);
    let sentence = format!(
        "{} writes {} KiB every second, and the disk of {} GiB is full: the images take {} of it.",
        short(task, place),
        number(it.workload.write_kib.into()),
        gib(disk.room),
        gib(disk.layers),
    );
    found.chain.push(
        Link::new(at, sentence)
            .decided("the task's disk", "ephemeralStorage")
            .by(defined(ground, task))
            .seen(line(&ground.world, task, &of_task(&["ephemeralStorage"])))
            .seen([container(task, place)]),
    );
}

/// The end of a container that AWS did not give what it asked for; nothing while it still tries.
pub(super) fn asks_of_aws(ground: &Ground<'_>, found: &mut Explanation, task: &Task, place: usize) {
    if !task.containers[place].runs() {
        found.chain.push(end_of(ground, task, place));
    }
}

pub(super) fn ended(
    ground: &Ground<'_>,
    found: &mut Explanation,
    task: &Task,
    place: usize,
    code: i32,
) {
    let end = end_of(ground, task, place);
    let (at, it) = (end.at, &task.containers[place]);
    found.chain.push(end);
    let after = it.workload.exit_ms.map_or_else(String::new, |ms| {
        format!(" {} after its start", seconds(SimSpan(ms)))
    });
    let mut sentence = if code == 0 {
        format!(
            "The program of {} finishes by itself{after}: nothing killed it.",
            short(task, place)
        )
    } else {
        format!(
            "The program of {} ends by itself{after}, with exit code {code}: nothing killed it, and no limit was met.",
            short(task, place)
        )
    };
    if let Some(last) = last_line(ground, task, &it.name) {
        sentence = format!("{sentence} The last line of its log: '{last}'");
    }
    found.chain.push(
        Link::new(at, sentence)
            .decided(it.name.as_ref(), format!("image {}", it.definition.image))
            .by(defined(ground, task))
            .seen(line(&ground.world, task, &of_container(place, &["image"])))
            .seen([container(task, place)]),
    );
}

pub(super) fn waiting(
    ground: &Ground<'_>,
    task: &Task,
    (waits, dependency): (usize, usize),
    on: usize,
    late: bool,
) -> Link {
    let it = &task.containers[waits];
    let at = ground.when(&task.id, |fact| matches!(fact, Fact::NeverStarts { .. }));
    // what is looked ahead for is so by now
    let at = at.min(ground.session.now());
    let Some(other) = it.definition.depends_on.get(dependency) else {
        return Link::new(at, "It waits for another container.");
    };
    let other_name = &task.containers[on].name;
    let then = match (late, task.containers[on].definition.start_timeout) {
        (true, Some(seconds)) => {
            format!("That did not happen within {other_name}'s startTimeout of {seconds} s.")
        }
        _ if task.containers[on].runs() => "That has not happened yet.".to_owned(),
        _ => "That can never happen now.".to_owned(),
    };
    let verb = if task.stop.is_some() {
        "waited"
    } else {
        "waits"
    };
    let sentence = format!(
        "{} {verb} for {}. {then}",
        short(task, waits),
        waits_for(other)
    );
    let path = if late {
        of_container(on, &["startTimeout"])
    } else {
        let mut path = of_container(waits, &["dependsOn"]);
        path.push(Step::Item(dependency));
        path
    };
    Link::new(at, sentence)
        .decided(
            it.name.as_ref(),
            if late { "startTimeout" } else { "dependsOn" },
        )
        .by(defined(ground, task))
        .seen(line(&ground.world, task, &path))
        .seen([container(task, waits)])
}

pub(super) fn unhealthy(
    ground: &Ground<'_>,
    found: &mut Explanation,
    task: &Task,
    place: usize,
    trouble: &Trouble,
) {
    let it = &task.containers[place];
    let name = it.name.clone();
    let at = ground.when(&task.id, |fact| {
        matches!(fact, Fact::HealthChanged { container, health: Health::Unhealthy, .. } if *container == name)
    });
    let short = short(task, place);
    let Some(rules) = it.definition.health_check else {
        return;
    };
    if it.health == Health::Unhealthy {
        let sentence = format!(
            "{short} is UNHEALTHY: its health check, every {} s, failed {} times in a row.",
            rules.interval, rules.retries
        );
        found
            .chain
            .push(Link::new(at, sentence).seen([container(task, place)]));
    }
    let ms = |ms: u64| seconds(SimSpan(ms));
    let (sentence, member) = match trouble {
        Trouble::SlowCheck(_) => (
            format!(
                "The command of the health check takes {}, and its timeout is {} s.",
                ms(it.workload.check_ms),
                rules.timeout
            ),
            "timeout",
        ),
        Trouble::SlowStart(_) => (
            format!(
                "{short} is ready {} after its start, and failed checks count {}: {} failures in a row, {} s apart, come first.",
                ms(it.workload.ready_ms),
                match rules.start_period {
                    0 => "from the start on".to_owned(),
                    seconds => format!("from {seconds} s on (startPeriod)"),
                },
                rules.retries,
                rules.interval
            ),
            "startPeriod",
        ),
        _ => (
            match it.workload.sick_ms.unwrap_or(0) {
                0 => format!("The program of {short} never answers its health check."),
                sick => format!(
                    "The program of {short} stops answering its health check {} after its start.",
                    ms(sick)
                ),
            },
            "command",
        ),
    };
    found.chain.push(
        Link::new(at, sentence)
            .decided(it.name.as_ref(), format!("healthCheck.{member}"))
            .by(defined(ground, task))
            .seen(line(
                &ground.world,
                task,
                &of_container(place, &["healthCheck", member]),
            ))
            .seen([container(task, place)]),
    );
}

pub(super) fn foreign(ground: &Ground<'_>, found: &mut Explanation, task: &Task, place: usize) {
    let end = end_of(ground, task, place);
    let at = end.at;
    found.chain.push(end);
    let it = &task.containers[place];
    let sentence = format!(
        "The image of {} is pinned to a digest that is built for another processor.",
        short(task, place)
    );
    found.chain.push(
        Link::new(at, sentence)
            .decided(it.name.as_ref(), it.definition.image.clone())
            .by(defined(ground, task))
            .seen(line(&ground.world, task, &of_container(place, &["image"])))
            .seen([container(task, place)]),
    );
}

/// The last line that a container wrote, where it can be read.
fn last_line(ground: &Ground<'_>, task: &Task, container: &str) -> Option<String> {
    let page = ground.session.logs(&LogQuery {
        task: Some(task.id.clone()),
        container: container.to_owned(),
        most: 1,
        ..LogQuery::default()
    });
    let kept = |it: &StreamCard| it.kept && it.task == task.id && *it.container == *container;
    page.streams.iter().find(|it| kept(it))?;
    let line = page.lines.into_iter().next()?;
    let shown: String = line.text.chars().take(SHOWN).collect();
    let cut = shown.len() < line.text.len() || line.cut > 0;
    Some(if cut { format!("{shown}…") } else { shown })
}
