//! A value that may change, whether it is set, computed, asked for or fixed.

use super::{ArcReadSignal, Memo, ReadSignal, RwSignal, StoredValue};
use leptos::prelude::untrack;
use std::fmt;
use std::sync::Arc;

/// A value that may change, wherever it comes from.
pub struct Signal<T>(Source<T>);

enum Source<T> {
    Signal(ReadSignal<T>),
    Memo(Memo<T>),
    Derived(StoredValue<Derived<T>>),
    Constant(StoredValue<T>),
}

type Derived<T> = Arc<dyn Fn() -> T + Send + Sync>;

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Signal<T> {}

impl<T> Clone for Source<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Source<T> {}

impl<T> fmt::Debug for Signal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signal")
    }
}

impl<T: Send + Sync + 'static> Signal<T> {
    /// What a function gives, asked each time.
    pub fn derive(give: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let give: Derived<T> = Arc::new(give);
        Self(Source::Derived(StoredValue::new(give)))
    }

    /// Looks at the value; who does it inside an effect or a view is told when it changes.
    pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        match self.0 {
            Source::Signal(signal) => signal.with(look),
            Source::Memo(memo) => memo.with(look),
            Source::Derived(give) => look(&give.get_value()()),
            Source::Constant(value) => value.with_value(look),
        }
    }

    /// The value; who asks inside an effect or a view is told when it changes.
    pub fn get(&self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// Looks at the value as it is now.
    pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        untrack(|| self.with(look))
    }

    /// The value as it is now.
    pub fn get_untracked(&self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }
}

impl<T: Send + Sync + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Self(Source::Constant(StoredValue::new(value)))
    }
}

impl<T> From<ReadSignal<T>> for Signal<T> {
    fn from(signal: ReadSignal<T>) -> Self {
        Self(Source::Signal(signal))
    }
}

impl<T> From<ArcReadSignal<T>> for Signal<T> {
    fn from(signal: ArcReadSignal<T>) -> Self {
        Self(Source::Signal(signal.into()))
    }
}

impl<T: Send + Sync + 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self(Source::Signal(signal.read_only()))
    }
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self(Source::Memo(memo))
    }
}
