//! Task definitions: the model, how they are read, and AWS's verdict on them.

mod assist;
mod context;
mod describe;
mod extract;
pub mod fields;
mod form;
mod model;
mod move_to_fargate;
mod reading;
mod revisions;
mod rules;
mod schema;

pub use assist::{Completion, Completions, Hover, completions_at, hover_at};
pub use context::Context;
pub use describe::described;
pub use model::{
    Condition, ContainerDefinition, Dependency, EfsVolume, HealthCheck, LogGroupName, Mount,
    PortMapping, Protocol, RestartPolicy, Secret, SecretStore, System, TaskDefinition, Volume,
};
pub use move_to_fargate::{Change, Plan, is_for_ec2, move_to_fargate};
pub use reading::{Reading, Verdict, read, read_all, read_resource};
pub use revisions::{Revision, RevisionStatus, Revisions};
pub(crate) use rules::nearest;
pub use rules::{explain, rule_codes};
