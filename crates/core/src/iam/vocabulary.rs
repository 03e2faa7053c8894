//! Words of policies: the services, their actions, and what resources and condition keys an action of Amazon ECS knows.

use super::pattern::{Case, Pattern};
use crate::task_definition::nearest;

const SERVICES: &str = include_str!("data/services.txt");
const ACTIONS: &str = include_str!("data/actions.txt");
const ECS: &str = include_str!("data/ecs-actions.txt");

/// The services that a trust policy can name here. Source: the guides of the services that run or start tasks.
pub(super) const TRUSTED: &[&str] = &[
    "ecs-tasks.amazonaws.com",
    "ecs.amazonaws.com",
    "ec2.amazonaws.com",
    "events.amazonaws.com",
    "scheduler.amazonaws.com",
    "ecs.application-autoscaling.amazonaws.com",
    "application-autoscaling.amazonaws.com",
    "codedeploy.amazonaws.com",
    "codebuild.amazonaws.com",
    "codepipeline.amazonaws.com",
    "lambda.amazonaws.com",
    "states.amazonaws.com",
    "batch.amazonaws.com",
    "ssm.amazonaws.com",
    "logs.amazonaws.com",
    "rds.amazonaws.com",
    "elasticloadbalancing.amazonaws.com",
    "cloudformation.amazonaws.com",
    "apigateway.amazonaws.com",
    "delivery.logs.amazonaws.com",
    "monitoring.rds.amazonaws.com",
    "spotfleet.amazonaws.com",
    "autoscaling.amazonaws.com",
];

/// What people call a service, and the prefix that its actions have.
const ALSO_CALLED: &[(&str, &str)] = &[
    ("cloudwatchlogs", "logs"),
    ("cloudwatch-logs", "logs"),
    ("elb", "elasticloadbalancing"),
    ("elbv2", "elasticloadbalancing"),
    ("efs", "elasticfilesystem"),
    ("eventbridge", "events"),
    ("servicediscover", "servicediscovery"),
    ("cloudmap", "servicediscovery"),
    ("secrets", "secretsmanager"),
    ("secretmanager", "secretsmanager"),
];

/// The prefix that was most likely meant.
pub(super) fn service_meant(written: &str) -> Option<&'static str> {
    let mut also = ALSO_CALLED.iter();
    let known = also.find(|(name, _)| name.eq_ignore_ascii_case(written));
    known
        .map(|(_, prefix)| *prefix)
        .or_else(|| nearest(written, services()))
}

/// An action of Amazon ECS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EcsAction {
    /// Its name without the service.
    pub name: &'static str,
    types: &'static str,
    keys: &'static str,
}

/// The lines of a table that are no remarks.
fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// The prefixes of all services.
pub(super) fn services() -> impl Iterator<Item = &'static str> {
    lines(SERVICES).flat_map(str::split_whitespace)
}

/// The actions of a service; `None` where not all of them are known here.
pub(super) fn actions(service: &str) -> Option<Vec<&'static str>> {
    if service.eq_ignore_ascii_case("ecs") {
        return Some(ecs_actions().map(|it| it.name).collect());
    }
    let found = lines(ACTIONS).find_map(|line| {
        let (prefix, names) = line.split_once(' ')?;
        prefix.eq_ignore_ascii_case(service).then_some(names)
    });
    found.map(|names| names.split_whitespace().collect())
}

/// The actions of Amazon ECS.
pub fn ecs_actions() -> impl Iterator<Item = EcsAction> {
    lines(ECS).filter_map(|line| {
        let mut parts = line.split(' ');
        Some(EcsAction {
            name: parts.next()?,
            types: parts.next()?,
            keys: parts.next()?,
        })
    })
}

impl EcsAction {
    /// The types of resources that it takes; none where it needs `*`.
    pub fn types(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.types.split(',').filter(|it| *it != "-")
    }

    /// Whether requests for it can have a condition key; those that every request has are known to it, too.
    pub fn knows(&self, key: &str) -> bool {
        let common = key.to_ascii_lowercase().starts_with("aws:")
            && !["aws:requesttag/", "aws:resourcetag/", "aws:tagkeys"]
                .iter()
                .any(|it| key.to_ascii_lowercase().starts_with(it));
        let mut keys = self.keys.split(',');
        common || keys.any(|it| Pattern::plain(it).fits(key, Case::Ignored))
    }
}
