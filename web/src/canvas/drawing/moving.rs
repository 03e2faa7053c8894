//! What moving a task takes: said before it is done.

use super::super::stage::stage;
use super::ask::{AskForm, focus_button};
use super::drawing;
use crate::markup::view;
use crate::signals::{Memo, Signal};
use fargate_session::tools::{Hand, MoveAsk};
use leptos::prelude::*;

/// The popover.
#[component]
pub fn AskMove() -> AnyView {
    let (stage, drawing) = (stage(), drawing());
    let asked = Memo::new(move |_| {
        drawing.hand.with(|hand| match hand {
            Some(Hand::Move(hand)) => hand.ask.clone(),
            _ => None,
        })
    });
    let words = move |which: fn(&MoveAsk) -> String| {
        Signal::derive(move || asked.with(|asked| asked.as_ref().map(which).unwrap_or_default()))
    };
    let plan = Callback::new(move |()| {
        let plan = untrack(|| {
            drawing.ask(stage, |hand, ground| match hand {
                Hand::Move(hand) => hand.ask.as_ref().and_then(|ask| ask.plan(ground)),
                _ => None,
            })
        });
        plan.flatten()
    });
    focus_button();
    view! {
        <AskForm title=words(|ask| format!("Move {} to {}", ask.task, ask.to)) button=words(MoveAsk::button) plan>
            <p class="t12 t2">{words(MoveAsk::sentence)}</p>
        </AskForm>
    }
}
