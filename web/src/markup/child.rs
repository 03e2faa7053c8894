//! What can stand between tags.

use crate::signals::{Memo, ReadSignal, RwSignal, Signal};
use leptos::component::ComponentConstructor;
use leptos::prelude::*;
use leptos::tachys::view::iterators::StaticVec;
use std::borrow::Cow;
use std::sync::Arc;

/// A living child: made now and whenever what it reads changes.
pub type Live = Box<dyn FnMut() -> AnyView + Send>;

/// What can be a child.
pub trait IntoChild {
    /// As a child.
    fn into_child(self) -> AnyView;
}

impl IntoChild for AnyView {
    fn into_child(self) -> AnyView {
        self
    }
}

impl IntoChild for () {
    fn into_child(self) -> AnyView {
        self.into_any()
    }
}

impl IntoChild for Cow<'static, str> {
    fn into_child(self) -> AnyView {
        self.into_owned().into_any()
    }
}

impl IntoChild for &'static str {
    fn into_child(self) -> AnyView {
        self.to_owned().into_any()
    }
}

impl IntoChild for String {
    fn into_child(self) -> AnyView {
        self.into_any()
    }
}

impl IntoChild for Arc<str> {
    fn into_child(self) -> AnyView {
        str::to_owned(&self).into_any()
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl IntoChild for $number {
            fn into_child(self) -> AnyView {
                self.to_string().into_any()
            }
        }
    )*};
}

numbers! { u16 u32 u64 usize i32 char }

impl<T: IntoChild> IntoChild for Option<T> {
    fn into_child(self) -> AnyView {
        self.map(T::into_child).into_any()
    }
}

impl<T: IntoChild> IntoChild for Vec<T> {
    fn into_child(self) -> AnyView {
        self.into_iter()
            .map(T::into_child)
            .collect::<Vec<_>>()
            .into_any()
    }
}

impl<T: IntoChild, const N: usize> IntoChild for [T; N] {
    fn into_child(self) -> AnyView {
        list(self.into_iter().map(T::into_child).collect())
    }
}

impl<A: IntoChild, B: IntoChild> IntoChild for (A, B) {
    fn into_child(self) -> AnyView {
        list(vec![self.0.into_child(), self.1.into_child()])
    }
}

impl<A: IntoChild, B: IntoChild, C: IntoChild> IntoChild for (A, B, C) {
    fn into_child(self) -> AnyView {
        list(vec![
            self.0.into_child(),
            self.1.into_child(),
            self.2.into_child(),
        ])
    }
}

impl<T: IntoChild, F: FnMut() -> T + Send + 'static> IntoChild for F {
    fn into_child(mut self) -> AnyView {
        let live: Live = Box::new(move || self().into_child());
        live.into_any()
    }
}

macro_rules! signals {
    ($($signal:ident)*) => {$(
        impl<T: IntoChild + Clone + Send + Sync + 'static> IntoChild for $signal<T> {
            fn into_child(self) -> AnyView {
                (move || self.get()).into_child()
            }
        }
    )*};
}

signals! { Memo ReadSignal RwSignal Signal }

/// A child that is made again whenever what it reads changes.
pub fn live<T: IntoChild>(make: impl FnMut() -> T + Send + 'static) -> AnyView {
    make.into_child()
}

/// Siblings that stay as many as they are.
pub fn list(views: Vec<AnyView>) -> AnyView {
    StaticVec::from(views).into_any()
}

/// Calls a component; called by `view!`.
pub fn component<P, T: IntoChild>(
    component: impl ComponentConstructor<P, T>,
    properties: P,
) -> AnyView {
    component.construct(properties).into_child()
}
