//! Private hosted zones and their records.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::fields::{One, OneField, Text, TextField};
use super::super::things::{led_to, things};
use super::hosts::several;
use crate::markup::{Show, view};
use crate::signals::{RwSignal, StoredValue};
use fargate_core::call::{
    AssociateVpcWithHostedZone, ChangeBatch, ChangeResourceRecordSets, CreateHostedZone,
    RecordChange, RecordSet, ResourceRecord, ZoneVpc,
};
use fargate_core::ids::VpcId;
use fargate_session::network::Kind;
use leptos::prelude::*;

/// A VPC of the simulated Region.
fn zone_vpc(id: VpcId) -> ZoneVpc {
    ZoneVpc {
        region: Some("us-east-1".to_owned()),
        id,
    }
}

/// Makes a private zone.
#[component]
pub fn ZoneForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let name = Text::of("internal.example");
    let submit = move |()| {
        let call = CreateHostedZone {
            name: name.now(),
            vpc: Some(zone_vpc(things.vpc_now())),
            caller_reference: name.now(),
        };
        let done = "Private zone made. The VPC's resolver knows its names while both DNS attributes are on.";
        asking.ask(call, done).is_some()
    };
    view! {
        <AskForm label="Add private zone" verb="Create private zone" asking open submit>
            <TextField label="Domain name" text=name/>
            <p class="t12 dim">"Known in the VPC that is shown, which needs DNS resolution and DNS hostnames on."</p>
        </AskForm>
    }
}

/// Puts a record of addresses into a zone, in the place of one of that name.
#[component]
pub fn RecordForm(
    /// The zone.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let id = StoredValue::new(id);
    let name = Text::offering(move || {
        let card = things.card(&id.get_value());
        card.map_or_else(String::new, |card| format!("db.{}", card.title))
    });
    let addresses = Text::of("");
    let submit = move |()| {
        let values = several(&addresses.now()).into_iter();
        let call = ChangeResourceRecordSets {
            hosted_zone_id: id.get_value().as_str().into(),
            change_batch: ChangeBatch {
                changes: vec![RecordChange {
                    action: "UPSERT".to_owned(),
                    record: RecordSet {
                        name: name.now(),
                        kind: "A".to_owned(),
                        ttl: Some(300),
                        records: values.map(|value| ResourceRecord { value }).collect(),
                    },
                }],
            },
        };
        asking.ask(call, "The record is there.").is_some()
    };
    view! {
        <AskForm label="Put record" verb="Put record" asking open submit>
            <TextField label="Name" text=name/>
            <TextField label="Addresses, with commas between" text=addresses example="10.0.1.7"/>
            <p class="t12 dim">"A record of type A. It takes the place of one of that name; *. before a name holds all names below it."</p>
        </AskForm>
    }
}

/// Lets another VPC know a zone.
#[component]
pub fn KnownForm(
    /// The zone.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let id = StoredValue::new(id);
    let vpc = One::of(move || {
        let known = led_to(things.card(&id.get_value()).as_ref(), "Known in");
        things.choices_where(Kind::Vpc, |card| !known.contains(&card.id))
    });
    let submit = move |()| {
        let call = AssociateVpcWithHostedZone {
            hosted_zone_id: id.get_value().as_str().into(),
            vpc: zone_vpc(vpc.now().into()),
        };
        asking.ask(call, "The VPC knows the zone.").is_some()
    };
    view! {
        <AskForm label="Let another VPC know it" verb="Associate" asking open submit>
            <OneField label="VPC" one=vpc/>
            <Show when=move || vpc.of.with(Vec::is_empty)>
                <p class="t12 dim">"Every VPC knows it."</p>
            </Show>
        </AskForm>
    }
}
