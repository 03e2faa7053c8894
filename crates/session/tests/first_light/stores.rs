//! What tasks fetch, as the page lists it: what definitions name, what calls made, and what one click does with it.

use crate::account::Account;
use fargate_core::call::{
    CreateRepository, CreateSecret, ImageLayer, PushImage, PutRepository, SetPresumed,
};
use fargate_session::Session;
use fargate_session::network::Tone;
use fargate_session::stores::{StoreCard, StoreKind};

const OWN: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com";

fn card(session: &Session, kind: StoreKind, name: &str) -> StoreCard {
    let mut cards = session.stores().into_iter();
    let card = cards.find(|it| it.kind == kind && it.name == name);
    card.unwrap_or_else(|| panic!("there is no {kind:?} {name}"))
}

fn click(account: &mut Account, card: &StoreCard, title: &str) {
    let mut acts = card.acts.iter();
    let act = acts.find(|it| it.title == title);
    account.must(
        act.unwrap_or_else(|| panic!("no {title} in {:?}", card.acts))
            .call
            .clone(),
    );
}

#[test]
fn what_definitions_name_is_presumed_until_it_is_taken_away() {
    let mut account = Account::first_light();
    let api = format!("{OWN}/api");
    let presumed = card(&account.session, StoreKind::Repository, &api);
    assert_eq!(
        (presumed.state.words.as_str(), presumed.takes_images),
        ("Presumed", false)
    );
    click(&mut account, &presumed, "Take away");
    let gone = card(&account.session, StoreKind::Repository, &api);
    assert_eq!(
        (gone.state.words.as_str(), gone.state.tone),
        ("Missing", Tone::Bad)
    );
    click(&mut account, &gone, "Make");
    let made = card(&account.session, StoreKind::Repository, &api);
    assert_eq!(
        (made.state.words.as_str(), made.takes_images),
        ("Made", true)
    );
    assert!(made.holds.unwrap().lines.is_empty());
    for label in ["make repository api", "delete repository api"] {
        assert_eq!(account.session.undo().as_deref(), Some(label));
    }
    let back = card(&account.session, StoreKind::Repository, &api);
    assert_eq!(back.state, presumed.state);
    account.must(SetPresumed {
        images: Some(false),
        ..SetPresumed::default()
    });
    let missing = card(&account.session, StoreKind::Repository, &api);
    assert_eq!(missing.state.words, "Missing");
}

#[test]
fn a_repository_lists_its_images_with_what_they_are_built_for_and_their_size() {
    let mut account = Account::first_light();
    account.must(CreateRepository {
        repository_name: "shop/web".to_owned(),
        image_tag_mutability: None,
    });
    let layer = |name: &str, size_mib| ImageLayer {
        name: name.to_owned(),
        size_mib,
    };
    account.must(PushImage {
        image: format!("{OWN}/shop/web:1"),
        platforms: vec!["linux/arm64".to_owned(), "linux/amd64".to_owned()],
        layers: vec![layer("base", 30), layer("app", 5)],
        damaged: false,
    });
    let name = format!("{OWN}/shop/web");
    let made = card(&account.session, StoreKind::Repository, &name);
    let lines = made.holds.clone().unwrap().lines;
    assert_eq!((lines.len(), lines[0].head.as_str()), (1, "1"));
    assert!(
        lines[0]
            .words
            .starts_with("linux/amd64, linux/arm64 · 35 MiB in 2 layers · sha256:"),
        "{}",
        lines[0].words
    );
    click(&mut account, &made, "Keep tags");
    let kept = card(&account.session, StoreKind::Repository, &name);
    assert_eq!(kept.facts, [("Pull", "this account; tags stay".to_owned())]);
    account.must(lines[0].acts[0].call.clone());
    let empty = card(&account.session, StoreKind::Repository, &name);
    assert!(empty.holds.unwrap().lines.is_empty());
}

#[test]
fn repositories_of_others_are_named_as_images_name_them_and_turn_private() {
    let mut account = Account::first_light();
    account.must(PutRepository {
        repository: "acme/web".to_owned(),
        ..PutRepository::default()
    });
    let public = card(
        &account.session,
        StoreKind::Repository,
        "docker.io/acme/web",
    );
    assert_eq!(public.facts, [("Pull", "anybody".to_owned())]);
    click(&mut account, &public, "Make private");
    let private = card(
        &account.session,
        StoreKind::Repository,
        "docker.io/acme/web",
    );
    assert_eq!(
        private.facts,
        [("Pull", "nobody from this account".to_owned())]
    );
    click(&mut account, &private, "Take away");
    let gone = card(
        &account.session,
        StoreKind::Repository,
        "docker.io/acme/web",
    );
    assert_eq!(gone.state.words, "Missing");
}

#[test]
fn a_secret_is_deleted_and_restored() {
    let mut account = Account::first_light();
    account.must(CreateSecret {
        name: "db".to_owned(),
        secret_string: Some("x".to_owned()),
        ..CreateSecret::default()
    });
    let made = card(&account.session, StoreKind::Secret, "db");
    assert_eq!(made.holds.as_ref().unwrap().lines[0].head, "AWSCURRENT");
    click(&mut account, &made, "Delete");
    let marked = card(&account.session, StoreKind::Secret, "db");
    assert!(marked.state.words.starts_with("Deleted, gone at "));
    click(&mut account, &marked, "Restore");
    let back = card(&account.session, StoreKind::Secret, "db");
    assert_eq!(back.state, made.state);
    click(&mut account, &back, "Delete at once");
    let left = account.session.stores().into_iter();
    assert_eq!(left.filter(|it| it.kind == StoreKind::Secret).count(), 0);
}
