//! What is kept on this device: the scenario and, apart from it, preferences. No cookies, nothing is sent anywhere.

mod keeper;

pub use keeper::{Keeper, Saved, Unopened, keeper};

use leptos::prelude::*;

/// Why something could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The browser lets this page keep nothing.
    Blocked,
    /// There is no room left.
    Full,
}

/// Whether a scenario is kept on this device.
pub fn is_kept() -> bool {
    Keeper::stored().is_some()
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

/// Whether this browser keeps anything for this page.
fn available() -> bool {
    const PROBE: &str = "fargate-playground.probe";
    let Some(storage) = local() else {
        return false;
    };
    let kept = storage.set_item(PROBE, "1").is_ok();
    // What cannot be forgotten was not kept.
    let _ = storage.remove_item(PROBE);
    kept || storage.length().is_ok_and(|kept| kept > 0)
}

fn local() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
