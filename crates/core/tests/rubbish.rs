//! What is no task definition: each is answered with a finding, quickly, and nothing panics.
#![allow(clippy::expect_used, clippy::panic)] // a test says so when it fails

use fargate_core::finding::{Finding, apply};
use fargate_core::task_definition::{Context, Reading, read, read_all};
use fargate_core::text::{self, Value};
use fargate_core::units::Date;
use std::ffi::OsStr;
use std::path::Path;
use std::time::{Duration, Instant};

fn today() -> Context {
    Context::fargate(Date::new(2026, 11, 21))
}

/// Wraps members into an otherwise good definition.
fn with(members: &str) -> String {
    format!(
        r#"{{ "family": "web", {members}, "containerDefinitions": [{{ "name": "a", "image": "b:1", "memory": 128 }}] }}"#
    )
}

#[test]
fn rubbish_is_answered_with_the_finding_that_says_so() {
    let deep = "[".repeat(100_000);
    let deep_objects = "{\"a\":".repeat(100_000);
    let huge = format!("{{\"family\": \"{}\"}}", "x".repeat(1 << 20));
    let cases: Vec<(&str, String, &str)> = vec![
        ("nothing", String::new(), "json-empty"),
        ("blanks", " \n\t ".into(), "json-empty"),
        (
            "a byte order mark",
            "\u{feff}{}".into(),
            "json-byte-order-mark",
        ),
        ("NUL bytes", "\0\0\0\0".into(), "json-control"),
        (
            "binary",
            "\u{7f}ELF\u{2}\u{1}\u{fffd}\u{fffd}\0".into(),
            "json-control",
        ),
        ("prose", "Hello, world".into(), "json-quotes-missing"),
        ("a list", "[1, 2]".into(), "json-root"),
        ("a number", "42".into(), "json-root"),
        ("null", "null".into(), "json-root"),
        ("a text", "\"family\"".into(), "json-root"),
        ("100,000 brackets", deep, "json-depth"),
        ("100,000 objects", deep_objects, "json-depth"),
        ("a megabyte in one member", huge, "definition-size"),
        (
            "more than is read",
            " ".repeat(text::MAX_BYTES + 1),
            "json-size",
        ),
        ("text after the end", "{} and more".into(), "json-after-end"),
        ("two objects", "{} {}".into(), "json-after-end"),
        (
            "text before the start",
            "Try this: {}".into(),
            "json-before-start",
        ),
        (
            "an unclosed object",
            "{\"family\": \"web\"".into(),
            "json-bracket",
        ),
        (
            "an unclosed string",
            "{\"family\": \"web\n}".into(),
            "json-string-open",
        ),
        ("crossed brackets", with("\"volumes\": [}"), "json-bracket"),
        (
            "a comma too many",
            "{\"family\": \"web\",}".into(),
            "json-comma",
        ),
        (
            "a comma too few",
            "{\"family\": \"web\" \"cpu\": \"256\"}".into(),
            "json-comma",
        ),
        (
            "a semicolon",
            "{\"family\": \"web\"; \"cpu\": \"256\"}".into(),
            "json-comma",
        ),
        ("no colon", "{\"family\" \"web\"}".into(), "json-colon"),
        (
            "an equals sign",
            "{\"family\" = \"web\"}".into(),
            "json-colon",
        ),
        ("no value", "{\"family\": }".into(), "json-value-missing"),
        ("a name alone", "{\"family\"}".into(), "json-colon"),
        ("a line comment", "{ // mine\n}".into(), "json-comment"),
        ("a block comment", "{ /* mine */ }".into(), "json-comment"),
        ("an unclosed comment", "{ /* mine ".into(), "json-comment"),
        ("a shell comment", "{ # mine\n}".into(), "json-comment"),
        ("single quotes", "{'family': 'web'}".into(), "json-quotes"),
        ("guillemets", "{«family»: «web»}".into(), "json-quotes"),
        ("low quotes", "{„family“: „web“}".into(), "json-quotes"),
        ("no quotes", "{family: web}".into(), "json-quotes-missing"),
        (
            "a no-break space",
            "{\u{a0}\"family\": \"web\"}".into(),
            "json-space",
        ),
        (
            "a zero-width space",
            "{\u{200b}\"family\": \"web\"}".into(),
            "json-space",
        ),
        (
            "a bad escape",
            "{\"family\": \"w\\eb\"}".into(),
            "json-escape",
        ),
        (
            "half a pair",
            "{\"family\": \"w\\ud800b\"}".into(),
            "json-escape",
        ),
        (
            "a tab in a string",
            "{\"family\": \"w\tb\"}".into(),
            "json-control",
        ),
        ("NaN", with("\"cpu\": NaN"), "json-number"),
        ("minus infinity", with("\"cpu\": -Infinity"), "json-number"),
        (
            "a hexadecimal number",
            with("\"cpu\": 0x100"),
            "json-number",
        ),
        ("a number with a plus", with("\"cpu\": +256"), "json-number"),
        ("a bare point", with("\"cpu\": .25"), "json-number"),
        ("leading zeros", with("\"cpu\": 0256"), "json-number"),
        ("Python's words", with("\"volumes\": None"), "json-word"),
        (
            "a repeated member",
            with("\"cpu\": \"256\", \"cpu\": \"512\""),
            "json-repeated",
        ),
        (
            "an unknown member",
            with("\"cpuu\": \"256\""),
            "unknown-member",
        ),
        ("a number for a text", with("\"cpu\": 256"), "wrong-type"),
        ("null", with("\"cpu\": null"), "wrong-type"),
        (
            "a number beyond all sizes",
            with("\"cpu\": \"99999999999999999999\""),
            "task-size-syntax",
        ),
        ("a huge exponent", with("\"cpu\": 1e999"), "wrong-type"),
        (
            "swapped sizes",
            with("\"cpu\": \"2 GB\", \"memory\": \"1 vCPU\""),
            "task-size-syntax",
        ),
        (
            "texts for containers",
            r#"{"family": "a", "containerDefinitions": "nginx"}"#.into(),
            "wrong-type",
        ),
        (
            "a list of texts for containers",
            r#"{"family": "a", "containerDefinitions": ["nginx"]}"#.into(),
            "wrong-type",
        ),
        (
            "no containers",
            r#"{"family": "a", "containerDefinitions": []}"#.into(),
            "containers-present",
        ),
        ("an empty object", "{}".into(), "missing-member"),
    ];
    for (name, text, code) in cases {
        let begin = Instant::now();
        let reading = read(&text, &today());
        let took = begin.elapsed();
        let codes: Vec<_> = reading
            .findings
            .iter()
            .map(|finding| finding.code)
            .collect();
        assert!(codes.contains(&code), "{name}: {codes:?}");
        // repeated members are accepted, the last one counts
        assert_eq!(
            reading.accepted(),
            code == "json-repeated",
            "{name}: {codes:?}"
        );
        assert!(took < Duration::from_secs(5), "{name}: {took:?}");
        is_sound(&text, &reading);
    }
}

/// What holds of every reading: places and edits lie within the text, texts are given, the verdict has its finding.
fn is_sound(text: &str, reading: &Reading) {
    assert!(reading.findings.len() < 2_000);
    for finding in &reading.findings {
        let Finding { span, code, .. } = finding;
        assert!(
            text.get(span.start..span.end).is_some(),
            "{code}: {span:?} in {text:?}"
        );
        assert!(
            !code.is_empty() && !finding.message.is_empty(),
            "{finding:?}"
        );
        assert!(finding.source.starts_with("https://"), "{code}");
        for fix in &finding.fixes {
            let fixed = apply(text, fix);
            let fixed = fixed.unwrap_or_else(|| panic!("{code}: {fix:?} does not fit {text:?}"));
            assert_ne!(fixed, text, "{code}: {fix:?} changes nothing");
        }
    }
}

/// Characters that break things.
const PIECES: [&str; 24] = [
    "\"", "“", "”", "'", "{", "}", "[", "]", ",", ":", "\n", "\\", "/", "/*", "0", "-", "true",
    "\0", "\u{a0}", "\u{feff}", "𝄞", "é", "<", "${",
];

/// A small generator of random numbers: the same ones in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    /// A place between two characters of a text.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

#[test]
fn every_beginning_of_a_slide_is_read() {
    let text = include_str!("data/slides/33-lines.txt");
    for (end, _) in text.char_indices() {
        is_sound(&text[..end], &read(&text[..end], &today()));
        is_sound(&text[end..], &read(&text[end..], &today()));
    }
}

#[test]
fn a_damaged_slide_is_read_and_fixing_it_ends() {
    let slide = include_str!("data/slides/33-lines.txt");
    let mut dice = Dice(0x5eed);
    for round in 0..1_500 {
        let mut text = slide.to_owned();
        for _ in 0..=dice.below(6) {
            let (a, b) = (dice.place(&text), dice.place(&text));
            let piece = PIECES[dice.below(PIECES.len())];
            let end = if round % 3 == 0 { b.max(a) } else { a };
            text.replace_range(a.min(end)..end, piece);
        }
        let reading = read(&text, &today());
        is_sound(&text, &reading);
        if round % 10 == 0 {
            let left = fixed(text.clone());
            let codes: Vec<_> = left.findings.iter().map(|finding| finding.code).collect();
            assert!(
                left.findings.iter().all(|finding| finding.fixes.is_empty()),
                "round {round}: {codes:?} are left of\n{text}"
            );
        }
    }
}

/// The reading after the first fix of the first fixable finding has been pressed, until there is none.
fn fixed(mut text: String) -> Reading {
    for _ in 0..600 {
        let reading = read(&text, &today());
        let Some(fix) = reading
            .findings
            .iter()
            .find_map(|finding| finding.fixes.first())
        else {
            return reading;
        };
        text = apply(&text, fix).expect("the fix fits");
    }
    panic!("fixing does not end:\n{text}");
}

#[test]
fn much_of_anything_is_read_in_one_pass() {
    let size = 1 << 18;
    let fill = |piece: &str| piece.repeat(size / piece.len());
    for piece in [
        "“",
        "\"",
        "'\n",
        "\"\n",
        "“ ",
        "“\n",
        "\"“,\n",
        "{",
        "[",
        "}",
        "]",
        ",",
        ":",
        "a ",
        "a:",
        "\"a\":",
        "/*",
        "//",
        "# ",
        "\\",
        "\"\\",
        "0x",
        "${",
        "<",
        "\u{a0}",
        "\u{200b}x",
        "{\"a\":1,",
        "[{}",
        "'\"",
        "\0",
        "\"“\n",
        "`\n\n\n\n",
        "-",
        "\"a\" ",
    ] {
        for text in [
            fill(piece),
            format!("{{{}", fill(piece)),
            format!("[{}", fill(piece)),
        ] {
            let begin = Instant::now();
            let document = text::read(&text);
            let took = begin.elapsed();
            assert!(took < Duration::from_secs(5), "{piece:?}: {took:?}");
            assert!(document.findings.len() <= 201, "{piece:?}");
        }
    }
}

#[test]
fn what_is_json_is_read_as_any_reader_reads_it() {
    for text in [
        "{}",
        "[]",
        "null",
        "true",
        "-0.5e+10",
        "\"\"",
        "\"a\\u00e9\\ud834\\udd1e\\n\\\"\"",
        " { \"a\" : [ 1 , 2.5 , { \"b\" : null } ] , \"“typographic” inside\" : \"it’s “fine”\" } ",
        "[\"“\", \"”, x\", \"a: “b”\"]",
        "{\"a\": \"http://x/y#z\", \"b\": \"/* no comment */\"}",
        "[18446744073709551615, -9223372036854775808]",
    ] {
        let document = text::read(text);
        assert_eq!(document.findings, [], "{text}");
        let expected: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
        let json = text::Json::of(&document.root);
        let printed = text::print(&document.root);
        for written in [json.as_str(), &json.indented(), &printed] {
            let found = serde_json::from_str::<serde_json::Value>(written);
            assert_eq!(found.expect("written JSON"), expected, "{text}");
        }
    }
}

#[test]
fn a_string_is_what_was_meant() {
    // (text of a one-item list, what its item says)
    for (text, meant) in [
        ("[“awsvpc“]", "awsvpc"),
        ("[\"scorekeep“]", "scorekeep"),
        ("[“say \"hi\" now”]", "say \"hi\" now"),
        ("['it''s']", "it''s"),
        ("[\"us-east-\n1\"]", "us-east-1"),
        ("[\"us-east- \r\n   1\"]", "us-east-1"),
        ("[\"two words\nand more\"]", "two words and more"),
        ("[‘don’t’]", "don’t"),
        ("[`a`]", "a"),
        ("[\"open\n]", "open"),
        ("[″prime″]", "prime"),
    ] {
        let document = text::read(text);
        assert!(!document.findings.is_empty(), "{text}");
        assert_eq!(
            document.root.items().len(),
            1,
            "{text}: {:?}",
            document.root
        );
        assert_eq!(
            document.root.items()[0].value,
            Value::String(meant.into()),
            "{text}"
        );
    }
}

/// What fuzzing came upon and kept, each named after what is said of it: nothing panics, places and fixes lie in the text.
#[test]
fn damaged_texts_are_told_and_each_fix_fits() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/damaged");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the texts")
        .map(|entry| entry.expect("a text").path())
        .collect();
    files.sort();
    assert!(files.len() > 50, "the texts are found: {}", files.len());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("UTF-8");
        let name = file.file_stem().and_then(OsStr::to_str).expect("a name");
        let (code, _) = name.rsplit_once('-').expect("a number at the end");
        let readings = read_all(&text, &today());
        let mut findings = readings.iter().flat_map(|reading| &reading.findings);
        assert!(findings.any(|it| it.code == code), "{name}");
        for finding in readings.iter().flat_map(|reading| &reading.findings) {
            let place = text.get(finding.span.start..finding.span.end);
            assert!(place.is_some(), "{name}: {finding:?}");
            for fix in &finding.fixes {
                let fixed = apply(&text, fix).expect("a fix fits its text");
                let _read = read(&fixed, &today());
            }
        }
    }
}
