//! Lines, columns and UTF-16 offsets of a text: what editors and people count in.

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// The first byte of each line.
    starts: Vec<usize>,
    /// For each line with characters beyond ASCII: the UTF-16 units before it, else the same in bytes.
    utf16_starts: Vec<usize>,
}

/// A place as a person says it; both count from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl LineIndex {
    /// Notes where the lines of a text begin, in one pass.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        let mut utf16_starts = vec![0];
        let mut utf16 = 0;
        for (at, character) in text.char_indices() {
            utf16 += character.len_utf16();
            if character == '\n' {
                starts.push(at + 1);
                utf16_starts.push(utf16);
            }
        }
        Self {
            starts,
            utf16_starts,
        }
    }

    /// The line, counted from zero, that holds a byte.
    fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start <= at) - 1
    }

    /// The line and column of a byte of the text that the index was made for.
    pub fn line_column(&self, text: &str, at: usize) -> LineColumn {
        let line = self.line_of(at);
        LineColumn {
            line: line + 1,
            column: 1 + head(text, self.starts[line], at).chars().count(),
        }
    }

    /// The offset in UTF-16 units, as JavaScript counts, of a byte.
    pub fn to_utf16(&self, text: &str, at: usize) -> usize {
        let line = self.line_of(at);
        let head = head(text, self.starts[line], at);
        self.utf16_starts[line] + head.chars().map(char::len_utf16).sum::<usize>()
    }

    /// The byte at an offset in UTF-16 units; an offset inside a pair of units gives the character's first byte.
    pub fn from_utf16(&self, text: &str, utf16: usize) -> usize {
        let line = self.utf16_starts.partition_point(|&start| start <= utf16) - 1;
        let mut units = self.utf16_starts[line];
        let start = self.starts[line];
        for (at, character) in text.get(start..).unwrap_or_default().char_indices() {
            units += character.len_utf16();
            if units > utf16 {
                return start + at;
            }
        }
        text.len()
    }
}

/// The text from `start` to before `at`, moved back to a character boundary within the text.
fn head(text: &str, start: usize, at: usize) -> &str {
    let mut end = at.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_utf16_units() {
        let text = "a“b\n𝄞x\n";
        let index = LineIndex::new(text);
        // (byte, line, column, UTF-16 offset)
        for (at, line, column, utf16) in [
            (0, 1, 1, 0),
            (1, 1, 2, 1),
            (4, 1, 3, 2),
            (5, 1, 4, 3),
            (6, 2, 1, 4),
            (10, 2, 2, 6),
            (11, 2, 3, 7),
            (12, 3, 1, 8),
        ] {
            assert_eq!(
                index.line_column(text, at),
                LineColumn { line, column },
                "byte {at}"
            );
            assert_eq!(index.to_utf16(text, at), utf16, "byte {at}");
            assert_eq!(index.from_utf16(text, utf16), at, "UTF-16 {utf16}");
        }
        assert_eq!(index.from_utf16(text, 5), 6, "inside the pair");
        assert_eq!(index.from_utf16(text, 99), text.len());
        assert_eq!(index.to_utf16(text, 99), 8);
    }
}
