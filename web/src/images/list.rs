//! A list of images: what each does in one sentence, and the ways to change it.

use super::draft::Draft;
use crate::icons::{Glyph, Icon};
use crate::markup::{For, IntoChild, view};
use crate::signals::Signal;
use fargate_session::ImageCard;
use leptos::prelude::*;

/// What a card says, where neither catalogue nor person says more.
fn about(card: &ImageCard) -> String {
    match (card.own, card.about.is_empty()) {
        (true, _) => "Said in this scenario.".to_owned(),
        (false, true) => "A small server: the catalogue does not know it.".to_owned(),
        (false, false) => card.about.clone(),
    }
}

/// A list of images.
#[component]
pub fn Images(
    /// The images.
    #[prop(into)]
    cards: Signal<Vec<ImageCard>>,
    /// Where they are edited.
    draft: Draft,
) -> AnyView {
    // A card that changed is a row of its own.
    let key = |card: &ImageCard| format!("{} {} {}", card.name, card.own, card.text);
    view! {
        <ul class="net-list">
            <For each=move || cards.get() key=key let:card>{row(card, draft)}</For>
        </ul>
    }
}

fn row(card: ImageCard, draft: Draft) -> AnyView {
    let about = about(&card);
    let ImageCard {
        name, own, text, ..
    } = card;
    let back = own.then(|| {
        let name = name.clone();
        let label = format!("Take back what is said of {name}");
        view! {
            <button type="button" class="btn icon sm" aria-label=label.clone() title=label on:click=move |_| draft.take_back(&name)>
                <Glyph icon=Icon::Close class="i-14"/>
            </button>
        }
    });
    let edit = format!("Edit {name}");
    let (heading, title) = (name.clone(), name.clone());
    view! {
        <li class="net-row">
            <div class="row tight">
                <span class="med grow image-name" title=title>{heading}</span>
                <button type="button" class="btn sm line" aria-label=edit on:click=move |_| draft.begin(&name, &text)>
                    "Edit"
                </button>
                {back}
            </div>
            <p class="t12 t2">{about}</p>
        </li>
    }
    .into_child()
}
