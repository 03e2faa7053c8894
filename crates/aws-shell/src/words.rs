//! The words of a line, as a shell without variables and patterns splits it.

/// A quotation that is not closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unclosed(
    /// The mark that opens it.
    pub char,
);

/// Splits a line at blanks outside quotation marks.
pub fn split(line: &str) -> Result<Vec<String>, Unclosed> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut rest = line.chars();
    while let Some(it) = rest.next() {
        match it {
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match rest.next() {
                        Some('\'') => break,
                        Some(it) => word.push(it),
                        None => return Err(Unclosed('\'')),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match rest.next() {
                        Some('"') => break,
                        Some('\\') => match rest.next() {
                            Some(it @ ('"' | '\\' | '$' | '`')) => word.push(it),
                            Some(it) => word.extend(['\\', it]),
                            None => return Err(Unclosed('"')),
                        },
                        Some(it) => word.push(it),
                        None => return Err(Unclosed('"')),
                    }
                }
            }
            '\\' => word
                .get_or_insert_default()
                .extend(rest.next().filter(|it| *it != '\n')),
            it if it.is_whitespace() => words.extend(word.take()),
            it => word.get_or_insert_default().push(it),
        }
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_hold_words_together() {
        for (line, wanted) in [
            ("aws ecs  list-tasks", &["aws", "ecs", "list-tasks"][..]),
            (
                r#"a 'b c' "d \"e\"" f\ g ''"#,
                &["a", "b c", "d \"e\"", "f g", ""],
            ),
            ("--x={a=[b,c]}'d e'", &["--x={a=[b,c]}d e"]),
        ] {
            assert_eq!(
                split(line).as_deref(),
                Ok(wanted
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .as_slice()),
                "{line}"
            );
        }
        assert_eq!(split("a 'b"), Err(Unclosed('\'')));
        assert_eq!(split("a \"b\\"), Err(Unclosed('"')));
    }
}
