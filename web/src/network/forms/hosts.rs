//! Hosts on the Internet.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::fields::{Text, TextField};
use super::super::things::{said, things};
use crate::markup::view;
use crate::signals::{RwSignal, StoredValue};
use fargate_core::call::PutHost;
use leptos::prelude::*;

/// What was typed with commas between.
pub(super) fn several(text: &str) -> Vec<String> {
    let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// Puts a host on the Internet.
#[component]
pub fn HostForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let asking = Asking::new();
    let (name, address, names) = (Text::of(""), Text::of(""), Text::of(""));
    let submit = move |()| {
        let call = PutHost {
            name: name.now(),
            address: Some(address.now()),
            dns_names: several(&names.now()),
        };
        asking.ask(call, "The host is on the Internet.").is_some()
    };
    view! {
        <AskForm label="Add host" verb="Put host" asking open submit>
            <TextField label="Name" text=name example="partner"/>
            <TextField label="Address" text=address example="203.0.113.50"/>
            <TextField label="DNS names, with commas between" text=names example="api.partner.example"/>
        </AskForm>
    }
}

/// Another address or other names for a host.
#[component]
pub fn ChangeForm(
    /// The host's card.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let id = StoredValue::new(id);
    let card = move || things.card(&id.get_value());
    let address = Text::offering(move || said(card().as_ref(), "Address").to_owned());
    let names = Text::offering(move || {
        let facts = card().into_iter().flat_map(|card| card.facts);
        let names = facts.filter(|fact| fact.name == "Name");
        names.map(|fact| fact.value).collect::<Vec<_>>().join(", ")
    });
    let submit = move |()| {
        let call = PutHost {
            name: untrack(card).map_or_else(String::new, |card| card.title),
            address: Some(address.now()),
            dns_names: several(&names.now()),
        };
        asking.ask(call, "The host is changed.").is_some()
    };
    view! {
        <AskForm label="Change host" verb="Change host" asking open submit>
            <TextField label="Address" text=address/>
            <TextField label="DNS names, with commas between" text=names/>
        </AskForm>
    }
}
