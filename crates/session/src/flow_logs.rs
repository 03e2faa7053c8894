//! VPC Flow Logs: what the requests of a run left in the default format, version 2, in windows of a minute.
//!
//! `version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status`.
//! Source: 'Flow log records' of the VPC guide. AWS does not say how much an HTTP request is: packets and bytes are our own, those
//! of a small one.

use crate::session::Session;
use fargate_core::event::{Event, Fact};
use fargate_core::ids::{NetworkInterfaceId, TaskId};
use fargate_core::network::{Ending, FlowRecord, IpProtocol, Trace};
use fargate_core::units::{Date, SimTime};
use fargate_core::world::World;
use litemap::LiteMap;
use std::net::IpAddr;

/// The members of a record in the default format, in their order.
/// Source: 'Flow log records' of the VPC guide, the fields of version 2.
pub const FIELDS: [&str; 14] = [
    "version",
    "account-id",
    "interface-id",
    "srcaddr",
    "dstaddr",
    "srcport",
    "dstport",
    "protocol",
    "packets",
    "bytes",
    "start",
    "end",
    "action",
    "log-status",
];

/// The account that owns the interfaces.
const ACCOUNT: &str = "123456789012";
/// Seconds of a window: interfaces of Fargate are of Nitro's, which aggregates for a minute at most.
const WINDOW: u64 = 60;
/// The second of the day at which a scenario begins, 10:00:00, as the page's clock shows it.
const BEGINS: u64 = 10 * 3_600;

/// What a record is aggregated by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// The window's number.
    window: u64,
    interface: NetworkInterfaceId,
    /// `None` for a window without traffic.
    flow: Option<(IpAddr, IpAddr, u16, u16, u8, bool)>,
}

impl Session {
    /// The records of VPC Flow Logs up to the moment shown, oldest first, a line each. Interfaces of tasks say `NODATA` for whole
    /// windows without traffic; requests that the event log has forgotten are in no record.
    pub fn flow_logs(&self) -> Vec<String> {
        lines(self.events(), self.scenario().as_of, self.now())
    }

    /// The task that an interface belongs to, or did up to the moment shown, as far as the event log remembers. `None` for what
    /// belongs to something else.
    pub fn task_of_interface(&self, id: &NetworkInterfaceId) -> Option<TaskId> {
        if let Some(there) = self.world().network().interfaces.get(id) {
            return there.task().cloned();
        }
        self.events()
            .iter()
            .rev()
            .find_map(|event| match &event.fact {
                Fact::InterfaceAttached {
                    task, interface, ..
                } if interface == id => Some(task.clone()),
                _ => None,
            })
    }
}

/// What one request leaves, as a line for each interface and direction.
pub(crate) fn of_trace(trace: &Trace, world: &World, at: SimTime) -> Vec<String> {
    let mut found = LiteMap::new();
    count(trace, at, &mut found);
    let as_of = world.settings().as_of;
    // in the order in which the parts met it
    let mut lines: Vec<String> = Vec::new();
    for record in &trace.records {
        let key = key(record, at);
        if let Some(counts) = found.get(&key) {
            let line = line(&key, *counts, as_of, SimTime(u64::MAX));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines
}

fn lines(events: &[Event], as_of: Date, now: SimTime) -> Vec<String> {
    let mut found: LiteMap<Key, (u64, u64)> = LiteMap::new();
    let mut lives: LiteMap<NetworkInterfaceId, (SimTime, SimTime)> = LiteMap::new();
    for event in events {
        match &event.fact {
            Fact::Request { trace, .. } => count(trace, event.at, &mut found),
            Fact::InterfaceAttached { interface, .. } => {
                lives.insert(interface.clone(), (event.at, now));
            }
            Fact::InterfaceReleased { interface, .. } => {
                if let Some((_, end)) = lives.get_mut(interface) {
                    *end = event.at;
                }
            }
            _ => {}
        }
    }
    let mut busy: Vec<(u64, NetworkInterfaceId)> = found
        .iter()
        .map(|(key, _)| (key.window, key.interface.clone()))
        .collect();
    busy.sort_unstable();
    busy.dedup();
    for (interface, (from, to)) in &lives {
        let first = from.0.div_ceil(WINDOW * 1_000);
        for window in first..to.0 / (WINDOW * 1_000) {
            let here = (window, interface.clone());
            if busy.binary_search(&here).is_err() {
                let key = Key {
                    window,
                    interface: here.1,
                    flow: None,
                };
                found.insert(key, (0, 0));
            }
        }
    }
    let all = found.iter();
    all.map(|(key, counts)| line(key, *counts, as_of, now))
        .collect()
}

fn key(record: &FlowRecord, at: SimTime) -> Key {
    let (from, to) = record.packet;
    let (from_port, to_port) = record.ports;
    Key {
        window: at.0 / (WINDOW * 1_000),
        interface: record.interface.clone(),
        flow: Some((
            from,
            to,
            from_port,
            to_port,
            record.protocol.0,
            record.accepted,
        )),
    }
}

fn count(trace: &Trace, at: SimTime, found: &mut LiteMap<Key, (u64, u64)>) {
    for record in &trace.records {
        let (packets, bytes) = size(trace, record);
        let key = key(record, at);
        let (all_packets, all_bytes) = found.get(&key).copied().unwrap_or_default();
        found.insert(key, (all_packets + packets, all_bytes + bytes));
    }
}

/// Packets and bytes of one request at an interface: a connection that comes about, one that is tried three times in vain, or one
/// that is refused at once.
fn size(trace: &Trace, record: &FlowRecord) -> (u64, u64) {
    let is_answer = record.ports.0 == trace.port && record.ports.1 != trace.port;
    let (there, back) = trace.bytes();
    match (trace.protocol, trace.ending) {
        (IpProtocol::TCP, Ending::Delivered) if is_answer => (5, back),
        (IpProtocol::TCP, Ending::Delivered) => (6, there),
        (IpProtocol::TCP, Ending::Denied(_)) => (3, there),
        _ => (1, there),
    }
}

fn line(key: &Key, (packets, bytes): (u64, u64), as_of: Date, now: SimTime) -> String {
    let midnight = as_of.days_since_1970() * 86_400;
    let start = midnight + BEGINS + key.window * WINDOW;
    let end = (start + WINDOW).min(
        (midnight + BEGINS)
            .saturating_add(now.0 / 1_000)
            .max(start + 1),
    );
    let interface = &key.interface;
    let Some((from, to, from_port, to_port, protocol, accepted)) = &key.flow else {
        return format!("2 {ACCOUNT} {interface} - - - - - - - {start} {end} - NODATA");
    };
    let action = if *accepted { "ACCEPT" } else { "REJECT" };
    format!(
        "2 {ACCOUNT} {interface} {from} {to} {from_port} {to_port} {protocol} {packets} {bytes} {start} {end} {action} OK"
    )
}
