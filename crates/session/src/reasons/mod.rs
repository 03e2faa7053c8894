//! The table of stop and failure reasons: what AWS says when a task does not start, stops, or is not run at all, and which page
//! explains it.
//!
//! A reason is a row of `table.jsonl`, a page `pages/ID.md` and a scenario `tests/data/reasons/ID.txt` that causes it; a test plays
//! every scenario and holds AWS's words against the row. To add one, add these three.

use fargate_core::wire;

/// The rows, one a line.
const TABLE: &str = include_str!("table.jsonl");

wire! {
    /// A reason as AWS gives it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Reason {
        /// Its name here, and that of its page: `reasons.html#secret-key`.
        pub id: String = "id",
        /// Where AWS shows it.
        pub shows: Shows = "shows",
        /// The task's `stopCode`, or the code of the exception.
        pub code: String = "code",
        /// AWS's words; `{request}` stands for what differs each time.
        pub text: String = "text",
        /// How well the words are known.
        pub evidence: Evidence = "evidence",
        /// The scenario that causes it.
        pub scenario: String = "scenario",
    }

    /// Where AWS shows a reason.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Shows {
        /// A task's `stoppedReason`.
        Task = "task",
        /// A container's `reason`.
        Container = "container",
        /// The answer to a call.
        Exception = "exception",
        /// `failures` in the answer to `RunTask`.
        Failure = "failure",
    }

    /// How well the words are known.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Evidence {
        /// AWS gave them in an experiment.
        Observed = "observed",
        /// AWS's documentation has them.
        Documented = "documented",
        /// People made them public.
        Reported = "reported",
        /// They follow from what is known of the parts that speak.
        Derived = "derived",
    }
}

impl Shows {
    /// Where, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Task => "The task's stoppedReason",
            Self::Container => "The container's reason",
            Self::Exception => "The answer to the call",
            Self::Failure => "The failures in RunTask's answer",
        }
    }
}

impl Evidence {
    /// How well, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Observed => "AWS gave these words in an experiment.",
            Self::Documented => "AWS's documentation has these words.",
            Self::Reported => "People made these words public.",
            Self::Derived => {
                "Nobody is known to have made these words public: they follow from the parts that speak."
            }
        }
    }
}

impl Reason {
    /// Whether AWS's words are this reason's: all of them, with something in each place that differs.
    pub fn is(&self, text: &str) -> bool {
        matches(&self.text, text)
    }

    /// How many characters of the words are always the same: of two reasons that fit, the longer is meant.
    fn weight(&self) -> usize {
        let parts = self.text.split('{');
        parts
            .map(|it| it.rsplit('}').next().unwrap_or(it).len())
            .sum()
    }
}

/// All reasons, in the order of the table.
pub fn all() -> Vec<Reason> {
    let rows = TABLE.lines().map(wire::parse);
    rows.filter_map(Result::ok).collect()
}

/// The reason of a code and a text of AWS's; of several that fit, the one that says the most.
pub fn find(code: &str, text: &str) -> Option<Reason> {
    let fits = all().into_iter();
    let fits = fits.filter(|it| it.code == code && it.is(text));
    fits.max_by_key(Reason::weight)
}

/// Whether a text is a template's: its fixed parts in order, and at least one character in each place between them.
fn matches(template: &str, text: &str) -> bool {
    let Some((fixed, rest)) = template.split_once('{') else {
        return template == text;
    };
    let (Some(text), Some((_, rest))) = (text.strip_prefix(fixed), rest.split_once('}')) else {
        return false;
    };
    let mut ends = text.char_indices().skip(1).map(|(place, _)| place);
    let ends = ends.by_ref().chain([text.len()]);
    !text.is_empty() && ends.into_iter().any(|end| matches(rest, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_a_templates_where_all_of_it_fits() {
        for (template, text, fits) in [
            ("a", "a", true),
            ("a", "ab", false),
            ("{x}", "", false),
            ("{x}", "é", true),
            ("a {x} b {y}.", "a 1 b 2.", true),
            ("a {x} b {y}.", "a 1 b 2", false),
            ("a {x} b {y}.", "a  b 2.", false),
            ("a {x} b {y}.", "a 1 b 2 b 3.", true),
        ] {
            assert_eq!(matches(template, text), fits, "{template} {text}");
        }
    }

    #[test]
    fn every_line_of_the_table_is_a_reason() {
        assert_eq!(all().len(), TABLE.lines().count());
    }
}
