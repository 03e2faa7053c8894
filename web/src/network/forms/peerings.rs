//! Peering connections.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::fields::{One, OneField};
use super::super::things::things;
use crate::markup::{Show, view};
use crate::signals::RwSignal;
use fargate_core::call::CreateVpcPeeringConnection;
use fargate_session::network::Kind;
use leptos::prelude::*;

/// Asks another VPC for a peering connection.
#[component]
pub fn PeeringForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let other = One::of(move || {
        let here = things.vpc();
        things.choices_where(Kind::Vpc, |card| card.vpc.as_ref() != here.as_ref())
    });
    let submit = move |()| {
        let call = CreateVpcPeeringConnection {
            vpc_id: things.vpc_now(),
            peer_vpc_id: other.now().into(),
            ..Default::default()
        };
        let done = "Asked. Accept the connection, then add a route on both sides.";
        asking.ask(call, done).is_some()
    };
    view! {
        <AskForm label="Add peering connection" verb="Ask for peering" asking open submit>
            <OneField label="The other VPC" one=other/>
            <Show when=move || other.of.with(Vec::is_empty)>
                <p class="t12 dim">"There is no other VPC yet: make one in the first section."</p>
            </Show>
        </AskForm>
    }
}
