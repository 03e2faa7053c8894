//! The scan with axe.

use crate::driver::setting;
use crate::page::Page;
use serde_json::{Value, json};

/// Says, two frames on, whether anything still changes its colour or place; what never ends does not count, nor what follows scrolling.
const SETTLED: &str = "const done = arguments[0];
const ends = (one) => one instanceof CSSTransition || one.effect.getComputedTiming().iterations < 3;
requestAnimationFrame(() => requestAnimationFrame(() =>
    done(!document.getAnimations().some((one) => one.timeline instanceof DocumentTimeline && ends(one) && one.playState === 'running'))));";

/// Starts axe and hands its verdict back.
const SCAN: &str = "const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ['violations'] }).then(
    (results) => done(results.violations.map((violation) => ({
        rule: violation.id,
        help: violation.help,
        at: violation.nodes.map((node) => node.target.join(' ') + ': ' + node.any.concat(node.all, node.none).map((check) => check.message).join('; ')),
    }))),
    (error) => done([{ rule: 'axe itself', help: String(error), at: [] }]),
);";

impl Page {
    /// Finds what a screen reader, a keyboard or weak eyes would stumble over, as axe sees it.
    pub async fn stumbles(&self) -> Vec<String> {
        self.wait_until("colours and places have settled", async || {
            let settled = self.driver().execute_async(SETTLED, Vec::new()).await;
            settled.is_ok_and(|settled| settled.json() == &json!(true))
        })
        .await;
        let loaded = self.script("return typeof axe === 'object'", &[]).await;
        if loaded != json!(true) {
            let path = setting("FARGATE_PLAYGROUND_AXE");
            let axe = std::fs::read_to_string(&path);
            let axe = axe.unwrap_or_else(|error| panic!("{path}: {error}"));
            self.script(&axe, &[]).await;
        }
        let found = self.driver().execute_async(SCAN, Vec::new()).await;
        let found = found.unwrap_or_else(|error| panic!("axe: {error}"));
        let found = found.json().as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let places = |value: &Value| {
            let places = value.as_array().cloned().unwrap_or_default();
            places.iter().map(text).collect::<Vec<_>>().join("\n    ")
        };
        let line = |one: &Value| {
            let (rule, help) = (text(&one["rule"]), text(&one["help"]));
            format!("{rule}: {help}\n    {}", places(&one["at"]))
        };
        found.iter().map(line).collect()
    }
}
