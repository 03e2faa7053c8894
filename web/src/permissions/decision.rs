//! The trace of a decision: what every statement said, who decided, and what mends it.

use super::draft::{Draft, Of};
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use fargate_session::permissions::DecisionCard;
use leptos::prelude::*;

/// A decision. Where the principal is known and a statement helps, the statement can be put into a policy of it.
pub(crate) fn decision(card: DecisionCard, of: Option<Of>, draft: Draft) -> AnyView {
    let verdict = if card.allowed { "Allowed" } else { "Denied" };
    let (icon, class) = if card.allowed {
        (Icon::Check, "i-14 ok-c")
    } else {
        (Icon::Error, "i-14 err-c")
    };
    let steps = card.steps.into_iter().map(|step| {
        let said = match (step.applies, step.effect) {
            (true, "Deny") => "applies and denies".to_owned(),
            (true, _) => "applies and allows".to_owned(),
            (false, _) => format!("does not apply: {}", step.misses),
        };
        let decided = step.decided.then_some(" (this decided)");
        view! { <li><b>{step.name}</b>" ("{step.effect}") "{said}{decided}</li> }
    });
    let near = card
        .near
        .into_iter()
        .map(|it| view! { <p class="t2">{it}</p> });
    let context = card.context.into_iter().map(|(key, value)| {
        view! { <div><dt class="mono">{key}</dt><dd class="mono">{value}</dd></div> }
    });
    let put = card.statement.clone().zip(of).map(|(statement, of)| {
        let put = move |_| {
            let inner = statement.replace('\n', "\n    ");
            let text = format!(
                "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {inner}\n  ]\n}}"
            );
            draft.begin_new(of.clone(), "added", &text);
        };
        view! {
            <button type="button" class="btn sm line" on:click=put>
                <Glyph icon=Icon::Wrench class="i-12"/>
                "Write it into a policy"
            </button>
        }
    });
    let cure = (!card.cure.is_empty()).then(|| view! { <p>{card.cure}</p> });
    let statement = card
        .statement
        .map(|it| view! { <pre class="net-shell">{it}</pre> });
    let message =
        (!card.message.is_empty()).then(|| view! { <p class="t2 note-words">{card.message}</p> });
    view! {
        <div class="net-inner t12">
            <p>
                <Glyph icon=icon class=class/>
                " "<b>{verdict}</b>": "<span class="mono">{card.action}</span>" on "<span class="mono image-name">{card.resource}</span>
            </p>
            <p>{card.reason}</p>
            {message}
            {near.collect_view()}
            {cure}
            {statement}
            {put}
            <details class="image-members">
                <summary>"What each statement said"</summary>
                <ul>{steps.collect_view()}</ul>
                <dl class="net-dl">{context.collect_view()}</dl>
            </details>
        </div>
    }
}
