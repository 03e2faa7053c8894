//! The shipped scenario runs in the browser as it does natively, to the byte of its events.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

#[path = "../../crates/session/tests/shared/first_light_run.rs"]
mod first_light_run;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_run_is_the_same_as_natively() {
    assert_eq!(first_light_run::found(), first_light_run::EXPECTED);
}
