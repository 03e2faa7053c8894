//! Users, roles and groups, the policies that they wear, and the policies that the account made.

use super::policy::{Policy, Purpose};
use super::{ACCOUNT, read};
use litemap::LiteMap;
use std::sync::Arc;

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
