//! Time travel, undo, redo, branches and saving.

use crate::account::Account;
use fargate_core::call::SetAsOf;
use fargate_core::task::TaskState;
use fargate_core::units::{Date, SimSpan, SimTime};
use fargate_core::world::Budget;
use fargate_session::view::{FlightEnd, View};
use fargate_session::{OpenError, Session};

/// A busy run: tasks that come and go, rules that change, traffic.
fn busy() -> Account {
    let mut account = Account::first_light();
    let subnet = account.subnet();
    let first = account.task();
    account.run_task(&subnet, true, 3);
    account.wait(20);
    account.remove_rule(8080, "0.0.0.0/0");
    account.request(&first, 8080);
    account.wait(30);
    account.session.undo();
    account.wait(5);
    account.demand(&first, "scorekeep-frontend", Some(900), None);
    account.wait(10);
    account.session.undo();
    account.session.undo();
    account.session.redo();
    account.wait(7);
    account.stop(&first);
    account.wait(100);
    account
}

/// What a moment shows, without what is only known later.
fn moment(mut view: View) -> String {
    view.clock.end = SimTime(0);
    view.clock.past = false;
    format!("{view:?}")
}

#[test]
fn a_saved_scenario_opens_as_it_was() {
    let mut account = busy();
    let text = account.session.save();
    let mut opened = Session::open(&text).unwrap();
    assert_eq!(opened.event_hash(), account.session.event_hash());
    assert_eq!(
        moment(opened.view(SimSpan::secs(3))),
        moment(account.view())
    );
    assert_eq!(opened.save(), text);
}

#[test]
fn going_to_a_moment_shows_what_was_there_then() {
    let mut live = busy();
    let end = live.session.end();
    let entries = live.session.scenario().runs[0].entries.clone();
    for at in (0..=end.0).step_by(3_777).map(SimTime) {
        live.session.seek(at);
        let mut scenario = live.session.scenario().clone();
        let run = &mut scenario.runs[0];
        run.entries.retain(|entry| entry.at <= at);
        run.end = at;
        scenario.given = scenario.given.min(run.entries.len());
        let mut fresh = Session::new(scenario);
        let shown = live.view();
        let expected = fresh.view(SimSpan::secs(3));
        assert_eq!(
            format!("{:?}", shown.tasks),
            format!("{:?}", expected.tasks),
            "at {at}"
        );
        assert_eq!(
            format!("{:?}", shown.flights),
            format!("{:?}", expected.flights),
            "at {at}"
        );
        assert_eq!(
            shown.events.last().map(|it| &it.text),
            expected.events.last().map(|it| &it.text),
            "at {at}"
        );
    }
    assert_eq!(
        live.session.scenario().runs[0].entries,
        entries,
        "looking changes nothing"
    );
}

#[test]
fn advancing_in_slices_of_any_size_is_the_same_run() {
    let run = |slice: u64, budget: u32| {
        let mut account = Account::first_light();
        let until = account.session.now() + SimSpan::secs(300);
        while account.session.now() < until {
            let left = until - account.session.now();
            account
                .session
                .advance(SimSpan(slice.min(left.0)), Budget(budget));
        }
        (account.session.event_hash(), account.session.now())
    };
    let whole = run(300_000, u32::MAX);
    for (slice, budget) in [(16, u32::MAX), (16, 1), (1_000, 3), (300_000, 7)] {
        assert_eq!(
            run(slice, budget),
            whole,
            "{slice} ms, {budget} events at a time"
        );
    }
}

#[test]
fn undo_applies_from_now_on_and_keeps_what_happened() {
    let mut account = Account::first_light();
    let task = account.task();
    account.remove_rule(8080, "0.0.0.0/0");
    assert_eq!(account.request(&task, 8080).0, FlightEnd::Denied);
    account.wait(5);
    account.session.undo();
    account.wait(1);
    let events = account.session.event_lines().count();
    assert_eq!(
        account.session.undo().as_deref(),
        Some("remove rule TCP 8080 from web")
    );
    assert!(
        account.session.event_lines().count() > events,
        "undo is a fact of its own"
    );
    assert!(
        account
            .session
            .event_lines()
            .any(|line| line.contains("no longer allows")),
        "what happened stays"
    );
    assert_eq!(account.request(&task, 8080).0, FlightEnd::Delivered);
}

#[test]
fn redo_after_undo_is_as_if_nothing_had_been_undone() {
    let mut plain = Account::first_light();
    let task = plain.task();
    plain.demand(&task, "scorekeep-api", Some(1_000), None);
    plain.wait(10);
    let mut account = Account::first_light();
    let task = account.task();
    account.demand(&task, "scorekeep-api", Some(1_000), None);
    account.wait(4);
    assert_eq!(
        account.session.undo().as_deref(),
        Some("set the demand of scorekeep-api")
    );
    assert_eq!(
        account.session.undo(),
        None,
        "the scenario's own calls stay"
    );
    account.wait(2);
    assert_eq!(
        account.session.redo().as_deref(),
        Some("set the demand of scorekeep-api")
    );
    assert_eq!(account.session.redo(), None);
    account.wait(4);
    assert_eq!(
        format!("{:?}", account.view().tasks),
        format!("{:?}", plain.view().tasks)
    );
}

#[test]
fn undoing_a_task_that_runs_takes_it_away_and_gives_its_address_back() {
    let mut account = Account::first_light();
    let subnet = account.subnet();
    let free = account.view().subnets[&subnet].free;
    account.run_task(&subnet, true, 2);
    account.wait(60);
    assert_eq!(account.view().subnets[&subnet].free, free - 2);
    assert_eq!(account.session.undo().as_deref(), Some("run scorekeep"));
    assert_eq!(
        (
            account.view().subnets[&subnet].free,
            account.view().tasks.len()
        ),
        (free, 1)
    );
}

#[test]
fn acting_in_the_past_starts_a_run_there_and_keeps_the_other() {
    let mut account = Account::first_light();
    let task = account.task();
    account.wait(60);
    let (end, hash) = (account.session.end(), account.session.event_hash());
    let past = SimTime(end.0 - 30_000);
    account.session.seek(past);
    assert!(account.view().clock.past);
    account.stop(&task);
    let view = account.view();
    assert_eq!(view.history.runs.len(), 2);
    assert_eq!(
        (view.history.current, view.history.runs[1].from),
        (1, Some(past))
    );
    assert!(!view.clock.past && view.clock.now == past);
    account.wait_for(&task, TaskState::Stopped);
    account.session.show_run(0);
    assert_eq!(
        (account.session.end(), account.session.event_hash()),
        (end, hash)
    );
    assert_eq!(account.card(&task).state, TaskState::Running);
}

#[test]
fn a_refused_call_in_the_past_starts_no_run() {
    let mut account = Account::first_light();
    account.wait(60);
    account.session.seek(SimTime(50_000));
    let nobody = fargate_core::call::StopTask {
        task: "nobody".into(),
        ..Default::default()
    };
    assert!(account.send(nobody).is_err());
    assert_eq!(account.view().history.runs.len(), 1);
}

#[test]
fn steps_stop_at_events_forth_and_back() {
    let mut account = Account::first_light();
    let start = account.session.now();
    account.session.step_on();
    let next = account.session.now();
    assert!(next > start);
    account.session.step_back();
    assert!(account.session.now() < next && account.view().clock.past);
    let before = account.session.now();
    account.session.step_on();
    assert!(account.session.now() > before && account.session.now() <= next);
    account.session.seek(SimTime(0));
    account.session.step_back();
    assert_eq!(account.session.now(), SimTime(0));
}

#[test]
fn playing_from_the_past_comes_to_the_end_and_goes_on() {
    let mut account = Account::first_light();
    account.wait(20);
    let end = account.session.end();
    account.session.seek(SimTime(end.0 - 10_000));
    account.wait(4);
    assert!(account.view().clock.past);
    account.wait(10);
    assert!(!account.view().clock.past && account.session.now() > end);
}

#[test]
fn reset_starts_again_and_keeps_the_runs() {
    let mut account = busy();
    let fresh = Account::first_light();
    account.session.reset();
    assert_eq!(account.session.event_hash(), fresh.session.event_hash());
    assert_eq!(account.view().history.runs.len(), 2);
}

#[test]
fn damaged_and_newer_documents_are_told_apart() {
    let text = Account::first_light().session.save();
    let newer = text.replacen("\"version\":1", "\"version\":2", 1);
    assert!(matches!(Session::open(&newer), Err(OpenError::Newer(2))));
    for end in (0..text.len()).step_by(97) {
        assert!(
            Session::open(&text[..end]).is_err(),
            "cut after {end} bytes"
        );
    }
    for (from, to) in [
        ("\"current\":0", "\"current\":7"),
        ("\"at\":4000", "\"at\":4"),
        ("\"given\":10", "\"given\":1000"),
        ("ecs:RunTask", "ecs:RunTasks"),
        ("\"asOf\":\"2026-06-01\"", "\"asOf\":\"2026-16-01\""),
    ] {
        let broken = text.replacen(from, to, 1);
        assert_ne!(broken, text);
        let error = Session::open(&broken).err();
        // A call that comes earlier than it was made is still a document; every other damage is named.
        if from != "\"at\":4000" {
            assert!(
                matches!(error, Some(OpenError::Broken { .. })),
                "{from}: {error:?}"
            );
        }
    }
}

#[test]
fn two_runs_side_by_side_say_where_they_parted_and_what_differs() {
    let mut account = Account::first_light();
    let task = account.task();
    account.wait(60);
    account.request(&task, 8080);
    account.wait(30);
    let middle = SimTime(account.session.end().0 - 20_000);
    let own = account.session.world().clone();
    let itself = account.session.beside(0, &own);
    assert_eq!(itself, None, "a run is not beside itself");
    account.session.seek(middle);
    account.stop(&task);
    account.wait(90);
    let world = account.session.world_of(0, SimTime(u64::MAX)).unwrap();
    let other = account.session.beside(0, &world).unwrap();
    assert_eq!((other.number, other.parted), (0, middle));
    let lane = &other.lanes[0];
    assert_eq!((lane.id.clone(), lane.failed), (task.clone(), false));
    assert_eq!(lane.stages.last().unwrap().state, TaskState::Running);
    let name = format!("scorekeep:1 {}", task.short());
    let told = &other.differences[0];
    assert!(told.starts_with(&format!("{name}: STOPPED at ")), "{told}");
    assert!(told.ends_with(" in Run 1."), "{told}");
    assert!(
        other
            .differences
            .iter()
            .any(|it| it.starts_with("Tasks cost $")),
        "{other:?}"
    );
    assert_eq!(account.session.beside(7, &own), None);
}

/// Run 1 and its copy: the second does the same, so nothing differs but what the clock says.
#[test]
fn runs_that_do_the_same_do_not_differ() {
    let mut account = Account::first_light();
    account.wait(60);
    let end = account.session.end();
    account.session.seek(SimTime(end.0 - 1_000));
    let task = account.task();
    account.demand(&task, "scorekeep-frontend", Some(100), None);
    account.session.undo();
    account.session.advance(SimSpan(1_000), Budget(u32::MAX));
    let world = account.session.world_of(0, SimTime(u64::MAX)).unwrap();
    let other = account.session.beside(0, &world).unwrap();
    assert!(other.differences.is_empty(), "{:?}", other.differences);
}

#[test]
fn an_edit_at_a_moment_that_was_drawn_shows_what_a_fresh_look_shows() {
    type Edit = (&'static str, fn(&mut Account));
    let edits: &[Edit] = &[
        ("prices of another date", |account| {
            let date = Date::new(2018, 1, 1);
            account.must(SetAsOf { date });
        }),
        ("more demand", |account| {
            let task = account.task();
            account.demand(&task, "scorekeep-frontend", Some(900), None);
        }),
        ("a rule more", |account| account.allow(81, "0.0.0.0/0")),
        ("a stopped task", |account| {
            let running = account
                .view()
                .tasks
                .iter()
                .find_map(|(id, task)| (task.state == TaskState::Running).then(|| id.clone()));
            account.stop(&running.expect("three still run"));
        }),
    ];
    for (what, edit) in edits {
        let mut account = busy();
        let before = account.view();
        edit(&mut account);
        let shown = moment(account.view());
        assert!(shown != moment(before), "{what} is to be seen");
        let mut fresh = Session::open(&account.session.save()).expect("it was just saved");
        assert!(
            shown == moment(fresh.view(SimSpan::secs(3))),
            "{what}: a card is stale"
        );
    }
}
