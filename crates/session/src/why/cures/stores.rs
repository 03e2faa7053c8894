//! What Secrets Manager, Parameter Store, S3 and CloudWatch Logs refused: made, restored, or named as it is called there.

use super::images::{elsewhere, image, pushed};
use super::{Act, Cure, DEFINITION, PROGRAM, cure, define};
use crate::why::definition::{Change, changed, of_container, string};
use fargate_core::call::{
    Call, CreateBucket, CreateLogGroup, CreateSecret, Login, ParameterType, PutObject,
    PutParameter, PutSecretValue, RestoreSecret,
};
use fargate_core::stores::{FileLack, SecretLack, Wanted};
use fargate_core::task::{Fetch, Lack, LackKind, Task};
use fargate_core::task_definition::fields::Step;
use fargate_core::world::World;

/// What may cure a refusal.
pub(super) fn refused(world: &World, task: &Task, lack: &Lack) -> Vec<Cure> {
    let of = lack.of.as_str();
    match &lack.kind {
        LackKind::LogGroup => {
            let log_group_name = of.to_owned();
            vec![sent(
                format!("Make the log group {of}"),
                CreateLogGroup { log_group_name },
            )]
        }
        LackKind::Secret(_) if lack.what == Fetch::Parameter => parameters(of),
        LackKind::Login(SecretLack::Missing) => Wanted::read(of)
            .map(|wanted| missing(world, task, of, &wanted, login_text(None)))
            .into_iter()
            .collect(),
        LackKind::Login(SecretLack::NotJson(_) | SecretLack::NoStage(_))
        | LackKind::LoginLacks(_) => login(of, None),
        LackKind::Secret(why) | LackKind::Login(why) => secret(world, task, of, why),
        LackKind::File(why) => file(of, *why),
        LackKind::Image(why) => image(world, task, of, why),
        LackKind::RateLimit { .. } => elsewhere(task, of),
        LackKind::Damaged => vec![pushed(of, Vec::new())],
        LackKind::Denied(_) => super::permissions::of_start(world, task),
    }
}

/// A cure of one call, and the task again.
pub(super) fn sent(title: String, call: impl Into<Call>) -> Cure {
    cure(
        title,
        "store",
        PROGRAM,
        vec![Act::Call(call.into()), Act::Again],
    )
}

fn parameters(names: &str) -> Vec<Cure> {
    let put = |name: &str| {
        let call = PutParameter {
            name: name.to_owned(),
            value: "your value".to_owned(),
            kind: Some(ParameterType::Secure),
            ..PutParameter::default()
        };
        Act::Call(call.into())
    };
    let mut acts: Vec<Act> = names.split(',').map(put).collect();
    acts.push(Act::Again);
    vec![cure(
        format!("Make the parameter {names}, with your value"),
        "store",
        PROGRAM,
        acts,
    )]
}

/// The name of the secret that a `valueFrom` asks for, without the letters that AWS puts behind it.
fn name_of(wanted: &Wanted) -> String {
    let last = wanted.secret.rsplit(':').next().unwrap_or_default();
    match last.rsplit_once('-') {
        Some((name, letters)) if letters.len() == 6 && wanted.secret.contains(':') => {
            name.to_owned()
        }
        _ => last.to_owned(),
    }
}

/// A text that has the key that is asked for.
fn text_with(key: Option<&str>) -> String {
    key.map_or_else(
        || "your value".to_owned(),
        |key| format!("{{{}:\"your value\"}}", string(key)),
    )
}

/// The places that ask for a value, as changes to another.
fn asking(task: &Task, of: &str, value: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    for (place, it) in task.containers.iter().enumerate() {
        let mut own = it.definition.secrets.iter().enumerate();
        if let Some((index, found)) = own.find(|(_, one)| one.value_from == of) {
            let path = if found.login {
                of_container(place, &["repositoryCredentials", "credentialsParameter"])
            } else {
                let mut path = of_container(place, &["secrets"]);
                path.push(Step::Item(index));
                path.push("valueFrom".into());
                path
            };
            changes.push((path, Some(string(value))));
        }
    }
    changes
}

/// Where Secrets Manager of this account and Region has a secret of that name: without the letters that AWS chooses, and with the key
/// that is asked for. A bare name would be that of a parameter.
pub(super) fn arn_of(name: &str, key: Option<&str>) -> String {
    let key = key.map_or_else(String::new, |key| format!(":{key}::"));
    format!("arn:aws:secretsmanager:us-east-1:123456789012:secret:{name}{key}")
}

/// A secret that is not there: made, or asked for where it is.
fn missing(world: &World, task: &Task, of: &str, wanted: &Wanted, text: String) -> Cure {
    let name = name_of(wanted);
    let key = wanted.key.as_deref();
    let asked = asking(task, of, &arn_of(&name, key));
    let known = world.stores().secret(&name, world.now());
    if known.is_some_and(|it| it.deletion.is_none()) {
        return define(
            format!("Ask for the secret {name} in us-east-1, where it is"),
            "secret",
            asked,
        );
    }
    let call = CreateSecret {
        name: name.clone(),
        secret_string: Some(text),
        ..CreateSecret::default()
    };
    let mut made = sent(
        format!("Make the secret {name}, with your value, and ask for it by its ARN"),
        call,
    );
    made.acts.push(Act::Define(asked));
    made
}

fn secret(world: &World, task: &Task, of: &str, why: &SecretLack) -> Vec<Cure> {
    let Some(wanted) = Wanted::read(of) else {
        // a key alone lacks the colons of what may stand behind it
        let whole = format!("{of}::");
        return Wanted::read(&whole).map_or_else(Vec::new, |_| {
            vec![define(
                "Write the two colons behind the key",
                "secret",
                asking(task, of, &whole),
            )]
        });
    };
    let id = wanted.secret.clone();
    let put = |title: &str| {
        let call = PutSecretValue {
            secret_id: id.clone(),
            secret_string: text_with(wanted.key.as_deref()),
            version_stages: Vec::new(),
        };
        sent(title.to_owned(), call)
    };
    let told = match &wanted.key {
        Some(key) => {
            format!("Store a JSON object with the key {key} in the secret, with your value")
        }
        None => "Store your value in the secret".to_owned(),
    };
    match why {
        SecretLack::Deleted => vec![sent(
            "Restore the secret".to_owned(),
            RestoreSecret { secret_id: id },
        )],
        SecretLack::NoStage(_) => vec![put(&told)],
        // what is stored instead takes the place of what others may ask for
        SecretLack::NotJson(_) => vec![
            define(
                "Ask for the whole text of the secret, without a key",
                "key",
                asking(task, of, &wanted.secret),
            ),
            Cure {
                width: DEFINITION * 2,
                ..put(&told)
            },
        ],
        SecretLack::NoVersion(_) => {
            let changes = asking(task, of, &wanted.secret);
            vec![define(
                "Ask for the current version of the secret",
                "version",
                changes,
            )]
        }
        SecretLack::NoKey(_, others) => {
            let rest = |key: &str| format!("{}:{key}::", wanted.secret);
            let asked = wanted.key.clone().unwrap_or_default();
            let mut others: Vec<&String> = others.iter().collect();
            // the one that differs by its capitals alone is meant the most likely
            others.sort_by_key(|it| !it.eq_ignore_ascii_case(&asked));
            let renamed = others.into_iter().map(|key| {
                let title = format!("Ask for the key {key}");
                let mut cure = define(title, "key", asking(task, of, &rest(key)));
                if key.eq_ignore_ascii_case(&asked) {
                    cure.width = 0;
                }
                cure
            });
            let mut found: Vec<Cure> = renamed.take(3).collect();
            let whole = Wanted {
                key: None,
                ..wanted.clone()
            };
            let text = world.stores().secret_value(&whole, world.now());
            let text = text.ok().flatten();
            let text = text.and_then(|it| {
                let path = vec![Step::from(asked.as_str())];
                changed(&it, &[(path, Some(string("your value")))])
            });
            let title = format!("Add the key {asked} to the secret, with your value");
            found.extend(text.map(|secret_string| {
                let call = PutSecretValue {
                    secret_id: wanted.secret.clone(),
                    secret_string,
                    version_stages: Vec::new(),
                };
                sent(title, call)
            }));
            found
        }
        SecretLack::Missing => {
            let text = text_with(wanted.key.as_deref());
            vec![missing(world, task, of, &wanted, text)]
        }
        SecretLack::Malformed => Vec::new(),
    }
}

/// The text of a secret that is a login to a registry: the one that is known, or placeholders for one's own.
pub(super) fn login_text(known: Option<&Login>) -> String {
    let (name, password) = known.map_or(("your name", "your token"), |it| {
        (it.username.as_str(), it.password.as_str())
    });
    format!(
        "{{\"username\":{},\"password\":{}}}",
        string(name),
        string(password)
    )
}

pub(super) fn login(of: &str, known: Option<&Login>) -> Vec<Cure> {
    let Some(wanted) = Wanted::read(of) else {
        return Vec::new();
    };
    let call = PutSecretValue {
        secret_id: wanted.secret,
        secret_string: login_text(known),
        version_stages: Vec::new(),
    };
    vec![sent(
        "Give the secret username and password, yours".to_owned(),
        call,
    )]
}

/// A file of variables put where its ARN says.
fn file(of: &str, why: FileLack) -> Vec<Cure> {
    let path = of.rsplit(":::").next().unwrap_or_default();
    let Some((bucket, key)) = path.split_once('/') else {
        return Vec::new();
    };
    let mut acts = Vec::new();
    if why == FileLack::NoBucket {
        let bucket = bucket.to_owned();
        acts.push(Act::Call(CreateBucket { bucket }.into()));
    }
    let call = PutObject {
        bucket: bucket.to_owned(),
        key: key.to_owned(),
        body: Some(String::new()),
    };
    acts.push(Act::Call(call.into()));
    acts.push(Act::Again);
    vec![cure(
        match why {
            FileLack::NoBucket => {
                format!("Make the bucket {bucket}, and put {key} into it, with your variables")
            }
            FileLack::NoFile => {
                format!("Put {key} into the bucket {bucket}, with your variables")
            }
        },
        "store",
        PROGRAM,
        acts,
    )]
}
