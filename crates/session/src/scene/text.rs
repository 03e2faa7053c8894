//! How wide a text is, near enough to give it room before a browser has drawn it.
//!
//! The widths are those of the widest fonts in the page's font lists at 12 px, so a text never needs more than it is given.

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// The interface font.
    Plain,
    /// The interface font, semibold.
    Strong,
    /// The fixed-width font.
    Mono,
}

/// The width of a text of 12 px, in pixels.
pub fn width(text: &str, face: Face) -> f64 {
    text.chars().map(|c| advance(c, face)).sum()
}

fn advance(c: char, face: Face) -> f64 {
    let plain = match c {
        _ if face == Face::Mono => return 7.23,
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 3.4,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '-' | '/' => 4.4,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '→' | '…' => 9.8,
        'A'..='Z' => 7.6,
        _ => 6.3,
    };
    if face == Face::Strong {
        plain * 1.09
    } else {
        plain
    }
}

/// The text, cut with an ellipsis where it is wider than the room.
pub fn fit(text: &str, face: Face, room: f64) -> String {
    if width(text, face) <= room {
        return text.to_owned();
    }
    let mut left = room - advance('…', face);
    let mut cut: String = text
        .chars()
        .take_while(|&c| {
            left -= advance(c, face);
            left >= 0.0
        })
        .collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

/// The text in at most `lines` lines of the given room, broken between words; the last is cut where more follows.
pub fn wrap(text: &str, face: Face, room: f64, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match out.last_mut() {
            Some(line) if width(line, face) + advance(' ', face) + width(word, face) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    if out.len() > lines {
        let rest = out.split_off(lines.saturating_sub(1)).join(" ");
        out.push(rest);
    }
    out.iter().map(|line| fit(line, face, room)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_fits_stays_and_a_longer_one_ends_in_an_ellipsis() {
        assert_eq!(fit("api", Face::Plain, 60.0), "api");
        let cut = fit("scorekeep-frontend", Face::Plain, 60.0);
        assert!(
            cut.ends_with('…') && width(&cut, Face::Plain) <= 60.0,
            "{cut}"
        );
    }

    #[test]
    fn a_reason_wraps_between_words_and_the_last_line_is_cut() {
        let lines = wrap("Essential container in task exited", Face::Plain, 100.0, 2);
        assert_eq!(lines, ["Essential", "container in tas…"]);
    }
}
