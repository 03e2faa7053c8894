//! The form that makes a subnet. It offers the next block that is free.

use super::asking::Asking;
use super::cidr::next_free;
use crate::markup::view;
use crate::projector::{Projected, projected};
use crate::refusal::RefusalNote;
use crate::signals::RwSignal;
use fargate_core::call::{CreateSubnet, TagSpecification};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The name that a new subnet is offered: `Public a`, or `Public a 2` where that is taken.
fn offered_name(public: bool, zone: &str, taken: &[String]) -> String {
    let letter = zone.chars().last().map(String::from).unwrap_or_default();
    let base = format!("{} {letter}", if public { "Public" } else { "Private" });
    let numbered = (2..).map(|number| format!("{base} {number}"));
    let mut names = std::iter::once(base.clone()).chain(numbered);
    names.find(|name| !taken.contains(name)).unwrap_or(base)
}

/// The zone with the fewest subnets, the first of several.
fn emptiest_zone(projected: Projected) -> String {
    let subnets = projected.subnets.all();
    let zones = projected.zones.get();
    let busy = |zone: &str| subnets.iter().filter(|card| &*card.zone == zone).count();
    let emptiest = zones.iter().min_by_key(|zone| busy(zone));
    emptiest.map(ToString::to_string).unwrap_or_default()
}

/// The form.
#[component]
pub fn SubnetForm(
    /// Whether the form is open; it closes when the subnet is made.
    open: RwSignal<bool>,
) -> AnyView {
    let projected = projected();
    let asking = Asking::new();
    // What is typed; what is not is offered.
    let (zone, cidr, name) = (
        RwSignal::new(None::<String>),
        RwSignal::new(None::<String>),
        RwSignal::new(None::<String>),
    );
    let zone_now = move || zone.get().unwrap_or_else(|| emptiest_zone(projected));
    let cidr_now = move || {
        cidr.get().unwrap_or_else(|| {
            let subnets = projected.subnets.all();
            let vpc = projected.vpc.get();
            let free = vpc.and_then(|vpc| {
                next_free(&vpc.cidr, subnets.iter().map(|card| card.cidr.as_str()))
            });
            free.unwrap_or_default()
        })
    };
    let name_now = move || {
        name.get().unwrap_or_else(|| {
            let taken: Vec<String> = projected
                .subnets
                .all()
                .iter()
                .map(|card| card.name.clone())
                .collect();
            let public = projected.vpc.get().is_some_and(|vpc| vpc.has_default_route);
            offered_name(public, &zone_now(), &taken)
        })
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(vpc) = projected.vpc.get_untracked() else {
            return;
        };
        let name = untrack(name_now);
        let name = name.trim();
        let call = CreateSubnet {
            vpc_id: vpc.id.clone().into(),
            cidr_block: untrack(cidr_now).trim().to_owned(),
            availability_zone: Some(untrack(zone_now)),
            tag_specifications: if name.is_empty() {
                Vec::new()
            } else {
                TagSpecification::name("subnet", name)
            },
            ..CreateSubnet::default()
        };
        if asking.ask(call, "Subnet made.").is_some() {
            open.set(false);
        }
    };
    let zones = move || {
        let (now, zones) = (zone_now(), projected.zones.get());
        let options = zones.iter().map(|zone| {
            let selected = **zone == *now;
            view! { <option value=zone.to_string() selected=selected>{zone.to_string()}</option> }
        });
        options.collect_view()
    };
    view! {
        <form class="net-form" novalidate aria-label="Add subnet" on:submit=submit>
            <div class="fields two">
                <label class="field-label">
                    "Zone"
                    <select class="field" prop:value=zone_now on:change=move |event| zone.set(Some(event_target_value(&event)))>{zones}</select>
                </label>
                <label class="field-label">
                    "Addresses"
                    <input class="field mono" type="text" spellcheck="false" autocomplete="off" prop:value=cidr_now on:input=move |event| cidr.set(Some(event_target_value(&event)))/>
                </label>
            </div>
            <label class="field-label">
                "Name"
                <input class="field" type="text" spellcheck="false" autocomplete="off" prop:value=name_now on:input=move |event| name.set(Some(event_target_value(&event)))/>
            </label>
            <RefusalNote refusal=asking.refusal/>
            <div class="row">
                <button type="submit" class="btn sm prim">"Create subnet"</button>
                <button type="button" class="btn sm" on:click=move |_| open.set(false)>"Cancel"</button>
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_zone_and_are_not_taken_twice() {
        let taken = ["Public a".to_owned(), "Public a 2".to_owned()];
        for (public, zone, name) in [
            (true, "us-east-1a", "Public a 3"),
            (true, "us-east-1b", "Public b"),
            (false, "us-east-1a", "Private a"),
        ] {
            assert_eq!(offered_name(public, zone, &taken), name);
        }
    }
}
