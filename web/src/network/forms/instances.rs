//! EC2 instances, and elastic addresses for them.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::fields::{One, OneField, Several, SeveralField, Text, TextField};
use super::super::things::things;
use super::tags;
use crate::markup::view;
use crate::signals::RwSignal;
use fargate_core::call::{
    AllocateAddress, AssociateAddress, InstanceNetworkInterface, RunInstances,
};
use fargate_session::Plan;
use fargate_session::network::Kind;
use leptos::prelude::*;

/// The value of an address that is yet to be allocated, and of an interface that is not wanted.
const NEW: &str = "new";
const NONE: &str = "none";

/// Runs instances.
#[component]
pub fn InstanceForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let (name, kind, image) = (
        Text::of(""),
        Text::of("t3.small"),
        Text::of("ami-0abcdef1234567890"),
    );
    let count = Text::of("1");
    let subnet = One::of(move || things.choices(Kind::Subnet));
    let address = Text::of("");
    let public = One::fixed(&[
        ("subnet", "As the subnet says"),
        ("true", "Yes"),
        ("false", "No"),
    ]);
    let groups = Several::of(move || things.choices(Kind::SecurityGroup));
    let second = One::of(move || {
        let mut choices = things.choices(Kind::Subnet);
        choices.insert(0, (NONE.to_owned(), "None".to_owned()));
        choices
    });
    let submit = move |()| {
        let number = asking.number("ec2:RunInstances", "MaxCount", &count.now());
        let Ok(number) = number else { return false };
        let interface = |device_index: u32, subnet: String| InstanceNetworkInterface {
            device_index,
            subnet_id: (!subnet.is_empty()).then(|| subnet.into()),
            groups: groups.now(),
            associate_public_ip_address: public.now().parse().ok(),
            private_ip_address: address.some().filter(|_| device_index == 0),
        };
        let mut interfaces = vec![interface(0, subnet.now())];
        if second.now() != NONE {
            interfaces.push(interface(1, second.now()));
        }
        let number = number.unwrap_or(1);
        let call = RunInstances {
            image_id: image.now(),
            instance_type: kind.some(),
            min_count: number,
            max_count: number,
            network_interfaces: interfaces,
            tag_specifications: tags("instance", name.some()),
            ..Default::default()
        };
        let done = "The instance is pending; it runs in half a minute.";
        asking.ask(call, done).is_some()
    };
    view! {
        <AskForm label="Run instance" verb="Run instance" asking open submit>
            <TextField label="Name" text=name example="bastion"/>
            <div class="fields two">
                <TextField label="Type" text=kind example="t3.small"/>
                <TextField label="How many" text=count/>
            </div>
            <TextField label="Image" text=image/>
            <OneField label="Subnet" one=subnet/>
            <div class="fields two">
                <TextField label="Private address" text=address example="any that is free"/>
                <OneField label="Public address" one=public/>
            </div>
            <SeveralField label="Security groups; the default one where none is chosen" several=groups none="There is no group yet."/>
            <OneField label="A second interface, in" one=second/>
            <p class="t12 dim">"What runs on it is not looked into: while it runs, it answers on every port that its groups let in."</p>
        </AskForm>
    }
}

/// An elastic address for an instance's primary interface, a new one where none is free.
#[component]
pub fn AddressForm(
    /// The instance.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let address = One::of(move || {
        let mut choices = things.choices_where(Kind::ElasticAddress, |card| {
            let state = card.state.as_ref();
            state.is_some_and(|state| state.words == "free")
        });
        choices.push((NEW.to_owned(), "A new elastic address".to_owned()));
        choices
    });
    let submit = move |()| {
        let instance = id.clone();
        let with = move |allocation: &str| AssociateAddress {
            allocation_id: allocation.into(),
            instance_id: Some(instance.as_str().into()),
            ..Default::default()
        };
        let plan = match address.now() {
            new if new == NEW => Plan::of(AllocateAddress::default())
                .then_with(move |made| with(made.last().map_or("", String::as_str))),
            chosen => Plan::of(with(&chosen)),
        };
        asking.plan(&plan, "The address leads to the instance.")
    };
    view! {
        <AskForm label="Give an elastic address" verb="Give address" asking open submit>
            <OneField label="Elastic address" one=address/>
            <p class="t12 dim">"It takes the place of any public address that the instance has."</p>
        </AskForm>
    }
}
