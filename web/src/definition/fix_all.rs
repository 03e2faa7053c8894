//! Many fixes at once: the first fix of every finding that blocks and has one, as far as they do not overlap.

use fargate_core::finding::{Edit, Finding, Fix, Severity};

/// Fixes to apply together, and what they do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FixAll {
    /// What they do, each once, with how often, in the order of the text.
    pub(crate) titles: Vec<(String, usize)>,
    /// The edits, in order and not overlapping.
    pub(crate) edits: Vec<Edit>,
}

impl FixAll {
    /// How many fixes it holds.
    pub(crate) fn count(&self) -> usize {
        self.titles.iter().map(|(_, times)| times).sum()
    }
}

/// Takes the fixes that can be applied together. One that overlaps an earlier one waits for the next time, and so does
/// one of a finding that offers several ways: which of them is meant, only the person knows.
pub(crate) fn fix_all(findings: &[Finding]) -> FixAll {
    let mut all = FixAll::default();
    for finding in findings.iter().filter(|f| f.severity == Severity::Error) {
        let Some(fix) = only_way(finding) else {
            continue;
        };
        if fix.edits.is_empty() || !fits(&all.edits, &fix.edits) {
            continue;
        }
        all.edits.extend(fix.edits.iter().cloned());
        all.edits.sort_by_key(|edit| edit.span);
        match all.titles.iter_mut().find(|(title, _)| *title == fix.title) {
            Some((_, times)) => *times += 1,
            None => all.titles.push((fix.title.clone(), 1)),
        }
    }
    all
}

/// The narrowest fix, where the others only do the same in more places.
fn only_way(finding: &Finding) -> Option<&Fix> {
    let (fix, others) = finding.fixes.split_first()?;
    let wider = |other: &Fix| fix.edits.iter().all(|edit| other.edits.contains(edit));
    others.iter().all(wider).then_some(fix)
}

/// Whether new edits touch none of those taken. Two insertions at one place would depend on their order.
fn fits(taken: &[Edit], new: &[Edit]) -> bool {
    new.iter().all(|edit| {
        taken.iter().all(|other| {
            let (a, b) = (edit.span, other.span);
            a != b && (a.end <= b.start || b.end <= a.start)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::finding::{Moment, apply};
    use fargate_core::task_definition::{Context, read};
    use fargate_core::text::Span;
    use fargate_core::units::Date;

    fn finding(severity: Severity, fixes: &[(&str, usize, usize)]) -> Finding {
        let mut finding = Finding::new("x", severity, Moment::Read, Span::at(0), "x");
        for (title, start, end) in fixes {
            finding = finding.fix(*title, vec![Edit::remove(Span::new(*start, *end))]);
        }
        finding
    }

    #[test]
    fn only_what_blocks_has_one_cure_and_does_not_overlap_is_taken() {
        let findings = [
            finding(Severity::Error, &[("Straighten", 0, 2)]),
            finding(Severity::Error, &[("Straighten", 4, 6)]),
            finding(Severity::Error, &[("Overlaps", 5, 8)]),
            finding(Severity::Error, &[("This", 10, 11), ("or that", 12, 13)]),
            finding(Severity::Warning, &[("Advice", 20, 21)]),
            finding(Severity::Error, &[]),
        ];
        let all = fix_all(&findings);
        assert_eq!(all.titles, [("Straighten".to_owned(), 2)]);
        assert_eq!(all.count(), 2);
    }

    #[test]
    fn a_fix_of_all_such_places_is_no_other_way() {
        let one = vec![Edit::remove(Span::new(0, 2))];
        let all = vec![Edit::remove(Span::new(0, 2)), Edit::remove(Span::new(4, 6))];
        let finding = Finding::new("x", Severity::Error, Moment::Read, Span::at(0), "x");
        let finding = finding.fix("Straighten", one).fix("Straighten all", all);
        assert_eq!(fix_all(&[finding]).titles, [("Straighten".to_owned(), 1)]);
    }

    #[test]
    fn the_slide_is_mended_in_a_few_rounds_and_nothing_is_lost() {
        let slide = include_str!("../../../crates/core/tests/data/slides/33.txt");
        let context = Context::fargate(Date::new(2025, 1, 1));
        let mut text = slide.to_owned();
        for _ in 0..6 {
            let edits = fix_all(&read(&text, &context).findings).edits;
            if edits.is_empty() {
                break;
            }
            let title = String::new();
            text = apply(&text, &Fix { title, edits }).expect("the edits fit");
        }
        let reading = read(&text, &context);
        assert!(
            !reading.findings.iter().any(|f| f.moment == Moment::Read),
            "{:#?}",
            reading.findings
        );
        for kept in ["scorekeep-frontend", "amazonaws.com/fe", "awsvpc", "2 gb"] {
            assert!(text.contains(kept), "{kept} in {text}");
        }
    }
}
