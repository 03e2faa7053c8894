//! Names as AWS allows them, names that were meant, and texts short enough for a sentence.

/// What a family's, container's or volume's name is.
pub(super) const NAME_RULE: &str = "Up to 255 letters, digits, hyphens and underscores.";

/// Whether a text is a name.
pub(super) fn is_name(text: &str) -> bool {
    (1..=255).contains(&text.len()) && text.chars().all(in_name)
}

/// Why a text that is no name is none.
pub(super) fn name_flaw(text: &str) -> String {
    match text.chars().find(|&c| !in_name(c)) {
        Some(bad) if bad.is_whitespace() => "it contains a space".to_owned(),
        Some(bad) => format!("it contains {bad}"),
        None => format!("it has {} characters", text.chars().count()),
    }
}

/// The name nearest to a text; `None` where nothing is left of it.
pub(super) fn tidy(text: &str) -> Option<String> {
    let name: String = text
        .trim()
        .chars()
        .map(|c| if in_name(c) { c } else { '-' })
        .take(255)
        .collect();
    let name = name.trim_matches('-');
    (!name.is_empty()).then(|| name.to_owned())
}

const fn in_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

/// A text short enough for a sentence.
pub(super) fn clip(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The known name that was most likely meant: the same but for capitals and marks, one that the other contains or
/// begins with, or one within a few letters.
pub(crate) fn nearest<'n>(written: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = plain(written);
    if wanted.is_empty() || wanted.len() > 80 {
        return None;
    }
    let allowed = (wanted.len() / 3).min(3);
    known
        .filter_map(|name| {
            let other = plain(name);
            let shared = wanted.bytes().zip(other.bytes());
            let shared = shared.take_while(|(a, b)| a == b).count();
            let begins = shared >= 5 && shared + 1 >= wanted.len();
            let holds = |a: &str, b: &str| b.len() >= 5 && a.contains(b);
            let part = begins || holds(&other, &wanted) || holds(&wanted, &other);
            let distance = distance(wanted.as_bytes(), other.as_bytes());
            let score = if part { distance.min(1) } else { distance };
            (score <= allowed).then_some((score, distance, name))
        })
        .min_by_key(|&(score, distance, _)| (score, distance))
        .map(|(_, _, name)| name)
}

/// Small letters and digits only.
fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// How many letters must be put in, taken out or replaced to make one from the other.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_that_was_meant() {
        let names = [
            "family",
            "cpu",
            "memory",
            "requiresCompatibilities",
            "containerDefinitions",
            "image",
        ];
        for (written, meant) in [
            ("Family", Some("family")),
            ("requires_compatibilities", Some("requiresCompatibilities")),
            ("requiredCompatibilities", Some("requiresCompatibilities")),
            ("containers", Some("containerDefinitions")),
            ("containerDefinition", Some("containerDefinitions")),
            ("CPU", Some("cpu")),
            ("memroy", Some("memory")),
            ("dockerImage", Some("image")),
            ("volumes", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, names.into_iter()), meant, "{written}");
        }
    }
}
