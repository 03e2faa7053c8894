//! Permissions: who may do what, as cards, and the questions that people ask of them: who could run this task, what may this
//! container do, and what a run needed. Each is answered by the evaluator that also decides calls.

mod least;
mod policies;
mod questions;

pub use least::{Suggestion, suggestion_for_role, suggestion_for_user};
pub use policies::{FindingCard, FixCard, findings};
pub use questions::{Who, may_do, who_could_run};

use fargate_core::iam::{Account, Decision, Kind, MANAGED, Principal, ROOT};
use fargate_core::world::World;

/// All of IAM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermissionsCard {
    /// Whether calls and starting tasks are asked for permission.
    pub enforced: bool,
    /// The ARN of who makes the calls.
    pub caller: String,
    /// Who can make the calls, the root user first: each ARN with a name.
    pub callers: Vec<(String, String)>,
    /// Users and roles.
    pub principals: Vec<PrincipalCard>,
    /// Policies that can be attached: each ARN with a name, the account's own first.
    pub attachable: Vec<(String, String)>,
}

/// A user or a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipalCard {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// Whether it is a role; else it is a user.
    pub role: bool,
    /// Whether a service alone changes it.
    pub of_service: bool,
    /// Its policies and, of a role, its trust policy first.
    pub policies: Vec<PolicyCard>,
    /// What it is used as, in words: 'execution role of web:1'.
    pub used: Vec<String>,
}

/// A policy of a user or role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyCard {
    /// Its name.
    pub name: String,
    /// How it belongs to its principal.
    pub kind: PolicyKind,
    /// What it says.
    pub text: String,
}

/// How a policy belongs to its principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    /// It says who may assume the role.
    Trust,
    /// It is written into the principal.
    Inline,
    /// It is attached, by its ARN.
    Attached(String),
    /// It bounds the principal, by its ARN.
    Boundary(String),
}

impl PolicyKind {
    /// In a word.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Trust => "trust",
            Self::Inline => "inline",
            Self::Attached(_) => "attached",
            Self::Boundary(_) => "boundary",
        }
    }
}

/// A decision with what every statement said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionCard {
    /// Who asks.
    pub principal: String,
    /// For what.
    pub action: String,
    /// On what.
    pub resource: String,
    /// Whether it is allowed.
    pub allowed: bool,
    /// `allowed`, `explicitDeny` or `implicitDeny`.
    pub outcome: &'static str,
    /// Who decided, by which rule.
    pub reason: String,
    /// AWS's sentence, where it is denied.
    pub message: String,
    /// What nearly allowed it.
    pub near: Vec<String>,
    /// What to do, where it is denied.
    pub cure: String,
    /// The statement to add, as JSON, where that helps.
    pub statement: Option<String>,
    /// What each statement said.
    pub steps: Vec<StatementCard>,
    /// The condition keys of the request, with their values.
    pub context: Vec<(String, String)>,
}

/// What one statement said to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementCard {
    /// Which one: 'statement 1 of deploy'.
    pub name: String,
    /// `Allow` or `Deny`.
    pub effect: &'static str,
    /// Whether it applies.
    pub applies: bool,
    /// Whether it decided.
    pub decided: bool,
    /// What of it does not fit; empty where it applies.
    pub misses: String,
}

/// All of IAM at the moment shown.
pub fn permissions(world: &World) -> PermissionsCard {
    let account = world.iam().account();
    let mut callers = vec![(ROOT.to_owned(), "root user".to_owned())];
    let all = || account.principals.values();
    callers.extend(
        all()
            .filter(|it| !it.of_service())
            .map(|it| (it.arn(), format!("{} {}", it.kind.word(), it.name))),
    );
    let own = account.policies.iter();
    let mut attachable: Vec<(String, String)> = own
        .map(|(arn, it)| (arn.clone(), it.name.clone()))
        .collect();
    let of_aws = MANAGED.iter().filter(|it| !it.of_service());
    attachable.extend(of_aws.map(|it| (it.arn(), it.name.to_owned())));
    PermissionsCard {
        enforced: account.enforced,
        caller: account.caller.clone(),
        callers,
        principals: all().map(|it| principal(it, &account, world)).collect(),
        attachable,
    }
}

fn principal(it: &Principal, account: &Account, world: &World) -> PrincipalCard {
    let mut policies = Vec::new();
    let mut add = |name: &str, kind: PolicyKind, text: &str| {
        policies.push(PolicyCard {
            name: name.to_owned(),
            kind,
            text: text.to_owned(),
        });
    };
    if let Some(trust) = &it.trust {
        add("Trust policy", PolicyKind::Trust, &trust.text);
    }
    for (name, document) in it.inline.iter() {
        add(name, PolicyKind::Inline, &document.text);
    }
    for arn in &it.attached {
        if let Some((name, document)) = account.policy(arn) {
            add(&name, PolicyKind::Attached(arn.clone()), &document.text);
        }
    }
    if let Some(arn) = &it.boundary
        && let Some((name, document)) = account.policy(arn)
    {
        add(&name, PolicyKind::Boundary(arn.clone()), &document.text);
    }
    PrincipalCard {
        arn: it.arn(),
        name: it.name.clone(),
        role: it.kind == Kind::Role,
        of_service: it.of_service(),
        policies,
        used: used(&it.arn(), world),
    }
}

/// The revisions that name a role, and as what.
fn used(arn: &str, world: &World) -> Vec<String> {
    let mut used = Vec::new();
    for (_, revisions) in world.revisions().families() {
        for revision in revisions {
            let definition = &revision.definition;
            for (role, what) in [
                (&definition.execution_role_arn, "execution role"),
                (&definition.task_role_arn, "task role"),
            ] {
                let role = role.as_deref().unwrap_or_default();
                if role == arn
                    || (!role.starts_with("arn:")
                        && arn.ends_with(&format!("/{role}"))
                        && !role.is_empty())
                {
                    used.push(format!("{what} of {}", revision.name));
                }
            }
        }
    }
    used
}

/// A decision as a card.
pub fn decision(it: &Decision, world: &World) -> DecisionCard {
    let cure = it.cure();
    let steps = it.considered.iter().enumerate().map(|(place, said)| {
        let mut misses = Vec::new();
        for (fits, what) in [
            (said.principal.is_some(), "names another principal"),
            (said.action, "is about other actions"),
            (said.resource, "is about other resources"),
        ] {
            if !fits {
                misses.push(what.to_owned());
            }
        }
        // of what is about something else, the condition does not matter
        if misses.is_empty() {
            misses.extend(said.unmet.iter().map(|it| {
                let given = it
                    .given
                    .as_ref()
                    .map_or_else(|| "absent".to_owned(), |it| it.join(", "));
                format!(
                    "{} {} {}: it is {given}",
                    it.operator.written(),
                    it.key,
                    it.wanted.join(" or ")
                )
            }));
        }
        StatementCard {
            name: said.to_string(),
            effect: said.effect.aws(),
            applies: said.applies(),
            decided: it.decided == Some(place),
            misses: misses.join(", "),
        }
    });
    DecisionCard {
        principal: it.request.principal.clone(),
        action: it.request.action.clone(),
        resource: it.request.resource.clone(),
        allowed: it.allowed(),
        outcome: it.outcome.aws(),
        reason: it.reason(),
        message: if it.allowed() {
            String::new()
        } else {
            it.message(world.as_of())
        },
        near: it.near(),
        cure: cure
            .as_ref()
            .map(|it| it.sentence.clone())
            .unwrap_or_default(),
        statement: cure.and_then(|it| it.statement),
        steps: steps.collect(),
        context: it
            .request
            .context
            .iter()
            .map(|(key, values)| (key.to_owned(), values.join(", ")))
            .collect(),
    }
}
