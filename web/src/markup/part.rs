//! The parts of a piece that live, each at its node.

use super::value::Value;
use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::html::element::ElementType;
use leptos::tachys::html::node_ref::NodeRefContainer;
use leptos::tachys::view::any_view::AnyViewState;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt};
use web_sys::{Element, Event, Node};

/// Answers an event.
pub type Handler = Box<dyn FnMut(Event) + Send>;

/// What a value is set on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An attribute of the element.
    Attribute,
    /// One of its classes.
    Class,
    /// A property of its object.
    Property,
}

/// A part of a piece that is not known when the page is compiled.
pub struct Part {
    /// The node where it lives, counted as the piece is written.
    pub(super) place: usize,
    what: What,
}

enum What {
    /// Stands before the node.
    Child(AnyView),
    /// Stands at the node's end.
    LastChild(AnyView),
    Value {
        kind: Kind,
        name: &'static str,
        value: Value,
    },
    On {
        event: &'static str,
        handler: Handler,
    },
    /// Takes hold of the element.
    Hold(Box<dyn FnOnce(&Element) + Send>),
}

impl Part {
    /// A child before the node at `place`.
    pub fn child(place: usize, view: AnyView) -> Self {
        let what = What::Child(view);
        Self { place, what }
    }

    /// A child at the end of the element at `place`.
    pub fn last_child(place: usize, view: AnyView) -> Self {
        let what = What::LastChild(view);
        Self { place, what }
    }

    /// An attribute, a class or a property.
    pub fn value(place: usize, kind: Kind, name: &'static str, value: Value) -> Self {
        let what = What::Value { kind, name, value };
        Self { place, what }
    }

    /// Listens to an event.
    pub fn on(place: usize, event: &'static str, handler: Handler) -> Self {
        let what = What::On { event, handler };
        Self { place, what }
    }

    /// Gives the element to whom refers to it.
    pub fn node_ref<E: ElementType>(place: usize, node: impl NodeRefContainer<E>) -> Self {
        let what = What::Hold(Box::new(move |element| node.load(element)));
        Self { place, what }
    }
}

/// A handler for events of one type; `view!` knows the type by the event's name.
pub fn handler<E: JsCast>(mut answer: impl FnMut(E) + Send + 'static) -> Handler {
    Box::new(move |event| answer(event.unchecked_into()))
}

/// A part in the page.
pub(super) struct Slot {
    node: Node,
    now: Now,
}

enum Now {
    Child(AnyViewState),
    Value {
        name: &'static str,
        value: Value,
    },
    Live(#[expect(dead_code, reason = "it lives as long as the slot")] RenderEffect<Value>),
    On {
        event: &'static str,
        handler: Rc<Cell<Option<Handler>>>,
        _listener: Closure<dyn FnMut(Event)>,
    },
    Held,
}

impl Slot {
    pub(super) fn new(part: Part, node: Node) -> Self {
        let now = match part.what {
            What::Child(view) => {
                let mut state = view.build();
                if let Some(parent) = node.parent_element() {
                    state.mount(&parent, Some(&node));
                }
                Now::Child(state)
            }
            What::LastChild(view) => {
                let mut state = view.build();
                state.mount(node.unchecked_ref(), None);
                Now::Child(state)
            }
            What::Value { kind, name, value } => set(&node, kind, name, value),
            What::On { event, handler } => listen(&node, event, handler),
            What::Hold(hold) => {
                hold(node.unchecked_ref());
                Now::Held
            }
        };
        Self { node, now }
    }

    /// Puts a part of the same place and kind in this one's stead.
    pub(super) fn renew(&mut self, part: Part) {
        match (part.what, &mut self.now) {
            (What::Child(view) | What::LastChild(view), Now::Child(state)) => view.rebuild(state),
            (
                What::Value { name, value, .. },
                Now::Value {
                    name: old_name,
                    value: old,
                },
            ) if name == *old_name && value.is(old) => {}
            (What::Value { kind, name, value }, now) => *now = set(&self.node, kind, name, value),
            (
                What::On { event, handler },
                Now::On {
                    event: old,
                    handler: answering,
                    ..
                },
            ) if event == *old => {
                answering.set(Some(handler));
            }
            (What::Hold(hold), Now::Held) => hold(self.node.unchecked_ref()),
            (what, _) => {
                let part = Part {
                    place: part.place,
                    what,
                };
                *self = Self::new(part, self.node.clone());
            }
        }
    }
}

fn set(node: &Node, kind: Kind, name: &'static str, value: Value) -> Now {
    let element = node.unchecked_ref::<Element>();
    match value {
        Value::Live(mut read) => {
            let element = element.clone();
            Now::Live(RenderEffect::new(move |before: Option<Value>| {
                let now = read();
                if !before.is_some_and(|before| before.is(&now)) {
                    apply(&element, kind, name, &now);
                }
                now
            }))
        }
        value => {
            apply(element, kind, name, &value);
            Now::Value { name, value }
        }
    }
}

fn apply(element: &Element, kind: Kind, name: &str, value: &Value) {
    let (is_on, text) = match value {
        Value::Absent | Value::Live(_) => (false, ""),
        Value::Present => (true, ""),
        Value::Text(text) => (true, text.as_ref()),
    };
    match kind {
        Kind::Attribute if is_on => element.set_attribute(name, text).unwrap_throw(),
        Kind::Attribute => element.remove_attribute(name).unwrap_throw(),
        Kind::Class => {
            element
                .class_list()
                .toggle_with_force(name, is_on)
                .unwrap_throw();
        }
        Kind::Property => {
            let value = match value {
                Value::Text(text) => JsValue::from_str(text),
                _ => JsValue::from_bool(is_on),
            };
            js_sys::Reflect::set(element, &JsValue::from_str(name), &value).unwrap_throw();
        }
    }
}

fn listen(node: &Node, event: &'static str, handler: Handler) -> Now {
    let handler = Rc::new(Cell::new(Some(handler)));
    let answering = Rc::clone(&handler);
    let listener = Closure::<dyn FnMut(Event)>::new(move |event| {
        // While it answers, another may have been put in its stead.
        if let Some(mut answer) = answering.take() {
            answer(event);
            let newer = answering.take();
            answering.set(newer.or(Some(answer)));
        }
    });
    node.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref())
        .unwrap_throw();
    Now::On {
        event,
        handler,
        _listener: listener,
    }
}
