//! Routes, and where tasks are run.

use crate::account::Account;
use crate::tools::person::Person;
use fargate_session::tools::{Hand, Tool};
use serde_json::json;

#[test]
fn a_route_is_drawn_from_a_subnet_to_the_gateway_and_says_what_else_it_changes() {
    let mut account = Account::first_light();
    account.add_subnet("172.31.2.0/24");
    for what in [
        "press Public a, to gateway, release",
        "click Public a, click gateway",
        "keys, key Enter, key Enter",
        "click Public a, click Internet",
    ] {
        let person = Person::over(
            Tool::Route,
            Account {
                session: fargate_session::Session::open(&account.session.save()).unwrap(),
            },
        )
        .doing(what);
        let Hand::Route(hand) = &person.hand else {
            panic!("another tool")
        };
        let ask = hand
            .ask
            .clone()
            .unwrap_or_else(|| panic!("{what}: {}", person.outcome()));
        assert_eq!(
            ask.also().as_deref(),
            Some("Also changes Public b, which uses the same route table."),
            "{what}"
        );
        assert_eq!(ask.button(), "Remove the route", "{what}");
        let mut account = person.account;
        account.session.gesture(&ask.plan()).unwrap();
        assert!(
            account.view().subnets.values().all(|card| !card.public),
            "{what}"
        );

        // And back: both are public again.
        let person = Person::over(Tool::Route, account).doing(what);
        let Hand::Route(hand) = &person.hand else {
            panic!("another tool")
        };
        let ask = hand.ask.clone().unwrap();
        assert_eq!(ask.button(), "Change both", "{what}");
        let mut account = person.account;
        account.session.gesture(&ask.plan()).unwrap();
        assert!(
            account.view().subnets.values().all(|card| card.public),
            "{what}"
        );
    }
    for (what, comes) in [
        ("press Public a, to nowhere, release", "dropped"),
        ("press Public a, to gateway, key Escape, release", "nothing"),
        ("keys, key Enter, key Escape, key Escape", "left"),
        ("click nowhere", "nothing"),
    ] {
        assert_eq!(
            Person::with(Tool::Route).doing(what).outcome(),
            comes,
            "{what}"
        );
    }
}

#[test]
fn without_a_gateway_a_route_makes_one_as_one_edit() {
    let document = json!({
        "format": "fargate-playground/scenario", "version": 1, "title": "t", "seed": 1, "asOf": "2026-06-01", "given": 1, "opensAt": 0,
        "runs": [{ "entries": [{ "at": 0, "call": { "action": "ec2:CreateVpc", "input": { "CidrBlock": "172.31.0.0/16" } } }], "end": 0 }],
        "current": 0
    });
    let mut account = Account {
        session: fargate_session::Session::open(&document.to_string()).unwrap(),
    };
    account.add_subnet("172.31.2.0/24");
    assert_eq!(account.view().vpc.unwrap().internet_gateway, None);
    let person = Person::over(Tool::Route, account).doing("press Public b, to Internet, release");
    let Hand::Route(hand) = &person.hand else {
        panic!("another tool")
    };
    let plan = hand.ask.clone().unwrap().plan();
    let mut account = person.account;
    account.session.gesture(&plan).unwrap();
    assert!(account.view().subnets.values().all(|card| card.public));
    account.session.undo().unwrap();
    assert_eq!(account.view().vpc.unwrap().internet_gateway, None);
}

#[test]
fn a_task_is_run_where_the_tool_points() {
    for (what, comes) in [
        ("click Public a", "run in Public a"),
        ("click nowhere", "nothing"),
        ("keys, key Enter", "run in Public a"),
        (
            "keys",
            "says: Public a, 250 free. Arrow keys to choose, Enter to run a task there, Escape to cancel.",
        ),
        ("key Escape", "left"),
    ] {
        assert_eq!(
            Person::with(Tool::Task).doing(what).outcome(),
            comes,
            "{what}"
        );
    }
}

#[test]
fn single_letters_take_tools() {
    for (key, tool) in [
        ("v", Some(Tool::Select)),
        ("S", Some(Tool::Subnet)),
        ("t", Some(Tool::Route)),
        ("h", Some(Tool::Hand)),
        ("x", None),
        ("Shift", None),
        ("", None),
    ] {
        assert_eq!(Tool::of_letter(key), tool, "{key}");
    }
}

#[test]
fn a_table_of_its_own_changes_one_subnet_alone() {
    let mut account = Account::first_light();
    account.add_subnet("172.31.2.0/24");
    let public = |account: &mut Account| {
        let view = account.view();
        let mut cards: Vec<_> = view
            .subnets
            .values()
            .map(|card| (card.name.clone(), card.public))
            .collect();
        cards.sort();
        cards
            .into_iter()
            .map(|(_, public)| public)
            .collect::<Vec<_>>()
    };
    let ask = |account: Account| {
        let person = Person::over(Tool::Route, account).doing("click Public a, click gateway");
        let Hand::Route(hand) = &person.hand else {
            panic!("another tool")
        };
        (hand.ask.clone().unwrap(), person.account)
    };
    // Without the route: private alone.
    let (asked, mut account) = ask(account);
    assert_eq!(
        asked.own_button().as_deref(),
        Some("Own table for Public a")
    );
    account.session.gesture(&asked.own_plan()).unwrap();
    assert_eq!(public(&mut account), [false, true]);
    // The table is its own now: the route is added there, and nothing else changes.
    let (asked, mut account) = ask(account);
    assert_eq!(
        (asked.also(), asked.own_button(), asked.button()),
        (None, None, "Add the route")
    );
    account.session.gesture(&asked.plan()).unwrap();
    assert_eq!(public(&mut account), [true, true]);
    account.session.undo().unwrap();
    account.session.undo().unwrap();
    assert_eq!(public(&mut account), [true, true]);
    assert_eq!(
        account.session.undo().as_deref(),
        Some("add subnet Public b")
    );
}
