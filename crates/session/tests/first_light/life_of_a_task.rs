//! The life of a task: its states and times, its interface, its end, its bill.

use crate::account::{Account, run};
use fargate_core::call::StopTask;
use fargate_core::ids::TaskId;
use fargate_core::task::TaskState;
use fargate_core::units::NanoUsd;
use std::collections::BTreeSet;

#[test]
fn a_task_passes_its_states_in_order_with_plausible_times() {
    // State, least and most seconds, as they are seen on Fargate.
    let ranges = [
        (TaskState::Provisioning, 10.0, 40.0),
        (TaskState::Pending, 5.0, 75.0),
        (TaskState::Activating, 0.0, 10.0),
    ];
    let mut account = Account::first_light();
    let subnet = account.subnet();
    for _ in 0..12 {
        let task = account.run_task(&subnet, true, 1).remove(0);
        account.wait_for(&task, TaskState::Running);
        let card = account.card(&task);
        for (stage, (state, least, most)) in card.stages.iter().zip(ranges) {
            let seconds = (stage.until.unwrap() - stage.from).0 as f64 / 1_000.0;
            assert_eq!(stage.state, state);
            assert!(
                (least..=most).contains(&seconds),
                "{state:?} took {seconds} s"
            );
        }
    }
}

#[test]
fn a_task_gets_one_interface_with_addresses_of_its_subnet() {
    let mut account = Account::first_light();
    let subnet = account.subnet();
    let mut ids = account.run_task(&subnet, true, 10);
    ids.extend(account.run_task(&subnet, false, 10));
    account.wait(60);
    let (mut private, mut public) = (BTreeSet::new(), BTreeSet::new());
    for (place, id) in ids.iter().enumerate() {
        let interface = account
            .card(id)
            .interface
            .expect("the task has an interface");
        let [a, b, c, d] = interface.private_ip.octets();
        assert_eq!((a, b, c), (172, 31, 1));
        assert!(
            (4..=254).contains(&d),
            "the first four addresses and the last are AWS's: {d}"
        );
        assert!(
            private.insert(interface.private_ip),
            "no address is given twice"
        );
        assert_eq!(
            interface.public_ip.is_some(),
            place < 10,
            "a public address comes only if it is asked for"
        );
        assert!(
            interface
                .public_ip
                .is_none_or(|address| public.insert(address))
        );
        assert_eq!(interface.mac.len(), 17);
        assert_eq!(
            u8::from_str_radix(&interface.mac[..2], 16).unwrap() & 3,
            2,
            "locally administered, unicast"
        );
    }
}

#[test]
fn stopping_sends_sigterm_waits_and_gives_the_address_back() {
    let mut account = Account::first_light();
    let (task, subnet) = (account.task(), account.subnet());
    let free = account.view().subnets[&subnet].free;
    account.stop(&task);
    assert_eq!(account.card(&task).state, TaskState::Stopping);
    account.wait_for(&task, TaskState::Deprovisioning);
    assert_eq!(
        account.view().subnets[&subnet].free,
        free,
        "the address is held until the interface is gone"
    );
    account.wait_for(&task, TaskState::Stopped);
    let card = account.card(&task);
    let stop = card.stop.clone().unwrap();
    assert_eq!(
        (stop.code, stop.reason.as_str(), stop.failed),
        ("UserInitiated", "Task stopped by user", false)
    );
    assert_eq!(
        card.containers
            .iter()
            .map(|it| it.exit_code)
            .collect::<Vec<_>>(),
        [Some(0), Some(143)]
    );
    assert!(card.interface.is_none());
    assert_eq!(account.view().subnets[&subnet].free, free + 1);
    let lines: Vec<String> = account
        .session
        .event_lines()
        .filter(|line| line.contains("SIGTERM"))
        .collect();
    assert_eq!(lines.len(), 2);
}

#[test]
fn the_reason_that_a_person_gives_is_the_stopped_reason() {
    let mut account = Account::first_light();
    let task = account.task();
    account.must(StopTask {
        task: task.clone(),
        reason: Some("deploying".to_owned()),
        ..Default::default()
    });
    assert_eq!(account.card(&task).stop.unwrap().reason, "deploying");
    let error = account
        .send(StopTask {
            task: TaskId::from("nobody"),
            ..Default::default()
        })
        .unwrap_err();
    assert_eq!(error.code, "InvalidParameterException");
    assert_eq!(error.message, "The referenced task was not found.");
}

#[test]
fn a_container_that_ignores_sigterm_is_killed_after_its_stop_timeout() {
    let mut account = Account::first_light();
    let mut scenario = account.session.scenario().clone();
    let stubborn = fargate_core::workload::Workload {
        stop_ms: None,
        ..Default::default()
    };
    scenario.images.insert(
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/api".to_owned(),
        stubborn,
    );
    account.session = fargate_session::Session::new(scenario);
    let task = account.task();
    account.stop(&task);
    account.wait(29);
    assert_eq!(account.card(&task).state, TaskState::Stopping);
    account.wait(2);
    let card = account.card(&task);
    assert_eq!(
        card.state,
        TaskState::Deprovisioning,
        "30 s is the default stopTimeout"
    );
    assert_eq!(card.containers[1].exit_code, Some(137));
}

#[test]
fn a_task_can_be_stopped_in_every_state_and_always_ends() {
    for after in [0, 3, 8, 14, 18, 25, 38, 41, 44, 60] {
        let mut account = Account::first_light();
        let subnet = account.subnet();
        let used = account.view().subnets[&subnet].used;
        let task = account.run_task(&subnet, true, 1).remove(0);
        account.wait(after);
        account.stop(&task);
        account.stop(&task);
        account.wait(200);
        let card = account.card(&task);
        assert_eq!(card.state, TaskState::Stopped, "stopped after {after} s");
        assert!(card.interface.is_none() && account.view().subnets[&subnet].used == used);
        assert!(card.stages.is_sorted_by_key(|stage| stage.from));
    }
}

#[test]
fn a_task_in_a_public_subnet_without_public_address_cannot_pull_its_images() {
    let mut account = Account::first_light();
    let subnet = account.subnet();
    let task = account.run_task(&subnet, false, 1).remove(0);
    account.wait_for(&task, TaskState::Stopped);
    let stop = account.card(&task).stop.unwrap();
    assert_eq!(stop.code, "TaskFailedToStart");
    let expected = "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR";
    assert!(stop.reason.starts_with(expected), "{}", stop.reason);
    assert!(stop.failed);
}

#[test]
fn a_subnet_without_free_address_stops_the_task_in_aws_words() {
    let mut account = Account::first_light();
    let subnet = account.add_subnet("172.31.2.0/28");
    let ids = [
        account.run_task(&subnet, true, 10),
        account.run_task(&subnet, true, 2),
    ]
    .concat();
    account.wait(60);
    assert_eq!(account.view().subnets[&subnet].free, 0);
    let failed: Vec<_> = ids.iter().filter_map(|id| account.card(id).stop).collect();
    assert_eq!(failed.len(), 1, "a /28 has 11 addresses for 12 tasks");
    let expected = format!(
        "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in subnet '{subnet}': InsufficientFreeAddressesInSubnet"
    );
    assert_eq!(
        (failed[0].code, failed[0].reason.as_str()),
        ("TaskFailedToStart", expected.as_str())
    );
}

#[test]
fn the_bill_runs_per_second_from_the_pull_to_the_end_with_a_minute_at_least() {
    let mut account = Account::first_light();
    let subnet = account.subnet();
    let task = account.run_task(&subnet, true, 1).remove(0);
    assert_eq!(
        account.card(&task).cost.so_far,
        NanoUsd(0),
        "nothing is billed before the pull"
    );
    account.wait_for(&task, TaskState::Running);
    let cost = account.card(&task).cost;
    assert!(cost.minimum);
    assert_eq!(
        (cost.billed_seconds, cost.so_far),
        (60, NanoUsd(49_370_000 * 60 / 3_600))
    );
    account.wait(240);
    let cost = account.card(&task).cost;
    assert!(!cost.minimum && cost.billed_seconds > 240);
    let mut last = cost.so_far;
    account.stop(&task);
    for _ in 0..100 {
        account.wait(1);
        let now = account.card(&task).cost.so_far;
        assert!(now >= last, "the bill never falls");
        last = now;
    }
    account.wait(1_000);
    assert_eq!(
        account.card(&task).cost.so_far,
        last,
        "a stopped task costs nothing more"
    );
    let total = account.view().cost.so_far;
    account.wait(3_600);
    assert!(
        !account.view().tasks.contains_key(&task),
        "the record expires after an hour"
    );
    assert!(
        account.view().cost.so_far >= total,
        "what it cost is not forgotten"
    );
}

#[test]
fn run_task_answers_bad_input_as_aws_does_and_changes_nothing() {
    let mut account = Account::first_light();
    let (subnet, group) = (account.subnet(), account.group());
    let good = || run(&subnet, vec![group.clone()], true, 1);
    let mut table = vec![];
    let mut call = good();
    call.task_definition = "nothing".to_owned();
    table.push((call, "ClientException", "TaskDefinition not found."));
    let mut call = good();
    call.task_definition = "scorekeep:99".to_owned();
    table.push((call, "ClientException", "TaskDefinition not found."));
    let mut call = good();
    call.count = Some(11);
    table.push((call, "InvalidParameterException", "Count should be"));
    let mut call = good();
    call.launch_type = None;
    table.push((
        call.clone(),
        "InvalidParameterException",
        "The platform version must be null when specifying an EC2 launch type.",
    ));
    call.platform_version = None;
    table.push((
        call.clone(),
        "InvalidParameterException",
        "Assign public IP is not supported for this launch type.",
    ));
    if let Some(network) = &mut call.network_configuration {
        network.awsvpc_configuration.assign_public_ip = None;
    }
    table.push((
        call,
        "InvalidParameterException",
        "No Container Instances were found in your cluster.",
    ));
    let mut call = good();
    call.network_configuration = None;
    let words = "Network Configuration must be provided when networkMode 'awsvpc' is specified.";
    table.push((call, "InvalidParameterException", words));
    let none = run(&"subnet-none".into(), vec![], true, 1);
    table.push((
        none,
        "InvalidParameterException",
        "The subnet ID 'subnet-none' does not exist",
    ));
    let none = run(&subnet, vec!["sg-none".into()], true, 1);
    table.push((
        none,
        "InvalidParameterException",
        "The security group 'sg-none' does not exist",
    ));
    let many = run(&subnet, vec![group.clone(); 6], true, 1);
    table.push((
        many,
        "InvalidParameterException",
        "securityGroups can have at most 5 items.",
    ));
    let (before, hash) = (account.session.save(), account.session.event_hash());
    for (call, code, words) in table {
        let error = account.send(call.clone()).expect_err("AWS refuses it");
        assert_eq!(error.code, code, "{call:?}");
        assert!(error.message.contains(words), "{}", error.message);
        assert!(!error.cure.is_empty());
    }
    assert_eq!(
        (account.session.save(), account.session.event_hash()),
        (before, hash)
    );
}
