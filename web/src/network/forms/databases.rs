//! DB subnet groups and databases.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::fields::{One, OneField, Several, SeveralField, Text, TextField};
use super::super::things::things;
use crate::markup::{Show, view};
use crate::signals::RwSignal;
use fargate_core::call::{CreateDbInstance, CreateDbSubnetGroup};
use fargate_core::network::engines;
use fargate_session::Plan;
use fargate_session::network::Kind;
use fargate_session::tools::Form;
use leptos::prelude::*;

/// Makes a DB subnet group.
#[component]
pub fn GroupForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let name = Text::of("main");
    let subnets = Several::of(move || things.choices(Kind::Subnet));
    let submit = move |()| {
        let call = CreateDbSubnetGroup {
            name: name.now(),
            description: name.now(),
            subnet_ids: subnets.now(),
        };
        let done = "DB subnet group made. Databases may stand in its subnets.";
        asking.ask(call, done).is_some()
    };
    view! {
        <AskForm label="Add DB subnet group" verb="Create DB subnet group" asking open submit>
            <TextField label="Name" text=name/>
            <SeveralField label="Subnets, in two zones at least" several=subnets none="There is no subnet yet."/>
        </AskForm>
    }
}

/// Makes a database.
#[component]
pub fn DatabaseForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let placed = move || match things.placed.get() {
        Some(Form::Database {
            name,
            group,
            subnets,
            zone,
        }) => Some((name, group, subnets, zone)),
        _ => None,
    };
    let name = Text::offering(move || placed().map_or_else(|| "orders".to_owned(), |it| it.0));
    let class = Text::of("db.t3.micro");
    let engine = One::of(|| {
        let engines = engines().map(|name| (name.to_owned(), name.to_owned()));
        engines.collect()
    });
    let group = One::of(move || {
        let groups = things.choices(Kind::DatabaseSubnetGroup).into_iter();
        // the call takes the name, which the id ends with
        let groups = groups.map(|(_, name)| (name.clone(), name));
        let new = placed().map(|(_, name, subnets, _)| {
            let subnets = subnets.iter().filter_map(|id| things.card(id.as_str()));
            let names: Vec<String> = subnets.map(|card| card.title).collect();
            (name, format!("A new one: {}", names.join(", ")))
        });
        new.into_iter().chain(groups).collect()
    });
    let zone = One::of(move || {
        let any = (String::new(), "Any of the group".to_owned());
        let placed = placed().map(|(_, _, _, zone)| (zone.clone(), zone));
        placed.into_iter().chain([any]).collect()
    });
    let port = Text::of("");
    let public = One::fixed(&[
        ("false", "No"),
        ("true", "Yes"),
        ("auto", "If the VPC has an internet gateway"),
    ]);
    let groups = Several::of(move || things.choices(Kind::SecurityGroup));
    let submit = move |()| {
        let port = asking.number("rds:CreateDBInstance", "Port", &port.now());
        let Ok(port) = port else { return false };
        let call = CreateDbInstance {
            identifier: name.now(),
            class: class.now(),
            engine: engine.now(),
            allocated_storage: Some(20),
            master_username: Some("admin".to_owned()),
            vpc_security_group_ids: groups.now(),
            subnet_group: Some(group.now()).filter(|name| !name.is_empty()),
            availability_zone: Some(zone.now()).filter(|zone| !zone.is_empty()),
            port,
            publicly_accessible: public.now().parse().ok(),
            ..Default::default()
        };
        let done = "The database is being made; it is available in some minutes.";
        let new = untrack(placed).filter(|(_, name, _, _)| *name == group.now());
        let plan = match new {
            Some((_, name, subnet_ids, _)) => Plan::of(CreateDbSubnetGroup {
                description: name.clone(),
                name,
                subnet_ids,
            })
            .then(call),
            None => Plan::of(call),
        };
        let made = asking.plan(&plan, done);
        if made {
            things.placed.set(None);
        }
        made
    };
    view! {
        <AskForm label="Add database" verb="Create database" asking open submit>
            <TextField label="Identifier" text=name/>
            <div class="fields two">
                <OneField label="Engine" one=engine/>
                <TextField label="Class" text=class/>
            </div>
            <OneField label="DB subnet group" one=group/>
            <Show when=move || placed().is_some()><OneField label="Zone" one=zone/></Show>
            <Show when=move || group.of.with(Vec::is_empty)>
                <p class="t12 dim">"There is no DB subnet group yet: make one first, with subnets in two zones."</p>
            </Show>
            <div class="fields two">
                <OneField label="Public address" one=public/>
                <TextField label="Port" text=port example="the engine's"/>
            </div>
            <SeveralField label="Security groups; the default one where none is chosen" several=groups none="There is no group yet."/>
        </AskForm>
    }
}
