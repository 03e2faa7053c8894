//! How the two containers of the shipped task share its CPU and memory.

use crate::account::Account;
use fargate_core::task::TaskState;
use fargate_session::view::ContainerState;

/// Demand of frontend and api in CPU units, what they get, what frontend borrows. Shares are 256 and 768 of 1,024.
const CPU: &[([u32; 2], [u32; 2], u32)] = &[
    ([0, 0], [0, 0], 0),
    ([256, 768], [256, 768], 0),
    ([1024, 1024], [256, 768], 0),
    ([1024, 0], [1024, 0], 768),
    ([700, 500], [524, 500], 268),
    ([100, 2000], [100, 924], 0),
    ([512, 512], [512, 512], 256),
];

#[test]
fn shares_weigh_idle_time_is_borrowed_and_the_task_is_the_cap() {
    let mut account = Account::first_light();
    let task = account.task();
    for (wants, gets, borrowed) in CPU {
        account.demand(&task, "scorekeep-frontend", Some(wants[0]), None);
        account.demand(&task, "scorekeep-api", Some(wants[1]), None);
        let card = account.card(&task);
        let granted: Vec<u32> = card.containers.iter().map(|it| it.cpu.granted).collect();
        assert_eq!(granted, gets, "{wants:?}");
        assert_eq!(card.containers[0].cpu.borrowed, *borrowed, "{wants:?}");
    }
}

#[test]
fn the_sentence_says_who_lends_to_whom() {
    let mut account = Account::first_light();
    let task = account.task();
    account.demand(&task, "scorekeep-frontend", Some(700), None);
    account.demand(&task, "scorekeep-api", Some(500), None);
    let sentence = "frontend borrows 268 units that api leaves idle. When api wants them back, it gets them first.";
    assert_eq!(account.card(&task).cpu_sentence, sentence);
}

#[test]
fn a_hundred_requests_make_frontend_borrow_what_api_leaves_idle() {
    use fargate_core::call::{SendRequests, TrafficSource};
    let mut account = Account::first_light();
    let task = account.task();
    let delivered = account.view().requests.delivered;
    let from = TrafficSource::Internet;
    account.must(SendRequests {
        from,
        to: task.clone().into(),
        port: 8080,
        count: 100,
        rate_tenths: 125,
    });
    account.wait(4);
    let card = account.card(&task);
    assert!(
        (380..=450).contains(&card.containers[0].cpu.borrowed),
        "{:?}",
        card.containers[0].cpu
    );
    account.wait(10);
    assert!(account.view().requests.delivered >= delivered + 100);
    assert_eq!(
        account.card(&task).containers[0].cpu.borrowed,
        0,
        "after the burst nothing is borrowed"
    );
}

#[test]
fn beyond_the_tasks_memory_a_container_is_killed_with_137_and_the_task_stops() {
    let mut account = Account::first_light();
    let task = account.task();
    account.demand(&task, "scorekeep-frontend", None, Some(1_700));
    let card = account.card(&task);
    assert_eq!(card.containers[0].state, ContainerState::Stopped);
    assert_eq!(card.containers[0].exit_code, Some(137));
    let reason = "OutOfMemoryError: container killed due to memory usage";
    assert_eq!(card.containers[0].reason.as_deref(), Some(reason));
    let stop = card.stop.unwrap();
    assert_eq!(
        (stop.code, stop.reason.as_str()),
        (
            "EssentialContainerExited",
            "Essential container in task exited"
        )
    );
    account.wait_for(&task, TaskState::Stopped);
}

#[test]
fn a_reservation_kills_nobody() {
    let mut account = Account::first_light();
    let task = account.task();
    account.demand(&task, "scorekeep-frontend", None, Some(1_024));
    account.demand(&task, "scorekeep-api", None, Some(1_024));
    let card = account.card(&task);
    assert!(
        card.containers
            .iter()
            .all(|it| it.state == ContainerState::Running && it.memory.reservation == Some(512))
    );
}
