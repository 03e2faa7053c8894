//! Patterns of policies: `*` for any run of characters, `?` for any one, and variables such as `${aws:username}`.
//!
//! Source: IAM User Guide, 'IAM JSON policy elements: Resource', 'Variables and tags'.

use super::context::Context;

/// One piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// This character.
    Char(char),
    /// Any one character: `?`.
    One,
    /// Any run of characters, an empty one too: `*`.
    Any,
}

/// A pattern whose variables have their values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

/// Whether upper and lower case differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// They differ.
    Kept,
    /// They do not.
    Ignored,
}

impl Pattern {
    /// A pattern without variables.
    pub fn plain(text: &str) -> Self {
        Self(text.chars().map(piece).collect())
    }

    /// A text that only itself fits.
    pub fn literal(text: &str) -> Self {
        Self(text.chars().map(Piece::Char).collect())
    }

    /// A pattern whose variables take their values from a request; `wild` says whether `*` and `?` outside of variables are
    /// wildcards. What a variable stands for is taken literally. `None` where the request has no value for one: such a pattern
    /// fits nothing.
    pub fn with_variables(text: &str, context: &Context, wild: bool) -> Option<Self> {
        let piece = if wild { piece } else { Piece::Char };
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, variable, after)) = next_variable(rest) {
            pieces.extend(before.chars().map(piece));
            match variable {
                "*" | "?" | "$" => pieces.extend(variable.chars().map(Piece::Char)),
                _ => pieces.extend(value_of(variable, context)?.chars().map(Piece::Char)),
            }
            rest = after;
        }
        pieces.extend(rest.chars().map(piece));
        Some(Self(pieces))
    }

    /// Whether a text fits, as a whole.
    pub fn fits(&self, text: &str, case: Case) -> bool {
        let text: Vec<char> = text.chars().collect();
        let (mut at, mut seen) = (0, 0);
        // where the last `*` stands, and how much it has taken so far
        let mut star: Option<(usize, usize)> = None;
        while seen < text.len() {
            match self.0.get(at) {
                Some(Piece::Any) => {
                    star = Some((at, seen));
                    at += 1;
                }
                Some(Piece::One) => (at, seen) = (at + 1, seen + 1),
                Some(Piece::Char(wanted)) if same(*wanted, text[seen], case) => {
                    (at, seen) = (at + 1, seen + 1);
                }
                _ => {
                    let Some((place, taken)) = star else {
                        return false;
                    };
                    star = Some((place, taken + 1));
                    (at, seen) = (place + 1, taken + 1);
                }
            }
        }
        self.0[at..].iter().all(|it| *it == Piece::Any)
    }

    /// Whether an ARN fits part by part: a wildcard stays within its part, but for the last, the resource. What has fewer
    /// than six parts fits no ARN.
    pub fn fits_arn(&self, arn: &str) -> bool {
        let (wanted, given) = (parts(&self.0), arn.splitn(6, ':').collect::<Vec<_>>());
        wanted.len() == 6
            && given.len() == 6
            && wanted
                .iter()
                .zip(given)
                .all(|(wanted, given)| Self(wanted.to_vec()).fits(given, Case::Kept))
    }
}

fn piece(char: char) -> Piece {
    match char {
        '*' => Piece::Any,
        '?' => Piece::One,
        other => Piece::Char(other),
    }
}

fn same(a: char, b: char, case: Case) -> bool {
    a == b || (case == Case::Ignored && a.to_lowercase().eq(b.to_lowercase()))
}

/// The six parts of an ARN's pattern.
fn parts(pieces: &[Piece]) -> Vec<&[Piece]> {
    pieces.splitn(6, |it| *it == Piece::Char(':')).collect()
}

/// The first variable: what stands before it, its inside, what stands after it.
pub(super) fn next_variable(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("${")?;
    let (variable, after) = rest.split_once('}')?;
    Some((before, variable, after))
}

/// The value of a variable, or its default as in `${aws:PrincipalTag/team, 'company-wide'}`. A key with several values has
/// none as a variable.
fn value_of<'a>(variable: &'a str, context: &'a Context) -> Option<&'a str> {
    let (key, default) = match variable.split_once(',') {
        Some((key, default)) => (key.trim(), Some(default.trim())),
        None => (variable.trim(), None),
    };
    match context.get(key) {
        Some([value]) => Some(value),
        _ => default?.strip_prefix('\'')?.strip_suffix('\''),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_cross_colons_and_slashes_but_not_the_parts_of_an_arn() {
        for (pattern, text, fits) in [
            ("*", "", true),
            ("a*c", "abbbc", true),
            ("a*c", "abbb", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*a*b*", "xaybz", true),
            ("arn:*/x", "arn:aws:s3:::b/y/x", true),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(
                Pattern::plain(pattern).fits(text, Case::Kept),
                fits,
                "{pattern} {text}"
            );
        }
        let arn = "arn:aws:ecs:us-east-1:1:cluster/a:b";
        for (pattern, fits) in [
            ("arn:aws:ecs:*:*:cluster/*", true),
            ("arn:aws:ecs:*:cluster/*", false),
            ("arn:*", false),
            ("*", false),
        ] {
            assert_eq!(Pattern::plain(pattern).fits_arn(arn), fits, "{pattern}");
        }
    }

    #[test]
    fn a_variables_value_is_taken_literally() {
        let context = Context::default().with("aws:username", "a*");
        let pattern = Pattern::with_variables("home/${aws:username}/*", &context, true);
        let pattern = pattern.expect("the variable has a value");
        assert!(pattern.fits("home/a*/x", Case::Kept));
        assert!(!pattern.fits("home/ab/x", Case::Kept));
        assert_eq!(
            Pattern::with_variables("${aws:userid}", &context, true),
            None
        );
        let default = Pattern::with_variables("${aws:userid, 'x'}${*}", &context, true);
        assert!(default.is_some_and(|it| it.fits("x*", Case::Kept)));
    }
}
