//! What a drawn route changes: said before it is done, since a table may be shared.

use super::super::stage::stage;
use super::ask::{AskForm, focus_button};
use super::drawing;
use crate::icons::{Glyph, Icon};
use crate::markup::{live, view};
use crate::signals::{Memo, Signal};
use fargate_session::tools::{Hand, RouteAsk};
use leptos::prelude::*;

/// The popover.
#[component]
pub fn AskRoute() -> AnyView {
    let (stage, drawing) = (stage(), drawing());
    let asked = Memo::new(move |_| {
        drawing.hand.with(|hand| match hand {
            Some(Hand::Route(hand)) => hand.ask.clone(),
            _ => None,
        })
    });
    let words = move |which: fn(&RouteAsk) -> String| {
        Signal::derive(move || asked.with(|asked| asked.as_ref().map(which).unwrap_or_default()))
    };
    let plan =
        Callback::new(move |()| asked.with_untracked(|asked| asked.as_ref().map(RouteAsk::plan)));
    let also = move || {
        asked.with(|asked| asked.as_ref().and_then(RouteAsk::also)).map(|words| {
            view! { <p class="note warn"><Glyph icon=Icon::Warn class="i-14 warn-c"/><span>{words}</span></p> }
        })
    };
    let own = move || {
        let words = asked.with(|asked| asked.as_ref().and_then(RouteAsk::own_button))?;
        let act = move |_| {
            if let Some(ask) = asked.get_untracked() {
                drawing.carry_out(stage, &ask.own_plan());
            }
        };
        Some(view! {
            <div class="row"><button type="button" class="btn sm line" on:click=act>{words}</button></div>
        })
    };
    focus_button();
    view! {
        <AskForm
            title=words(RouteAsk::title)
            button=words(|ask| ask.button().to_owned())
            plan
        >
            <p class="t12 t2">{words(RouteAsk::sentence)}</p>
            {live(also)}
            {live(own)}
        </AskForm>
    }
}
