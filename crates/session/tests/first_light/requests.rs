//! Requests from the Internet: where they pass, where they stop, why, and the cures.

use crate::account::Account;
use fargate_core::call::{
    Call, CreateRoute, DeleteRoute, PutHost, SendRequests, SetTraffic, TrafficSource, TrafficTarget,
};
use fargate_core::error::Reply;
use fargate_core::units::SimSpan;
use fargate_core::wire::parse;
use fargate_core::world::Budget;
use fargate_session::view::{FlightEnd, Place};

#[test]
fn a_request_passes_the_parts_in_aws_order() {
    let mut account = Account::first_light();
    let task = account.task();
    let (end, id) = account.request(&task, 8080);
    assert_eq!(end, FlightEnd::Delivered);
    let card = account.session.trace(id).unwrap();
    let steps: Vec<&str> = card.steps.iter().map(|step| step.part.as_str()).collect();
    let expected = [
        "The internet gateway, in",
        "NACL of Public a, in",
        "web, in",
        "scorekeep-frontend",
        "NACL of Public a, out, answer",
        "Route table of Public a, out, answer",
        "The internet gateway, out, answer",
    ];
    assert_eq!(steps, expected);
    assert!(card.steps.iter().all(|step| step.passed) && card.fixes.is_empty());
}

#[test]
fn without_its_rule_the_group_stops_the_request_and_the_cure_works() {
    let mut account = Account::first_light();
    let task = account.task();
    account.remove_rule(8080, "0.0.0.0/0");
    account.allow(22, "203.0.113.0/24");
    let (end, id) = account.request(&task, 8080);
    assert_eq!(end, FlightEnd::Denied);
    let card = account.session.trace(id).unwrap();
    assert_eq!(
        (card.title.as_str(), card.code),
        ("Denied at web", Some("ENI_SG_RULES_MISMATCH"))
    );
    let last = card.steps.last().unwrap();
    assert_eq!(
        (last.part.as_str(), last.rule.as_str(), last.passed),
        ("web, in", "no match", false)
    );
    assert!(matches!(last.place, Place::Group(_)));
    assert!(
        card.sentence
            .contains("It allows TCP 22 from 203.0.113.0/24, not TCP 8080"),
        "{}",
        card.sentence
    );
    let titles: Vec<&str> = card.fixes.iter().map(|fix| fix.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "Allow TCP 8080 from 203.0.113.9",
            "Allow TCP 8080 from anywhere"
        ],
        "the narrowest first"
    );
    for call in &card.fixes[0].calls {
        account.must(call.clone());
    }
    assert_eq!(account.request(&task, 8080).0, FlightEnd::Delivered);
}

#[test]
fn a_group_with_no_rule_at_all_is_told_apart() {
    let mut account = Account::first_light();
    let task = account.task();
    account.remove_rule(8080, "0.0.0.0/0");
    let (_, id) = account.request(&task, 8080);
    assert_eq!(
        account.session.trace(id).unwrap().code,
        Some("SG_HAS_NO_RULES")
    );
}

#[test]
fn a_port_where_nothing_listens_refuses_at_once() {
    let mut account = Account::first_light();
    let task = account.task();
    account.allow(9090, "0.0.0.0/0");
    let (end, id) = account.request(&task, 9090);
    assert_eq!(end, FlightEnd::Refused);
    assert!(
        account.session.trace(id).unwrap().fixes.is_empty(),
        "no rule cures that"
    );
}

#[test]
fn without_a_default_route_the_answer_cannot_leave_and_the_cure_is_the_route() {
    let mut account = Account::first_light();
    let task = account.task();
    let vpc = account.view().vpc.unwrap();
    let table = vpc.main_route_table.as_str();
    account.must(DeleteRoute {
        route_table_id: table.into(),
        destination_cidr_block: Some("0.0.0.0/0".to_owned()),
        ..Default::default()
    });
    let (end, id) = account.request(&task, 8080);
    assert_eq!(end, FlightEnd::Denied);
    let card = account.session.trace(id).unwrap();
    assert_eq!(card.code, Some("NO_ROUTE_TO_DESTINATION"));
    assert_eq!(card.fixes.len(), 1);
    let cure = CreateRoute {
        route_table_id: table.into(),
        destination_cidr_block: Some("0.0.0.0/0".to_owned()),
        gateway_id: Some(vpc.internet_gateway.clone().unwrap()),
        ..Default::default()
    };
    assert_eq!(card.fixes[0].calls, [cure.into()]);
    account.must(card.fixes[0].calls[0].clone());
    assert_eq!(account.request(&task, 8080).0, FlightEnd::Delivered);
}

#[test]
fn a_task_that_gave_its_address_back_is_not_found_by_the_gateway() {
    let mut account = Account::first_light();
    let task = account.task();
    account.stop(&task);
    account.wait(60);
    let (end, id) = account.request(&task, 8080);
    assert_eq!(end, FlightEnd::Denied);
    let card = account.session.trace(id).unwrap();
    assert_eq!(card.code, Some("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"));
    assert_eq!(card.steps.len(), 1);
}

#[test]
fn two_containers_of_a_task_talk_over_localhost_past_every_group() {
    use fargate_core::network::{Ending, Endpoint, Flow};
    let mut account = Account::first_light();
    let task = account.task();
    account.remove_rule(8080, "0.0.0.0/0");
    let interface = account.card(&task).interface.unwrap().id;
    let from = Endpoint::Interface(interface);
    let flow = Flow::tcp(from, std::net::Ipv4Addr::LOCALHOST, 5000);
    let trace = account.session.world().network().walk(&flow);
    assert_eq!(trace.ending, Ending::Delivered);
}

#[test]
fn both_ends_of_requests_are_offered_by_name_and_what_lasts_can_be_ended() {
    let mut account = Account::first_light();
    let task = account.task();
    account.must(PutHost {
        name: "partner".to_owned(),
        address: Some("203.0.113.50".to_owned()),
        dns_names: vec!["api.partner.example".to_owned()],
    });
    let cards = account.session.traffic();
    let senders: Vec<&str> = cards.senders.iter().map(|it| it.1.as_str()).collect();
    let name = format!("scorekeep {}", task.short());
    assert_eq!(senders, ["the Internet", name.as_str(), "partner"]);
    let [(target, named, port)] = &cards.targets[..] else {
        panic!("{:?}", cards.targets);
    };
    assert_eq!((target, named), (&TrafficTarget::Task(task.clone()), &name));
    assert_eq!(*port, Some(8080));
    let [stream] = &cards.streams[..] else {
        panic!("{:?}", cards.streams);
    };
    assert!(
        stream
            .words
            .starts_with(&format!("the Internet → {name} on port 8080, ")),
        "{}",
        stream.words
    );
    account.must(stream.end.clone());
    account.must(SetTraffic {
        from: TrafficSource::Host("partner".into()),
        to: TrafficTarget::Name("198.51.100.250".into()),
        port: 80,
        rate_tenths: 5,
    });
    let streams = account.session.traffic().streams;
    let words: Vec<&str> = streams.iter().map(|it| it.words.as_str()).collect();
    assert_eq!(words, ["partner → 198.51.100.250 on port 80, 0.5 a second"]);
    let rates = |account: &mut Account| {
        let requests = account.view().requests;
        (requests.rate_tenths, requests.internet_tenths)
    };
    assert_eq!(rates(&mut account), (5, 5), "a host is on the Internet");
    let task = account.view().tasks.iter().next().unwrap().0.clone();
    account.must(SetTraffic {
        from: TrafficSource::Task(task.clone()),
        to: task.into(),
        port: 8080,
        rate_tenths: 20,
    });
    assert_eq!(rates(&mut account), (25, 5), "a task is not");
}

/// Sends a call as it is saved, and gives the id of what it made.
fn made(account: &mut Account, text: &str) -> String {
    let call: Call = parse(text).unwrap_or_else(|error| panic!("{error} in {text}"));
    match account.must(call) {
        Reply::Made(id) => id,
        _ => String::new(),
    }
}

#[test]
fn a_request_to_what_is_no_task_is_drawn_explained_and_sent_again() {
    let mut account = Account::first_light();
    let (a, b) = (account.subnet(), account.add_subnet("172.31.2.0/24"));
    let vpc = account.view().vpc.unwrap().id.clone();
    let server = made(
        &mut account,
        &format!(
            r#"{{"action":"ec2:RunInstances","input":{{"ImageId":"ami-1","MinCount":1,"MaxCount":1,"SubnetId":"{b}"}}}}"#
        ),
    );
    let web = made(
        &mut account,
        &format!(
            r#"{{"action":"elbv2:CreateLoadBalancer","input":{{"Name":"web","Subnets":["{a}","{b}"],"Scheme":"internal"}}}}"#
        ),
    );
    let group = made(
        &mut account,
        &format!(
            r#"{{"action":"elbv2:CreateTargetGroup","input":{{"Name":"tasks","Protocol":"HTTP","Port":8080,"VpcId":"{vpc}","TargetType":"ip"}}}}"#
        ),
    );
    made(
        &mut account,
        &format!(
            r#"{{"action":"elbv2:CreateListener","input":{{"LoadBalancerArn":"{web}","Protocol":"HTTP","Port":80,"DefaultActions":[{{"Type":"forward","TargetGroupArn":"{group}"}}]}}}}"#
        ),
    );
    account
        .session
        .advance(SimSpan::secs(300), Budget(u32::MAX));
    let to_server = TrafficTarget::Instance(server.as_str().into());
    let to_web = TrafficTarget::LoadBalancer(web.as_str().into());
    let from = || TrafficSource::Instance(server.as_str().into());
    for (to, title, sentence, again) in [
        (to_server.clone(), "Delivered", "answers", None),
        (
            to_web.clone(),
            "The load balancer answers 503",
            "The target group has no target that gets requests, so the load balancer answers 503.",
            Some(to_web.clone()),
        ),
    ] {
        account.must(SendRequests {
            from: from(),
            to,
            port: 80,
            count: 1,
            rate_tenths: 10,
        });
        account.session.advance(SimSpan(10), Budget(u32::MAX));
        let view = account.view();
        let flight = view
            .flights
            .iter()
            .rev()
            .find(|it| !it.label.is_empty())
            .unwrap();
        let card = account.session.trace(flight.id).unwrap();
        assert!(card.title.starts_with(title), "{}", card.title);
        assert!(card.sentence.contains(sentence), "{}", card.sentence);
        assert!(
            flight.places.iter().any(|it| matches!(it, Place::Tile(_))),
            "{:?}",
            flight.places
        );
        let call = card
            .again
            .and_then(|call| call.input::<SendRequests>().cloned());
        if let Some(to) = again {
            assert_eq!(call.map(|it| (it.from, it.to)), Some((from(), to)));
        }
    }

    // with a target the way goes on from the node, and the answered error stays in its minute
    let task = account.task();
    let address = account
        .card(&task)
        .interface
        .map(|it| it.private_ip.to_string());
    let address = address.unwrap();
    made(
        &mut account,
        &format!(
            r#"{{"action":"elbv2:RegisterTargets","input":{{"TargetGroupArn":"{group}","Targets":[{{"Id":"{address}"}}]}}}}"#
        ),
    );
    account.wait(120);
    account.must(SendRequests {
        from: from(),
        to: to_web,
        port: 80,
        count: 1,
        rate_tenths: 10,
    });
    account.session.advance(SimSpan(10), Budget(u32::MAX));
    let view = account.view();
    let flight = view.flights.iter().rev().find(|it| !it.label.is_empty());
    let flight = flight.unwrap();
    assert_eq!(flight.end, FlightEnd::Delivered);
    let node = flight
        .places
        .iter()
        .rposition(|it| matches!(it, Place::Tile(_)));
    assert!(node.is_some_and(|node| node > 0), "{:?}", flight.places);
    assert_eq!(flight.places.last(), Some(&Place::Container(task, 0)));
    let card = account.session.trace(flight.id).unwrap();
    let group = card
        .steps
        .iter()
        .find(|it| it.part == "Target group tasks, out");
    let group = group.unwrap();
    assert_eq!(group.rule, format!("chooses {address}:8080"));
    assert!(matches!(group.place, Place::Tile(_)), "{group:?}");

    account.wait(60);
    let counted: Vec<[u32; 3]> = (1..=account.session.minutes())
        .flat_map(|minute| account.session.request_points(minute))
        .filter(|point| point.balancer.as_deref() == Some("web"))
        .map(|point| point.sums.map(|(_, sum)| sum))
        .collect();
    assert_eq!(
        counted,
        [[0, 1, 0], [1, 0, 0]],
        "503 without a target, then one that a target answered"
    );
}
