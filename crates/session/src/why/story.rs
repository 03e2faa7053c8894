//! The chain of a task's trouble: each cause as a step, from what AWS says down to the root.

use super::definition::{line, of_container, of_task};
use super::flow::{at_task, name, passed, root_of};
use super::ground::{Ground, title};
use super::trouble::{Trouble, of_stop};
use super::{Deed, Explanation, Link, Reference, Said, State, cures, needs};
use crate::cards::sentences::{gib, limit, waits_for};
use crate::view::Place;
use crate::words::{number, short_name};
use fargate_core::compute::memory::Limit;
use fargate_core::event::Fact;
use fargate_core::ids::VpcEndpointId;
use fargate_core::network::{Code, RESERVED, Trace};
use fargate_core::task::{ContainerStatus, Fetch, Health, StopCode, Task};
use fargate_core::task_definition::fields::Step;
use fargate_core::units::SimTime;
use fargate_core::world::World;

/// How the name of every service of AWS begins.
const SERVICE: &str = "com.amazonaws.us-east-1.";

/// Adds why a task stopped, from AWS's words down to the root.
pub(super) fn add_stop(ground: &Ground<'_>, found: &mut Explanation, task: &Task) {
    let Some(stop) = &task.stop else {
        return;
    };
    let stopping = |fact: &Fact| matches!(fact, Fact::Stopping { .. });
    let at = ground.when(&task.id, stopping);
    found.said = Some(Said {
        code: stop.code.aws().to_owned(),
        message: stop.reason.clone(),
    });
    if stop.code == StopCode::UserInitiated {
        let event = ground.last_of(&task.id, stopping);
        let by = event.and_then(|event| ground.call_behind(event));
        let link = Link::new(at, format!("Somebody asked {} to stop.", title(task)));
        let by = by.and_then(|call| ground.deed(call));
        found.chain.push(link.by(by).seen([at_task(&task.id)]));
        return;
    }
    let Some(trouble) = of_stop(task, ground.world.now()) else {
        found.chain.push(
            Link::new(
                at,
                format!(
                    "Its only essential container ended with exit code 0, so {} has done its work.",
                    title(task)
                ),
            )
            .seen([at_task(&task.id)]),
        );
        return;
    };
    let symptom = format!("{} stopped at {at}: {}", title(task), stop.code.aws());
    found.state = State::Wrong;
    found
        .chain
        .push(Link::new(at, format!("{symptom}.")).seen([at_task(&task.id)]));
    add(ground, found, task, &trouble);
}

/// Adds the steps of a trouble, the root last.
pub(super) fn add(ground: &Ground<'_>, found: &mut Explanation, task: &Task, trouble: &Trouble) {
    found.state = State::Wrong;
    found.cause = trouble.name();
    match trouble {
        Trouble::NoAddress => found.chain.push(no_address(ground, task)),
        Trouble::NoWay(what, trace) => no_way(ground, found, task, *what, trace.as_deref()),
        Trouble::SmallDisk => found.chain.push(small_disk(ground, task)),
        Trouble::Killed(place, by) => killed(ground, found, task, *place, *by),
        Trouble::Lacks(place, said) => lacks(ground, found, task, *place, said),
        Trouble::DiskFull(place) => disk_full(ground, found, task, *place),
        Trouble::Ended(place, code) => ended(ground, found, task, *place, *code),
        Trouble::Waits {
            waits,
            dependency,
            on,
            late,
            inner,
        } => {
            found
                .chain
                .push(waiting(ground, task, (*waits, *dependency), *on, *late));
            if let Some(inner) = inner {
                add(ground, found, task, inner);
            }
        }
        Trouble::SlowCheck(place) | Trouble::SlowStart(place) | Trouble::Sick(place) => {
            unhealthy(ground, found, task, *place, trouble);
        }
    }
}

fn short<'t>(task: &'t Task, place: usize) -> &'t str {
    short_name(&task.containers[place].name, &task.definition.family)
}

fn container(task: &Task, place: usize) -> Reference {
    Reference::Canvas(Place::Container(task.id.clone(), place))
}

/// The revision's registration, as what made something so.
fn defined(ground: &Ground<'_>, task: &Task) -> Option<Deed> {
    ground.registered(&task.revision)
}

fn no_address(ground: &Ground<'_>, task: &Task) -> Link {
    let network = ground.world.network();
    let id = &task.assignment.subnet;
    let at = ground.when(&task.id, |fact| matches!(fact, Fact::Stopping { .. }));
    let Some(subnet) = network.subnets.get(id) else {
        let sentence = format!("Subnet {id} was gone when the interface was to be made.");
        return Link::new(at, sentence).by(ground.touched_by(&[id.as_str()]));
    };
    let all = subnet.size();
    let sentence = format!(
        "{} had no free address for the interface: {} has {all}, AWS keeps {RESERVED}, and {} were taken.",
        subnet.title(),
        subnet.cidr,
        all.saturating_sub(RESERVED),
    );
    Link::new(at, sentence)
        .decided(
            format!("{} ({id})", subnet.title()),
            subnet.cidr.to_string(),
        )
        .by(ground.touched_by(&[id.as_str()]))
        .seen([Reference::Canvas(Place::Subnet(id.clone()))])
}

/// What was asked for, in words.
pub(super) fn errand(what: Fetch) -> &'static str {
    match what {
        Fetch::Secret => "a secret from Secrets Manager",
        Fetch::Parameter => "a parameter from Parameter Store",
        Fetch::RegistryLogin => "a token from Amazon ECR",
        Fetch::LogGroup => "its log group from CloudWatch Logs",
        Fetch::Manifest => "an image's manifest from its registry",
        Fetch::Layers => "an image's layers",
    }
}

fn no_way(
    ground: &Ground<'_>,
    found: &mut Explanation,
    task: &Task,
    what: Fetch,
    trace: Option<&Trace>,
) {
    let world = &ground.world;
    let at = ground.when(&task.id, |fact| {
        matches!(fact, Fact::NotFetched { .. } | Fact::Stopping { .. })
    });
    let Some(trace) = trace else {
        found.chain.push(Link::new(
            at,
            format!("It asked for {} and had no way there.", errand(what)),
        ));
        return;
    };
    let address = if trace.to.is_unspecified() {
        String::new()
    } else {
        format!(" at {}", trace.to)
    };
    found.chain.push(
        Link::new(
            at,
            format!(
                "Before it starts it fetches {}, over its own interface{address} on {} {}: no answer came{}.",
                errand(what),
                trace.protocol,
                trace.port,
                trace.code().map_or_else(String::new, |code| format!(" ({})", code.aws())),
            ),
        )
        .seen([at_task(&task.id)]),
    );
    let by = ground.turned_by(|before| needs::all_come(before, task));
    let mut link = root_of(ground, trace, at, &task.id, None, by);
    found.cause = name(trace, world);
    if trace.code() == Some(Code::IgwPublicIpAssociationForEgress) {
        link.by = ground.ran(&task.id).or(link.by);
        "It was run with assignPublicIp DISABLED, so the internet gateway, where its subnet leads, has no address to send it out by."
            .clone_into(&mut link.sentence);
    }
    if let Some((name, sentence, part)) = beside_endpoints(world, task, what, trace) {
        found.cause = name;
        link.sentence = format!("{} {sentence}", link.sentence);
        if let Some(part) = part {
            link.part = format!("{} ({part})", what.service());
            let id = part.to_string();
            link.by = ground.touched_by(&[&id]).or(link.by);
        }
    }
    found.checked.extend(passed(trace, world));
    found.chain.push(link);
}

/// Where a task has no way to a service of AWS: what its VPC has of endpoints for it.
fn beside_endpoints(
    world: &World,
    task: &Task,
    what: Fetch,
    trace: &Trace,
) -> Option<(&'static str, String, Option<VpcEndpointId>)> {
    if trace.code() != Some(Code::NoRouteToDestination) {
        return None;
    }
    let network = world.network();
    let subnet = network.subnets.get(&task.assignment.subnet)?;
    let service = what.service();
    let full = format!("{SERVICE}{service}");
    let private = |image: &str| image.contains(".dkr.ecr.");
    let own_registry = task
        .containers
        .iter()
        .any(|it| private(&it.definition.image));
    if matches!(what, Fetch::Manifest | Fetch::Layers) && !own_registry {
        return None;
    }
    let mut interfaces = network.interface_endpoints.values();
    if let Some(endpoint) = interfaces.find(|it| it.vpc == subnet.vpc && it.service == full) {
        let hostnames = network
            .vpcs
            .get(&subnet.vpc)
            .is_some_and(|it| it.dns_hostnames);
        return Some(if endpoint.private_dns && !hostnames {
            (
                "dns-hostnames-off",
                format!(
                    "There is an endpoint for {service}, but enableDnsHostnames is off, so the service's name leads to its public address."
                ),
                Some(endpoint.id.clone()),
            )
        } else {
            (
                "endpoint-private-dns",
                format!(
                    "There is an endpoint for {service}, but its private DNS is off, so the service's name leads to its public address."
                ),
                Some(endpoint.id.clone()),
            )
        });
    }
    let mut gateways = network.gateway_endpoints.values();
    if let Some(endpoint) = gateways.find(|it| it.vpc == subnet.vpc && it.service == full) {
        let id = endpoint.id.clone();
        let sentence = format!(
            "There is a gateway endpoint for {service}, but this route table does not lead to it."
        );
        return Some(("endpoint-route-table", sentence, Some(id)));
    }
    let table = network.route_table_of(subnet)?;
    let closed = !table
        .routes
        .iter()
        .any(|it| it.destination.to_string() == "0.0.0.0/0");
    let others = network
        .interface_endpoints
        .values()
        .any(|it| it.vpc == subnet.vpc)
        || network
            .gateway_endpoints
            .values()
            .any(|it| it.vpc == subnet.vpc);
    (closed && others).then(|| {
        let sentence = format!("The VPC has endpoints for other services, but none for {service}.");
        ("endpoint-missing", sentence, None)
    })
}

fn small_disk(ground: &Ground<'_>, task: &Task) -> Link {
    let at = ground.when(&task.id, |fact| matches!(fact, Fact::Stopping { .. }));
    let disk = task.disk(at);
    let sentence = format!(
        "The images need {} GiB, compressed and unpacked; the disk has {}.",
        gib(disk.layers),
        gib(disk.room)
    );
    let rule = if task.platform.has("1.4.0") {
        "ephemeralStorage".to_owned()
    } else {
        format!("platform version {}", task.platform.version)
    };
    Link::new(at, sentence)
        .decided("the task's disk", rule)
        .by(defined(ground, task))
        .seen(line(&ground.world, task, &of_task(&["ephemeralStorage"])))
        .seen([at_task(&task.id)])
}

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

fn killed(ground: &Ground<'_>, found: &mut Explanation, task: &Task, place: usize, by: Limit) {
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

fn lacks(ground: &Ground<'_>, found: &mut Explanation, task: &Task, place: usize, said: &str) {
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

fn disk_full(ground: &Ground<'_>, found: &mut Explanation, task: &Task, place: usize) {
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

fn ended(ground: &Ground<'_>, found: &mut Explanation, task: &Task, place: usize, code: i32) {
    let end = end_of(ground, task, place);
    let (at, it) = (end.at, &task.containers[place]);
    found.chain.push(end);
    let after = it.workload.exit_ms.map_or_else(String::new, |ms| {
        format!(
            " {} after its start",
            super::branch::seconds(fargate_core::units::SimSpan(ms))
        )
    });
    let sentence = if code == 0 {
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
    found.chain.push(
        Link::new(at, sentence)
            .decided(it.name.as_ref(), format!("image {}", it.definition.image))
            .by(defined(ground, task))
            .seen(line(&ground.world, task, &of_container(place, &["image"])))
            .seen([container(task, place)]),
    );
}

fn waiting(
    ground: &Ground<'_>,
    task: &Task,
    (waits, dependency): (usize, usize),
    on: usize,
    late: bool,
) -> Link {
    let it = &task.containers[waits];
    let at = ground.when(&task.id, |fact| matches!(fact, Fact::NeverStarts { .. }));
    let Some(other) = it.definition.depends_on.get(dependency) else {
        return Link::new(at, "It waits for another container.");
    };
    let other_name = &task.containers[on].name;
    let then = match (late, task.containers[on].definition.start_timeout) {
        (true, Some(seconds)) => {
            format!("That did not come within the {seconds} s of {other_name}'s startTimeout.")
        }
        _ if task.containers[on].runs() => "That has not come.".to_owned(),
        _ => "That can never be any more.".to_owned(),
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

fn unhealthy(
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
    let ms = |ms: u64| super::branch::seconds(fargate_core::units::SimSpan(ms));
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
                "{short} is ready {} after its start, and its health check counts from {} s on: {} failures in a row, {} s apart, come first.",
                ms(it.workload.ready_ms),
                rules.start_period,
                rules.retries,
                rules.interval
            ),
            "startPeriod",
        ),
        _ => (
            format!(
                "The program of {short} stops answering its health check {} after its start.",
                ms(it.workload.sick_ms.unwrap_or(0))
            ),
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

/// For how long a cure has to hold, given when the trouble came: twice as long as it went well.
pub(super) fn holds(task: &Task, at: SimTime) -> u64 {
    let mut stages = task.stages.iter();
    let running = stages.find(|it| it.state == fargate_core::task::TaskState::Running);
    let well = running.map_or(0, |it| at.0.saturating_sub(it.from.0));
    (well * 2).min(3_600_000)
}

/// The cures and the goal of a task's trouble.
pub(super) fn add_cures(
    ground: &Ground<'_>,
    found: &mut Explanation,
    task: &Task,
    trouble: &Trouble,
    at: SimTime,
) {
    found.cures = cures::of_task_trouble(&ground.world, task, trouble);
    found.goal = Some(super::Goal::Runs {
        task: task.id.clone(),
        holds: holds(task, at),
    });
}
