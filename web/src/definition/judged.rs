//! A text that was read: what is wrong with it, and how the editor shows that.

use super::reference::rule_page;
use crate::editor::{Bar, FixMark, Hint, Mark, Offsets, TextEdit};
use fargate_core::finding::{Edit, Finding, Moment, Severity};
use fargate_core::task_definition::{Context, Reading, read, read_resource};
use fargate_core::text::Span;
use std::sync::Arc;

/// How many findings are shown; a file that is no definition at all would give thousands.
pub(crate) const SHOWN: usize = 200;

/// A text and what there is to say about it.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    /// The text, with its offsets.
    pub(crate) offsets: Offsets,
    /// What the text holds and AWS's verdict.
    pub(crate) reading: Reading,
    /// The day whose rules it was judged by, and the rest of the context.
    pub(crate) context: Context,
}

/// How many findings there are of each weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// What AWS refuses.
    pub(crate) errors: usize,
    /// What will likely not do what was meant.
    pub(crate) warnings: usize,
    /// Advice.
    pub(crate) hints: usize,
}

impl Judged {
    /// Reads a text.
    pub(crate) fn new(text: &Arc<str>, context: Context) -> Self {
        Self::with(text, read(text, &context), context)
    }

    /// Reads the definition of that name where a text is a template with several.
    pub(crate) fn of_resource(text: &Arc<str>, name: &str, context: Context) -> Self {
        Self::with(text, read_resource(text, name, &context), context)
    }

    fn with(text: &Arc<str>, mut reading: Reading, context: Context) -> Self {
        if reading.findings.len() > SHOWN {
            // What blocks comes first in what is kept; places keep their order.
            let mut kept = 0;
            let errors = reading
                .findings
                .iter()
                .filter(|f| f.severity == Severity::Error);
            let mut room = SHOWN.saturating_sub(errors.count().min(SHOWN));
            reading.findings.retain(|finding| {
                let blocks = finding.severity == Severity::Error;
                let keep = kept < SHOWN && (blocks || room > 0);
                kept += usize::from(keep);
                if keep && !blocks {
                    room -= 1;
                }
                keep
            });
        }
        Self {
            offsets: Offsets::new(text),
            reading,
            context,
        }
    }

    /// What there is to say, in the order of the places; at most [`SHOWN`].
    pub(crate) fn findings(&self) -> &[Finding] {
        &self.reading.findings
    }

    /// The text.
    pub(crate) fn text(&self) -> &Arc<str> {
        self.offsets.text()
    }

    /// How many findings there are.
    pub(crate) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for finding in self.findings() {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Hint => counts.hints += 1,
            }
        }
        counts
    }

    /// The first finding that blocks registering.
    pub(crate) fn first_error(&self) -> Option<&Finding> {
        let mut findings = self.findings().iter();
        findings.find(|finding| finding.severity == Severity::Error)
    }

    /// A place as units of the editor.
    pub(crate) fn units(&self, span: Span) -> (u32, u32) {
        (self.offsets.utf16(span.start), self.offsets.utf16(span.end))
    }

    /// The line of a place, from 1.
    pub(crate) fn line(&self, span: Span) -> usize {
        self.offsets.line_column(span.start).0
    }

    /// Edits as the editor takes them.
    pub(crate) fn edits(&self, edits: &[Edit]) -> Vec<TextEdit> {
        let edit = |edit: &Edit| {
            let (from, to) = self.units(edit.span);
            TextEdit {
                from,
                to,
                insert: edit.new_text.clone(),
            }
        };
        edits.iter().map(edit).collect()
    }

    /// The findings as the editor takes them.
    pub(crate) fn marks(&self) -> Vec<Mark> {
        self.findings()
            .iter()
            .map(|finding| self.mark(finding))
            .collect()
    }

    /// What stands at line ends.
    pub(crate) fn hints(&self) -> Vec<Hint> {
        super::hints::hints(self)
    }

    /// The containers' bars.
    pub(crate) fn bars(&self) -> Vec<Bar> {
        super::hints::bars(self)
    }

    fn mark(&self, finding: &Finding) -> Mark {
        let (from, to) = self.units(finding.span);
        let fixes = finding.fixes.iter().map(|fix| FixMark {
            title: fix.title.clone(),
            edits: self.edits(&fix.edits),
        });
        Mark {
            from,
            to,
            severity: match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Hint => "hint",
            },
            message: finding.message.clone(),
            help: clipped(help(finding)),
            code: finding.code,
            rule: rule_page(finding.code).unwrap_or_default(),
            fixes: fixes.collect(),
        }
    }
}

/// Why Fargate would refuse to run what AWS registers, in sentences; `None` where it would not.
pub(crate) fn lacks_for_fargate(reading: &Reading) -> Option<String> {
    let at_run =
        |finding: &&Finding| finding.moment == Moment::Run && finding.severity == Severity::Warning;
    let reasons = reading.findings.iter().filter(at_run);
    let reasons: Vec<String> = reasons
        .map(|finding| format!("{}.", finding.message))
        .collect();
    (!reasons.is_empty()).then(|| reasons.join(" "))
}

/// The most characters of help that stand between the lines of the text. The list of problems has all of it.
const CLIPPED: usize = 240;

/// A text cut at the end of a word where it is long.
fn clipped(text: String) -> String {
    let Some((end, _)) = text.char_indices().nth(CLIPPED) else {
        return text;
    };
    let head = text.get(..end).unwrap_or_default();
    let head = head.rsplit_once(' ').map_or(head, |(words, _)| words);
    format!("{} …", head.trim_end_matches([',', ' ']))
}

/// The help of a finding, and AWS's own answer where it would refuse.
pub(crate) fn help(finding: &Finding) -> String {
    let mut help = finding.help.clone();
    if let Some(aws) = said_by_aws(finding) {
        if !help.is_empty() {
            help.push(' ');
        }
        help.push_str(&aws);
    }
    help
}

/// AWS's own answer, and who gives it, where it would refuse.
pub(crate) fn said_by_aws(finding: &Finding) -> Option<String> {
    let aws = finding.aws.as_ref()?;
    let who = match finding.moment {
        Moment::Read => "The AWS CLI answers",
        Moment::Register => "AWS answers",
        Moment::Run => "`RunTask` answers",
        Moment::Start => "The task stops with",
    };
    Some(format!("{who} `{}`: {}", aws.code, aws.message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::units::Date;

    fn judged(text: &str) -> Judged {
        Judged::new(&Arc::from(text), Context::fargate(Date::new(2025, 1, 1)))
    }

    #[test]
    fn a_fix_is_handed_over_in_the_editors_units() {
        let judged = judged("{ “family”: \"a\" }");
        let mark = judged.marks().into_iter().find(|mark| mark.from == 2);
        let mark = mark.expect("typographic quotation marks have a fix");
        assert_eq!(mark.severity, "error");
        let edits = &mark.fixes.first().expect("a fix").edits;
        assert!(edits.iter().all(|edit| edit.to <= 10), "{edits:?}");
    }

    #[test]
    fn what_fargate_lacks_is_said_only_where_it_would_refuse() {
        let text = |mode: &str| {
            format!(
                r#"{{"family": "a", "cpu": "256", "memory": "512", {mode}
                "containerDefinitions": [{{"name": "a", "image": "nginx:1"}}]}}"#
            )
        };
        let lacks = |mode: &str| lacks_for_fargate(&judged(&text(mode)).reading);
        assert_eq!(lacks(r#""networkMode": "awsvpc","#), None);
        let said = lacks("").expect("Fargate demands awsvpc");
        assert!(said.contains("awsvpc"), "{said}");
    }

    #[test]
    fn long_help_is_cut_at_a_word() {
        assert_eq!(clipped("short".to_owned()), "short");
        let long = clipped("word, ".repeat(90));
        assert!(long.ends_with("word …") && long.len() < 260, "{long}");
    }

    #[test]
    fn what_blocks_is_never_dropped_for_advice() {
        let container =
            |place: usize| format!(r#"{{"name": "c{place}", "image": "nginx", "x{place}": 1}}"#);
        let containers: Vec<String> = (0..300).map(container).collect();
        let text = format!(r#"{{"containerDefinitions": [{}]}}"#, containers.join(","));
        let judged = judged(&text);
        assert!(judged.findings().len() <= SHOWN);
        assert!(judged.counts().errors > 100, "{:?}", judged.counts());
    }
}
