//! The VPC, its internet gateway and the default route.

use super::asking::Asking;
use super::details::Details;
use super::forms::Adds;
use super::forms::vpcs::VpcForm;
use super::row::ThingBody;
use super::things::things;
use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::projector::projected;
use crate::refusal::RefusalNote;
use crate::selection::Selection;
use crate::signals::{Memo, RwSignal};
use fargate_core::call::{
    AttachInternetGateway, CreateInternetGateway, CreateRoute, CreateVpc, DeleteRoute,
};
use fargate_core::error::Reply;
use fargate_session::network::Kind;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// Where a default route applies.
const ANYWHERE: &str = "0.0.0.0/0";

/// Makes an internet gateway and attaches it to the VPC.
pub(crate) fn attach_gateway(asking: &Asking) {
    let Some(vpc) = asking.projected.vpc.get_untracked() else {
        return;
    };
    let made = asking.ask(CreateInternetGateway::default(), "Internet gateway made.");
    if let Some(Reply::Made(gateway)) = made {
        let attach = AttachInternetGateway {
            internet_gateway_id: gateway.into(),
            vpc_id: vpc.id.clone().into(),
        };
        asking.ask(attach, "Internet gateway attached.");
    }
}

/// Adds the default route to the main route table, or takes it out.
pub(crate) fn route(asking: &Asking, on: bool) {
    let Some(vpc) = asking.projected.vpc.get_untracked() else {
        return;
    };
    let route_table_id = vpc.main_route_table.clone().into();
    let destination_cidr_block = ANYWHERE.to_owned();
    match (on, &vpc.internet_gateway) {
        (true, Some(gateway)) => {
            let call = CreateRoute {
                route_table_id,
                destination_cidr_block: Some(destination_cidr_block),
                gateway_id: Some(gateway.clone()),
                ..Default::default()
            };
            asking.ask(
                call,
                "The subnets are public: their default route leads to the internet gateway.",
            );
        }
        (true, None) => {}
        (false, _) => {
            let call = DeleteRoute {
                route_table_id,
                destination_cidr_block: Some(destination_cidr_block),
                ..Default::default()
            };
            asking.ask(call, "The subnets are private: nothing leads out.");
        }
    }
}

/// The VPC, its gateway and its default route.
#[component]
pub fn GatewaySection() -> AnyView {
    let (projected, commands) = (projected(), commands());
    let asking = Asking::new();
    let vpc = projected.vpc;
    let card = move || vpc.get();
    let gateway = Memo::new(move |_| card().and_then(|vpc| vpc.internet_gateway.clone()));
    let routed = Memo::new(move |_| card().is_some_and(|vpc| vpc.has_default_route));
    let whole = RwSignal::new(false);
    let id = Memo::new(move |_| card().map(|vpc| vpc.id.clone()));
    let toggle = move |_| {
        if gateway.with_untracked(Option::is_some) || routed.get_untracked() {
            route(&asking, !routed.get_untracked());
        }
    };
    view! {
        <section class="net-sec" aria-label="VPC">
            <div class="net-head">
                <Glyph icon=Icon::Network class="i dim"/>
                <h2 class="strong grow">
                    <button type="button" class="link plain" on:click=move |_| commands.send(Command::Select(Some(Selection::Vpc)))>"VPC"</button>
                    " "
                    <span class="mono">{move || card().map(|vpc| vpc.cidr.clone())}</span>
                </h2>
                <Details whole name=|| "the VPC".to_owned()/>
            </div>
            <p class="t12 mono dim">{move || card().map(|vpc| vpc.id.clone())}</p>
            <Vpcs/>
            {move || whole.get().then(|| id.get().map(|id| view! { <ThingBody id/> }))}
            <div class="switch-row">
                <Glyph icon=Icon::Gateway class="i-14 dim"/>
                <span class="grow">"Internet gateway"</span>
                <Show
                    when=move || gateway.with(Option::is_some)
                    fallback=move || view! {
                        <button type="button" class="btn sm line" on:click=move |_| attach_gateway(&asking)>"Attach gateway"</button>
                    }
                >
                    <span class="mono dim">{gateway}</span>
                </Show>
            </div>
            <div class="switch-row">
                <Glyph icon=Icon::Route class="i-14 dim"/>
                <span class="grow" id="default-route">"Default route to the gateway"</span>
                <button
                    type="button"
                    class="switch"
                    role="switch"
                    aria-labelledby="default-route"
                    aria-describedby="default-route-note"
                    aria-checked=move || routed.get().to_string()
                    aria-disabled=move || (gateway.with(Option::is_none) && !routed.get()).then_some("true")
                    on:click=toggle
                ></button>
            </div>
            <p class="t12 dim" id="default-route-note">
                {move || match (routed.get(), gateway.with(Option::is_some)) {
                    (true, _) => "0.0.0.0/0 → igw in the main route table: subnets that have no table of their own are public.",
                    (false, true) => "Local only: no route leads out of the VPC, so all subnets are private.",
                    (false, false) => "A default route needs an internet gateway to lead to.",
                }}
            </p>
            <RefusalNote refusal=asking.refusal/>
        </section>
    }
}

/// Which VPC is shown, where there are several, and the form for another.
#[component]
fn Vpcs() -> AnyView {
    let (things, commands) = (things(), commands());
    let all = Memo::new(move |_| things.choices_where(Kind::Vpc, |_| true));
    let several = move || all.with(|all| all.len() > 1);
    let options = move || {
        let now = things.vpc();
        let option = |(id, words): (String, String)| {
            let selected = now.as_ref().is_some_and(|now| now.as_str() == id);
            view! { <option value=id selected=selected>{words}</option> }
        };
        all.get().into_iter().map(option).collect_view()
    };
    view! {
        <div class="net-inner">
            <Show when=several>
                <label class="field-label">
                    "VPC that is shown"
                    <select class="field" on:change=move |event| commands.show_vpc(event_target_value(&event).into())>{options}</select>
                </label>
            </Show>
            <Adds add="New VPC" make=|open| view! { <VpcForm open/> }/>
        </div>
    }
}

/// The form that makes the VPC where there is none.
#[component]
pub fn MakeVpc() -> AnyView {
    let asking = Asking::new();
    let cidr = RwSignal::new("172.31.0.0/16".to_owned());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let call = CreateVpc {
            cidr_block: cidr.get_untracked().trim().to_owned(),
            tag_specifications: Vec::new(),
            ..Default::default()
        };
        asking.ask(call, "VPC made.");
    };
    view! {
        <section class="net-sec" aria-label="VPC">
            <form class="net-form" novalidate on:submit=submit>
                <label class="field-label">
                    "Addresses of the VPC"
                    <input class="field mono" type="text" spellcheck="false" autocomplete="off" prop:value=cidr on:input=move |event| cidr.set(event_target_value(&event))/>
                </label>
                <RefusalNote refusal=asking.refusal/>
                <button type="submit" class="btn prim">"Create VPC"</button>
            </form>
        </section>
    }
}
