//! A thing's row: its name and state, its facts and lists, what one click does with it, and its forms.

use super::ask_form::{Leads, Opens, Refused};
use super::asking::Asking;
use super::forms::{self, Form};
use super::things::{InRowOf, row_id, section_of, things};
use crate::markup::{For, IntoChild, Show, view};
use crate::signals::{Memo, RwSignal, Signal, StoredValue};
use fargate_session::network::{Act, Card, Fact, Line, Lines, State, Tone};
use leptos::prelude::*;

/// A row with a heading.
#[component]
pub fn ThingRow(
    /// The thing's id.
    id: String,
) -> AnyView {
    let things = things();
    let wanted = id.clone();
    let card = Memo::new(move |_| things.card(&wanted));
    let title = Memo::new(move |_| card.with(|card| card.as_ref().map(|card| card.title.clone())));
    let state = Memo::new(move |_| card.with(|card| card.as_ref().and_then(|it| it.state.clone())));
    let shown_id = id.clone();
    let is_named = move || title.with(|title| title.as_deref() != Some(shown_id.as_str()));
    let (row, words) = (row_id(&id), id.clone());
    view! {
        <li class="net-row" id=row tabindex="-1">
            <div class="row tight">
                <h3 class="med grow net-title">{title}</h3>
                {move || state.get().map(|state| pill(&state))}
            </div>
            <Show when=is_named><p class="t12 mono dim">{words.clone()}</p></Show>
            <ThingBody id/>
        </li>
    }
}

/// A state as a pill: its words, and a colour that repeats them.
pub(crate) fn pill(state: &State) -> AnyView {
    let class = match state.tone {
        Tone::Good => "pill ok",
        Tone::Waiting => "pill warn",
        Tone::Bad => "pill err",
        Tone::Plain => "pill idle",
    };
    view! { <span class=class>{state.words.clone()}</span> }
}

/// What is below the heading.
#[component]
pub fn ThingBody(
    /// The thing's id.
    id: String,
) -> AnyView {
    let things = things();
    let asking = Asking::new();
    let wanted = id.clone();
    let card = Memo::new(move |_| things.card(&wanted));
    let part = move |look: fn(&Card) -> usize| move || card.with(|it| it.as_ref().map_or(0, look));
    let lists = Memo::new(move |_| part(|card| card.lists.len())());
    let act = Callback::new({
        let id = id.clone();
        move |act: Act| {
            let section = card.with_untracked(|card| card.as_ref().map(|card| card.kind));
            if asking.ask(act.call, act.done).is_some() {
                keep_focus(&id, section.map(section_of));
            }
        }
    });
    let facts = move || card.with(|it| it.as_ref().map(|it| it.facts.clone()).unwrap_or_default());
    let acts = move || card.with(|it| it.as_ref().map(|it| it.acts.clone()).unwrap_or_default());
    let places = move || (0..lists.get()).collect::<Vec<usize>>();
    let list = move |place: usize| {
        let lines = Memo::new(move |_| {
            card.with(|card| {
                card.as_ref()
                    .and_then(|card| card.lists.get(place).cloned())
            })
        });
        view! { <LineList lines act/> }
    };
    let kind = card.with_untracked(|card| card.as_ref().map(|card| card.kind));
    let mine = kind.map(forms::of).unwrap_or_default();
    let opened = mine.into_iter().map(|form| (form, RwSignal::new(false)));
    let opened: Vec<(Form, RwSignal<bool>)> = opened.collect();
    let name = things.called(&id);
    provide_context(InRowOf(name.clone()));
    let buttons = opened.iter().map(|(form, open)| {
        let about = format!("{}: {name}", form.add);
        let (add, when, open) = (form.add, form.when, *open);
        let fits = move || {
            let state = card.with(|card| card.as_ref().and_then(|it| it.state.clone()));
            when.is_none_or(|when| state.is_some_and(|state| state.words == when))
        };
        view! { <Show when=fits><Opens add open about=about.clone()/></Show> }
    });
    let buttons = buttons.collect_view();
    let id = StoredValue::new(id);
    let bodies = opened.iter().map(|(form, open)| {
        let (form, open) = (*form, *open);
        view! { <Show when=move || open.get()>{(form.make)(id.get_value(), open)}</Show> }
    });
    let bodies = bodies.collect_view();
    view! {
        <div class="net-body">
            <dl class="net-dl">
                <For each=facts key=|fact| format!("{} {}", fact.name, fact.value) children=fact/>
            </dl>
            <For each=places key=usize::clone children=list/>
            <div class="net-acts">
                {buttons}
                <For each=acts key=|act| act.about.clone() children=move |it| view! { <ActButton it act/> }/>
            </div>
            <Refused refusal=asking.refusal/>
            {bodies}
        </div>
    }
}

/// The button that was pressed may be gone: the focus stays in the row, or where the row was.
pub(crate) fn keep_focus(id: &str, section: Option<fargate_session::network::Kind>) {
    let row = row_id(id);
    request_animation_frame(move || {
        request_animation_frame(move || {
            let lost = document()
                .active_element()
                .is_none_or(|element| element.tag_name() == "BODY");
            if !lost {
                return;
            }
            if document().get_element_by_id(&row).is_some() {
                crate::browser::focus(&row);
            } else if let Some(section) = section {
                crate::browser::focus(&super::fold::head_id(section));
            }
        });
    });
}

fn fact(fact: Fact) -> AnyView {
    let Fact {
        name,
        value,
        leads_to,
    } = fact;
    let value = match leads_to {
        Some(id) => view! { <Leads id words=value/> },
        None => view! { <span class="mono">{value}</span> },
    };
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }
}

#[component]
pub(crate) fn ActButton(
    /// The act.
    it: Act,
    /// Does it.
    act: Callback<Act>,
) -> AnyView {
    let (title, about) = (it.title, it.about.clone());
    view! {
        <button type="button" class="btn sm" aria-label=about on:click=move |_| act.run(it.clone())>
            {title}
        </button>
    }
}

/// A list of routes, entries, rules or blocks.
#[component]
fn LineList(
    /// The list; `None` when its thing is gone.
    lines: Memo<Option<Lines>>,
    /// Does what a line offers.
    act: Callback<Act>,
) -> AnyView {
    let title = lines.with_untracked(|it| it.as_ref().map_or("", |it| it.title));
    let empty = lines.with_untracked(|it| it.as_ref().map_or("", |it| it.empty));
    let all = move || lines.with(|it| it.as_ref().map(|it| it.lines.clone()).unwrap_or_default());
    let key = |line: &Line| {
        let state = line.state.as_ref().map_or("", |state| state.words.as_str());
        format!("{} {} {state}", line.key, line.words)
    };
    let none =
        Signal::derive(move || lines.with(|it| it.as_ref().is_none_or(|it| it.lines.is_empty())));
    view! {
        <div class="net-lines">
            <p class="t12 dim net-lines-name" aria-hidden="true">{title}</p>
            <ul class="rules" aria-label=title>
                <For each=all key=key children=move |line| view! { <LineRow line act/> }/>
            </ul>
            <Show when=move || none.get()><p class="t12 dim">{empty}</p></Show>
        </div>
    }
}

#[component]
pub(crate) fn LineRow(
    /// The line.
    line: Line,
    /// Does what it offers.
    act: Callback<Act>,
) -> AnyView {
    let Line {
        head,
        words,
        leads_to,
        state,
        acts,
        ..
    } = line;
    let words = match leads_to {
        Some(id) => view! { <Leads id words/> },
        None => view! { <span class="net-words">{words}</span> },
    };
    let head = (!head.is_empty()).then(|| view! { <span class="mono net-line-head">{head}</span> });
    let buttons = acts.into_iter().map(|it| {
        let (about, title) = (it.about.clone(), it.about.clone());
        view! {
            <button type="button" class="btn icon sm" aria-label=about title=title on:click=move |_| act.run(it.clone())>
                <crate::icons::Glyph icon=crate::icons::Icon::Close class="i-14"/>
            </button>
        }
    });
    view! {
        <li class="rule-row">
            <span class="grow net-line">{head}{words}</span>
            {state.map(|state| pill(&state))}
            {buttons.collect_view().into_child()}
        </li>
    }
}
