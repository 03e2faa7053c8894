//! What is placed by one gesture, and what says why it cannot stand there.

use crate::account::Account;
use crate::tools::person::Person;
use fargate_core::call::{CreateDbInstance, CreateDbSubnetGroup, CreateLoadBalancer};
use fargate_session::Plan;
use fargate_session::scene::Key;
use fargate_session::tools::{Deed, Form, Ground, Placed, Placing, Target, Tool, deeds};

fn placings(person: &Person, key: Key) -> Vec<Placing> {
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let deeds = deeds(ground, &Target::Thing(key)).into_iter();
    deeds
        .filter_map(|deed| match deed {
            Deed::Place(placing) => Some(placing),
            _ => None,
        })
        .collect()
}

fn subnet(person: &Person, name: &str) -> Key {
    let card = person.things.subnets.iter().find(|card| card.name == name);
    Key::Subnet(card.unwrap().id.clone())
}

/// The calls of a placing; a form is sent as it is offered, with the first of its choices.
fn plan_of(how: Placed) -> Plan {
    let form = match how {
        Placed::Done(plan) => return plan,
        Placed::Asked(form) => form,
    };
    match form {
        Form::Database {
            name,
            group,
            subnets,
            zone,
        } => Plan::of(CreateDbSubnetGroup {
            name: group.clone(),
            description: group.clone(),
            subnet_ids: subnets,
        })
        .then(CreateDbInstance {
            identifier: name,
            class: "db.t3.micro".to_owned(),
            engine: "mysql".to_owned(),
            allocated_storage: Some(20),
            master_username: Some("admin".to_owned()),
            subnet_group: Some(group),
            availability_zone: Some(zone),
            publicly_accessible: Some(false),
            ..Default::default()
        }),
        Form::Balancer {
            name,
            subnets,
            public,
        } => Plan::of(CreateLoadBalancer {
            name,
            subnets,
            scheme: Some(
                if public {
                    "internet-facing"
                } else {
                    "internal"
                }
                .to_owned(),
            ),
            ..Default::default()
        }),
        Form::Peering => panic!("nobody knows with whom"),
    }
}

/// Places what a menu's line says; gives the names of the tiles and ways out that are new, in order.
fn place(person: Person, key: Key, words: &str) -> Result<Vec<String>, String> {
    let placing = placings(&person, key)
        .into_iter()
        .find(|it| it.words == words);
    let plan = plan_of(placing.unwrap().how?);
    let names = |person: &Person| {
        let tiles = person
            .scene
            .tiles
            .iter()
            .map(|it| it.card.kind.title().to_owned());
        let exits = person.scene.exits.iter().map(|it| it.exit.words());
        tiles.chain(exits).collect::<Vec<_>>()
    };
    let before = names(&person);
    let mut account = person.account;
    account
        .session
        .gesture(&plan)
        .unwrap_or_else(|refused| panic!("{words}: {refused:?}"));
    let person = Person::over(Tool::Route, account);
    let mut new = names(&person);
    for old in before {
        let place = new.iter().position(|name| *name == old).unwrap();
        new.remove(place);
    }
    Ok(new)
}

#[test]
fn a_menu_places_what_aws_takes() {
    let two = || {
        let mut account = Account::first_light();
        account.add_subnet("172.31.2.0/24");
        Person::over(Tool::Route, account)
    };
    let a = || subnet(&two(), "Public a");
    for (key, words, new) in [
        (a(), "Place a NAT gateway", vec!["NAT gateway"]),
        (
            a(),
            "Place an ECR endpoint",
            vec!["Interface endpoint", "Interface endpoint"],
        ),
        (a(), "Place a database", vec!["Database"]),
        (
            a(),
            "Place a load balancer",
            vec!["Load balancer", "Load balancer"],
        ),
        (
            Key::Vpc,
            "Place an egress-only gateway",
            vec!["Egress-only gateway"],
        ),
        (
            Key::Vpc,
            "Place an S3 endpoint",
            vec!["Gateway endpoint s3"],
        ),
        (
            Key::Vpc,
            "Place a load balancer",
            vec!["Load balancer", "Load balancer"],
        ),
    ] {
        assert_eq!(
            place(two(), key, words),
            Ok(new.into_iter().map(str::to_owned).collect()),
            "{words}"
        );
    }
}

#[test]
fn what_cannot_stand_there_says_why() {
    let one = || Person::with(Tool::Route);
    let nat = || Person::in_template(Tool::Route, "private-nat");
    let private = subnet(&nat(), "Private a");
    let public = subnet(&one(), "Public a");
    for (person, key, words, why) in [
        (
            nat(),
            private,
            "Place a NAT gateway",
            "A NAT gateway needs a public subnet: it goes out by the internet gateway itself, and Private a has no route there.",
        ),
        (
            one(),
            public,
            "Place a database",
            "A database needs subnets in two zones, also where it stands in one. Draw another first.",
        ),
    ] {
        assert_eq!(place(person, key, words), Err(why.to_owned()), "{words}");
    }
}

#[test]
fn a_load_balancer_is_one_bar_with_an_address_in_each_zone() {
    let mut account = Account::first_light();
    account.add_subnet("172.31.2.0/24");
    let person = Person::over(Tool::Route, account);
    let key = subnet(&person, "Public a");
    let mut found = placings(&person, key).into_iter();
    let placing = found
        .find(|it| it.words == "Place a load balancer")
        .unwrap();
    let mut account = person.account;
    account
        .session
        .gesture(&plan_of(placing.how.unwrap()))
        .unwrap();
    let person = Person::over(Tool::Route, account);
    let nodes = &person.scene.tiles;
    assert_eq!(nodes.len(), 2);
    let bar = nodes[0].drawn.or(nodes[1].drawn).unwrap();
    assert_eq!(
        nodes.iter().filter(|node| node.drawn.is_some()).count(),
        1,
        "one box"
    );
    for node in nodes {
        assert!(bar.contains(&node.rect), "each address lies in the bar");
        let subnet = person.scene.subnets.get(&node.card.subnet).unwrap().rect;
        assert!(subnet.contains(&node.rect), "and in its own zone's subnet");
    }
    let frames = &person.scene.frames;
    assert!(frames.iter().all(|frame| !frame.rect.overlaps(&bar)));
}
