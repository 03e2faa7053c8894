//! The rates of all of ECS's calls, of those too that no world here answers.
//!
//! Source: 'Request throttling for the Amazon ECS API'.

use super::limits::{CATEGORIES, Limits, Rate, rate};
use crate::error::ApiError;
use crate::units::SimTime;

/// Further actions of the categories, and further categories.
#[rustfmt::skip]
const FURTHER: &[(Rate, &[&str])] = &[
    (rate("Cluster modify", 20, 1), &["UpdateCluster", "UpdateClusterSettings"]),
    (rate("Capacity provider modify", 10, 1), &["CreateCapacityProvider", "DeleteCapacityProvider", "UpdateCapacityProvider"]),
    (rate("Capacity provider read", 50, 20), &["DescribeCapacityProviders"]),
    (rate("Tag modify", 20, 10), &["TagResource", "UntagResource"]),
    (rate("Tag read", 50, 20), &["ListTagsForResource"]),
    (rate("Setting modify", 10, 1), &["DeleteAccountSetting"]),
    (rate("Setting read", 50, 20), &["ListAccountSettings"]),
    (rate("Cluster resource modify", 100, 40), &["DeleteAttributes", "DeregisterContainerInstance", "ExecuteCommand", "PutAttributes", "UpdateContainerAgent", "UpdateContainerInstancesState"]),
    (rate("Cluster resource read", 100, 20), &["DescribeContainerInstances", "ListAttributes", "ListContainerInstances"]),
    (rate("Agent modify", 200, 120), &["RegisterContainerInstance", "SubmitAttachmentStateChanges", "SubmitContainerStateChange", "SubmitTaskStateChange"]),
    (rate("Service deployment", 50, 20), &["DescribeServiceDeployments", "ListServiceDeployments"]),
    (rate("Service revision", 50, 20), &["DescribeServiceRevisions"]),
    (rate("Task protection", 200, 80), &["UpdateTaskProtection", "GetTaskProtection"]),
    (rate("Cluster service resource read", 10, 1), &["ListServicesByNamespace"]),
];

/// The buckets of an account whose calls nobody answers: whether each would be let through.
#[derive(Clone, Debug)]
pub struct CallRates(Limits);

impl Default for CallRates {
    fn default() -> Self {
        Self(Limits {
            throttling: true,
            ..Limits::default()
        })
    }
}

impl CallRates {
    /// Whether an action, such as `CreateCluster`, is one of ECS's that have a bucket.
    pub fn knows(action: &str) -> bool {
        of(action).is_some()
    }

    /// Takes the token of a call; the error is AWS's where there is none. A call without a bucket always passes.
    pub fn take(&mut self, now: SimTime, action: &str) -> Result<(), ApiError> {
        of(action).map_or(Ok(()), |rate| self.0.take(now, rate, 1))
    }
}

fn of(action: &str) -> Option<Rate> {
    let mut all = CATEGORIES.iter().chain(FURTHER);
    all.find(|(_, actions)| actions.contains(&action))
        .map(|(rate, _)| *rate)
}
