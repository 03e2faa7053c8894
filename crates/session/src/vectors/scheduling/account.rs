//! The account that a row is played in: a VPC with a public subnet, and short ways to ask things of it.

use fargate_core::call::Call;
use fargate_core::error::{ApiError, Reply};
use fargate_core::event::Event;
use fargate_core::task::{Task, TaskState};
use fargate_core::text::quote;
use fargate_core::units::{Date, SimTime};
use fargate_core::wire::parse;
use fargate_core::world::{Authority, Budget, Settings, World};
use litemap::LiteMap;
use std::sync::Arc;

/// Long enough for a small task to run, in ms.
const STARTED: u64 = 120_000;

/// An account, and what happened in it.
pub(crate) struct Account {
    /// The simulated account.
    pub(crate) world: World,
    /// What happened.
    pub(crate) log: Vec<Event>,
    /// The subnet that tasks can run in.
    pub(crate) subnet: String,
    calls: u32,
}

impl Account {
    /// An account with a public subnet, on a day.
    pub(crate) fn new(as_of: Date) -> Result<Self, String> {
        let settings = Settings {
            authority: Authority::whole(),
            seed: 7,
            as_of,
            images: LiteMap::new(),
        };
        let mut account = Self {
            world: World::new(settings),
            log: Vec::new(),
            subnet: String::new(),
            calls: 0,
        };
        let vpc = account.made("ec2:CreateVpc", r#"{"CidrBlock":"10.0.0.0/16"}"#)?;
        let gateway = account.made("ec2:CreateInternetGateway", "{}")?;
        let attach = format!(r#"{{"InternetGatewayId":"{gateway}","VpcId":"{vpc}"}}"#);
        account.done("ec2:AttachInternetGateway", &attach)?;
        let vpcs = account.world.network().vpcs.values().next();
        let table = vpcs.map(|vpc| vpc.main_route_table.to_string());
        let route = format!(
            r#"{{"RouteTableId":"{}","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"{gateway}"}}"#,
            table.unwrap_or_default()
        );
        account.done("ec2:CreateRoute", &route)?;
        let subnet = format!(r#"{{"VpcId":"{vpc}","CidrBlock":"10.0.0.0/20"}}"#);
        account.subnet = account.made("ec2:CreateSubnet", &subnet)?;
        Ok(account)
    }

    /// Sends a call; its input is JSON as AWS takes it.
    pub(crate) fn send(&mut self, action: &str, input: &str) -> Result<Reply, ApiError> {
        let call = format!(r#"{{"action":"{action}","input":{input}}}"#);
        let call: Call = parse(&call).map_err(|error| {
            ApiError::new(
                "SerializationException",
                error.to_string(),
                "Correct the call.",
            )
        })?;
        self.calls += 1;
        self.world.apply(self.calls, &call, &mut self.log)
    }

    /// Sends a call that has to be accepted.
    pub(crate) fn done(&mut self, action: &str, input: &str) -> Result<Reply, String> {
        let reply = self.send(action, input);
        reply.map_err(|error| format!("{action} {input} was refused: {error}"))
    }

    /// Sends a call that makes something, and gives its id.
    pub(crate) fn made(&mut self, action: &str, input: &str) -> Result<String, String> {
        match self.done(action, input)? {
            Reply::Made(id) => Ok(id),
            _ => Err(format!("{action} made nothing")),
        }
    }

    /// Registers family `t` with these containers and these further members of the task.
    pub(crate) fn define(&mut self, containers: &str, more: &str) -> Result<(), String> {
        let tried = self.try_define(containers, more);
        tried.map_err(|error| format!("RegisterTaskDefinition was refused: {error}"))
    }

    /// The same where AWS may refuse it.
    pub(crate) fn try_define(&mut self, containers: &str, more: &str) -> Result<(), ApiError> {
        self.try_define_sized((256, 512), containers, more)
    }

    /// The same of another size: CPU units and MiB.
    pub(crate) fn try_define_sized(
        &mut self,
        (cpu, memory): (u32, u32),
        containers: &str,
        more: &str,
    ) -> Result<(), ApiError> {
        let more = after_comma(more);
        let definition = format!(
            r#"{{"family":"t","networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"cpu":"{cpu}","memory":"{memory}","containerDefinitions":[{containers}]{more}}}"#
        );
        self.send("ecs:RegisterTaskDefinition", &definition)?;
        Ok(())
    }

    /// Registers a family of the smallest task with one container.
    pub(crate) fn register_family(&mut self, family: &str) -> Result<(), String> {
        self.register_family_with(family, "")
    }

    /// The same with these further members.
    pub(crate) fn register_family_with(&mut self, family: &str, more: &str) -> Result<(), String> {
        let more = after_comma(more);
        let definition = format!(
            r#"{{"family":{},"networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"cpu":"256","memory":"512","containerDefinitions":[{{"name":"web","image":"nginx","portMappings":[{{"containerPort":80}}]}}]{more}}}"#,
            quote(family)
        );
        self.done("ecs:RegisterTaskDefinition", &definition)?;
        Ok(())
    }

    /// The same with one container, `web` of `nginx`, with these further members of its own.
    pub(crate) fn register(&mut self, more: &str) -> Result<(), String> {
        let more = after_comma(more);
        self.define(&format!(r#"{{"name":"web","image":"nginx"{more}}}"#), "")
    }

    /// What `RunTask` takes to run family `t` in the account's subnet, with these further members.
    pub(crate) fn run_input(&self, more: &str) -> String {
        let more = after_comma(more);
        format!(
            r#"{{"taskDefinition":"t","networkConfiguration":{{"awsvpcConfiguration":{{"subnets":["{}"],"assignPublicIp":"ENABLED"}}}}{more}}}"#,
            self.subnet
        )
    }

    /// Runs family `t` on demand until it runs.
    pub(crate) fn run(&mut self) -> Result<(), String> {
        self.run_with(r#""launchType":"FARGATE""#)
    }

    /// The same with these further members of the call.
    pub(crate) fn run_with(&mut self, more: &str) -> Result<(), String> {
        let input = self.run_input(more);
        self.done("ecs:RunTask", &input)?;
        self.wait(STARTED);
        match self.only()?.state() {
            TaskState::Running => Ok(()),
            state => Err(format!("the task is {}", state.aws())),
        }
    }

    /// Stops the only task.
    pub(crate) fn stop(&mut self) -> Result<(), String> {
        let input = format!(r#"{{"task":"{}"}}"#, self.only()?.id);
        self.done("ecs:StopTask", &input).map(|_| ())
    }

    /// The only task of the account.
    pub(crate) fn only(&self) -> Result<&Arc<Task>, String> {
        let task = self.world.tasks().values().next();
        task.ok_or_else(|| "no task runs".to_owned())
    }

    /// Lets time go on to a moment, in ms.
    pub(crate) fn until(&mut self, ms: u64) {
        let until = SimTime(ms);
        self.world.advance(until, Budget(u32::MAX), &mut self.log);
    }

    /// Lets time go on by so many ms.
    pub(crate) fn wait(&mut self, ms: u64) {
        self.until(self.world.now().0 + ms);
    }
}

/// Further members of an object, where there are any.
fn after_comma(more: &str) -> String {
    let comma = if more.is_empty() { "" } else { "," };
    format!("{comma}{more}")
}
