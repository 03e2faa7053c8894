//! Prefix lists.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::fields::{Text, TextField};
use crate::markup::view;
use crate::signals::RwSignal;
use fargate_core::call::{CreateManagedPrefixList, PrefixListEntry};
use leptos::prelude::*;

/// Makes a prefix list; its family is that of its first block.
#[component]
pub fn ListForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let asking = Asking::new();
    let (name, blocks, most) = (Text::of(""), Text::of(""), Text::of("10"));
    let submit = move |()| {
        let blocks = blocks.now();
        let blocks = blocks.split([',', ' ']).filter(|block| !block.is_empty());
        let entries: Vec<PrefixListEntry> = blocks
            .map(|cidr| PrefixListEntry {
                cidr: cidr.to_owned(),
            })
            .collect();
        let is_ipv6 = entries
            .first()
            .is_some_and(|entry| entry.cidr.contains(':'));
        let call = CreateManagedPrefixList {
            prefix_list_name: name.now(),
            address_family: if is_ipv6 { "IPv6" } else { "IPv4" }.to_owned(),
            // what is no number AWS refuses as it does 0
            max_entries: most.now().parse().unwrap_or_default(),
            entries,
            tag_specifications: Vec::new(),
        };
        asking.ask(call, "Prefix list made.").is_some()
    };
    view! {
        <AskForm label="Add prefix list" verb="Create prefix list" asking open submit>
            <TextField label="Name" text=name example="offices"/>
            <TextField label="Blocks, with commas between" text=blocks example="203.0.113.0/24, 198.51.100.0/24"/>
            <TextField label="Most entries; each rule with the list counts as so many" text=most/>
        </AskForm>
    }
}
