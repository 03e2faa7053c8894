//! Events about services: `ECS Service Action` and `ECS Deployment State Change`.
//!
//! Source: 'Amazon ECS service action events' and 'Amazon ECS service deployment state change events'. Why a task has no place is told
//! as `reason` where AWS shows how it is written, which is for capacity of Fargate; of other reasons it shows no event.

use super::envelope::envelope;
use crate::event::{Event, Fact};
use crate::observe::account::Account;
use crate::observe::clock::Clock;
use crate::observe::names;
use crate::observe::object::{Object, texts};
use crate::service::{Notice, Rollout, deployment_id, words};
use crate::task::CLUSTER;
use crate::units::SimTime;

/// The `detail-type` of what a service does.
const SERVICE_ACTION: &str = "ECS Service Action";
/// The `detail-type` of how far a deployment is.
const DEPLOYMENT_STATE_CHANGE: &str = "ECS Deployment State Change";

/// An event about a service.
#[derive(Clone, Debug)]
pub(super) struct Action {
    pub(super) service: String,
    pub(super) detail_type: &'static str,
    /// `INFO`, `WARN` or `ERROR`.
    pub(super) kind: &'static str,
    pub(super) name: &'static str,
    /// The deployment that it is about.
    deployment: Option<String>,
    /// `reason`.
    reason: Option<String>,
    /// The capacity providers that it is about.
    providers: Vec<String>,
}

impl Action {
    /// What ECS sends for a fact of the log: mostly nothing.
    pub(super) fn of(account: &Account<'_>, event: &Event) -> Vec<Self> {
        let (service, notice) = match &event.fact {
            Fact::Made {
                what: "Service",
                id,
                ..
            } => {
                let first = deployment_id(account.seed, id, event.cause);
                (id, Notice::Begun(first))
            }
            Fact::Changed {
                what: "Service",
                id,
                how,
            } => match Notice::read(how) {
                Some(notice) => (id, notice),
                None => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        let act = |kind, name| Self {
            service: service.clone(),
            detail_type: SERVICE_ACTION,
            kind,
            name,
            deployment: None,
            reason: None,
            providers: Vec::new(),
        };
        let deploys = |kind, name, id: String, rollout: Rollout| Self {
            detail_type: DEPLOYMENT_STATE_CHANGE,
            reason: Some(words::told_reason(&id, rollout)),
            deployment: Some(id),
            ..act(kind, name)
        };
        let begins = |id, rollout| {
            vec![deploys(
                "INFO",
                "SERVICE_DEPLOYMENT_IN_PROGRESS",
                id,
                rollout,
            )]
        };
        match notice {
            Notice::Steady => {
                let steady = act("INFO", "SERVICE_STEADY_STATE");
                let providers = strategy(account, service);
                if providers.is_empty() {
                    return vec![steady];
                }
                let provided = Self {
                    providers,
                    ..act("INFO", "CAPACITY_PROVIDER_STEADY_STATE")
                };
                vec![steady, provided]
            }
            Notice::Stopped => vec![act("INFO", "TASKS_STOPPED")],
            Notice::Impaired => vec![act("WARN", "SERVICE_TASK_START_IMPAIRED")],
            Notice::Throttled => vec![act("ERROR", "ECS_OPERATION_THROTTLED")],
            Notice::Unplaced(reason) => {
                // only Spot can be without capacity
                let spot = strategy(account, service).into_iter();
                let spot = spot.filter(|it| it.ends_with("/FARGATE_SPOT"));
                vec![Self {
                    reason: reason.map(str::to_owned),
                    providers: spot.filter(|_| reason.is_some()).collect(),
                    ..act("ERROR", "SERVICE_TASK_PLACEMENT_FAILURE")
                }]
            }
            Notice::NotLaunched => vec![act("ERROR", "SERVICE_TASK_CONFIGURATION_FAILURE")],
            Notice::Begun(id) => begins(id, Rollout::InProgress),
            Notice::RollsBack(id) => begins(id, Rollout::RollsBack),
            Notice::Completed(id) => {
                let name = "SERVICE_DEPLOYMENT_COMPLETED";
                vec![deploys("INFO", name, id, Rollout::Completed)]
            }
            Notice::Failed(id) => {
                let name = "SERVICE_DEPLOYMENT_FAILED";
                vec![deploys("ERROR", name, id, Rollout::Failed)]
            }
        }
    }

    /// The whole event.
    pub(super) fn event(&self, account: &Account<'_>, number: &str, at: SimTime) -> String {
        let time = Clock::at(account.began, at).iso();
        let known = self.service.split_once('/');
        let (cluster, name) = known.unwrap_or((CLUSTER, &self.service));
        let mut detail = Object::default()
            .text("eventType", self.kind)
            .text("eventName", self.name);
        if let Some(id) = &self.deployment {
            detail = detail.text("deploymentId", id).text("updatedAt", &time);
        } else {
            detail = detail.text("clusterArn", &names::cluster(cluster));
        }
        if !self.providers.is_empty() {
            let arns = texts(self.providers.iter().map(String::as_str));
            detail = detail.raw("capacityProviderArns", &arns);
        }
        detail = detail.maybe("reason", self.reason.as_deref());
        if self.deployment.is_none() {
            detail = detail.text("createdAt", &time);
        }
        let service = names::ecs(&format!("service/{cluster}/{name}"));
        envelope(
            account,
            number,
            at,
            ("aws.ecs", self.detail_type),
            &service,
            &detail.finish(),
        )
    }
}

/// The capacity providers of a service's strategy, as the account knows the service now.
fn strategy(account: &Account<'_>, service: &str) -> Vec<String> {
    let service = account.services.get(service);
    let items = service.map(|it| it.wish.capacity_provider_strategy.as_slice());
    let items = items.unwrap_or_default().iter();
    items
        .map(|it| names::ecs(&format!("capacity-provider/{}", it.capacity_provider)))
        .collect()
}
