//! Internet, egress-only and NAT gateways, and elastic addresses.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::fields::{One, OneField, Text, TextField};
use super::super::things::things;
use super::tags;
use crate::markup::{Show, view};
use crate::signals::RwSignal;
use fargate_core::call::{
    AllocateAddress, AttachInternetGateway, CreateEgressOnlyInternetGateway, CreateInternetGateway,
    CreateNatGateway,
};
use fargate_session::Plan;
use fargate_session::network::Kind;
use leptos::prelude::*;

/// The value of an address that is yet to be allocated.
const NEW: &str = "new";

/// Makes an internet gateway, attached to nothing.
#[component]
pub fn InternetForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let asking = Asking::new();
    let submit = move |()| {
        let call = CreateInternetGateway::default();
        asking
            .ask(call, "Internet gateway made. Attach it to a VPC.")
            .is_some()
    };
    view! {
        <AskForm label="Add internet gateway" verb="Create internet gateway" asking open submit>
            <p class="t12 dim">"A door to the Internet for addresses that have a public twin. A VPC has one."</p>
        </AskForm>
    }
}

/// Attaches an internet gateway.
#[component]
pub fn AttachForm(
    /// The gateway.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let vpc = One::of(move || things.choices_where(Kind::Vpc, |_| true));
    vpc.set(things.vpc_now().to_string());
    let submit = move |()| {
        let call = AttachInternetGateway {
            internet_gateway_id: id.as_str().into(),
            vpc_id: vpc.now().into(),
        };
        asking.ask(call, "Internet gateway attached.").is_some()
    };
    view! {
        <AskForm label="Attach to a VPC" verb="Attach" asking open submit>
            <OneField label="VPC" one=vpc/>
        </AskForm>
    }
}

/// Makes an egress-only internet gateway.
#[component]
pub fn EgressOnlyForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let submit = move |()| {
        let call = CreateEgressOnlyInternetGateway {
            vpc_id: things.vpc_now(),
            tag_specifications: Vec::new(),
        };
        let done = "Egress-only gateway made. A route to ::/0 may lead to it.";
        asking.ask(call, done).is_some()
    };
    view! {
        <AskForm label="Add egress-only gateway" verb="Create egress-only gateway" asking open submit>
            <p class="t12 dim">"It lets IPv6 connections out and none in."</p>
        </AskForm>
    }
}

/// Makes a NAT gateway, with a new elastic address where none is chosen.
#[component]
pub fn NatForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let name = Text::of("");
    let subnet = One::of(move || things.choices(Kind::Subnet));
    let kind = One::fixed(&[
        ("public", "Public, to the Internet"),
        ("private", "Private, to other networks"),
    ]);
    let address = One::of(move || {
        let mut choices = things.choices_where(Kind::ElasticAddress, |card| {
            card.state
                .as_ref()
                .is_some_and(|state| state.words == "free")
        });
        choices.push((NEW.to_owned(), "A new elastic address".to_owned()));
        choices
    });
    let is_public = move || kind.get() == "public";
    let submit = move |()| {
        let public = untrack(is_public);
        let call = CreateNatGateway {
            subnet_id: subnet.now().into(),
            allocation_id: None,
            connectivity_type: Some(kind.now()),
            tag_specifications: tags("natgateway", name.some()),
        };
        let base = call.clone();
        let with = move |allocation: &str| CreateNatGateway {
            allocation_id: Some(allocation.into()),
            ..base.clone()
        };
        let plan = match address.now() {
            _ if !public => Plan::of(call),
            new if new == NEW => Plan::of(AllocateAddress::default())
                .then_with(move |made| with(made.last().map_or("", String::as_str))),
            chosen => Plan::of(with(&chosen)),
        };
        let done = "NAT gateway made. It is pending for a minute or three; private subnets need a route to it.";
        asking.plan(&plan, done)
    };
    view! {
        <AskForm label="Add NAT gateway" verb="Create NAT gateway" asking open submit>
            <TextField label="Name" text=name example="nat a"/>
            <OneField label="Subnet it stands in" one=subnet/>
            <OneField label="Kind" one=kind/>
            <Show when=is_public><OneField label="Elastic address" one=address/></Show>
            <p class="t12 dim">"A public one stands in a public subnet: its own way out is the internet gateway."</p>
        </AskForm>
    }
}

/// Allocates an elastic address.
#[component]
pub fn AddressForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let asking = Asking::new();
    let submit = move |()| {
        let call = AllocateAddress::default();
        asking.ask(call, "Elastic address allocated.").is_some()
    };
    view! {
        <AskForm label="Allocate address" verb="Allocate address" asking open submit>
            <p class="t12 dim">"A public address that stays yours until it is released. An account has five."</p>
        </AskForm>
    }
}
