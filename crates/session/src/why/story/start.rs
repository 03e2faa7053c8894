//! What kept a task from starting: no address, no way to what it fetches, too small a disk.

use super::defined;
use super::files::unmounted;
use crate::cards::sentences::gib;
use crate::view::Place;
use crate::why::definition::{line, of_task};
use crate::why::flow::{at_task, name, of_aws, passed, root_of};
use crate::why::ground::Ground;
use crate::why::{Explanation, Link, Reference, needs};
use fargate_core::event::Fact;
use fargate_core::ids::VpcEndpointId;
use fargate_core::network::{Code, RESERVED, Trace};
use fargate_core::task::{Fetch, Task};
use fargate_core::world::World;

/// How the name of every service of AWS begins.
const SERVICE: &str = "com.amazonaws.us-east-1.";

pub(super) fn no_address(ground: &Ground<'_>, task: &Task) -> Link {
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
            if subnet.name.is_empty() {
                id.to_string()
            } else {
                format!("{} ({id})", subnet.name)
            },
            subnet.cidr.to_string(),
        )
        .by(ground.made_by(id.as_str()))
        .seen([Reference::Canvas(Place::Subnet(id.clone()))])
}

/// What was asked for, in words.
pub(in crate::why) fn errand(what: Fetch) -> &'static str {
    match what {
        Fetch::Secret => "a secret from Secrets Manager",
        Fetch::Login => "the login to its registry from Secrets Manager",
        Fetch::EnvironmentFile => "a file of variables from S3",
        Fetch::Parameter => "a parameter from Parameter Store",
        Fetch::RegistryLogin => "a token from Amazon ECR",
        Fetch::LogGroup => "its log group from CloudWatch Logs",
        Fetch::Manifest => "an image's manifest from its registry",
        Fetch::Layers => "an image's layers",
        Fetch::FileSystem => "a file system from Amazon EFS",
    }
}

pub(super) fn no_way(
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
                "Before it starts it {} {}, over its own interface{address} on {} {}: {}{}.",
                if what == Fetch::FileSystem {
                    "mounts"
                } else {
                    "fetches"
                },
                errand(what),
                trace.protocol,
                trace.port,
                match trace.code() {
                    None => "it was not let in",
                    Some(Code::NxDomain) => "its name leads nowhere",
                    Some(Code::NoListener) => "it was refused",
                    Some(_) => "no answer came",
                },
                of_aws(trace).map_or_else(String::new, |code| format!(" ({code})")),
            ),
        )
        .seen([at_task(&task.id)]),
    );
    let by = ground.turned_by(|before| needs::all_come(before, task));
    if what == Fetch::FileSystem
        && let Some((cause, link)) = unmounted(ground, task, trace, at)
    {
        found.cause = cause;
        found.checked.extend(passed(trace, world));
        let by = link.by.clone().or(by);
        found.chain.push(link.by(by));
        return;
    }
    let mut link = root_of(ground, trace, at, &task.id, by);
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

/// What Fargate Spot gave for a time.
pub(super) fn interrupted(ground: &Ground<'_>, task: &Task) -> Link {
    let stopping = |fact: &Fact| matches!(fact, Fact::Stopping { .. });
    let event = ground.last_of(&task.id, stopping);
    let at = event.map_or(ground.world.now(), |event| event.at);
    let call = event.and_then(|event| ground.call_behind(event));
    Link::new(
        at,
        "It ran on Fargate Spot, and AWS took that capacity back: it gives two minutes' warning, and SIGTERM comes with the warning.",
    )
    .decided("FARGATE_SPOT", "capacity provider")
    .by(call.and_then(|call| ground.deed(call)))
    .seen([at_task(&task.id)])
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
        return Some(if !endpoint.available {
            (
                "endpoint-pending",
                format!(
                    "The endpoint for {service} is pending: until it is available, in a minute or so, the service's name leads to its public address."
                ),
                Some(endpoint.id.clone()),
            )
        } else if endpoint.private_dns && !hostnames {
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

pub(super) fn small_disk(ground: &Ground<'_>, task: &Task) -> Link {
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
