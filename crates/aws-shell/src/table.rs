//! `--output table`: an answer in boxes, one a structure, as wide as the widest needs; where that is wider than the terminal, structures
//! that are there once stand as names beside values.
//!
//! Source: the CLI's own formatter, and what the guide 'Controlling command output' shows of it.

use fargate_core::text::{Node, Value};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Columns of a terminal that nobody knows.
const TERMINAL: usize = 80;
/// Blanks around the widest word of a column, and the marks beside a row.
const PADDING: usize = 4;
const BORDER: usize = 2;

/// A box.
#[derive(Default)]
struct Section {
    title: Option<String>,
    depth: usize,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// An answer, or what a query made of it, as `--output table` prints it under the name of the operation; nothing of nothing.
pub fn table(operation: &str, answer: &Node) -> String {
    let mut sections = Vec::new();
    if !build(Some(operation), answer, 0, &mut sections) {
        return String::new();
    }
    let mut width = widest(&sections);
    if width > TERMINAL {
        sections.iter_mut().for_each(Section::turn);
        width = widest(&sections);
    }
    let mut out = format!("{}\n", "-".repeat(width));
    for section in &sections {
        section.draw(width, &mut out);
    }
    out
}

fn widest(sections: &[Section]) -> usize {
    sections.iter().map(Section::width).max().unwrap_or(0)
}

fn is_scalar(it: &Node) -> bool {
    !matches!(it.value, Value::Array(_) | Value::Object(_))
}

fn cell(it: Option<&Node>) -> String {
    match it.map(|it| &it.value) {
        Some(Value::Missing | Value::Null) => "None".to_owned(),
        Some(Value::Bool(is)) => if *is { "True" } else { "False" }.to_owned(),
        Some(Value::Number(digits)) => digits.to_string(),
        Some(Value::String(text)) => text.to_string(),
        None | Some(Value::Array(_) | Value::Object(_)) => String::new(),
    }
}

/// Whether there is anything in it to show.
fn is_something(it: &Node) -> bool {
    match &it.value {
        Value::Missing | Value::Null => false,
        Value::Bool(it) => *it,
        Value::Number(digits) => digits.parse::<f64>() != Ok(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}

fn build(title: Option<&str>, it: &Node, depth: usize, sections: &mut Vec<Section>) -> bool {
    if !is_something(it) {
        return false;
    }
    if let Some(title) = title {
        sections.push(section(title, depth));
    }
    match &it.value {
        Value::Array(items) if matches!(items[0].value, Value::Object(_)) => {
            of_list(items, title.unwrap_or_default(), depth, sections);
        }
        Value::Array(items) => {
            for item in items {
                if is_scalar(item) {
                    row(sections, vec![cell(Some(item))]);
                } else if item.items().iter().all(is_scalar) && item.members().is_empty() {
                    row(
                        sections,
                        item.items().iter().map(|it| cell(Some(it))).collect(),
                    );
                } else {
                    build(None, item, depth, sections);
                }
            }
        }
        Value::Object(_) => of_object(it, depth, sections),
        _ => {}
    }
    true
}

fn section(title: &str, depth: usize) -> Section {
    Section {
        title: Some(title.to_owned()),
        depth,
        ..Section::default()
    }
}

fn row(sections: &mut [Section], cells: Vec<String>) {
    if let Some(last) = sections.last_mut() {
        last.rows.push(cells);
    }
}

fn of_object(it: &Node, depth: usize, sections: &mut Vec<Section>) {
    let (headers, more) = names(std::slice::from_ref(it));
    if let [one] = headers.as_slice() {
        row(sections, vec![one.clone(), cell(it.get(one))]);
    } else if !headers.is_empty() {
        let cells = headers.iter().map(|name| cell(it.get(name))).collect();
        if let Some(last) = sections.last_mut() {
            last.headers = headers;
        }
        row(sections, cells);
    }
    for name in more {
        if let Some(inner) = it.get(&name) {
            build(Some(&name), inner, depth + 1, sections);
        }
    }
}

fn of_list(items: &[Node], title: &str, depth: usize, sections: &mut Vec<Section>) {
    let (headers, more) = names(items);
    for (place, item) in items.iter().enumerate() {
        if place > 0 && !more.is_empty() {
            sections.push(section(title, depth));
        }
        if let Some(last) = sections.last_mut().filter(|it| it.headers.is_empty()) {
            last.headers.clone_from(&headers);
        }
        row(
            sections,
            headers.iter().map(|name| cell(item.get(name))).collect(),
        );
        for name in &more {
            if let Some(inner) = item.get(name) {
                build(Some(name), inner, depth + 1, sections);
            }
        }
    }
}

/// The names of what is a word in some structures, and of what is more.
fn names(of: &[Node]) -> (Vec<String>, Vec<String>) {
    let (mut words, mut more) = (BTreeSet::new(), BTreeSet::new());
    for member in of.iter().flat_map(Node::members) {
        let name = member.key.name.to_string();
        if is_scalar(&member.value) {
            words.insert(name);
        } else {
            more.insert(name);
        }
    }
    (words.into_iter().collect(), more.into_iter().collect())
}

impl Section {
    /// The widest word of each column.
    fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = Vec::new();
        for line in std::iter::once(&self.headers).chain(&self.rows) {
            for (place, cell) in line.iter().enumerate() {
                let length = cell.chars().count();
                match widths.get_mut(place) {
                    Some(width) => *width = length.max(*width),
                    None => widths.push(length),
                }
            }
        }
        widths
    }

    fn width(&self) -> usize {
        let columns: usize = self.widths().iter().map(|it| it + PADDING).sum();
        let title = self
            .title
            .as_ref()
            .map_or(0, |it| it.chars().count() + PADDING + BORDER);
        title.max(columns + BORDER) + 2 * self.depth
    }

    /// A structure that is there once, as names beside values.
    fn turn(&mut self) {
        if self.rows.len() == 1 && !self.headers.is_empty() {
            let headers = std::mem::take(&mut self.headers);
            let cells = self.rows.remove(0);
            self.rows = headers
                .into_iter()
                .zip(cells)
                .map(|(name, cell)| vec![name, cell])
                .collect();
        }
    }

    /// The columns, wider by what the box is wider.
    fn columns(&self, width: usize) -> Vec<usize> {
        let own: Vec<usize> = self.widths().iter().map(|it| it + PADDING).collect();
        let sum: usize = own.iter().sum();
        let mut scaled: Vec<usize> = own.iter().map(|it| rounded(it * width, sum)).collect();
        let mut all: usize = scaled.iter().sum();
        while all > width {
            for it in &mut scaled {
                if all > width && *it > 0 {
                    *it -= 1;
                    all -= 1;
                }
            }
        }
        while all < width && !scaled.is_empty() {
            for it in scaled.iter_mut().rev() {
                if all < width {
                    *it += 1;
                    all += 1;
                }
            }
        }
        scaled
    }

    fn draw(&self, width: usize, out: &mut String) {
        if let Some(title) = &self.title {
            let edge = "|".repeat(self.depth + 1);
            out.push_str(&centred(title, width, &edge, &edge));
            out.push('\n');
            if self.headers.is_empty() && self.rows.is_empty() {
                let _written = writeln!(out, "+{}+", "-".repeat(width - 2));
            }
        }
        let columns = self.columns(width.saturating_sub(2 * self.depth));
        let within = "|".repeat(self.depth);
        let mut line = |cells: String| {
            let _written = writeln!(out, "{within}{cells}{within}");
        };
        if !self.headers.is_empty() {
            line(rule(&columns));
            line(cells(&columns, &self.headers, |text, width, left| {
                centred(text, width, left, "|")
            }));
        }
        if self.rows.is_empty() || columns.is_empty() {
            return;
        }
        line(rule(&columns));
        for row in &self.rows {
            line(cells(&columns, row, aligned));
        }
        line(rule(&columns));
    }
}

/// A quotient, of halves the even one.
fn rounded(of: usize, by: usize) -> usize {
    let (whole, rest) = (of / by.max(1), of % by.max(1));
    match (rest * 2).cmp(&by) {
        std::cmp::Ordering::Less => whole,
        std::cmp::Ordering::Greater => whole + 1,
        std::cmp::Ordering::Equal => whole + whole % 2,
    }
}

fn rule(columns: &[usize]) -> String {
    let parts = columns.iter().enumerate().map(|(place, width)| {
        let (before, marks) = if place == 0 { ("+", 2) } else { ("", 1) };
        format!("{before}{}+", "-".repeat(width.saturating_sub(marks)))
    });
    parts.collect()
}

/// The cells of a line, of which the first has a left edge.
fn cells(columns: &[usize], row: &[String], draw: impl Fn(&str, usize, &str) -> String) -> String {
    let cells = columns.iter().zip(row).enumerate();
    let drawn =
        cells.map(|(place, (width, cell))| draw(cell, *width, if place == 0 { "|" } else { "" }));
    drawn.collect()
}

fn centred(text: &str, width: usize, left: &str, right: &str) -> String {
    let length = text.chars().count();
    let before = (width / 2).saturating_sub(length / 2 + 1);
    let after = width.saturating_sub(right.len() + left.len() + before + length);
    format!(
        "{left}{}{text}{}{right}",
        " ".repeat(before),
        " ".repeat(after)
    )
}

fn aligned(text: &str, width: usize, left: &str) -> String {
    let length = text.chars().count();
    let before = if width > length + 2 + left.len() {
        2
    } else {
        0
    };
    let after = width.saturating_sub(left.len() + before + length + 1);
    format!("{left}{}{text}{}|", " ".repeat(before), " ".repeat(after))
}

#[cfg(test)]
mod tests {
    use fargate_core::text::read;

    #[test]
    fn a_list_of_structures_is_a_box_as_the_guide_shows_it() {
        let answer = r#"[{"ID":"vol-e11a5288","InstanceId":"i-a071c394","AZ":"us-west-2a","Size":30},{"ID":"vol-2e410a47","InstanceId":"i-4b41a37c","AZ":"us-west-2a","Size":8}]"#;
        let wanted = "\
------------------------------------------------------
|                   DescribeVolumes                  |
+------------+----------------+--------------+-------+
|     AZ     |      ID        | InstanceId   | Size  |
+------------+----------------+--------------+-------+
|  us-west-2a|  vol-e11a5288  |  i-a071c394  |  30   |
|  us-west-2a|  vol-2e410a47  |  i-4b41a37c  |  8    |
+------------+----------------+--------------+-------+
";
        assert_eq!(super::table("DescribeVolumes", &read(answer).root), wanted);
    }

    #[test]
    fn what_is_within_is_indented_and_nothing_is_no_box() {
        let answer = r#"{"tasks":[{"a":"1","d":[{"n":"x","v":"y"}]}],"failures":[]}"#;
        let drawn = super::table("DescribeTasks", &read(answer).root);
        for line in [
            "|  DescribeTasks  |",
            "|+---------------+|",
            "||  1            ||",
            "|||  x  |  y    |||",
        ] {
            assert!(drawn.lines().any(|it| it == line), "{line}\n{drawn}");
        }
        assert_eq!(super::table("X", &read("[]").root), "");
        assert_eq!(
            super::table("DescribeX", &read("\"web\"").root),
            "---------------\n|  DescribeX  |\n+-------------+\n"
        );
    }
}
