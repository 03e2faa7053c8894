//! A service of a row: its account, how it is created, updated and deleted, and what is seen of it.

use super::Case;
use super::account::Account;
use super::seen::Seen;
use super::words::{any, any_flag, any_number, any_text, numbered, speaks_of};
use aws_shell::{Invocation, Value};
use fargate_core::error::{ApiError, Reply};
use fargate_core::service::{Service, name_in};
use fargate_core::task::Task;
use fargate_core::text::{Json, Node, quote};
use std::sync::Arc;

/// The service where the row names none.
pub(super) const NAME: &str = "web";
/// Long enough for a small service to come to a steady state, in ms.
pub(super) const STEADY: u64 = 200_000;
/// Members that say how many tasks a service keeps running.
pub(super) const DESIRED: &[&str] = &[
    "desiredCount",
    "desired_count",
    "desired",
    "service_desired",
    "desired_tasks",
];

impl Account {
    /// A service of the account.
    pub(super) fn service(&self, name: &str) -> Option<&Arc<Service>> {
        self.world.services().get(name_in(name))
    }

    /// What `CreateService` takes to run family `t` in the account's subnet, with these further members.
    pub(super) fn service_input(&self, name: &str, count: u32, more: &str) -> String {
        let more = if more.is_empty() {
            String::new()
        } else {
            format!(",{more}")
        };
        let run = self.run_input(&format!(r#""desiredCount":{count}{more}"#));
        format!("{{\"serviceName\":{},{}", quote(name), &run[1..])
    }

    /// Creates a service of family `t` on demand.
    pub(super) fn serve(&mut self, name: &str, count: u32) -> Result<(), String> {
        self.serve_with(name, count, r#""launchType":"FARGATE""#)
    }

    /// The same with these further members.
    pub(super) fn serve_with(&mut self, name: &str, count: u32, more: &str) -> Result<(), String> {
        let input = self.service_input(name, count, more);
        self.done("ecs:CreateService", &input).map(|_| ())
    }

    /// Creates a service of family `t`, whose container `web` has a port mapping for 80, behind an Application Load Balancer.
    pub(super) fn serve_balanced(&mut self, name: &str, count: u32) -> Result<(), String> {
        let targets = self.balancer()?;
        let more = format!(
            r#""launchType":"FARGATE","loadBalancers":[{{"targetGroupArn":"{targets}","containerName":"web","containerPort":80}}]"#
        );
        self.serve_with(name, count, &more)
    }

    /// Creates an Application Load Balancer, and gives the target group that it forwards to.
    pub(super) fn balancer(&mut self) -> Result<String, String> {
        let vpc = self.world.network().vpcs.values().next();
        let vpc = vpc.map(|it| it.id.to_string()).unwrap_or_default();
        let second = format!(
            r#"{{"VpcId":"{vpc}","CidrBlock":"10.0.32.0/20","AvailabilityZone":"us-east-1b"}}"#
        );
        let second = self.made("ec2:CreateSubnet", &second)?;
        let targets = format!(
            r#"{{"Name":"web","Protocol":"HTTP","Port":80,"VpcId":"{vpc}","TargetType":"ip","HealthCheckIntervalSeconds":10}}"#
        );
        let targets = self.made("elbv2:CreateTargetGroup", &targets)?;
        let balancer = format!(
            r#"{{"Name":"web","Subnets":["{}","{second}"],"Scheme":"internal","Type":"application"}}"#,
            self.subnet
        );
        let balancer = self.made("elbv2:CreateLoadBalancer", &balancer)?;
        let listener = format!(
            r#"{{"LoadBalancerArn":"{balancer}","Protocol":"HTTP","Port":80,"DefaultActions":[{{"Type":"forward","TargetGroupArn":"{targets}"}}]}}"#
        );
        self.done("elbv2:CreateListener", &listener)?;
        self.wait(STEADY);
        Ok(targets)
    }

    /// The tasks that a service wants.
    pub(super) fn wanted(&self) -> impl Iterator<Item = &Arc<Task>> {
        let all = self.world.tasks().values();
        all.filter(|it| it.stop.is_none())
    }
}

/// How many tasks the service of a row keeps running; 1 where it does not say.
pub(super) fn desired(of: &Node) -> u32 {
    let of = any(of, &["service"]).unwrap_or(of);
    any_number(of, DESIRED).unwrap_or(1.0).clamp(0.0, 1_000.0) as u32
}

/// The line of `aws ecs` that a deed is, where it is one about the row's service: `update-service --desired-count 2`.
pub(super) fn line(deed: &str, name: &str) -> Option<Invocation> {
    let deed = deed.strip_prefix("aws ecs ").unwrap_or(deed);
    let command = deed.split_whitespace().next()?;
    if !["update-service", "delete-service"].contains(&command) {
        return None;
    }
    let named = if deed.contains("--service ") {
        String::new()
    } else {
        format!(" --service {name}")
    };
    aws_shell::read(&format!("aws ecs {deed}{named}"))?.ok()
}

/// The members of a line's request, without its cluster: the row's account has one.
pub(super) fn request(invocation: &Invocation) -> String {
    let members = invocation.input.iter();
    let members = members.filter(|(name, _)| name != "cluster");
    let members: Vec<(String, Value)> = members.cloned().collect();
    Value::Map(members).json()
}

/// A request with what the row's action says beside its words: `{"type": "update-service", "desiredCount": 5}`.
pub(super) fn with_members(case: &Case<'_>, request: &str) -> String {
    let members = case.action.members().iter();
    let members = members.filter(|it| {
        let name = &*it.key.name;
        name != "type" && name != "note"
    });
    let more: Vec<String> = members
        .map(|it| format!("{}:{}", quote(&it.key.name), Json::of(&it.value).as_str()))
        .collect();
    if more.is_empty() {
        return request.to_owned();
    }
    format!("{{{},{}", more.join(","), &request[1..])
}

/// A service of the row's own members, and whether it is accepted.
pub(super) fn created(case: &Case<'_>) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    let of = any(case.setup, &["service"]).unwrap_or(case.setup);
    let mut more = vec![r#""launchType":"FARGATE""#.to_owned()];
    for name in [
        "schedulingStrategy",
        "deploymentController",
        "deploymentConfiguration",
    ] {
        if let Some(value) = of.get(name) {
            more.push(format!("{}:{}", quote(name), Json::of(value).as_str()));
        }
    }
    let percents = ["minimumHealthyPercent", "maximumPercent"];
    let percents = percents.iter().filter_map(|name| {
        let value = any_number(of, &[name])?;
        Some(format!("{}:{value}", quote(name)))
    });
    let percents: Vec<String> = percents.collect();
    if !percents.is_empty() {
        let percents = percents.join(",");
        more.push(format!(r#""deploymentConfiguration":{{{percents}}}"#));
    }
    let input = account.service_input(NAME, desired(case.setup), &more.join(","));
    let answer = account.send("ecs:CreateService", &input);
    let seen = Seen::default().member("accepted", &answer.is_ok());
    Ok(match answer {
        Ok(_) => seen,
        Err(error) => seen.refusal(&error),
    })
}

/// A service that is scaled, or otherwise changed by a line: what becomes of its tasks.
pub(super) fn changed(case: &Case<'_>) -> Result<Seen, String> {
    // 'scale to 1', 'desired count is set to 5'
    let scaled = || {
        let to = numbered(case.deed()).last()?.0;
        speaks_of(case.deed(), &["scale", "desired"])
            .then(|| format!("update-service --desired-count {to}"))
    };
    let invocation = line(case.deed(), NAME).or_else(|| line(&scaled()?, NAME));
    let Some(invocation) = invocation else {
        return Ok(case.not_modelled());
    };
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    account.serve(NAME, desired(case.setup))?;
    account.wait(STEADY);
    let before = account.wanted().count();
    let action = format!("ecs:{}", invocation.operation);
    let request = with_members(case, &request(&invocation));
    if let Err(error) = account.send(&action, &request) {
        return Ok(Seen::default().refusal(&error));
    }
    account.wait(STEADY);
    let tasks = account.world.tasks().values();
    let stopped: Vec<&Arc<Task>> = tasks.filter(|it| it.stop.is_some()).collect();
    let running = account.wanted().count();
    let mut seen = Seen::default()
        .member("stopped_tasks", &stopped.len())
        .member("started_tasks", &(running + stopped.len() - before))
        .member("running", &running);
    if let Some(stop) = stopped.first().and_then(|it| it.stop.as_ref()) {
        seen = seen
            .text("stopCode", stop.code.aws())
            .text("stoppedReason", &stop.reason);
    }
    Ok(seen)
}

/// A service whose tasks fail a check: their container's, or the load balancer's where the row speaks of one.
pub(super) fn unhealthy(case: &Case<'_>) -> Result<Seen, String> {
    let says = format!("{} {}", Json::of(case.setup).as_str(), case.deed());
    let balanced = speaks_of(&says, &["elb", "load balancer", "loadbalancer", "target"]);
    let mut account = Account::new(case.as_of)?;
    if balanced {
        // nothing listens on the port that the load balancer asks
        let put = r#"{"image":"nginx","behaviour":{"listens":[9999]}}"#;
        account.done("playground:PutImage", put)?;
        account.register(r#""portMappings":[{"containerPort":80}]"#)?;
        account.serve_balanced(NAME, desired(case.setup))?;
    } else {
        let put = r#"{"image":"nginx","behaviour":{"sickMs":60000}}"#;
        account.done("playground:PutImage", put)?;
        account
            .register(r#""healthCheck":{"command":["CMD","true"],"interval":10,"retries":3}"#)?;
        account.serve(NAME, desired(case.setup))?;
    }
    account.wait(2 * STEADY);
    let mut tasks = account.world.tasks().values();
    let stopped = tasks.find_map(|it| it.stop.as_ref());
    let replaced = account.world.tasks().len() > desired(case.setup) as usize;
    let mut seen = Seen::default().member("replaced", &replaced);
    if let Some(stop) = stopped {
        seen = seen
            .text("stopCode", stop.code.aws())
            .text("stoppedReason", &stop.reason);
    }
    Ok(seen)
}

/// A service on Fargate Spot one of whose tasks is interrupted.
pub(super) fn interrupted(case: &Case<'_>) -> Result<Seen, String> {
    let of = any(case.setup, &["service"]).unwrap_or(case.setup);
    let strategy = any(of, &["strategy", "capacityProviderStrategy"]).map_or_else(
        || r#"[{"capacityProvider":"FARGATE_SPOT","weight":1}]"#.to_owned(),
        |it| Json::of(it).as_str().to_owned(),
    );
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    let more = format!(r#""capacityProviderStrategy":{strategy}"#);
    account.serve_with(NAME, desired(case.setup), &more)?;
    account.wait(STEADY);
    let flags = [
        "spot_capacity_available",
        "spot_capacity",
        "capacity_available",
    ];
    if any_flag(case.setup, &flags) == Some(false) {
        account.done("playground:SetSpotCapacity", r#"{"available":false}"#)?;
    }
    let on_spot =
        |task: &&Arc<Task>| task.provider == Some(fargate_core::task::Provider::FargateSpot);
    let spots: Vec<String> = account
        .wanted()
        .filter(on_spot)
        .map(|it| it.id.to_string())
        .collect();
    let all = speaks_of(case.deed(), &["all", "every"]);
    for id in spots.iter().take(if all { spots.len() } else { 1 }) {
        account.done("playground:InterruptTask", &format!(r#"{{"task":"{id}"}}"#))?;
    }
    let before = account.world.tasks().len();
    account.wait(STEADY);
    let running = account.wanted().count();
    let on_demand = account
        .world
        .tasks()
        .values()
        .filter(|it| it.provider == Some(fargate_core::task::Provider::Fargate))
        .count();
    let mut seen = Seen::default()
        .member("running", &running)
        .member("replaced", &(account.world.tasks().len() > before))
        .member(
            "falls_back_to_FARGATE",
            &(!strategy.contains("\"FARGATE\"") && on_demand > 0),
        );
    let service = account.service(NAME);
    if let Some(reason) = service.and_then(|it| it.unplaced.as_deref()) {
        seen = seen.text("reason", reason);
        if let Some(code) = fargate_core::service::words::placement_failure(reason) {
            seen = seen.text("placement_failure_reason", code);
        }
    }
    if let Some(event) = service.and_then(|it| it.events.first()) {
        seen = seen.text("service_event", &event.message);
    }
    Ok(seen)
}

/// A service whose task cannot assume its role.
pub(super) fn with_role(account: &mut Account) -> Result<Seen, String> {
    account.serve(NAME, 1)?;
    account.wait(STEADY);
    let created = !account.world.tasks().is_empty();
    let events = account.service(NAME).map(|it| it.events.clone());
    let mut seen = Seen::default().member("task_created", &created);
    if let Some(event) = events.unwrap_or_default().last() {
        seen = seen.text("service_event", &event.message);
    }
    Ok(seen)
}

/// A service that is created again under the same name.
pub(super) fn created_again(case: &Case<'_>) -> Result<Result<Reply, ApiError>, String> {
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    let more = r#""launchType":"FARGATE""#;
    account.serve_with(NAME, 1, more)?;
    account.wait(STEADY);
    let state = any_text(case.setup, &["service_exists", "status"]).unwrap_or("ACTIVE");
    if state != "ACTIVE" {
        let delete = format!(r#"{{"service":"{NAME}","force":true}}"#);
        account.done("ecs:DeleteService", &delete)?;
        account.wait(if state == "DRAINING" { 4_000 } else { STEADY });
    }
    let other = speaks_of(case.deed(), &["different", "other", "another"]);
    let input = account.service_input(NAME, if other { 2 } else { 1 }, more);
    Ok(account.send("ecs:CreateService", &input))
}
