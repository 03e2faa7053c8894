//! What attributes, classes and properties are set to.

use crate::signals::{Memo, ReadSignal, RwSignal, Signal};
use fargate_core::decimal::Decimal;
use std::borrow::Cow;
use std::sync::Arc;

/// A value: a text, a flag, or what gives one again and again.
pub enum Value {
    /// The attribute is not there; the class or the property is off.
    Absent,
    /// The attribute is there without a text; the class or the property is on.
    Present,
    /// A text.
    Text(Cow<'static, str>),
    /// Read now and whenever what it reads changes.
    Live(Box<dyn FnMut() -> Value + Send>),
}

impl Value {
    /// Whether both are the same as they stand; what lives is never known to be.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Absent, Self::Absent) | (Self::Present, Self::Present) => true,
            (Self::Text(one), Self::Text(other)) => one == other,
            _ => false,
        }
    }
}

/// What an attribute, a class or a property can be set to.
pub trait IntoValue {
    /// As a value.
    fn into_value(self) -> Value;
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        if self { Value::Present } else { Value::Absent }
    }
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Text(Cow::Borrowed(self))
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self))
    }
}

impl IntoValue for Arc<str> {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(str::to_owned(&self)))
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Absent, T::into_value)
    }
}

impl IntoValue for f64 {
    fn into_value(self) -> Value {
        Decimal::of(self).to_string().into_value()
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl IntoValue for $number {
            fn into_value(self) -> Value {
                Value::Text(Cow::Owned(self.to_string()))
            }
        }
    )*};
}

numbers! { u32 u64 usize i32 }

impl<T: IntoValue, F: FnMut() -> T + Send + 'static> IntoValue for F {
    fn into_value(mut self) -> Value {
        Value::Live(Box::new(move || self().into_value()))
    }
}

macro_rules! signals {
    ($($signal:ident)*) => {$(
        impl<T: IntoValue + Clone + Send + Sync + 'static> IntoValue for $signal<T> {
            fn into_value(self) -> Value {
                Value::Live(Box::new(move || self.get().into_value()))
            }
        }
    )*};
}

signals! { Memo ReadSignal RwSignal Signal }
