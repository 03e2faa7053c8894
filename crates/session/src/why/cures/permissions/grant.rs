//! What is granted so far: changes of policies, and one new inline policy that allows what nothing allowed.

use super::edit::edit;
use super::{Refusal, who};
use fargate_core::call::{
    Call, CreatePolicyVersion, CreateRole, ModifyVpcEndpoint, PutRolePolicy,
    PutServiceControlPolicy, PutUserPolicy, UpdateAssumeRolePolicy,
};
use fargate_core::iam::{Account, Decision, Kind, Layer, Outcome, TRUST_TASKS};

/// Statements that a title tells with their resources.
const AT_LENGTH: usize = 2;

/// What is granted so far.
#[derive(Debug, Default)]
pub(super) struct Grant {
    /// Changes of what there is, with what they do; a policy is changed once.
    edits: Vec<(Change, Call)>,
    /// What a new inline policy allows.
    added: Vec<Decision>,
}

/// What a change of what there is does.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// It allows actions at a place.
    Allow(Vec<String>, String),
    /// Something else, as a button says it.
    Other(String),
}

/// Which text a call replaces as a whole.
fn replaces(call: &Call) -> Option<String> {
    if let Some(it) = call.input::<CreatePolicyVersion>() {
        return Some(it.policy_arn.clone());
    }
    if let Some(it) = call.input::<PutServiceControlPolicy>() {
        return Some(format!("control {}", it.policy_name));
    }
    if let Some(it) = call.input::<ModifyVpcEndpoint>() {
        return Some(format!("endpoint {}", it.vpc_endpoint_id));
    }
    let it = call.input::<UpdateAssumeRolePolicy>()?;
    Some(format!("trust {}", it.role_name))
}

impl Grant {
    /// Adds a change; what replaces the same text holds the change before it, too.
    fn add(&mut self, change: Change, call: Call) {
        let text = replaces(&call);
        let same = |it: &(Change, Call)| text.is_some() && replaces(&it.1) == text;
        let Some(place) = self.edits.iter().position(same) else {
            self.edits.push((change, call));
            return;
        };
        let (before, _) = self.edits.remove(place);
        let both = match (before, change) {
            (Change::Allow(mut actions, place), Change::Allow(more, other)) if place == other => {
                actions.extend(more);
                Change::Allow(actions, place)
            }
            (before, after) => Change::Other(format!("{}, and {}", words(&before), words(&after))),
        };
        self.edits.push((both, call));
    }

    pub(super) fn go_on(&mut self, account: &Account, left: Vec<Refusal>) -> Option<()> {
        let by_identity = |it: &Decision| {
            it.outcome == Outcome::ImplicitDeny && it.layer == Some(Layer::Identity)
        };
        match left.first()? {
            Refusal::NoRole(role) => {
                let (title, call) = made(role)?;
                self.add(Change::Other(title), call);
            }
            Refusal::Decided(first) if by_identity(first) => {
                let before = self.added.len();
                for refusal in left {
                    if let Refusal::Decided(it) = refusal
                        && by_identity(&it)
                        && !self.added.iter().any(|known| {
                            (&known.request.action, &known.request.resource)
                                == (&it.request.action, &it.request.resource)
                        })
                    {
                        self.added.push(*it);
                    }
                }
                // what was added and does not help is no cure
                (self.added.len() > before).then_some(())?;
            }
            Refusal::Decided(first) => {
                let (change, call) = edit(account, first)?;
                if self.edits.iter().any(|(_, known)| *known == call) {
                    return None;
                }
                self.add(change, call);
            }
        }
        Some(())
    }

    pub(super) fn calls(&self, account: &Account) -> Vec<Call> {
        let edits = self.edits.iter().map(|(_, call)| call.clone());
        edits.chain(self.policy(account)).collect()
    }

    /// The inline policy that allows what nothing allowed.
    fn policy(&self, account: &Account) -> Option<Call> {
        let first = self.added.first()?;
        let (kind, name) = who(&first.request.principal)?;
        let principal = account.principal(kind, name);
        let mut statements: Vec<String> = Vec::new();
        for decision in &self.added {
            let statement = decision.cure()?.statement?;
            let lines: Vec<String> = statement.lines().map(|it| format!("    {it}")).collect();
            statements.push(lines.join("\n"));
        }
        let policy_document = format!(
            "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n{}\n  ]\n}}",
            statements.join(",\n")
        );
        let wanted = match self.added.as_slice() {
            [one] => format!("Allow{}", bare(&one.request.action)),
            _ if kind == Kind::Role => "AllowTaskStart".to_owned(),
            _ => "AllowCall".to_owned(),
        };
        let taken = |name: &String| principal.is_some_and(|it| it.inline.get(name).is_some());
        let mut names = (2..).map(|number| format!("{wanted}{number}"));
        let policy_name = if taken(&wanted) {
            names.find(|name| !taken(name))?
        } else {
            wanted
        };
        let name = name.to_owned();
        Some(match kind {
            Kind::Role => PutRolePolicy {
                role_name: name,
                policy_name,
                policy_document,
            }
            .into(),
            Kind::User => PutUserPolicy {
                user_name: name,
                policy_name,
                policy_document,
            }
            .into(),
        })
    }

    /// What it does, as a button says it.
    pub(super) fn title(&self) -> String {
        let mut titles: Vec<String> = self.edits.iter().map(|(it, _)| words(it)).collect();
        if let Some(first) = self.added.first()
            && let Some((_, name)) = who(&first.request.principal)
        {
            let all = self.added.iter();
            let mut told: Vec<String> = Vec::new();
            for it in all {
                let words = match it.request.resource.as_str() {
                    "*" => it.request.action.clone(),
                    resource => format!("{} on {}", it.request.action, short(resource)),
                };
                if !told.contains(&words) {
                    told.push(words);
                }
            }
            titles.push(if told.len() <= AT_LENGTH {
                format!(
                    "Allow {name} {} in an inline policy, and nothing more",
                    joined(&told)
                )
            } else {
                let mut actions: Vec<String> = Vec::new();
                for it in &self.added {
                    if !actions.contains(&it.request.action) {
                        actions.push(it.request.action.clone());
                    }
                }
                format!(
                    "Allow {name} {}, each on its own resource, in an inline policy",
                    joined(&actions)
                )
            });
        }
        titles.join(", and ")
    }
}

fn words(change: &Change) -> String {
    match change {
        Change::Allow(actions, place) => format!("Allow {} in {place}", joined(actions)),
        Change::Other(title) => title.clone(),
    }
}

fn joined(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// The end of an ARN: what people call the thing.
fn short(arn: &str) -> &str {
    let mut parts = arn.splitn(6, ':');
    parts.nth(5).unwrap_or(arn)
}

/// An action without its service.
fn bare(action: &str) -> &str {
    action.split_once(':').map_or(action, |it| it.1)
}

/// A role that is not there, made so that tasks can assume it.
fn made(role: &str) -> Option<(String, Call)> {
    let (_, path) = role.split_once(":role").unwrap_or(("", role));
    let (path, name) = path.rsplit_once('/').unwrap_or(("", path));
    let call = CreateRole {
        role_name: name.to_owned(),
        assume_role_policy_document: TRUST_TASKS.to_owned(),
        path: (!path.is_empty()).then(|| format!("{path}/")),
        ..CreateRole::default()
    };
    (!name.is_empty()).then(|| (format!("Make the role {name}"), call.into()))
}
