//! Lighthouse's verdict on the built site, as a first visitor with a middling phone would meet it.

use std::fs;

use serde_json::Value;

use crate::process::{Result, at, run};
use crate::setup::{self, Browser, Need, Tools};
use crate::workspace::root;
use crate::{site, size, steps};

/// A category and the lowest score, of 100, that passes.
pub(crate) struct Bar {
    name: &'static str,
    lowest: f64,
}

/// No known barrier at all.
pub(crate) const ACCESSIBILITY: Bar = Bar {
    name: "accessibility",
    lowest: 100.0,
};
const PERFORMANCE: Bar = Bar {
    name: "performance",
    lowest: 95.0,
};

/// `cargo xtask lighthouse`: both bars, the site compressed as a host would send it.
pub(crate) fn check() -> Result {
    let tools = setup::obtain(Need::Test)?;
    let url = steps::serve_in_background(size::compress(&site::require_built()?)?)?;
    audit(&tools, &url, &[PERFORMANCE, ACCESSIBILITY])
}

/// Measures and prints each category, and names what holds the score below its bar.
pub(crate) fn audit(tools: &Tools, url: &str, bars: &[Bar]) -> Result {
    let report = root().join("target/lighthouse.json");
    let categories = bars
        .iter()
        .map(|bar| bar.name)
        .collect::<Vec<_>>()
        .join(",");
    let mut command = tools.command("node")?;
    command
        .arg(tools.test_modules()?.join("lighthouse/cli/index.js"))
        .arg(url);
    command.args(["--quiet", "--no-enable-error-reporting", "--output=json"]);
    command
        .arg(format!("--output-path={}", report.display()))
        .arg(format!("--only-categories={categories}"));
    command.arg(format!("--chrome-flags={}", Browser::flags()?.join(" ")));
    command.env("CHROME_PATH", &tools.browser()?.chrome);
    run(&mut command)?;
    let text = at(&report, fs::read_to_string(&report))?;
    let result: Value =
        serde_json::from_str(&text).map_err(|error| format!("Lighthouse's report: {error}"))?;
    let mut below = Vec::new();
    for bar in bars {
        let category = &result["categories"][bar.name];
        let score = category["score"]
            .as_f64()
            .ok_or_else(|| no_score(&result, bar))?
            * 100.0;
        println!(
            "Lighthouse {:<14} {score:>4.0} of 100, at least {} wanted",
            bar.name, bar.lowest
        );
        if score + 1e-9 < bar.lowest {
            below.push(bar.name);
            print_losses(&result, category);
        }
    }
    if below.is_empty() {
        return Ok(());
    }
    Err(format!(
        "Lighthouse scores too low: {} (target/lighthouse.json has the report)",
        below.join(", ")
    )
    .into())
}

fn no_score(result: &Value, bar: &Bar) -> String {
    let why = result["runtimeError"]["message"]
        .as_str()
        .unwrap_or("its report gives no reason");
    format!("Lighthouse gave no score for {}: {why}", bar.name)
}

/// The audits of a category that lost points.
fn print_losses(result: &Value, category: &Value) {
    for part in category["auditRefs"]
        .as_array()
        .map_or(&[][..], Vec::as_slice)
    {
        let audit = &result["audits"][part["id"].as_str().unwrap_or_default()];
        let counts = part["weight"].as_f64().is_some_and(|weight| weight > 0.0);
        if counts && audit["score"].as_f64().is_some_and(|score| score < 1.0) {
            let shown = audit["displayValue"].as_str().unwrap_or_default();
            println!("  {} {shown}", audit["title"].as_str().unwrap_or_default());
            for item in audit["details"]["items"]
                .as_array()
                .map_or(&[][..], Vec::as_slice)
                .iter()
                .take(5)
            {
                if let Some(place) = item["node"]["snippet"].as_str() {
                    println!("    {place}");
                }
            }
        }
    }
}
