//! Other blocks for a subnet: resized, split, merged; what stands in the way, and what is deleted and made.

use crate::account::Account;
use crate::tools::person::Person;
use fargate_core::call::{CreateSubnet, TagSpecification};
use fargate_core::ids::SubnetId;
use fargate_session::tools::{Change, Ground, Hand, ResizeHand, Tool, remade};

/// The shipped network with these subnets beside Public a, 172.31.1.0/24: name, block, zone.
fn with(subnets: &[(&str, &str, &str)]) -> Person {
    let mut account = Account::first_light();
    let vpc = account.view().vpc.unwrap().id.clone();
    for (name, block, zone) in subnets {
        account.must(CreateSubnet {
            vpc_id: vpc.as_str().into(),
            cidr_block: (*block).to_owned(),
            availability_zone: Some((*zone).to_owned()),
            tag_specifications: TagSpecification::name("subnet", name),
            ..Default::default()
        });
    }
    Person::over(Tool::Resize, account)
}

fn id(person: &Person, name: &str) -> SubnetId {
    let card = person.things.subnets.iter().find(|card| card.name == name);
    card.unwrap().id.clone()
}

#[test]
fn blocks_grow_by_their_other_half_split_in_halves_and_merge_with_the_buddy() {
    let (a, b) = ("us-east-1a", "us-east-1b");
    let beside = [
        ("Three", "172.31.3.0/24", b),
        ("Six", "172.31.6.0/24", b),
        ("Seven", "172.31.7.0/24", b),
        ("Eight", "172.31.8.0/24", b),
        ("Nine", "172.31.9.0/24", a),
        ("Ten", "172.31.10.0/24", b),
        ("Eleven", "172.31.11.0/25", b),
        ("Small", "172.31.20.0/28", b),
    ];
    let person = with(&beside);
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    for (name, change, becomes) in [
        ("Three", Change::Resize(23), "172.31.2.0/23"),
        ("Three", Change::Resize(26), "172.31.3.0/26"),
        ("Three", Change::Split, "172.31.3.0/25, 172.31.3.128/25"),
        ("Six", Change::Merge, "172.31.6.0/23"),
        ("Seven", Change::Merge, "172.31.6.0/23"),
        ("Small", Change::Resize(27), "172.31.20.0/27"),
        ("Three", Change::Resize(24), "Three is a /24 already."),
        (
            "Six",
            Change::Resize(23),
            "Seven has addresses of 172.31.7.0/24, the other half of 172.31.6.0/23.",
        ),
        (
            "Three",
            Change::Resize(22),
            "Public a has addresses of 172.31.0.0/23, the other half of 172.31.0.0/22. 172.31.2.0 and 172.31.4.0 are not halves of one block.",
        ),
        (
            "Eight",
            Change::Merge,
            "Nine, the other half of 172.31.8.0/23, is in us-east-1a. A subnet lies in one zone.",
        ),
        (
            "Ten",
            Change::Merge,
            "172.31.11.0/24, the other half of 172.31.10.0/23, is not one subnet: Eleven has parts of it.",
        ),
        (
            "Three",
            Change::Merge,
            "No subnet has 172.31.2.0/24, the other half of 172.31.2.0/23. Resize Three to take it.",
        ),
        (
            "Small",
            Change::Split,
            "A /28 is the smallest subnet: it has no halves.",
        ),
        ("Eleven", Change::Resize(24), "172.31.11.0/24"),
    ] {
        let found = match remade(ground, &id(&person, name), change) {
            Ok(remade) => {
                let blocks = remade.made.iter().map(|(block, _)| block.to_string());
                blocks.collect::<Vec<_>>().join(", ")
            }
            Err(why) => why,
        };
        assert_eq!(found, becomes, "{name}, {change:?}");
    }
}

#[test]
fn the_block_after_is_no_other_half() {
    let person = with(&[
        ("Two", "172.31.2.0/24", "us-east-1b"),
        ("Three", "172.31.3.0/24", "us-east-1b"),
    ]);
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let why = remade(ground, &id(&person, "Three"), Change::Resize(23)).unwrap_err();
    assert_eq!(
        why,
        "Two has addresses of 172.31.2.0/24, the other half of 172.31.2.0/23. 172.31.3.0 and 172.31.4.0 are not halves of one block."
    );
}

#[test]
fn the_lower_edge_the_list_and_the_keys_ask_the_same() {
    for what in [
        "press edge of Public b, down 48, release",
        "click Public b, key Up",
        "keys, key Right, key Up",
    ] {
        let person = with(&[("Public b", "172.31.3.0/24", "us-east-1b")]).doing(what);
        let ground = Ground {
            things: &person.things,
            scene: &person.scene,
        };
        let Hand::Resize(hand) = &person.hand else {
            panic!("another tool")
        };
        assert!(hand.asking, "{what}");
        assert_eq!(
            hand.becomes(ground).as_deref(),
            Some("172.31.2.0/23, 507 free"),
            "{what}"
        );
        let plan = hand.plan(ground).unwrap();
        let mut account = person.account;
        account.session.gesture(&plan).unwrap();
        let view = account.view();
        let card = view.subnets.values().find(|card| card.name == "Public b");
        assert_eq!(card.unwrap().cidr, "172.31.2.0/23", "{what}");
        account.session.undo().unwrap();
        let view = account.view();
        let card = view.subnets.values().find(|card| card.name == "Public b");
        assert_eq!(card.unwrap().cidr, "172.31.3.0/24", "{what}");
    }
}

#[test]
fn what_a_subnet_was_given_its_halves_are_given_too() {
    let person = Person::in_template(Tool::Resize, "private-nat");
    let subnet = id(&person, "Private b");
    let mut person = person;
    let mut tasks = person.things.tasks.iter();
    let used = tasks.any(|task| task.subnet == subnet);
    person.hand = Hand::Resize(ResizeHand::of(subnet.clone(), Some(Change::Split)));
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let Hand::Resize(hand) = &mut person.hand else {
        panic!("another tool")
    };
    let residents = hand.residents(ground);
    assert_eq!(used, !residents.none());
    assert_eq!(
        hand.plan(ground).is_none(),
        used,
        "AWS refuses while it is in use"
    );
    // The tasks are stopped first; once their interfaces are gone the halves are made, and the tasks run again.
    let stop = hand.stop_tasks(ground);
    let account = &mut person.account;
    if used {
        account.session.gesture(&stop).unwrap();
    }
    account.wait(120);
    let hand = person.hand.clone();
    let mut after = Person::over(Tool::Resize, person.account);
    after.hand = hand;
    let ground = Ground {
        things: &after.things,
        scene: &after.scene,
    };
    let Hand::Resize(hand) = &after.hand else {
        panic!("another tool")
    };
    let plan = hand.plan(ground).unwrap();
    after.account.session.gesture(&plan).unwrap();
    let view = after.account.view();
    let halves = view
        .subnets
        .values()
        .filter(|card| card.name.starts_with("Private b"));
    let halves: Vec<_> = halves.collect();
    assert_eq!(halves.len(), 2);
    assert!(
        halves
            .iter()
            .all(|card| card.default_route == "default → nat")
    );
    let again = view
        .tasks
        .values()
        .filter(|task| halves.iter().any(|half| half.id == task.subnet));
    assert_eq!(again.count(), usize::from(used));
}

#[test]
fn a_subnet_in_use_says_what_will_be_replaced_and_what_is_in_the_way() {
    let person = Person::with(Tool::Resize).doing("keys, key Down");
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let Hand::Resize(hand) = &person.hand else {
        panic!("another tool")
    };
    assert!(
        hand.residents(ground)
            .sentence()
            .unwrap()
            .starts_with("1 task will be replaced")
    );
    assert!(hand.plan(ground).is_none());
    let person = Person::in_template(Tool::Resize, "private-nat").doing("click Public a, key Down");
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let Hand::Resize(hand) = &person.hand else {
        panic!("another tool")
    };
    assert_eq!(
        hand.residents(ground).sentence().as_deref(),
        Some(
            "AWS refuses with DependencyViolation while NAT gateway nat a has an address in it. Delete that first."
        )
    );
}
