//! Routes that lead elsewhere than to the internet gateway: their lines, and the tool that draws them.

use crate::account::Account;
use crate::tools::person::Person;
use fargate_core::call::{
    AcceptVpcPeeringConnection, AssociateVpcCidrBlock, Call, CreateEgressOnlyInternetGateway,
    CreateVpc, CreateVpcEndpoint, CreateVpcPeeringConnection,
};
use fargate_core::error::Reply;
use fargate_session::scene::{Key, Rect};
use fargate_session::tools::{Ground, Hand, Tool, route_words, ways};

fn made(account: &mut Account, call: impl Into<Call>) -> String {
    match account.must(call) {
        Reply::Made(id) => id,
        other => panic!("{other:?}"),
    }
}

/// The network of private tasks behind a NAT gateway, with every other way out of its VPC.
fn with_all() -> Account {
    let mut account = Person::in_template(Tool::Route, "private-nat").account;
    let vpc = account.view().vpc.unwrap().id.clone();
    account.must(AssociateVpcCidrBlock {
        vpc_id: vpc.as_str().into(),
        cidr_block: None,
        amazon_provided_ipv6_cidr_block: Some(true),
    });
    account.must(CreateEgressOnlyInternetGateway {
        vpc_id: vpc.as_str().into(),
        tag_specifications: Vec::new(),
    });
    account.must(CreateVpcEndpoint {
        vpc_endpoint_type: Some("Gateway".to_owned()),
        vpc_id: vpc.as_str().into(),
        service_name: "com.amazonaws.us-east-1.s3".to_owned(),
        ..Default::default()
    });
    let other = made(
        &mut account,
        CreateVpc {
            cidr_block: "10.9.0.0/16".to_owned(),
            ..Default::default()
        },
    );
    let peering = made(
        &mut account,
        CreateVpcPeeringConnection {
            vpc_id: vpc.as_str().into(),
            peer_vpc_id: other.as_str().into(),
            ..Default::default()
        },
    );
    account.must(AcceptVpcPeeringConnection {
        vpc_peering_connection_id: peering.as_str().into(),
    });
    account
}

fn lines(person: &Person) -> Vec<String> {
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let lines = person.scene.leads.iter();
    let mut words: Vec<String> = lines.map(|line| route_words(ground, line)).collect();
    words.sort();
    words
}

#[test]
fn routes_to_a_nat_gateway_are_lines_from_port_to_tile() {
    let person = Person::in_template(Tool::Route, "private-nat");
    assert_eq!(
        lines(&person),
        [
            "Route of Private a: 0.0.0.0/0 to NAT gateway nat a",
            "Route of Private b: 0.0.0.0/0 to NAT gateway nat a"
        ]
    );
    let nat = person.scene.tiles.iter().find(|it| it.card.name == "nat a");
    for line in &person.scene.leads {
        let subnet = person.scene.subnets.get(&line.subnet).unwrap();
        let (begin, end) = (line.points[0], *line.points.last().unwrap());
        assert!((begin.x - subnet.port).abs() < 0.1 && (begin.y - subnet.rect.y).abs() < 0.1);
        assert!(
            nat.unwrap()
                .rect
                .inset(-1.0)
                .contains(&Rect::new(end.x, end.y, 0.0, 0.0))
        );
        let gateway = person.scene.gateway.unwrap();
        let passes = line
            .points
            .iter()
            .any(|point| point.distance(gateway) < 1.0);
        assert!(!passes, "it does not pass the internet gateway");
        let right = line
            .points
            .windows(2)
            .all(|pair| (pair[0].x - pair[1].x).abs() < 0.1 || (pair[0].y - pair[1].y).abs() < 0.1);
        assert!(right, "it has right angles only: {:?}", line.points);
    }
}

#[test]
fn every_way_out_stands_on_the_edge_apart_from_the_others_and_can_have_the_focus() {
    let person = Person::over(Tool::Route, with_all());
    let vpc = person.scene.vpc.unwrap().rect;
    let exits = &person.scene.exits;
    let names: Vec<&str> = exits.iter().map(|exit| exit.exit.name.as_str()).collect();
    assert_eq!(names, ["IPv6 out", "s3", "10.9.0.0/16"]);
    for (place, exit) in exits.iter().enumerate() {
        let on_edge = exit.rect.y < vpc.y && exit.rect.bottom() > vpc.y;
        assert!(
            on_edge || exit.rect.bottom() > vpc.bottom(),
            "{}",
            exit.exit.name
        );
        assert!(
            exits
                .iter()
                .skip(place + 1)
                .all(|other| !other.rect.overlaps(&exit.rect))
        );
        let key = Key::Exit(exit.exit.id.clone());
        assert!(person.scene.outline.iter().any(|item| item.key == key));
    }
}

#[test]
fn the_tool_leads_a_subnet_to_any_of_them_and_back() {
    for (goal, title, button, line) in [
        (
            "IPv6 out",
            "Route of Private a to Egress-only gateway",
            "Change both",
            "Route of Private a: ::/0 to Egress-only gateway",
        ),
        (
            "s3",
            "Route of Private a to Gateway endpoint s3",
            "Change both",
            "Route of Private a: pl-",
        ),
        (
            "10.9.0.0/16",
            "Route of Private a to Peering connection to 10.9.0.0/16",
            "Change both",
            "Route of Private a: 10.9.0.0/16 to Peering connection to 10.9.0.0/16",
        ),
    ] {
        let ways_to_draw = [
            format!("press Private a, to {goal}, release"),
            format!("click Private a, click {goal}"),
        ];
        for what in ways_to_draw {
            let person = Person::over(Tool::Route, with_all()).doing(&what);
            let Hand::Route(hand) = &person.hand else {
                panic!("another tool")
            };
            let ask = hand.ask.clone().unwrap();
            assert_eq!(
                (ask.title().as_str(), ask.button()),
                (title, button),
                "{what}"
            );
            let mut account = person.account;
            account.session.gesture(&ask.plan()).unwrap();
            let person = Person::over(Tool::Route, account).doing(&what);
            assert!(
                lines(&person).iter().any(|words| words.starts_with(line)),
                "{what}: {:?}",
                lines(&person)
            );
            // The same again takes it out.
            let Hand::Route(hand) = &person.hand else {
                panic!("another tool")
            };
            let ask = hand.ask.clone().unwrap();
            assert_eq!(ask.button(), "Remove the route", "{what}");
            let mut account = person.account;
            account.session.gesture(&ask.plan()).unwrap();
            let person = Person::over(Tool::Route, account);
            assert!(!lines(&person).iter().any(|words| words.starts_with(line)));
        }
    }
}

#[test]
fn keys_choose_what_a_route_leads_to() {
    let keys = "click Private a, key Right, key Right";
    let person = Person::over(Tool::Route, with_all()).doing(keys);
    assert_eq!(
        person.outcome(),
        "says: From Private a to Egress-only gateway? Arrow keys to choose, Enter to take it."
    );
    let person = person.doing("key Left, key Enter");
    let Hand::Route(hand) = &person.hand else {
        panic!("another tool")
    };
    let ask = hand.ask.clone().unwrap();
    assert_eq!(ask.button(), "Remove the route");
    assert!(
        ask.sentence()
            .contains("Without it, nothing of Private a goes that way.")
    );
}

#[test]
fn a_default_route_that_leads_elsewhere_is_led_here_instead() {
    let person =
        Person::over(Tool::Route, with_all()).doing("press Private a, to gateway, release");
    let Hand::Route(hand) = &person.hand else {
        panic!("another tool")
    };
    let ask = hand.ask.clone().unwrap();
    assert_eq!(
        ask.sentence(),
        "0.0.0.0/0 leads to NAT gateway nat a in route table Private now. It will lead to the internet gateway: Private a becomes public."
    );
    let mut account = person.account;
    account.session.gesture(&ask.own_plan()).unwrap();
    let view = account.view();
    let private = |name: &str| {
        view.subnets
            .values()
            .any(|card| card.name == name && !card.public)
    };
    assert!(
        !private("Private a") && private("Private b"),
        "its own table is for it alone"
    );
}

#[test]
fn the_lines_of_a_subnet_are_walked_to_their_other_ends() {
    let person = Person::in_template(Tool::Route, "private-nat");
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let card = person
        .things
        .subnets
        .iter()
        .find(|it| it.name == "Private a");
    let from = Key::Subnet(card.unwrap().id.clone());
    let ways_out = ways(ground, &from);
    assert_eq!(
        ways_out[0].words,
        "Route of Private a: 0.0.0.0/0 to NAT gateway nat a"
    );
    let back = ways(ground, &ways_out[0].to);
    assert!(back.iter().any(|way| way.to == from));
}
