//! Runs with much in them.

use fargate_core::call::{
    AssignPublicIp, AwsvpcConfiguration, Hidden, LaunchType, NetworkConfiguration, RunTask,
    SetTraffic, TrafficSource,
};
use fargate_core::units::{Date, SimSpan};
use fargate_core::world::Budget;
use fargate_session::Session;

/// The day on which they play.
pub const AS_OF: Date = Date::new(2026, 6, 1);
/// How many events [`ten_thousand`] has, at least.
pub const EVENTS: u64 = 10_000;

/// First light with 200 more tasks, all running.
pub fn crowd() -> Session {
    let mut session = Session::first_light(AS_OF);
    let view = session.view(SimSpan::secs(1));
    let network = AwsvpcConfiguration {
        subnets: view.subnets.keys().cloned().collect(),
        security_groups: view.groups.keys().cloned().collect(),
        assign_public_ip: Some(AssignPublicIp::Enabled),
    };
    let call = RunTask {
        task_definition: "scorekeep".to_owned(),
        count: Some(10),
        launch_type: Some(LaunchType::Fargate),
        platform_version: None,
        network_configuration: Some(NetworkConfiguration {
            awsvpc_configuration: network,
        }),
        options: Hidden::default(),
    };
    for _ in 0..20 {
        let _accepted = session.send(call.clone().into());
    }
    session.advance(SimSpan::secs(120), Budget(u32::MAX));
    session
}

/// The first task is sent so many tenths of a request a second.
fn send(session: &mut Session, rate_tenths: u32) {
    let task = session
        .world()
        .tasks()
        .iter()
        .next()
        .map(|(id, _)| id.clone());
    let call = SetTraffic {
        from: TrafficSource::Internet,
        to: task.expect("a task").into(),
        port: 8_080,
        rate_tenths,
    };
    let _accepted = session.send(call.into());
}

/// The crowd with requests until there are ten thousand events, opened from its document as a page does when it loads.
pub fn ten_thousand() -> Session {
    let mut session = crowd();
    send(&mut session, 100);
    while (session.event_lines().count() as u64) < EVENTS {
        session.advance(SimSpan::secs(10), Budget(u32::MAX));
    }
    Session::open(&session.save()).expect("its own document")
}

/// First light with so many requests a second that more fly at once than are drawn.
pub fn storm() -> Session {
    let mut session = Session::first_light(AS_OF);
    send(&mut session, 3_000);
    session.advance(SimSpan::secs(3), Budget(u32::MAX));
    session
}
