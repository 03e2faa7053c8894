//! The account's users, roles and policies, and which of them apply to whom.

use super::evaluate::{Applied, Layer};
use super::managed::{MANAGED, managed};
use super::policy::{Policy, Purpose};
use super::{ACCOUNT, read};
use crate::engine::shelf::Shelf;
use crate::engine::step::Step;
use crate::event::Fact;
use litemap::LiteMap;
use std::sync::Arc;

/// The service that tasks assume their roles as.
pub const TASKS: &str = "ecs-tasks.amazonaws.com";
/// The root user.
pub const ROOT: &str = "arn:aws:iam::123456789012:root";

/// A policy's text and what was read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The text as it was sent.
    pub text: Arc<str>,
    /// What it says.
    pub policy: Arc<Policy>,
}

impl Document {
    /// Reads a text.
    pub fn new(text: &str, purpose: Purpose) -> Self {
        Self {
            text: text.into(),
            policy: Arc::new(read(text, purpose).policy),
        }
    }
}

/// What a principal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A user: a person, or what builds and deploys.
    User,
    /// A role, which others assume.
    Role,
}

impl Kind {
    /// As ARNs have it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Role => "role",
        }
    }
}

/// A user or a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Which of the two.
    pub kind: Kind,
    /// Its name, in its own capitals.
    pub name: String,
    /// Its path; `/` where none was said.
    pub path: String,
    /// Who may assume it; `None` for a user.
    pub trust: Option<Document>,
    /// Its inline policies, by name.
    pub inline: LiteMap<String, Document>,
    /// The ARNs of its attached policies, in the order in which they were attached.
    pub attached: Vec<String>,
    /// The ARN of its permissions boundary.
    pub boundary: Option<String>,
}

impl Principal {
    /// One without any policy.
    pub fn new(kind: Kind, name: &str, path: &str, trust: Option<Document>) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            path: path.to_owned(),
            trust,
            inline: LiteMap::new(),
            attached: Vec::new(),
            boundary: None,
        }
    }

    /// Its ARN.
    pub fn arn(&self) -> String {
        format!(
            "arn:aws:iam::{ACCOUNT}:{}{}{}",
            self.kind.word(),
            self.path,
            self.name
        )
    }

    /// Whether it belongs to a service, which alone changes it.
    pub fn of_service(&self) -> bool {
        self.path.starts_with("/aws-service-role/")
    }
}

/// A policy that the account made itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerPolicy {
    /// Its name.
    pub name: String,
    /// What its default version says.
    pub document: Document,
    /// The number of its default version.
    pub version: u32,
}

/// IAM of one account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Whether calls and starting tasks are asked for permission.
    pub enforced: bool,
    /// The ARN of the principal that makes the calls.
    pub caller: String,
    /// Users and roles, by kind and name in small letters: names differ in more than capitals.
    pub principals: Shelf<(Kind, String), Principal>,
    /// The account's own policies, by ARN.
    pub policies: Shelf<String, CustomerPolicy>,
    /// Service control policies of the account.
    pub controls: Vec<(String, Document)>,
    /// The policies of VPC endpoints that have one, by the ids of these.
    pub endpoints: LiteMap<String, Document>,
    /// The customer keys that secrets and parameters are encrypted with, by the ARNs of these.
    pub(super) keys: LiteMap<String, String>,
}

/// The trust policy of roles that tasks assume.
pub const TRUST_TASKS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Service": "ecs-tasks.amazonaws.com" },
      "Action": "sts:AssumeRole"
    }
  ]
}"#;

impl Default for Account {
    /// As ECS's console leaves an account: the execution role, the service-linked role, and nobody but the root user.
    fn default() -> Self {
        let mut account = Self {
            enforced: false,
            caller: ROOT.to_owned(),
            principals: Shelf::default(),
            policies: Shelf::default(),
            controls: Vec::new(),
            endpoints: LiteMap::new(),
            keys: LiteMap::new(),
        };
        let of_ecs = TRUST_TASKS.replace(TASKS, "ecs.amazonaws.com");
        for (name, path, trust, policy) in [
            (
                "ecsTaskExecutionRole",
                "/",
                TRUST_TASKS,
                "AmazonECSTaskExecutionRolePolicy",
            ),
            (
                "AWSServiceRoleForECS",
                "/aws-service-role/ecs.amazonaws.com/",
                &of_ecs,
                "AmazonECSServiceRolePolicy",
            ),
        ] {
            let trust = Document::new(trust, Purpose::Trust);
            let mut role = Principal::new(Kind::Role, name, path, Some(trust));
            let found = MANAGED.iter().find(|it| it.name == policy);
            role.attached
                .extend(found.map(super::managed::Managed::arn));
            account.put(role);
        }
        account
    }
}

impl Account {
    /// The user or role of a name.
    pub fn principal(&self, kind: Kind, name: &str) -> Option<&Arc<Principal>> {
        self.principals.get(&(kind, name.to_lowercase()))
    }

    /// The user or role of a name, to be changed.
    pub(super) fn principal_mut(&mut self, kind: Kind, name: &str) -> Option<&mut Principal> {
        self.principals.get_mut(&(kind, name.to_lowercase()))
    }

    /// Puts a user or role in.
    pub(super) fn put(&mut self, principal: Principal) {
        let key = (principal.kind, principal.name.to_lowercase());
        self.principals.insert(key, principal);
    }

    /// The role that an ARN or a bare name means.
    pub fn role(&self, named: &str) -> Option<&Arc<Principal>> {
        let name = named.rsplit('/').next().unwrap_or(named);
        let role = self.principal(Kind::Role, name)?;
        (!named.starts_with("arn:") || role.arn() == named).then_some(role)
    }

    /// Makes a role that a definition names, unless it is there: one that tasks can assume, and that may do what every execution
    /// role may where it is one.
    pub(crate) fn presume(&mut self, named: &str, execution: bool, step: &mut Step<'_>) {
        let own = format!("arn:aws:iam::{ACCOUNT}:role/");
        let path = match named.strip_prefix(&own) {
            Some(path) => path,
            None if named.starts_with("arn:") => return,
            None => named,
        };
        let (path, name) = path.rsplit_once('/').map_or_else(
            || ("/".to_owned(), path),
            |(path, name)| (format!("/{path}/"), name),
        );
        if name.is_empty() || self.principal(Kind::Role, name).is_some() {
            return;
        }
        let trust = Document::new(TRUST_TASKS, Purpose::Trust);
        let mut role = Principal::new(Kind::Role, name, &path, Some(trust));
        let policy = MANAGED
            .iter()
            .filter(|it| it.name == "AmazonECSTaskExecutionRolePolicy");
        role.attached.extend(
            policy
                .filter(|_| execution)
                .map(super::managed::Managed::arn),
        );
        step.log(Fact::Made {
            what: "Role",
            id: role.arn(),
            name: name.to_owned(),
        });
        self.put(role);
    }

    /// The user or role of an ARN.
    pub fn of_arn(&self, arn: &str) -> Option<&Arc<Principal>> {
        self.principals.values().find(|it| it.arn() == arn)
    }

    /// The policy of an ARN: its name and what it says.
    pub fn policy(&self, arn: &str) -> Option<(Arc<str>, Document)> {
        if let Some(policy) = managed(arn) {
            return Some((policy.name.into(), policy.document()));
        }
        let own = self.policies.get(&arn.to_owned())?;
        Some((own.name.as_str().into(), own.document.clone()))
    }

    /// What applies to a user or role: its policies, its boundary, and the account's service control policies.
    pub fn applied(&self, principal: &Principal) -> Vec<Applied> {
        let mut all = self.controls();
        let attached = principal.attached.iter().filter_map(|arn| self.policy(arn));
        let inline = principal.inline.iter();
        let inline = inline.map(|(name, it)| (Arc::from(name.as_str()), it.clone()));
        all.extend(attached.chain(inline).map(|(name, it)| Applied {
            name,
            layer: Layer::Identity,
            policy: it.policy,
        }));
        if let Some(arn) = &principal.boundary {
            // a boundary that is gone lets nothing through
            let (name, policy) = self.policy(arn).map_or_else(
                || (Arc::from(arn.as_str()), Arc::default()),
                |(name, it)| (name, it.policy),
            );
            all.push(Applied {
                name,
                layer: Layer::Boundary,
                policy,
            });
        }
        all
    }

    pub(super) fn controls(&self) -> Vec<Applied> {
        let controls = self.controls.iter().map(|(name, it)| Applied {
            name: name.as_str().into(),
            layer: Layer::ServiceControl,
            policy: it.policy.clone(),
        });
        controls.collect()
    }
}
