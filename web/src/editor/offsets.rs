//! Bytes to UTF-16 units and back: Rust counts the one, the editor the other.
//!
//! Notes stand every few hundred bytes, so that a text of one long line costs no more than one of many short ones.

use std::sync::Arc;

/// Bytes between two notes.
const STRIDE: usize = 256;

/// A text with notes of how many UTF-16 units precede some of its bytes.
#[derive(Clone, Debug)]
pub struct Offsets {
    text: Arc<str>,
    /// Bytes and units before each note; the first is 0 and 0. Bytes are on character boundaries.
    notes: Vec<(usize, usize)>,
    /// Whether bytes and units are the same.
    ascii: bool,
}

impl Offsets {
    /// Counts through a text, once.
    pub fn new(text: &Arc<str>) -> Self {
        let mut notes = vec![(0, 0)];
        let (mut units, mut next) = (0, STRIDE);
        for (at, character) in text.char_indices() {
            if at >= next {
                notes.push((at, units));
                next = at + STRIDE;
            }
            units += character.len_utf16();
        }
        Self {
            text: Arc::clone(text),
            notes,
            ascii: text.is_ascii(),
        }
    }

    /// The text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The units before a byte. A byte inside a character counts as its first, one beyond the text as its end.
    pub fn utf16(&self, byte: usize) -> u32 {
        if self.ascii {
            return byte.min(self.text.len()) as u32;
        }
        let note = self.notes.partition_point(|(at, _)| *at <= byte);
        let (from, units) = self.note(note);
        let rest = self.text.get(from..).unwrap_or_default();
        let characters = rest.char_indices();
        let before =
            characters.take_while(|(at, character)| from + at + character.len_utf8() <= byte);
        (units + before.map(|(_, c)| c.len_utf16()).sum::<usize>()) as u32
    }

    /// The bytes before a unit. A unit inside a character counts as its first, one beyond the text as its end.
    pub fn byte(&self, unit: u32) -> usize {
        let unit = unit as usize;
        if self.ascii {
            return unit.min(self.text.len());
        }
        let note = self.notes.partition_point(|(_, units)| *units <= unit);
        let (from, mut units) = self.note(note);
        let rest = self.text.get(from..).unwrap_or_default();
        for (at, character) in rest.char_indices() {
            units += character.len_utf16();
            if units > unit {
                return from + at;
            }
        }
        self.text.len()
    }

    /// Line and column of a byte, both from 1; the column counts characters.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let mut end = byte.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text.get(..end).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before.get(start..).unwrap_or_default().chars().count();
        (line + 1, column + 1)
    }

    fn note(&self, after: usize) -> (usize, usize) {
        let note = after.checked_sub(1).and_then(|place| self.notes.get(place));
        note.copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offsets(text: &str) -> Offsets {
        Offsets::new(&Arc::from(text))
    }

    #[test]
    fn bytes_and_units_agree_at_every_character() {
        let long = "ascii “quoted” 𝄞\n".repeat(400);
        for text in ["", "a“b\n𝄞x\n", &long] {
            let offsets = offsets(text);
            let mut units = 0;
            for (at, character) in text.char_indices() {
                assert_eq!(offsets.utf16(at), units, "byte {at}");
                assert_eq!(offsets.byte(units), at, "unit {units}");
                units += character.len_utf16() as u32;
            }
            assert_eq!(offsets.utf16(text.len()), units);
            assert_eq!(offsets.byte(units), text.len());
        }
    }

    #[test]
    fn places_inside_a_character_or_beyond_the_text_are_moved() {
        let offsets = offsets("𝄞x");
        assert_eq!(offsets.utf16(2), 0, "inside the clef");
        assert_eq!(offsets.byte(1), 0, "between its two units");
        assert_eq!(offsets.utf16(99), 3);
        assert_eq!(offsets.byte(99), 5);
    }

    #[test]
    fn places_are_said_as_lines_and_columns() {
        let offsets = offsets("{\n  “a”: 1\n}");
        for (byte, place) in [(0, (1, 1)), (2, (2, 1)), (7, (2, 4)), (99, (3, 2))] {
            assert_eq!(offsets.line_column(byte), place, "byte {byte}");
        }
    }
}
