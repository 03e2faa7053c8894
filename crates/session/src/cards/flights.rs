//! Flights: the requests to draw, each with the places it passes.

use crate::view::{Flight, FlightEnd, Place, Shared};
use fargate_core::event::{Cause, Event, Fact};
use fargate_core::ids::{NetworkInterfaceId, TaskId};
use fargate_core::network::{Ending, Part, Phase, Trace};
use fargate_core::units::{SimSpan, SimTime};
use fargate_core::world::World;
use litemap::LiteMap;
use std::sync::Arc;

/// Requests that are drawn at most; the newest are.
const DRAWN: usize = 500;

/// The ways of the traces that were drawn last: most requests of a stream share one.
#[derive(Debug, Default)]
pub(super) struct Ways(LiteMap<usize, (Arc<Trace>, Shared<Vec<Place>>)>);

impl Ways {
    pub(super) fn draw(&mut self, events: &[Event], world: &World, span: SimSpan) -> Vec<Flight> {
        let now = world.now();
        let since = SimTime(now.0.saturating_sub(span.0));
        let first = events.partition_point(|event| event.at < since);
        let mut flights: Vec<Flight> = (first..events.len())
            .rev()
            .filter_map(|place| self.flight(&events[place..], world, span))
            .take(DRAWN)
            .collect();
        flights.reverse();
        if flights.is_empty() {
            self.0.clear();
        }
        flights
    }

    /// The first of some events as a flight; those after it say how it was answered.
    fn flight(&mut self, events: &[Event], world: &World, span: SimSpan) -> Option<Flight> {
        let (event, after) = events.split_first()?;
        let Fact::Request {
            task,
            by_hand,
            trace,
        } = &event.fact
        else {
            return None;
        };
        let age = (world.now() - event.at).0;
        let progress = if span.0 == 0 {
            1.0
        } else {
            age as f64 / span.0 as f64
        };
        let (_, places) = self
            .0
            .entry(Arc::as_ptr(trace) as usize)
            .or_insert_with(|| (trace.clone(), Shared::new(places(trace, task, world))));
        (progress <= 1.0).then(|| Flight {
            id: event.id.0,
            sent: event.at,
            places: places.clone(),
            end: ended(event, trace, after),
            progress,
            label: if *by_hand { "GET /" } else { "" },
        })
    }
}

/// The line that a container logged when it could not answer a request, among the events after it.
fn failed<'e>(after: &'e [Event], request: &Event) -> Option<&'e Event> {
    let mut at_once = after.iter().take_while(|it| it.at == request.at);
    at_once
        .find(|it| it.cause == Cause::Event(request.id) && matches!(it.fact, Fact::Logged { .. }))
}

/// The same among all events.
pub(crate) fn failure<'e>(events: &'e [Event], request: &Event) -> Option<&'e Event> {
    failed(
        &events[events.partition_point(|it| it.id <= request.id)..],
        request,
    )
}

/// How a request ended; the events after it say how it was answered.
pub(crate) fn ended(request: &Event, trace: &Trace, after: &[Event]) -> FlightEnd {
    match failed(after, request) {
        Some(_) => FlightEnd::Failed,
        None => end(trace),
    }
}

/// How a trace ended.
pub(crate) fn end(trace: &Trace) -> FlightEnd {
    match (trace.status, trace.ending) {
        (Some(_), _) => FlightEnd::Failed,
        (None, Ending::Delivered) => FlightEnd::Delivered,
        (None, Ending::Refused) => FlightEnd::Refused,
        (None, Ending::Denied(_)) => FlightEnd::Denied,
    }
}

/// The places that a request passes on its way there, or up to the part that stopped it on the way back.
fn places(trace: &Trace, task: &TaskId, world: &World) -> Vec<Place> {
    let mut places = vec![Place::Internet];
    if trace
        .hops
        .iter()
        .any(|hop| matches!(hop.part, Part::Loopback(_)))
    {
        places = vec![Place::Interface(task.clone())];
    } else if let Some(sender) = sender(trace, world) {
        places = vec![at(sender, task, world)];
    }
    for hop in &trace.hops {
        // a load balancer has its client's connection, there and back, before it goes on to a target
        if hop.phase == Phase::Forward || !hop.passed {
            places.push(next_place(&hop.part, places.last(), task, world));
        }
    }
    places.dedup();
    places
}

/// Where a part is on the canvas, after what was before it: a load balancer decides at the node that was met.
pub(crate) fn next_place(
    part: &Part,
    before: Option<&Place>,
    task: &TaskId,
    world: &World,
) -> Place {
    match (part, before) {
        (Part::LoadBalancer(_) | Part::TargetGroup(_), Some(node @ Place::Tile(_))) => node.clone(),
        _ => place(part, task, world),
    }
}

/// The interface that a request was sent from; `None` where it came from the Internet.
fn sender<'w>(trace: &Trace, world: &'w World) -> Option<&'w NetworkInterfaceId> {
    let mut interfaces = world.network().interfaces.values();
    interfaces.find(|it| it.has(trace.from)).map(|it| &it.id)
}

/// Where an interface is: at its task, or a tile of its own.
fn at(id: &NetworkInterfaceId, task: &TaskId, world: &World) -> Place {
    match world.network().interfaces.get(id) {
        Some(it) => match it.task() {
            Some(owner) => Place::Interface(owner.clone()),
            None => Place::Tile(id.clone()),
        },
        None => Place::Interface(task.clone()),
    }
}

/// Where a part is on the canvas.
pub(crate) fn place(part: &Part, task: &TaskId, world: &World) -> Place {
    match part {
        Part::InternetGateway(_) => Place::Gateway,
        Part::Internet(_) => Place::Internet,
        Part::SubnetAcl { subnet, .. } => Place::Subnet(subnet.clone()),
        Part::RouteTable(_, subnet) => Place::Route(subnet.clone()),
        // boundaries are drawn around tasks; what else wears a group stands for it
        Part::SecurityGroups(groups, id) => match (at(id, task, world), groups.first()) {
            (Place::Interface(_), Some(group)) => Place::Group(group.clone()),
            (place, _) => place,
        },
        Part::Interface(id) | Part::Listener(id, None) => at(id, task, world),
        Part::NatGateway(id) => {
            let nat = world.network().nat_gateways.get(id);
            let interface = nat.and_then(|nat| nat.interface.as_ref());
            interface.map_or(Place::Gateway, |id| at(id, task, world))
        }
        Part::Listener(_, Some((container, _))) => Place::Container(task.clone(), *container),
        Part::LoadBalancer(id) => {
            let balancer = world.network().load_balancers.get(id);
            let node = balancer.and_then(|it| it.nodes.first());
            node.map_or_else(|| Place::Interface(task.clone()), |id| at(id, task, world))
        }
        // what the canvas does not draw: beside the task that is asked
        _ => Place::Interface(task.clone()),
    }
}
