//! Traffic: streams of requests, each walked through the network, and the load they bring to containers.

mod ways;

pub(crate) use ways::{Ways, first_glance, ways};

use crate::billing::{Amount, of_request};
use crate::call::{SendRequests, SetTraffic, TrafficSource, TrafficTarget};
use crate::engine::shelf::Shelf;
use crate::engine::step::Step;
use crate::error::ApiError;
use crate::event::{EventId, Fact};
use crate::ids::TaskId;
use crate::network::{Flow, Network, Trace, Walk};
use crate::task::Task;
use crate::units::SimSpan;
use crate::workload::Outbound;
use std::mem;
use std::sync::Arc;

/// Requests a second that one stream may have, in tenths.
const MAX_RATE_TENTHS: u32 = 10_000;
/// Requests that one call may send.
const MAX_COUNT: u32 = 10_000;

/// A stream of evenly spread requests.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    /// Who sends them.
    pub from: TrafficSource,
    /// What they are sent to.
    pub to: TrafficTarget,
    /// The port.
    pub port: u16,
    /// Tenths of a request a second, at least 1.
    pub rate_tenths: u32,
    /// How many are still to be sent; `None` for lasting traffic.
    pub left: Option<u32>,
    /// The ways that requests take in turn: one to most targets, one for each target of a load balancer.
    ways: Vec<Way>,
    /// The version of the network that the ways were found in; `None` before the first request.
    found_in: Option<u64>,
    /// How many were sent.
    sent: u64,
}

/// A way that requests of a stream take.
#[derive(Clone, Debug, PartialEq)]
struct Way {
    flow: Flow,
    /// What became of the last that took it; `None` before the first.
    trace: Option<Arc<Trace>>,
    /// The container that answers there.
    answers: Option<(TaskId, usize)>,
}

impl Stream {
    /// Finds the ways that its requests take, where the network changed since they were found; whether both ends are there. Who
    /// answers on a way is known again when the next request took it.
    fn find_ways(&mut self, ends: &Ends<'_>) -> bool {
        let version = Some(ends.network.version());
        if self.found_in == version {
            return true;
        }
        let Ok(found) = (ends.ways)(ends.network, ends.tasks, self) else {
            return false;
        };
        let mut before = mem::take(&mut self.ways).into_iter();
        let way = |flow| Way {
            flow,
            trace: None,
            answers: before.next().and_then(|way| way.answers),
        };
        self.ways = found.into_iter().map(way).collect();
        self.found_in = version;
        true
    }

    /// The tasks that answer some of its requests, each once.
    fn answering(&self) -> Vec<TaskId> {
        let tasks = self.ways.iter().filter_map(|way| way.answers.as_ref());
        let mut tasks: Vec<TaskId> = tasks.map(|(task, _)| task.clone()).collect();
        tasks.sort_unstable();
        tasks.dedup();
        tasks
    }
}

/// All streams, and counts of what became of their requests.
#[derive(Clone, Debug, Default)]
pub struct Traffic {
    /// The streams by number.
    pub streams: Shelf<u64, Stream>,
    /// Requests that were answered as they should be.
    pub delivered: u64,
    /// Requests that were answered with an error: by a container that does not get what it needs for the answer, or by a load
    /// balancer in the place of a target.
    pub failed: u64,
    /// Requests that were refused, or not answered.
    pub denied: u64,
    /// The request that was counted last as one that a container answered with an error.
    last_failed: Option<EventId>,
    next: u64,
}

impl Traffic {
    /// Tenths of a request a second that reach each container of a task: those of streams, and those that other
    /// containers of the task make over localhost, by themselves or for each request that reaches them.
    pub fn rates(&self, task: &Task) -> Vec<u32> {
        let mut from_outside = vec![0_u32; task.containers.len()];
        for stream in self.streams.values() {
            // its requests take turns
            let share = stream.rate_tenths / (stream.ways.len() as u32).max(1);
            for way in &stream.ways {
                if let Some((id, place)) = &way.answers
                    && *id == task.id
                    && let Some(rate) = from_outside.get_mut(*place)
                {
                    *rate = rate.saturating_add(share);
                }
            }
        }
        let calls: Vec<(usize, usize, &Outbound)> = calls(task).collect();
        let mut rates = from_outside.clone();
        // each round carries the requests one call further; calls in a circle end after as many as there are containers
        for _ in 0..task.containers.len().min(calls.len()) {
            let mut next = from_outside.clone();
            for (caller, callee, call) in &calls {
                let by_itself = call.every_ms.map_or(0, |ms| 10_000 / ms.max(1)) as u32;
                let more = rates[*caller].saturating_mul(call.per_request);
                next[*callee] = next[*callee].saturating_add(more).saturating_add(by_itself);
            }
            rates = next;
        }
        rates
    }

    /// What lasting traffic uses in an hour, on the ways that its last requests took.
    pub fn hourly(&self, network: &Network) -> Vec<Amount> {
        let lasting = self.streams.values().filter(|stream| stream.left.is_none());
        let mut amounts = Vec::new();
        for stream in lasting {
            let turns = (stream.ways.len() as u64).max(1);
            let requests = u64::from(stream.rate_tenths) * 360 / turns;
            let traces = stream.ways.iter().filter_map(|way| way.trace.as_ref());
            for (usage, amount) in traces.flat_map(|trace| of_request(trace, network)) {
                amounts.push((usage, amount * requests));
            }
        }
        amounts
    }

    /// Tenths of a request a second of all lasting traffic, and what of them comes from the Internet.
    pub fn lasting_rates(&self) -> (u32, u32) {
        let lasting = self.streams.values().filter(|it| it.left.is_none());
        lasting.fold((0, 0), |(all, outside), stream| {
            let rate = stream.rate_tenths;
            let from = matches!(
                stream.from,
                TrafficSource::Internet | TrafficSource::Host(_)
            );
            (all + rate, outside + if from { rate } else { 0 })
        })
    }
}

/// The calls over localhost from one running container of a task to another: caller, callee, call.
fn calls(task: &Task) -> impl Iterator<Item = (usize, usize, &Outbound)> {
    let running = task.containers.iter().enumerate().filter(|it| it.1.runs());
    running.flat_map(move |(caller, it)| {
        let local = it.workload.calls.iter().filter(|call| call.to.is_none());
        local.filter_map(move |call| {
            let mut others = task.containers.iter();
            let callee = others.position(|it| it.runs() && it.ports().contains(&call.port))?;
            (callee != caller).then_some((caller, callee, call))
        })
    })
}

/// What a call's ends are checked with.
pub(crate) struct Ends<'a> {
    pub(crate) network: &'a Network,
    pub(crate) tasks: &'a Shelf<TaskId, Task>,
    pub(crate) ways: Ways,
}

fn bad(what: &str, least: u32, most: u32) -> ApiError {
    ApiError::new(
        "InvalidParameterException",
        format!("{what} must be between {least} and {most}."),
        "Choose a number in that range.",
    )
}

/// `SendRequests`. Gives the number of the stream, whose first request is due at once.
pub(crate) fn send_requests(
    traffic: &mut Traffic,
    ends: &Ends<'_>,
    input: &SendRequests,
    step: &mut Step<'_>,
) -> Result<u64, ApiError> {
    let stream = Stream {
        from: input.from.clone(),
        to: input.to.clone(),
        port: input.port,
        rate_tenths: input.rate_tenths,
        left: Some(input.count),
        ways: Vec::new(),
        found_in: None,
        sent: 0,
    };
    (ends.ways)(ends.network, ends.tasks, &stream)?;
    if !(1..=MAX_COUNT).contains(&input.count) {
        return Err(bad("count", 1, MAX_COUNT));
    }
    if !(1..=MAX_RATE_TENTHS).contains(&input.rate_tenths) {
        return Err(bad("rateTenths", 1, MAX_RATE_TENTHS));
    }
    step.log(stream.told(stream.rate_tenths));
    Ok(traffic.add(stream))
}

/// `SetTraffic`. Gives the number of the new stream; `None` where traffic only ended.
pub(crate) fn set_traffic(
    traffic: &mut Traffic,
    ends: &Ends<'_>,
    input: &SetTraffic,
    step: &mut Step<'_>,
) -> Result<Option<u64>, ApiError> {
    let stream = Stream {
        from: input.from.clone(),
        to: input.to.clone(),
        port: input.port,
        rate_tenths: input.rate_tenths,
        left: None,
        ways: Vec::new(),
        found_in: None,
        sent: 0,
    };
    if input.rate_tenths > 0 {
        (ends.ways)(ends.network, ends.tasks, &stream)?;
    }
    if input.rate_tenths > MAX_RATE_TENTHS {
        return Err(bad("rateTenths", 0, MAX_RATE_TENTHS));
    }
    let same = |other: &Stream| {
        other.left.is_none()
            && (&other.from, &other.to, other.port) == (&stream.from, &stream.to, stream.port)
    };
    let all = traffic.streams.iter();
    let replaced: Vec<u64> = all.filter(|it| same(it.1)).map(|it| *it.0).collect();
    for number in replaced {
        traffic.streams.remove(&number);
    }
    step.log(stream.told(stream.rate_tenths));
    Ok((stream.rate_tenths > 0).then(|| traffic.add(stream)))
}

impl Stream {
    /// The fact that it is sent from now on, at that rate.
    fn told(&self, rate_tenths: u32) -> Fact {
        let to = match &self.to {
            TrafficTarget::Task(task) => task.short().into(),
            TrafficTarget::LoadBalancer(id) => id.as_str().into(),
            TrafficTarget::Instance(id) => id.as_str().into(),
            TrafficTarget::Database(name) | TrafficTarget::Name(name) => name.clone(),
        };
        Fact::Traffic {
            task: self.to.task().cloned().unwrap_or_default(),
            to,
            port: self.port,
            rate_tenths,
            count: self.left.filter(|_| rate_tenths > 0),
        }
    }
}

impl Traffic {
    /// A request that was counted as delivered is answered with an error; of several containers that say so of one, the first counts.
    pub(crate) fn fails(&mut self, request: EventId) {
        if self.last_failed != Some(request) {
            self.last_failed = Some(request);
            self.delivered -= 1;
            self.failed += 1;
        }
    }

    fn add(&mut self, stream: Stream) -> u64 {
        let number = self.next;
        self.next += 1;
        self.streams.insert(number, stream);
        number
    }
}

/// What sending one request led to.
pub(crate) struct Sent {
    /// When the stream's next request is due; `None` where that was the last.
    pub(crate) again: Option<SimSpan>,
    /// The tasks whose load changed.
    pub(crate) changed: Vec<TaskId>,
}

/// Sends the next request of a stream. A stream ends with its last request, or when an end of it is no more.
pub(crate) fn send(
    traffic: &mut Traffic,
    ends: &Ends<'_>,
    walk: Walk,
    number: u64,
    step: &mut Step<'_>,
) -> Option<Sent> {
    let network = ends.network;
    let stream = traffic.streams.get_mut(&number)?;
    let before = stream.answering();
    let is_last = stream.left == Some(0);
    if is_last || !stream.find_ways(ends) {
        // of a task whose record expired there is nothing left to tell
        if is_last || stream.to.task().is_none() {
            step.log(stream.told(0));
        }
        traffic.streams.remove(&number);
        return Some(Sent {
            again: None,
            changed: before,
        });
    }
    let turn = stream.sent % (stream.ways.len() as u64).max(1);
    stream.sent += 1;
    let way = stream.ways.get_mut(turn as usize)?;
    let trace = way
        .trace
        .get_or_insert_with(|| Arc::new(walk(network, &way.flow)));
    let trace = trace.clone();
    way.answers = answering(network, &trace);
    let answered = way.answers.as_ref().map(|it| &it.0);
    let task = stream.to.task().or(answered).cloned();
    let by_hand = stream.left.is_some();
    stream.left = stream.left.map(|left| left - 1);
    let again = Some(SimSpan(10_000 / u64::from(stream.rate_tenths).max(1)));
    let mut changed = stream.answering();
    if changed == before {
        changed.clear();
    } else {
        changed.extend(before);
        changed.sort_unstable();
        changed.dedup();
    }
    *match trace.status {
        Some(_) => &mut traffic.failed,
        None if trace.delivered() => &mut traffic.delivered,
        None => &mut traffic.denied,
    } += 1;
    step.log(Fact::Request {
        task: task.unwrap_or_default(),
        by_hand,
        trace,
    });
    Some(Sent { again, changed })
}

/// The container that answered a request.
fn answering(network: &Network, trace: &Trace) -> Option<(TaskId, usize)> {
    let (interface, place) = trace.container().filter(|_| trace.delivered())?;
    let task = network.interfaces.get(interface)?.task()?;
    Some((task.clone(), place))
}
