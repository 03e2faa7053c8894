//! What containers ask of AWS while they run: who they are, the way to the service, and what their task role may do.
//!
//! Source: ECS developer guide, 'Amazon ECS task IAM role' (credentials come from the task metadata's address, and only where the
//! definition names a role; Fargate has no instance role to fall back on); the words are those of the AWS SDK for Python.

use super::container::Container;
use super::model::Task;
use super::permission::by_way;
use crate::iam::{Account, Ask, Decision};
use crate::network::{Destination, Endpoint, Flow, Network, Owner, Part, Trace, Walk, services};
use crate::units::Date;
use crate::workload::AwsAsk;
use std::net::IpAddr;

/// Since when S3 says who may not do what, instead of `Access Denied` alone. Source: 'Amazon S3 adds additional context to HTTP 403
/// Access Denied error messages', 2024.
const S3_SAYS_SINCE: Date = Date::new(2024, 8, 1);

/// What becomes of something that a container asks of AWS.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It is given.
    Given,
    /// The task has no task role, so the SDK has no credentials to ask with.
    NoCredentials,
    /// There is no way to the service: that of the attempt.
    NoWay(Box<Trace>),
    /// The task role may not.
    Denied(Box<Decision>),
}

/// The connection that a container makes to ask for something.
pub fn flow_of_ask(task: &Task, ask: &AwsAsk<'_>) -> Option<Flow> {
    let interface = task.interface.clone()?;
    let mut flow = Flow::tcp(
        Endpoint::Interface(interface),
        IpAddr::from([0, 0, 0, 0]),
        443,
    );
    flow.to = Destination::Name(host(ask).into());
    Some(flow)
}

/// The host that a container calls to ask for something; S3 has one for each bucket.
fn host(ask: &AwsAsk<'_>) -> String {
    let host = services::host(ask.endpoint());
    match ask.bucket().filter(|_| ask.endpoint() == "s3") {
        Some(bucket) => format!("{bucket}.{host}"),
        None => host.to_owned(),
    }
}

/// What becomes of it now: first the SDK looks for credentials, then it connects, then IAM decides.
pub fn answer(
    network: &Network,
    walk: Walk,
    account: &Account,
    task: &Task,
    ask: &AwsAsk<'_>,
) -> Answer {
    let Some(role) = task.definition.task_role_arn.as_deref() else {
        return Answer::NoCredentials;
    };
    let Some(flow) = flow_of_ask(task, ask) else {
        return Answer::Given;
    };
    let trace = walk(network, &flow);
    if !trace.delivered() {
        return Answer::NoWay(Box::new(trace));
    }
    let mut endpoints = endpoints(&trace, network);
    endpoints.retain(|id| account.endpoints.get(id).is_some());
    // what an endpoint's policy says holds whether permissions are enforced or not
    if !account.enforced && endpoints.is_empty() {
        return Answer::Given;
    }
    let asked = Ask::new(ask.action, ask.resource);
    let decision = by_way(account, role, task.id.as_str(), asked, &endpoints);
    if decision.allowed() {
        Answer::Given
    } else {
        Answer::Denied(Box::new(decision))
    }
}

/// The VPC endpoints that a connection goes by.
pub(super) fn endpoints(trace: &Trace, network: &Network) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for hop in &trace.hops {
        let id = match &hop.part {
            Part::GatewayEndpoint(id) => Some(id.as_str()),
            Part::Interface(id) | Part::SecurityGroups(_, id) => {
                let interface = network.interfaces.get(id);
                match interface.map(|it| &it.owner) {
                    Some(Owner::Endpoint(id)) => Some(id.as_str()),
                    _ => None,
                }
            }
            _ => None,
        };
        if let Some(id) = id.filter(|id| !found.iter().any(|it| it == id)) {
            found.push(id.to_owned());
        }
    }
    found
}

impl Answer {
    /// What the program logs of it; nothing where it got what it asked for.
    pub fn line(&self, ask: &AwsAsk<'_>, as_of: Date) -> Option<String> {
        let url = || {
            let path = ask.bucket().and_then(|bucket| {
                let key = ask.resource.strip_prefix("arn:aws:s3:::")?;
                key.strip_prefix(bucket)?.strip_prefix('/')
            });
            format!("https://{}/{}", host(ask), path.unwrap_or_default())
        };
        match self {
            Self::Given => None,
            Self::NoCredentials => Some(
                "botocore.exceptions.NoCredentialsError: Unable to locate credentials".to_owned(),
            ),
            // where the name is not found there is nothing to wait for
            Self::NoWay(trace) if trace.to.is_unspecified() => Some(format!(
                "botocore.exceptions.EndpointConnectionError: Could not connect to the endpoint URL: \"{}\"",
                url()
            )),
            Self::NoWay(_) => Some(format!(
                "botocore.exceptions.ConnectTimeoutError: Connect timeout on endpoint URL: \"{}\"",
                url()
            )),
            Self::Denied(decision) => {
                let said = match ask.endpoint() {
                    "s3" if as_of < S3_SAYS_SINCE => "Access Denied".to_owned(),
                    // S3 alone quotes the resource
                    "s3" => decision.message(as_of).replace(
                        &format!("on resource: {}", ask.resource),
                        &format!("on resource: \"{}\"", ask.resource),
                    ),
                    _ => decision.message(as_of),
                };
                Some(format!(
                    "botocore.exceptions.ClientError: An error occurred ({}) when calling the {} operation: {said}",
                    ask.denied(),
                    ask.operation()
                ))
            }
        }
    }
}

/// What a task's containers that have run asked, or ask, of AWS as its task role; each once.
pub fn asked_while_running(task: &Task) -> Vec<Ask> {
    let mut all: Vec<Ask> = Vec::new();
    for container in task.containers.iter().filter(|it| it.starts > 0) {
        for (_, ask) in container.workload.aws_asks() {
            let ask = Ask::new(ask.action, ask.resource);
            if !all.contains(&ask) {
                all.push(ask);
            }
        }
    }
    all
}

impl Container {
    /// Notes whether what it asks of AWS, by its place, came to what it wanted. Calls of its own come first in what is noted.
    pub(crate) fn note_ask(&mut self, ask: usize, came: bool) {
        let place = self.workload.calls.len() + ask;
        if self.reached.len() <= place {
            self.reached.resize(place + 1, None);
        }
        self.reached[place] = Some(came);
    }

    /// The first thing that it asked of AWS and did not get when it asked last, with its place.
    pub fn denied_ask(&self) -> Option<(usize, AwsAsk<'_>)> {
        let calls = self.workload.calls.len();
        let mut all = self.workload.aws_asks();
        all.find(|(place, _)| self.reached.get(calls + place) == Some(&Some(false)))
    }
}
