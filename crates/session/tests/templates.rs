//! The templates are what their scripts make, and open as they promise. `UPDATE_EXPECT=1 cargo test` writes them anew; as they are compiled
//! in, their hashes follow when it is run again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

#[path = "shared/script.rs"]
mod script;

use fargate_core::call::{
    AllocateAddress, AssignPublicIp, AssociateRouteTable, AttributeBooleanValue,
    AuthorizeSecurityGroupIngress, AwsvpcConfiguration, CreateNatGateway, CreateRoute,
    CreateRouteTable, CreateSecurityGroup, CreateSubnet, CreateVpc, CreateVpcEndpoint,
    DeleteSecurityGroup, DeleteVpcEndpoints, InstanceNetworkInterface, IpPermission, LaunchType,
    ModifySubnetAttribute, ModifyVpcAttribute, NetworkConfiguration, RegisterTaskDefinition,
    RunInstances, RunTask, SetTraffic, TagSpecification, TrafficSource, UserIdGroupPair,
};
use fargate_core::error::Reply;
use fargate_core::ids::TaskId;
use fargate_core::network::{IpProtocol, NatState};
use fargate_core::text::{self, Json};
use fargate_core::units::{SimSpan, SimTime};
use fargate_core::world::Budget;
use fargate_session::Session;
use fargate_session::reach::Ask;
use fargate_session::scenarios::{TEMPLATES, Template};
use script::{AS_OF, Script, check};
use std::fmt::Write as _;

const SCOREKEEP: &str = include_str!("data/scorekeep.json");

impl Script {
    fn vpc_of(&mut self, block: &str, name: &str) -> String {
        self.make(CreateVpc {
            cidr_block: block.to_owned(),
            tag_specifications: TagSpecification::name("vpc", name),
            ..Default::default()
        })
    }

    /// The VPC's gateway, and the default route of its main table, or of another.
    fn gateway(&mut self, vpc: &str, table: Option<&str>) {
        let gateway = self.make(fargate_core::call::CreateInternetGateway::default());
        self.send(fargate_core::call::AttachInternetGateway {
            internet_gateway_id: gateway.clone().into(),
            vpc_id: vpc.into(),
        });
        let main = || {
            let vpcs = &self.world.network().vpcs;
            vpcs.get(&vpc.into()).unwrap().main_route_table.to_string()
        };
        let table = table.map_or_else(main, str::to_owned);
        self.send(CreateRoute {
            route_table_id: table.into(),
            destination_cidr_block: Some("0.0.0.0/0".to_owned()),
            gateway_id: Some(gateway),
            ..Default::default()
        });
    }

    fn subnet(&mut self, vpc: &str, block: &str, zone: char, name: &str) -> String {
        self.make(CreateSubnet {
            vpc_id: vpc.into(),
            cidr_block: block.to_owned(),
            availability_zone: Some(format!("us-east-1{zone}")),
            tag_specifications: TagSpecification::name("subnet", name),
            ..Default::default()
        })
    }

    fn table(&mut self, vpc: &str, name: &str, subnets: &[&str]) -> String {
        let table = self.make(CreateRouteTable {
            vpc_id: vpc.into(),
            tag_specifications: TagSpecification::name("route-table", name),
        });
        for subnet in subnets {
            self.send(AssociateRouteTable {
                route_table_id: table.as_str().into(),
                subnet_id: (*subnet).into(),
            });
        }
        table
    }

    fn group(&mut self, vpc: &str, name: &str, what: &str) -> String {
        self.make(CreateSecurityGroup {
            group_name: name.to_owned(),
            description: what.to_owned(),
            vpc_id: vpc.into(),
        })
    }

    fn let_in(&mut self, group: &str, permission: IpPermission) {
        self.send(AuthorizeSecurityGroupIngress {
            group_id: group.into(),
            ip_permissions: vec![permission],
        });
    }

    /// A NAT gateway with an address of its own, and a table's default route to it; time goes on until it works.
    fn nat(&mut self, subnet: &str, table: &str) {
        let address = self.make(AllocateAddress::default());
        let nat = self.make(CreateNatGateway {
            subnet_id: subnet.into(),
            allocation_id: Some(address.into()),
            connectivity_type: None,
            tag_specifications: TagSpecification::name("natgateway", "nat a"),
        });
        self.send(CreateRoute {
            route_table_id: table.into(),
            destination_cidr_block: Some("0.0.0.0/0".to_owned()),
            nat_gateway_id: Some(nat.as_str().into()),
            ..Default::default()
        });
        let id = nat.as_str().into();
        while self.world.network().nat_gateways.get(&id).unwrap().state != NatState::Available {
            let next = self.world.next_due().unwrap();
            self.wait_until(next.0);
        }
    }

    /// Time goes on until every interface endpoint works.
    fn until_endpoints_work(&mut self) {
        let waits = |script: &Self| {
            let mut endpoints = script.world.network().interface_endpoints.values();
            endpoints.any(|endpoint| !endpoint.available)
        };
        while waits(self) {
            let next = self.world.next_due().unwrap();
            self.wait_until(next.0);
        }
    }

    /// Endpoints by which a subnet without a way out gets its images, and their group.
    fn for_a_while(&mut self, vpc: &str, subnet: &str) -> (Vec<String>, String) {
        self.hostnames(vpc, true);
        let group = self.group(vpc, "for a while", "Lets HTTPS of the VPC in");
        self.let_in(&group, IpPermission::tcp(443, "172.31.0.0/16"));
        let vpcs = &self.world.network().vpcs;
        let main = vpcs.get(&vpc.into()).unwrap().main_route_table.clone();
        let mut endpoints: Vec<String> = Vec::new();
        for service in ["ecr.api", "ecr.dkr", "s3"] {
            let gateway = service == "s3";
            let kind = if gateway { "Gateway" } else { "Interface" };
            let call = CreateVpcEndpoint {
                vpc_endpoint_type: Some(kind.to_owned()),
                vpc_id: vpc.into(),
                service_name: format!("com.amazonaws.us-east-1.{service}"),
                ..Default::default()
            };
            endpoints.push(self.make(if gateway {
                CreateVpcEndpoint {
                    route_table_ids: vec![main.clone()],
                    ..call
                }
            } else {
                CreateVpcEndpoint {
                    subnet_ids: vec![subnet.into()],
                    security_group_ids: vec![group.as_str().into()],
                    ..call
                }
            }));
        }
        self.until_endpoints_work();
        (endpoints, group)
    }

    /// Takes them away again.
    fn no_longer(&mut self, vpc: &str, (endpoints, group): (Vec<String>, String)) {
        let ids = endpoints.into_iter().map(Into::into);
        self.send(DeleteVpcEndpoints {
            vpc_endpoint_ids: ids.collect(),
        });
        self.send(DeleteSecurityGroup {
            group_id: group.into(),
        });
        self.hostnames(vpc, false);
    }

    fn hostnames(&mut self, vpc: &str, on: bool) {
        self.send(ModifyVpcAttribute {
            vpc_id: vpc.into(),
            enable_dns_support: None,
            enable_dns_hostnames: Some(AttributeBooleanValue { value: on }),
        });
    }

    fn define(&mut self, definition: &str) {
        self.send(RegisterTaskDefinition {
            definition: Json::of(&text::read(definition).root),
        });
    }

    fn run(&mut self, family: &str, subnet: &str, group: &str, public: bool) -> TaskId {
        let reply = self.send(RunTask {
            task_definition: family.to_owned(),
            count: None,
            launch_type: Some(LaunchType::Fargate),
            platform_version: None,
            network_configuration: Some(NetworkConfiguration {
                awsvpc_configuration: AwsvpcConfiguration {
                    subnets: vec![subnet.into()],
                    security_groups: vec![group.into()],
                    assign_public_ip: Some(if public {
                        AssignPublicIp::Enabled
                    } else {
                        AssignPublicIp::Disabled
                    }),
                },
            }),
            options: fargate_core::call::Hidden::default(),
        });
        let Reply::Tasks(tasks) = reply else {
            panic!("{reply:?}")
        };
        tasks[0].clone()
    }

    /// Time goes on until all of these run.
    fn until_running(&mut self, tasks: &[&TaskId]) {
        let waits = |script: &Self| {
            tasks.iter().any(|task| {
                let task = script.world.tasks().get(task).expect("it is listed");
                let state = task.state().aws();
                assert!(state != "STOPPED", "{:?}", task.stop);
                state != "RUNNING"
            })
        };
        while waits(self) {
            let next = self.world.next_due().unwrap();
            self.wait_until(next.0);
        }
    }

    fn traffic(&mut self, from: TrafficSource, to: &TaskId, port: u16) {
        self.send(SetTraffic {
            from,
            to: to.clone().into(),
            port,
            rate_tenths: 5,
        });
    }

    /// Ten seconds later it opens.
    fn ends(&mut self, name: &str) {
        let template = template(name);
        let at = SimTime(self.world.now().0 + 10_000);
        self.wait_until(at.0);
        check(
            &format!("templates/{name}.json"),
            &self.document(template.title, at),
        );
    }
}

fn template(name: &str) -> &'static Template {
    let mut templates = TEMPLATES.iter();
    templates
        .find(|it| it.name == name)
        .expect("a template has that name")
}

const ON: Option<AttributeBooleanValue> = Some(AttributeBooleanValue { value: true });

/// 'Default VPC' of the VPC guide: a /20 in each zone, public, with both DNS attributes.
#[test]
fn default_vpc() {
    let mut script = Script::new(41);
    let vpc = script.vpc_of("172.31.0.0/16", "default");
    script.hostnames(&vpc, true);
    script.gateway(&vpc, None);
    for (block, zone) in [
        ("172.31.0.0/20", 'a'),
        ("172.31.16.0/20", 'b'),
        ("172.31.32.0/20", 'c'),
    ] {
        let subnet = script.subnet(&vpc, block, zone, &format!("Default {zone}"));
        script.send(ModifySubnetAttribute {
            subnet_id: subnet.into(),
            map_public_ip_on_launch: ON,
        });
    }
    check(
        "templates/default-vpc.json",
        &script.document(template("default-vpc").title, SimTime(0)),
    );
}

/// What the first-run wizard of the talk made: two public subnets, a table of their own, and Apache on port 80. The addresses are those of
/// its CloudFormation stack: `VpcCidrBlock` 10.0.0.0/16, `SubnetCidrBlock1` 10.0.0.0/24, `SubnetCidrBlock2` 10.0.1.0/24.
#[test]
fn wizard() {
    let mut script = Script::new(42);
    let vpc = script.vpc_of("10.0.0.0/16", "ECS default - VPC");
    let one = script.subnet(&vpc, "10.0.0.0/24", 'a', "ECS default - Public Subnet 1");
    let two = script.subnet(&vpc, "10.0.1.0/24", 'b', "ECS default - Public Subnet 2");
    let table = script.table(&vpc, "RouteViaIgw", &[&one, &two]);
    script.gateway(&vpc, Some(&table));
    let group = script.group(&vpc, "EcsSecurityGroup", "ECS Allowed Ports");
    script.let_in(&group, IpPermission::tcp(80, "0.0.0.0/0"));
    script.define(include_str!("data/first-run.json"));
    let task = script.run("first-run-task-definition", &one, &group, true);
    script.until_running(&[&task]);
    script.traffic(TrafficSource::Internet, &task, 80);
    script.ends("wizard");
}

#[test]
fn public_tasks() {
    let mut script = Script::new(43);
    let vpc = script.vpc_of("10.0.0.0/16", "public");
    script.gateway(&vpc, None);
    let a = script.subnet(&vpc, "10.0.0.0/24", 'a', "Public a");
    let b = script.subnet(&vpc, "10.0.1.0/24", 'b', "Public b");
    let group = script.group(&vpc, "web", "Lets the Internet in");
    script.let_in(&group, IpPermission::tcp(8080, "0.0.0.0/0"));
    script.define(SCOREKEEP);
    let one = script.run("scorekeep", &a, &group, true);
    let two = script.run("scorekeep", &b, &group, true);
    script.until_running(&[&one, &two]);
    script.traffic(TrafficSource::Internet, &one, 8080);
    script.traffic(TrafficSource::Internet, &two, 8080);
    script.ends("public-tasks");
}

/// Two tasks of a private subnet each; one asks the other.
fn private_pair(script: &mut Script, vpc: &str, subnets: [&str; 2]) {
    let group = script.group(vpc, "tasks", "Lets its own members in");
    let own = IpPermission {
        ip_ranges: Vec::new(),
        user_id_group_pairs: vec![UserIdGroupPair {
            group_id: group.as_str().into(),
        }],
        ..IpPermission::tcp(8080, "")
    };
    script.let_in(&group, own);
    script.define(SCOREKEEP);
    let one = script.run("scorekeep", subnets[0], &group, false);
    let two = script.run("scorekeep", subnets[1], &group, false);
    script.until_running(&[&one, &two]);
    script.traffic(TrafficSource::Task(one), &two, 8080);
}

#[test]
fn private_nat() {
    let mut script = Script::new(44);
    let vpc = script.vpc_of("10.0.0.0/16", "behind NAT");
    script.gateway(&vpc, None);
    let public = script.subnet(&vpc, "10.0.0.0/24", 'a', "Public a");
    let a = script.subnet(&vpc, "10.0.1.0/24", 'a', "Private a");
    let b = script.subnet(&vpc, "10.0.2.0/24", 'b', "Private b");
    let table = script.table(&vpc, "Private", &[&a, &b]);
    script.nat(&public, &table);
    private_pair(&mut script, &vpc, [&a, &b]);
    script.ends("private-nat");
}

#[test]
fn private_endpoints() {
    let mut script = Script::new(45);
    let vpc = script.vpc_of("10.0.0.0/16", "endpoints only");
    script.hostnames(&vpc, true);
    let a = script.subnet(&vpc, "10.0.1.0/24", 'a', "Private a");
    let b = script.subnet(&vpc, "10.0.2.0/24", 'b', "Private b");
    let table = script.table(&vpc, "Private", &[&a, &b]);
    let group = script.group(&vpc, "endpoints", "Lets HTTPS of the VPC in");
    script.let_in(&group, IpPermission::tcp(443, "10.0.0.0/16"));
    for service in ["ecr.api", "ecr.dkr", "logs"] {
        script.send(CreateVpcEndpoint {
            vpc_endpoint_type: Some("Interface".to_owned()),
            vpc_id: vpc.as_str().into(),
            service_name: format!("com.amazonaws.us-east-1.{service}"),
            subnet_ids: vec![a.as_str().into(), b.as_str().into()],
            security_group_ids: vec![group.as_str().into()],
            ..Default::default()
        });
    }
    script.send(CreateVpcEndpoint {
        vpc_endpoint_type: Some("Gateway".to_owned()),
        vpc_id: vpc.as_str().into(),
        service_name: "com.amazonaws.us-east-1.s3".to_owned(),
        route_table_ids: vec![table.into()],
        ..Default::default()
    });
    script.until_endpoints_work();
    private_pair(&mut script, &vpc, [&a, &b]);
    script.ends("private-endpoints");
}

/// 'A bigger picture: Fargate networking' of the talk: tasks with public addresses in subnets 1 and 3, one without in subnet 2, an internet
/// gateway and nothing else. The one without has no way to its image in that picture, so it is run with endpoints that are taken away when
/// it runs.
#[test]
fn three_subnets() {
    let mut script = Script::new(46);
    let vpc = script.vpc_of("172.31.0.0/16", "a bigger picture");
    script.gateway(&vpc, None);
    let one = script.subnet(&vpc, "172.31.1.0/24", 'a', "Subnet 1");
    let two = script.subnet(&vpc, "172.31.2.0/24", 'b', "Subnet 2");
    let three = script.subnet(&vpc, "172.31.3.0/24", 'c', "Subnet 3");
    let group = script.group(&vpc, "web", "Lets the Internet in");
    script.let_in(&group, IpPermission::tcp(8080, "0.0.0.0/0"));
    script.define(SCOREKEEP);
    let endpoints = script.for_a_while(&vpc, &two);
    let second = script.run("scorekeep", &two, &group, false);
    script.until_running(&[&second]);
    script.no_longer(&vpc, endpoints);
    let first = script.run("scorekeep", &one, &group, true);
    let third = script.run("scorekeep", &three, &group, true);
    script.until_running(&[&first, &third]);
    script.traffic(TrafficSource::Internet, &first, 8080);
    script.traffic(TrafficSource::Internet, &third, 8080);
    script.traffic(TrafficSource::Task(first), &second, 8080);
    script.ends("three-subnets");
    let network = script.world.network();
    assert_eq!(network.nat_gateways.values().count(), 0);
    assert_eq!(network.route_tables.values().count(), 1);
    assert_eq!(network.interfaces.values().count(), 3);
    let endpoints = network.interface_endpoints.values().count();
    assert_eq!(
        (endpoints, network.gateway_endpoints.values().count()),
        (0, 0)
    );
}

/// The demonstration's service twice in one VPC, as its last note says, 'as if they are not different': on an instance, where Docker maps
/// its port in mode bridge, and on Fargate, with an interface of its own. The VPC and its subnets are those that `ecs-cli up` makes, in
/// which the demonstration's tasks had 10.0.0.48 and 10.0.0.176.
#[test]
fn ec2_and_fargate() {
    let mut script = Script::new(47);
    let vpc = script.vpc_of("10.0.0.0/16", "EC2 and Fargate");
    let one = script.subnet(&vpc, "10.0.0.0/24", 'a', "Public 1");
    let two = script.subnet(&vpc, "10.0.1.0/24", 'b', "Public 2");
    let table = script.table(&vpc, "RouteViaIgw", &[&one, &two]);
    script.gateway(&vpc, Some(&table));
    let group = script.group(&vpc, "EcsSecurityGroup", "ECS Allowed Ports");
    script.let_in(&group, IpPermission::tcp(80, "0.0.0.0/0"));
    script.define(include_str!("data/sample-app-ec2.json"));
    script.define(include_str!("data/sample-app-fargate.json"));
    let interface = InstanceNetworkInterface {
        subnet_id: Some(one.as_str().into()),
        groups: vec![group.as_str().into()],
        associate_public_ip_address: Some(true),
        private_ip_address: Some("10.0.0.176".to_owned()),
        ..Default::default()
    };
    let instance = script.make(RunInstances {
        image_id: "ami-0ecs0optimized0amzn2".to_owned(),
        instance_type: Some("t2.micro".to_owned()),
        min_count: 1,
        max_count: 1,
        network_interfaces: vec![interface],
        tag_specifications: TagSpecification::name("instance", "ECS Instance"),
        ..Default::default()
    });
    let task = script.run("sample-app-fargate", &two, &group, true);
    script.until_running(&[&task]);
    let at = script.world.now().0 + 40_000;
    script.wait_until(at);
    script.traffic(TrafficSource::Internet, &task, 80);
    script.traffic(TrafficSource::Instance(instance.as_str().into()), &task, 80);
    script.ends("ec2-and-fargate");
    let mut session = Session::template(template("ec2-and-fargate"), AS_OF).unwrap();
    session.advance(SimSpan::secs(1), Budget(u32::MAX));
    let interfaces = &script.world.network().interfaces;
    let mut interfaces = interfaces.values();
    let own = interfaces.find(|it| it.private_ip.to_string() == "10.0.0.176");
    let public = own.and_then(|it| it.public_ip).unwrap().to_string();
    for (from, to) in [
        ("internet", public.as_str()),
        (instance.as_str(), "sample-app-fargate"),
        ("sample-app-fargate", instance.as_str()),
    ] {
        let ask = Ask {
            from: from.to_owned(),
            to: to.to_owned(),
            protocol: IpProtocol::TCP,
            port: 80,
        };
        let answer = session.reach(&ask).unwrap();
        assert!(answer.reachable, "{from} to {to}: {answer:?}");
    }
}

#[test]
fn every_template_opens_with_every_call_accepted_and_no_request_denied() {
    let mut hashes = String::new();
    for template in TEMPLATES {
        let mut session = Session::template(template, AS_OF).expect(template.name);
        assert_eq!(session.refused(), [], "{}", template.name);
        assert_eq!(&*session.scenario().title, template.title);
        session.advance(SimSpan::secs(30), Budget(u32::MAX));
        let view = session.view(SimSpan::secs(3));
        let running = view
            .tasks
            .values()
            .filter(|task| task.state.aws() == "RUNNING");
        assert_eq!(running.count() > 0, template.runs, "{}", template.name);
        assert_eq!(
            view.requests.delivered > 0,
            template.runs,
            "{}",
            template.name
        );
        assert_eq!(view.requests.denied, 0, "{}", template.name);
        let events = session.event_lines().count();
        let hash = session.event_hash();
        writeln!(
            hashes,
            "{}: {events} events, hash {hash:016x}",
            template.name
        )
        .unwrap();
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/templates.txt");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, &hashes).unwrap();
    }
    let known = std::fs::read_to_string(path).unwrap();
    assert_eq!(hashes, known, "UPDATE_EXPECT=1 writes the hashes anew");
}
