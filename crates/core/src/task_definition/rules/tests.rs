//! The pages beside the rules are their tests: each wrong example has its findings where the page marks them, each
//! right one is accepted, and each fix cures what it was offered for.

use super::RULES;
use crate::call::LaunchType;
use crate::finding::{Finding, Severity, apply};
use crate::task_definition::{Context, Reading, read};
use crate::text::Span;
use crate::units::Date;
use std::collections::BTreeSet;
use std::path::Path;

const HEADINGS: [&str; 5] = [
    "What it checks",
    "Why AWS refuses it",
    "Wrong",
    "Right",
    "Source",
];

/// One fenced example of a page.
struct Example {
    text: String,
    /// The marked places.
    marks: Vec<Span>,
    context: Context,
}

fn page(code: &str) -> String {
    let file = format!("src/task_definition/rules/{}.md", code.replace('-', "_"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text below a heading of the second level.
fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    let (_, rest) = page
        .split_once(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("no '{heading}'"));
    rest.split_once("\n## ")
        .map_or(rest, |(section, _)| section)
}

fn examples(section: &str) -> Vec<Example> {
    let blocks = section.split("```json").skip(1);
    let examples = blocks.map(|block| {
        let (info, rest) = block.split_once('\n').unwrap();
        let (body, _) = rest.split_once("```").unwrap();
        example(info, body)
    });
    examples.collect()
}

fn example(info: &str, body: &str) -> Example {
    let mut context = Context::fargate(Date::new(2026, 11, 21));
    let mut pad = 0;
    for setting in info.split_whitespace() {
        match setting.split_once('=') {
            Some(("as-of", day)) => context.as_of = Date::parse(day).unwrap(),
            Some(("launch-type", "EC2")) => context.launch_type = LaunchType::Ec2,
            Some(("launch-type", "EXTERNAL")) => context.launch_type = LaunchType::External,
            Some(("platform-version", name)) => context.platform_version = Some(name.to_owned()),
            Some(("pad", bytes)) => pad = bytes.parse().unwrap(),
            _ => panic!("what is {setting}?"),
        }
    }
    let (mut text, mut marks, mut line_start) = (String::new(), Vec::new(), 0);
    for line in body.lines() {
        if let Some(mark) = line.trim_start().strip_prefix('^') {
            let column = line.len() - line.trim_start().len();
            let width = 1 + mark.bytes().take_while(|&byte| byte == b'^').count();
            let start = line_start + column;
            marks.push(Span::new(start, start + width));
        } else {
            line_start = text.len();
            text.push_str(line);
            text.push('\n');
        }
    }
    let text = text.replace("<pad>", &"x".repeat(pad));
    Example {
        text,
        marks,
        context,
    }
}

fn of<'r>(reading: &'r Reading, code: &str) -> Vec<&'r Finding> {
    reading
        .findings
        .iter()
        .filter(|finding| finding.code == code)
        .collect()
}

#[test]
fn codes_are_unique_and_each_rule_has_its_page() {
    let codes: BTreeSet<_> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), RULES.len());
    for rule in RULES {
        let page = page(rule.code);
        assert!(
            page.starts_with(&format!("# {}: ", rule.code)),
            "{}",
            rule.code
        );
        let headings: Vec<_> = page
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        assert_eq!(headings, HEADINGS, "{}", rule.code);
        assert!(
            section(&page, "Source").contains(&format!("<{}>", rule.source)),
            "{}",
            rule.code
        );
    }
}

#[test]
fn no_page_is_without_its_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/task_definition/rules");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let code = path
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .replace('_', "-");
            assert!(RULES.iter().any(|rule| rule.code == code), "{code}");
        }
    }
}

#[test]
fn wrong_examples_have_their_findings_where_the_page_marks_them() {
    for rule in RULES {
        let examples = examples(section(&page(rule.code), "Wrong"));
        assert!(!examples.is_empty(), "{}", rule.code);
        for Example {
            text,
            marks,
            context,
        } in examples
        {
            let reading = read(&text, &context);
            let found = of(&reading, rule.code);
            let places: Vec<_> = found.iter().map(|finding| finding.span).collect();
            assert_eq!(
                places, marks,
                "{} in\n{text}{:#?}",
                rule.code, reading.findings
            );
            for finding in found {
                names_its_value(&text, finding);
                let refused = finding.severity == Severity::Error;
                assert!(!refused || !reading.accepted(), "{}", rule.code);
                assert!(
                    !refused || finding.aws.is_some() || rule.code == "wrapped-definition",
                    "{}",
                    rule.code
                );
                assert!(
                    !finding.message.ends_with(['.', '!']),
                    "{}",
                    finding.message
                );
            }
        }
    }
}

/// The message says what stands at the place, where that is a value and not a whole object.
fn names_its_value(text: &str, finding: &Finding) {
    let value = text[finding.span.start..finding.span.end].trim_matches('"');
    if !value.is_empty() && !value.starts_with(['{', '[']) && !["true", "false"].contains(&value) {
        let value = value.split('\n').next().unwrap();
        let said = finding.message.contains(value)
            || finding.aws.iter().any(|aws| aws.message.contains(value));
        assert!(said, "{} does not name {value}", finding.message);
    }
}

#[test]
fn right_examples_are_accepted() {
    for rule in RULES {
        let examples = examples(section(&page(rule.code), "Right"));
        assert!(!examples.is_empty(), "{}", rule.code);
        for Example {
            text,
            marks,
            context,
        } in examples
        {
            assert_eq!(marks, [], "{}", rule.code);
            let reading = read(&text, &context);
            assert!(
                reading.accepted(),
                "{}: {text}{:#?}",
                rule.code,
                reading.findings
            );
            assert_eq!(
                of(&reading, rule.code),
                Vec::<&Finding>::new(),
                "{}",
                rule.code
            );
        }
    }
}

#[test]
fn each_fix_removes_its_finding_and_spoils_nothing() {
    let mut tried = 0;
    for rule in RULES {
        for Example { text, context, .. } in examples(section(&page(rule.code), "Wrong")) {
            let before = read(&text, &context);
            for finding in of(&before, rule.code) {
                for fix in &finding.fixes {
                    tried += 1;
                    let fixed = apply(&text, fix).unwrap();
                    let after = read(&fixed, &context);
                    let left = of(&after, rule.code).len();
                    let had = of(&before, rule.code).len();
                    assert!(
                        left < had,
                        "{} '{}' leaves it:\n{fixed}",
                        rule.code,
                        fix.title
                    );
                    let added = newcomers(&before, &after);
                    assert_eq!(
                        added,
                        Vec::<String>::new(),
                        "{} '{}' adds them:\n{fixed}",
                        rule.code,
                        fix.title
                    );
                    let json = after
                        .findings
                        .iter()
                        .find(|finding| finding.code.starts_with("json-"));
                    assert!(
                        json.is_none(),
                        "{} '{}': {json:?} in\n{fixed}",
                        rule.code,
                        fix.title
                    );
                }
            }
        }
    }
    assert!(tried > 50, "{tried} fixes");
}

/// What is wrong after a fix that was not before: codes that come more often. Advice does not count: what has just been
/// added can be bettered.
fn newcomers(before: &Reading, after: &Reading) -> Vec<String> {
    let mut left: Vec<_> = before.findings.iter().map(|finding| finding.code).collect();
    let mut added = Vec::new();
    let found = after.findings.iter();
    for finding in found.filter(|finding| finding.severity != Severity::Hint) {
        match left.iter().position(|code| *code == finding.code) {
            Some(index) => {
                left.swap_remove(index);
            }
            None => added.push(format!("{}: {}", finding.code, finding.message)),
        }
    }
    added
}
