//! Traffic: streams of requests to a task, each walked through the network, and the load they bring to containers.

use crate::billing::{Amount, of_request};
use crate::call::{SendRequests, SetTraffic, TrafficSource};
use crate::engine::shelf::Shelf;
use crate::engine::step::Step;
use crate::error::ApiError;
use crate::event::Fact;
use crate::ids::TaskId;
use crate::network::{Endpoint, Flow, INTERNET_CLIENT, Network, Trace, Walk};
use crate::task::Task;
use crate::units::SimSpan;
use crate::workload::Outbound;
use std::net::Ipv4Addr;
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
    /// The task they are sent to.
    pub to: TaskId,
    /// The port.
    pub port: u16,
    /// Tenths of a request a second, at least 1.
    pub rate_tenths: u32,
    /// How many are still to be sent; `None` for lasting traffic.
    pub left: Option<u32>,
    /// The way of the last request, and the version of the network that it was walked in.
    last: Option<(u64, Arc<Trace>)>,
    /// The container that answers them; `None` while none does.
    pub answered_by: Option<usize>,
}

/// All streams, and counts of what became of their requests.
#[derive(Clone, Debug, Default)]
pub struct Traffic {
    /// The streams by number.
    pub streams: Shelf<u64, Stream>,
    /// Requests that were answered.
    pub delivered: u64,
    /// Requests that were not.
    pub denied: u64,
    next: u64,
}

impl Traffic {
    /// Tenths of a request a second that reach each container of a task: those of streams, and those that other
    /// containers of the task make over localhost, by themselves or for each request that reaches them.
    pub fn rates(&self, task: &Task) -> Vec<u32> {
        let mut from_outside = vec![0_u32; task.containers.len()];
        for stream in self.streams.values().filter(|stream| stream.to == task.id) {
            let place = stream.answered_by.and_then(|it| from_outside.get_mut(it));
            if let Some(rate) = place {
                *rate = rate.saturating_add(stream.rate_tenths);
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

    /// What lasting traffic uses in an hour, on the way that its last requests took.
    pub fn hourly(&self, network: &Network) -> Vec<Amount> {
        let lasting = self.streams.values().filter(|stream| stream.left.is_none());
        lasting
            .filter_map(|stream| {
                let (_, trace) = stream.last.as_ref()?;
                let requests = u64::from(stream.rate_tenths) * 360;
                let one = of_request(trace, network).into_iter();
                Some(one.map(move |(usage, amount)| (usage, amount * requests)))
            })
            .flatten()
            .collect()
    }

    /// Tenths of a request a second of all lasting traffic.
    pub fn lasting_rate(&self) -> u32 {
        self.streams
            .values()
            .filter(|stream| stream.left.is_none())
            .map(|stream| stream.rate_tenths)
            .sum()
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

fn no_task() -> ApiError {
    ApiError::new(
        "InvalidParameterException",
        "The referenced task was not found.",
        "Name a task of this scenario.",
    )
}

/// `SendRequests`. Gives the number of the stream, whose first request is due at once.
pub(crate) fn send_requests(
    traffic: &mut Traffic,
    tasks: &Shelf<TaskId, Task>,
    input: &SendRequests,
    step: &mut Step<'_>,
) -> Result<u64, ApiError> {
    tasks.get(&input.to).ok_or_else(no_task)?;
    let bad = |what: &str, max: u32| {
        let message = format!("{what} must be between 1 and {max}.");
        ApiError::new(
            "InvalidParameterException",
            message,
            "Choose a number in that range.",
        )
    };
    if !(1..=MAX_COUNT).contains(&input.count) {
        return Err(bad("count", MAX_COUNT));
    }
    if !(1..=MAX_RATE_TENTHS).contains(&input.rate_tenths) {
        return Err(bad("rateTenths", MAX_RATE_TENTHS));
    }
    let count = Some(input.count);
    step.log(Fact::Traffic {
        task: input.to.clone(),
        port: input.port,
        rate_tenths: input.rate_tenths,
        count,
    });
    Ok(add(
        traffic,
        &input.from,
        &input.to,
        input.port,
        input.rate_tenths,
        count,
    ))
}

/// `SetTraffic`. Gives the number of the new stream; `None` where traffic only ended.
pub(crate) fn set_traffic(
    traffic: &mut Traffic,
    tasks: &Shelf<TaskId, Task>,
    input: &SetTraffic,
    step: &mut Step<'_>,
) -> Result<Option<u64>, ApiError> {
    tasks.get(&input.to).ok_or_else(no_task)?;
    if input.rate_tenths > MAX_RATE_TENTHS {
        return Err(ApiError::new(
            "InvalidParameterException",
            format!("rateTenths must be between 0 and {MAX_RATE_TENTHS}."),
            "Choose at most 1,000 requests a second.",
        ));
    }
    let same = |stream: &Stream| {
        stream.left.is_none()
            && (&stream.from, &stream.to, stream.port) == (&input.from, &input.to, input.port)
    };
    let replaced: Vec<u64> = traffic
        .streams
        .iter()
        .filter(|(_, stream)| same(stream))
        .map(|(number, _)| *number)
        .collect();
    for number in replaced {
        traffic.streams.remove(&number);
    }
    let rate_tenths = input.rate_tenths;
    step.log(Fact::Traffic {
        task: input.to.clone(),
        port: input.port,
        rate_tenths,
        count: None,
    });
    Ok((rate_tenths > 0).then(|| {
        add(
            traffic,
            &input.from,
            &input.to,
            input.port,
            rate_tenths,
            None,
        )
    }))
}

fn add(
    traffic: &mut Traffic,
    from: &TrafficSource,
    to: &TaskId,
    port: u16,
    rate_tenths: u32,
    left: Option<u32>,
) -> u64 {
    let number = traffic.next;
    traffic.next += 1;
    let stream = Stream {
        from: from.clone(),
        to: to.clone(),
        port,
        rate_tenths,
        left,
        last: None,
        answered_by: None,
    };
    traffic.streams.insert(number, stream);
    number
}

/// What sending one request led to.
pub(crate) struct Sent {
    /// When the stream's next request is due; `None` where that was the last.
    pub(crate) again: Option<SimSpan>,
    /// The task whose load changed.
    pub(crate) changed: Option<TaskId>,
}

/// Sends the next request of a stream. A stream ends with its last request, or when its task is forgotten.
pub(crate) fn send(
    traffic: &mut Traffic,
    (network, walk): (&Network, Walk),
    tasks: &Shelf<TaskId, Task>,
    number: u64,
    step: &mut Step<'_>,
) -> Option<Sent> {
    let stream = traffic.streams.get(&number)?.clone();
    if tasks.get(&stream.to).is_none() {
        traffic.streams.remove(&number);
        return None;
    }
    if stream.left == Some(0) {
        traffic.streams.remove(&number);
        step.log(Fact::Traffic {
            task: stream.to.clone(),
            port: stream.port,
            rate_tenths: 0,
            count: None,
        });
        return Some(Sent {
            again: None,
            changed: Some(stream.to.clone()),
        });
    }
    let trace = match &stream.last {
        Some((version, trace)) if *version == network.version() => trace.clone(),
        _ => Arc::new(walk(network, &flow_of(&stream, network))),
    };
    let delivered = trace.delivered();
    let answered_by = trace.container().filter(|_| delivered);
    traffic.delivered += u64::from(delivered);
    traffic.denied += u64::from(!delivered);
    if let Some(stored) = traffic.streams.get_mut(&number) {
        stored.last = Some((network.version(), trace.clone()));
        stored.answered_by = answered_by;
        stored.left = stored.left.map(|left| left - 1);
    }
    step.log(Fact::Request {
        task: stream.to.clone(),
        by_hand: stream.left.is_some(),
        trace,
    });
    let again = Some(SimSpan(10_000 / u64::from(stream.rate_tenths).max(1)));
    Some(Sent {
        again,
        changed: (answered_by != stream.answered_by).then(|| stream.to.clone()),
    })
}

/// The connection that a stream's request opens: from the Internet to the task's public address, from a task to its
/// private one, over localhost within a task.
fn flow_of(stream: &Stream, network: &Network) -> Flow {
    let target = network.interface_of(&stream.to);
    let (from, to) = match &stream.from {
        TrafficSource::Internet => (
            Endpoint::Internet(INTERNET_CLIENT.into()),
            target.and_then(|interface| interface.public_ip),
        ),
        TrafficSource::Task(task) => {
            let id = network
                .interface_of(task)
                .map_or_else(|| "eni-none".into(), |interface| interface.id.clone());
            let to = if *task == stream.to {
                Some(Ipv4Addr::LOCALHOST)
            } else {
                target.map(|it| it.private_ip)
            };
            (Endpoint::Interface(id), to)
        }
    };
    Flow::tcp(from, to.unwrap_or(Ipv4Addr::UNSPECIFIED), stream.port)
}
