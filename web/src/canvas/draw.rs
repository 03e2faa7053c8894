//! The few strokes that all parts of the picture are drawn with.

use crate::icons::Icon;
use crate::markup::view;
use fargate_session::scene::text::{Face, fit};
use fargate_session::scene::{PillBox, Rect, Slot};
use leptos::prelude::*;

/// A box.
pub(super) fn boxed(rect: Rect, radius: f64, class: impl Into<String>) -> AnyView {
    view! {
        <rect x=rect.x y=rect.y width=rect.w.max(0.0) height=rect.h.max(0.0) rx=radius class=class.into()></rect>
    }
}

/// An icon of the sprite.
pub(super) fn icon(icon: Icon, rect: Rect, class: impl Into<String>) -> AnyView {
    view! {
        <use href=icon.href() x=rect.x y=rect.y width=rect.w height=rect.h class=class.into()></use>
    }
}

/// A line of text in its slot, cut where it is too long; nothing where it has no room.
pub(super) fn words(
    slot: Slot,
    text: &str,
    face: Face,
    class: impl Into<String>,
) -> Option<AnyView> {
    let text = fit(text, face, slot.room + 0.5);
    let anchor = if slot.end { "end" } else { "start" };
    (slot.room > 0.0).then(|| {
        view! { <text x=slot.x y=slot.y class=class.into() text-anchor=anchor>{text}</text> }
    })
}

/// An icon and an address in a pill.
pub(super) fn pill(pill: &PillBox, glyph: Icon, address: &str, class: &str) -> AnyView {
    view! {
        {boxed(pill.rect, 10.0, "eni")}
        {icon(glyph, pill.icon, class)}
        {words(pill.text, address, Face::Mono, "mono fine")}
    }
}

/// The classes of a security group's colour and dash: a fifth group has the first colour and the next dash.
pub(super) fn group_class(order: usize) -> String {
    format!("g{} d{}", order % 4 + 1, (order + order / 4) % 4 + 1)
}

/// The class of a container's colour.
pub(super) fn container_class(index: usize) -> &'static str {
    ["c1", "c2", "c3"][index % 3]
}
