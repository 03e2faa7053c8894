//! Area `lifecycle`: the states of a task, its end, and how long it can be described.

use super::Case;
use super::account::Account;
use super::ends;
use super::seen::Seen;
use super::service;
use super::words::{any, any_number, speaks_of};
use fargate_core::error::Reply;
use fargate_core::event::Fact;
use fargate_core::task::TaskState;
use fargate_core::text::{self, Json, Node};
use fargate_core::units::Date;

/// Long enough for a small task to stop, in ms.
const STOPPED: u64 = 120_000;
/// When Fargate was shown for the first time.
const LAUNCH: Date = Date::new(2017, 11, 29);

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let deed = case.deed();
    let of = case.setup.get("case").and_then(Node::as_str);
    let of_service = any(case.setup, &["service", "service_desired", "services"]).is_some();
    let unhealthy = speaks_of(deed, &["health check", "healthcheck", "unhealthy"]);
    if unhealthy || speaks_of(deed, &["elb", "target fails", "load balancer"]) && of_service {
        return service::unhealthy(case);
    }
    if of_service {
        return service::changed(case);
    }
    if speaks_of(deed, &["replay"]) && case.setup.get("demo").is_some() {
        return demonstration();
    }
    if let Some(of) = of.or_else(|| speaks_of(deed, &["sequence"]).then_some(deed)) {
        return sequence(case, of);
    }
    if speaks_of(
        deed,
        &["describe-tasks", "describetasks", "list-tasks", "listtasks"],
    ) {
        return described(case);
    }
    if ends::is_one(case) {
        return ends::observe(case);
    }
    Ok(case.not_modelled())
}

/// The demonstration at Fargate's launch: what `ecs-cli compose up` logs. It asks every 6 s, which takes it an eighth of a second more,
/// and logs each second answer, beginning 2.4 s after its own start; the seconds are cut off.
fn demonstration() -> Result<Seen, String> {
    let mut account = Account::new(LAUNCH)?;
    account.done("playground:SetPace", r#"{"pace":"2017-demo"}"#)?;
    let image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/wordpress:latest";
    let environment = r#"[{"name":"WORDPRESS_DB_HOST","value":"db"}]"#;
    account.define(
        &format!(r#"{{"name":"test","image":"{image}","environment":{environment}}}"#),
        r#""executionRoleArn":"arn:aws:iam::123456789012:role/ecsTaskExecutionRole""#,
    )?;
    account.until(2_000);
    let input = account.run_input(r#""launchType":"FARGATE","platformVersion":"1.0.0""#);
    account.done("ecs:RunTask", &input)?;
    let mut observations = Vec::new();
    for number in 0..20 {
        let ms = 2_400 + 12_250 * number;
        account.until(ms);
        let task = account.only()?;
        observations.push(
            Seen::default()
                .member("t", &(ms / 1_000))
                .text("lastStatus", task.state().aws())
                .text("desiredStatus", task.desired_status()),
        );
        if task.state() >= TaskState::Running {
            break;
        }
    }
    Ok(Seen::default().list("observations", observations))
}

/// The states that a task goes through, as the row's words say: `run-task EC2 bridge`, `stop-task Fargate awsvpc`.
fn sequence(case: &Case<'_>, of: &str) -> Result<Seen, String> {
    let starts = speaks_of(
        of,
        &["run-task", "start", "launch", "runtask", "whole", "full"],
    );
    let stops = speaks_of(of, &["stop", "exit", "whole", "full"]);
    let fails_at_once = speaks_of(of, &["fail", "cannot"]);
    let (starts, stops) = if (starts || stops) && !fails_at_once {
        (starts, stops)
    } else {
        (true, true)
    };
    let mut account = Account::new(case.as_of)?;
    let fails = speaks_of(
        of,
        &[
            "pull fail",
            "cannot pull",
            "cannotpull",
            "fails to start",
            "fails to pull",
            "image does not",
        ],
    );
    if fails {
        account.done("playground:SetPresumed", r#"{"images":false}"#)?;
        account.define(r#"{"name":"web","image":"nobody/nothing:1"}"#, "")?;
        let input = account.run_input(r#""launchType":"FARGATE""#);
        account.done("ecs:RunTask", &input)?;
    } else {
        account.register("")?;
        account.run()?;
        account.stop()?;
    }
    account.wait(STOPPED);
    let mut states: Vec<TaskState> = Vec::new();
    for event in &account.log {
        if let Fact::State { state, .. } = event.fact {
            states.push(state);
        }
    }
    states.retain(|state| {
        let in_part = if *state < TaskState::Running {
            starts
        } else {
            stops || *state == TaskState::Running
        };
        in_part && shows(*state, of)
    });
    let states: Vec<&str> = states.into_iter().map(TaskState::aws).collect();
    Ok(Seen::default().member("sequence", &states))
}

/// Whether a task that is run in this way is seen in a state. On Fargate it is in all of them. On EC2 it is provisioned only where it
/// gets an interface, and activated only where something has to learn of it; the agent reports no stopping, but the end.
///
/// Source: developer guide, 'Amazon ECS task lifecycle'.
fn shows(state: TaskState, of: &str) -> bool {
    let simple = speaks_of(of, &["simple", "simplified"]);
    let on_ec2 = speaks_of(of, &["ec2", "external"]) && !speaks_of(of, &["fargate"]);
    let interface = speaks_of(of, &["awsvpc"]) || !on_ec2;
    let alone = speaks_of(
        of,
        &[
            "no load",
            "without load",
            "without a load",
            "no service disc",
        ],
    );
    let told = !alone
        && speaks_of(
            of,
            &[
                "load balancer",
                "service discovery",
                "alb",
                "elb",
                "nlb",
                "cloud map",
            ],
        )
        || !on_ec2;
    match state {
        TaskState::Provisioning | TaskState::Deprovisioning => interface && !simple,
        TaskState::Activating | TaskState::Deactivating => told && !simple,
        TaskState::Stopping => !on_ec2 && !simple,
        TaskState::Pending | TaskState::Running | TaskState::Stopped => true,
    }
}

/// A task that stopped some time ago, or one that never was, described or listed.
fn described(case: &Case<'_>) -> Result<Seen, String> {
    let names = [
        "stopped_at_minutes_ago",
        "stopped_minutes_ago",
        "minutes_ago",
        "stopped_ago_minutes",
        "minutes_since_stop",
    ];
    let minutes = any_number(case.setup, &names)
        .or_else(|| {
            any_number(
                case.setup,
                &["stopped_at_hours_ago", "stopped_hours_ago", "hours_ago"],
            )
            .map(|it| it * 60.0)
        })
        .or_else(|| {
            any_number(case.setup, &["stopped_at_seconds_ago", "seconds_ago"]).map(|it| it / 60.0)
        })
        .map(|it| it.clamp(0.0, 1_000_000.0));
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    account.run()?;
    let mut task = account.only()?.id.to_string();
    if let Some(minutes) = minutes {
        account.stop()?;
        while account.only()?.state() != TaskState::Stopped {
            account.wait(100);
        }
        account.wait((minutes * 60_000.0) as u64);
    } else if any(case.setup, &["task", "tasks"]).is_some()
        || speaks_of(
            case.deed(),
            &["unknown", "nope", "never", "does not exist", "nonexistent"],
        )
    {
        "0123456789abcdef0123456789abcdef".clone_into(&mut task);
    }
    let answer = if speaks_of(case.deed(), &["list"]) {
        let status = if speaks_of(case.deed(), &["stopped"]) {
            r#""desiredStatus":"STOPPED""#
        } else {
            ""
        };
        account.done("ecs:ListTasks", &format!("{{{status}}}"))?
    } else {
        account.done("ecs:DescribeTasks", &format!(r#"{{"tasks":["{task}"]}}"#))?
    };
    let Reply::Shown(answer) = answer else {
        return Err("the call shows nothing".to_owned());
    };
    let answer = text::read(answer.as_str()).root;
    let mut seen = Seen::default();
    for member in answer.members() {
        seen = seen.member(&member.key.name, &Json::of(&member.value));
    }
    if let Some([task]) = answer.get("tasks").map(Node::items) {
        for member in task.members() {
            seen = seen.member(&member.key.name, &Json::of(&member.value));
        }
    }
    Ok(seen)
}
