//! The pages beside rules and reasons, written in Markdown, as HTML.

use std::fmt::Write as _;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Parser, Tag, TagEnd, html};

/// The title of a page, and what follows its heading.
pub(super) fn parts(page: &str) -> (&str, &str) {
    let (heading, body) = page.split_once('\n').unwrap_or((page, ""));
    let title = heading.split_once(": ").map_or(heading, |(_, title)| title);
    (title, body)
}

/// Whether a line of an example marks a place of the line above it.
pub(super) fn is_mark(line: &str) -> bool {
    line.trim_start().starts_with('^')
}

/// The page as HTML: its headings one level deeper, its examples with their marks.
pub(super) fn rendered(body: &str) -> String {
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

/// A text, so that none of it is taken for HTML.
pub(super) fn escaped(text: &str) -> String {
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
