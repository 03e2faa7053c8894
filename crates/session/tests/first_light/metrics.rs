//! A data point a minute, in percent of what a task is sized, whether one looks at once or later.

use crate::account::Account;

#[test]
fn a_data_point_is_what_the_task_used_at_the_end_of_the_minute() {
    let mut account = Account::first_light();
    let task = account.task();
    account.wait(200);
    account.demand(&task, "scorekeep-frontend", Some(512), Some(512));
    account.demand(&task, "scorekeep-api", Some(256), Some(256));
    account.wait(60);
    let minutes = account.session.minutes();
    let last = account.session.data_points(minutes);
    assert_eq!(last.len(), 1);
    // 768 of 1,024 units and of 2,048 MiB
    assert_eq!((last[0].cpu, last[0].memory), (750, 375));
    let before = account.session.data_points(1);
    assert!(before[0].cpu < 750, "{before:?}");
    account.wait(600);
    assert_eq!(
        account.session.data_points(minutes),
        last,
        "what is over does not change"
    );
}

#[test]
fn a_task_that_does_not_run_has_none() {
    let mut account = Account::first_light();
    let task = account.task();
    account.stop(&task);
    account.wait(180);
    let minutes = account.session.minutes();
    assert!(account.session.data_points(minutes).is_empty());
}
