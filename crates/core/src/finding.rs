//! A finding: what is wrong at one place of a text, why, and the edits that cure it.
//!
//! One shape for the editor, the form, the canvas and the command line, so that all say the same.

use crate::text::Span;
use std::fmt;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Advice: AWS accepts it and it works.
    Hint,
    /// AWS accepts it, but it will likely not do what was meant.
    Warning,
    /// AWS refuses it.
    Error,
}

/// The moment at which AWS would speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// Before any request: the text is no JSON, or the client refuses it.
    Read,
    /// At `RegisterTaskDefinition`.
    Register,
    /// At `RunTask` or `CreateService`.
    Run,
    /// When the task starts.
    Start,
}

/// AWS's own answer, where it would refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwsError {
    /// The error code, such as `ClientException`.
    pub code: &'static str,
    /// The message, word for word where known.
    pub message: String,
}

/// A change of the text: the bytes of `span` become `new_text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub new_text: String,
}

/// A cure, named by its effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a button says it: 'Remove hostPort'.
    pub title: String,
    /// The edits, in order of place and not overlapping.
    pub edits: Vec<Edit>,
}

/// What is wrong at one place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// A stable code, unique among rules and never reused.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// When AWS would speak.
    pub moment: Moment,
    /// The place, in bytes of the text.
    pub span: Span,
    /// What is wrong, with the values, in one sentence.
    pub message: String,
    /// Why, or what to do: further sentences; empty where the message says all.
    pub help: String,
    /// AWS's own answer, where it refuses.
    pub aws: Option<AwsError>,
    /// Cures, the narrowest first.
    pub fixes: Vec<Fix>,
    /// The page that documents the rule.
    pub source: &'static str,
}

impl Finding {
    /// A finding without help, AWS's words or fixes yet.
    pub fn new(
        code: &'static str,
        severity: Severity,
        moment: Moment,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            moment,
            span,
            message: message.into(),
            help: String::new(),
            aws: None,
            fixes: Vec::new(),
            source: "",
        }
    }

    /// Adds why, or what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Adds AWS's answer.
    #[must_use]
    pub fn aws(mut self, code: &'static str, message: impl Into<String>) -> Self {
        self.aws = Some(AwsError {
            code,
            message: message.into(),
        });
        self
    }

    /// Adds a cure; the narrowest comes first.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fixes.push(Fix {
            title: title.into(),
            edits,
        });
        self
    }
}

impl Edit {
    /// Puts `new_text` in the place of a stretch.
    pub fn replace(span: Span, new_text: impl Into<String>) -> Self {
        Self {
            span,
            new_text: new_text.into(),
        }
    }

    /// Puts `new_text` at a place.
    pub fn insert(at: usize, new_text: impl Into<String>) -> Self {
        Self::replace(Span::at(at), new_text)
    }

    /// Takes a stretch away.
    pub const fn remove(span: Span) -> Self {
        Self {
            span,
            new_text: String::new(),
        }
    }
}

/// Applies a fix to the text it was made for; `None` where its edits do not fit that text.
pub fn apply(text: &str, fix: &Fix) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in &fix.edits {
        out.push_str(text.get(at..edit.span.start)?);
        out.push_str(&edit.new_text);
        at = edit.span.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}
