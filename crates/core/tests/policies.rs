//! Policies as they are typed: what is said of them, that every cure cures, and that nothing makes the reader panic.
#![allow(clippy::expect_used, clippy::panic)] // a test says so when it fails

use fargate_core::finding::apply;
use fargate_core::iam::{MANAGED, Purpose, Reading, TRUST_TASKS, read};
use std::fmt::Write as _;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/policies.txt");

/// One row of the file: its title, what the policy is for, its text.
fn rows(file: &str) -> Vec<(String, Purpose, String)> {
    let mut rows = Vec::new();
    for block in file.split("\n## ").skip(1) {
        let mut lines = block.lines();
        let title = lines.next().expect("a title").to_owned();
        let purpose = match lines.next() {
            Some("trust") => Purpose::Trust,
            Some("identity") => Purpose::Identity,
            other => panic!("{title}: {other:?} is no purpose"),
        };
        let text = lines.next().unwrap_or_default().to_owned();
        rows.push((title, purpose, text));
    }
    rows
}

fn said(reading: &Reading, text: &str) -> String {
    let mut out = String::new();
    if let Some(aws) = &reading.refusal {
        writeln!(out, "= {}: {}", aws.code, aws.message).expect("a text can be written to");
    }
    for it in &reading.findings {
        let place = text
            .get(it.span.start..it.span.end)
            .expect("a place in the text");
        let place: String = place.chars().take(60).collect();
        writeln!(
            out,
            "= {} {} at {place} - {}",
            it.code, it.severity, it.message
        )
        .expect("a text can be written to");
        for fix in &it.fixes {
            writeln!(out, "=   {}", fix.title).expect("a text can be written to");
        }
    }
    out
}

#[test]
fn each_policy_is_answered_as_its_row_says() {
    let file = std::fs::read_to_string(FILE).expect("the rows");
    let head = file.split("\n## ").next().expect("a head");
    let mut renewed = head.to_owned();
    for (title, purpose, text) in rows(&file) {
        let word = if purpose == Purpose::Trust {
            "trust"
        } else {
            "identity"
        };
        let answer = said(&read(&text, purpose), &text);
        write!(renewed, "\n## {title}\n{word}\n{text}\n{answer}")
            .expect("a text can be written to");
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(FILE, &renewed).expect("the rows can be written");
    } else {
        assert_eq!(
            file.trim_end(),
            renewed.trim_end(),
            "UPDATE_EXPECT=1 renews the rows"
        );
    }
}

#[test]
fn every_cure_makes_its_finding_go_away() {
    let mut tried = 0;
    let file = std::fs::read_to_string(FILE).expect("the rows");
    for (title, purpose, text) in rows(&file) {
        let before = read(&text, purpose);
        let count = |reading: &Reading, code: &str| {
            reading.findings.iter().filter(|it| it.code == code).count()
        };
        for finding in &before.findings {
            for fix in &finding.fixes {
                tried += 1;
                let cured = apply(&text, fix).expect("the cure fits the text");
                let after = read(&cured, purpose);
                assert!(
                    count(&after, finding.code) < count(&before, finding.code),
                    "{title}: {} leaves {} in {cured}",
                    fix.title,
                    finding.code
                );
            }
        }
    }
    assert!(tried > 20, "{tried} cures");
}

#[test]
fn every_finding_says_what_to_do_and_none_is_made_up() {
    let file = std::fs::read_to_string(FILE).expect("the rows");
    for (title, purpose, text) in rows(&file) {
        let reading = read(&text, purpose);
        for it in &reading.findings {
            assert!(
                !it.help.is_empty() || !it.fixes.is_empty(),
                "{title}: {}",
                it.code
            );
            assert!(it.message.ends_with('.'), "{title}: {}", it.message);
        }
        let refused = reading.findings.iter().any(|it| it.aws.is_some());
        assert_eq!(refused, reading.refusal.is_some(), "{title}");
    }
}

#[test]
fn policies_of_aws_are_sound() {
    for it in MANAGED {
        assert_eq!(read(it.text, Purpose::Identity).findings, [], "{}", it.name);
    }
    assert_eq!(read(TRUST_TASKS, Purpose::Trust).findings, []);
}

/// Every way to damage a policy a little: a character gone, doubled or another; a stretch gone; the end cut off.
#[test]
fn no_damage_makes_the_reader_panic_or_point_outside_of_the_text() {
    let file = std::fs::read_to_string(FILE).expect("the rows");
    let mut texts: Vec<String> = rows(&file).into_iter().map(|(.., text)| text).collect();
    texts.push(TRUST_TASKS.to_owned());
    texts.push("{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"é:ß\",\"Resource\":\"arn:ü\",\"Condition\":{\"ForAllValues:StringLikeIfExists\":{\"𝄞\":[\"${\",\"${}\",\"${a,'\"]}}}]}".to_owned());
    let mut tried = 0;
    for text in texts {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for (nth, &at) in places.iter().enumerate().step_by(8) {
            let next = places.get(nth + 1).copied().unwrap_or(text.len());
            let far = places.get(nth + 7).copied().unwrap_or(text.len());
            for damaged in [
                format!("{}{}", &text[..at], &text[next..]),
                format!("{}{}", &text[..at], &text[far..]),
                format!("{}{}", &text[..next], &text[at..]),
                format!("{}\"{}", &text[..at], &text[next..]),
                format!("{}{{{}", &text[..at], &text[at..]),
                text[..at].to_owned(),
            ] {
                for purpose in [Purpose::Identity, Purpose::Trust] {
                    for finding in read(&damaged, purpose).findings {
                        assert!(damaged.get(finding.span.start..finding.span.end).is_some());
                        for fix in &finding.fixes {
                            assert!(apply(&damaged, fix).is_some(), "{} in {damaged}", fix.title);
                        }
                    }
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 4_000, "{tried}");
}
