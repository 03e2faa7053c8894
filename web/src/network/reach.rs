//! 'Can A reach B?': the question, and the answer part by part, there and back.

use super::ask_form::Leads;
use super::asking::Asking;
use super::fields::{One, OneField, Text, TextField};
use super::rule_words::PORTS_SAY;
use super::things::{Choice, Things, said, things};
use crate::icons::{Glyph, Icon};
use crate::markup::{IntoChild, Show, view};
use crate::signals::{Memo, RwSignal};
use fargate_core::call::Call;
use fargate_session::network::{Asked, Card, Kind, Probe, ReachCard};
use fargate_session::reach::HopCard;
use fargate_session::view::{FixCard, FlightEnd};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The value of a host on the Internet among the senders.
const INTERNET: &str = "internet";
/// The value of an address or a name that is typed.
const TYPED: &str = "typed";

/// The interfaces, those of tasks first.
fn interfaces(things: Things) -> Vec<Choice> {
    let address = |card: &Card| format!(", {}", said(Some(card), "Private address"));
    let mut all = things.choices_with(Kind::Interface, |_| true, address);
    all.sort_by_key(|(_, words)| !words.starts_with("Task"));
    all
}

/// Those that open connections: what only answers or forwards does not.
fn senders(things: Things, interfaces: Vec<Choice>) -> Vec<Choice> {
    let mut all = interfaces;
    all.retain(|(_, words)| !words.starts_with("NAT gateway") && !words.starts_with("Endpoint"));
    all.push((INTERNET.to_owned(), "Anyone on the Internet".to_owned()));
    let hosts = things.choices(Kind::Host).into_iter();
    all.extend(hosts.map(|(_, name)| (name.clone(), format!("Host {name}"))));
    all
}

/// What else is reached: load balancers, hosts on the Internet, and the names of databases, file systems and private zones.
fn names(things: Things) -> Vec<Choice> {
    let all = |kind| things.choices_where(kind, |_| true);
    let called = |(id, title): Choice| {
        let name = things.fact(&id, "Name");
        let words = format!("{title}: {name}");
        (name, words)
    };
    let balancers = all(Kind::LoadBalancer).into_iter();
    let mut choices: Vec<Choice> = balancers
        .map(|(id, name)| (id, format!("Load balancer {name}")))
        .collect();
    let named = [Kind::Database, Kind::FileSystem];
    choices.extend(named.into_iter().flat_map(all).map(called));
    let zones = all(Kind::HostedZone).into_iter();
    let cards = zones.filter_map(|(id, _)| things.card(&id));
    let records = cards.flat_map(|card| card.lists).flat_map(|it| it.lines);
    choices.extend(records.map(|line| (line.head.clone(), line.head)));
    let hosts = all(Kind::Host).into_iter();
    choices.extend(hosts.map(|(_, name)| (name.clone(), format!("Host {name}"))));
    choices
}

/// The question and its answer.
#[component]
pub fn Reachability() -> AnyView {
    let things = things();
    let all = Memo::new(move |_| interfaces(things));
    let from = One::of(move || senders(things, all.get()));
    Effect::new(move |_| {
        if let Some(sender) = things.asked_from.get() {
            from.set(sender);
        }
    });
    let to = One::of(move || {
        let mut choices = vec![(TYPED.to_owned(), "An address or a name".to_owned())];
        choices.extend(all.get());
        choices.extend(names(things));
        choices
    });
    let typed = Text::of("example.com");
    let probe = One::fixed(&[
        ("curl", "curl: TCP"),
        ("udp", "nc: UDP"),
        ("ping", "ping: ICMP"),
        ("nslookup", "nslookup: the name only"),
        ("traceroute", "traceroute: TCP, hop by hop"),
    ]);
    let port = Text::of("443");
    let asked = RwSignal::new(None::<Asked>);
    let bad_port = RwSignal::new(false);
    let now = move || match probe.get().as_str() {
        "udp" => Probe::Udp,
        "ping" => Probe::Ping,
        "nslookup" => Probe::Nslookup,
        "traceroute" => Probe::Traceroute,
        _ => Probe::Curl,
    };
    let ask = move |event: SubmitEvent| {
        event.prevent_default();
        let probe = untrack(now);
        let number = port.now().parse::<u16>();
        bad_port.set(probe.has_port() && number.is_err());
        if bad_port.get_untracked() {
            return;
        }
        let to = match to.now() {
            text if text == TYPED => typed.now(),
            id => id,
        };
        asked.set(Some(Asked {
            from: from.now(),
            to,
            probe,
            port: number.unwrap_or_default(),
        }));
    };
    // The answer stays true: it is asked again whenever the network changes.
    let answer = Memo::new(move |_| {
        let asked = asked.get()?;
        Some(things.ask(|session| session.probe(&asked)))
    });
    view! {
        <form class="net-form" novalidate aria-label="Can A reach B?" on:submit=ask>
            <OneField label="From" one=from/>
            <OneField label="To" one=to/>
            <Show when=move || to.get() == TYPED>
                <TextField label="Address or name" text=typed example="10.0.1.7 or s3.us-east-1.amazonaws.com"/>
            </Show>
            <div class="fields two">
                <OneField label="With" one=probe/>
                <Show when=move || now().has_port()><TextField label="Port" text=port/></Show>
            </div>
            <p class="t12 err-t" role="alert">{move || bad_port.get().then_some(PORTS_SAY)}</p>
            <div class="row"><button type="submit" class="btn sm prim">"Ask"</button></div>
        </form>
        <div role="status" class="net-inner">{move || answer.get().map(|answer| match answer {
            Ok(card) => view! { <Answer card asked/> },
            Err(why) => view! { <p class="t12 err-t">{why}</p> },
        })}</div>
    }
}

/// How many requests a button sends, how fast in tenths of a request a second, and what it says.
const SENDS: [(u32, u32, &str); 2] = [
    (1, 10, "Send one request"),
    (100, 125, "Send 100 requests so"),
];

#[component]
fn Answer(
    /// The answer.
    card: ReachCard,
    /// The question.
    asked: RwSignal<Option<Asked>>,
) -> AnyView {
    let things = things();
    let sends = SENDS.into_iter().filter_map(|(count, rate, words)| {
        let asked = asked.get_untracked()?;
        let call = untrack(|| things.ask(|session| session.requests(&asked, count, rate)))?;
        Some(view! { <Send call words/> })
    });
    let sends: Vec<AnyView> = sends.collect();
    let (icon, class) = match card.end {
        FlightEnd::Delivered => (Icon::Ok, "i-14 ok-c"),
        FlightEnd::Refused | FlightEnd::Failed => (Icon::Warn, "i-14 warn-c"),
        FlightEnd::Denied => (Icon::Error, "i-14 err-c"),
    };
    let (there, back): (Vec<HopCard>, Vec<HopCard>) = card
        .hops
        .into_iter()
        .partition(|hop| hop.phase == "forward");
    let list = |title: &'static str, steps: Vec<HopCard>| {
        (!steps.is_empty()).then(|| {
            let steps = steps.into_iter().map(|step| view! { <Step step/> });
            view! {
                <div class="net-lines">
                    <h4 class="t12 dim">{title}</h4>
                    <ol class="rules" aria-label=title>{steps.collect_view()}</ol>
                </div>
            }
        })
    };
    let near = card
        .near
        .into_iter()
        .map(|words| view! { <li class="t12">{words}</li> });
    let near = near.collect_view();
    let fixes = card.fixes.into_iter().map(|fix| view! { <Fix fix/> });
    let shell = card.shell.join("\n");
    view! {
        <div class="net-row" aria-label="Answer" role="group">
            <div class="row tight">
                <Glyph icon=icon class=class/>
                <h3 class="med grow net-title">{card.title}</h3>
            </div>
            <p class="t12 mono dim">{card.route}</p>
            {card.code.map(|code| view! { <p class="t12 mono">{code}</p> })}
            <p class="t12 t2">{card.sentence}" "{card.cure}</p>
            {list("The way there", there)}
            {list("The way back", back)}
            <div class="net-lines" hidden=near.is_empty()>
                <h4 class="t12 dim">"Nearly"</h4>
                <ul aria-label="Nearly">{near}</ul>
            </div>
            <div class="net-acts">{fixes.collect_view()}{sends.collect_view()}</div>
            <pre class="net-shell" tabindex="0" role="region" aria-label="What the sender's shell prints">{shell}</pre>
        </div>
    }
}

#[component]
fn Step(
    /// The part that was asked.
    step: HopCard,
) -> AnyView {
    let things = things();
    let (icon, class, said) = if step.passed {
        (Icon::Check, "i-12 ok-c", "passes: ")
    } else {
        (Icon::Error, "i-12 err-c", "stops it: ")
    };
    // several groups decide together: the first has a row as the others have
    let id = step.id.split('+').next().unwrap_or_default().to_owned();
    let way = if step.direction == "ingress" {
        "in"
    } else {
        "out"
    };
    let name = format!("{}, {way}", step.name);
    let has_row = untrack(|| things.card(&id)).is_some();
    let part = if has_row {
        view! { <Leads id words=name/> }
    } else {
        view! { <span class="med">{name}</span> }
    };
    view! {
        <li class="rule-row">
            <Glyph icon=icon class=class/>
            <span class="grow net-line">
                {part}
                <span class="sr">{said}</span>
                <span class="dim">{step.rule}</span>
            </span>
        </li>
    }
}

/// Sends requests the way that was asked about; they fly over the canvas.
#[component]
fn Send(
    /// The call.
    call: Call,
    /// What the button says.
    words: &'static str,
) -> AnyView {
    let asking = Asking::new();
    view! {
        <button
            type="button"
            class="btn sm line"
            on:click=move |_| {
                asking.ask(call.clone(), "Sent.");
            }
        >
            <Glyph icon=Icon::Send class="i-12"/>
            {words}
        </button>
    }
}

/// A cure that was tried.
#[component]
fn Fix(
    /// The cure.
    fix: FixCard,
) -> AnyView {
    let asking = Asking::new();
    let FixCard { title, calls } = fix;
    view! {
        <button
            type="button"
            class="btn sm line"
            on:click=move |_| {
                for call in calls.clone() {
                    if asking.ask(call, "Done.").is_none() {
                        break;
                    }
                }
            }
        >
            <Glyph icon=Icon::Wrench class="i-12"/>
            {title.clone()}
        </button>
    }
    .into_child()
}
