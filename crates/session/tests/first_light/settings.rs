//! What the cards of a task say of its settings: who lends, who was killed, what it waits for, why it stopped.

use crate::account::running;
use fargate_session::scene::container_name;
use fargate_session::view::TaskCard;
use serde_json::{Value, json};

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
        assert_eq!(
            running(containers, more, true, *seconds).cpu_sentence,
            *sentence
        );
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
            running(containers, &json!({}), true, *seconds).memory_sentence,
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
    let card = running(
        &containers,
        &json!({ "cpu": "256", "memory": "512" }),
        true,
        35,
    );
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
    assert_eq!(
        card.disk_sentence,
        "The images take 0.4 GiB, 0 MiB are written, 19.6 GiB are free."
    );
    let card = running(&containers, &json!({}), true, 70);
    assert_eq!(
        (card.health, card.containers[0].waits_for.clone()),
        ("HEALTHY", None)
    );
    let filler = json!([{ "name": "a", "image": "disk-filler", "essential": true }]);
    let card = running(&filler, &json!({}), true, 120);
    assert_eq!(
        card.disk_sentence,
        "The images take 0.2 GiB, 5.8 GiB are written, 14 GiB are free."
    );
    let card = running(&filler, &json!({}), true, 420);
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
        true,
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

/// The reason and the cure of a task's stop.
fn why(card: &TaskCard) -> String {
    let stop = card.stop.as_ref().expect("the task stops");
    stop.why.clone().expect("something led to it")
}

#[test]
fn a_stop_says_what_led_to_it_and_what_cures_it() {
    let after =
        |name: &str, condition: &str| json!([{ "containerName": name, "condition": condition }]);
    let check = json!({ "command": ["CMD", "ok"], "interval": 10 });
    let table: &[(Value, bool, u64, &str)] = &[
        (
            json!([{ "name": "job", "image": "failing" }]),
            true,
            9,
            "job ended with exit code 2, and it is essential, as every container is that does not say otherwise. Set essential to false if the others shall go on without it.",
        ),
        (
            json!([{ "name": "db", "image": "mysql" }]),
            true,
            9,
            "db ended with exit code 1: MYSQL_ROOT_PASSWORD is not set. A definition can set variables in environment and secrets, and mount a volume where an image writes.",
        ),
        (
            json!([{ "name": "a", "image": "leaky", "memory": 128 }]),
            true,
            60,
            "a was killed at its own limit of 128 MiB, and it is essential. Give it more memory, or let it hold less.",
        ),
        (
            json!([{ "name": "a", "image": "disk-filler" }]),
            true,
            600,
            "a ended with exit code 1, since the disk of 20 GiB is full. Set a larger ephemeralStorage, or let it write less.",
        ),
        (
            json!([{ "name": "a", "image": "huge" }]),
            true,
            9,
            "The images need 22.5 GiB, compressed and unpacked; the disk has 20. Set ephemeralStorage to 23 GiB or more.",
        ),
        (
            json!([{ "name": "a", "image": "nginx" }]),
            false,
            9,
            "The task asked the registry for an image and got no answer (IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS). igw-0dd66509f3d565f2b: 172.31.1.11 has no public address. Run it with assignPublicIp ENABLED, or lead its subnet to a NAT gateway instead.",
        ),
        (
            json!([{ "name": "a", "image": "nginx", "dependsOn": after("b", "SUCCESS") }, { "name": "b", "image": "failing", "essential": false }]),
            true,
            9,
            "a waited for b to end with exit code 0. It ended with exit code 2, so that can never be. See what ended it.",
        ),
        (
            json!([{ "name": "a", "image": "nginx", "dependsOn": after("b", "HEALTHY") }, { "name": "b", "image": "patient", "startTimeout": 30, "healthCheck": check }]),
            true,
            40,
            "a waited for b to be healthy. That did not come within its startTimeout of 30 s. Give it more time, or see what keeps it.",
        ),
        (
            json!([{ "name": "a", "image": "nginx", "dependsOn": after("b", "START") }, { "name": "b", "image": "nginx", "essential": false, "dependsOn": after("c", "SUCCESS") }, { "name": "c", "image": "failing", "essential": false }]),
            true,
            9,
            "a waited for b to start. It never started, so that can never be.",
        ),
    ];
    for (containers, public, seconds, sentence) in table {
        assert_eq!(
            why(&running(containers, &json!({}), *public, *seconds)),
            *sentence
        );
    }
}

#[test]
fn a_container_is_spoken_with_its_health_its_restarts_and_what_it_waits_for() {
    let check = json!({ "command": ["CMD", "ok"], "interval": 10 });
    let containers = json!([
        { "name": "web", "image": "nginx", "dependsOn": [{ "containerName": "db", "condition": "HEALTHY" }] },
        { "name": "db", "image": "patient", "healthCheck": check }
    ]);
    let spoken = |seconds: u64| {
        let card = running(&containers, &json!({}), true, seconds);
        card.containers
            .iter()
            .map(container_name)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        spoken(20),
        [
            "Container web, pending, waits for db to be healthy, port 80.",
            "Container db, running."
        ]
    );
    assert_eq!(
        spoken(35),
        [
            "Container web, pending, waits for db to be healthy, port 80.",
            "Container db, running, unhealthy."
        ]
    );
    assert_eq!(
        spoken(60),
        [
            "Container web, running, port 80.",
            "Container db, running, healthy."
        ]
    );
    let leaky = json!([{ "name": "a", "image": "leaky", "memory": 320, "restartPolicy": { "enabled": true, "restartAttemptPeriod": 60 } }]);
    let card = running(&leaky, &json!({}), true, 80);
    assert_eq!(
        container_name(&card.containers[0]),
        "Container a, running, restart 1, port 8080."
    );
}
