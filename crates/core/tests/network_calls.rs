//! EC2's calls and AWS's answers, as scripts: `data/network/calls/*.txt`; and what a task on Fargate needs of a network to start:
//! `data/network/starts/*.txt`.
//!
//! A line is a call, `name = action input` where its answer is used later as `$name`. The line below it, indented, is the
//! refusal that is expected; without one, the call is accepted. `wait 60` lets seconds pass, `log TEXT` demands that the last
//! events say so, `reach FROM TO:PORT VERDICT` that a connection comes to that (more may follow, see `Script::reach`), `records` what flow logs say of it. `$vpc.main`, `$vpc.acl` and `$vpc.group` are what a
//! VPC was born with; `$subnet.rtbassoc` and `$subnet.aclassoc` are its associations, `$vpc.rtbassoc` that of the main table.
//! `requests` demands what became of the last ones: the task that answered, a load balancer's status, or a code; `load $task 50`
//! that so many a second reach a task.
//! `$instance.eni` and `$instance.attachment` are the first interface of what has interfaces, `eni2` the next, `$instance.ip` and
//! `$instance.public` their addresses; `$address.ip` is an elastic one. `runs $task` demands that it comes to RUNNING, `stops $task`
//! that it stops with the reason below it.
#![allow(clippy::unwrap_used, clippy::panic)] // a test says so when it fails

use fargate_core::call::Call;
use fargate_core::error::Reply;
use fargate_core::event::{Event, Fact};
use fargate_core::ids::TaskId;
use fargate_core::network::{
    Code, Destination, Ending, Endpoint, Flow, INTERNET_CLIENT, IpProtocol, Owner, Trace,
    main_route_table_association, network_acl_association, network_interface_attachment,
    route_table_association,
};
use fargate_core::units::{Date, SimSpan};
use fargate_core::wire::parse;
use fargate_core::world::{Authority, Budget, Settings, World};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

struct Script {
    world: World,
    names: BTreeMap<String, String>,
    log: Vec<Event>,
    sent: u32,
}

impl Script {
    fn new() -> Self {
        let settings = Settings {
            seed: 7,
            as_of: Date::new(2026, 6, 1),
            images: litemap::LiteMap::default(),
            authority: Authority::whole(),
        };
        Self {
            world: World::new(settings),
            names: BTreeMap::new(),
            log: Vec::new(),
            sent: 0,
        }
    }

    /// The text with names in the place of `$name`.
    fn fill(&self, text: &str) -> String {
        let mut names: Vec<_> = self.names.iter().collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let filled = names.into_iter().fold(text.to_owned(), |text, (name, id)| {
            text.replace(&format!("${name}"), id)
        });
        assert!(!filled.contains("\"$"), "an unknown name in {filled}");
        filled
    }

    fn learn(&mut self, name: &str, id: &str) {
        let mut learn = |part: &str, id: String| {
            self.names.insert(format!("{name}{part}"), id);
        };
        if let Some(vpc) = self.world.network().vpcs.get(&id.into()) {
            learn(".main", vpc.main_route_table.to_string());
            learn(".acl", vpc.default_network_acl.to_string());
            learn(".group", vpc.default_security_group.to_string());
            learn(".rtbassoc", main_route_table_association(&vpc.id));
            if let Some(block) = vpc.ipv6_cidrs.first() {
                learn(".ipv6", block.to_string().replace("00::/56", ""));
            }
        }
        if let Some(subnet) = self.world.network().subnets.get(&id.into()) {
            learn(".rtbassoc", route_table_association(&subnet.id));
            learn(".aclassoc", network_acl_association(&subnet.id));
        }
        if let Some(address) = self.world.network().elastic_addresses.get(&id.into()) {
            learn(".ip", address.public_ip.to_string());
        }
        self.learn_interfaces(name, id);
        self.names.insert(name.to_owned(), id.to_owned());
    }

    /// The interfaces of what was made, the primary one of an instance first: `.eni`, `.eni2` and so on, and their attachments.
    fn learn_interfaces(&mut self, name: &str, id: &str) {
        let network = self.world.network();
        let belongs = |owner: &Owner| match owner {
            Owner::NatGateway(nat) => nat.as_str() == id,
            Owner::Endpoint(endpoint) => endpoint.as_str() == id,
            Owner::ApplicationLoadBalancer(it) | Owner::NetworkLoadBalancer(it) => {
                it.as_str() == id
            }
            Owner::Database(it) => **it == *id,
            Owner::Task(task) => task.as_str() == id,
            _ => false,
        };
        let all = network.interfaces.values();
        let mut ids: Vec<_> = all
            .filter(|it| belongs(&it.owner))
            .map(|it| it.id.clone())
            .collect();
        let things = network.things();
        if let Some(instance) = things.instances.get(&id.into()) {
            ids.clone_from(&instance.interfaces);
        }
        if let Some(target) = things.mount_targets.get(&id.into()) {
            ids.push(target.interface.clone());
        }
        let mut learnt = Vec::new();
        if let Some(balancer) = network.load_balancers.get(&id.into()) {
            learnt.push((format!("{name}.dns"), balancer.dns_name.clone()));
            ids.clone_from(&balancer.nodes);
        }
        if let Some(database) = things.databases.get(&id.into()) {
            learnt.push((format!("{name}.endpoint"), database.endpoint.clone()));
        }
        for (place, eni) in ids.iter().enumerate() {
            let place = if place == 0 {
                String::new()
            } else {
                (place + 1).to_string()
            };
            let interface = network.interfaces.get(eni).unwrap();
            learnt.push((format!("{name}.eni{place}"), eni.to_string()));
            learnt.push((
                format!("{name}.ip{place}"),
                interface.private_ip.to_string(),
            ));
            if let Some(address) = interface.ipv6 {
                learnt.push((format!("{name}.six{place}"), address.to_string()));
            }
            if let Some(public) = interface.public_ip {
                learnt.push((format!("{name}.public{place}"), public.to_string()));
            }
            if let Some(name_outside) = &interface.public_dns {
                learnt.push((format!("{name}.dns{place}"), name_outside.clone()));
            }
            let attachment = network_interface_attachment(interface);
            learnt.push((format!("{name}.attachment{place}"), attachment));
        }
        self.names.extend(learnt);
    }

    fn send(&mut self, text: &str) -> Result<Reply, String> {
        let (action, input) = text.split_once(' ').unwrap_or((text, "{}"));
        let input = self.fill(input);
        let json = format!(r#"{{"action":"{action}","input":{input}}}"#);
        let call: Call = parse(&json).unwrap_or_else(|error| panic!("{error} in {json}"));
        self.sent += 1;
        let answer = self.world.apply(self.sent, &call, &mut self.log);
        answer.map_err(|error| {
            assert!(!error.cure.is_empty(), "{error} has no cure");
            error.to_string()
        })
    }

    /// The state that a task comes to and stays in, and the reason where it stopped.
    fn ends(&mut self, task: &str) -> (String, Option<String>) {
        let id: TaskId = self.fill(task).as_str().into();
        let until = self.world.now() + SimSpan::secs(240);
        self.world.advance(until, Budget(10_000), &mut self.log);
        let task = self.world.tasks().get(&id).unwrap();
        let reason = task.stop.as_ref().map(|stop| stop.reason.clone());
        (task.state().aws().to_owned(), reason)
    }

    /// A walk from an interface, an address on the Internet or `internet`, to `ADDRESS:PORT` or `NAME:PORT`; for a port also `ping`
    /// and, say, `udp53`.
    fn walk(&self, from: &str, to: &str) -> Trace {
        let from = match (from, from.parse()) {
            ("internet", _) => Endpoint::Internet(INTERNET_CLIENT.into()),
            (_, Ok(address)) => Endpoint::Internet(address),
            (eni, Err(_)) => Endpoint::Interface(eni.into()),
        };
        let (to, port) = to.rsplit_once(':').unwrap();
        let nowhere = Ipv4Addr::UNSPECIFIED;
        let mut flow = match (port, port.strip_prefix("udp")) {
            ("ping", _) => Flow::ping(from, nowhere.into()),
            (_, Some(port)) => Flow {
                protocol: IpProtocol::UDP,
                ..Flow::tcp(from, nowhere, port.parse().unwrap())
            },
            (port, None) => Flow::tcp(from, nowhere, port.parse().unwrap()),
        };
        flow.to = match to.parse() {
            Ok(address) => Destination::Address(address),
            Err(_) => Destination::Name(to.into()),
        };
        self.world.network().walk(&flow)
    }

    /// `FROM TO VERDICT PART HOW`: `ALLOW` or the code of the refusal, the kind of the part that decided, and whether the sender hears
    /// of it, `refused` or `silent`; the last two where they are worth saying.
    fn reach(&self, text: &str) {
        let words: Vec<&str> = text.split(' ').collect();
        let trace = self.walk(words[0], words[1]);
        let (found, how) = match trace.ending {
            Ending::Delivered => ("ALLOW", "answered"),
            Ending::Refused => (Code::NoListener.aws(), "refused"),
            Ending::Denied(code) => (code.aws(), "silent"),
        };
        let part = trace.decided_by().map_or("", |hop| hop.part.kind());
        let all = [words[0], words[1], found, part, how];
        assert_eq!(all[..words.len()], words, "reach {text}: {trace}");
    }

    /// `FROM TO INTERFACE ACTION...`: what VPC Flow Logs say at an interface.
    fn records(&self, text: &str) {
        let words: Vec<&str> = text.split(' ').collect();
        let trace = self.walk(words[0], words[1]);
        let records = trace.records.iter();
        let here = records.filter(|it| it.interface.as_str() == words[2]);
        let found: Vec<&str> = here
            .map(|it| if it.accepted { "ACCEPT" } else { "REJECT" })
            .collect();
        assert_eq!(found, words[3..], "records {text}: {trace}");
    }

    /// `FROM TO INTERFACE SOURCE>DESTINATION...`: the addresses in what VPC Flow Logs say at an interface.
    fn recorded(&self, text: &str) {
        let words: Vec<&str> = text.split(' ').collect();
        let trace = self.walk(words[0], words[1]);
        let here = trace.records.iter();
        let here = here.filter(|it| it.interface.as_str() == words[2]);
        let found: Vec<String> = here
            .map(|it| format!("{}>{}", it.packet.0, it.packet.1))
            .collect();
        assert_eq!(found, words[3..], "recorded {text}: {trace}");
    }

    /// What became of the last requests: the task that answered, `answered` where that was no task, the status that a load balancer
    /// answered, or the code of the refusal.
    fn requests(&self, count: usize) -> String {
        let outcome = |event: &Event| {
            let Fact::Request { task, trace, .. } = &event.fact else {
                return None;
            };
            Some(match (trace.code(), trace.status) {
                (_, Some(status)) => status.to_string(),
                (Some(code), None) => code.aws().to_owned(),
                (None, None) if task.as_str().is_empty() => "answered".to_owned(),
                (None, None) => task.to_string(),
            })
        };
        let mut last: Vec<String> = self
            .log
            .iter()
            .rev()
            .filter_map(outcome)
            .take(count)
            .collect();
        last.reverse();
        last.join(" ")
    }

    fn line(&mut self, line: &str, refusal: Option<&str>) {
        if let Some(seconds) = line.strip_prefix("wait ") {
            let until = self.world.now() + SimSpan::secs(seconds.parse().unwrap());
            self.world.advance(until, Budget(1_000), &mut self.log);
            return;
        }
        if let Some(text) = line.strip_prefix("log ") {
            let text = self.fill(text);
            let lines: Vec<String> = self.log.iter().map(ToString::to_string).collect();
            let found = lines.iter().rev().take(4).any(|line| line.ends_with(&text));
            assert!(found, "not logged: {text}\n{}", lines.join("\n"));
            return;
        }
        if let Some(task) = line.strip_prefix("runs ") {
            assert_eq!(self.ends(task), ("RUNNING".to_owned(), None), "{line}");
            let (name, id) = (task.trim_start_matches('$'), self.fill(task));
            self.learn(name, &id);
            return;
        }
        if let Some(task) = line.strip_prefix("stops ") {
            let (state, reason) = self.ends(task);
            assert_eq!(state, "STOPPED", "{line}");
            assert_eq!(reason, refusal.map(|text| self.fill(text)), "{line}");
            return;
        }
        if let Some(wanted) = line.strip_prefix("requests ") {
            let wanted = self.fill(wanted);
            assert_eq!(self.requests(wanted.split(' ').count()), wanted, "{line}");
            return;
        }
        if let Some((task, rate)) = line.strip_prefix("load ").and_then(|it| it.split_once(' ')) {
            let id: TaskId = self.fill(task).as_str().into();
            let task = self.world.tasks().get(&id).unwrap();
            let tenths: u32 = self.world.traffic().rates(task).iter().sum();
            assert_eq!((tenths / 10).to_string(), rate, "{line}");
            return;
        }
        if let Some(records) = line.strip_prefix("records ") {
            return self.records(&self.fill(records));
        }
        if let Some(ends) = line.strip_prefix("recorded ") {
            return self.recorded(&self.fill(ends));
        }
        if let Some(reach) = line.strip_prefix("reach ") {
            return self.reach(&self.fill(reach));
        }
        if let Some((count, call)) = line
            .strip_prefix("times ")
            .and_then(|it| it.split_once(' '))
        {
            for n in 0..count.parse().unwrap() {
                let n: u32 = n;
                let answer = self.send(&call.replace("{n}", &n.to_string()));
                assert!(answer.is_ok(), "{line}, {n}: {answer:?}");
            }
            return;
        }
        let (name, call) = match line.split_once(" = ") {
            Some((name, call)) => (Some(name), call),
            None => (None, line),
        };
        match (self.send(call), refusal) {
            (Ok(reply), None) => match (name, reply) {
                (Some(name), Reply::Made(id)) => self.learn(name, &id),
                (Some(name), Reply::Tasks(tasks)) => self.learn(name, tasks[0].as_str()),
                _ => {}
            },
            (Ok(_), Some(refusal)) => panic!("{line} was accepted, not refused with {refusal}"),
            (Err(error), None) => panic!("{line} was refused: {error}"),
            (Err(error), Some(refusal)) => assert_eq!(error, self.fill(refusal), "{line}"),
        }
    }
}

#[test]
fn calls_are_answered_as_aws_answers_them() {
    play(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/network/calls"
    ));
}

#[test]
fn a_task_starts_where_it_can_fetch_what_it_needs_and_stops_in_aws_words_elsewhere() {
    play(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/network/starts"
    ));
}

#[test]
fn requests_go_to_what_they_are_sent_to_and_are_answered_or_not() {
    play(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/network/traffic"
    ));
}

#[test]
fn what_people_believe_of_the_network_is_shown_to_be_otherwise() {
    play(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/network/traps"
    ));
}

#[test]
fn what_a_task_fetches_is_kept_and_given_as_aws_does() {
    play(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/stores"));
}

/// Plays every script of a folder, each in an account of its own. A file may begin with `include FILE`.
fn play(folder: &str) {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "txt"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        println!("{}", file.display());
        let mut text = std::fs::read_to_string(&file).unwrap();
        if let Some((first, rest)) = text.split_once('\n')
            && let Some(name) = first.strip_prefix("include ")
        {
            let included = std::fs::read_to_string(file.with_file_name(name)).unwrap();
            text = format!("{included}\n{rest}");
        }
        let mut script = Script::new();
        let lines = text
            .lines()
            .filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let mut lines = lines.peekable();
        while let Some(line) = lines.next() {
            let refusal = lines.next_if(|line| line.starts_with("  "));
            script.line(line, refusal.map(str::trim));
        }
    }
}
