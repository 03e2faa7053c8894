//! Children that come and go: Leptos' `Show` and `For`, of one type each.

use super::child::{IntoChild, Live};
use leptos::children::ChildrenFn;
use leptos::prelude::*;
use leptos::reactive::owner::Owner;
use leptos::tachys::reactive_graph::OwnedView;
use leptos::tachys::view::keyed::keyed;

/// Whether something is shown.
pub struct Condition(Box<dyn Fn() -> bool + Send + Sync>);

impl<F: Fn() -> bool + Send + Sync + 'static> From<F> for Condition {
    fn from(condition: F) -> Self {
        Self(Box::new(condition))
    }
}

/// What is shown instead.
pub struct Otherwise(Box<dyn Fn() -> AnyView + Send + Sync>);

impl<T: IntoChild, F: Fn() -> T + Send + Sync + 'static> From<F> for Otherwise {
    fn from(view: F) -> Self {
        Self(Box::new(move || view().into_child()))
    }
}

/// Shows its children while a condition holds.
#[component]
pub fn Show(
    /// The condition.
    #[prop(into)]
    when: Condition,
    /// What is shown while it does not hold: nothing, if not said.
    #[prop(optional, into)]
    fallback: Option<Otherwise>,
    /// What is shown while it holds.
    children: ChildrenFn,
) -> AnyView {
    let holds = ArcMemo::new(move |_| (when.0)());
    let view: Live = Box::new(move || {
        if holds.get() {
            children()
        } else {
            fallback
                .as_ref()
                .map_or_else(|| ().into_any(), |view| (view.0)())
        }
    });
    view.into_any()
}

/// One of a list, before it is shown.
struct Row {
    key: String,
    make: Box<dyn FnOnce() -> AnyView + Send>,
}

/// Shows each item of a list; an item that stays in the list stays in the page.
#[component]
pub fn For<T, K, V>(
    /// The items.
    each: impl Fn() -> Vec<T> + Send + 'static,
    /// What tells an item from the others.
    key: impl Fn(&T) -> K + Send + 'static,
    /// An item's view.
    children: impl Fn(T) -> V + Clone + Send + 'static,
) -> AnyView
where
    T: Send + 'static,
    K: ToString,
    V: IntoChild,
{
    rows(Box::new(move || {
        each()
            .into_iter()
            .map(|item| {
                let children = children.clone();
                Row {
                    key: key(&item).to_string(),
                    make: Box::new(move || children(item).into_child()),
                }
            })
            .collect()
    }))
}

/// Each row has an owner of its own, for what its view makes: it ends with the row, not with the list's next change.
fn rows(each: Box<dyn Fn() -> Vec<Row> + Send>) -> AnyView {
    let parent = Owner::current().unwrap_or_default();
    let show = move |_: usize, row: Row| {
        let owner = parent.with(Owner::new);
        let view = owner.with(row.make);
        (drop::<usize>, OwnedView::new_with_owner(view, owner))
    };
    let view: Live =
        Box::new(move || keyed(each(), |row: &Row| row.key.clone(), show.clone()).into_any());
    view.into_any()
}
