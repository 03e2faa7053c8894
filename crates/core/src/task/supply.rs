//! Whether what a task fetches is there and is given to it, once it is reached; and what it takes with it where all is.

use super::fetch::{Errand, Fetch};
use super::lack::{Lack, LackKind, Scene};
use super::life::Parts;
use super::model::{Layers, Task};
use crate::call::Login;
use crate::engine::chance;
use crate::engine::step::Step;
use crate::network::{Part, Trace};
use crate::stores::{Credentials, DOCKER_HUB, Reference, SecretLack, Wanted, parameter_name};
use crate::task_definition::{ContainerDefinition, System};
use crate::units::{Date, SimTime};
use crate::workload;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

/// Images that Docker Hub gives to an address in six hours without credentials. Source: Docker Hub, 'Pull usage and limits'.
const HUB_LIMIT: usize = 100;
/// The day since which it counts. Source: Docker's announcement of 2020-10-30.
const HUB_COUNTS: Date = Date::new(2020, 11, 2);

/// The processor and system that a task's images must be built for.
fn platform(task: &Task) -> &'static str {
    match task.definition.system {
        System::LinuxX86 => "linux/amd64",
        System::LinuxArm => "linux/arm64",
        System::Windows => "windows/amd64",
    }
}

/// Why an errand is refused that reached its end; `None` where it is not.
pub(super) fn refusal(
    parts: &Parts<'_>,
    task: &Task,
    errand: &Errand<'_>,
    trace: Option<&Trace>,
    now: SimTime,
) -> Option<Lack> {
    let (stores, of) = (&**parts.stores, errand.of);
    let mut named = of.to_owned();
    let kind = match errand.what {
        Fetch::Secret => match Wanted::read(of) {
            None => Some(LackKind::Secret(SecretLack::Malformed)),
            Some(wanted) => {
                let lack = stores.secret_value(&wanted, now).err();
                lack.map(LackKind::Secret)
            }
        },
        Fetch::Login => login(parts, of, now).err(),
        Fetch::Parameter => {
            let missing = missing_parameters(parts, task);
            named = missing.join(",");
            let lacks = stores.parameter(of).is_err();
            lacks.then_some(LackKind::Secret(SecretLack::Missing))
        }
        Fetch::EnvironmentFile => stores.file(of).err().map(LackKind::File),
        Fetch::LogGroup => {
            let container = task.containers.get(errand.container)?;
            let group = container.definition.log_group.as_deref()?;
            named = group.to_owned();
            let missing = stores.log_groups.is_missing(group);
            (missing && !container.definition.creates_log_group).then_some(LackKind::LogGroup)
        }
        Fetch::Manifest => manifest(parts, task, errand, trace, now).err(),
        Fetch::Layers => {
            let given = given(parts, task, errand, now).ok()?;
            let damaged = given.image.is_some_and(|it| it.damaged);
            damaged.then_some(LackKind::Damaged)
        }
        Fetch::RegistryLogin => None,
    };
    kind.map(|kind| Lack {
        what: errand.what,
        of: named,
        kind,
    })
}

/// Every parameter of a task that is not there: one call asks for all of them.
fn missing_parameters(parts: &Parts<'_>, task: &Task) -> Vec<String> {
    use crate::task_definition::SecretStore;
    let all = task.containers.iter().flat_map(|it| &it.definition.secrets);
    let mut missing: Vec<String> = all
        .filter(|it| it.store == SecretStore::ParameterStore)
        .filter(|it| parts.stores.parameter(&it.value_from).is_err())
        .map(|it| parameter_name(&it.value_from))
        .collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// The login that a secret holds.
fn login(parts: &Parts<'_>, of: &str, now: SimTime) -> Result<Credentials, LackKind> {
    let wanted = Wanted::read(of).ok_or(LackKind::Login(SecretLack::Missing))?;
    let member = |name: &'static str| {
        let wanted = Wanted {
            key: Some(name.to_owned()),
            ..wanted.clone()
        };
        match parts.stores.secret_value(&wanted, now) {
            Err(SecretLack::NoKey(..)) => Err(LackKind::LoginLacks(name)),
            Ok(Some(text)) if text.is_empty() => Err(LackKind::LoginLacks(name)),
            other => other.map_err(LackKind::Login),
        }
    };
    let (username, password) = (member("username")?, member("password")?);
    Ok(match (username, password) {
        (Some(username), Some(password)) => Credentials::Given(Login { username, password }),
        _ => Credentials::Presumed,
    })
}

/// What a container says to a registry of who it is.
fn credentials(
    parts: &Parts<'_>,
    definition: &ContainerDefinition,
    now: SimTime,
) -> Result<Credentials, LackKind> {
    match definition.secrets.iter().find(|it| it.login) {
        Some(secret) => login(parts, &secret.value_from, now),
        None => Ok(Credentials::None),
    }
}

/// What a registry gives for an image.
fn given(
    parts: &Parts<'_>,
    task: &Task,
    errand: &Errand<'_>,
    now: SimTime,
) -> Result<crate::stores::Pulled, LackKind> {
    let definition = &task.containers[errand.container].definition;
    let login = credentials(parts, definition, now)?;
    let image = Reference::read(errand.of);
    let pulled = parts
        .stores
        .pull(&image, platform(task), &login, is_known(&image));
    pulled.map_err(LackKind::Image)
}

/// Whether it is a public image that people learn with, which is there whatever is presumed.
fn is_known(image: &Reference) -> bool {
    let public = image.host == DOCKER_HUB || image.host == "public.ecr.aws";
    public && workload::known_as(&image.repository).is_some()
}

fn manifest(
    parts: &Parts<'_>,
    task: &Task,
    errand: &Errand<'_>,
    trace: Option<&Trace>,
    now: SimTime,
) -> Result<(), LackKind> {
    let pulls = hub_pulls(parts, task, now);
    let anonymous = pulls.iter().any(|it| *it == errand.of);
    if anonymous
        && parts.as_of >= HUB_COUNTS
        && let Some(address) = seen_as(parts, task, trace)
    {
        // the task's images before this one count too
        let before = pulls.iter().take_while(|it| **it != errand.of).count();
        if parts.stores.pulls_of(address, now) + before >= HUB_LIMIT {
            return Err(LackKind::RateLimit {
                limit: HUB_LIMIT,
                address,
            });
        }
    }
    given(parts, task, errand, now).map(drop)
}

/// The images of a task that come from Docker Hub without credentials, each once.
fn hub_pulls<'a>(parts: &Parts<'_>, task: &'a Task, now: SimTime) -> Vec<&'a str> {
    let mut pulls: Vec<&str> = Vec::new();
    for container in &task.containers {
        let (definition, image) = (&container.definition, &container.definition.image);
        let hub = Reference::read(image).host == DOCKER_HUB;
        let anonymous = credentials(parts, definition, now) == Ok(Credentials::None);
        if hub && anonymous && !pulls.contains(&image.as_str()) {
            pulls.push(image);
        }
    }
    pulls
}

/// The address by which the Internet sees a task: that of the NAT gateway on its way, else its own public one.
fn seen_as(parts: &Parts<'_>, task: &Task, trace: Option<&Trace>) -> Option<IpAddr> {
    let nat = trace?.hops.iter().find_map(|hop| match &hop.part {
        Part::NatGateway(id) => parts.network.nat_gateways.get(id)?.public_ip,
        _ => None,
    });
    let own = || {
        let interface = parts.network.interfaces.get(task.interface.as_ref()?)?;
        interface.public_ip
    };
    nat.or_else(own).map(IpAddr::from)
}

/// What a task takes with it once all that it fetches is given to it: log groups are made, Docker Hub counts, and its layers and
/// what cannot run of them are known.
pub(super) fn take(
    parts: &mut Parts<'_>,
    task: &Task,
    errands: &[Errand<'_>],
    hub: Option<&Trace>,
    step: &Step<'_>,
) {
    let now = step.now;
    let made: Vec<String> = task
        .containers
        .iter()
        .filter(|it| it.definition.creates_log_group)
        .filter_map(|it| it.definition.log_group.clone())
        .filter(|group| parts.stores.log_groups.is_missing(group))
        .collect();
    let address = seen_as(parts, task, hub).filter(|_| parts.as_of >= HUB_COUNTS);
    let pulls = hub_pulls(parts, task, now).len();
    let (mut layers, mut known) = (BTreeMap::new(), false);
    let mut foreign = Vec::new();
    for errand in errands.iter().filter(|it| it.what == Fetch::Layers) {
        let Ok(given) = given(parts, task, errand, now) else {
            continue;
        };
        if given.foreign {
            foreign.push(errand.of);
        }
        let behaviour = &task.containers[errand.container].workload;
        match given.image.filter(|it| !it.layers.is_empty()) {
            Some(image) => {
                known = true;
                for layer in &image.layers {
                    let unpacked = layer.size_mib.saturating_mul(5) / 2;
                    let on_disk = layer.size_mib.saturating_add(unpacked);
                    layers.insert(layer.name.clone(), (layer.size_mib, on_disk));
                }
            }
            None => {
                // no layer that a call names is called like an image
                let key = format!("/{}", errand.of);
                layers.insert(key, (behaviour.size_mib, behaviour.layers_mib()));
            }
        }
    }
    let sum = |sizes: &mut dyn Iterator<Item = u32>| sizes.fold(0, u32::saturating_add);
    let found = Layers {
        pulled: sum(&mut layers.values().map(|it| it.0)),
        on_disk: sum(&mut layers.values().map(|it| it.1)),
    };
    if let Some(task) = parts.tasks.get_mut(&task.id) {
        task.layers = known.then_some(found);
        for container in &mut task.containers {
            container.foreign = foreign.contains(&container.definition.image.as_str());
        }
    }
    let address = address.filter(|_| pulls > 0);
    if made.is_empty() && address.is_none() {
        return;
    }
    let stores = Arc::make_mut(parts.stores);
    for group in made {
        stores.log_groups.make(&group);
    }
    if let Some(address) = address {
        for _ in 0..pulls {
            stores.pulled(address, now);
        }
    }
}

/// What AWS's words for a refusal depend on, for a task.
pub(super) fn scene(parts: &Parts<'_>, task: &Task, step: &Step<'_>) -> Scene {
    let drawn = |what: &str| chance::draw(step.seed, what, task.id.as_str());
    let digest = (0..4).map(|part| format!("{:016x}", drawn(&format!("manifest/{part}"))));
    Scene {
        containerd: task.platform.has("1.4.0"),
        as_of: parts.as_of,
        request: chance::uuid(drawn("request"), drawn("request-low")),
        digest: format!("sha256:{}", digest.collect::<String>()),
    }
}
