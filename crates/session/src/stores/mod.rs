//! Cards of what tasks fetch: repositories with their images, secrets, parameters, files and log groups; those that calls made, and
//! those that definitions name and that are presumed to be there.

mod kept;
mod repositories;

use crate::network::{Act, Line, Lines, State, Tone};
use crate::session::Session;
use fargate_core::call::Call;
use fargate_core::stores::{Presumed, Reference, Wanted, parameter_name};
use fargate_core::task_definition::{ContainerDefinition, SecretStore};
use kept::{buckets, log_groups, parameters, secrets};
use repositories::repositories;
use std::collections::BTreeSet;

/// What kind of thing a card is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StoreKind {
    /// A repository of a registry.
    Repository,
    /// A secret of Secrets Manager.
    Secret,
    /// A parameter of Parameter Store.
    Parameter,
    /// A bucket of S3.
    Bucket,
    /// A log group.
    LogGroup,
}

impl StoreKind {
    /// What one is called.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Repository => "repository",
            Self::Secret => "secret",
            Self::Parameter => "parameter",
            Self::Bucket => "bucket",
            Self::LogGroup => "log group",
        }
    }
}

/// Something that tasks fetch.
#[derive(Clone, Debug, PartialEq)]
pub struct StoreCard {
    /// What it is.
    pub kind: StoreKind,
    /// Its name; two cards of a kind have two names.
    pub name: String,
    /// Whether it is there, and how that is known.
    pub state: State,
    /// What there is to tell, each with its name.
    pub facts: Vec<(&'static str, String)>,
    /// What is in it.
    pub holds: Option<Lines>,
    /// What one click does with it.
    pub acts: Vec<Act>,
    /// Whether images can be pushed to it.
    pub takes_images: bool,
}

impl Session {
    /// What tasks fetch, by kind and then by name.
    pub fn stores(&self) -> Vec<StoreCard> {
        let (stores, now) = (self.world().stores(), self.now());
        let named = self.named_in_definitions();
        let mut cards: Vec<StoreCard> = repositories(stores, &named);
        cards.extend(secrets(stores, &named, now));
        cards.extend(parameters(stores, &named));
        cards.extend(buckets(stores, &named));
        cards.extend(log_groups(&stores.log_groups, &named));
        cards
    }

    /// What is presumed to be there.
    pub fn presumed(&self) -> Presumed {
        self.world().stores().presumed
    }

    fn named_in_definitions(&self) -> Named {
        let mut named = Named::default();
        for (_, revisions) in self.world().revisions().families() {
            for container in revisions.iter().flat_map(|it| &it.definition.containers) {
                named.add(container);
            }
        }
        named
    }
}

/// What registered definitions name.
#[derive(Default)]
struct Named {
    repositories: BTreeSet<String>,
    secrets: BTreeSet<String>,
    parameters: BTreeSet<String>,
    files: BTreeSet<(String, String)>,
    log_groups: BTreeSet<String>,
}

impl Named {
    fn add(&mut self, container: &ContainerDefinition) {
        let image = Reference::read(&container.image);
        self.repositories.insert(image.key());
        for secret in &container.secrets {
            match secret.store {
                SecretStore::SecretsManager => {
                    let wanted = Wanted::read(&secret.value_from);
                    self.secrets.extend(wanted.map(|it| it.secret));
                }
                SecretStore::ParameterStore => {
                    self.parameters.insert(parameter_name(&secret.value_from));
                }
            }
        }
        for file in &container.environment_files {
            let path = file.rsplit(":::").next().unwrap_or_default();
            if let Some((bucket, key)) = path.split_once('/') {
                self.files.insert((bucket.to_owned(), key.to_owned()));
            }
        }
        let group = container.log_group.as_ref();
        self.log_groups.extend(group.map(|it| it.name.clone()));
    }
}

fn state(words: &str, tone: Tone) -> State {
    State {
        words: words.to_owned(),
        tone,
    }
}

/// Whether something is there that no call made: presumed, or not.
fn unmade(presumed: bool, gone: bool) -> State {
    match (presumed, gone) {
        (true, false) => state("Presumed", Tone::Plain),
        _ => state("Missing", Tone::Bad),
    }
}

fn act(title: &'static str, what: &str, call: impl Into<Call>, done: &'static str) -> Act {
    Act {
        title,
        about: format!("{title} {what}"),
        call: call.into(),
        done,
    }
}

fn line(key: &str, words: String, acts: Vec<Act>) -> Line {
    Line {
        key: key.to_owned(),
        head: key.to_owned(),
        words,
        leads_to: None,
        state: None,
        acts,
    }
}

fn plain(kind: StoreKind, name: &str, state: State, acts: Vec<Act>) -> StoreCard {
    StoreCard {
        kind,
        name: name.to_owned(),
        state,
        facts: Vec::new(),
        holds: None,
        acts,
        takes_images: false,
    }
}
