//! A JSON value as a text without blanks: what is kept and sent on as it came.

use super::print::{compact_into, print};
use super::{Node, Value, quote, read, read_within};
use std::fmt;
use std::sync::Arc;

/// A JSON value as a text without blanks, its numbers as they were written. Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Json(Arc<str>);

impl Json {
    /// The value of a tree; what is missing in it is `null`.
    pub fn of(node: &Node) -> Self {
        let mut text = String::new();
        compact_into(node, &mut text);
        Self(text.into())
    }

    /// A text that is known to be a value without blanks, as [`Json::of`] writes it: it is not read.
    pub fn known(text: &str) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text of a member of the outermost object, found without reading the rest as a tree.
    pub fn text_of(&self, name: &str) -> Option<Box<str>> {
        let wanted = format!("{}:", quote(name));
        let (mut depth, mut at) = (0_usize, 0);
        while let Some(byte) = self.0.as_bytes().get(at) {
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                b'"' => {
                    // only a name is followed by a colon
                    if depth == 1 && self.0[at..].starts_with(&wanted) {
                        let start = at + wanted.len();
                        let value = &self.0[start..self.string_end(start)];
                        return match read(value).root.value {
                            Value::String(text) => Some(text),
                            _ => None,
                        };
                    }
                    at = self.string_end(at) - 1;
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// One past the string that begins at a byte; the byte itself where none does.
    fn string_end(&self, start: usize) -> usize {
        let bytes = self.0.as_bytes();
        if bytes.get(start) != Some(&b'"') {
            return start;
        }
        let mut at = start + 1;
        while bytes.get(at).is_some_and(|byte| *byte != b'"') {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
        }
        at + 1
    }

    /// The value with two spaces of indent, as people read it.
    pub fn indented(&self) -> String {
        print(&read_within(&self.0, usize::MAX, usize::MAX).root)
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_blanks_is_the_value_as_it_was_written() {
        // (text, without blanks)
        for (text, json) in [
            (" { \"a\" : [ 1.50 , 1e3, {} ] } ", "{\"a\":[1.50,1e3,{}]}"),
            // a repeated member stands where its first was, with the value of its last
            (
                "{\"a\":1,\"b\":2,\"a\":3,\"c\":4,\"a\":5}",
                "{\"a\":5,\"b\":2,\"c\":4}",
            ),
            ("\"\\b\\f\\u0001\\/\"", "\"\\b\\f\\u0001/\""),
            ("", "null"),
        ] {
            let found = Json::of(&read(text).root);
            assert_eq!(found.as_str(), json, "{text}");
            assert_eq!(Json::of(&read(found.as_str()).root), found, "{text}");
            assert_eq!(Json::of(&read(&found.indented()).root), found, "{text}");
        }
    }

    #[test]
    fn the_text_of_a_member_is_found_among_what_looks_like_it() {
        // (text, the family)
        for (text, family) in [
            ("{\"family\":\"web\"}", Some("web")),
            (
                "{\"x\":\"\\\\\",\"y\":{\"family\":\"no\"},\"z\":[\"family\"],\"family\":\"w\\\"é\"}",
                Some("w\"é"),
            ),
            ("{\"x\":\"\\\"family\\\":\"}", None),
            ("{\"family\":7}", None),
            ("[\"family\"]", None),
            ("\"family\"", None),
            ("null", None),
        ] {
            let json = Json::of(&read(text).root);
            assert_eq!(json.text_of("family").as_deref(), family, "{text}");
        }
    }
}
