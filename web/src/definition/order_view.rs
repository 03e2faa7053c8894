//! The picture of what waits for what, and the same in sentences: a section below the editor.

use super::draft::draft;
use super::order::{BOX, Order, Place, Wait, order};
use super::section::Folding;
use crate::icons::Icon;
use crate::markup::{Show, live, view};
use crate::signals::{Memo, RwSignal};
use leptos::prelude::*;

/// The most characters of a name that a box has room for.
const ROOM: usize = 15;

/// The section; nothing where no container waits for another.
#[component]
pub fn StartOrder() -> AnyView {
    let draft = draft();
    let open = RwSignal::new(false);
    let picture = Memo::new(move |_| order(&draft.judged().reading.definition));
    view! {
        <Show when=move || picture.with(Option::is_some)>
            <Folding title="Start order" icon=Icon::List head="start-order-head" open>
                {live(move || picture.get().map(|order| drawn(&order)))}
            </Folding>
        </Show>
    }
}

fn drawn(order: &Order) -> AnyView {
    let (width, height) = order.size;
    let sentences = order
        .waits
        .iter()
        .map(|wait| view! { <li>{wait.sentence()}</li> });
    let circle = order.waits.iter().any(|wait| wait.line.is_empty());
    let picture = (!order.boxes.is_empty()).then(|| {
        let lines = order.waits.iter().filter_map(line).collect_view();
        let boxes = order.boxes.iter().map(container).collect_view();
        view! {
            <div class="order-picture" role="img" aria-label="What starts first stands highest; the list below says the same.">
                <svg viewBox=format!("0 0 {width} {height}") width=width height=height aria-hidden="true">
                    {lines}
                    {boxes}
                </svg>
            </div>
        }
    });
    view! {
        <div class="order-in" tabindex="0" role="group" aria-label="Who waits for whom">
            {picture}
            {circle.then(|| view! { <p class="note warn">"Some wait in a circle, so none of those would start. They are not drawn."</p> })}
            <ul class="t12 t2">{sentences.collect_view()}</ul>
        </div>
    }
}

fn container(place: &Place) -> AnyView {
    let (x, y) = (place.x, place.y);
    let mut name: String = place.name.chars().take(ROOM).collect();
    if name.len() < place.name.len() {
        name.pop();
        name.push('\u{2026}');
    }
    view! {
        <g>
            <rect class="order-box" x=x y=y width=BOX.0 height=BOX.1 rx="6"></rect>
            <text class="order-name" x=x + BOX.0 / 2.0 y=y + 18.0 text-anchor="middle">{name}</text>
        </g>
    }
}

fn line(wait: &Wait) -> Option<AnyView> {
    let (&(x, y), rest) = wait.line.split_first()?;
    let (&(end_x, end_y), between) = rest.split_last()?;
    // the head stands on the box of the one that waits, from above or from the right
    let (end, head) = if between.is_empty() {
        ((end_x, end_y - 6.0), "l-4 -7h8z")
    } else {
        ((end_x + 6.0, end_y), "l7 -4v8z")
    };
    let corners = between.iter().chain([&end]);
    let corners: Vec<_> = corners.map(|(x, y)| format!("{x} {y}")).collect();
    let way = format!("M{x} {y}L{}", corners.join("L"));
    let head = format!("M{end_x} {end_y}{head}");
    // in the middle of the line, which for one around the boxes is on its way down
    let (word_x, word_y) = match *between {
        [above, below] => (above.0, above.1.midpoint(below.1)),
        _ => (x.midpoint(end_x), y.midpoint(end_y)),
    };
    Some(view! {
        <g>
            <path class="order-line" d=way></path>
            <path class="order-head" d=head></path>
            <text class="order-word" x=word_x y=word_y + 4.0 text-anchor="middle">{wait.condition}</text>
        </g>
    })
}
