//! Secrets of Secrets Manager and parameters of Parameter Store, and what a `valueFrom` asks of them.
//!
//! Source: 'Pass Secrets Manager secrets through Amazon ECS environment variables' (the forms of an ARN), API reference of Secrets
//! Manager (`GetSecretValue`, `DeleteSecret`) and of Systems Manager (`GetParameters`).

use super::{REGION, Stores};
use crate::call::ParameterType;
use crate::finding::{Finding, Severity};
use crate::text::{self, Json, Value};
use crate::units::SimTime;
use std::sync::Arc;

/// A secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// Its name.
    pub name: String,
    /// Its ARN, which ends with six letters that are drawn.
    pub arn: String,
    /// Its versions, the newest last.
    pub versions: Vec<SecretVersion>,
    /// When it goes for good; `None` while it is not marked for deletion.
    pub deletion: Option<SimTime>,
}

/// A version of a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretVersion {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Its labels, such as `AWSCURRENT`.
    pub stages: Vec<String>,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its value.
    pub value: String,
    /// Its kind.
    pub kind: ParameterType,
}

/// Why a secret or a parameter cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretLack {
    /// The ARN has too few or too many parts.
    Malformed,
    /// There is none of that name, in that Region.
    Missing,
    /// It is marked for deletion.
    Deleted,
    /// It has no version with that label.
    NoStage(String),
    /// It has no version of that id.
    NoVersion(String),
    /// Its text is no JSON: the character that it begins with.
    NotJson(char),
    /// Its JSON has no such key; those that it has.
    NoKey(String, Vec<String>),
}

/// What a `valueFrom` asks of Secrets Manager: `arn:aws:secretsmanager:region:account:secret:name-AbCdEf:json-key:stage:version-id`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The secret: its ARN, or its name.
    pub secret: String,
    /// The Region of the ARN; the account's for a name.
    pub region: String,
    /// The key in its JSON; all of its text where absent.
    pub key: Option<String>,
    /// The label of the version.
    pub stage: Option<String>,
    /// The id of the version.
    pub version: Option<String>,
}

impl Wanted {
    /// Takes a `valueFrom` apart; `None` where it is an ARN with too few or too many parts.
    pub fn read(value_from: &str) -> Option<Self> {
        let parts: Vec<&str> = value_from.split(':').collect();
        let [_, _, "secretsmanager", region, _, rest @ ..] = parts.as_slice() else {
            return (!value_from.starts_with("arn:")).then(|| Self {
                secret: value_from.to_owned(),
                region: REGION.to_owned(),
                ..Self::default()
            });
        };
        // the name alone, or all of key, label and id
        if rest.first() != Some(&"secret") || !matches!(rest.len(), 2 | 5) {
            return None;
        }
        let part = |place: usize| {
            let part = rest.get(place).copied().filter(|it| !it.is_empty());
            part.map(str::to_owned)
        };
        Some(Self {
            secret: parts[..7].join(":"),
            region: (*region).to_owned(),
            key: part(2),
            stage: part(3),
            version: part(4),
        })
    }
}

/// The name that a `valueFrom` asks Parameter Store for: that of its ARN, or itself.
pub fn parameter_name(value_from: &str) -> String {
    let rest = value_from.strip_prefix("arn:aws:ssm:");
    let Some((_, path)) = rest.and_then(|rest| rest.split_once(":parameter/")) else {
        return value_from.to_owned();
    };
    // a name in folders begins with a slash, of which the ARN has only one
    if path.contains('/') {
        format!("/{path}")
    } else {
        path.to_owned()
    }
}

/// The Region of a parameter's ARN; the account's for a name.
fn parameter_region(value_from: &str) -> &str {
    let rest = value_from.strip_prefix("arn:aws:ssm:");
    rest.and_then(|rest| rest.split(':').next())
        .unwrap_or(REGION)
}

impl Stores {
    /// The secret of that name or ARN, where a call made it and it has not gone for good. An ARN may lack the letters at its end.
    pub fn secret(&self, id: &str, now: SimTime) -> Option<&Arc<Secret>> {
        let mut all = self.secrets.values().flatten();
        let bare = |arn: &str| arn.rfind('-').map_or(0, |dash| dash);
        all.find(|it| it.name == id || it.arn == id || it.arn[..bare(&it.arn)] == *id)
            .filter(|it| it.deletion.is_none_or(|at| now < at))
    }

    /// Whether a call said anything about the secret of that name or ARN.
    fn speaks_of(&self, id: &str) -> bool {
        let name = id.rsplit(":secret:").next().unwrap_or(id);
        self.secrets.keys().any(|known| {
            let suffix = name.strip_prefix(known.as_str());
            suffix.is_some_and(|it| it.is_empty() || (it.len() == 7 && it.starts_with('-')))
        })
    }

    /// What `GetSecretValue` gives: the text, or `None` where the secret is presumed to hold what is asked for.
    pub fn secret_value(
        &self,
        wanted: &Wanted,
        now: SimTime,
    ) -> Result<Option<String>, SecretLack> {
        // calls make secrets in the account's Region only
        let here = wanted.region == REGION;
        let Some(secret) = self.secret(&wanted.secret, now).filter(|_| here) else {
            let presumed = self.presumed.secrets && !self.speaks_of(&wanted.secret);
            return if presumed {
                Ok(None)
            } else {
                Err(SecretLack::Missing)
            };
        };
        if secret.deletion.is_some() {
            return Err(SecretLack::Deleted);
        }
        let mut versions = secret.versions.iter();
        let version = match (&wanted.version, &wanted.stage) {
            (Some(id), _) => versions
                .find(|it| it.id == *id)
                .ok_or_else(|| SecretLack::NoVersion(id.clone()))?,
            (None, stage) => {
                let stage = stage.as_deref().unwrap_or("AWSCURRENT");
                versions
                    .find(|it| it.stages.iter().any(|it| it == stage))
                    .ok_or_else(|| SecretLack::NoStage(stage.to_owned()))?
            }
        };
        let Some(key) = &wanted.key else {
            return Ok(Some(version.text.clone()));
        };
        value_of(&version.text, key).map(Some)
    }

    /// The value of a parameter; `None` where it is presumed to be there.
    pub fn parameter(&self, value_from: &str) -> Result<Option<&str>, SecretLack> {
        let name = parameter_name(value_from);
        let here = parameter_region(value_from) == REGION;
        match self.parameters.get(&name) {
            Some(Some(it)) if here => Ok(Some(&it.value)),
            None if self.presumed.secrets => Ok(None),
            _ => Err(SecretLack::Missing),
        }
    }
}

/// The value of a key in a secret's JSON, which is read as strictly as AWS does.
fn value_of(text: &str, key: &str) -> Result<String, SecretLack> {
    let read = text::read(text);
    let strict = |it: &Finding| it.severity != Severity::Error;
    let object = matches!(read.root.value, Value::Object(_));
    if !object || !read.findings.iter().all(strict) {
        let first = text.trim_start().chars().next().unwrap_or(' ');
        return Err(SecretLack::NotJson(first));
    }
    match read.root.get(key) {
        Some(value) => Ok(value
            .as_str()
            .map_or_else(|| Json::of(value).as_str().to_owned(), str::to_owned)),
        None => {
            let members = read.root.members().iter();
            let keys = members.map(|it| it.key.name.to_string()).collect();
            Err(SecretLack::NoKey(key.to_owned(), keys))
        }
    }
}
