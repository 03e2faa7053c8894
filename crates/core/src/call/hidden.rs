//! A part of an input whose type is hidden, so that a program holds its code only where it makes or reads it.

use super::Input;
use crate::wire::{ToJson, Writer, print};
use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// Members of an input that few callers give; nothing where none is given.
pub struct Hidden<T>(Option<Arc<dyn Input>>, PhantomData<fn() -> T>);

impl<T: Input> Hidden<T> {
    /// The members, where any is given.
    pub fn get(&self) -> Option<&T> {
        (&**self.0.as_ref()? as &dyn Any).downcast_ref()
    }
}

impl<T> Hidden<T> {
    /// Writes the members among those of the object that is open.
    pub(super) fn write_members(&self, out: &mut Writer) {
        let Some(input) = &self.0 else {
            return;
        };
        let input: &dyn ToJson = &**input;
        let object = print(input);
        let members = object.trim_start_matches('{');
        let members = members.strip_suffix('}').unwrap_or(members);
        if !members.is_empty() {
            out.item();
            out.word(members);
        }
    }
}

impl<T: Input> From<T> for Hidden<T> {
    fn from(input: T) -> Self {
        Self(Some(Arc::new(input)), PhantomData)
    }
}

impl<T> Default for Hidden<T> {
    fn default() -> Self {
        Self(None, PhantomData)
    }
}

impl<T> Clone for Hidden<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<T> fmt::Debug for Hidden<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T> PartialEq for Hidden<T> {
    fn eq(&self, other: &Self) -> bool {
        let printed = |it: &Self| {
            let mut out = Writer::default();
            it.write_members(&mut out);
            out.finish()
        };
        printed(self) == printed(other)
    }
}

impl<T> Eq for Hidden<T> {}
