//! The first scenario: the scorekeep task runs in a public subnet and is reached from the Internet.
//!
//! Its calls are written in Rust, so that a first visit need not load what reads calls as JSON; a test holds them against
//! `scenarios/first-light.json`, the same scenario as a document.

use super::scorekeep;
use crate::document::Scenario;
use fargate_core::call::{
    AssignPublicIp, AttachInternetGateway, AuthorizeSecurityGroupIngress, AwsvpcConfiguration,
    Call, CreateInternetGateway, CreateRoute, CreateSecurityGroup, CreateSubnet, CreateVpc, Hidden,
    IpPermission, LaunchType, NetworkConfiguration, RegisterTaskDefinition, RunTask, SetTraffic,
    TagSpecification, TrafficSource,
};
use fargate_core::text::Json;
use fargate_core::units::{Date, SimTime};

// Ids are drawn from the seed and the place of the call that makes the thing.
const SEED: u64 = 31;
const VPC: &str = "vpc-0ae67710d8f49670a";
const GATEWAY: &str = "igw-0dd66509f3d565f2b";
const MAIN_ROUTE_TABLE: &str = "rtb-0189b1b177c2a6e51";
const SUBNET: &str = "subnet-047e897a29b3340a6";
const GROUP: &str = "sg-0a0f18a1d2edf41b7";
const TASK: &str = "d9ae48e763ca4c7b693e793ff47998a1";
/// When the task is run, in ms.
const RUN_AT: SimTime = SimTime(4_000);
/// When it runs and traffic begins.
const TRAFFIC_AT: SimTime = SimTime(43_333);
/// What a visitor sees first.
const OPENS_AT: SimTime = SimTime(54_833);

/// The scenario, with the rules of a day.
pub(super) fn scenario(as_of: Date) -> Scenario {
    let mut calls: Vec<(SimTime, Call)> = at_once()
        .into_iter()
        .map(|call| (SimTime(0), call))
        .collect();
    calls.push((RUN_AT, run_task()));
    let traffic = SetTraffic {
        from: TrafficSource::Internet,
        to: TASK.into(),
        port: 8_080,
        rate_tenths: 5,
    };
    calls.push((TRAFFIC_AT, traffic.into()));
    Scenario::new("Scorekeep", SEED, as_of, OPENS_AT, calls)
}

fn at_once() -> [Call; 8] {
    [
        CreateVpc {
            cidr_block: "172.31.0.0/16".to_owned(),
            tag_specifications: TagSpecification::name("vpc", "playground"),
            ..Default::default()
        }
        .into(),
        CreateInternetGateway::default().into(),
        AttachInternetGateway {
            internet_gateway_id: GATEWAY.into(),
            vpc_id: VPC.into(),
        }
        .into(),
        CreateRoute {
            route_table_id: MAIN_ROUTE_TABLE.into(),
            destination_cidr_block: Some("0.0.0.0/0".to_owned()),
            gateway_id: Some(GATEWAY.to_owned()),
            ..Default::default()
        }
        .into(),
        CreateSubnet {
            vpc_id: VPC.into(),
            cidr_block: "172.31.1.0/24".to_owned(),
            availability_zone: Some("us-east-1a".to_owned()),
            tag_specifications: TagSpecification::name("subnet", "Public a"),
            ..Default::default()
        }
        .into(),
        CreateSecurityGroup {
            group_name: "web".to_owned(),
            description: "The scorekeep task".to_owned(),
            vpc_id: VPC.into(),
        }
        .into(),
        AuthorizeSecurityGroupIngress {
            group_id: GROUP.into(),
            ip_permissions: vec![IpPermission::tcp(8_080, "0.0.0.0/0")],
        }
        .into(),
        RegisterTaskDefinition {
            definition: Json::known(scorekeep::JSON),
        }
        .into(),
    ]
}

fn run_task() -> Call {
    let awsvpc_configuration = AwsvpcConfiguration {
        subnets: vec![SUBNET.into()],
        security_groups: vec![GROUP.into()],
        assign_public_ip: Some(AssignPublicIp::Enabled),
    };
    RunTask {
        task_definition: "scorekeep".to_owned(),
        count: None,
        launch_type: Some(LaunchType::Fargate),
        platform_version: None,
        network_configuration: Some(NetworkConfiguration {
            awsvpc_configuration,
        }),
        options: Hidden::default(),
    }
    .into()
}
