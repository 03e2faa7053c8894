//! What a starting task asks of IAM: each thing that it fetches, with its execution role.
//!
//! Source: ECS developer guide, 'Amazon ECS task execution IAM role'; the drivers' own order of calls.

use super::fetch::{Errand, Fetch, errands};
use super::lack::{Denial, Lack, LackKind};
use super::life::Parts;
use super::model::Task;
use crate::iam::{self, Account, Ask, Decision, Outcome};
use crate::stores::{ACCOUNT, REGION, Reference, parameter_name};
use crate::task_definition::ContainerDefinition;
use crate::units::Date;

/// Why the execution role may not run an errand; `None` where it may, where permissions are not enforced, and where the errand
/// takes no role.
pub(super) fn refusal(parts: &Parts<'_>, task: &Task, errand: &Errand<'_>) -> Option<Lack> {
    if !parts.iam.is_used() {
        return None;
    }
    let account = parts.iam.account();
    if !account.enforced {
        return None;
    }
    let container = &task.containers.get(errand.container)?.definition;
    let group = container.log_group_name();
    let makes_group = container.creates_log_group() && parts.stores.log_groups.is_missing(group);
    let asks = asks(&account, task, errand, makes_group);
    if asks.is_empty() {
        return None;
    }
    let denial = denied(&account, task, asks, parts.as_of)?;
    Some(Lack {
        what: errand.what,
        of: errand.of.to_owned(),
        kind: LackKind::Denied(denial),
    })
}

/// The first thing that the execution role is denied.
fn denied(account: &Account, task: &Task, asks: Vec<Ask>, as_of: Date) -> Option<Denial> {
    let role = task.definition.execution_role_arn.as_deref()?;
    if let Some(because) = iam::unassumable(account, role) {
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
    let mut all = asks.into_iter().map(|ask| decide(account, role, task, ask));
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

fn decide(account: &Account, role: &str, task: &Task, ask: Ask) -> Decision {
    as_role(account, role, task.id.as_str(), ask)
}

/// What a role may do in a session of that name; tasks name theirs by their ids.
fn as_role(account: &Account, role: &str, session: &str, ask: Ask) -> Decision {
    by_way(account, role, session, ask, &[])
}

/// The same by way of VPC endpoints, by their ids.
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
    let mut all: Vec<Ask> = Vec::new();
    for errand in errands(task) {
        let makes_group = task
            .containers
            .get(errand.container)
            .is_some_and(|it| it.definition.creates_log_group());
        for ask in asks(account, task, &errand, makes_group) {
            if !all.contains(&ask) {
                all.push(ask);
            }
        }
    }
    // what it logs while it runs
    let logs = task.containers.iter().filter(|it| it.definition.awslogs);
    for container in logs {
        let ask = Ask::new("logs:PutLogEvents", stream(task, &container.definition));
        all.push(ask);
    }
    all
}

/// What each thing that a task's start asks would come to now; nothing for a task without an execution role.
pub fn decided_at_start(account: &Account, task: &Task) -> Vec<Decision> {
    let Some(role) = task.definition.execution_role_arn.as_deref() else {
        return Vec::new();
    };
    let asks = asked_at_start(account, task).into_iter();
    asks.map(|ask| decide(account, role, task, ask)).collect()
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

fn asks(account: &Account, task: &Task, errand: &Errand<'_>, makes_group: bool) -> Vec<Ask> {
    let of = errand.of;
    let image = Reference::read(of);
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
            let key = account.decrypts(&secret, "secretsmanager");
            let value = Ask::new("secretsmanager:GetSecretValue", secret);
            [value].into_iter().chain(key).collect()
        }
        Fetch::Parameter => {
            let name = parameter_name(of);
            let name = name.trim_start_matches('/');
            let arn = format!("arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{name}");
            let key = account.decrypts(&arn, "ssm");
            let value = Ask::new("ssm:GetParameters", arn);
            [value].into_iter().chain(key).collect()
        }
        Fetch::EnvironmentFile => {
            let bucket = of.split('/').next().unwrap_or(of);
            vec![
                Ask::new("s3:GetBucketLocation", bucket),
                Ask::new("s3:GetObject", of),
            ]
        }
        Fetch::RegistryLogin => vec![Ask::new("ecr:GetAuthorizationToken", "*")],
        Fetch::LogGroup => {
            let Some(container) = task.containers.get(errand.container) else {
                return Vec::new();
            };
            let container = &container.definition;
            let group = container.log_group_name();
            let arn = format!("arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}:log-stream:");
            let make = makes_group.then(|| Ask::new("logs:CreateLogGroup", arn));
            let stream = Ask::new("logs:CreateLogStream", stream(task, container));
            make.into_iter().chain([stream]).collect()
        }
        Fetch::Manifest => {
            let Some(repository) = repository else {
                return Vec::new();
            };
            // before 1.4.0 the token is asked for with the image
            let login = !task.platform.has("1.4.0");
            let login = login.then(|| Ask::new("ecr:GetAuthorizationToken", "*"));
            let manifest = Ask::new("ecr:BatchGetImage", repository);
            login.into_iter().chain([manifest]).collect()
        }
        Fetch::Layers => repository
            .map(|it| Ask::new("ecr:GetDownloadUrlForLayer", it))
            .into_iter()
            .collect(),
        // a file system asks nobody's permission but where its volume says `iam`, which is not modelled
        Fetch::FileSystem => Vec::new(),
    }
}

/// What `logs:PutLogEvents` comes to for a stream, by its name in its group; `None` where nobody asks: permissions are not enforced.
/// It is asked when lines are sent, long after the start: a denial leaves the stream empty, and ECS says nothing of it. Source: ECS
/// developer guide, 'Amazon ECS task execution IAM role' and its awslogs example, whose role needs both `logs:CreateLogStream` and it.
pub fn log_put(
    account: &Account,
    role: &str,
    task: &str,
    group: &str,
    name: &str,
) -> Option<Decision> {
    let ask = Ask::new("logs:PutLogEvents", stream_arn(group, name));
    account.enforced.then(|| as_role(account, role, task, ask))
}
