//! The shipped scenario, run on for ten minutes with what a person does meanwhile. Natively and in the browser it must
//! give the same events: `tests/same_everywhere.rs` here and `web/tests/same_everywhere.rs` both run it.
#![allow(
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

use fargate_core::call::{
    AuthorizeSecurityGroupIngress, Call, IpPermission, RevokeSecurityGroupIngress, RunTask,
    SendRequests, SetDemand, StopTask, TrafficSource,
};
use fargate_core::ids::TaskId;
use fargate_core::units::{Date, SimSpan, SimTime};
use fargate_core::world::Budget;
use fargate_session::Session;

/// What the run gave when it was last looked at.
pub(crate) const EXPECTED: &str = include_str!("../data/first-light-run.txt");
/// The day whose rules apply, whatever the clock says.
const AS_OF: Date = Date::new(2026, 6, 1);

/// Runs the shipped scenario on for ten minutes, with what a person does meanwhile, in slices as a page would.
fn run() -> Session {
    let mut session = Session::first_light(AS_OF);
    let (task, subnets, groups) = {
        let view = session.view(SimSpan::secs(1));
        let task = view.tasks.values().next().expect("a task runs");
        (
            task.id.clone(),
            vec![task.subnet.clone()],
            task.groups.clone(),
        )
    };
    let group = groups.first().cloned().expect("it wears a group");
    let web = || vec![IpPermission::tcp(8080, "0.0.0.0/0")];
    let requests = |count| SendRequests {
        from: TrafficSource::Internet,
        to: task.clone().into(),
        port: 8080,
        count,
        rate_tenths: 100,
    };
    let demand = |cpu, memory| SetDemand {
        task: task.clone(),
        container: "scorekeep-frontend".to_owned(),
        cpu,
        memory,
    };
    let second = RunTask {
        task_definition: "scorekeep:1".to_owned(),
        count: Some(2),
        launch_type: Some(fargate_core::call::LaunchType::Fargate),
        platform_version: None,
        network_configuration: Some(fargate_core::call::NetworkConfiguration {
            awsvpc_configuration: fargate_core::call::AwsvpcConfiguration {
                subnets,
                security_groups: groups,
                assign_public_ip: Some(fargate_core::call::AssignPublicIp::Enabled),
            },
        }),
        options: fargate_core::call::Hidden::default(),
    };
    let script: [(u64, Call); 8] = [
        (60, requests(100).into()),
        (90, demand(Some(900), None).into()),
        (
            120,
            RevokeSecurityGroupIngress {
                group_id: group.clone(),
                ip_permissions: web(),
            }
            .into(),
        ),
        (130, requests(5).into()),
        (
            180,
            AuthorizeSecurityGroupIngress {
                group_id: group.clone(),
                ip_permissions: web(),
            }
            .into(),
        ),
        (200, second.into()),
        (330, demand(None, Some(4_096)).into()),
        (400, stop(&task).into()),
    ];
    for (second, call) in script {
        until(&mut session, second);
        let action = call.action();
        if let Err(error) = session.send(call) {
            // The task may have ended by itself; that is a part of the run too.
            assert_eq!(action, "ecs:StopTask", "{action}: {error}");
        }
        if second == 90 {
            session.undo().expect("the demand can be taken back");
            session.redo().expect("and set again");
        }
    }
    until(&mut session, 600);
    session
}

fn stop(task: &TaskId) -> StopTask {
    StopTask {
        task: task.clone(),
        ..Default::default()
    }
}

/// Advances to a second of the run, a few events at a time.
fn until(session: &mut Session, second: u64) {
    let end = SimTime(second * 1_000);
    while session.now() < end {
        session.advance(end - session.now(), Budget(16));
    }
}

/// What the run gives now.
pub(crate) fn found() -> String {
    let session = run();
    let events = session.event_lines().count();
    format!(
        "at {}, {events} events, hash {:016x}\n",
        session.now(),
        session.event_hash()
    )
}
