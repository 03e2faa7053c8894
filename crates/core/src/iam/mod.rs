//! IAM: who may do what. Policies and how they are read, the decision with what every statement said to it, the account's
//! users and roles, and what calls and starting tasks ask of them.

mod account;
mod asks;
mod calls;
mod check;
mod condition;
mod context;
mod evaluate;
mod explain;
mod history;
mod keys;
mod managed;
mod named;
mod operator;
mod pattern;
mod permit;
mod policy;
mod principal;
mod read;
mod statement;
mod vocabulary;

pub use account::{Account, ROOT, TASKS, TRUST_TASKS};
pub use asks::{Ask, Known, asks, passed};
pub(crate) use calls::*;
pub use context::Context;
pub use evaluate::{Applied, Considered, Decision, Layer, Outcome, Request, Unmet, decide};
pub use explain::Cure;
pub use history::Iam;
pub(crate) use keys::key_arn;
pub use managed::{MANAGED, Managed, managed};
pub use named::Named;
pub use operator::{Comparison, Operator, Several};
pub use pattern::{Case, Pattern};
pub(crate) use permit::permit;
pub use permit::{decisions, not_assumed, unassumable};
pub use policy::{Condition, Effect, List, Policy, Principals, Purpose, Statement, Test, Text};
pub use principal::{CustomerPolicy, Document, Kind, Principal};
pub use read::{MALFORMED, Reading, read};
pub use vocabulary::{EcsAction, ecs_actions};

/// The account's number.
pub const ACCOUNT: &str = "123456789012";
/// Its Region.
pub const REGION: &str = "us-east-1";
