//! What accounts cost: thirty designs, each with its sum by hand; what has ended; prices of other days and Regions; the same on EC2.
#![allow(
    clippy::needless_pass_by_value,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

use fargate_core::billing::Packing::{Awsvpc, Bridge, Trunked};
use fargate_core::billing::{Region, Standing};
use fargate_core::call::Call;
use fargate_core::error::Reply;
use fargate_core::units::{Date, NanoUsd, SimSpan};
use fargate_core::wire::parse;
use fargate_core::world::Budget;
use fargate_session::Session;
use serde_json::{Value, json};

/// An account with a VPC of two public subnets in two zones, made by calls alone.
struct Account {
    session: Session,
    vpc: String,
    subnets: [String; 2],
    /// A subnet behind a NAT gateway or with endpoints, where there are some: tasks then run there, without public addresses.
    private: Option<String>,
    group: String,
    /// What tasks run.
    image: &'static str,
    made: usize,
}

impl Account {
    fn on(day: Date) -> Self {
        let session = Session::empty_vpc(day);
        let mut account = Self {
            session,
            vpc: String::new(),
            subnets: [String::new(), String::new()],
            private: None,
            group: String::new(),
            image: "nginx:1.27",
            made: 0,
        };
        account.vpc = account.make("ec2:CreateVpc", json!({"CidrBlock": "10.9.0.0/16"}));
        let vpc = account.vpc.clone();
        account.send(
            "ec2:ModifyVpcAttribute",
            json!({"VpcId": vpc, "EnableDnsHostnames": {"Value": true}}),
        );
        let gateway = account.make("ec2:CreateInternetGateway", json!({}));
        account.send(
            "ec2:AttachInternetGateway",
            json!({"InternetGatewayId": gateway, "VpcId": vpc}),
        );
        let network = account.session.world().network();
        let table = network
            .route_tables
            .values()
            .find(|it| it.vpc.as_str() == vpc)
            .unwrap()
            .id
            .to_string();
        let group = network
            .security_groups
            .values()
            .find(|it| it.vpc.as_str() == vpc)
            .unwrap()
            .id
            .to_string();
        account.send(
            "ec2:CreateRoute",
            json!({"RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": gateway}),
        );
        account.subnets = ["a", "b"].map(|zone| {
            let third = usize::from(zone == "b");
            account.make(
                "ec2:CreateSubnet",
                json!({"VpcId": vpc, "CidrBlock": format!("10.9.{third}.0/24"), "AvailabilityZone": format!("us-east-1{zone}")}),
            )
        });
        account.send(
            "ec2:AuthorizeSecurityGroupIngress",
            json!({"GroupId": group, "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}),
        );
        account.group = group;
        account
    }

    fn try_send(&mut self, action: &str, input: &Value) -> Reply {
        let text = json!({"action": action, "input": input}).to_string();
        let call: Call = parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        self.session
            .send(call)
            .unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn send(&mut self, action: &str, input: Value) {
        self.try_send(action, &input);
    }

    fn make(&mut self, action: &str, input: Value) -> String {
        match self.try_send(action, &input) {
            Reply::Made(id) => id,
            other => panic!("{action}: {other:?}"),
        }
    }

    fn wait(&mut self, seconds: u64) {
        self.session
            .advance(SimSpan::secs(seconds), Budget(u32::MAX));
    }

    fn name(&mut self, kind: &str) -> String {
        self.made += 1;
        format!("{kind}-{}", self.made)
    }

    fn build(&mut self, piece: &Piece) {
        match *piece {
            Piece::Tasks(count, cpu, memory) => {
                self.tasks(count, (cpu, memory), &Value::Null, 20);
            }
            Piece::Arm(count, cpu, memory) => {
                let platform = json!({"cpuArchitecture": "ARM64"});
                self.tasks(count, (cpu, memory), &platform, 20);
            }
            Piece::Disk(count, cpu, memory, gib) => {
                self.tasks(count, (cpu, memory), &Value::Null, gib);
            }
            Piece::Nat => {
                let address = self.make("ec2:AllocateAddress", json!({}));
                let subnet = self.subnets[0].clone();
                let gateway = self.make(
                    "ec2:CreateNatGateway",
                    json!({"SubnetId": subnet, "AllocationId": address,
                        "TagSpecifications": [{"ResourceType": "natgateway", "Tags": [{"Key": "Name", "Value": "way out"}]}]}),
                );
                self.wait(300);
                let table = self.add_private_subnet();
                self.send(
                    "ec2:CreateRoute",
                    json!({"RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": gateway}),
                );
            }
            Piece::Endpoints => {
                let table = self.add_private_subnet();
                self.image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1";
                for service in ["ecr.api", "ecr.dkr", "logs"] {
                    let input = json!({"VpcEndpointType": "Interface", "VpcId": self.vpc, "SubnetIds": self.subnets,
                        "SecurityGroupIds": [self.group], "ServiceName": format!("com.amazonaws.us-east-1.{service}")});
                    self.make("ec2:CreateVpcEndpoint", input);
                }
                let input = json!({"VpcEndpointType": "Gateway", "VpcId": self.vpc, "RouteTableIds": [table],
                    "ServiceName": "com.amazonaws.us-east-1.s3"});
                self.make("ec2:CreateVpcEndpoint", input);
            }
            Piece::PrivateNat => {
                let subnet = self.subnets[0].clone();
                self.make(
                    "ec2:CreateNatGateway",
                    json!({"SubnetId": subnet, "ConnectivityType": "private"}),
                );
            }
            Piece::Address => {
                self.make("ec2:AllocateAddress", json!({}));
            }
            Piece::Endpoint(service, zones) => {
                let subnets = &self.subnets[..zones];
                let input = json!({"VpcEndpointType": "Interface", "VpcId": self.vpc, "SubnetIds": subnets,
                    "ServiceName": format!("com.amazonaws.us-east-1.{service}"), "PrivateDnsEnabled": false});
                self.make("ec2:CreateVpcEndpoint", input);
            }
            Piece::S3Gateway => {
                let input = json!({"VpcEndpointType": "Gateway", "VpcId": self.vpc, "ServiceName": "com.amazonaws.us-east-1.s3"});
                self.make("ec2:CreateVpcEndpoint", input);
            }
            Piece::Balancer(kind, scheme) => {
                let name = self.name("lb");
                self.make(
                    "elbv2:CreateLoadBalancer",
                    json!({"Name": name, "Subnets": self.subnets, "Type": kind, "Scheme": scheme}),
                );
            }
            Piece::Instances(count, kind) => {
                let input = json!({"ImageId": "ami-1", "InstanceType": kind, "MinCount": count, "MaxCount": count, "SubnetId": self.subnets[0]});
                self.make("ec2:RunInstances", input);
            }
            Piece::Database(engine, class) => {
                let (group, name) = (self.name("group"), self.name("db"));
                self.make("rds:CreateDBSubnetGroup", json!({"DBSubnetGroupName": group, "DBSubnetGroupDescription": "d", "SubnetIds": self.subnets}));
                self.make("rds:CreateDBInstance", json!({"DBInstanceIdentifier": name, "DBInstanceClass": class, "Engine": engine,
                    "AllocatedStorage": 20, "MasterUsername": "app", "DBSubnetGroupName": group, "PubliclyAccessible": false}));
            }
            Piece::Requests(tenths) => {
                let task = self
                    .session
                    .world()
                    .tasks()
                    .values()
                    .next()
                    .unwrap()
                    .id
                    .clone();
                let input = json!({"from": "internet", "to": task.as_str(), "port": 80, "rateTenths": tenths});
                self.send("playground:SetTraffic", input);
            }
        }
    }

    /// A subnet with a route table of its own, whose id it gives; tasks run there from now on.
    fn add_private_subnet(&mut self) -> String {
        let vpc = self.vpc.clone();
        let subnet = self.make(
            "ec2:CreateSubnet",
            json!({"VpcId": vpc, "CidrBlock": "10.9.7.0/24", "AvailabilityZone": "us-east-1a"}),
        );
        let table = self.make("ec2:CreateRouteTable", json!({"VpcId": vpc}));
        self.send(
            "ec2:AssociateRouteTable",
            json!({"RouteTableId": table, "SubnetId": subnet}),
        );
        self.private = Some(subnet);
        table
    }

    fn tasks(&mut self, count: u32, (cpu, memory): (u32, u32), platform: &Value, disk: u32) {
        let family = self.name("app");
        let mut definition = json!({"family": family, "cpu": cpu.to_string(), "memory": memory.to_string(),
            "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "executionRoleArn": "arn:aws:iam::123456789012:role/execution",
            "containerDefinitions": [{"name": "web", "image": self.image, "portMappings": [{"containerPort": 80}]}]});
        if !platform.is_null() {
            definition["runtimePlatform"] = platform.clone();
        }
        if disk > 20 {
            definition["ephemeralStorage"] = json!({"sizeInGiB": disk});
        }
        self.send("ecs:RegisterTaskDefinition", definition);
        let (subnet, public) = match &self.private {
            Some(private) => (private.clone(), "DISABLED"),
            None => (self.subnets[0].clone(), "ENABLED"),
        };
        let input = json!({"taskDefinition": family, "launchType": "FARGATE", "count": count, "networkConfiguration":
            {"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [self.group], "assignPublicIp": public}}});
        self.send("ecs:RunTask", input);
    }
}

/// A part of a design.
enum Piece {
    /// So many tasks of so many CPU units and MiB: with public addresses where there is no other way out.
    Tasks(u32, u32, u32),
    /// The same on ARM64.
    Arm(u32, u32, u32),
    /// The same with a disk of so many GiB.
    Disk(u32, u32, u32, u32),
    /// A public NAT gateway with an elastic address, and a private subnet behind it.
    Nat,
    /// A private NAT gateway.
    PrivateNat,
    /// An elastic address that nothing uses.
    Address,
    /// An interface endpoint for a service in so many zones.
    Endpoint(&'static str, usize),
    /// Interface endpoints in two zones for ECR's two services and for logs, one of a gateway for S3, and a private subnet.
    Endpoints,
    /// A gateway endpoint for S3.
    S3Gateway,
    /// A load balancer of a kind and scheme in both zones.
    Balancer(&'static str, &'static str),
    /// So many instances of a type.
    Instances(u32, &'static str),
    /// A database: its engine and class.
    Database(&'static str, &'static str),
    /// Requests from the Internet to the first task, in tenths a second.
    Requests(u32),
}

use Piece::{
    Address, Arm, Balancer, Database, Disk, Endpoint, Endpoints, Instances, Nat, PrivateNat,
    Requests, S3Gateway, Tasks,
};

/// A month, in hours.
const M: f64 = 730.0;
/// A vCPU and a GB of memory for an hour: since 2019, at the launch, on ARM64.
const V: f64 = 0.04048;
const G: f64 = 0.004_445;
const V17: f64 = 0.0506;
const G17: f64 = 0.0127;
const VA: f64 = 0.03238;
const GA: f64 = 0.00356;
/// A public address for an hour.
const IP: f64 = 0.005;
/// Bytes of a GB.
const GB: f64 = 1_073_741_824.0;

const TODAY: Date = Date::new(2026, 6, 1);
const LAUNCH: Date = Date::new(2017, 12, 15);
const FREE_ADDRESSES: Date = Date::new(2023, 6, 1);

#[test]
#[rustfmt::skip] // a design a row: what it is, its day, its Region, its parts, and its month by hand
fn thirty_designs_cost_what_they_do_by_hand() {
    // a month of requests at ten a second: their answers leave for the Internet, 100 GB of which are free
    let answers = 10.0 * 3_600.0 * M * 1_560.0 / GB;
    // the smallest task, and one twice its size, each with its public address or without
    let (small, medium) = (0.25 * V + 0.5 * G, 0.5 * V + G);
    let designs: Vec<(&str, Date, &str, Vec<Piece>, f64)> = vec![
        ("the smallest task",                TODAY,  "us-east-1", vec![Tasks(1, 256, 512)],                 (0.25 * V + 0.5 * G + IP) * M),
        ("the smallest task at the launch",  LAUNCH, "us-east-1", vec![Tasks(1, 256, 512)],                 (0.25 * V17 + 0.5 * G17) * M),
        ("before addresses cost something",  FREE_ADDRESSES, "us-east-1", vec![Tasks(1, 256, 512)],         (0.25 * V + 0.5 * G) * M),
        ("eight of the smallest",            TODAY,  "us-east-1", vec![Tasks(8, 256, 512)],                 8.0 * (0.25 * V + 0.5 * G + IP) * M),
        ("a vCPU and 2 GB",                  TODAY,  "us-east-1", vec![Tasks(1, 1024, 2048)],               (V + 2.0 * G + IP) * M),
        ("the same on ARM64",                TODAY,  "us-east-1", vec![Arm(1, 1024, 2048)],                 (VA + 2.0 * GA + IP) * M),
        ("4 vCPU and 30 GB at the launch",   LAUNCH, "us-east-1", vec![Tasks(1, 4096, 30720)],              (4.0 * V17 + 30.0 * G17) * M),
        ("4 vCPU and 30 GB",                 TODAY,  "us-east-1", vec![Tasks(1, 4096, 30720)],              (4.0 * V + 30.0 * G + IP) * M),
        ("the same with 100 GiB of disk",    TODAY,  "us-east-1", vec![Disk(1, 4096, 30720, 100)],          (4.0 * V + 30.0 * G + 80.0 * 0.000_111 + IP) * M),
        ("two tasks behind a NAT gateway",   TODAY,  "us-east-1", vec![Nat, Tasks(2, 512, 1024)],           (0.045 + IP + 2.0 * medium) * M),
        ("a NAT gateway before 2024",        FREE_ADDRESSES, "us-east-1", vec![Nat],                        0.045 * M),
        ("a private NAT gateway",            TODAY,  "us-east-1", vec![PrivateNat],                         0.045 * M),
        ("an elastic address in reserve",    TODAY,  "us-east-1", vec![Address],                            IP * M),
        ("private tasks with endpoints",     TODAY,  "us-east-1", vec![Endpoints, Tasks(2, 256, 512)],      (6.0 * 0.01 + 2.0 * small) * M),
        ("an endpoint in one zone",          TODAY,  "us-east-1", vec![Endpoint("logs", 1)],                0.01 * M),
        ("a gateway endpoint",               TODAY,  "us-east-1", vec![S3Gateway],                          0.0),
        ("an internal ALB",                  TODAY,  "us-east-1", vec![Balancer("application", "internal")], 0.0225 * M),
        ("a public ALB and two tasks",       TODAY,  "us-east-1", vec![Balancer("application", "internet-facing"), Tasks(2, 256, 512)], (0.0225 + 2.0 * IP + 2.0 * (small + IP)) * M),
        ("an internal NLB",                  TODAY,  "us-east-1", vec![Balancer("network", "internal")],    0.0225 * M),
        ("an m5.large",                      TODAY,  "us-east-1", vec![Instances(1, "m5.large")],           0.096 * M),
        ("four m5.large",                    TODAY,  "us-east-1", vec![Instances(4, "m5.large")],           4.0 * 0.096 * M),
        ("a small PostgreSQL",               TODAY,  "us-east-1", vec![Database("postgres", "db.t3.micro")], 0.018 * M),
        ("a MySQL with its tasks",           TODAY,  "us-east-1", vec![Database("mysql", "db.t3.medium"), Tasks(3, 1024, 2048)], (0.068 + 3.0 * (V + 2.0 * G + IP)) * M),
        ("requests within the free part",    TODAY,  "us-east-1", vec![Tasks(1, 256, 512), Requests(10)],   (small + IP) * M),
        ("a hundred requests a second",      TODAY,  "us-east-1", vec![Tasks(1, 2048, 4096), Requests(1000)], (2.0 * V + 4.0 * G + IP) * M + (10.0 * answers - 100.0) * 0.09),
        ("the same in 2017, 1 GB free",      LAUNCH, "us-east-1", vec![Tasks(1, 2048, 4096), Requests(1000)], (2.0 * V17 + 4.0 * G17) * M + (10.0 * answers - 1.0) * 0.09),
        ("a task in Tokyo",                  TODAY,  "ap-northeast-1", vec![Tasks(1, 1024, 2048)],          (0.05056 + 2.0 * 0.00553 + IP) * M),
        ("a task on ARM64 in Tokyo",         TODAY,  "ap-northeast-1", vec![Arm(1, 1024, 2048)],            (0.04045 + 2.0 * 0.00442 + IP) * M),
        ("behind NAT in Frankfurt",          TODAY,  "eu-central-1", vec![Nat, Tasks(2, 512, 1024)],        (0.052 + IP + 2.0 * (0.5 * 0.04656 + 0.00511)) * M),
        ("with an ALB in Ireland",           TODAY,  "eu-west-1", vec![Balancer("application", "internal"), Tasks(1, 256, 512)], (0.0252 + small + IP) * M),
        ("a whole shop",                     TODAY,  "us-east-1", vec![Balancer("application", "internet-facing"), Nat, Database("postgres", "db.m5.large"), Tasks(4, 512, 1024), Tasks(2, 1024, 4096)],
            (0.0225 + 2.0 * IP + 0.045 + IP + 0.178 + 4.0 * medium + 2.0 * (V + 4.0 * G)) * M),
    ];
    assert!(designs.len() >= 30);
    for (name, day, region, pieces, month) in designs {
        let mut account = Account::on(day);
        for piece in &pieces {
            account.build(piece);
            account.wait(900);
        }
        let table = account.session.cost(Region::named(region).unwrap());
        let told = table.per_month.0 as f64 / 1e9;
        let away = (told - month).abs();
        assert!(away <= month * 0.01 + 1e-9, "{name}: {told} and not {month}\n{table}");
        assert!(table.unpriced.is_empty(), "{name}: {:?}", table.unpriced);
    }
}

/// Begun hours of gateways count whole, seconds of addresses and instances do not; what has ended costs nothing more.
#[test]
fn what_has_ended_is_still_on_the_bill() {
    let mut account = Account::on(TODAY);
    account.build(&Nat);
    account.build(&Instances(1, "m5.large"));
    account.wait(5_400);
    let nat = account
        .session
        .world()
        .network()
        .nat_gateways
        .values()
        .next()
        .unwrap()
        .id
        .to_string();
    account.send("ec2:DeleteNatGateway", json!({"NatGatewayId": nat}));
    account.wait(36_000);
    let table = account.session.cost(Region::named("us-east-1").unwrap());
    let line = |what: Standing| {
        let lines = table.lines.iter();
        let mut found = lines.filter(|line| matches!(&line.item, fargate_core::billing::Item::Standing(it, _) if *it == what));
        found.next().unwrap().clone()
    };
    let gateway = line(Standing::NatGateway);
    assert_eq!(
        (gateway.quantity.as_str(), gateway.so_far, gateway.per_hour),
        ("2 h", Some(NanoUsd(90_000_000)), NanoUsd(0))
    );
    let instance = line(Standing::Instance("m5.large"));
    let dollars = instance.so_far.unwrap().0 as f64 / 1e9;
    assert!(
        (dollars - 0.096 * 41_400.0 / 3_600.0).abs() < 0.01,
        "{dollars}"
    );
    assert_eq!(instance.per_hour, NanoUsd(96_000_000));
}

/// What has no known price is said, and no sum pretends to hold it.
#[test]
fn an_unknown_price_is_told() {
    let mut account = Account::on(TODAY);
    account.build(&Arm(1, 256, 512));
    account.wait(900);
    let table = account.session.cost(Region::named("eu-west-1").unwrap());
    assert_eq!(
        (table.unpriced.len(), table.per_hour),
        (1, NanoUsd(5_000_000)),
        "{table}"
    );
    assert!(
        table.unpriced[0].starts_with("Task app-"),
        "{:?}",
        table.unpriced
    );
}

/// Image pulls of private tasks go through the NAT gateway, and are paid by the byte.
#[test]
fn an_image_pull_through_a_nat_gateway_costs_its_bytes() {
    let mut account = Account::on(TODAY);
    account.build(&Nat);
    account.build(&Tasks(1, 256, 512));
    account.wait(300);
    let table = account.session.cost(Region::named("us-east-1").unwrap());
    let line = table
        .lines
        .iter()
        .find(|line| line.what == "Data through a NAT gateway");
    let size = u64::from(
        account
            .session
            .world()
            .tasks()
            .values()
            .next()
            .unwrap()
            .containers[0]
            .workload
            .size_mib,
    );
    let line = line.unwrap_or_else(|| panic!("{}", table));
    assert_eq!(line.quantity, format!("{size}.0 MB"));
    // what stands there and what went through it are called by the gateway's name
    let named = table.lines.iter().filter(|line| line.which == "way out");
    let named: Vec<&str> = named.map(|line| line.what.as_str()).collect();
    assert_eq!(named, ["NAT gateway", "Data through a NAT gateway"]);
    assert_eq!(line.so_far, Some(NanoUsd(45_000_000 * size / 1_024)));
}

/// Lines that answer requests are taken in by CloudWatch Logs, 26 bytes beside each text, and are paid by the byte.
#[test]
fn lines_that_answer_requests_cost_their_bytes() {
    let mut account = Account::on(TODAY);
    account.send(
        "playground:PutImage",
        json!({"image": "logger", "behaviour": {"listens": [80], "logs": [{"on": "request", "line": "GET / 200"}]}}),
    );
    account.send(
        "ecs:RegisterTaskDefinition",
        json!({"family": "logger", "cpu": "256", "memory": "512", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"],
            "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
            "containerDefinitions": [{"name": "web", "image": "logger", "portMappings": [{"containerPort": 80}],
                "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/logger", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web"}}}]}),
    );
    let (subnet, group) = (account.subnets[0].clone(), account.group.clone());
    account.send(
        "ec2:AuthorizeSecurityGroupIngress",
        json!({"GroupId": group, "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}),
    );
    account.send(
        "ecs:RunTask",
        json!({"taskDefinition": "logger", "launchType": "FARGATE", "networkConfiguration": {"awsvpcConfiguration": {
            "subnets": [subnet], "securityGroups": [group], "assignPublicIp": "ENABLED"}}}),
    );
    account.wait(120);
    let task = account
        .session
        .world()
        .tasks()
        .values()
        .next()
        .unwrap()
        .id
        .clone();
    account.send(
        "playground:SendRequests",
        json!({"from": "internet", "to": task.to_string(), "port": 80, "rateTenths": 100, "count": 100}),
    );
    account.wait(30);
    let table = account.session.cost(Region::named("us-east-1").unwrap());
    let line = table
        .lines
        .iter()
        .find(|line| line.what.contains("CloudWatch Logs"));
    let line = line.unwrap_or_else(|| panic!("{}", table));
    let bytes = 100 * ("GET / 200".len() as u64 + 26);
    assert_eq!(
        line.so_far,
        Some(NanoUsd((500_000_000 * bytes) >> 30)),
        "{table}"
    );
}

/// The comparison of the posts: eight small tasks fit on one instance in mode bridge, and need four in mode awsvpc.
#[test]
fn the_same_tasks_on_instances() {
    let mut account = Account::on(TODAY);
    account.build(&Tasks(8, 256, 512));
    account.wait(900);
    let comparison = account.session.comparison();
    assert_eq!(
        (comparison.tasks, comparison.fargate),
        (8, NanoUsd(98_740_000))
    );
    let m5 = |packing| {
        let sizes = [(
            fargate_core::units::CpuUnits(256),
            fargate_core::units::MiB(512),
        ); 8];
        let all = fargate_core::billing::on_instances(&sizes, packing);
        let it = all
            .into_iter()
            .find(|it| it.instance_type == "m5.large")
            .unwrap();
        (it.count, it.per_hour)
    };
    assert_eq!(m5(Bridge), (1, NanoUsd(96_000_000)));
    assert_eq!(m5(Awsvpc), (4, NanoUsd(384_000_000)));
    assert_eq!(m5(Trunked), (1, NanoUsd(96_000_000)));
    let modes: Vec<_> = comparison.on_ec2.iter().map(|line| line.mode).collect();
    assert_eq!(modes, ["bridge", "awsvpc", "awsvpc with trunking"]);
    assert!(
        comparison
            .on_ec2
            .iter()
            .all(|line| line.verdict.contains("costs") || line.verdict.contains("same"))
    );
}
