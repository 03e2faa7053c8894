//! Signals whose values are boxed, so that what a signal can do is compiled once and not once a type of value.
//!
//! They are Leptos' signals by the same names and methods, as far as the page uses them: the types are those of handles, and
//! what a handle leads to is a `Box<dyn Any>` of its type. It halves what reactivity weighs.

mod any;

pub use any::Signal;

use leptos::prelude as inner;
use leptos::prelude::{Read, ReadUntracked, Set, Track, WithValue, Write, WriteValue};
use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use wasm_bindgen::UnwrapThrowExt;

/// A value of the handle's type.
type Held = Box<dyn Any + Send + Sync>;

fn held<T: 'static>(value: &Held) -> &T {
    (**value).downcast_ref().unwrap_throw()
}

fn held_mut<T: 'static>(value: &mut Held) -> &mut T {
    (**value).downcast_mut().unwrap_throw()
}

/// A value, and how to tell it from another of its type.
struct Compared {
    value: Held,
    same: fn(&Held, &Held) -> bool,
}

/// Computes a value from the last.
type Compute = Box<dyn Fn(Option<&Compared>) -> Compared + Send + Sync>;

impl PartialEq for Compared {
    fn eq(&self, other: &Self) -> bool {
        (self.same)(&self.value, &other.value)
    }
}

macro_rules! handle {
    ($(#[$doc:meta])* $name:ident, $of:ty $(, $copy:tt)?) => {
        $(#[$doc])*
        pub struct $name<T>($of, PhantomData<fn() -> T>);

        handle! { @clone $name $($copy)? }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    };
    (@clone $name:ident Copy) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}
    };
    (@clone $name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                Self(self.0.clone(), PhantomData)
            }
        }
    };
}

handle! {
    /// A value that can be read and set.
    RwSignal, inner::RwSignal<Held>, Copy
}
handle! {
    /// A value that can be read.
    ReadSignal, inner::ReadSignal<Held>, Copy
}
handle! {
    /// A value that can be set.
    WriteSignal, inner::WriteSignal<Held>, Copy
}
handle! {
    /// A value that can be read and set, and lives as long as its handles.
    ArcRwSignal, inner::ArcRwSignal<Held>
}
handle! {
    /// A value that can be read, and lives as long as its handles.
    ArcReadSignal, inner::ArcReadSignal<Held>
}
handle! {
    /// A value that is computed from others, and passed on only where it differs.
    Memo, inner::Memo<Compared>, Copy
}
handle! {
    /// A value that nobody waits for.
    StoredValue, inner::StoredValue<Held>, Copy
}

macro_rules! read {
    ($name:ident, $guard:ident => $value:expr) => {
        impl<T: Send + Sync + 'static> $name<T> {
            /// Looks at the value; who does it inside an effect or a view is told when it changes.
            pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
                let $guard = self.0.read();
                look(held($value))
            }

            /// Looks at the value as it is now.
            pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
                let $guard = self.0.read_untracked();
                look(held($value))
            }

            /// The value; who asks inside an effect or a view is told when it changes.
            pub fn get(&self) -> T
            where
                T: Clone,
            {
                self.with(T::clone)
            }

            /// The value as it is now.
            pub fn get_untracked(&self) -> T
            where
                T: Clone,
            {
                self.with_untracked(T::clone)
            }

            /// The value as it is now, unless it is gone with the view that it belonged to.
            pub fn try_get_untracked(&self) -> Option<T>
            where
                T: Clone,
            {
                let $guard = self.0.try_read_untracked()?;
                Some(held::<T>($value).clone())
            }

            /// Is told when the value changes.
            pub fn track(&self) {
                self.0.track();
            }
        }
    };
}

read! { RwSignal, guard => &guard }
read! { ReadSignal, guard => &guard }
read! { ArcRwSignal, guard => &guard }
read! { ArcReadSignal, guard => &guard }
read! { Memo, guard => &guard.value }

macro_rules! write {
    ($($name:ident)*) => {$(
        impl<T: Send + Sync + 'static> $name<T> {
            /// Sets the value, and tells who reads it.
            pub fn set(&self, value: T) {
                self.0.set(Box::new(value));
            }

            /// Sets the value, unless it is gone with the view that it belonged to.
            pub fn try_set(&self, value: T) -> Option<T> {
                let value: Option<Held> = self.0.try_set(Box::new(value));
                value.and_then(|value| value.downcast().ok()).map(|value| *value)
            }

            /// Changes the value where it is, and tells who reads it.
            pub fn update(&self, change: impl FnOnce(&mut T)) {
                change(held_mut(&mut self.0.write()));
            }

            /// The same, unless the value is gone with the view that it belonged to.
            pub fn try_update<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
                let mut value = self.0.try_write()?;
                Some(change(held_mut(&mut value)))
            }
        }
    )*};
}

write! { RwSignal WriteSignal ArcRwSignal }

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// A signal that begins with `value`.
    pub fn new(value: T) -> Self {
        Self(inner::RwSignal::new(Box::new(value)), PhantomData)
    }

    /// The half that reads.
    pub fn read_only(&self) -> ReadSignal<T> {
        ReadSignal(self.0.read_only(), PhantomData)
    }

    /// The half that sets.
    pub fn write_only(&self) -> WriteSignal<T> {
        WriteSignal(self.0.write_only(), PhantomData)
    }
}

impl<T: Default + Send + Sync + 'static> Default for RwSignal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

/// A signal that begins with `value`, in halves.
pub fn signal<T: Send + Sync + 'static>(value: T) -> (ReadSignal<T>, WriteSignal<T>) {
    let both = RwSignal::new(value);
    (both.read_only(), both.write_only())
}

impl<T: Send + Sync + 'static> ArcRwSignal<T> {
    /// A signal that begins with `value`.
    pub fn new(value: T) -> Self {
        Self(inner::ArcRwSignal::new(Box::new(value)), PhantomData)
    }

    /// The half that reads.
    pub fn read_only(&self) -> ArcReadSignal<T> {
        ArcReadSignal(self.0.read_only(), PhantomData)
    }
}

impl<T> From<ArcReadSignal<T>> for ReadSignal<T> {
    fn from(signal: ArcReadSignal<T>) -> Self {
        Self(signal.0.into(), PhantomData)
    }
}

impl<T: Send + Sync + 'static> Memo<T> {
    /// What `compute` gives, from what it gave last; passed on where it differs.
    pub fn new(compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self
    where
        T: PartialEq,
    {
        Self::compared(compute, |one, other| held::<T>(one) == held::<T>(other))
    }

    /// What `compute` gives, passed on each time: for values that are dearer to compare than to use.
    pub fn passing_on(compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self {
        Self::compared(compute, |_, _| false)
    }

    fn compared(
        compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
        same: fn(&Held, &Held) -> bool,
    ) -> Self {
        let compute: Compute = Box::new(move |last| Compared {
            value: Box::new(compute(last.map(|last| held(&last.value)))),
            same,
        });
        Self(inner::Memo::new(compute), PhantomData)
    }
}

/// What `compute` gives, as a signal that is set where it differs. Who reads a memo is marked whenever anything behind the memo
/// changes, and asks it; behind a gate hundreds of readers hear of nothing but a difference.
pub fn gate<T: Clone + PartialEq + Send + Sync + 'static>(
    compute: impl Fn() -> T + Send + Sync + 'static,
) -> ReadSignal<T> {
    let (shown, show) = signal(inner::untrack(&compute));
    inner::Effect::new(move || {
        let next = compute();
        if shown.with_untracked(|shown| *shown != next) {
            show.set(next);
        }
    });
    shown
}

impl<T: Default + Send + Sync + 'static> Default for StoredValue<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: Send + Sync + 'static> StoredValue<T> {
    /// Keeps a value.
    pub fn new(value: T) -> Self {
        Self(inner::StoredValue::new(Box::new(value)), PhantomData)
    }

    /// Looks at the value.
    pub fn with_value<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        self.0.with_value(|value| look(held(value)))
    }

    /// The value.
    pub fn get_value(&self) -> T
    where
        T: Clone,
    {
        self.with_value(T::clone)
    }

    /// The value, unless it is gone with the view that it belonged to.
    pub fn try_get_value(&self) -> Option<T>
    where
        T: Clone,
    {
        self.0.try_with_value(|value| held::<T>(value).clone())
    }

    /// Puts another in its stead, unless it is gone with the view that it belonged to.
    pub fn try_set_value(&self, value: T) -> Option<T> {
        let mut value = Some(value);
        self.try_update_value(|held| {
            if let Some(value) = value.take() {
                *held = value;
            }
        });
        value
    }

    /// Puts another in its stead.
    pub fn set_value(&self, value: T) {
        self.try_update_value(|held| *held = value);
    }

    /// Changes the value where it is.
    pub fn update_value(&self, change: impl FnOnce(&mut T)) {
        self.try_update_value(change);
    }

    /// Changes the value where it is, unless it is gone with the view that it belonged to.
    pub fn try_update_value<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut value = self.0.try_write_value()?;
        Some(change(held_mut(&mut value)))
    }
}
