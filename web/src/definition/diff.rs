//! What differs between two texts, line by line: pure data for the view.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// How many lines that stay the same are shown around those that do not.
const AROUND: usize = 2;

/// One row of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// A line of both texts.
    Same(String),
    /// A line of the earlier text only.
    Removed(String),
    /// A line of the later text only.
    Added(String),
    /// So many lines of both texts, left out.
    Skipped(usize),
}

/// The rows that lead from one text to the other; none where they are the same.
pub(crate) fn rows(before: &str, after: &str) -> Vec<Row> {
    let old: Vec<&str> = before.lines().collect();
    let new: Vec<&str> = after.lines().collect();
    let steps = capture_diff_slices(Algorithm::Myers, &old, &new);
    if steps
        .iter()
        .all(|step| matches!(step, DiffOp::Equal { .. }))
    {
        return Vec::new();
    }
    let last = steps.len().saturating_sub(1);
    let mut rows = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let (gone, come) = (step.old_range(), step.new_range());
        let gone = old.get(gone).unwrap_or_default();
        let come = new.get(come).unwrap_or_default();
        if matches!(step, DiffOp::Equal { .. }) {
            same(&mut rows, gone, index == 0, index == last);
        } else {
            rows.extend(gone.iter().map(|line| Row::Removed((*line).to_owned())));
            rows.extend(come.iter().map(|line| Row::Added((*line).to_owned())));
        }
    }
    rows
}

/// Lines that stay: those beside a change are shown, the rest is counted.
fn same(rows: &mut Vec<Row>, lines: &[&str], first: bool, last: bool) {
    let head = if first { 0 } else { AROUND };
    let tail = if last { 0 } else { AROUND };
    let show = |lines: &[&str]| {
        let lines = lines.iter().map(|line| Row::Same((*line).to_owned()));
        lines.collect::<Vec<_>>()
    };
    // a row that says 'one line' is no shorter than the line
    if lines.len() <= head + tail + 1 {
        rows.extend(show(lines));
        return;
    }
    let (begin, rest) = lines.split_at(head);
    let (middle, end) = rest.split_at(rest.len() - tail);
    rows.extend(show(begin));
    rows.push(Row::Skipped(middle.len()));
    rows.extend(show(end));
}

/// How many lines came and how many went, in words.
pub(crate) fn summary(rows: &[Row]) -> String {
    let added = rows.iter().filter(|row| matches!(row, Row::Added(_)));
    let removed = rows.iter().filter(|row| matches!(row, Row::Removed(_)));
    match (added.count(), removed.count()) {
        (0, 0) => "The two are the same, line by line.".to_owned(),
        (added, removed) => format!(
            "{} added, {removed} removed.",
            crate::words::count(added, "line")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as patches write them.
    fn written(before: &str, after: &str) -> Vec<String> {
        let rows = rows(before, after).into_iter().map(|row| match row {
            Row::Same(line) => format!(" {line}"),
            Row::Removed(line) => format!("-{line}"),
            Row::Added(line) => format!("+{line}"),
            Row::Skipped(lines) => format!("@{lines}"),
        });
        rows.collect()
    }

    #[test]
    fn changes_stand_between_the_lines_around_them() {
        let table: [(&str, &str, &[&str]); 6] = [
            ("a\nb", "a\nb", &[]),
            ("", "a", &["+a"]),
            ("a", "", &["-a"]),
            ("a\nb\nc", "a\nx\nc", &[" a", "-b", "+x", " c"]),
            (
                "1\n2\n3\n4\n5\n6\n7\n8\n9",
                "1\n2\n3\n4\nfive\n6\n7\n8\n9",
                &["@2", " 3", " 4", "-5", "+five", " 6", " 7", "@2"],
            ),
            (
                "a\n1\n2\n3\n4\n5\nb",
                "A\n1\n2\n3\n4\n5\nB",
                &["-a", "+A", " 1", " 2", " 3", " 4", " 5", "-b", "+B"],
            ),
        ];
        for (before, after, expected) in table {
            assert_eq!(written(before, after), expected, "{before:?} to {after:?}");
        }
    }

    #[test]
    fn removed_lines_come_from_the_one_text_and_added_ones_from_the_other() {
        let before = include_str!("example.json");
        let after = before.replace("256", "512").replace("  \"", "\t\"");
        let rows = rows(before, &after);
        for row in &rows {
            match row {
                Row::Removed(line) => assert!(before.lines().any(|old| old == line), "{line}"),
                Row::Added(line) => assert!(after.lines().any(|new| new == line), "{line}"),
                Row::Same(_) | Row::Skipped(_) => {}
            }
        }
        assert!(summary(&rows).ends_with("removed."));
        assert_eq!(summary(&[]), "The two are the same, line by line.");
    }
}
