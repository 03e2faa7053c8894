//! Groups: around interfaces, and what it takes that these wear them.

use crate::account::Account;
use crate::tools::person::Person;
use fargate_core::call::{Call, StopTask};
use fargate_core::task::TaskState;
use fargate_session::scene::Point;
use fargate_session::tools::{Ground, Hand, Tool};

#[test]
fn a_group_is_drawn_around_interfaces_and_its_tasks_run_again_with_it_as_one_edit() {
    let mut person = Person::with(Tool::Group).doing("click task, key Enter");
    assert_eq!(
        person.outcome(),
        "says: A group for 1 interface. Give it a name."
    );
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let Hand::Group(hand) = &mut person.hand else {
        panic!("another tool")
    };
    assert!(
        hand.takes()
            .is_some_and(|words| words.contains("stopped and run again"))
    );
    "inner".clone_into(&mut hand.name);
    let plan = hand.plan(ground);
    let actions: Vec<_> = plan
        .calls(&["sg-0".to_owned()])
        .iter()
        .map(Call::action)
        .collect();
    assert_eq!(
        actions,
        ["ec2:CreateSecurityGroup", "ecs:StopTask", "ecs:RunTask"]
    );

    let account = &mut person.account;
    let before = account.task();
    account.session.gesture(&plan).unwrap();
    account.wait(90);
    assert_ne!(account.card(&before).state, TaskState::Running);
    let view = account.view();
    let again = view.tasks.values().find(|task| task.id != before).unwrap();
    let worn: Vec<_> = again
        .groups
        .iter()
        .map(|id| view.groups.get(id).unwrap().name.clone())
        .collect();
    assert_eq!(
        (again.state, worn),
        (
            TaskState::Running,
            vec!["web".to_owned(), "inner".to_owned()]
        )
    );

    // One undo takes all of it back, one redo does it again, and the document keeps that.
    let said = account.session.undo().unwrap();
    assert!(
        said.starts_with("make group inner, stop scorekeep:1 ")
            && said.ends_with(", run scorekeep:1"),
        "{said}"
    );
    let view = account.view();
    assert_eq!((view.tasks.len(), view.groups.len()), (1, 1));
    assert_eq!(account.card(&before).state, TaskState::Running);
    account.session.redo().unwrap();
    assert_eq!(account.view().groups.len(), 2);
    let saved = account.session.save();
    account.session = fargate_session::Session::open(&saved).unwrap();
    assert_eq!(account.session.undo().as_deref(), Some(said.as_str()));
    assert_eq!(account.view().groups.len(), 1);
    assert_eq!(account.session.save().matches("\"joined\"").count(), 2);
}

#[test]
fn a_plan_of_which_one_call_is_refused_changes_nothing() {
    let mut person = Person::with(Tool::Group).doing("keys, key Space, key Enter");
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let Hand::Group(hand) = &mut person.hand else {
        panic!("another tool")
    };
    "inner".clone_into(&mut hand.name);
    let plan = hand.plan(ground).then(StopTask {
        task: "0123456789abcdef0123456789abcdef".into(),
        ..Default::default()
    });
    let before = person.account.session.save();
    let refused = person.account.session.gesture(&plan).unwrap_err();
    assert_eq!(refused.action, "ecs:StopTask");
    assert_eq!(person.account.session.save(), before);
}

#[test]
fn a_lasso_picks_the_interfaces_inside_it_and_escape_puts_them_back() {
    let person = Person::with(Tool::Group);
    let pill = person
        .scene
        .tasks
        .values()
        .next()
        .unwrap()
        .interface
        .unwrap()
        .rect
        .inset(-12.0);
    let mut person = person;
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let corners = [
        (pill.x, pill.y),
        (pill.right(), pill.y),
        (pill.right(), pill.bottom()),
        (pill.x, pill.bottom()),
    ];
    let corners = corners.map(|(x, y)| Point::new(x, y));
    person.hand.down(ground, corners[0]);
    for corner in corners {
        person.hand.moved(ground, corner);
    }
    assert!(person.hand.sketch(ground).lasso.len() >= 4);
    person.hand.up(ground, corners[3]);
    assert!(person.hand.asks());
    assert_eq!(person.hand.sketch(ground).chosen.len(), 1);
    let person = person.doing("key Escape, key Escape");
    assert_eq!(person.outcome(), "dropped");
    assert_eq!(person.doing("key Escape").outcome(), "left");
}

#[test]
fn a_gesture_in_the_past_begins_a_run_of_its_own() {
    let mut person = Person::with(Tool::Group).doing("click task, key Enter");
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let Hand::Group(hand) = &mut person.hand else {
        panic!("another tool")
    };
    "inner".clone_into(&mut hand.name);
    let plan = hand.plan(ground);
    let account = &mut person.account;
    let then = account.session.now();
    account.wait(20);
    account.session.seek(then);
    account.session.gesture(&plan).unwrap();
    let view = account.view();
    assert_eq!(
        (view.groups.len(), view.tasks.len(), view.history.runs.len()),
        (2, 2, 2)
    );
    assert!(
        account
            .session
            .undo()
            .is_some_and(|said| said.contains(", run scorekeep:1"))
    );
    assert_eq!(account.view().groups.len(), 1);
}

#[test]
fn a_group_that_is_there_is_put_on_a_running_task_by_running_it_again() {
    let mut account = Account::first_light();
    let vpc_id = account.view().vpc.unwrap().id.as_str().into();
    let made = account.must(fargate_core::call::CreateSecurityGroup {
        group_name: "jobs".to_owned(),
        description: "d".to_owned(),
        vpc_id,
    });
    let mut person = Person::over(Tool::Group, account).doing("click task, key Enter");
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let Hand::Group(hand) = &mut person.hand else {
        panic!("another tool")
    };
    let choices = hand.choices(ground);
    let names: Vec<&str> = choices.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["jobs"], "not web, which it wears");
    hand.existing = Some(choices[0].0.clone());
    let plan = hand.plan(ground);
    let mut account = person.account;
    account.session.gesture(&plan).unwrap();
    let view = account.view();
    let fargate_core::error::Reply::Made(jobs) = made else {
        panic!("a group is made")
    };
    let wears =
        |task: &fargate_session::view::TaskCard| task.groups.iter().any(|id| id.as_str() == jobs);
    let (with, without): (Vec<_>, Vec<_>) = view.tasks.values().partition(|task| wears(task));
    assert_eq!((with.len(), without.len()), (1, 1));
    assert_eq!(with[0].groups.len(), 2, "beside web");
}
