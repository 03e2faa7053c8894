//! YAML into the same tree as JSON, with the same places: the part of YAML that people write definitions and templates
//! in. Own code, as it goes to the browser, where a YAML crate costs more than all rules together, and as no maintained one
//! keeps the place of every key and value.
//!
//! Read are block and flow collections, all five kinds of scalars, comments, document marks, anchors (passed over) and
//! tags. A tagged value, such as CloudFormation's `!Ref`, and an alias are values that are not known here:
//! [`Value::Missing`]. Only the first document is read.

mod block;
mod flow;

use super::notes::{Notes, wrong};
use super::{Document, MAX_BYTES, Node, Span, Value};
use crate::finding::Edit;

/// The definition of YAML.
const SOURCE: &str = "https://yaml.org/spec/1.2.2/";

/// One line with something on it.
#[derive(Clone, Copy, Debug)]
struct Line {
    /// Its first byte.
    start: usize,
    /// How far its content is from there, in bytes.
    indent: usize,
    /// One past its last byte, the line break not counted.
    end: usize,
}

impl Line {
    const fn content(self) -> usize {
        self.start + self.indent
    }
}

struct Reader<'t> {
    text: &'t str,
    lines: Vec<Line>,
    /// The line that is read.
    line: usize,
    depth: usize,
    notes: Notes,
}

/// Whether a text is YAML rather than JSON: its first line that says something begins a mapping or list of YAML's.
pub fn is_yaml(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end);
    let first = lines.find(|line| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with('#') && line != "---" && !line.starts_with('%')
    });
    let Some(line) = first.map(|line| line.trim_start_matches('\u{feff}')) else {
        return false;
    };
    let line = line.trim_start_matches("- ").trim_start();
    let Some((key, rest)) = line.split_once(':') else {
        return false;
    };
    let key = key.trim_end().trim_matches(['"', '\'']);
    let named = !key.is_empty()
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    // a name in quotation marks with a comma at the end of the line is JSON without its braces
    let json = line.starts_with('"') && (rest.ends_with([',', '{', '[']) || rest.trim().is_empty());
    // prose before JSON may look like a name and a value; a brace at the beginning of a line is JSON's
    let braced = || text.lines().any(|line| line.starts_with('{'));
    named && !json && (rest.is_empty() || rest.starts_with(' ')) && !braced()
}

/// Reads a text as YAML, as well as it can be read.
pub fn read_yaml(text: &str) -> Document {
    let mut reader = Reader {
        text,
        lines: Vec::new(),
        line: 0,
        depth: 0,
        notes: Notes::default(),
    };
    let root = if text.len() > MAX_BYTES {
        reader.wrong("yaml-size", Span::at(0), "The text is too long to be read");
        Node::missing(0)
    } else {
        reader.split();
        reader.document()
    };
    let mut findings = reader.notes.finish(text.len());
    for finding in &mut findings {
        finding.source = SOURCE;
    }
    Document { root, findings }
}

impl Reader<'_> {
    fn wrong(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.notes.add(wrong(code, span, message));
    }

    /// Finds the lines of the first document.
    fn split(&mut self) {
        let mut start = 0;
        for raw in self.text.split_inclusive('\n') {
            let line = raw.trim_end_matches(['\n', '\r']);
            let end = start + line.len();
            let bare = line.trim_start_matches('\u{feff}');
            if line.starts_with("---") || line.starts_with("...") {
                // what has been read so far was only directives and comments, or the document is over
                if self.lines.iter().any(|line| self.significant(*line)) {
                    break;
                }
            } else if !line.starts_with('%') {
                let indent = line.len() - bare.trim_start_matches([' ', '\t']).len();
                let blanks = &line[..indent];
                if blanks.contains('\t') && indent < line.len() {
                    let span = Span::new(start, start + indent);
                    let spaces = vec![Edit::replace(span, blanks.replace('\t', "  "))];
                    let finding = wrong("yaml-tab", span, "YAML is not indented by tabs");
                    self.notes.add(finding.fix("Use spaces", spaces));
                }
                self.lines.push(Line { start, indent, end });
            }
            start += raw.len();
        }
    }

    /// Whether a line holds more than blanks and a comment.
    fn significant(&self, line: Line) -> bool {
        let content = self.text[line.content()..line.end].trim_start();
        !content.is_empty() && !content.starts_with('#')
    }

    /// Goes to the next line that holds something, from the current one on.
    fn settle(&mut self) -> Option<Line> {
        loop {
            let line = *self.lines.get(self.line)?;
            if self.significant(line) {
                return Some(line);
            }
            self.line += 1;
        }
    }

    fn document(&mut self) -> Node {
        let Some(line) = self.settle() else {
            return Node::missing(0);
        };
        let root = self.block(line.indent);
        if let Some(line) = self.settle() {
            let span = Span::new(line.content(), line.end);
            self.wrong(
                "yaml-after-end",
                span,
                "This line belongs to nothing above it: its indent fits nowhere",
            );
        }
        root
    }
}

/// What an unquoted scalar is.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if super::number::is_number(text) => Value::Number(text.into()),
        _ => Value::String(text.into()),
    }
}
