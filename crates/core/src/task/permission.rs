//! What a starting task asks of IAM: each thing that it fetches, with its execution role, and by way of which VPC endpoint, whose policy
//! has to let it through as well, whether permissions are enforced or not.
//!
//! Source: ECS developer guide, 'Amazon ECS task execution IAM role'; the drivers' own order of calls; Amazon ECR user guide, 'Amazon
//! ECR interface VPC endpoints'.

use super::aws::endpoints;
use super::fetch::{Errand, Fetch, errands, layers_host};
use super::lack::{Denial, Lack, LackKind};
use super::life::Parts;
use super::model::Task;
use crate::iam::{self, Account, Ask, Decision, Outcome};
use crate::ids::NetworkInterfaceId;
use crate::network::{Destination, Endpoint, Flow, Network, Walk, services};
use crate::stores::{ACCOUNT, REGION, Reference, parameter_name};
use crate::task_definition::ContainerDefinition;
use crate::units::Date;
use std::net::IpAddr;

/// The VPC endpoints by whose way a host is reached, by their ids.
pub type Ways<'w> = &'w dyn Fn(&str) -> Vec<String>;

/// One thing that a start asks.
struct Question {
    ask: Ask,
    /// The host that is asked over the task's own interface; `None` where that of Fargate is used, or a service asks in turn.
    host: Option<String>,
    /// Whether it is asked with a link that a service signed, not as the execution role.
    signed: bool,
}

/// Why the execution role may not run an errand, or a VPC endpoint does not let it through; `None` where neither is so, and where the
/// errand asks nobody.
pub(super) fn refusal(parts: &Parts<'_>, task: &Task, errand: &Errand<'_>) -> Option<Lack> {
    if !parts.iam.is_used() {
        return None;
    }
    let account = parts.iam.account();
    if !account.enforced && account.endpoints.is_empty() {
        return None;
    }
    let container = &task.containers.get(errand.container)?.definition;
    let group = container.log_group_name();
    let makes_group = container.creates_log_group() && parts.stores.log_groups.is_missing(group);
    let questions = questions(&account, task, errand, makes_group);
    if questions.is_empty() {
        return None;
    }
    let interface = task.interface.clone()?;
    let ways = |host: &str| ways_to(parts.network, parts.walk, &interface, host);
    let guarded = !account.endpoints.is_empty();
    let ways: Ways<'_> = if guarded { &ways } else { &|_| Vec::new() };
    let denial = denied(&account, task, questions, ways, parts.as_of)?;
    Some(Lack {
        what: errand.what,
        of: errand.of.to_owned(),
        kind: LackKind::Denied(denial),
    })
}

/// The first thing that is denied.
fn denied(
    account: &Account,
    task: &Task,
    questions: Vec<Question>,
    ways: Ways<'_>,
    as_of: Date,
) -> Option<Denial> {
    let role = task.definition.execution_role_arn.as_deref()?;
    if let Some(because) = iam::unassumable(account, role).filter(|_| account.enforced) {
        let decided = account.assume(role, iam::TASKS);
        return Some(Denial {
            action: "sts:AssumeRole".to_owned(),
            resource: role.to_owned(),
            said: iam::not_assumed(role),
            because,
            layer: decided.as_ref().and_then(|it| it.layer),
            explicit: decided.is_some_and(|it| it.outcome == Outcome::ExplicitDeny),
        });
    }
    let mut all = questions
        .into_iter()
        .map(|it| decide(account, role, task, it, ways));
    let denied = all.find(|it| !it.allowed())?;
    Some(Denial {
        action: denied.request.action.clone(),
        resource: denied.request.resource.clone(),
        said: denied.message(as_of),
        because: format!("{} {}", denied.reason(), denied.advice()),
        layer: denied.layer,
        explicit: denied.outcome == Outcome::ExplicitDeny,
    })
}

fn decide(
    account: &Account,
    role: &str,
    task: &Task,
    question: Question,
    ways: Ways<'_>,
) -> Decision {
    let Question { ask, host, signed } = question;
    let guarded = |id: &String| account.endpoints.get(id).is_some();
    let mut endpoints = host.map(|it| ways(&it)).unwrap_or_default();
    endpoints.retain(guarded);
    if signed {
        return account.decide_signed(&ask.action, &ask.resource, &endpoints);
    }
    if !account.enforced && endpoints.is_empty() {
        // nobody is asked
        return account.decide_signed(&ask.action, &ask.resource, &[]);
    }
    by_way(account, role, task.id.as_str(), ask, &endpoints)
}

/// What a role may do in a session of that name, by way of VPC endpoints, by their ids; tasks name their sessions by their own ids.
pub(super) fn by_way(
    account: &Account,
    role: &str,
    session: &str,
    ask: Ask,
    endpoints: &[String],
) -> Decision {
    let named = account
        .role(role)
        .map_or_else(|| role.to_owned(), |it| it.arn());
    let (action, resource) = (&ask.action, &ask.resource);
    account.decide_by_way(
        &named,
        Some(session),
        action,
        resource,
        ask.context,
        endpoints,
    )
}

/// What a task's start asks of its execution role, in order, whether permissions are enforced or not.
pub fn asked_at_start(account: &Account, task: &Task) -> Vec<Ask> {
    let all = all_questions(account, task).into_iter();
    all.filter(|it| !it.signed).map(|it| it.ask).collect()
}

/// Everything that a start asks, in order, each thing once, and then what is asked while containers log.
fn all_questions(account: &Account, task: &Task) -> Vec<Question> {
    let mut all: Vec<Question> = Vec::new();
    for errand in errands(task) {
        let makes_group = task
            .containers
            .get(errand.container)
            .is_some_and(|it| it.definition.creates_log_group());
        for question in questions(account, task, &errand, makes_group) {
            if !all.iter().any(|it| it.ask == question.ask) {
                all.push(question);
            }
        }
    }
    let logs = task.containers.iter().filter(|it| it.definition.awslogs);
    all.extend(logs.map(|container| Question {
        ask: Ask::new("logs:PutLogEvents", stream(task, &container.definition)),
        host: Some(services::host("logs").to_owned()),
        signed: false,
    }));
    all
}

/// What each thing that a task's start asks would come to now, by which endpoints it goes being given; nothing for a task without an
/// execution role.
pub fn decided_at_start(account: &Account, task: &Task, ways: Ways<'_>) -> Vec<Decision> {
    let Some(role) = task.definition.execution_role_arn.as_deref() else {
        return Vec::new();
    };
    let all = all_questions(account, task).into_iter();
    all.map(|it| decide(account, role, task, it, ways))
        .collect()
}

/// The VPC endpoints by whose way an interface reaches a host, by their ids.
pub fn ways_to(
    network: &Network,
    walk: Walk,
    interface: &NetworkInterfaceId,
    host: &str,
) -> Vec<String> {
    let from = Endpoint::Interface(interface.clone());
    let mut flow = Flow::tcp(from, IpAddr::from([0, 0, 0, 0]), 443);
    flow.to = Destination::Name(host.into());
    endpoints(&walk(network, &flow), network)
}

/// The ARN of a container's log stream.
fn stream(task: &Task, container: &ContainerDefinition) -> String {
    let prefix = container.log_prefix.as_deref().unwrap_or("ecs");
    let name = format!("{prefix}/{}/{}", container.name, task.id);
    stream_arn(container.log_group_name(), &name)
}

fn stream_arn(group: &str, name: &str) -> String {
    format!("arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}:log-stream:{name}")
}

fn questions(
    account: &Account,
    task: &Task,
    errand: &Errand<'_>,
    makes_group: bool,
) -> Vec<Question> {
    let of = errand.of;
    let image = Reference::read(of);
    let at = |host: Option<String>, ask: Ask| Question {
        ask,
        host,
        signed: false,
    };
    let there = |ask: Ask| at(errand.host.clone(), ask);
    let elsewhere = |ask: Ask| at(None, ask);
    // the repository of an image in ECR
    let repository = image.ecr_account().map(|account| {
        let region = image.host.split('.').nth(3).unwrap_or(REGION);
        format!(
            "arn:aws:ecr:{region}:{account}:repository/{}",
            image.repository
        )
    });
    match errand.what {
        Fetch::Secret | Fetch::Login => {
            let secret = if of.starts_with("arn:") {
                of.splitn(8, ':').take(7).collect::<Vec<_>>().join(":")
            } else {
                format!("arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{of}")
            };
            // Secrets Manager and Parameter Store ask KMS by themselves
            let key = account.decrypts(&secret, "secretsmanager").map(elsewhere);
            let value = there(Ask::new("secretsmanager:GetSecretValue", secret));
            [value].into_iter().chain(key).collect()
        }
        Fetch::Parameter => {
            let name = parameter_name(of);
            let name = name.trim_start_matches('/');
            let arn = format!("arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{name}");
            let key = account.decrypts(&arn, "ssm").map(elsewhere);
            let value = there(Ask::new("ssm:GetParameters", arn));
            [value].into_iter().chain(key).collect()
        }
        Fetch::EnvironmentFile => {
            let bucket = of.split('/').next().unwrap_or(of);
            vec![
                there(Ask::new("s3:GetBucketLocation", bucket)),
                there(Ask::new("s3:GetObject", of)),
            ]
        }
        Fetch::RegistryLogin => vec![there(Ask::new("ecr:GetAuthorizationToken", "*"))],
        Fetch::LogGroup => {
            let Some(container) = task.containers.get(errand.container) else {
                return Vec::new();
            };
            let container = &container.definition;
            let group = container.log_group_name();
            let arn = format!("arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}:log-stream:");
            let make = makes_group.then(|| there(Ask::new("logs:CreateLogGroup", arn)));
            let stream = there(Ask::new("logs:CreateLogStream", stream(task, container)));
            make.into_iter().chain([stream]).collect()
        }
        Fetch::Manifest => {
            let Some(repository) = repository else {
                return Vec::new();
            };
            // before 1.4.0 the token is asked for with the image, over an interface of Fargate's own
            let login = !task.platform.has("1.4.0");
            let login = login.then(|| elsewhere(Ask::new("ecr:GetAuthorizationToken", "*")));
            let manifest = there(Ask::new("ecr:BatchGetImage", repository));
            login.into_iter().chain([manifest]).collect()
        }
        Fetch::Layers => {
            let Some(repository) = repository else {
                return Vec::new();
            };
            // the registry gives links to S3, which it has signed
            let link = Ask::new("ecr:GetDownloadUrlForLayer", repository);
            let bucket = layers_host(of);
            let bucket = bucket.split('.').next().unwrap_or_default();
            let layer = Ask::new("s3:GetObject", format!("arn:aws:s3:::{bucket}/*"));
            let layer = Question {
                signed: true,
                ..there(layer)
            };
            vec![at(Some(image.host.clone()), link), layer]
        }
        // a file system asks nobody's permission but where its volume says `iam`, which is not modelled
        Fetch::FileSystem => Vec::new(),
    }
}

/// What `logs:PutLogEvents` comes to for a stream, by its name in its group, over these VPC endpoints; `None` where nobody asks:
/// permissions are not enforced, and none of the endpoints has a policy. It is asked when lines are sent, long after the start: a denial leaves the stream empty, and ECS says nothing of it. Source: ECS
/// developer guide, 'Amazon ECS task execution IAM role' and its awslogs example, whose role needs both `logs:CreateLogStream` and it.
pub fn log_put(
    account: &Account,
    role: &str,
    task: &str,
    (group, name): (&str, &str),
    endpoints: &[String],
) -> Option<Decision> {
    let ask = Ask::new("logs:PutLogEvents", stream_arn(group, name));
    let guarded = |id: &&String| account.endpoints.get(id.as_str()).is_some();
    let endpoints: Vec<String> = endpoints.iter().filter(guarded).cloned().collect();
    let asked = account.enforced || !endpoints.is_empty();
    asked.then(|| by_way(account, role, task, ask, &endpoints))
}
