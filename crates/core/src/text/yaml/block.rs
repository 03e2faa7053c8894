//! Blocks: mappings, lists and scalars whose shape is their indent.

use super::super::{Key, MAX_DEPTH, Member, Node, Span, Value};
use super::{Line, Reader, plain};

impl Reader<'_> {
    /// Reads the node that begins on the current line, at this indent.
    pub(super) fn block(&mut self, indent: usize) -> Node {
        let Some(line) = self.settle() else {
            return Node::missing(self.text.len());
        };
        if self.depth >= MAX_DEPTH {
            self.wrong(
                "yaml-depth",
                Span::new(line.content(), line.end),
                "What nests this deep is not read",
            );
            self.line = self.lines.len();
            return Node::missing(line.content());
        }
        self.depth += 1;
        let node = if self.dash(line).is_some() {
            self.list(indent)
        } else if self.key(line).is_some() {
            self.mapping(indent)
        } else {
            self.value(line.content(), indent.saturating_sub(1))
        };
        self.depth -= 1;
        node
    }

    /// Where an item begins after the dash of a list, on a line that has one.
    fn dash(&self, line: Line) -> Option<usize> {
        let rest = self.text[line.content()..line.end].strip_prefix('-')?;
        let inner = rest.trim_start_matches(' ');
        (rest.is_empty() || inner.len() < rest.len()).then(|| line.end - inner.len())
    }

    /// The key of a mapping, on a line that has one, and where its value may begin.
    fn key(&self, line: Line) -> Option<(Key, usize)> {
        let content = &self.text[line.content()..line.end];
        let quote = content
            .chars()
            .next()
            .filter(|first| matches!(first, '"' | '\''));
        let length = match quote {
            Some(quote) => content[1..].find(quote)? + 2,
            None if content
                .starts_with(['{', '[', '#', '|', '>', '&', '*', '!', '%', '@', '`']) =>
            {
                return None;
            }
            None => {
                let bytes = content.as_bytes();
                let mut colons = bytes.iter().enumerate().filter(|(_, byte)| **byte == b':');
                let ends = |at: usize| matches!(bytes.get(at + 1), None | Some(b' ' | b'\t'));
                let at = colons.find(|(at, _)| ends(*at))?.0;
                // what a comment says is no key
                (!content[..at].contains(" #")).then_some(at)?
            }
        };
        let after = content[length..]
            .trim_start_matches(' ')
            .strip_prefix(':')?;
        if !after.is_empty() && !after.starts_with([' ', '\t']) {
            return None;
        }
        let name = content[..length].trim_end();
        let span = Span::new(line.content(), line.content() + name.len());
        let name = name.trim_matches(|c| Some(c) == quote).into();
        Some((Key { span, name }, line.end - after.len()))
    }

    fn list(&mut self, indent: usize) -> Node {
        let mut items = Vec::new();
        let start = self.lines[self.line].content();
        while let Some(line) = self.settle().filter(|line| line.indent == indent) {
            let Some(inner) = self.dash(line) else {
                break;
            };
            let rest = self.text[inner..line.end].trim_start();
            if rest.is_empty() || rest.starts_with('#') {
                self.line += 1;
                items.push(self.below(indent, inner));
                continue;
            }
            // the item is a block of its own that begins in the middle of the line
            self.lines[self.line].indent = inner - line.start;
            items.push(self.block(inner - line.start));
            self.pass_strays(indent);
        }
        let end = items.last().map_or(start, |item: &Node| item.span.end);
        Node {
            span: Span::new(start, end.max(start)),
            value: Value::Array(items),
        }
    }

    fn mapping(&mut self, indent: usize) -> Node {
        let mut members: Vec<Member> = Vec::new();
        let start = self.lines[self.line].content();
        while let Some(line) = self.settle().filter(|line| line.indent == indent) {
            let Some((key, after)) = self.key(line) else {
                let span = Span::new(line.content(), line.end);
                self.wrong(
                    "yaml-key-missing",
                    span,
                    "Here a name and a colon are expected",
                );
                self.line += 1;
                continue;
            };
            let rest = self.text[after..line.end].trim_start();
            let value = if rest.is_empty() || rest.starts_with('#') {
                self.line += 1;
                self.below_key(indent, after)
            } else {
                self.value(line.end - rest.len(), indent)
            };
            members.push(Member {
                key,
                value,
                shadowed: false,
            });
            self.pass_strays(indent);
        }
        super::super::read::shadow(&mut members);
        let end = members.last().map_or(start, |member| {
            member.value.span.end.max(member.key.span.end)
        });
        Node {
            span: Span::new(start, end),
            value: Value::Object(members),
        }
    }

    /// Notes and passes lines that are indented more than the block they stand in.
    fn pass_strays(&mut self, indent: usize) {
        while let Some(line) = self.settle().filter(|line| line.indent > indent) {
            let span = Span::new(line.content(), line.end);
            self.wrong(
                "yaml-indent",
                span,
                "The indent of this line fits nothing above it",
            );
            self.line += 1;
        }
    }

    /// The node on the lines below that are indented more than this; null where there are none.
    fn below(&mut self, indent: usize, at: usize) -> Node {
        match self.settle() {
            Some(line) if line.indent > indent => self.block(line.indent),
            _ => Node {
                span: Span::at(at),
                value: Value::Null,
            },
        }
    }

    /// The same below a key, where a list may stand at the key's own indent.
    fn below_key(&mut self, indent: usize, at: usize) -> Node {
        match self.settle() {
            Some(line) if line.indent == indent && self.dash(line).is_some() => self.list(indent),
            _ => self.below(indent, at),
        }
    }

    /// Reads the value that begins at a place of the current line, inside a block of this indent.
    fn value(&mut self, at: usize, indent: usize) -> Node {
        let line = self.lines[self.line];
        let mut at = at;
        while self.text.as_bytes().get(at) == Some(&b'&') {
            // an anchor names the value that follows
            let rest = &self.text[at..line.end];
            let length = rest.find(' ').unwrap_or(rest.len());
            let inner = rest[length..].trim_start();
            if inner.is_empty() {
                self.line += 1;
                return self.below_key(indent, at + length);
            }
            at = line.end - inner.len();
        }
        match self.text.as_bytes().get(at) {
            Some(b'!' | b'*') => self.unknown(at, indent),
            Some(b'|' | b'>') => self.lines_of_text(at, indent),
            Some(b'{' | b'[' | b'"' | b'\'') => {
                let (node, end) = self.flow(at, 0);
                self.go_after(end);
                node
            }
            _ => self.plain_lines(at, indent),
        }
    }

    /// Passes a tagged value or an alias: what it stands for is not known.
    fn unknown(&mut self, at: usize, indent: usize) -> Node {
        let line = self.lines[self.line];
        let mut end = at + self.text[at..line.end].trim_end().len();
        self.line += 1;
        let tag_alone = !self.text[at..end].contains(' ');
        while let Some(line) = self.settle() {
            // the list that a tag is for may stand at its key's own indent
            let listed = tag_alone && line.indent == indent && self.dash(line).is_some();
            if line.indent <= indent && !listed {
                break;
            }
            end = line.end;
            self.line += 1;
        }
        Node {
            span: Span::new(at, end),
            value: Value::Missing,
        }
    }

    /// A literal or folded text: all lines that are indented more.
    fn lines_of_text(&mut self, at: usize, indent: usize) -> Node {
        let folded = self.text.as_bytes()[at] == b'>';
        let (mut out, mut end, mut margin) = (String::new(), self.lines[self.line].end, None);
        self.line += 1;
        while let Some(&line) = self.lines.get(self.line) {
            let raw = &self.text[line.start..line.end];
            let blank = raw.trim().is_empty();
            if !blank && line.indent <= indent {
                break;
            }
            let margin = *margin.get_or_insert(line.indent);
            let own = if blank {
                ""
            } else {
                raw.get(margin.min(line.indent)..).unwrap_or(raw)
            };
            out.push_str(own);
            out.push(if folded && !blank { ' ' } else { '\n' });
            if !blank {
                end = line.end;
            }
            self.line += 1;
        }
        let text = out.trim_end();
        Node {
            span: Span::new(at, end),
            value: Value::String(text.into()),
        }
    }

    /// An unquoted scalar, and the lines that continue it.
    fn plain_lines(&mut self, at: usize, indent: usize) -> Node {
        let line = self.lines[self.line];
        let first = uncommented(&self.text[at..line.end]);
        let mut end = at + first.len();
        self.line += 1;
        let mut more = String::new();
        while let Some(line) = self
            .settle()
            .filter(|line| line.indent > indent && self.key(*line).is_none())
        {
            let part = uncommented(&self.text[line.content()..line.end]);
            more.push(' ');
            more.push_str(part);
            end = line.content() + part.len();
            self.line += 1;
        }
        let value = if more.is_empty() {
            plain(first)
        } else {
            Value::String(format!("{first}{more}").into())
        };
        Node {
            span: Span::new(at, end),
            value,
        }
    }

    /// Goes to the line after the one in which a place lies, noting what follows it there.
    fn go_after(&mut self, end: usize) {
        while self.lines.get(self.line).is_some_and(|line| line.end < end) {
            self.line += 1;
        }
        if let Some(&line) = self.lines.get(self.line) {
            let rest = self.text.get(end..line.end).unwrap_or_default();
            let rest = rest.trim();
            if !rest.is_empty() && !rest.starts_with('#') {
                let span = Span::new(end, line.end);
                self.wrong(
                    "yaml-unexpected",
                    span,
                    "After the value nothing more is expected on this line",
                );
            }
        }
        self.line += 1;
    }
}

/// A line without its comment and the blanks at its end.
fn uncommented(text: &str) -> &str {
    text.find(" #").map_or(text, |at| &text[..at]).trim_end()
}
