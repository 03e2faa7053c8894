//! How long one waits for findings as one types.

use crate::page::Page;
use serde_json::{Value, json};
use thirtyfour::Key;

/// A definition of ten containers, as the benches of the reader have it.
const TEN: &str = include_str!("../../../crates/core/tests/data/ten-containers.json");
/// Measures in the page.
const MEASURE: &str = include_str!("typing.js");

/// What became of one keystroke.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Keystroke {
    /// Milliseconds until its findings were drawn.
    pub waited: f64,
    /// How many of these the page's frame had worked.
    pub work: f64,
    /// In which frame after it they were drawn, from 1.
    pub frames: u64,
}

/// Types into the open editor, a keystroke after the other, each of which makes or mends a mistake in a definition of ten
/// containers. Gives what became of each, and the lengths of the browser's frames meanwhile, in milliseconds.
pub async fn type_in_ten_containers(page: &Page, count: usize) -> (Vec<Keystroke>, Vec<f64>) {
    let editor = page.the("textbox", "Task definition JSON");
    page.wait_until("the code editor is there", async || {
        let there = "return !!document.querySelector('.cm-content')";
        page.script(there, &[]).await == json!(true)
    })
    .await;
    editor.click().await;
    page.chord(&[Key::Control], 'a').await;
    page.paste(TEN).await;
    page.chord(&[Key::Control], Key::Home).await;
    // Into the name of the first member, "family".
    for _ in 0..6 {
        page.press(Key::Right).await;
    }
    page.script(MEASURE, &[json!(count)]).await;
    for typed in 0..count {
        if typed % 2 == 0 {
            page.press("x").await;
        } else {
            page.press(Key::Backspace).await;
        }
        page.wait_until("the findings follow", async || {
            let drawn = page.script("return window.typing.drawn.length", &[]).await;
            drawn == json!(typed + 1)
        })
        .await;
    }
    let measured = page.script("return window.typing", &[]).await;
    let list = |name: &str| measured[name].as_array().cloned().unwrap_or_default();
    let frames = list("frames").iter().filter_map(Value::as_f64).collect();
    (list("drawn").iter().map(keystroke).collect(), frames)
}

fn keystroke(drawn: &Value) -> Keystroke {
    let time = |name: &str| drawn[name].as_f64().unwrap_or(f64::INFINITY);
    Keystroke {
        waited: time("waited"),
        work: time("work"),
        frames: drawn["frames"].as_u64().unwrap_or(u64::MAX),
    }
}
