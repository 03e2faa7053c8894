//! The decision: what all policies say to one request, in the order in which AWS asks them.
//!
//! Source: IAM User Guide, 'Policy evaluation logic'; the texts: 'Troubleshoot access denied error messages'.

use super::context::Context;
use super::named::{Named, named};
use super::operator::Operator;
use super::pattern::{Case, Pattern};
use super::policy::{Effect, List, Policy, Statement};
use crate::units::Date;
use std::fmt;
use std::sync::Arc;

/// The day since which a refusal says which kind of policy decided; before, it ends after the resource.
const REASONS_SINCE: Date = Date::new(2021, 9, 1);

/// Who asks for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The principal as refusals name it: the ARN of a user, of an assumed role, of the root user, or the name of a service.
    pub principal: String,
    /// Service and action: `ecs:RunTask`.
    pub action: String,
    /// The resource's ARN, or `*` where the action knows none.
    pub resource: String,
    /// What else is known of it.
    pub context: Context,
}

/// How sessions of service-linked roles are named.
const SERVICE_LINKED: &str = ":assumed-role/AWSServiceRoleFor";

/// Where a policy applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// To the whole account: a service control policy.
    ServiceControl,
    /// At the resource.
    Resource,
    /// At the role that is assumed: its trust policy.
    Trust,
    /// To the principal: attached or inline.
    Identity,
    /// As the bound of what the principal's policies may allow.
    Boundary,
    /// To a session of the principal.
    Session,
    /// At the VPC endpoint that the request comes by.
    Endpoint,
}

impl Layer {
    /// AWS's name for such a policy, as refusals have it.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::ServiceControl => "service control policy",
            Self::Resource => "resource-based policy",
            Self::Trust => "role trust policy",
            Self::Identity => "identity-based policy",
            Self::Boundary => "permissions boundary",
            Self::Session => "session policy",
            Self::Endpoint => "VPC endpoint policy",
        }
    }
}

/// A policy where it applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// What it is called.
    pub name: Arc<str>,
    /// Where it applies.
    pub layer: Layer,
    /// What it says.
    pub policy: Arc<Policy>,
}

/// How a request ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is allowed.
    Allowed,
    /// A statement denies it.
    ExplicitDeny,
    /// No statement allows it.
    ImplicitDeny,
}

impl Outcome {
    /// The name that AWS's policy simulator gives it.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::ExplicitDeny => "explicitDeny",
            Self::ImplicitDeny => "implicitDeny",
        }
    }
}

/// A condition that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The operator.
    pub operator: Operator,
    /// The key as the policy writes it.
    pub key: String,
    /// The values that the policy names.
    pub wanted: Vec<String>,
    /// The values that the request has; `None` where it has no such key.
    pub given: Option<Vec<String>>,
}

/// What one statement says to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Considered {
    /// The policy.
    pub policy: Arc<str>,
    /// Where that applies.
    pub layer: Layer,
    /// Which statement of it, from 1.
    pub number: usize,
    /// Its `Sid`.
    pub sid: Option<String>,
    /// Its effect.
    pub effect: Effect,
    /// How its `Principal` names who asks; `None` where it does not. What has no `Principal` is the asker's own.
    pub principal: Option<Named>,
    /// Whether its actions fit.
    pub action: bool,
    /// Whether its resources fit.
    pub resource: bool,
    /// What its `Action` names.
    pub actions: Vec<String>,
    /// What its `Resource` names.
    pub resources: Vec<String>,
    /// The conditions that do not hold.
    pub unmet: Vec<Unmet>,
}

impl Considered {
    /// Whether the statement applies.
    pub fn applies(&self) -> bool {
        self.principal.is_some() && self.action && self.resource && self.unmet.is_empty()
    }
}

impl fmt::Display for Considered {
    /// `statement 2 (AllowRun) of deploy`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "statement {}", self.number)?;
        if let Some(sid) = &self.sid {
            write!(f, " ({sid})")?;
        }
        write!(f, " of {}", self.policy)
    }
}

/// What became of a request, and what each statement said to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The request.
    pub request: Request,
    /// How it ends.
    pub outcome: Outcome,
    /// The kind of policy that decided; `None` for the root user, whom nothing has to allow.
    pub layer: Option<Layer>,
    /// The statement that decided, by its place among those considered; `None` where it is that no statement allows it.
    pub decided: Option<usize>,
    /// Every statement of every policy, in order.
    pub considered: Vec<Considered>,
}

impl Decision {
    /// Whether it is allowed.
    pub fn allowed(&self) -> bool {
        self.outcome == Outcome::Allowed
    }

    /// The statement that decided.
    pub fn statement(&self) -> Option<&Considered> {
        self.considered.get(self.decided?)
    }

    /// AWS's sentence for the refusal on a day.
    pub fn message(&self, as_of: Date) -> String {
        let Request {
            principal,
            action,
            resource,
            ..
        } = &self.request;
        let mut text = format!(
            "User: {principal} is not authorized to perform: {action} on resource: {resource}"
        );
        if as_of < REASONS_SINCE {
            return text;
        }
        let layer = self.layer.unwrap_or(Layer::Identity).aws();
        let article = if layer.starts_with('i') { "an" } else { "a" };
        let why = match self.outcome {
            Outcome::ExplicitDeny => format!(" with an explicit deny in {article} {layer}"),
            _ => format!(" because no {layer} allows the {action} action"),
        };
        text.push_str(&why);
        text
    }
}

/// Decides a request.
pub fn decide(request: Request, policies: &[Applied]) -> Decision {
    // service control policies do not bind the roles of services
    let of_service = request.principal.contains(SERVICE_LINKED);
    let binds = |it: &&Applied| it.layer != Layer::ServiceControl || !of_service;
    let mut considered = Vec::new();
    for applied in policies.iter().filter(binds) {
        let statements = applied.policy.statements.iter().enumerate();
        considered.extend(statements.map(|(place, it)| consider(&request, applied, place, it)));
    }
    let find = |layers: &[Layer], effect: Effect| {
        considered
            .iter()
            .position(|it| it.effect == effect && it.applies() && layers.contains(&it.layer))
    };
    let bound = |layer: Layer| {
        let mut all = policies.iter().filter(binds);
        all.any(|it| it.layer == layer)
    };
    let root =
        request.principal.starts_with("arn:aws:iam::") && request.principal.ends_with(":root");
    let every = [
        Layer::ServiceControl,
        Layer::Resource,
        Layer::Trust,
        Layer::Identity,
        Layer::Boundary,
        Layer::Session,
        Layer::Endpoint,
    ];
    let allows = |layers: &[Layer]| find(layers, Effect::Allow);
    let gives = |layer: Layer, to: &[Named]| {
        considered.iter().position(|it| {
            it.layer == layer
                && it.effect == Effect::Allow
                && it.applies()
                && it.principal.is_some_and(|it| to.contains(&it))
        })
    };
    let trusted = bound(Layer::Trust);
    let (outcome, layer, decided) = if let Some(place) = find(&every, Effect::Deny) {
        (
            Outcome::ExplicitDeny,
            Some(considered[place].layer),
            Some(place),
        )
    } else if bound(Layer::ServiceControl) && allows(&[Layer::ServiceControl]).is_none() {
        (Outcome::ImplicitDeny, Some(Layer::ServiceControl), None)
    } else if root {
        (Outcome::Allowed, None, None)
    } else if trusted {
        // a trust policy has to allow; where it names the account, so have the asker's own policies
        let own = [Named::Itself, Named::Role, Named::Anybody];
        let by_account = gives(Layer::Trust, &[Named::Account]);
        match (gives(Layer::Trust, &own), by_account) {
            (Some(place), _) => (Outcome::Allowed, Some(Layer::Trust), Some(place)),
            (None, None) => (Outcome::ImplicitDeny, Some(Layer::Trust), None),
            (None, Some(place)) => match allows(&[Layer::Identity]) {
                Some(_) => (Outcome::Allowed, Some(Layer::Trust), Some(place)),
                None => (Outcome::ImplicitDeny, Some(Layer::Identity), None),
            },
        }
    } else {
        // what a resource gives to the asker itself, silence elsewhere does not take away
        let direct = gives(Layer::Resource, &[Named::Itself]);
        let elsewhere = gives(Layer::Resource, &[Named::Role, Named::Anybody]);
        let needed: &[Layer] = match direct {
            Some(_) => &[Layer::Endpoint],
            None => &[Layer::Boundary, Layer::Session, Layer::Endpoint],
        };
        match direct.or(allows(&[Layer::Identity])).or(elsewhere) {
            None => (Outcome::ImplicitDeny, Some(Layer::Identity), None),
            Some(place) => {
                let mut missing = needed.iter().copied();
                match missing.find(|it| bound(*it) && allows(&[*it]).is_none()) {
                    Some(layer) => (Outcome::ImplicitDeny, Some(layer), None),
                    None => (Outcome::Allowed, Some(considered[place].layer), Some(place)),
                }
            }
        }
    };
    Decision {
        request,
        outcome,
        layer,
        decided,
        considered,
    }
}

fn consider(
    request: &Request,
    applied: &Applied,
    place: usize,
    statement: &Statement,
) -> Considered {
    let (context, variables) = (&request.context, applied.policy.variables);
    let mut unmet = Vec::new();
    for condition in &statement.conditions {
        for test in &condition.tests {
            let key = test.key.text.as_str();
            if !condition
                .operator
                .holds(key, &test.values, context, variables)
            {
                unmet.push(Unmet {
                    operator: condition.operator,
                    key: key.to_owned(),
                    wanted: test.values.iter().map(|it| it.text.clone()).collect(),
                    given: context.get(key).map(<[String]>::to_vec),
                });
            }
        }
    }
    let principals = statement.principals.as_ref();
    let texts = |list: &List| list.values.iter().map(|it| it.text.clone()).collect();
    Considered {
        policy: applied.name.clone(),
        layer: applied.layer,
        number: place + 1,
        sid: statement.sid.clone(),
        effect: statement.effect,
        principal: principals.map_or(Some(Named::Itself), |it| named(it, &request.principal)),
        action: acts(&statement.actions, &request.action),
        resource: statement
            .resources
            .as_ref()
            .is_none_or(|it| concerns(it, &request.resource, context, variables)),
        actions: texts(&statement.actions),
        resources: statement.resources.as_ref().map(texts).unwrap_or_default(),
        unmet,
    }
}

/// Whether `Action` or `NotAction` fits: names of actions are the same in upper and lower case.
pub(super) fn acts(list: &List, action: &str) -> bool {
    let mut values = list.values.iter();
    values.any(|it| Pattern::plain(&it.text).fits(action, Case::Ignored)) != list.not
}

/// Whether `Resource` or `NotResource` fits.
fn concerns(list: &List, resource: &str, context: &Context, variables: bool) -> bool {
    let mut values = list.values.iter();
    let fits = values.any(|it| {
        let pattern = if variables {
            Pattern::with_variables(&it.text, context, true)
        } else {
            Some(Pattern::plain(&it.text))
        };
        pattern.is_some_and(|it| it.fits(resource, Case::Kept))
    });
    fits != list.not
}
