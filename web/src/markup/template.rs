//! HTML texts, parsed once and copied.

use leptos::prelude::document;
use litemap::LiteMap;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Element, HtmlTemplateElement, Node, TreeWalker};

thread_local! {
    /// By the text's address: each `view!` has one text.
    static PARSED: RefCell<LiteMap<*const u8, Element>> = const { RefCell::new(LiteMap::new()) };
}

/// A new element as `html` writes it; in `svg`, the first inside its root.
pub(super) fn copy(html: &'static str, svg: bool) -> Element {
    let pattern = PARSED.with_borrow_mut(|parsed| {
        parsed
            .entry(html.as_ptr())
            .or_insert_with(|| parse(html, svg))
            .clone()
    });
    document()
        .import_node_with_deep(&pattern, true)
        .unwrap_throw()
        .unchecked_into()
}

fn parse(html: &str, svg: bool) -> Element {
    let template = document()
        .create_element("template")
        .unwrap_throw()
        .unchecked_into::<HtmlTemplateElement>();
    template.set_inner_html(html);
    let root = template.content().first_element_child().unwrap_throw();
    if svg {
        root.first_element_child().unwrap_throw()
    } else {
        root
    }
}

/// Goes through the nodes of a piece as `crates/markup` counts them: an element, then what is inside it.
pub(super) struct Walk {
    nodes: TreeWalker,
    at: usize,
}

impl Walk {
    pub(super) fn new(root: &Element) -> Self {
        Self {
            nodes: document().create_tree_walker(root).unwrap_throw(),
            at: 0,
        }
    }

    /// The node at `place`, which is not before the last one asked for.
    pub(super) fn to(&mut self, place: usize) -> Node {
        while self.at < place {
            self.nodes.next_node().unwrap_throw();
            self.at += 1;
        }
        self.nodes.current_node()
    }
}
