//! The reference of the rules as a page of the site: `rules.html`, made of the page beside each rule.
//!
//! AWS's answers on it are what the rules say to the page's own examples, so the reference cannot say otherwise than they do.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fargate_core::call::LaunchType;
use fargate_core::finding::Moment;
use fargate_core::task_definition::{Context, explain, read, rule_codes};
use fargate_core::units::Date;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Parser, Tag, TagEnd, html};

use crate::process::{Result, at};
use crate::reasons;
use crate::strict;
use crate::workspace::root;

/// The name of the page, which the findings link to.
const PAGE: &str = "rules.html";
/// Where Trunk finds the page.
const PREPARED: &str = "target/reference";
/// The style sheets that it uses, joined into one.
const SHEETS: [&str; 3] = ["tokens", "base", "rules"];
/// The day whose rules the examples are judged by, where they name none.
const DAY: Date = Date::new(2026, 11, 21);

/// Writes the page and its style sheet where Trunk finds them: `web/index.html` has the folder copied into the site, so that
/// `serve` has them too, as they are when it begins.
pub(crate) fn prepare() -> Result {
    let folder = root().join(PREPARED);
    if folder.exists() {
        // The style sheet's name changes with what is in it.
        at(&folder, fs::remove_dir_all(&folder))?;
    }
    write(&folder)
}

/// Writes the page, that of the reasons, and their style sheet into a folder.
pub(crate) fn write(dist: &Path) -> Result {
    let style = style(dist)?;
    let path = dist.join(PAGE);
    at(&path, fs::write(&path, strict::guarded(&page(&style)?)?))?;
    reasons::write(dist, &style)
}

/// Writes the style sheet of the references into a folder, and gives its name.
fn style(dist: &Path) -> Result<String> {
    at(dist, fs::create_dir_all(dist))?;
    let mut css = String::new();
    for sheet in SHEETS {
        let path = root().join(format!("web/styles/{sheet}.css"));
        css.push_str(&at(&path, fs::read_to_string(&path))?);
    }
    let name = format!("rules-{:016x}.css", strict::fingerprint(css.as_bytes()));
    at(dist, fs::write(dist.join(&name), css))?;
    Ok(name)
}

/// The whole page.
fn page(style: &str) -> Result<String> {
    let (mut list, mut rules) = (String::new(), String::new());
    for code in rule_codes() {
        let text = explain(code).ok_or_else(|| format!("the rule {code} has no page"))?;
        let (title, body) = parts(text);
        let title = escaped(title);
        let _ = writeln!(
            list,
            "<li><a href=\"#{code}\"><code>{code}</code> {title}</a></li>"
        );
        let _ = writeln!(
            rules,
            "<article id=\"{code}\" aria-labelledby=\"{code}-title\">\n<h2 id=\"{code}-title\"><a href=\"#{code}\">{title}</a></h2>\n<p><code>{code}</code></p>\n{}{}</article>",
            answers(code, body),
            rendered(body)
        );
    }
    Ok(format!(
        r##"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rules · Fargate Playground</title>
<meta name="description" content="What AWS refuses in a task definition and why: every rule of Fargate Playground, with AWS's answer, examples and sources.">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="public/favicon.svg" type="image/svg+xml">
<script src="public/theme.js"></script>
<link rel="stylesheet" href="./{style}">
</head>
<body>
<a class="skip" href="#rules">Skip to the rules</a>
<header>
<p><a href="./">Fargate Playground</a> · <a href="./reasons.html">Stop and failure reasons</a></p>
<h1>The rules of task definitions</h1>
<p>What AWS refuses, and what it accepts but will likely not do what was meant: in the order in which AWS checks, as far as it is known. Words of AWS's that nobody has seen are said to be so.</p>
</header>
<nav aria-label="Rules">
<ul>
{list}</ul>
</nav>
<main id="rules">
{rules}</main>
<footer>
<p>Fargate Playground is not affiliated with, endorsed by or sponsored by Amazon Web Services.</p>
</footer>
</body>
</html>
"##
    ))
}

/// The title of a page, and what follows its heading.
pub(crate) fn parts(page: &str) -> (&str, &str) {
    let (heading, body) = page.split_once('\n').unwrap_or((page, ""));
    let title = heading.split_once(": ").map_or(heading, |(_, title)| title);
    (title, body)
}

/// What AWS answers to the wrong examples, each answer once.
fn answers(code: &str, body: &str) -> String {
    let mut said = BTreeSet::new();
    for (info, example) in fenced(body) {
        let (text, context) = prepared(info, example);
        for finding in read(&text, &context).findings {
            if finding.code != code {
                continue;
            }
            if let Some(aws) = finding.aws {
                said.insert((moment(finding.moment), aws.code, aws.message));
            }
        }
    }
    if said.is_empty() {
        return "<p class=\"answer\">AWS says nothing: this is the playground's advice.</p>\n"
            .to_owned();
    }
    let mut out = String::from("<h3>What AWS answers</h3>\n<ul class=\"answers\">\n");
    for (moment, code, message) in said {
        let message = escaped(&message);
        let _ = writeln!(
            out,
            "<li>{moment}: <code>{code}</code> <q>{message}</q></li>"
        );
    }
    out.push_str("</ul>\n");
    out
}

const fn moment(moment: Moment) -> &'static str {
    match moment {
        Moment::Read => "Before it is sent",
        Moment::Register => "At registration",
        Moment::Run => "When it is to run",
        Moment::Start => "When the task starts",
    }
}

/// The fenced examples of a page: what stands behind the fence, and the text.
fn fenced(body: &str) -> impl Iterator<Item = (&str, &str)> {
    body.split("```json").skip(1).filter_map(|block| {
        let (info, rest) = block.split_once('\n')?;
        Some((info, rest.split_once("```")?.0))
    })
}

/// An example without the marks below its lines, and the context that it asks for.
fn prepared(info: &str, example: &str) -> (String, Context) {
    let mut context = Context::fargate(DAY);
    let mut pad = 0;
    for setting in info.split_whitespace() {
        match setting.split_once('=') {
            Some(("as-of", day)) => context.as_of = Date::parse(day).unwrap_or(DAY),
            Some(("launch-type", "EC2")) => context.launch_type = LaunchType::Ec2,
            Some(("launch-type", "EXTERNAL")) => context.launch_type = LaunchType::External,
            Some(("platform-version", name)) => context.platform_version = Some(name.to_owned()),
            Some(("pad", bytes)) => pad = bytes.parse().unwrap_or_default(),
            _ => {}
        }
    }
    let lines = example.lines().filter(|line| !is_mark(line));
    let mut text = lines.collect::<Vec<_>>().join("\n");
    text.push('\n');
    (text.replace("<pad>", &"x".repeat(pad)), context)
}

/// Whether a line of an example marks a place of the line above it.
fn is_mark(line: &str) -> bool {
    line.trim_start().starts_with('^')
}

/// The page as HTML: its headings one level deeper, its examples with their marks.
pub(crate) fn rendered(body: &str) -> String {
    let mut events = Vec::new();
    let mut example: Option<(String, String)> = None;
    for event in Parser::new(body) {
        match (event, &mut example) {
            (Event::Start(Tag::CodeBlock(kind)), _) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                example = Some((info, String::new()));
            }
            (Event::Text(text), Some((_, so_far))) => so_far.push_str(&text),
            (Event::End(TagEnd::CodeBlock), _) => {
                let (info, text) = example.take().unwrap_or_default();
                events.push(Event::Html(CowStr::from(block(&info, &text))));
            }
            (Event::Start(Tag::Heading { .. }), _) => {
                events.push(Event::Html(CowStr::from("<h3>")));
            }
            (Event::End(TagEnd::Heading(_)), _) => {
                events.push(Event::Html(CowStr::from("</h3>\n")));
            }
            (other, _) => events.push(other),
        }
    }
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    out
}

/// An example: what it is judged by, and its lines, the marks apart.
fn block(info: &str, text: &str) -> String {
    let settings: Vec<_> = info
        .split_whitespace()
        .filter(|word| word.contains('='))
        .map(escaped)
        .collect();
    let mut out = String::new();
    if !settings.is_empty() {
        let _ = writeln!(
            out,
            "<p class=\"settings\">Judged with <code>{}</code></p>",
            settings.join(" ")
        );
    }
    out.push_str("<pre tabindex=\"0\"><code>");
    for line in text.lines() {
        let line_text = escaped(line);
        if is_mark(line) {
            let _ = writeln!(out, "<strong>{line_text}</strong>");
        } else {
            let _ = writeln!(out, "{line_text}");
        }
    }
    out.push_str("</code></pre>\n");
    out
}

pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_on_the_page_once_and_the_list_leads_to_it() {
        let page = page("rules-1.css").unwrap();
        for code in rule_codes() {
            assert_eq!(
                page.matches(&format!("<article id=\"{code}\"")).count(),
                1,
                "{code}"
            );
            assert!(
                page.contains(&format!("<li><a href=\"#{code}\">")),
                "{code}"
            );
        }
        assert_eq!(page.matches("<pre").count(), page.matches("</pre>").count());
        assert!(!page.contains("```") && !page.contains("\n## "));
    }

    #[test]
    fn the_page_says_what_aws_answers_with_its_values() {
        let page = page("rules-1.css").unwrap();
        let (_, rule) = page.split_once("<article id=\"fargate-size\"").unwrap();
        let (rule, _) = rule.split_once("</article>").unwrap();
        for words in [
            "At registration: <code>ClientException</code>",
            "No Fargate configuration exists for given values: 256 CPU, 4096 memory.",
            "Judged with <code>as-of=2017-12-01</code>",
            "<strong>            ^^^^^^ fargate-size</strong>",
            "<a href=\"https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html\">",
        ] {
            assert!(rule.contains(words), "{words} is not in\n{rule}");
        }
        let (_, advice) = page.split_once("<article id=\"image-latest\"").unwrap();
        assert!(
            advice
                .split("</article>")
                .next()
                .unwrap()
                .contains("the playground's advice")
        );
    }

    #[test]
    fn the_policy_allows_all_that_is_on_the_page() {
        let page = strict::guarded(&page("rules-1.css").unwrap()).unwrap();
        assert!(page.contains("Content-Security-Policy"));
    }
}
