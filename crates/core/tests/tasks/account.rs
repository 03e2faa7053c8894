//! What the tests of running tasks share: an account with a public subnet, and short ways to ask things of it.

use fargate_core::call::{Call, RegisterTaskDefinition};
use fargate_core::error::{ApiError, Reply};
use fargate_core::event::Event;
use fargate_core::ids::TaskId;
use fargate_core::text::{self, Json};
use fargate_core::units::{Date, SimTime};
use fargate_core::wire::parse;
use fargate_core::world::{Budget, Settings, World};
use serde_json::{Value, json};

/// An account, what was asked of it, and its log.
pub(crate) struct Account {
    pub(crate) world: World,
    pub(crate) calls: u32,
    pub(crate) log: Vec<Event>,
}

impl Account {
    pub(crate) fn send(&mut self, action: &str, input: &Value) -> Result<Reply, ApiError> {
        let call: Call = parse(&json!({ "action": action, "input": input }).to_string()).unwrap();
        self.calls += 1;
        self.world.apply(self.calls, &call, &mut self.log)
    }

    pub(crate) fn make(&mut self, action: &str, input: &Value) -> String {
        match self.send(action, input).expect(action) {
            Reply::Made(id) => id,
            other => panic!("nothing was made: {other:?}"),
        }
    }

    /// An account with a public subnet, on a day.
    pub(crate) fn new(as_of: &str) -> (Self, String) {
        let settings = Settings {
            authority: fargate_core::world::Authority::whole(),
            seed: 7,
            as_of: Date::parse(as_of).unwrap(),
            images: litemap::LiteMap::default(),
        };
        let mut account = Self {
            world: World::new(settings),
            calls: 0,
            log: Vec::new(),
        };
        let vpc = account.make("ec2:CreateVpc", &json!({ "CidrBlock": "10.0.0.0/16" }));
        let gateway = account.make("ec2:CreateInternetGateway", &json!({}));
        let attach = json!({ "InternetGatewayId": gateway, "VpcId": vpc });
        account.send("ec2:AttachInternetGateway", &attach).unwrap();
        let table = account.world.network().vpcs.values().next().unwrap();
        let route = json!({
            "RouteTableId": table.main_route_table.as_str(), "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": gateway
        });
        account.send("ec2:CreateRoute", &route).unwrap();
        let group = account
            .world
            .network()
            .security_groups
            .values()
            .next()
            .unwrap();
        let group = group.id.clone();
        let open = json!({
            "GroupId": group.as_str(), "IpPermissions": [{ "IpProtocol": "tcp", "FromPort": 1, "ToPort": 65535, "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }]
        });
        account
            .send("ec2:AuthorizeSecurityGroupIngress", &open)
            .unwrap();
        let subnet = json!({ "VpcId": vpc, "CidrBlock": "10.0.0.0/24" });
        let subnet = account.make("ec2:CreateSubnet", &subnet);
        (account, subnet)
    }

    pub(crate) fn until(&mut self, ms: u64) {
        self.world
            .advance(SimTime(ms), Budget(u32::MAX), &mut self.log);
    }

    /// Says what images do.
    pub(crate) fn images(&mut self, images: &Value) {
        for (image, behaviour) in images.as_object().into_iter().flatten() {
            let put = json!({ "image": image, "behaviour": behaviour });
            self.send("playground:PutImage", &put).unwrap();
        }
    }

    /// A file system with a mount target in a subnet, which the tasks there may mount. It takes simulated time.
    pub(crate) fn file_system(&mut self, subnet: &str) -> String {
        let names = json!({ "VpcId": self.world.network().subnets.get(&subnet.into()).unwrap().vpc.as_str(), "EnableDnsHostnames": { "Value": true } });
        self.send("ec2:ModifyVpcAttribute", &names).unwrap();
        let id = self.make("efs:CreateFileSystem", &json!({ "CreationToken": "t" }));
        let target = json!({ "FileSystemId": id, "SubnetId": subnet });
        self.make("efs:CreateMountTarget", &target);
        self.until(self.world.now().0 + 100_000);
        id
    }

    /// Registers family `t` with these members and a task of 1 vCPU and 2 GB where they say no other.
    pub(crate) fn register(&mut self, members: &Value) {
        let mut definition = json!({
            "family": "t", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "1024", "memory": "2048"
        });
        for (name, value) in members.as_object().unwrap() {
            definition[name] = value.clone();
        }
        self.calls += 1;
        let definition = Json::of(&text::read(&definition.to_string()).root);
        let call = RegisterTaskDefinition { definition }.into();
        let registered = self.world.apply(self.calls, &call, &mut self.log);
        registered.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Runs family `t`.
    pub(crate) fn run(
        &mut self,
        subnet: &str,
        platform: &str,
        public: bool,
    ) -> Result<TaskId, ApiError> {
        let public = if public { "ENABLED" } else { "DISABLED" };
        let run = json!({
            "taskDefinition": "t", "launchType": "FARGATE", "platformVersion": platform,
            "networkConfiguration": { "awsvpcConfiguration": { "subnets": [subnet], "assignPublicIp": public } }
        });
        match self.send("ecs:RunTask", &run)? {
            Reply::Tasks(tasks) => Ok(tasks[0].clone()),
            other => panic!("{other:?}"),
        }
    }
}
