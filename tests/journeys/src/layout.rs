//! The lint of the layout: no text overlapped, clipped or too small, and nothing beyond the window.

use crate::page::Page;
use serde_json::Value;

/// Measures every text that is shown.
const LINT: &str = include_str!("layout.js");

impl Page {
    /// What a layout of the page does wrong at its present size, a sentence each.
    pub async fn misprints(&self) -> Vec<String> {
        let found = self.script(LINT, &[]).await;
        let found = found.as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        found.iter().map(text).collect()
    }
}
