//! The sheet of network modes: every case to begin with ends as the core's cases do, and what is typed wrong is told at its place.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

use fargate_core::call::LaunchType;
use fargate_core::network::modes::NetworkMode;
use fargate_core::units::Date;
use fargate_session::modes::{
    Ask, Case, ModesCard, ModesCell, Place, Sheet, SheetContainer, SheetTask, cases,
};

const DAY: Date = Date::new(2026, 6, 1);
/// The 28 cases as the core's own test has them, each title with how it ends.
const CORE: &str = include_str!("../../core/tests/data/network/modes.txt");

fn card(sheet: &Sheet) -> ModesCard {
    sheet.card(7, DAY)
}

fn of_cell(cell: &ModesCell) -> &'static str {
    match cell.verdict {
        "yes" => "ALLOW",
        "no" => "DENY",
        _ => "GROUPS",
    }
}

/// How a case ends, in the core's words.
fn ends(case: &Case) -> &'static str {
    let card = card(&case.sheet);
    if let Some(ask) = &case.ask {
        return of_cell(&case.sheet.ask(ask, 7, DAY).unwrap());
    }
    let task = |it: &&fargate_session::modes::Trouble| matches!(it.at, Place::Task(_));
    match card.troubles.iter().find(task) {
        Some(it) if it.words.starts_with("RESOURCE") => "NOT PLACED",
        Some(_) => "REFUSED",
        None if case.number == "M28" && card.tasks[0].other_type.is_some() => "REFUSED",
        None if case.number == "M13" => {
            let from_vpc = card.rows.last().unwrap();
            of_cell(from_vpc.cells[0].as_ref().unwrap())
        }
        None => "PLACED",
    }
}

#[test]
fn every_case_ends_as_it_does_in_the_core() {
    let all = cases();
    let numbers: Vec<&str> = all.iter().map(|case| case.number).collect();
    let expected: Vec<String> = (1..=28).map(|number| format!("M{number:02}")).collect();
    assert_eq!(numbers, expected);
    for case in &all {
        let title = CORE.lines().find_map(|line| {
            let line = line.strip_prefix("# ")?.strip_prefix(case.number)?;
            line.trim().split_once(": ").map(|(end, _)| end)
        });
        assert_eq!(Some(ends(case)), title, "{}", case.number);
        if case.ask.is_some() {
            assert_eq!(card(&case.sheet).troubles, [], "{}", case.number);
        }
    }
}

#[test]
fn a_card_says_who_reaches_whom_and_what_does_not_fit() {
    let task = |family: &str, mode, containers: &[(&str, &str)]| SheetTask {
        family: family.to_owned(),
        mode,
        containers: containers
            .iter()
            .map(|(name, ports)| SheetContainer::new(name, ports))
            .collect(),
    };
    let sheet = Sheet {
        instance_type: "t3.small".to_owned(),
        tasks: vec![
            task("shop", NetworkMode::Awsvpc, &[("web", "80"), ("app", "81")]),
            task("old", NetworkMode::Bridge, &[("api", "8080:80")]),
            task("more", NetworkMode::Bridge, &[("api", "8080:80")]),
        ],
        ..Sheet::default()
    };
    let card = card(&sheet);
    assert_eq!(
        card.instance,
        "t3.small: 3 network interfaces, 1 of 2 tasks in mode awsvpc"
    );
    assert!(card.note.is_some());
    let names: Vec<&str> = card.containers.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["shop/web", "shop/app", "old/api"]);
    assert_eq!(card.containers[0].found_at, "10.0.1.11");
    assert_eq!(
        card.containers[2].found_at,
        "172.17.0.2, host port 8080 to 80"
    );
    assert_eq!(card.troubles.len(), 1);
    let more = &card.troubles[0];
    assert_eq!(more.at, Place::Task(2));
    assert_eq!(
        more.words,
        "RESOURCE:PORTS: host port 8080 is in use on this instance."
    );
    assert!(!more.cure.is_empty());
    let words: Vec<Vec<&str>> = card
        .rows
        .iter()
        .map(|row| {
            let cells = row.cells.iter();
            cells
                .map(|it| it.as_ref().map_or("-", |it| it.verdict))
                .collect()
        })
        .collect();
    assert_eq!(
        words,
        [
            ["-", "yes", "by groups", "by groups", "yes", "yes"],
            ["yes", "-", "by groups", "by groups", "yes", "yes"],
            ["by groups", "by groups", "-", "by groups", "yes", "yes"],
            ["by groups", "by groups", "by groups", "-", "-", "-"],
        ]
    );
    let across = card.rows[0].cells[2].as_ref().unwrap();
    assert_eq!(across.address, "10.0.1.10:8080");
    assert_eq!(across.decided_by, "groups and routes");
    let shop = &card.tasks[0];
    assert_eq!(
        (shop.target_type, shop.discovery.as_str()),
        ("ip", "A, SRV")
    );
}

#[test]
fn an_instance_takes_so_many_awsvpc_tasks_and_more_with_trunking() {
    let mut sheet = Sheet::default();
    for _ in 0..3 {
        sheet.add_task(NetworkMode::Awsvpc);
    }
    let full = card(&sheet);
    assert_eq!(full.tasks.len(), 2);
    assert!(
        full.troubles[0].words.starts_with("RESOURCE:ENI"),
        "{full:?}"
    );
    assert!(full.troubles[0].cure.contains("awsvpcTrunking"));
    sheet.trunking = true;
    let trunked = card(&sheet);
    assert_eq!((trunked.tasks.len(), trunked.troubles.len()), (3, 0));
    assert_eq!(
        trunked.instance,
        "c5.large, trunking on: 12 network interfaces, 3 of 10 tasks in mode awsvpc"
    );
    sheet.launch_type = LaunchType::Fargate;
    sheet.trunking = false;
    assert_eq!(card(&sheet).tasks.len(), 3, "Fargate has no such limit");
}

#[test]
fn what_is_typed_wrong_is_told_at_its_place_and_the_rest_stands() {
    let mut sheet = Sheet {
        instance_type: "t9.huge".to_owned(),
        loopback: "x".to_owned(),
        ..Sheet::default()
    };
    sheet.add_task(NetworkMode::Bridge);
    sheet.add_container(0).unwrap();
    sheet.tasks[0].containers[0].ports = "80, 70000:90, 53/sctp".to_owned();
    sheet.tasks[0].containers[1].listens = "-1".to_owned();
    let told = card(&sheet);
    let words: Vec<(Place, &str)> = told
        .troubles
        .iter()
        .map(|it| (it.at, it.words.as_str()))
        .collect();
    assert_eq!(
        words,
        [
            (Place::Type, "There is no instance type t9.huge."),
            (
                Place::Loopback,
                "x is no port: write a number from 1 to 65535."
            ),
            (
                Place::Ports(0, 0),
                "70000 is no port: write a number from 1 to 65535."
            ),
            (
                Place::Listens(0, 1),
                "-1 is no port: write a number from 1 to 65535."
            ),
        ]
    );
    assert_eq!(told.containers.len(), 2);
    sheet.tasks[0].containers[0].ports = "53/sctp".to_owned();
    let told = card(&sheet);
    assert_eq!(
        told.troubles[2].words,
        "sctp is no protocol: write tcp or udp."
    );
    // whatever is in a text, AWS's answer to it is told
    sheet.tasks[0].family = "a b\"\\".to_owned();
    let told = card(&sheet);
    let last = told.troubles.last().unwrap();
    assert_eq!(last.at, Place::Task(0));
    assert!(last.words.starts_with("ClientException"), "{}", last.words);
    assert_eq!(card(&Sheet::default()).rows, []);
}

#[test]
fn a_question_that_cannot_be_understood_says_so() {
    let mut sheet = Sheet::default();
    sheet.add_task(NetworkMode::Bridge);
    sheet.add_task(NetworkMode::Host);
    sheet.tasks[1].containers[0].ports = "22".to_owned();
    let ask = |from: &str, to: &str, port: &str| {
        let ask = Ask {
            from: from.to_owned(),
            to: to.to_owned(),
            port: port.to_owned(),
        };
        sheet.ask(&ask, 7, DAY)
    };
    for (from, to, port, words) in [
        ("task-1/web", "", "80", "Say what it is to reach."),
        (
            "task-1/web",
            "instance",
            "0",
            "0 is no port: write a number from 1 to 65535.",
        ),
        (
            "task-2/web",
            "instance",
            "80",
            "task-2/web is not placed, so it asks nothing.",
        ),
        (
            "vpc",
            "task-2/web",
            "80",
            "task-2/web is not placed, so nothing reaches it.",
        ),
    ] {
        assert_eq!(ask(from, to, port).unwrap_err(), words);
    }
    let name = ask("task-1/web", "nowhere", "80").unwrap();
    assert_eq!((name.verdict, name.decided_by), ("no", "the hosts file"));
}
