//! No text makes the reader or a rule panic, and every finding and fix stays within the text.
//!
//! A text that fails belongs into `crates/core/tests`, as a case with a name.
#![no_main]

use fargate_core::finding::apply;
use fargate_core::task_definition::{Context, read, read_all};
use fargate_core::units::Date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let context = Context::fargate(Date::new(2026, 7, 1));
    for reading in read_all(text, &context) {
        for finding in &reading.findings {
            assert!(text.get(finding.span.start..finding.span.end).is_some());
            for fix in &finding.fixes {
                let fixed = apply(text, fix).expect("a fix fits its text");
                let _read = read(&fixed, &context);
            }
        }
    }
});
