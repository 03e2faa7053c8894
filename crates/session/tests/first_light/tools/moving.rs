//! Moving a task: it is stopped where it runs, and run again elsewhere.

use crate::account::Account;
use crate::tools::person::Person;
use fargate_core::ids::SubnetId;
use fargate_core::task::TaskState;
use fargate_session::Session;
use fargate_session::scene::Key;
use fargate_session::tools::{Ground, Hand, MoveHand, Tool};

fn two_subnets(block: &str) -> Account {
    let mut account = Account::first_light();
    account.add_subnet(block);
    account
}

fn copy(account: &Account) -> Account {
    Account {
        session: Session::open(&account.session.save()).unwrap(),
    }
}

#[test]
fn a_task_is_dropped_in_another_subnet_and_runs_there_again_as_one_edit() {
    let account = two_subnets("172.31.2.0/24");
    for what in [
        "press task, to Public b, release",
        "click task, click Public b",
        "click task, key Right, key Enter",
    ] {
        let person = Person::over(Tool::Move, copy(&account)).doing(what);
        let Hand::Move(hand) = &person.hand else {
            panic!("another tool")
        };
        let ask = hand
            .ask
            .clone()
            .unwrap_or_else(|| panic!("{what}: {}", person.outcome()));
        assert_eq!(ask.button(), "Stop here, run again in Public b", "{what}");
        let ground = Ground {
            things: &person.things,
            scene: &person.scene,
        };
        let plan = ask.plan(ground).unwrap();
        let mut account = person.account;
        account.session.gesture(&plan).unwrap();
        account.wait(1);
        let view = account.view();
        let there = view
            .subnets
            .values()
            .find(|card| card.name == "Public b")
            .unwrap();
        let moved: Vec<_> = view
            .tasks
            .values()
            .filter(|task| task.subnet == there.id)
            .collect();
        assert_eq!(moved.len(), 1, "{what}");
        let left = view
            .tasks
            .values()
            .find(|task| task.subnet != there.id)
            .unwrap();
        assert!(left.state >= TaskState::Deactivating, "{what}");
        account.session.undo().unwrap();
        assert_eq!(
            account.view().tasks.len(),
            1,
            "{what}: one undo takes both back"
        );
    }
}

#[test]
fn the_keys_say_where_and_how_many_addresses_are_free() {
    let account = two_subnets("172.31.2.0/24");
    let mut person = Person::over(Tool::Move, account);
    let task = person.things.tasks[0].id.clone();
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    person.turn = person.hand.begin(ground, Some(&Key::Task(task)));
    assert_eq!(
        person.outcome(),
        "says: Moving scorekeep:1. Public b, 251 free. Arrow keys to choose, Enter to drop, Escape to cancel."
    );
    assert_eq!(person.doing("key Escape").outcome(), "left");
}

#[test]
fn a_full_subnet_refuses_and_a_lone_one_has_nowhere_to_go() {
    let mut account = two_subnets("172.31.2.0/28");
    let full: SubnetId = {
        let view = account.view();
        let card = view
            .subnets
            .values()
            .find(|card| card.name == "Public b")
            .unwrap();
        card.id.clone()
    };
    account.run_task(&full, true, 10);
    account.run_task(&full, true, 1);
    account.wait(60);
    let person = Person::over(Tool::Move, account);
    let mut person = person;
    let inside = person
        .things
        .tasks
        .iter()
        .find(|task| task.subnet != full)
        .unwrap();
    person.hand = Hand::Move(MoveHand::of(inside.id.clone()));
    let person = person.doing("press Public a, to Public b");
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    assert_eq!(
        person.hand.sketch(ground).refused.map(|it| it.1),
        Some("0 free")
    );
    let person = person.doing("release");
    assert!(!person.hand.asks());
    assert_eq!(
        Person::with(Tool::Move).doing("click task").outcome(),
        "says: scorekeep:1 has nowhere to go: there is no other subnet. Press S to draw one."
    );
}
