//! The format in which a person says what an image does: its members as data, and its reader, which never fails.

use super::{AwsAsk, Workload};
use crate::finding::{Finding, Moment, Severity};
use crate::text::{self, Json, Node, Value};
use crate::wire;
use std::net::Ipv4Addr;

/// What a member may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A whole number within bounds, both included.
    Number(u32, u32),
    /// Such a number, or `null`.
    NumberOrNull(u32, u32),
    /// Ports: a list of numbers from 1 to 65535.
    Ports,
    /// A text of at most so many bytes.
    Text(usize),
    /// An IPv4 address.
    Address,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// A list of texts, each of at most so many bytes.
    Texts(usize),
    /// A list of what is asked of AWS, each as [`AwsAsk`] reads it.
    Asks,
    /// A list of objects with these members.
    List(&'static [Member]),
}

/// A member of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// What it may hold.
    pub shape: Shape,
    /// Whether the object that it belongs to is nothing without it.
    pub required: bool,
    /// What it means, in one sentence.
    pub about: &'static str,
}

const fn member(name: &'static str, shape: Shape, about: &'static str) -> Member {
    Member {
        name,
        shape,
        required: false,
        about,
    }
}

/// A day in ms: nothing that an image does by itself comes later.
const DAY: u32 = 86_400_000;
/// MiB of the largest task and more.
const MIB: u32 = 1_000_000;
/// Items of a list at most.
const MAX_ITEMS: usize = 20;

const CALL: &[Member] = &[
    member(
        "to",
        Shape::Address,
        "Whom it calls, an IPv4 address; another container of the task, over localhost, where absent.",
    ),
    Member {
        required: true,
        ..member(
            "port",
            Shape::Number(1, 65_535),
            "The TCP port that it calls.",
        )
    },
    member(
        "perRequest",
        Shape::Number(0, 100),
        "How many such calls each request leads to.",
    ),
    member(
        "everyMs",
        Shape::NumberOrNull(1_000, DAY),
        "How often it calls by itself, in ms.",
    ),
];

const LINE: &[Member] = &[
    member(
        "afterMs",
        Shape::Number(0, DAY),
        "When it is logged, in ms after the start.",
    ),
    member(
        "everyMs",
        Shape::NumberOrNull(5_000, DAY),
        "How often it is logged again, in ms.",
    ),
    Member {
        required: true,
        ..member(
            "line",
            Shape::Text(500),
            "The text, in which {time}, {clf}, {client}, {port}, {to}, {code}, {ms}, {id} and {task} are filled in.",
        )
    },
    member(
        "on",
        Shape::Choice(&["request", "error", "stop", "exit", "oom"]),
        "What it follows from, where not from time: a request that it answers, a call of its own that does not come through, SIGTERM, its end, its end for want of memory.",
    ),
    member(
        "padTo",
        Shape::Number(0, 4_000_000),
        "Bytes that the line is filled up to with dots.",
    ),
];

/// The members of the format, in the order in which they are explained.
#[rustfmt::skip]
pub const MEMBERS: &[Member] = &[
    member("sizeMib", Shape::Number(1, MIB), "Compressed size, in MiB: pulling it takes that long."),
    member("unpackedMib", Shape::Number(0, MIB), "Size on disk once unpacked, in MiB; 0 for two and a half times the compressed size."),
    member("startMs", Shape::Number(0, DAY), "How long it takes to start, in ms."),
    member("readyMs", Shape::Number(0, DAY), "How long after its start it listens and its health check passes, in ms."),
    member("sickMs", Shape::NumberOrNull(0, DAY), "How long after its start its health check fails for good, in ms."),
    member("checkMs", Shape::Number(0, DAY), "How long its health check's command takes, in ms."),
    member("listens", Shape::Ports, "The ports it listens on; those of its port mappings where there are none."),
    member("idleCpu", Shape::Number(0, 262_144), "CPU units it uses at rest."),
    member("idleMemory", Shape::Number(0, MIB), "MiB it holds at rest."),
    member("cacheMemory", Shape::Number(0, MIB), "MiB of files it keeps in memory while there is room."),
    member("requestCpuMilli", Shape::Number(0, 100_000_000), "Thousandths of a CPU unit for a second that one request takes."),
    member("requestMemoryKib", Shape::Number(0, 100_000_000), "KiB that one request a second holds."),
    member("leakKib", Shape::Number(0, 100_000_000), "KiB that it holds more with every second."),
    member("writeKib", Shape::Number(0, 100_000_000), "KiB that it writes to disk every second."),
    member("writeTo", Shape::Text(200), "The folder it writes to; its own layer where no volume is mounted there."),
    member("calls", Shape::List(CALL), "Whom it calls."),
    member("logs", Shape::List(LINE), "What it logs by itself."),
    member("needs", Shape::Texts(200), "Environment variables without which it ends at once, with exit code 1."),
    member("asks", Shape::Asks, "What it asks of AWS as its task role: an action and a resource, such as `s3:GetObject arn:aws:s3:::scores/settings.json`. It asks at its start, and ends with exit code 1 where it does not get it; with `request` before it for each request, which is answered with 500 then."),
    member("exitMs", Shape::NumberOrNull(0, DAY), "How long after its start it ends by itself, in ms."),
    member("exitCode", Shape::Number(0, 255), "Its exit code when it ends by itself."),
    member("stopMs", Shape::NumberOrNull(0, DAY), "How long it takes to end after SIGTERM, in ms; null where it ignores the signal."),
    member("stopCode", Shape::Number(0, 255), "Its exit code after SIGTERM: 0 where it handles the signal, 143 where the signal ends it."),
];

/// Reads what a person says that an image does. Gives the workload where nothing is wrong, and everything that is, each
/// at its place.
pub fn read(text: &str) -> (Option<Workload>, Vec<Finding>) {
    let text::Document { root, mut findings } = text::read(text);
    if matches!(root.value, Value::Object(_)) {
        object(&root, MEMBERS, "", &mut findings);
    } else if root.is_present() {
        findings.push(flaw(&root, "An image's behaviour is an object, { … }"));
    }
    findings.sort_by_key(|finding| finding.span);
    let broken = findings.iter().any(|it| it.severity == Severity::Error);
    let workload = (!broken).then(|| wire::parse(&text::print(&root)).ok());
    (workload.flatten(), findings)
}

/// A workload as a person would write it: only what differs from a small server.
pub fn said(workload: &Workload) -> String {
    let tree = |workload: &Workload| text::read(&wire::print(workload)).root;
    let (mut said, usual) = (tree(workload), tree(&Workload::default()));
    if let Value::Object(members) = &mut said.value {
        members.retain(|member| {
            let usual = usual.get(&member.key.name).map(text::print);
            usual != Some(text::print(&member.value))
        });
    }
    Json::of(&said).indented()
}

fn object(node: &Node, members: &[Member], path: &str, findings: &mut Vec<Finding>) {
    for found in node.members() {
        let name = &*found.key.name;
        let place = format!("{path}{name}");
        match members.iter().find(|it| it.name == name) {
            Some(known) => value(&found.value, known.shape, &place, findings),
            None => findings.push(
                finding(
                    "image-member",
                    found.key.span,
                    format!("An image's behaviour has no member {place}"),
                )
                .help(names(members)),
            ),
        }
    }
    for lacking in members.iter().filter(|it| it.required) {
        if node.get(lacking.name).is_none() {
            let message = format!("{path}{} is missing", lacking.name);
            findings.push(finding("image-value", node.span, message).help(lacking.about));
        }
    }
}

fn value(node: &Node, shape: Shape, path: &str, findings: &mut Vec<Finding>) {
    let number = |low: u32, high: u32| {
        let found = node.as_i64().and_then(|found| u32::try_from(found).ok());
        found.is_some_and(|found| (low..=high).contains(&found))
    };
    let text = |max: usize| node.as_str().is_some_and(|text| text.len() <= max);
    let address = node.as_str().and_then(|it| it.parse::<Ipv4Addr>().ok());
    let address = address.is_some();
    let wanted = match shape {
        Shape::NumberOrNull(..) if node.value == Value::Null => return,
        Shape::Number(low, high) | Shape::NumberOrNull(low, high) if !number(low, high) => {
            format!("a whole number from {low} to {high}")
        }
        Shape::Text(max) if !text(max) => format!("a text of at most {max} bytes"),
        Shape::Choice(known) if !node.as_str().is_some_and(|text| known.contains(&text)) => {
            format!("one of {}", known.join(", "))
        }
        Shape::Address if !address => "an IPv4 address such as 10.0.0.8".to_owned(),
        Shape::Number(..)
        | Shape::NumberOrNull(..)
        | Shape::Text(_)
        | Shape::Address
        | Shape::Choice(_) => return,
        Shape::Ports | Shape::Texts(_) | Shape::Asks | Shape::List(_) => {
            if !matches!(node.value, Value::Array(_)) || node.items().len() > MAX_ITEMS {
                format!("a list of at most {MAX_ITEMS}")
            } else {
                for (place, item) in node.items().iter().enumerate() {
                    let path = format!("{path}[{place}]");
                    match shape {
                        Shape::Ports => value(item, Shape::Number(1, 65_535), &path, findings),
                        Shape::Texts(max) => value(item, Shape::Text(max), &path, findings),
                        Shape::Asks => {
                            let read = AwsAsk::read(item.as_str().unwrap_or_default());
                            if let Err(wanted) = read {
                                findings.push(flaw(item, &format!("{path} is {wanted}")));
                            }
                        }
                        Shape::List(members) if matches!(item.value, Value::Object(_)) => {
                            object(item, members, &format!("{path}."), findings);
                        }
                        _ => findings.push(flaw(item, &format!("{path} is an object"))),
                    }
                }
                return;
            }
        }
    };
    findings.push(flaw(node, &format!("{path} is {wanted}")));
}

fn flaw(node: &Node, message: &str) -> Finding {
    finding("image-value", node.span, message.to_owned())
        .help("Write such a value, or leave the member out.")
}

fn finding(code: &'static str, span: text::Span, message: String) -> Finding {
    Finding::new(code, Severity::Error, Moment::Read, span, message)
}

/// The names that would be understood, as help.
fn names(members: &[Member]) -> String {
    let names: Vec<&str> = members.iter().map(|it| it.name).collect();
    format!("It may have {}.", names.join(", "))
}
