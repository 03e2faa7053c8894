//! Keeping what is typed a moment after it was, so that many changes are kept at once.

use crate::signals::StoredValue;
use leptos::prelude::set_timeout;
use std::time::Duration;

/// How long changes gather before they are kept on the device.
const TIME: Duration = Duration::from_millis(500);

/// Whether something is about to be kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gather(StoredValue<bool>);

impl Gather {
    /// Nothing is.
    pub(crate) fn new() -> Self {
        Self(StoredValue::new(false))
    }

    /// Keeps in a moment, once for all changes until then; not where what is kept is gone by then.
    pub(crate) fn soon(self, keep: impl FnOnce() + 'static) {
        if self.0.get_value() {
            return;
        }
        self.0.set_value(true);
        set_timeout(
            move || {
                if self.0.try_set_value(false).is_none() {
                    keep();
                }
            },
            TIME,
        );
    }
}
