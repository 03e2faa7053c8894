//! Cards of tasks are kept from view to view, and drawn again where something that they show differs.

use crate::account::Account;
use fargate_core::call::{SetTraffic, TrafficSource};
use fargate_core::ids::TaskId;
use fargate_core::units::SimSpan;
use fargate_core::world::Budget;
use fargate_session::Session;

#[test]
fn a_card_stays_until_something_that_it_shows_differs() {
    type Edit = fn(&mut Account, &TaskId);
    let edits: [(&str, Edit, bool); 7] = [
        ("nothing", |_, _| {}, false),
        (
            "requests that last",
            |account, task| {
                account.must(SetTraffic {
                    from: TrafficSource::Internet,
                    to: task.clone().into(),
                    port: 8080,
                    rate_tenths: 100,
                });
            },
            true,
        ),
        (
            "a demand",
            |account, task| account.demand(task, "scorekeep-api", Some(500), None),
            true,
        ),
        (
            "the demand undone",
            |account, _| {
                account.session.undo();
            },
            true,
        ),
        (
            "a task beside it",
            |account, _| {
                let subnet = account.subnet();
                account.run_task(&subnet, true, 1);
            },
            false,
        ),
        (
            "a rule less, which no card of a task shows",
            |account, _| account.remove_rule(443, "0.0.0.0/0"),
            false,
        ),
        ("a while", |account, _| account.wait(90), true),
    ];
    let mut account = Account::first_light();
    let task = account.task();
    account.allow(443, "0.0.0.0/0");
    let mut last = account.view();
    for (what, edit, differs) in edits {
        edit(&mut account, &task);
        // What is due at this very moment happens, as it does where the document is opened.
        account.session.advance(SimSpan(0), Budget(u32::MAX));
        let view = account.view();
        let drawn_again = last.tasks.get(&task) != view.tasks.get(&task);
        assert_eq!(drawn_again, differs, "{what}");
        let mut opened = Session::open(&account.session.save()).unwrap();
        let anew = opened.view(SimSpan::secs(3));
        for (id, card) in &anew.tasks {
            assert!(
                view.tasks.get(id).is_some_and(|kept| **kept == **card),
                "{what}"
            );
        }
        last = view;
    }
}
