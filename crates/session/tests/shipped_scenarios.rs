//! The shipped scenarios are what their scripts make. `UPDATE_EXPECT=1 cargo test` writes them anew.
#![allow(clippy::expect_used)] // a test says so when it fails

#[path = "shared/script.rs"]
mod script;

use fargate_core::call::{
    AssignPublicIp, AttachInternetGateway, AuthorizeSecurityGroupIngress, AwsvpcConfiguration,
    CreateInternetGateway, CreateRoute, CreateSecurityGroup, CreateSubnet, CreateVpc, IpPermission,
    LaunchType, NetworkConfiguration, RegisterTaskDefinition, RunTask, SetTraffic,
    TagSpecification, TrafficSource,
};
use fargate_core::error::Reply;
use fargate_core::ids::TaskId;
use fargate_core::text::{self, Json};
use fargate_core::units::SimTime;
use fargate_session::Session;
use script::{AS_OF, Script, check};

impl Script {
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
        let found = self
            .world
            .network()
            .vpcs
            .get(&vpc.clone().into())
            .expect("it is made");
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
        options: fargate_core::call::Hidden::default(),
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
        to: task.into(),
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
