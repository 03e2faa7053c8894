//! What images do: listed, edited, undone, saved; and the sentences of the tasks that run by it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

mod kit;

use fargate_core::call::{Call, PutImage, RegisterTaskDefinition, RunTask};
use fargate_core::task::TaskState;
use fargate_session::Session;
use fargate_session::view::TaskCard;
use kit::{Account, run};
use serde_json::{Value, json};

const API: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com/api";

#[test]
fn the_catalogue_is_listed_and_what_a_person_says_comes_first() {
    let mut account = Account::first_light();
    let before = account.session.images();
    assert!(before.len() > 12 && before.iter().all(|it| !it.own && !it.about.is_empty()));
    let (call, findings) = account.session.say_image("nginx", "{ \"idleCpu\": 9 }");
    assert_eq!(findings, []);
    account.must(call.unwrap());
    let after = account.session.images();
    assert_eq!((after[0].name.as_str(), after[0].own), ("nginx", true));
    assert_eq!(after[0].text, "{\n  \"idleCpu\": 9\n}");
    assert_eq!(after.len(), before.len(), "it takes the catalogue's place");
    assert_eq!(account.session.image("nginx:1.27"), after[0].text);
    account.must(account.session.take_image_back("nginx"));
    assert_eq!(account.session.images(), before);
}

#[test]
fn what_is_said_can_be_undone_and_is_saved() {
    let mut account = Account::first_light();
    let usual = account.session.image(API);
    let (call, _) = account.session.say_image(API, "{ \"idleMemory\": 33 }");
    account.must(call.unwrap());
    let said = account.session.image(API);
    assert_ne!(said, usual);
    let saved = account.session.save();
    let label = account.session.undo().unwrap();
    assert_eq!(label, format!("say what {API} does"));
    assert_eq!(account.session.image(API), usual);
    account.session.redo();
    assert_eq!(account.session.image(API), said);
    let opened = Session::open(&saved).unwrap();
    assert_eq!(opened.image(API), said);
    assert_eq!(
        opened.event_lines().last(),
        Session::open(&opened.save()).unwrap().event_lines().last()
    );
}

#[test]
fn tasks_that_run_keep_the_image_they_were_run_with() {
    let mut account = Account::first_light();
    let (task, subnet) = (account.task(), account.subnet());
    let before = account.card(&task).containers[1].memory.wants;
    let (call, _) = account.session.say_image(API, "{ \"idleMemory\": 33 }");
    account.must(call.unwrap());
    assert_eq!(account.card(&task).containers[1].memory.wants, before);
    let later = account.run_task(&subnet, true, 1).remove(0);
    account.wait_for(&later, TaskState::Running);
    assert_eq!(account.card(&later).containers[1].memory.wants, 33);
}

#[test]
fn bad_input_is_found_as_it_is_typed_and_refused_as_a_call() {
    let mut account = Account::first_light();
    let text = "{ \"exitCode\": 999, \"speed\": 3 }";
    let (call, findings) = account.session.say_image("web", text);
    assert_eq!(call, None);
    let found: Vec<&str> = findings
        .iter()
        .map(|it| &text[it.span.start..it.span.end])
        .collect();
    assert_eq!(found, ["999", "\"speed\""]);
    let hash = account.session.event_hash();
    let too_much = fargate_core::workload::Workload {
        exit_code: 999,
        ..Default::default()
    };
    for (image, behaviour, words) in [
        ("", None, "image must have 1 to 255 characters."),
        ("web", None, "Nothing was said about image 'web'."),
        (
            "web",
            Some(too_much),
            "exitCode is a whole number from 0 to 255",
        ),
    ] {
        let call = PutImage {
            image: image.to_owned(),
            behaviour: behaviour.map(Box::new),
        };
        let error = account.send(call).unwrap_err();
        assert_eq!(
            (error.code, error.message.as_str()),
            ("InvalidParameterException", words)
        );
    }
    assert_eq!(account.session.event_hash(), hash);
}

#[test]
fn a_document_that_says_more_than_anyone_could_is_not_opened() {
    let mut scenario = Account::first_light().session.scenario().clone();
    let text = |scenario: &fargate_session::Scenario| serde_json::to_string(scenario).unwrap();
    let mut endless = fargate_core::workload::Workload::default();
    scenario.images.insert("web".to_owned(), endless.clone());
    assert!(Session::open(&text(&scenario)).is_ok());
    endless.start_ms = u64::MAX;
    scenario.images.insert("web".to_owned(), endless);
    assert!(Session::open(&text(&scenario)).is_err());
}

/// Runs a definition of these containers with a task of 1 vCPU and 2 GB, and shows it some seconds after it runs.
fn running(containers: &Value, more: &Value, seconds: u64) -> TaskCard {
    let mut account = Account::first_light();
    let mut definition = json!({
        "family": "t", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "1024", "memory": "2048",
        "containerDefinitions": containers
    });
    for (name, value) in more.as_object().unwrap() {
        definition[name] = value.clone();
    }
    let images: [(&str, Value); 2] = [
        ("cached", json!({ "idleMemory": 900, "cacheMemory": 700 })),
        ("patient", json!({ "readyMs": 40_000 })),
    ];
    for (image, does) in images {
        let (call, _) = account.session.say_image(image, &does.to_string());
        account.must(call.unwrap());
    }
    account.must(Call::from(RegisterTaskDefinition { definition }));
    let (subnet, group) = (account.subnet(), account.group());
    let call = RunTask {
        task_definition: "t".to_owned(),
        ..run(&subnet, vec![group], true, 1)
    };
    let fargate_core::error::Reply::Tasks(tasks) = account.must(call) else {
        panic!("tasks are run");
    };
    account.wait_for(&tasks[0], TaskState::Activating);
    account.wait(seconds);
    account.card(&tasks[0])
}

#[test]
fn sentences_say_who_lends_who_waits_and_who_was_killed_by_which_limit() {
    let windows =
        json!({ "runtimePlatform": { "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE" } });
    let burner = |name: &str, cpu: u32| json!({ "name": name, "image": "cpu-burner", "cpu": cpu });
    let table: &[(Value, Value, u64, &str)] = &[
        (
            json!([burner("a", 256), burner("b", 768)]),
            json!({}),
            5,
            "All 1,024 units are in use. Each container gets its share; a and b would use more.",
        ),
        (
            json!([burner("a", 256), burner("b", 0)]),
            json!({}),
            5,
            "b says no cpu, so it weighs 2 beside 256: it gets 8 of the 4,096 units that it wants.",
        ),
        (
            json!([burner("a", 256), burner("b", 768)]),
            windows.clone(),
            5,
            "On Windows cpu is a limit: a and b would use more, and nobody lends.",
        ),
        (
            json!([{ "name": "a", "image": "nginx", "cpu": 256 }]),
            windows,
            5,
            "On Windows cpu is a limit: nobody borrows, and nobody wants more.",
        ),
    ];
    for (containers, more, seconds, sentence) in table {
        assert_eq!(running(containers, more, *seconds).cpu_sentence, *sentence);
    }
    let leaky = |name: &str, essential: bool, restart: bool| {
        json!([
            { "name": "web", "image": "nginx" },
            { "name": name, "image": "leaky", "memory": 320, "essential": essential,
              "restartPolicy": { "enabled": restart, "restartAttemptPeriod": 60 } }
        ])
    };
    let alone = json!([{ "name": "a", "image": "leaky" }]);
    let cached = json!([{ "name": "a", "image": "cached", "memoryReservation": 256 }, { "name": "b", "image": "cached" }]);
    let table: &[(Value, u64, &str)] = &[
        (
            leaky("x", false, false),
            80,
            "x was killed at its own limit of 320 MiB: exit code 137. It is not essential, so the task goes on.",
        ),
        (
            leaky("x", true, false),
            80,
            "x was killed at its own limit of 320 MiB: exit code 137. It is essential, so the task stops.",
        ),
        (
            leaky("x", true, true),
            80,
            "x was killed at its own limit of 320 MiB: exit code 137. Its restart policy has started it again: restart 1.",
        ),
        (
            alone,
            600,
            "a was killed at the task's limit of 2,048 MiB: exit code 137. It is essential, so the task stops.",
        ),
        (
            cached,
            5,
            "The task's memory is full, so the kernel took 1,152 MiB of files back from a and b. Nobody is killed for files.",
        ),
    ];
    for (containers, seconds, sentence) in table {
        assert_eq!(
            running(containers, &json!({}), *seconds).memory_sentence,
            *sentence
        );
    }
}

#[test]
fn a_card_shows_health_waiting_platform_and_disk() {
    let containers = json!([
        { "name": "web", "image": "nginx", "dependsOn": [{ "containerName": "db", "condition": "HEALTHY" }] },
        { "name": "db", "image": "patient", "healthCheck": { "command": ["CMD", "ok"], "interval": 30 } }
    ]);
    let card = running(&containers, &json!({ "cpu": "256", "memory": "512" }), 35);
    assert_eq!(card.health, "UNKNOWN");
    assert_eq!(
        card.containers[0].waits_for.as_deref(),
        Some("db to be healthy")
    );
    assert_eq!(
        (card.containers[0].health, card.containers[1].health),
        (None, Some("UNKNOWN"))
    );
    let platform = card.platform;
    assert_eq!(
        (platform.version, platform.metadata, platform.windows),
        ("1.4.0", 4, false)
    );
    assert_eq!(
        (platform.visible_cpus, platform.visible_memory),
        (2, 900),
        "as observed in a task of this size"
    );
    assert_eq!((card.disk.room, card.disk.volumes), (20_480, None));
    let card = running(&containers, &json!({}), 70);
    assert_eq!(
        (card.health, card.containers[0].waits_for.clone()),
        ("HEALTHY", None)
    );
    let filler = json!([{ "name": "a", "image": "disk-filler", "essential": true }]);
    let card = running(&filler, &json!({}), 120);
    assert_eq!(
        card.disk_sentence,
        "The images take 0.2 GiB, 5.8 GiB are written, 14 GiB are free."
    );
    let card = running(&filler, &json!({}), 420);
    assert_eq!(
        card.disk_sentence,
        "The disk of 20 GiB is full: what writes to it stops."
    );
    assert_eq!(card.containers[0].exit_code, Some(1));
}

#[test]
fn a_volume_shows_who_shares_it_and_what_is_in_it() {
    let containers = json!([
        { "name": "a", "image": "disk-filler", "mountPoints": [{ "sourceVolume": "v", "containerPath": "/data" }] },
        { "name": "t-log", "image": "nginx", "mountPoints": [{ "sourceVolume": "v", "containerPath": "/in", "readOnly": true }] },
        { "name": "c", "image": "nginx", "volumesFrom": [{ "sourceContainer": "t-log" }] }
    ]);
    let card = running(
        &containers,
        &json!({ "volumes": [{ "name": "v" }, { "name": "w" }] }),
        21,
    );
    let shared = &card.volumes[0];
    assert_eq!((shared.name.as_str(), shared.local), ("v", true));
    assert_eq!(
        shared.mounts,
        ["a at /data", "log at /in, read only", "c at /in, read only"]
    );
    assert!((900..1_100).contains(&shared.written), "{}", shared.written);
    assert_eq!(card.disk.written, shared.written);
    assert_eq!(
        (card.volumes[1].written, card.volumes[1].mounts.len()),
        (0, 0)
    );
}
