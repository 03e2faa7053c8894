//! Subnets: by dragging down in a zone, by click, by keys.

use crate::tools::person::Person;
use fargate_session::tools::{Ground, Hand, Tool};

#[test]
fn a_subnet_is_drawn_by_dragging_down_in_a_zone_or_by_click_or_by_keys() {
    let free = |prefix: u8, first: &str, free: &str| {
        format!("says: Slash {prefix}, {first}, {free} free. Up and down to resize.")
    };
    for (what, comes) in [
        // Nothing is done on a press, and the height has a detent every 48 pixels.
        ("press zone b", "nothing".to_owned()),
        ("press zone b, down 3", "nothing".to_owned()),
        ("press zone b, down 20", free(28, "172.31.2.0", "11")),
        ("press zone b, down 20, down 20", "nothing".to_owned()),
        (
            "press zone b, down 20, down 30",
            free(27, "172.31.2.0", "27"),
        ),
        ("press zone b, down 150", free(25, "172.31.2.0", "123")),
        ("press zone b, down 200", free(24, "172.31.2.0", "251")),
        (
            "press zone b, down 200, release",
            "ec2:CreateSubnet 172.31.2.0/24 us-east-1b 'Public b'".to_owned(),
        ),
        (
            "press zone a, down 200, release",
            "ec2:CreateSubnet 172.31.2.0/24 us-east-1a 'Public a 2'".to_owned(),
        ),
        // No /16 is free beside Public a: the largest that is takes its place.
        (
            "press zone c, down 20, down 900",
            "says: No slash 16 is free. Slash 17, 172.31.128.0, 32763 free. Up and down to resize."
                .to_owned(),
        ),
        (
            "press zone b, down 20, to nowhere, release",
            "ec2:CreateSubnet 172.31.2.0/28 us-east-1b 'Public b'".to_owned(),
        ),
        ("press nowhere", "dropped".to_owned()),
        ("press nowhere, release", "nothing".to_owned()),
        ("press zone b, down 200, key Escape", "dropped".to_owned()),
        (
            "press zone b, down 200, key Escape, release",
            "nothing".to_owned(),
        ),
        ("key Escape", "left".to_owned()),
        // A click asks for the size.
        (
            "click zone b",
            format!("says: us-east-1b. {}", &free(24, "172.31.2.0", "251")[6..]),
        ),
        (
            "click zone b, key Down, key Enter",
            "ec2:CreateSubnet 172.31.2.0/25 us-east-1b 'Public b'".to_owned(),
        ),
        // Keys: zones left and right, sizes up and down.
        (
            "keys",
            format!("says: us-east-1a. {}", &free(24, "172.31.2.0", "251")[6..]),
        ),
        (
            "keys, key Right",
            format!("says: us-east-1b. {}", &free(24, "172.31.2.0", "251")[6..]),
        ),
        (
            "keys, key Left",
            format!("says: us-east-1c. {}", &free(24, "172.31.2.0", "251")[6..]),
        ),
        ("keys, key Up", free(23, "172.31.2.0", "507")),
        (
            "keys, key Right, key Up, key Enter",
            "ec2:CreateSubnet 172.31.2.0/23 us-east-1b 'Public b'".to_owned(),
        ),
        ("keys, key Escape", "dropped".to_owned()),
        ("keys, key Escape, key Escape", "left".to_owned()),
    ] {
        let person = Person::with(Tool::Subnet).doing(what);
        assert_eq!(person.outcome(), comes, "{what}");
    }
}

#[test]
fn a_typed_block_that_cannot_be_is_told_with_one_that_can() {
    for (typed, words, cure) in [
        (
            "172.31.1.128/25",
            "172.31.1.128/25 overlaps Public a, 172.31.1.0/24.",
            Some("172.31.2.0/25"),
        ),
        (
            "172.31.1.0/24",
            "172.31.1.0/24 overlaps Public a, 172.31.1.0/24.",
            Some("172.31.2.0/24"),
        ),
        (
            "172.31.0.0/16",
            "172.31.0.0/16 overlaps Public a, 172.31.1.0/24.",
            Some("172.31.128.0/17"),
        ),
        (
            "10.0.0.0/24",
            "10.0.0.0/24 is not in the VPC's 172.31.0.0/16.",
            Some("172.31.2.0/24"),
        ),
        (
            "172.31.4.0/29",
            "A subnet is a /16 to a /28; this is a /29.",
            Some("172.31.2.0/24"),
        ),
        (
            "172.31.4",
            "Write a block such as 172.31.4.0/24.",
            Some("172.31.2.0/24"),
        ),
        (
            "",
            "Write a block such as 172.31.4.0/24.",
            Some("172.31.2.0/24"),
        ),
    ] {
        let mut person = Person::with(Tool::Subnet).doing("click zone b");
        let ground = Ground {
            things: &person.things,
            scene: &person.scene,
        };
        let Hand::Subnet(hand) = &mut person.hand else {
            panic!("another tool")
        };
        hand.typed = Some(typed.to_owned());
        let problem = hand
            .problem(ground)
            .unwrap_or_else(|| panic!("{typed} is taken"));
        assert_eq!(
            (problem.words.as_str(), problem.cure.as_deref()),
            (words, cure),
            "{typed}"
        );
        assert!(hand.plan(ground).is_err(), "{typed}");
        hand.typed = problem.cure;
        let plan = hand
            .plan(ground)
            .unwrap_or_else(|problem| panic!("{problem:?}"));
        person
            .account
            .session
            .gesture(&plan)
            .unwrap_or_else(|refused| panic!("AWS refuses the cure of {typed}: {refused:?}"));
    }
}
