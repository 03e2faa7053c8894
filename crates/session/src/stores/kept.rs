//! Cards of secrets, parameters, files and log groups.

use super::{Named, StoreCard, StoreKind, act, line, plain, state, unmade};
use crate::network::{Lines, Tone};
use fargate_core::call::{
    CreateLogGroup, DeleteBucket, DeleteLogGroup, DeleteObject, DeleteParameter, DeleteSecret,
    RestoreSecret,
};
use fargate_core::stores::{LogGroups, Secret, Stores, Wanted};
use fargate_core::units::SimTime;
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) fn secrets(stores: &Stores, named: &Named, now: SimTime) -> Vec<StoreCard> {
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

pub(super) fn parameters(stores: &Stores, named: &Named) -> Vec<StoreCard> {
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

pub(super) fn buckets(stores: &Stores, named: &Named) -> Vec<StoreCard> {
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

pub(super) fn log_groups(groups: &LogGroups, named: &Named) -> Vec<StoreCard> {
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
