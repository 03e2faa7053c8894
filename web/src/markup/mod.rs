//! Pieces of page: what `view!` makes, and how each is kept up to date.
//!
//! A piece is an HTML text and the parts in it that live (`crates/markup` says why). [`Markup`] is the only type of element
//! that Leptos' renderer sees, and [`Live`] the only type of living child, so that what a view can do is compiled once.

mod child;
pub mod control;
mod part;
mod template;
mod value;

pub use child::{IntoChild, Live, component, list, live};
pub use control::{For, Show};
pub use fargate_markup::view;
pub use part::{Handler, Kind, Part, handler};
pub use value::{IntoValue, Value};

use leptos::attr::Attribute;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Position, PositionState};
use part::Slot;
use wasm_bindgen::UnwrapThrowExt;

/// An element with all inside it that the same `view!` wrote.
pub struct Markup {
    html: &'static str,
    svg: bool,
    parts: Vec<Part>,
}

/// A piece, ready to be shown; called by `view!`.
pub fn markup(html: &'static str, svg: bool, parts: Vec<Part>) -> AnyView {
    Markup { html, svg, parts }.into_any()
}

/// A piece in the page: its element and its parts' slots.
pub struct Standing {
    html: &'static str,
    element: web_sys::Element,
    slots: Vec<Slot>,
}

impl Render for Markup {
    type State = Standing;

    fn build(self) -> Standing {
        let element = template::copy(self.html, self.svg);
        let mut walk = template::Walk::new(&element);
        // All nodes are found before any part adds one.
        let places = self
            .parts
            .iter()
            .map(|part| walk.to(part.place))
            .collect::<Vec<_>>();
        let slots = self
            .parts
            .into_iter()
            .zip(places)
            .map(|(part, node)| Slot::new(part, node))
            .collect();
        Standing {
            html: self.html,
            element,
            slots,
        }
    }

    fn rebuild(self, standing: &mut Standing) {
        if self.html == standing.html && self.parts.len() == standing.slots.len() {
            for (part, slot) in self.parts.into_iter().zip(&mut standing.slots) {
                slot.renew(part);
            }
        } else {
            let mut other = self.build();
            standing.insert_before_this(&mut other);
            standing.unmount();
            *standing = other;
        }
    }
}

impl Mountable for Standing {
    fn unmount(&mut self) {
        self.element.remove();
    }

    fn mount(&mut self, parent: &web_sys::Element, marker: Option<&web_sys::Node>) {
        parent.insert_before(&self.element, marker).unwrap_throw();
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.element.parent_element().is_some_and(|parent| {
            child.mount(&parent, Some(&self.element));
            true
        })
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        vec![self.element.clone()]
    }
}

/// The page is made in the browser only: there is no server whose HTML would be written or taken over.
impl RenderHtml for Markup {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Standing {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl AddAnyAttr for Markup {
    type Output<Other: Attribute> = Self;

    fn add_any_attr<Other: Attribute>(self, _: Other) -> Self {
        self
    }
}
