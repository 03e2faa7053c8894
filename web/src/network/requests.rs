//! Requests: so many, or lasting traffic, from one end to another.

use super::ask_form::Refused;
use super::asking::Asking;
use super::fields::{One, OneField, Text, TextField};
use super::things::{Choice, things};
use crate::markup::{Show, view};
use crate::projector::projected;
use crate::signals::{Memo, RwSignal};
use fargate_core::call::{Call, SendRequests, SetTraffic, TrafficSource, TrafficTarget};
use fargate_core::wire::print;
use fargate_session::Session;
use fargate_session::network::StreamCard;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The value of a name that is typed.
const TYPED: &str = "typed";
/// The value of traffic that lasts.
const LASTING: &str = "lasting";
/// What is said of a number that is none.
const NUMBERS_SAY: &str = "Write whole numbers: a port from 0 to 65535, requests from 1 to 10,000.";
/// Tenths of a request a second that a number of requests is sent with.
const BURST: u32 = 100;

/// Sends requests, and ends what lasts.
#[component]
pub fn Requests() -> AnyView {
    let (things, asking) = (things(), Asking::new());
    let (asked, rate) = (things, projected().requests);
    // traffic changes nothing of the network, which alone makes it be asked anew
    let lasting = Memo::new(move |_| rate.get().rate_tenths);
    let cards = Memo::new(move |_| {
        lasting.get();
        asked.ask(Session::traffic)
    });
    let from = One::of(move || {
        let choice = |(end, name): &(TrafficSource, String)| (print(end), name.clone());
        cards.with(|cards| cards.senders.iter().map(choice).collect())
    });
    let to = One::of(move || {
        let choice =
            |(end, name, _): &(TrafficTarget, String, Option<u16>)| (print(end), name.clone());
        let mut all: Vec<Choice> = cards.with(|cards| cards.targets.iter().map(choice).collect());
        all.push((TYPED.to_owned(), "An address or a name".to_owned()));
        all
    });
    let typed = Text::of("example.com");
    let port = Text::offering(move || {
        let value = to.get();
        cards.with(|cards| {
            let chosen = cards.targets.iter().find(|it| print(&it.0) == value);
            chosen.and_then(|it| it.2).unwrap_or(80).to_string()
        })
    });
    let kind = One::fixed(&[("some", "So many"), (LASTING, "Lasting")]);
    let number = Text::of("10");
    let bad_number = RwSignal::new(false);
    let call = move || {
        let lasting = kind.now() == LASTING;
        let number = number.now().parse::<u32>().ok()?;
        let port = port.now().parse().ok()?;
        let (sender, target) = (from.now(), to.now());
        cards.with_untracked(|cards| {
            let senders = cards.senders.iter();
            let from = senders
                .map(|it| &it.0)
                .find(|it| print(*it) == sender)?
                .clone();
            let targets = cards.targets.iter();
            let known = targets.map(|it| &it.0).find(|it| print(*it) == target);
            let to = match known {
                Some(known) => known.clone(),
                None => TrafficTarget::Name(typed.now().into()),
            };
            Some(if lasting {
                let rate_tenths = number.saturating_mul(10);
                Call::from(SetTraffic {
                    from,
                    to,
                    port,
                    rate_tenths,
                })
            } else {
                let (count, rate_tenths) = (number, BURST);
                Call::from(SendRequests {
                    from,
                    to,
                    port,
                    count,
                    rate_tenths,
                })
            })
        })
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let call = call();
        bad_number.set(call.is_none());
        if let Some(call) = call {
            asking.ask(call, "Requests are on their way.");
        }
    };
    let streams = move || {
        let stream = |card: StreamCard| view! { <Stream card asking/> };
        let cards = cards.with(|cards| cards.streams.clone());
        cards.into_iter().map(stream).collect_view()
    };
    view! {
        <form class="net-form" novalidate aria-label="Send requests" on:submit=submit>
            <OneField label="From" one=from/>
            <OneField label="To" one=to/>
            <Show when=move || to.get() == TYPED>
                <TextField label="Address or name" text=typed example="10.0.1.7 or api.local"/>
            </Show>
            <div class="fields two">
                <TextField label="Port" text=port/>
                <OneField label="How many" one=kind/>
            </div>
            <Show
                when=move || kind.get() == LASTING
                fallback=move || view! { <TextField label="Requests" text=number/> }
            >
                <TextField label="Requests a second" text=number/>
            </Show>
            <p class="t12 err-t" role="alert">{move || bad_number.get().then_some(NUMBERS_SAY)}</p>
            <Refused refusal=asking.refusal/>
            <div class="row"><button type="submit" class="btn sm prim">"Send"</button></div>
        </form>
        <ul class="net-list" aria-label="Traffic that lasts">{streams}</ul>
    }
}

#[component]
fn Stream(
    /// The traffic.
    card: StreamCard,
    /// How it is ended.
    asking: Asking,
) -> AnyView {
    let StreamCard { words, end } = card;
    let about = format!("Stop: {words}");
    view! {
        <li class="row">
            <span class="grow t12">{words}</span>
            <button
                type="button"
                class="btn sm line"
                aria-label=about
                on:click=move |_| {
                    asking.ask(end.clone(), "The traffic ended.");
                }
            >
                "Stop"
            </button>
        </li>
    }
}
