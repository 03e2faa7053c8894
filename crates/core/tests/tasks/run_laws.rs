//! Laws of running tasks, whatever their definition and their images: order, ends, limits, and the same run again.

use crate::account::Account;
use fargate_core::engine::chance;
use fargate_core::event::{Event, Fact};
use fargate_core::ids::TaskId;
use fargate_core::task::{ContainerStatus, Health, TaskState};
use fargate_core::task_definition::Condition;
use fargate_core::units::SimTime;
use fargate_core::world::{Budget, Progress};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Tasks that are made up.
const TASKS: u32 = 250;
/// Events that one of them may lead to in its time: far more than any does.
const MANY: u32 = 20_000;

/// Numbers drawn for one task.
struct Draw {
    task: u32,
    drawn: u32,
}

impl Draw {
    fn below(&mut self, limit: u64) -> u64 {
        self.drawn += 1;
        let subject = format!("{} {}", self.task, self.drawn);
        chance::draw(23, "task", &subject) % limit
    }

    fn often(&mut self, of_ten: u64) -> bool {
        self.below(10) < of_ten
    }

    fn image(&mut self) -> Value {
        let mut image = json!({ "sizeMib": 10, "startMs": self.below(3_000), "idleMemory": self.below(700), "cacheMemory": self.below(500) });
        if self.often(4) {
            image["readyMs"] = self.below(40_000).into();
        }
        if self.often(5) {
            image["exitMs"] = self.below(120_000).into();
            image["exitCode"] = self.below(3).into();
        }
        if self.often(2) {
            image["sickMs"] = self.below(90_000).into();
        }
        if self.often(2) {
            image["leakKib"] = self.below(40_000).into();
        }
        if self.often(2) {
            image["writeKib"] = self.below(900_000).into();
        }
        image["stopMs"] = if self.often(2) {
            Value::Null
        } else {
            self.below(50_000).into()
        };
        image
    }

    /// A container that may depend on those before it, as AWS would take it.
    fn container(&mut self, place: u64, before: &[Value]) -> Value {
        let essential = place == 0 || self.often(5);
        let mut container = json!({ "name": format!("c{place}"), "image": format!("i{place}"), "essential": essential, "cpu": self.below(150) });
        if self.often(5) {
            container["healthCheck"] = json!({ "command": ["CMD", "ok"], "interval": 5 + self.below(20), "retries": 1 + self.below(3), "startPeriod": self.below(30) });
        }
        if self.often(3) {
            container["startTimeout"] = (2 + self.below(60)).into();
        }
        if self.often(4) {
            container["stopTimeout"] = (2 + self.below(60)).into();
        }
        if self.often(4) {
            container["memory"] = (200 + self.below(900)).into();
        }
        if self.often(3) {
            container["restartPolicy"] = json!({ "enabled": true, "restartAttemptPeriod": 60 });
        }
        let mut depends = Vec::new();
        for other in before {
            let mut conditions = vec!["START"];
            if other["essential"] == false {
                conditions.extend(["COMPLETE", "SUCCESS"]);
            }
            if other.get("healthCheck").is_some() {
                conditions.push("HEALTHY");
            }
            let chosen = conditions[self.below(conditions.len() as u64) as usize];
            if self.often(4) {
                depends.push(json!({ "containerName": other["name"], "condition": chosen }));
            }
        }
        if !depends.is_empty() {
            container["dependsOn"] = depends.into();
        }
        container
    }
}

/// A made-up task that is about to begin: its account, its id, and when it is stopped.
fn begun(number: u32) -> (Account, TaskId, u64) {
    let mut draw = Draw {
        task: number,
        drawn: 0,
    };
    let (mut account, subnet) = Account::new("2026-11-21");
    let (mut containers, mut images) = (Vec::new(), json!({}));
    for place in 0..=draw.below(5) {
        let container = draw.container(place, &containers);
        containers.push(container);
        images[format!("i{place}")] = draw.image();
    }
    account.images(&images);
    // in what order they are listed must not matter
    if draw.often(5) {
        containers.reverse();
    }
    account.register(&json!({ "containerDefinitions": containers }));
    let task = account.run(&subnet, "LATEST", true).unwrap();
    (account, task, 30_000 + draw.below(300_000))
}

/// Runs a made-up task to its end: its account then, and its id. `slice` is how many events are done at a time.
fn made_up(number: u32, slice: u32) -> (Account, TaskId) {
    let (mut account, task, stop) = begun(number);
    until(&mut account, stop, slice);
    let stopped = account.send("ecs:StopTask", &json!({ "task": task.as_str() }));
    stopped.unwrap();
    until(&mut account, stop + 500_000, slice);
    (account, task)
}

fn until(account: &mut Account, ms: u64, slice: u32) {
    let mut done = 0;
    while done < MANY {
        let progress = account
            .world
            .advance(SimTime(ms), Budget(slice), &mut account.log);
        if progress == Progress::Reached {
            return;
        }
        done += slice;
    }
    panic!("time does not go on");
}

/// What the log has said so far of a task's containers.
#[derive(Default)]
struct Seen {
    started: BTreeSet<String>,
    running: BTreeSet<String>,
    ended: BTreeMap<String, i32>,
    healthy: BTreeSet<String>,
    stopping: bool,
}

impl Seen {
    fn met(&self, name: &str, condition: Condition) -> bool {
        match condition {
            Condition::Start => self.started.contains(name),
            Condition::Complete => self.ended.contains_key(name),
            Condition::Success => self.ended.get(name) == Some(&0),
            Condition::Healthy => self.running.contains(name) && self.healthy.contains(name),
        }
    }
}

/// Follows a task's log and holds it to its definition.
fn follow(account: &Account, id: &TaskId) {
    let task = account.world.tasks().get(id).unwrap();
    let depends = |name: &str| {
        let mut all = task.containers.iter();
        let it = all.find(|it| *it.name == *name).unwrap();
        it.definition.depends_on.clone()
    };
    let mut seen = Seen::default();
    for Event { fact, at, .. } in &account.log {
        match fact {
            Fact::ContainerStarted { container, .. } => {
                assert!(!seen.stopping, "{container} starts while the task stops");
                if seen.started.insert(container.to_string()) {
                    for it in depends(container) {
                        // what was met when it was set about to start may be over when it starts
                        let was = it.condition == Condition::Healthy
                            && !seen.met(&it.container, it.condition);
                        assert!(
                            was || seen.met(&it.container, it.condition),
                            "{at}: {container} before {it:?}"
                        );
                    }
                }
                assert!(
                    seen.running.insert(container.to_string()),
                    "{container} runs once"
                );
                seen.healthy.remove(&**container);
            }
            Fact::ContainerExited {
                container, code, ..
            } => {
                assert!(seen.running.remove(&**container), "{container} ran");
                seen.ended.insert(container.to_string(), *code);
            }
            Fact::Restarts { container, .. } => {
                seen.ended.remove(&**container);
            }
            Fact::HealthChanged {
                container, health, ..
            } => {
                seen.healthy.remove(&**container);
                if *health == Health::Healthy {
                    seen.healthy.insert(container.to_string());
                }
            }
            Fact::Signalled {
                container,
                signal: "SIGTERM",
                ..
            } => {
                assert!(seen.stopping);
                for other in &seen.running {
                    let leans = depends(other).iter().any(|it| it.container == **container);
                    assert!(
                        !leans,
                        "{container} is told to stop while {other} still leans on it"
                    );
                }
            }
            Fact::Stopping { .. } => {
                assert!(!seen.stopping, "a task stops once");
                seen.stopping = true;
            }
            _ => {}
        }
    }
    assert_eq!(task.state(), TaskState::Stopped);
    assert!(seen.running.is_empty(), "nothing runs on");
    for it in &task.containers {
        let ended = matches!(it.status, ContainerStatus::Stopped { .. });
        assert!(ended, "{} is {:?}", it.name, it.status);
    }
}

#[test]
fn containers_start_after_their_dependencies_stop_before_them_and_all_ends() {
    let mut failed = 0;
    let mut restarted = 0;
    let mut killed = 0;
    for number in 0..TASKS {
        let (account, id) = made_up(number, MANY);
        follow(&account, &id);
        let task = account.world.tasks().get(&id).unwrap();
        failed += u32::from(task.containers.iter().any(|it| it.starts == 0));
        restarted += u32::from(task.containers.iter().any(|it| it.starts > 1));
        killed += u32::from(task.containers.iter().any(|it| it.killed_at.is_some()));
    }
    // the law is not empty: all of this happens
    assert!(
        failed > 20 && restarted > 5 && killed > 20,
        "{failed} {restarted} {killed}"
    );
}

#[test]
fn a_run_in_slices_is_the_run_at_once() {
    for number in 0..40 {
        let lines = |slice: u32| -> Vec<String> {
            let (account, _) = made_up(number, slice);
            account.log.iter().map(ToString::to_string).collect()
        };
        assert_eq!(lines(MANY), lines(1), "task {number}");
    }
}

#[test]
fn nothing_is_granted_beyond_a_task_at_any_moment() {
    for number in 0..60 {
        let (mut account, id, stop) = begun(number);
        let mut looked = 0;
        while let Some(next) = account.world.next_due().filter(|next| next.0 < stop) {
            // just before something happens, and when it has
            for moment in [next.0.saturating_sub(1), next.0] {
                until(&mut account, moment, MANY);
                let task = account.world.tasks().get(&id).unwrap();
                let shares = account.world.shares(task);
                let cpu: u32 = shares.containers.iter().map(|it| it.cpu.granted).sum();
                let memory: u32 = shares.containers.iter().map(|it| it.memory).sum();
                let fits = cpu <= task.cpu.0 && memory <= task.memory.0;
                assert!(fits, "task {number} at {moment}: {cpu} units, {memory} MiB");
                looked += 1;
            }
        }
        assert!(looked > 10, "task {number} was looked at {looked} times");
    }
}
