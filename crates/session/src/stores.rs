//! Cards of what tasks fetch: repositories with their images, secrets, parameters, files and log groups; those that calls made, and
//! those that definitions name and that are presumed to be there.

use crate::network::{Act, Line, Lines, State, Tone};
use crate::session::Session;
use fargate_core::call::{
    BatchDeleteImage, Call, CreateLogGroup, CreateRepository, DeleteBucket, DeleteLogGroup,
    DeleteObject, DeleteParameter, DeleteRepository, DeleteSecret, ImageIdentifier,
    PutImageTagMutability, PutRepository, RestoreSecret, TagMutability, TakeRepository,
};
use fargate_core::stores::{
    Access, DOCKER_HUB, Image, LogGroups, Presumed, Reference, Repository, Secret, Stores, Wanted,
    account_registry, parameter_name,
};
use fargate_core::task_definition::{ContainerDefinition, SecretStore};
use fargate_core::units::SimTime;
use std::collections::BTreeSet;
use std::sync::Arc;

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

/// The name of a repository within the account's own registry.
fn own_name(key: &str) -> Option<&str> {
    key.strip_prefix(&account_registry())?.strip_prefix('/')
}

/// A repository as an image would name it.
fn shown(key: &str) -> String {
    match key.strip_prefix(DOCKER_HUB) {
        Some(rest) => format!("docker.io{rest}"),
        None => key.to_owned(),
    }
}

/// What names a repository in a call of the playground's.
fn take_away(key: &str) -> Call {
    match own_name(key) {
        Some(name) => DeleteRepository {
            repository_name: name.to_owned(),
            force: Some(true),
        }
        .into(),
        None => TakeRepository {
            repository: shown(key),
        }
        .into(),
    }
}

fn repositories(stores: &Stores, named: &Named) -> Vec<StoreCard> {
    let mut keys: BTreeSet<&String> = named.repositories.iter().collect();
    keys.extend(stores.repositories.keys());
    let card = |key: &String| {
        let (name, made) = (shown(key), stores.repository(key));
        let mut acts = Vec::new();
        let mut facts = Vec::new();
        let state = match made {
            Some(it) => {
                facts.push(("Pull", pulls(it)));
                acts.push(turn(it, &name));
                state("Made", Tone::Good)
            }
            None => unmade(
                stores.presumed.images,
                stores.repositories.contains_key(key),
            ),
        };
        if state.tone == Tone::Bad {
            acts.push(make(key, &name));
        } else {
            acts.push(act("Take away", &name, take_away(key), "Taken away."));
        }
        StoreCard {
            kind: StoreKind::Repository,
            holds: made.map(|it| images(it)),
            takes_images: made.is_some(),
            name,
            state,
            facts,
            acts,
        }
    };
    keys.into_iter().map(card).collect()
}

/// Who may pull from a repository, and whether its tags stay.
fn pulls(repository: &Repository) -> String {
    match (&repository.access, repository.mutability) {
        (Access::Own, TagMutability::Mutable) => "this account; tags can be moved".to_owned(),
        (Access::Own, TagMutability::Immutable) => "this account; tags stay".to_owned(),
        (Access::Public, _) => "anybody".to_owned(),
        (Access::Private(None), _) => "nobody from this account".to_owned(),
        (Access::Private(Some(login)), _) => format!("who logs in as {}", login.username),
    }
}

/// The act that changes who may pull, or whether tags stay.
fn turn(repository: &Repository, name: &str) -> Act {
    let put = |private: bool| PutRepository {
        repository: name.to_owned(),
        private,
        login: None,
    };
    match (&repository.access, own_name(&repository.key)) {
        (Access::Own, Some(own)) => {
            let (title, mutability) = match repository.mutability {
                TagMutability::Mutable => ("Keep tags", TagMutability::Immutable),
                TagMutability::Immutable => ("Let tags move", TagMutability::Mutable),
            };
            let call = PutImageTagMutability {
                repository_name: own.to_owned(),
                image_tag_mutability: mutability,
            };
            act(title, name, call, "Changed.")
        }
        (Access::Private(_), _) => act("Make public", name, put(false), "It is public now."),
        _ => act("Make private", name, put(true), "It is private now."),
    }
}

/// The act that makes a repository that is not there.
fn make(key: &str, name: &str) -> Act {
    let done = "Repository made. It is empty.";
    if let Some(own) = own_name(key) {
        let call = CreateRepository {
            repository_name: own.to_owned(),
            image_tag_mutability: None,
        };
        return act("Make", name, call, done);
    }
    let call = PutRepository {
        repository: name.to_owned(),
        ..PutRepository::default()
    };
    act("Make", name, call, done)
}

fn images(repository: &Repository) -> Lines {
    let tags = repository.tags.iter();
    let tagged = tags.filter_map(|(tag, digest)| {
        let image = repository.images.get(digest)?;
        Some(line(
            tag,
            about(image),
            deletion(repository, Some(tag), digest),
        ))
    });
    let loose = repository.images.iter();
    let loose = loose.filter(|(digest, _)| !repository.tags.values().any(|it| it == *digest));
    let loose = loose.map(|(digest, image)| {
        let acts = deletion(repository, None, digest);
        line("no tag", about(image), acts)
    });
    Lines {
        title: "Images",
        empty: "It is empty: whatever is pulled from it is not found.",
        lines: tagged.chain(loose).collect(),
    }
}

/// What an image is: what it is built for, its size, its digest.
fn about(image: &Image) -> String {
    let platforms: Vec<&str> = image
        .manifests
        .iter()
        .map(|it| it.platform.as_str())
        .collect();
    let mut words = vec![platforms.join(", ")];
    if let Some(mib) = image.size_mib() {
        let layers = image.layers.len();
        let noun = if layers == 1 { "layer" } else { "layers" };
        words.push(format!("{mib} MiB in {layers} {noun}"));
    }
    if image.damaged {
        words.push("damaged".to_owned());
    }
    words.push(image.digest.clone());
    words.join(" · ")
}

fn deletion(repository: &Repository, tag: Option<&String>, digest: &str) -> Vec<Act> {
    let Some(own) = own_name(&repository.key) else {
        return Vec::new();
    };
    let image = ImageIdentifier {
        image_tag: tag.cloned(),
        image_digest: tag.is_none().then(|| digest.to_owned()),
    };
    let what = tag.map_or(digest, String::as_str);
    let call = BatchDeleteImage {
        repository_name: own.to_owned(),
        image_ids: vec![image],
    };
    vec![act(
        "Delete",
        &format!("image {what} of {own}"),
        call,
        "Image deleted.",
    )]
}

fn secrets(stores: &Stores, named: &Named, now: SimTime) -> Vec<StoreCard> {
    let known = stores.secrets.values().flatten();
    let known = known.filter(|it| it.deletion.is_none_or(|at| now < at));
    let known: Vec<&Arc<Secret>> = known.collect();
    let mut cards: Vec<StoreCard> = known.iter().map(|it| secret(it)).collect();
    for id in &named.secrets {
        if stores.secret(id, now).is_some() {
            continue;
        }
        let wanted = Wanted::read(id).unwrap_or_default();
        let missing = stores.secret_value(&wanted, now).is_err();
        let state = unmade(!missing, missing);
        let call = DeleteSecret {
            secret_id: id.clone(),
            force_delete_without_recovery: Some(true),
            ..DeleteSecret::default()
        };
        let take = (!missing).then(|| act("Take away", id, call, "Taken away."));
        cards.push(plain(
            StoreKind::Secret,
            id,
            state,
            take.into_iter().collect(),
        ));
    }
    cards
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

fn secret(secret: &Secret) -> StoreCard {
    let id = secret.arn.clone();
    let mut acts = Vec::new();
    let state = if let Some(at) = secret.deletion {
        let call = RestoreSecret {
            secret_id: id.clone(),
        };
        acts.push(act("Restore", &secret.name, call, "Secret restored."));
        state(&format!("Deleted, gone at {at}"), Tone::Bad)
    } else {
        let call = DeleteSecret {
            secret_id: id.clone(),
            ..DeleteSecret::default()
        };
        acts.push(act(
            "Delete",
            &secret.name,
            call,
            "Secret marked for deletion.",
        ));
        state("Made", Tone::Good)
    };
    let force = DeleteSecret {
        secret_id: id.clone(),
        force_delete_without_recovery: Some(true),
        ..DeleteSecret::default()
    };
    acts.push(act(
        "Delete at once",
        &secret.name,
        force,
        "Secret deleted.",
    ));
    let labelled = secret.versions.iter().filter(|it| !it.stages.is_empty());
    let versions = labelled.map(|it| line(&it.stages.join(", "), it.text.clone(), Vec::new()));
    let mut card = plain(StoreKind::Secret, &secret.name, state, acts);
    card.facts.push(("ARN", id));
    card.holds = Some(Lines {
        title: "Versions",
        empty: "It has no value yet.",
        lines: versions.collect(),
    });
    card
}

fn parameters(stores: &Stores, named: &Named) -> Vec<StoreCard> {
    let mut all: BTreeSet<&String> = named.parameters.iter().collect();
    all.extend(stores.parameters.keys());
    let card = |name: &String| {
        let said = stores.parameters.get(name);
        let made = said.and_then(Option::as_ref);
        let state = match made {
            Some(_) => state("Made", Tone::Good),
            None => unmade(stores.presumed.secrets, said.is_some()),
        };
        let call = DeleteParameter { name: name.clone() };
        let take =
            (state.tone != Tone::Bad).then(|| act("Delete", name, call, "Parameter deleted."));
        let mut card = plain(
            StoreKind::Parameter,
            name,
            state,
            take.into_iter().collect(),
        );
        card.facts
            .extend(made.map(|it| ("Value", it.value.clone())));
        card
    };
    all.into_iter().map(card).collect()
}

fn buckets(stores: &Stores, named: &Named) -> Vec<StoreCard> {
    let mut all: BTreeSet<&String> = named.files.iter().map(|(bucket, _)| bucket).collect();
    all.extend(stores.buckets.keys());
    let card = |name: &String| {
        let said = stores.buckets.get(name);
        let made = said.and_then(Option::as_ref);
        let state = match made {
            Some(_) => state("Made", Tone::Good),
            None => unmade(stores.presumed.files, said.is_some()),
        };
        let call = DeleteBucket {
            bucket: name.clone(),
        };
        let empty = made.is_none_or(|it| it.objects.is_empty());
        let take = (state.tone != Tone::Bad && empty)
            .then(|| act("Delete", name, call, "Bucket deleted."));
        let mut card = plain(StoreKind::Bucket, name, state, take.into_iter().collect());
        card.holds = made.map(|it| Lines {
            title: "Files",
            empty: "It is empty.",
            lines: it
                .objects
                .iter()
                .map(|(key, body)| {
                    let call = DeleteObject {
                        bucket: name.clone(),
                        key: key.clone(),
                    };
                    let delete = act("Delete", key, call, "File deleted.");
                    line(key, format!("{} bytes", body.len()), vec![delete])
                })
                .collect(),
        });
        card
    };
    all.into_iter().map(card).collect()
}

fn log_groups(groups: &LogGroups, named: &Named) -> Vec<StoreCard> {
    let mut all: BTreeSet<&str> = named.log_groups.iter().map(String::as_str).collect();
    all.extend(groups.made());
    let made: BTreeSet<&str> = groups.made().collect();
    let card = |name: &str| {
        let log_group_name = name.to_owned();
        if groups.is_missing(name) {
            let again = act(
                "Make",
                name,
                CreateLogGroup { log_group_name },
                "Log group made.",
            );
            return plain(
                StoreKind::LogGroup,
                name,
                state("Missing", Tone::Bad),
                vec![again],
            );
        }
        let state = if made.contains(name) {
            state("Made", Tone::Good)
        } else {
            state("Presumed", Tone::Plain)
        };
        let delete = act(
            "Delete",
            name,
            DeleteLogGroup { log_group_name },
            "Log group deleted.",
        );
        plain(StoreKind::LogGroup, name, state, vec![delete])
    };
    all.into_iter().map(card).collect()
}
