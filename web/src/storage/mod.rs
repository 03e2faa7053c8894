//! What is kept on this device: the scenario and, apart from it, preferences. No cookies, nothing is sent anywhere.

mod keeper;

pub use keeper::{Keeper, Saved, keeper};

use leptos::prelude::*;

/// Why something could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The browser lets this page keep nothing.
    Blocked,
    /// There is no room left.
    Full,
}

/// What is kept under a key.
pub fn read(key: &str) -> Option<String> {
    local()?.get_item(key).ok().flatten()
}

/// Keeps a text under a key.
pub fn write(key: &str, text: &str) -> Result<(), Refusal> {
    let storage = local().ok_or(Refusal::Blocked)?;
    storage.set_item(key, text).map_err(|_| Refusal::Full)
}

/// Forgets what is kept under a key.
pub fn forget(key: &str) {
    if let Some(storage) = local() {
        // What cannot be forgotten was not kept.
        let _ = storage.remove_item(key);
    }
}

fn local() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
