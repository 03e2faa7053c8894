//! The network, a tab of the left panel: the VPC, its subnets and groups, and sections that fold for everything else. All it does
//! is a call of EC2.

pub mod ask_form;
pub mod asking;
mod cidr;
pub mod details;
pub mod fields;
pub mod fold;
pub mod forms;
pub mod gateway;
pub mod group;
pub mod group_form;
pub mod guide;
pub mod modes;
pub mod reach;
pub mod requests;
pub mod row;
pub mod rule_form;
mod rule_words;
pub mod sections;
pub mod standing;
pub mod subnet;
pub mod subnet_form;
pub mod things;

use crate::icons::{Glyph, Icon};
use crate::markup::{For, Show, view};
use crate::projector::projected;
use crate::signals::{Memo, RwSignal};
use gateway::{GatewaySection, MakeVpc};
use group::GroupRow;
use group_form::GroupForm;
use guide::Guide;
use leptos::prelude::*;
use modes::ModesButton;
use sections::Sections;
use subnet::SubnetRow;
use subnet_form::SubnetForm;
pub use things::Things;

/// The classes of an icon in a group's colour, by its place in the order of creation.
pub(crate) fn group_tone(order: usize) -> &'static str {
    match order % 4 {
        0 => "i-14 tone-g1",
        1 => "i-14 tone-g2",
        2 => "i-14 tone-g3",
        _ => "i-14 tone-g4",
    }
}

/// The VPC, its subnets and its security groups, a tab of the left panel.
#[component]
pub fn NetworkPanel() -> AnyView {
    let vpc = projected().vpc;
    let is_there = Memo::new(move |_| vpc.with(Option::is_some));
    let (subnet_form, group_form) = (RwSignal::new(false), RwSignal::new(false));
    view! {
        <div class="net">
            <Guide subnet_form group_form/>
            <Show when=move || is_there.get() fallback=MakeVpc>
                <GatewaySection/>
                <Subnets open=subnet_form/>
                <Groups open=group_form/>
                <Sections/>
            </Show>
            <ModesButton/>
        </div>
    }
}

/// A heading with a button that opens a form below it.
#[component]
fn Head(
    /// The heading.
    title: &'static str,
    /// The icon beside it.
    icon: Icon,
    /// What the button says.
    add: &'static str,
    /// Whether the form is open.
    open: RwSignal<bool>,
) -> AnyView {
    view! {
        <div class="net-head">
            <Glyph icon=icon class="i dim"/>
            <h2 class="strong grow">{title}</h2>
            <button
                type="button"
                class="btn sm line"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Glyph icon=Icon::Plus class="i-12"/>
                {add}
            </button>
        </div>
    }
}

#[component]
fn Subnets(open: RwSignal<bool>) -> AnyView {
    let subnets = projected().subnets;
    view! {
        <section class="net-sec" aria-label="Subnets">
            <Head title="Subnets" icon=Icon::Subnet add="Add subnet" open/>
            <Show when=move || open.get()><SubnetForm open/></Show>
            <ul class="net-list">
                <For each=move || subnets.order().to_vec() key=Clone::clone let:id>
                    <SubnetRow id/>
                </For>
            </ul>
            <Show when=move || subnets.order().is_empty() && !open.get()>
                <p class="t12 dim">"No subnets yet. A task needs an address, and a subnet has them."</p>
            </Show>
        </section>
    }
}

#[component]
fn Groups(open: RwSignal<bool>) -> AnyView {
    let groups = projected().groups;
    let in_order = move || {
        let mut cards = groups.all();
        cards.sort_by_key(|card| (card.order, card.id.clone()));
        cards
            .into_iter()
            .map(|card| card.id.clone())
            .collect::<Vec<_>>()
    };
    view! {
        <section class="net-sec" aria-label="Security groups">
            <Head title="Security groups" icon=Icon::Shield add="Add group" open/>
            <Show when=move || open.get()><GroupForm open/></Show>
            <ul class="net-list">
                <For each=in_order key=Clone::clone let:id>
                    <GroupRow id/>
                </For>
            </ul>
        </section>
    }
}
