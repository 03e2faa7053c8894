//! Network modes on an instance: who reaches whom, what is placed and what is not, case by case in `data/network/modes.txt`.
//!
//! A case is a title that says how it ends, what stands on the instance (a `c5.large` where no `instance` says another), and questions.
//! `task MODE NAME PORT… ; NAME PORT…` places a task: `80` is a container port, `80:8080` one with a host port, `*80` one that is not
//! mapped. A question is `TASK.CONTAINER -> ADDRESS:PORT`, where `@1` is the interface of the second task and `@1.b` an address on docker0.
//! Answers are indented. `UPDATE_EXPECT=1` writes them anew; the title is not renewed, and must agree.

use fargate_core::call::{Call, RegisterTaskDefinition};
use fargate_core::network::modes::{
    Asked, Caller, ContainerInstance, ContainerSpec, NetworkMode, Outcome, RESERVED_PORTS, Side,
    TaskSpec,
};
use fargate_core::network::{Endpoint, Flow, InstanceType, Network, Part};
use fargate_core::task_definition::{PortMapping, Protocol};
use fargate_core::text::{self, Json};
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use crate::account::Account;

const CASES: &str = include_str!("../data/network/modes.txt");

fn instance(words: &str) -> ContainerInstance {
    let mut words = words.split(' ');
    let kind = InstanceType::named(words.next().unwrap()).unwrap();
    let mut instance = ContainerInstance::new(kind, Ipv4Addr::new(10, 0, 1, 10), 7);
    for word in words {
        match word.split_once('=') {
            Some(("loopback", port)) => instance.loopback_services.push(port.parse().unwrap()),
            None if word == "trunking" => instance.trunking = true,
            None if word == "blocks-metadata" => instance.blocks_metadata = true,
            None if word == "public" => instance.public_subnet = true,
            _ => panic!("{word}"),
        }
    }
    instance
}

fn container(words: &str) -> ContainerSpec {
    let mut words = words.trim().split(' ');
    let mut spec = ContainerSpec {
        name: words.next().unwrap().to_owned(),
        ..ContainerSpec::default()
    };
    for word in words {
        if let Some(link) = word.strip_prefix("link=") {
            spec.links.push(link.to_owned());
        } else if let Some(port) = word.strip_prefix('*') {
            spec.listens.push(port.parse().unwrap());
        } else {
            let (port, host) = word
                .split_once(':')
                .map_or((word, None), |(a, b)| (a, Some(b)));
            spec.port_mappings.push(PortMapping {
                container_port: port.parse().unwrap(),
                host_port: host.map(|host| host.parse().unwrap()),
                protocol: Protocol::Tcp,
            });
        }
    }
    spec
}

/// What a line comes to: how it ends, and the words beneath it.
fn answer(instance: &mut ContainerInstance, line: &str) -> (&'static str, String) {
    if let Some(text) = line.strip_prefix("task ") {
        let (mode, containers) = text.split_once(' ').unwrap();
        let spec = TaskSpec {
            family: "t".to_owned(),
            mode: NetworkMode::of(Some(mode)).unwrap(),
            containers: containers.split(" ; ").map(container).collect(),
        };
        let address = Ipv4Addr::new(10, 0, 1, 20 + instance.tasks.len() as u8);
        let before = instance.clone();
        return match instance.place(spec, Some(address)) {
            Ok(_) => ("PLACED", String::new()),
            Err(unplaced) => {
                assert_eq!(*instance, before, "what is not placed changes nothing");
                let (reason, because) = (unplaced.reason, unplaced.because);
                (
                    "NOT PLACED",
                    format!("{reason}: {because}. {}", unplaced.cure),
                )
            }
        };
    }
    if let Some(json) = line.strip_prefix("register ") {
        let (mut account, _) = Account::new("2026-06-01");
        let definition = Json::of(&text::read(json).root);
        let call: Call = RegisterTaskDefinition { definition }.into();
        return match account.world.apply(9, &call, &mut account.log) {
            Ok(_) => ("REGISTERED", String::new()),
            Err(error) => ("REFUSED", error.to_string()),
        };
    }
    if let Some(words) = line.strip_prefix("target-type ") {
        let (mode, kind) = words.split_once(' ').unwrap();
        let mode = NetworkMode::of(Some(mode)).unwrap();
        let refusal = mode.target_type_refusal("arn", kind);
        return refusal.map_or(("ALLOW", String::new()), |text| ("REFUSED", text));
    }
    let (from, to) = line.split_once(" -> ").unwrap();
    let (to, port) = to.split_once(':').unwrap();
    if from == "fargate" {
        return on_fargate(to.parse().unwrap(), port.parse().unwrap());
    }
    reached(instance, from, to, port)
}

fn reached(
    instance: &ContainerInstance,
    from: &str,
    to: &str,
    port: &str,
) -> (&'static str, String) {
    let found = |name: &str| {
        let (task, name) = name.split_once('.').unwrap();
        let task: usize = task.parse().unwrap();
        let mut all = instance.tasks[task].spec.containers.iter();
        (task, all.position(|it| it.name == name).unwrap())
    };
    let caller = if from == "vpc" {
        Caller::Vpc
    } else {
        let (task, container) = found(from);
        Caller::Container { task, container }
    };
    let asked = match to.strip_prefix('@') {
        Some(place) if place.contains('.') => {
            let (task, container) = found(place);
            Asked::Address(instance.tasks[task].containers[container].address.unwrap())
        }
        Some(task) => Asked::Address(
            instance.tasks[task.parse::<usize>().unwrap()]
                .address
                .unwrap(),
        ),
        None if to == "instance" => Asked::Address(instance.address),
        None if to == "internet" => Asked::Internet,
        None => to.parse().map_or(Asked::Name(to), Asked::Address),
    };
    let port = match port {
        "drawn" => instance.tasks[0].containers[0].bindings[0].host_port,
        port => port.parse().unwrap(),
    };
    let verdict = instance.reach(caller, asked, port);
    let side = |side| match side {
        Side::Instance => "the instance".to_owned(),
        Side::Task(task) => format!("task {task}"),
        Side::Elsewhere => "elsewhere".to_owned(),
        Side::Internet => "the Internet".to_owned(),
    };
    let by = verdict.decided_by.words();
    let because = verdict.because;
    match verdict.outcome {
        Outcome::Allowed => ("ALLOW", format!("{by}: {because}")),
        Outcome::Denied => ("DENY", format!("{by}: {because}")),
        Outcome::Network { from, to, port } => {
            let (from, to) = (side(from), side(to));
            (
                "GROUPS",
                format!("{by}, from {from} to {to} on {port}: {because}"),
            )
        }
    }
}

/// What the walk says of a task on Fargate.
fn on_fargate(to: Ipv4Addr, port: u16) -> (&'static str, String) {
    let (mut account, subnet) = Account::new("2026-06-01");
    account.register(
        &serde_json::json!({ "containerDefinitions": [{ "name": "a", "image": "nginx" }] }),
    );
    let task = account.run(&subnet, "1.4.0", true).unwrap();
    account.until(60_000);
    let network: &Network = account.world.network();
    let interface = network.interface_of(&task).unwrap().id.clone();
    let trace = network.walk(&Flow::tcp(Endpoint::Interface(interface), to, port));
    let last = trace.hops.last().unwrap();
    assert!(matches!(last.part, Part::LinkLocal(_)));
    let ends = if trace.delivered() { "ALLOW" } else { "DENY" };
    (ends, last.rule.clone())
}

#[test]
fn who_reaches_whom_and_what_is_placed() {
    let mut found = Vec::new();
    let mut cases = BTreeSet::new();
    for case in CASES.trim_end().split("\n\n") {
        let mut lines = case.lines();
        let title = lines.next().unwrap().strip_prefix("# ").unwrap();
        let mut written = format!("# {title}\n");
        let mut on = instance("c5.large");
        let mut end = "";
        for line in lines.filter(|line| !line.starts_with("  ")) {
            written.push_str(line);
            written.push('\n');
            if let Some(words) = line.strip_prefix("instance ") {
                on = instance(words);
                continue;
            }
            let (ends, words) = answer(&mut on, line);
            end = ends;
            if !words.is_empty() {
                written.push_str("  ");
                written.push_str(&words);
                written.push('\n');
            }
        }
        let (head, _) = title.split_once(": ").unwrap();
        let expected = match head.split_once(' ') {
            Some((id, expected)) if id.starts_with('M') => {
                cases.insert(id);
                expected
            }
            _ => head,
        };
        assert_eq!(end, expected, "{case}");
        found.push(written);
    }
    let all: Vec<String> = (1..=28).map(|number| format!("M{number:02}")).collect();
    assert!(
        all.iter().map(String::as_str).eq(cases),
        "all 28 cases are there"
    );
    let found = found.join("\n");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/network/modes.txt");
        std::fs::write(path, &found).unwrap();
    } else {
        assert_eq!(found, CASES, "UPDATE_EXPECT=1 writes it anew");
    }
}

#[test]
fn instances_hold_so_many_interfaces_and_tasks() {
    // (type, interfaces, tasks, interfaces with trunking, tasks with trunking)
    for (name, interfaces, tasks, trunked_interfaces, trunked_tasks) in [
        ("t3.nano", 2, 1, 2, 1),
        ("t3.micro", 2, 1, 2, 1),
        ("t3.small", 3, 2, 3, 2),
        ("t3.medium", 3, 2, 3, 2),
        ("t3.large", 3, 2, 3, 2),
        ("t3.xlarge", 4, 3, 4, 3),
        ("t3.2xlarge", 4, 3, 4, 3),
        ("m5.large", 3, 2, 12, 10),
        ("m5.xlarge", 4, 3, 22, 20),
        ("m5.2xlarge", 4, 3, 42, 40),
        ("m5.4xlarge", 8, 7, 62, 60),
        ("m5.12xlarge", 8, 7, 62, 60),
        ("m5.24xlarge", 15, 14, 122, 120),
        ("c5.large", 3, 2, 12, 10),
    ] {
        let it = InstanceType::named(name).unwrap();
        let found = (
            it.interfaces,
            it.awsvpc_tasks(false),
            it.interface_limit(true),
            it.awsvpc_tasks(true),
        );
        assert_eq!(
            found,
            (interfaces, tasks, trunked_interfaces, trunked_tasks),
            "{name}"
        );
    }
    assert_eq!(InstanceType::all().count(), 367);
    let noted: Vec<&str> = InstanceType::all()
        .filter(|it| it.note().is_some())
        .map(|it| it.name)
        .collect();
    assert_eq!(noted, ["t3.small"]);
    assert_eq!(InstanceType::named("c9.large"), None);
    assert_eq!(InstanceType::named("#"), None);
}

#[test]
fn drawn_host_ports_are_in_the_range_differ_and_repeat_with_the_seed() {
    let ports = |seed: u64| {
        let mut on = instance("c5.large");
        on.seed = seed;
        for _ in 0..30 {
            assert_eq!(answer(&mut on, "task bridge a 80 ; b 81").0, "PLACED");
        }
        let all = on.tasks.iter().flat_map(|task| &task.containers);
        all.flat_map(|it| &it.bindings)
            .map(|it| it.host_port)
            .collect::<Vec<_>>()
    };
    let drawn = ports(7);
    assert!(drawn.iter().all(|port| (32_768..=60_999).contains(port)));
    assert!(drawn.iter().all(|port| !RESERVED_PORTS.contains(port)));
    assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), 60);
    assert_eq!(drawn, ports(7));
    assert_ne!(drawn, ports(8));
}

#[test]
fn an_instance_has_a_hundred_reserved_ports() {
    let mut on = instance("c5.large");
    for port in 8_000..8_094 {
        assert_eq!(
            answer(&mut on, &format!("task bridge a 80:{port}")).0,
            "PLACED"
        );
    }
    assert_eq!(answer(&mut on, "task bridge a 80:9000").0, "NOT PLACED");
    assert_eq!(answer(&mut on, "task bridge a 80").0, "PLACED");
}

#[test]
fn every_pair_of_containers_has_a_verdict() {
    let mut on = instance("m5.xlarge");
    for task in [
        "awsvpc a 80 ; b 81",
        "bridge c 80:8080 ; d 82",
        "host e 90",
        "none f *91",
    ] {
        assert_eq!(
            answer(&mut on, &format!("task {task}")).0,
            "PLACED",
            "{task}"
        );
    }
    let pairs = on.pairs();
    assert_eq!(pairs.len(), 6 * 5);
    for pair in pairs {
        assert!(!pair.verdict.because.is_empty());
        let ends = (pair.from, pair.to, pair.verdict.outcome);
        match ends {
            (Caller::Container { task: 3, .. }, _, outcome) | (_, (3, _), outcome) => {
                assert_eq!(outcome, Outcome::Denied, "{ends:?}");
            }
            (Caller::Container { task: 0, .. }, (0, _), outcome)
            | (Caller::Container { task: 1 | 2, .. }, (1 | 2, _), outcome) => {
                assert_eq!(outcome, Outcome::Allowed, "{ends:?}");
            }
            (_, _, outcome) => {
                assert!(matches!(outcome, Outcome::Network { .. }), "{ends:?}");
            }
        }
    }
}
