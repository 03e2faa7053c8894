//! Measuring in a page: the simulator's cases as wasm, what a click takes, how long frames are.

use crate::page::Page;
use serde_json::{Value, json};

/// Measures in the page.
const MEASURE: &str = include_str!("measure.js");

/// What one case took, in milliseconds a turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Took {
    /// On average in the fastest measure: others only ever slow it down.
    pub best: f64,
    /// In the slowest measure.
    pub longest: f64,
}

/// How a case is measured.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Its name.
    pub name: &'static str,
    /// How many turns a measure has.
    pub times: u32,
    /// How many measures there are.
    pub rounds: u32,
}

impl Page {
    /// Asks the cases of a wasm file in this page's browser.
    pub async fn ask_cases(&self, wasm: &[u8], cases: &[Asked]) -> Vec<Took> {
        let names: Vec<_> = cases.iter().map(|case| case.name).collect();
        let times: Vec<_> = cases.iter().map(|case| case.times).collect();
        let rounds: Vec<_> = cases.iter().map(|case| case.rounds).collect();
        let how = [
            json!("cases"),
            json!(base64(wasm)),
            json!(names),
            json!(times),
            json!(rounds),
        ];
        let took = self.script(MEASURE, &how).await;
        let of = |it: &Value, name: &str| it[name].as_f64().unwrap_or(f64::INFINITY);
        let list = took.as_array().cloned().unwrap_or_default();
        list.iter()
            .map(|it| Took {
                best: of(it, "best"),
                longest: of(it, "longest"),
            })
            .collect()
    }

    /// What the page works from a click until it is painted, in milliseconds, for clicks on each of these in turn.
    pub async fn work_of_clicks(&self, selectors: &[&str], count: usize) -> Vec<f64> {
        let how = [json!("clicks"), json!(selectors), json!(count)];
        numbers(&self.script(MEASURE, &how).await)
    }

    /// The lengths of the browser's frames in a span, all in milliseconds.
    pub async fn frames_for(&self, span: u32) -> Vec<f64> {
        numbers(&self.script(MEASURE, &[json!("frames"), json!(span)]).await)
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().into_iter().flatten();
    list.filter_map(Value::as_f64).collect()
}

/// Base64 as RFC 4648 has it.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let at = |place: usize| u32::from(group.get(place).copied().unwrap_or_default());
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place > group.len() {
                '='
            } else {
                char::from(letter)
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn bytes_become_base64() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
