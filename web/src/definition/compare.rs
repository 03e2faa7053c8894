//! Any two revisions side by side, or a revision and the draft: the lines that one has and the other has not.

use super::diff::{rows, summary};
use super::diff_view::diff_view;
use super::draft::{Draft, Shown, draft};
use super::judged::Judged;
use super::revision::Side;
use crate::markup::view;
use crate::projector::projected;
use crate::signals::RwSignal;
use fargate_core::text::Json;
use leptos::prelude::*;
use std::sync::Arc;

/// What the shown revision is compared with; nothing at first.
pub type Against = RwSignal<Option<Shown>>;

/// The values of the choice besides the revisions' names, which have a colon.
const NOTHING: &str = "nothing";
const DRAFT: &str = "draft";

/// The choice of what a revision is compared with.
#[component]
pub fn CompareWith(
    /// The shown revision.
    name: String,
    /// What it is compared with.
    against: Against,
) -> AnyView {
    let projected = projected();
    let value = move || against.with(|against| value_of(against.as_ref()));
    let options = move || {
        let families = projected.families.get();
        let revisions = families
            .iter()
            .flat_map(|family| family.revisions.iter().rev());
        let others = revisions.filter(|card| card.name != name);
        let options = others.map(|card| {
            let other = card.name.clone();
            let chosen = other.clone();
            let selected = move || value() == chosen;
            view! { <option value=other.clone() selected=selected>{other.clone()}</option> }
        });
        options.collect_view()
    };
    let choose = move |event| {
        against.set(match &*event_target_value(&event) {
            NOTHING => None,
            DRAFT => Some(Shown::Draft),
            name => Some(Shown::Revision(name.to_owned())),
        });
    };
    view! {
        <label class="row tight">
            "Compare with"
            <select class="btn sm line pick" aria-label="Compare with" prop:value=value on:change=choose>
                <option value=NOTHING selected=move || value() == NOTHING>"nothing"</option>
                <option value=DRAFT selected=move || value() == DRAFT>"the draft"</option>
                {options}
            </select>
        </label>
    }
}

fn value_of(against: Option<&Shown>) -> String {
    match against {
        None => NOTHING.to_owned(),
        Some(Shown::Draft) => DRAFT.to_owned(),
        Some(Shown::Revision(name)) => name.clone(),
    }
}

/// The lines that lead from what is compared to the shown revision; from a revision to the draft, which is younger.
#[component]
pub fn Comparison(
    /// The shown revision.
    name: String,
    /// What it is compared with.
    against: Shown,
    /// Which of the revisions' texts.
    side: RwSignal<Side>,
) -> AnyView {
    let draft = draft();
    let (from, to) = match against {
        Shown::Draft => (Shown::Revision(name), Shown::Draft),
        other @ Shown::Revision(_) => (other, Shown::Revision(name)),
    };
    let words = format!("From {} to {}: ", called(&from), called(&to));
    let rows = move || {
        rows(
            &text_of(draft, &from, side.get()),
            &text_of(draft, &to, side.get()),
        )
    };
    let lines = move || {
        let rows = rows();
        view! {
            <p class="note" role="status">{words.clone()}{summary(&rows)}</p>
            {(!rows.is_empty()).then(|| diff_view(&rows, "Lines".to_owned()))}
        }
    };
    view! { <section class="def-compare" aria-label="Comparison">{lines}</section> }
}

fn called(shown: &Shown) -> &str {
    match shown {
        Shown::Draft => "the draft",
        Shown::Revision(name) => name,
    }
}

fn text_of(draft: Draft, shown: &Shown, side: Side) -> Arc<str> {
    match shown {
        // as it would be sent, so that blanks and breaks make no difference
        Shown::Draft => as_sent(&draft.judged()),
        Shown::Revision(name) => match (draft.peek_revision(name), side) {
            (Some(card), Side::Sent) => card.sent,
            (Some(card), Side::Described) => card.json,
            (None, _) => Arc::from(""),
        },
    }
}

/// What registering the draft would send; its text where that is no definition.
fn as_sent(judged: &Judged) -> Arc<str> {
    let document = &judged.reading.document;
    if document.members().is_empty() {
        return Arc::clone(judged.text());
    }
    Json::of(document).indented().into()
}
