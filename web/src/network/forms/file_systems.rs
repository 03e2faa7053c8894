//! File systems, and the mount targets that lead to them.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::fields::{One, OneField, Several, SeveralField, Text, TextField};
use super::super::things::{Things, things};
use crate::markup::view;
use crate::signals::RwSignal;
use fargate_core::call::{CreateFileSystem, CreateMountTarget, Tag};
use fargate_session::network::Kind;
use leptos::prelude::*;

/// A token that no file system was made with: the same one would make no other.
fn token(things: Things) -> String {
    untrack(|| {
        things.ask(|session| {
            let own = session.world().network().things();
            let taken = |token: &String| {
                let mut all = own.file_systems.values();
                all.any(|it| it.creation_token == *token)
            };
            let mut tokens = (1..).map(|number: u32| format!("console-{number}"));
            tokens.find(|token| !taken(token)).unwrap_or_default()
        })
    })
}

/// Makes a file system.
#[component]
pub fn FileSystemForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let name = Text::of("");
    let submit = move |()| {
        let tag = |value| Tag {
            key: "Name".to_owned(),
            value,
        };
        let call = CreateFileSystem {
            creation_token: token(things),
            tags: name.some().map(tag).into_iter().collect(),
        };
        let done = "File system made. It needs a mount target in each zone that mounts it.";
        asking.ask(call, done).is_some()
    };
    view! {
        <AskForm label="Add file system" verb="Create file system" asking open submit>
            <TextField label="Name" text=name example="shared"/>
        </AskForm>
    }
}

/// Makes a mount target.
#[component]
pub fn MountTargetForm(
    /// The file system.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let subnet = One::of(move || things.choices(Kind::Subnet));
    let address = Text::of("");
    let groups = Several::of(move || things.choices(Kind::SecurityGroup));
    let submit = move |()| {
        let call = CreateMountTarget {
            file_system_id: id.as_str().into(),
            subnet_id: subnet.now().into(),
            ip_address: address.some(),
            security_groups: groups.now(),
        };
        let done = "The mount target is being made; it answers in a minute and a half.";
        asking.ask(call, done).is_some()
    };
    view! {
        <AskForm label="Add mount target" verb="Create mount target" asking open submit>
            <OneField label="Subnet, one a zone" one=subnet/>
            <TextField label="Address" text=address example="any that is free"/>
            <SeveralField label="Security groups, which let port 2049 in; the default one where none is chosen" several=groups none="There is no group yet."/>
        </AskForm>
    }
}
