//! Cards of repositories and the images in them.

use super::{Named, StoreCard, StoreKind, act, line, state, unmade};
use crate::network::{Act, Lines, Tone};
use fargate_core::call::{
    BatchDeleteImage, Call, CreateRepository, DeleteRepository, ImageIdentifier,
    PutImageTagMutability, PutRepository, TagMutability, TakeRepository,
};
use fargate_core::stores::{Access, DOCKER_HUB, Image, Repository, Stores, account_registry};
use std::collections::BTreeSet;

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

pub(super) fn repositories(stores: &Stores, named: &Named) -> Vec<StoreCard> {
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
