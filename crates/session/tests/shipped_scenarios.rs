//! The shipped scenarios are what their scripts make. `UPDATE_EXPECT=1 cargo test` writes them anew.
//!
//! A script sends calls as a person would and uses the ids that come back, so the files hold no id that was made up.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

use fargate_core::call::{
    AssignPublicIp, AttachInternetGateway, AuthorizeSecurityGroupIngress, AwsvpcConfiguration,
    Call, CreateInternetGateway, CreateRoute, CreateSecurityGroup, CreateSubnet, CreateVpc,
    IpPermission, LaunchType, NetworkConfiguration, RegisterTaskDefinition, RunTask, SetTraffic,
    TagSpecification, TrafficSource,
};
use fargate_core::error::Reply;
use fargate_core::ids::TaskId;
use fargate_core::text::{self, Json};
use fargate_core::units::{Date, SimTime};
use fargate_core::world::{Budget, Settings, World};
use fargate_session::{Scenario, Session};
use std::path::PathBuf;

/// Sends calls one after another and keeps what was sent.
struct Script {
    seed: u64,
    world: World,
    sent: Vec<(SimTime, Call)>,
}

const AS_OF: Date = Date::new(2026, 6, 1);

impl Script {
    fn new(seed: u64) -> Self {
        let settings = Settings {
            authority: fargate_core::world::Authority::whole(),
            seed,
            as_of: AS_OF,
            images: litemap::LiteMap::default(),
        };
        Self {
            seed,
            world: World::new(settings),
            sent: Vec::new(),
        }
    }

    fn send(&mut self, call: impl Into<Call>) -> Reply {
        let call = call.into();
        let number = self.sent.len() as u32;
        let reply = self
            .world
            .apply(number, &call, &mut Vec::new())
            .unwrap_or_else(|error| panic!("{call:?}: {error}"));
        self.sent.push((self.world.now(), call));
        reply
    }

    fn make(&mut self, call: impl Into<Call>) -> String {
        match self.send(call) {
            Reply::Made(id) => id,
            other => panic!("nothing was made: {other:?}"),
        }
    }

    fn wait_until(&mut self, ms: u64) {
        self.world
            .advance(SimTime(ms), Budget(u32::MAX), &mut Vec::new());
    }

    fn document(&self, title: &str, opens_at: SimTime) -> String {
        let scenario = Scenario::new(title, self.seed, AS_OF, opens_at, self.sent.clone());
        let mut text = text::print(&text::read(&scenario.print()).root);
        text.push('\n');
        text
    }

    /// A VPC with a gateway that its main route table leads to.
    fn vpc(&mut self) -> String {
        let vpc = self.make(CreateVpc {
            cidr_block: "172.31.0.0/16".to_owned(),
            tag_specifications: TagSpecification::name("vpc", "playground"),
            ..Default::default()
        });
        let gateway = self.make(CreateInternetGateway::default());
        let attach = AttachInternetGateway {
            internet_gateway_id: gateway.clone().into(),
            vpc_id: vpc.clone().into(),
        };
        self.send(attach);
        let found = self.world.network().vpcs.get(&vpc.clone().into()).unwrap();
        let route = CreateRoute {
            route_table_id: found.main_route_table.clone(),
            destination_cidr_block: Some("0.0.0.0/0".to_owned()),
            gateway_id: Some(gateway),
            ..Default::default()
        };
        self.send(route);
        vpc
    }
}

fn check(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        found, text,
        "{name} is not what its script makes; UPDATE_EXPECT=1 writes it anew"
    );
}

#[test]
fn first_light_runs_the_scorekeep_task_of_the_talk() {
    let mut script = Script::new(31);
    let vpc = script.vpc();
    let subnet = script.make(CreateSubnet {
        vpc_id: vpc.clone().into(),
        cidr_block: "172.31.1.0/24".to_owned(),
        availability_zone: Some("us-east-1a".to_owned()),
        tag_specifications: TagSpecification::name("subnet", "Public a"),
        ..Default::default()
    });
    let group = script.make(CreateSecurityGroup {
        group_name: "web".to_owned(),
        description: "The scorekeep task".to_owned(),
        vpc_id: vpc.into(),
    });
    script.send(AuthorizeSecurityGroupIngress {
        group_id: group.clone().into(),
        ip_permissions: vec![IpPermission::tcp(8080, "0.0.0.0/0")],
    });
    let definition = include_str!("data/scorekeep.json");
    script.send(RegisterTaskDefinition {
        definition: Json::of(&text::read(definition).root),
    });
    script.wait_until(4_000);
    let reply = script.send(RunTask {
        task_definition: "scorekeep".to_owned(),
        count: None,
        launch_type: Some(LaunchType::Fargate),
        platform_version: None,
        network_configuration: Some(NetworkConfiguration {
            awsvpc_configuration: AwsvpcConfiguration {
                subnets: vec![subnet.into()],
                security_groups: vec![group.into()],
                assign_public_ip: Some(AssignPublicIp::Enabled),
            },
        }),
    });
    let Reply::Tasks(tasks) = reply else {
        panic!("{reply:?}")
    };
    let task: TaskId = tasks[0].clone();
    while script.world.tasks().get(&task).unwrap().state().aws() != "RUNNING" {
        let next = script.world.next_due().unwrap();
        script.wait_until(next.0);
    }
    let running = script.world.now();
    script.wait_until(running.0 + 500);
    script.send(SetTraffic {
        from: TrafficSource::Internet,
        to: task,
        port: 8080,
        rate_tenths: 5,
    });
    script.wait_until(running.0 + 12_000);
    check(
        "first-light.json",
        &script.document("Scorekeep", SimTime(running.0 + 12_000)),
    );
}

#[test]
fn the_empty_vpc_has_a_gateway_and_nothing_else() {
    let mut script = Script::new(32);
    script.vpc();
    check("empty-vpc.json", &script.document("Empty VPC", SimTime(0)));
}

#[test]
fn first_light_opens_with_a_task_that_has_run_for_twelve_seconds() {
    let mut session = Session::first_light(AS_OF);
    let view = session.view(fargate_core::units::SimSpan::secs(3));
    let task = view.tasks.values().next().expect("a task runs");
    assert_eq!(task.state.aws(), "RUNNING");
    assert_eq!(task.definition, "scorekeep:1");
    assert_eq!(
        task.containers
            .iter()
            .map(|it| it.short_name.as_str())
            .collect::<Vec<_>>(),
        ["frontend", "api"]
    );
    assert_eq!(
        task.containers
            .iter()
            .map(|it| it.cpu.wants)
            .collect::<Vec<_>>(),
        [122, 183]
    );
    assert!(
        view.requests.delivered > 3 && view.requests.denied == 0,
        "{:?}",
        view.requests
    );
    assert!(!view.flights.is_empty(), "packets fly");
    assert!(task.cost.minimum, "the one-minute minimum is billed");
    assert_eq!(
        view.history.undo, None,
        "what the scenario gives cannot be undone"
    );
}
