//! The cards of what stands in a VPC beside tasks: what each shows, what one click does with it, and that questions reach it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

use fargate_core::call::{
    AllocateAddress, AssociateAddress, AuthorizeSecurityGroupIngress, Call, ChangeBatch,
    ChangeResourceRecordSets, CreateDbInstance, CreateDbSubnetGroup, CreateFileSystem,
    CreateHostedZone, CreateListener, CreateLoadBalancer, CreateMountTarget, CreateTargetGroup,
    InstanceNetworkInterface, IpPermission, ListenerAction, PutHost, RecordChange, RecordSet,
    RegisterTargets, ResourceRecord, RunInstances, TagSpecification, TargetDescription, ZoneVpc,
};
use fargate_core::error::Reply;
use fargate_core::units::{Date, SimSpan};
use fargate_core::world::Budget;
use fargate_session::Session;
use fargate_session::network::{Asked, Card, Kind, Probe};
use fargate_session::scenarios::TEMPLATES;
use std::fmt::Write as _;

struct Made {
    session: Session,
    subnets: Vec<String>,
}

impl Made {
    fn make(&mut self, call: impl Into<Call>) -> String {
        match self.session.send(call.into()) {
            Ok(Reply::Made(id)) => id,
            other => panic!("{other:?}"),
        }
    }

    fn send(&mut self, call: impl Into<Call>) {
        self.session.send(call.into()).unwrap();
    }

    fn later(&mut self, seconds: u64) {
        self.session
            .advance(SimSpan::secs(seconds), Budget(u32::MAX));
    }

    fn titled(&self, kind: Kind, title: &str) -> Card {
        let cards = self.session.network().cards;
        let found = cards
            .into_iter()
            .find(|it| it.kind == kind && it.title == title);
        found.unwrap_or_else(|| panic!("there is no {title}"))
    }
}

/// A default VPC in which one of each stands: two instances behind a load balancer, a database, a file system, a zone and a host.
fn one_of_each() -> Made {
    let template = TEMPLATES
        .iter()
        .find(|it| it.name == "default-vpc")
        .unwrap();
    let mut session = Session::template(template, Date::new(2026, 6, 1)).unwrap();
    let vpc = session.view(SimSpan::secs(1)).vpc.unwrap().id.clone();
    let mut subnets: Vec<(String, String)> = session
        .network()
        .cards
        .into_iter()
        .filter(|card| card.kind == Kind::Subnet)
        .map(|card| (card.title, card.id))
        .collect();
    subnets.sort();
    let subnets: Vec<String> = subnets.into_iter().map(|(_, id)| id).collect();
    let mut made = Made { session, subnets };
    let default = made.titled(Kind::SecurityGroup, "default").id;
    made.send(AuthorizeSecurityGroupIngress {
        group_id: default.into(),
        ip_permissions: vec![IpPermission::tcp(80, "0.0.0.0/0")],
    });
    let (a, b) = (made.subnets[0].clone(), made.subnets[1].clone());
    let interface = |device_index, subnet: &str, address: &str| InstanceNetworkInterface {
        device_index,
        subnet_id: Some(subnet.into()),
        private_ip_address: Some(address.to_owned()),
        ..Default::default()
    };
    let instance = made.make(RunInstances {
        image_id: "ami-0".to_owned(),
        instance_type: Some("t3.small".to_owned()),
        min_count: 1,
        max_count: 1,
        network_interfaces: vec![
            interface(0, &a, "172.31.0.10"),
            interface(1, &a, "172.31.0.11"),
        ],
        tag_specifications: TagSpecification::name("instance", "bastion"),
        ..Default::default()
    });
    let address = made.make(AllocateAddress::default());
    made.later(60);
    made.make(AssociateAddress {
        allocation_id: address.into(),
        instance_id: Some(instance.as_str().into()),
        ..Default::default()
    });
    made.make(CreateDbSubnetGroup {
        name: "main".to_owned(),
        description: "main".to_owned(),
        subnet_ids: vec![a.as_str().into(), b.as_str().into()],
    });
    made.make(CreateDbInstance {
        identifier: "orders".to_owned(),
        class: "db.t3.micro".to_owned(),
        engine: "postgres".to_owned(),
        subnet_group: Some("main".to_owned()),
        publicly_accessible: Some(false),
        ..Default::default()
    });
    let system = made.make(CreateFileSystem {
        creation_token: "one".to_owned(),
        tags: Vec::new(),
    });
    made.make(CreateMountTarget {
        file_system_id: system.into(),
        subnet_id: b.as_str().into(),
        ip_address: Some("172.31.16.20".to_owned()),
        security_groups: Vec::new(),
    });
    let balancer = made.make(CreateLoadBalancer {
        name: "web".to_owned(),
        subnets: vec![a.into(), b.into()],
        ..Default::default()
    });
    let group = made.make(CreateTargetGroup {
        name: "web".to_owned(),
        protocol: Some("HTTP".to_owned()),
        port: Some(80),
        vpc_id: Some(vpc.as_str().into()),
        ..Default::default()
    });
    made.send(RegisterTargets {
        target_group_arn: group.as_str().into(),
        targets: vec![TargetDescription {
            id: instance,
            port: None,
        }],
    });
    made.make(CreateListener {
        load_balancer_arn: balancer.into(),
        protocol: "HTTP".to_owned(),
        port: 80,
        default_actions: vec![ListenerAction {
            kind: "forward".to_owned(),
            target_group_arn: Some(group.into()),
        }],
        ..Default::default()
    });
    let zone = made.make(CreateHostedZone {
        name: "internal.example".to_owned(),
        vpc: Some(ZoneVpc {
            region: None,
            id: vpc.as_str().into(),
        }),
        caller_reference: "one".to_owned(),
    });
    made.send(ChangeResourceRecordSets {
        hosted_zone_id: zone.into(),
        change_batch: ChangeBatch {
            changes: vec![RecordChange {
                action: "CREATE".to_owned(),
                record: RecordSet {
                    name: "bastion.internal.example".to_owned(),
                    kind: "A".to_owned(),
                    ttl: None,
                    records: vec![ResourceRecord {
                        value: "172.31.0.10".to_owned(),
                    }],
                },
            }],
        },
    });
    made.make(PutHost {
        name: "partner".to_owned(),
        address: Some("203.0.113.50".to_owned()),
        dns_names: vec!["api.partner.example".to_owned()],
    });
    made.later(600);
    made
}

/// A card as a few lines; what is drawn from the seed is left out.
fn told(card: &Card) -> String {
    let mut out = String::new();
    let state = card.state.as_ref().map_or("-", |state| &state.words);
    writeln!(out, "{} [{state}]", card.title).unwrap();
    let drawn = |name: &str| {
        matches!(
            name,
            "Public address" | "Elastic address" | "Name" | "Known in"
        ) || (name == "Private address" && card.kind == Kind::Database)
            || (name == "Subnet" && card.kind == Kind::Database)
    };
    for fact in &card.facts {
        let value = if drawn(fact.name) { "…" } else { &fact.value };
        writeln!(out, "  {}: {value}", fact.name).unwrap();
    }
    for list in &card.lists {
        writeln!(out, "  {}", list.title).unwrap();
        for line in &list.lines {
            let head = match list.title {
                "Nodes" => "…",
                "Targets" => line.head.split_once(':').map_or("", |(_, port)| port),
                _ => &line.head,
            };
            let words = line.words.split(", public ").next().unwrap_or_default();
            writeln!(out, "    {head} | {words} | {}", line.acts.len()).unwrap();
        }
    }
    let acts: Vec<&str> = card.acts.iter().map(|act| act.title).collect();
    writeln!(out, "  {}", acts.join(", ")).unwrap();
    out
}

#[test]
fn each_card_says_what_its_thing_is_and_what_can_be_done() {
    let made = one_of_each();
    let system = made.session.network().cards;
    let system = system.iter().find(|card| card.kind == Kind::FileSystem);
    let system = system.unwrap().title.clone();
    let target = format!("Mount target of {system} for us-east-1b");
    for (kind, title, expected) in [
        (
            Kind::Instance,
            "bastion",
            "bastion [running]\n  Type: t3.small\n  Image: ami-0\n  Subnet: Default a\n  Private address: 172.31.0.10\n  Public address: …\n  Group: default\n  Source/destination check: on\n  Elastic address: …\n  Interfaces\n    172.31.0.10 | in Default a | 0\n    172.31.0.11 | in Default a | 0\n  Source/destination check off, Source/destination check off, Detach interface, Take elastic address away, Terminate\n",
        ),
        (
            Kind::DatabaseSubnetGroup,
            "main",
            "main [-]\n  Subnets\n    us-east-1a | Default a | 0\n    us-east-1b | Default b | 0\n  Delete\n",
        ),
        (
            Kind::Database,
            "orders",
            "orders [available]\n  Engine: postgres, db.t3.micro\n  Port: 5432\n  Name: …\n  Subnet group: main\n  Subnet: …\n  Private address: …\n  Group: default\n  Delete, without a snapshot\n",
        ),
        (
            Kind::MountTarget,
            &target,
            "TARGET [available]\n  File system: SYSTEM\n  Subnet: Default b\n  Private address: 172.31.16.20\n  Group: default\n  Delete\n",
        ),
        (
            Kind::FileSystem,
            &system,
            "SYSTEM [-]\n  Name: …\n  Mount targets\n    172.31.16.20 | for us-east-1b | 0\n  Delete\n",
        ),
        (
            Kind::LoadBalancer,
            "web",
            "web [active]\n  Type: application, internet-facing\n  Name: …\n  Idle timeout: 60 s\n  Group: default\n  Nodes\n    … | in Default a | 0\n    … | in Default b | 0\n  Listeners\n    HTTP:80 | forwards to web | 1\n  Deletion protection on, Delete\n",
        ),
        (
            Kind::TargetGroup,
            "web",
            "web [-]\n  Targets are: instances\n  Protocol: HTTP:80\n  Health check: HTTP / every 30 s on the target's port; 200 is well\n  Drains for: 300 s\n  Load balancer: web\n  Targets\n    80 | Instance bastion | 1\n  Delete\n",
        ),
        (
            Kind::HostedZone,
            "internal.example",
            "internal.example [-]\n  Known in: …\n  Records\n    bastion.internal.example | 172.31.0.10 | 1\n  Delete\n",
        ),
        (
            Kind::Host,
            "partner",
            "partner [-]\n  Address: 203.0.113.50\n  Name: …\n  Take away\n",
        ),
    ] {
        let expected = expected.replace("TARGET", &target);
        let expected = expected.replace("SYSTEM", &system);
        assert_eq!(told(&made.titled(kind, title)), expected);
    }
}

#[test]
fn what_one_click_does_is_accepted_or_refused_by_aws_and_undone() {
    let made = one_of_each();
    let document = made.session.save();
    let open = || {
        let mut session = Session::open(&document).unwrap();
        session.advance(SimSpan::secs(0), Budget(u32::MAX));
        session
    };
    let mut count = 0;
    for card in open().network().cards {
        let lines = card.lists.iter().flat_map(|list| &list.lines);
        for act in lines.flat_map(|line| &line.acts).chain(&card.acts) {
            count += 1;
            let mut trial = open();
            let before = trial.network();
            match trial.send(act.call.clone()) {
                Ok(_) => {
                    assert_ne!(trial.network(), before, "{}", act.about);
                    assert!(trial.undo().is_some(), "{}", act.about);
                }
                Err(error) => assert!(!error.cure.is_empty(), "{}: {error}", act.about),
            }
            assert_eq!(trial.network(), before, "{}", act.about);
        }
    }
    assert!(count > 30, "{count}");
}

#[test]
fn what_leads_somewhere_leads_to_a_card() {
    let cards = one_of_each().session.network();
    for card in &cards.cards {
        let facts = card.facts.iter().filter_map(|fact| fact.leads_to.as_ref());
        let lines = card.lists.iter().flat_map(|list| &list.lines);
        let lines = lines.filter_map(|line| line.leads_to.as_ref());
        for id in facts.chain(lines) {
            assert!(cards.card(id).is_some(), "{} leads to {id}", card.title);
        }
    }
    let mut ids: Vec<&str> = cards.cards.iter().map(|card| card.id.as_str()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "each id is of one card");
}

#[test]
fn a_refusal_leads_to_what_its_arn_names() {
    let mut made = one_of_each();
    let group = made.titled(Kind::TargetGroup, "web");
    let delete = group.acts.last().unwrap().call.clone();
    let error = made.session.send(delete).unwrap_err();
    assert_eq!(error.code, "ResourceInUse");
    let cards = made.session.network();
    let named = cards.named_in(&error.message);
    assert_eq!(named.len(), 1);
    assert_eq!(named[0].id, group.id);
}

#[test]
fn an_instance_sends_requests_to_a_task_that_are_counted() {
    let template = TEMPLATES.iter().find(|it| it.name == "ec2-and-fargate");
    let session = Session::template(template.unwrap(), Date::new(2026, 6, 1)).unwrap();
    let mut made = Made {
        session,
        subnets: Vec::new(),
    };
    let cards = made.session.network().cards;
    let interface = |owner: &str| {
        let mut cards = cards.iter().filter(|card| card.kind == Kind::Interface);
        let found = cards.find(|card| card.title.starts_with(owner));
        found.unwrap().id.clone()
    };
    let mut asked = Asked {
        from: interface("Instance"),
        to: interface("Task"),
        probe: Probe::Curl,
        port: 80,
    };
    let before = made.session.view(SimSpan::secs(1)).requests.delivered;
    let call = made.session.requests(&asked, 20, 100).unwrap();
    made.send(call);
    made.later(10);
    let requests = made.session.view(SimSpan::secs(1)).requests;
    assert!(requests.delivered >= before + 20, "{requests:?}");
    assert_eq!(requests.denied, 0);
    // only tasks answer requests
    std::mem::swap(&mut asked.from, &mut asked.to);
    assert_eq!(made.session.requests(&asked, 1, 10), None);
}

#[test]
fn what_stands_there_is_reached_by_its_names() {
    let made = one_of_each();
    let bastion = made.titled(Kind::Instance, "bastion");
    let interface = bastion.lists[0].lines[0].leads_to.clone().unwrap();
    let balancer = made.titled(Kind::LoadBalancer, "web");
    let fact = |card: &Card, name: &str| {
        let mut facts = card.facts.iter();
        let found = facts.find(|fact| fact.name == name);
        found.unwrap().value.clone()
    };
    let database = fact(&made.titled(Kind::Database, "orders"), "Name");
    let named = fact(&balancer, "Name");
    for (from, to, port, title) in [
        ("internet", balancer.id.as_str(), 80, "Reachable"),
        ("internet", &named, 80, "Reachable"),
        ("partner", &named, 80, "Reachable"),
        (&interface, &database, 5_432, "Reachable"),
        (&interface, "bastion.internal.example", 80, "Reachable"),
        (&interface, "partner", 443, "Reachable"),
    ] {
        let asked = Asked {
            from: from.to_owned(),
            to: to.to_owned(),
            probe: Probe::Curl,
            port,
        };
        let answer = made.session.probe(&asked).unwrap();
        assert_eq!(answer.title, title, "{to}: {answer:?}");
    }
}
