//! Another VPC, and another block for one.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::fields::{Text, TextField, Tick};
use super::tags;
use crate::commands::commands;
use crate::markup::view;
use crate::signals::RwSignal;
use fargate_core::call::{AssociateVpcCidrBlock, CreateVpc};
use fargate_core::error::Reply;
use leptos::prelude::*;

/// Makes a VPC, and shows it.
#[component]
pub fn VpcForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, commands) = (Asking::new(), commands());
    let (name, block) = (Text::of(""), Text::of("10.0.0.0/16"));
    let ipv6 = RwSignal::new(false);
    let submit = move |()| {
        let call = CreateVpc {
            cidr_block: block.now(),
            amazon_provided_ipv6_cidr_block: ipv6.get_untracked().then_some(true),
            tag_specifications: tags("vpc", name.some()),
        };
        let made = asking.ask(call, "VPC made. It is the one that is shown.");
        if let Some(Reply::Made(id)) = &made {
            commands.show_vpc(id.as_str().into());
        }
        made.is_some()
    };
    view! {
        <AskForm label="New VPC" verb="Create VPC" asking open submit>
            <TextField label="Name" text=name example="shared"/>
            <TextField label="Addresses" text=block/>
            <Tick label="With an IPv6 block of Amazon's" on=ipv6/>
        </AskForm>
    }
}

/// Gives a VPC another IPv4 block.
#[component]
pub fn BlockForm(
    /// The VPC.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let asking = Asking::new();
    let block = Text::of("100.64.0.0/16");
    let submit = move |()| {
        let call = AssociateVpcCidrBlock {
            vpc_id: id.as_str().into(),
            cidr_block: Some(block.now()),
            amazon_provided_ipv6_cidr_block: None,
        };
        asking.ask(call, "The VPC has another block.").is_some()
    };
    view! {
        <AskForm label="Add an IPv4 block" verb="Add block" asking open submit>
            <TextField label="Addresses" text=block/>
        </AskForm>
    }
}
