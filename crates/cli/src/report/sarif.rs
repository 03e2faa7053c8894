//! SARIF 2.1.0, which code hosts and editors show beside the lines.
//!
//! Source: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use super::{Place, Report};
use fargate_core::finding::Severity;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// All reports as one run.
pub(crate) fn sarif(reports: &[Report]) -> String {
    let places = || reports.iter().flat_map(|report| &report.findings);
    let rules: BTreeMap<_, _> = places()
        .map(|place| (place.finding.code, place.finding.source))
        .collect();
    let rules: Vec<_> = rules
        .iter()
        .map(|(code, source)| json!({ "id": code, "helpUri": source }))
        .collect();
    let results = reports.iter().flat_map(|report| {
        report
            .findings
            .iter()
            .map(|place| result(&report.file, place))
    });
    let results: Vec<_> = results.collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "fargate-playground",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            // columns count characters
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}")
}

fn result(file: &str, place: &Place) -> Value {
    let finding = &place.finding;
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    };
    let mut text = finding.message.clone();
    for more in [
        &finding.help,
        &finding
            .aws
            .as_ref()
            .map(|aws| format!("AWS: {}: {}", aws.code, aws.message))
            .unwrap_or_default(),
    ] {
        if !more.is_empty() {
            text.push('\n');
            text.push_str(more);
        }
    }
    json!({
        "ruleId": finding.code,
        "level": level,
        "message": { "text": text },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": file.replace(' ', "%20") },
            "region": {
                "startLine": place.start.0,
                "startColumn": place.start.1,
                "endLine": place.end.0,
                "endColumn": place.end.1,
            },
        } }],
    })
}
