//! What a task fetches over the network before it starts: asked of an account as it stands, also where the task has no interface any
//! more: another like it is then run on a copy, up to where it has one.

use super::cures::Launch;
use fargate_core::call::{Call, SetTraffic};
use fargate_core::error::Reply;
use fargate_core::ids::{NetworkInterfaceId, TaskId};
use fargate_core::network::{
    Destination, Endpoint, FileSystem, Flow, NFS, NatState, Question, Trace,
};
use fargate_core::task::{Fetch, Task, TaskState, fetched};
use fargate_core::units::SimSpan;
use fargate_core::world::{Budget, World};

/// How long an interface takes to come at most, in ms.
const INTERFACE_COMES: u64 = 12_000;
/// How long an endpoint or a NAT gateway takes to come up at most, in ms.
const COMES_UP: u64 = 200_000;
/// Events that are done at most until it comes.
const UNTIL_THEN: u32 = 20_000;

/// One thing that a task fetches, and the way to it.
pub(super) struct Fetching {
    pub(super) what: Fetch,
    pub(super) host: String,
    /// Of which file system; empty for all else.
    pub(super) of: String,
    pub(super) trace: Trace,
    pub(super) question: Question,
}

/// Everything that a task fetches, in order, as it would go now. `None` where no task like it can have an interface.
pub(super) fn fetching(world: &World, task: &Task) -> Option<(World, Vec<Fetching>)> {
    let (world, interface) = with_interface(world, task)?;
    let all = fetched(task).into_iter().map(|(what, host)| {
        let mut flow = Flow::tcp(
            Endpoint::Interface(interface.clone()),
            std::net::Ipv4Addr::UNSPECIFIED,
            443,
        );
        flow.to = Destination::Name(host.as_str().into());
        // a service answers at many addresses: a way there is a way to all of the Internet
        let question = Question {
            anyone: true,
            ..Question::of(flow)
        };
        Fetching {
            what,
            host,
            of: String::new(),
            trace: world.network().walk(&question.flow),
            question,
        }
    });
    let mut all: Vec<Fetching> = all.collect();
    let volumes = task.definition.volumes.iter();
    all.extend(volumes.filter_map(|it| it.efs.as_ref()).map(|volume| {
        let host = FileSystem::dns_name(&volume.file_system);
        let mut flow = Flow::tcp(
            Endpoint::Interface(interface.clone()),
            std::net::Ipv4Addr::UNSPECIFIED,
            NFS,
        );
        flow.to = Destination::Name(host.as_str().into());
        let question = Question::of(flow);
        Fetching {
            what: Fetch::FileSystem,
            host,
            of: volume.file_system.clone(),
            trace: world.network().walk(&question.flow),
            question,
        }
    }));
    Some((world, all))
}

/// Whether a task like this one would get all that it fetches, once what is being made is there.
pub(super) fn all_come(world: &World, task: &Task) -> Option<bool> {
    let network = world.network();
    let mut endpoints = network.interface_endpoints.values();
    let mut gateways = network.nat_gateways.values();
    let coming =
        endpoints.any(|it| !it.available) || gateways.any(|it| it.state == NatState::Pending);
    let mut later = world.clone();
    if coming {
        let until = later.now() + SimSpan(COMES_UP);
        later.advance(until, Budget(UNTIL_THEN), &mut Vec::new());
    }
    let (_, all) = fetching(&later, task)?;
    Some(all.iter().all(|it| it.trace.delivered()))
}

/// Whether a task like this one comes past what it fetches; `None` where none can be run.
pub(super) fn starts(world: &World, task: &Task) -> Option<bool> {
    let (mut copy, interface) = with_interface(world, task)?;
    let owner = copy.network().interfaces.get(&interface)?.task()?.clone();
    let mut log = Vec::new();
    for _ in 0..UNTIL_THEN {
        let now = copy.tasks().get(&owner)?;
        if now.stop.is_some() {
            return Some(false);
        }
        if now.state() > TaskState::Pending {
            return Some(true);
        }
        let at = copy.next_due()?;
        copy.advance(at, Budget(1), &mut log);
        log.clear();
    }
    None
}

/// The account with an interface of the task, or of another like it.
pub(super) fn with_interface(world: &World, task: &Task) -> Option<(World, NetworkInterfaceId)> {
    let own = |world: &World, id: &TaskId| world.network().interface_of(id).map(|it| it.id.clone());
    if let Some(interface) = own(world, &task.id) {
        return Some((world.clone(), interface));
    }
    let mut copy = world.clone();
    // requests take time to be sent, and tell nothing here
    let streams = copy
        .traffic()
        .streams
        .values()
        .filter(|it| it.left.is_none());
    let silent: Vec<Call> = streams
        .map(|it| {
            let (from, to) = (it.from.clone(), it.to.clone());
            SetTraffic {
                from,
                to,
                port: it.port,
                rate_tenths: 0,
            }
            .into()
        })
        .collect();
    for call in silent {
        // a stream whose task is gone ends by itself
        let _gone = copy.apply(u32::MAX, &call, &mut Vec::new());
    }
    let call: Call = Launch::of(task).run(&task.revision).into();
    let Ok(Reply::Tasks(ids)) = copy.apply(u32::MAX, &call, &mut Vec::new()) else {
        return None;
    };
    let id = ids.first()?;
    let until = copy.now() + SimSpan(INTERFACE_COMES);
    let mut log = Vec::new();
    for _ in 0..UNTIL_THEN {
        if let Some(interface) = own(&copy, id) {
            return Some((copy, interface));
        }
        let at = copy.next_due().filter(|at| *at <= until)?;
        copy.advance(at, Budget(1), &mut log);
        log.clear();
    }
    None
}
