//! A row: the name of a thing that tasks fetch, whether it is there, what is in it, and what can be done with it.

use super::Cards;
use super::forms::PushForm;
use crate::markup::{For, Show, view};
use crate::network::ask_form::{Opens, Refused};
use crate::network::asking::Asking;
use crate::network::row::{ActButton, LineRow, pill};
use crate::network::things::InRowOf;
use crate::signals::{Memo, RwSignal, StoredValue};
use fargate_session::network::{Act, Line};
use fargate_session::stores::{StoreCard, StoreKind};
use leptos::prelude::*;

/// The row.
#[component]
pub fn StoreRow(
    /// All cards.
    cards: Cards,
    /// What it is.
    kind: StoreKind,
    /// Its name.
    name: String,
) -> AnyView {
    let asking = Asking::new();
    let wanted = name.clone();
    let card = Memo::new(move |_| {
        cards.with(|cards| {
            let mut cards = cards.iter();
            cards
                .find(|it| it.kind == kind && it.name == wanted)
                .cloned()
        })
    });
    let row = StoredValue::new(format!("store-{}-{name}", kind.word()));
    let act = Callback::new(move |act: Act| {
        if asking.ask(act.call, act.done).is_some() {
            // The button that was pressed may be gone: the focus stays in the row.
            request_animation_frame(move || crate::browser::focus(&row.get_value()));
        }
    });
    let look = move |part: fn(&StoreCard) -> usize| card.with(|it| it.as_ref().map_or(0, part));
    let state = move || card.with(|it| it.as_ref().map(|it| pill(&it.state)));
    let facts = move || card.with(|it| it.as_ref().map(|it| it.facts.clone()).unwrap_or_default());
    let acts = move || card.with(|it| it.as_ref().map(|it| it.acts.clone()).unwrap_or_default());
    let lines = move || {
        let held = card.with(|it| it.as_ref().and_then(|it| it.holds.clone()));
        held.map(|it| it.lines).unwrap_or_default()
    };
    let title = card.with_untracked(|it| {
        it.as_ref()
            .map(|it| it.holds.as_ref().map_or("", |it| it.title))
    });
    let none = move || {
        card.with(|it| {
            let held = it.as_ref().and_then(|it| it.holds.as_ref());
            held.filter(|it| it.lines.is_empty()).map(|it| it.empty)
        })
    };
    let takes = Memo::new(move |_| look(|it| usize::from(it.takes_images)) > 0);
    let push = RwSignal::new(false);
    provide_context(InRowOf(name.clone()));
    let (heading, about) = (name.clone(), format!("Push an image to {name}"));
    let name = StoredValue::new(name);
    view! {
        <li class="net-row" id=row.get_value() tabindex="-1">
            <div class="row tight">
                <h3 class="med grow net-title">{heading}</h3>
                {state}
            </div>
            <p class="t12 dim">{kind.word()}</p>
            <div class="net-body">
                <dl class="net-dl">
                    <For each=facts key=|fact| format!("{} {}", fact.0, fact.1) children=fact/>
                </dl>
                <ul class="rules" aria-label=title.filter(|title| !title.is_empty())>
                    <For each=lines key=|line: &Line| format!("{} {}", line.key, line.words) children=move |line| view! { <LineRow line act/> }/>
                </ul>
                {move || none().map(|words| view! { <p class="t12 dim">{words}</p> })}
                <div class="net-acts">
                    <Show when=move || takes.get()><Opens add="Push an image" open=push about=about.clone()/></Show>
                    <For each=acts key=|act: &Act| act.about.clone() children=move |it| view! { <ActButton it act/> }/>
                </div>
                <Refused refusal=asking.refusal/>
                <Show when=move || push.get() && takes.get()><PushForm repository=name.get_value() open=push/></Show>
            </div>
        </li>
    }
}

fn fact((name, value): (&'static str, String)) -> AnyView {
    view! { <div><dt>{name}</dt><dd><span class="mono">{value}</span></dd></div> }
}
