//! Saved documents: what is written is what was read, to the byte, and what cannot be opened says why, and where.

use fargate_session::{OpenError, Scenario, Session};

/// A document with everything that one can hold, as it is saved.
const WHOLE: &str = include_str!("data/whole-document.json");

fn whole() -> &'static str {
    WHOLE.trim_end()
}

#[test]
fn a_document_is_written_as_it_was_read() {
    let scenario = Scenario::parse(whole()).expect("it opens");
    assert_eq!(scenario.print(), whole());
    let least = r#"{"format":"fargate-playground/scenario","version":1,"title":"","seed":18446744073709551615,"asOf":"2014-01-01","runs":[{"entries":[],"end":0}]}"#;
    let scenario = Scenario::parse(least).expect("it opens");
    assert_eq!(scenario.seed, u64::MAX);
    let full = least.replace("\"runs\"", "\"given\":0,\"opensAt\":0,\"runs\"");
    let full = full.replace("}]}", "}],\"current\":0}");
    assert_eq!(scenario.print(), full);
}

#[test]
fn an_image_has_the_members_it_names_and_those_of_a_small_server() {
    let (from, to) = ("\"sizeMib\":1,", "");
    let text = whole().replacen(from, to, 1);
    assert_ne!(text, whole());
    let scenario = Scenario::parse(&text).expect("it opens");
    let small = fargate_core::workload::Workload::default();
    let image = scenario.images.values().next().expect("an image");
    assert_eq!((image.size_mib, image.start_ms), (small.size_mib, 2));
    assert_eq!((image.sick_ms, image.stop_ms), (None, None));
}

#[test]
fn what_cannot_be_opened_says_why_and_where() {
    let expected = include_str!("data/bad-documents.txt");
    let mut found = Vec::new();
    for case in expected.trim_end().split("\n\n") {
        let (change, _) = case.rsplit_once('\n').expect(case);
        let (from, to) = change.split_once(" -> ").expect(change);
        let text = whole().replacen(from, to, 1);
        assert_ne!(text, whole(), "{from}");
        let error = Session::open(&text).expect_err(change);
        found.push(format!("{change}\n{error}"));
    }
    let found = found.join("\n\n") + "\n";
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/bad-documents.txt");
        std::fs::write(path, &found).expect("it can be written");
    } else {
        assert_eq!(found, expected, "UPDATE_EXPECT=1 writes it anew");
    }
}

#[test]
fn what_is_no_document_at_all_is_told_from_one_that_is_newer_or_damaged() {
    let open = |text: &str| Session::open(text).expect_err(text);
    let other = |name: &str| OpenError::OtherFormat(name.to_owned());
    let newer = r#"{"format":"fargate-playground/scenario","version":2"#;
    for (text, error) in [
        ("{}", other("")),
        ("[1,2]", other("")),
        ("7", other("")),
        (r#"{"family":"web"}"#, other("")),
        (r#"{"format":"other","seed":"x"}"#, other("other")),
        // a newer document may hold anything, in any shape
        (&format!("{newer}}}"), OpenError::Newer(2)),
        (
            &format!(r#"{newer},"runs":"none","extra":[{{"a":1e99}}]}}"#),
            OpenError::Newer(2),
        ),
        (
            &newer.replace(":2", &format!(":{}}}", u32::MAX)),
            OpenError::Newer(u32::MAX),
        ),
    ] {
        assert_eq!(open(text), error, "{text}");
    }
    for text in ["", "{", "not JSON", "{\"format\":\"a\",}", "{\"format\":7}"] {
        assert!(matches!(open(text), OpenError::Broken { .. }), "{text}");
    }
}

#[test]
fn nesting_without_end_is_damage_and_nothing_worse() {
    let deep = "[".repeat(1_000_000);
    for text in [
        deep.clone(),
        format!("{{\"format\":{deep}"),
        whole().replacen("\"input\":{", &format!("\"input\":{{\"x\":{deep},"), 1),
    ] {
        let error = Session::open(&text).expect_err("it is refused");
        assert!(matches!(error, OpenError::Broken { .. }), "{error:?}");
    }
    let large = " ".repeat(8 * 1024 * 1024 + 1);
    let error = Session::open(&large).err();
    assert_eq!(error, Some(OpenError::TooLarge(large.len())));
}
