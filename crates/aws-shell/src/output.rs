//! `--output text`: an answer as lines whose cells are parted by tabs.
//!
//! Source: measured, and the CLI's own formatter: scalars of an object in the order of their names, then what it holds further, each
//! under its name in capitals; `None`, `True` and `False` as Python writes them.

use fargate_core::text::{Node, Value};
use std::collections::BTreeSet;

/// An answer, or what a query made of it, as `--output text` prints it.
pub fn text(answer: &Node) -> String {
    let mut out = String::new();
    write(answer, None, None, &mut out);
    out
}

fn scalar(it: &Node) -> Option<String> {
    Some(match &it.value {
        Value::Array(_) | Value::Object(_) => return None,
        Value::Missing | Value::Null => "None".to_owned(),
        Value::Number(digits) => digits.to_string(),
        Value::String(text) => text.to_string(),
        Value::Bool(is) => if *is { "True" } else { "False" }.to_owned(),
    })
}

fn line(cells: &[String], out: &mut String) {
    out.push_str(&cells.join("\t"));
    out.push('\n');
}

fn write(it: &Node, under: Option<&str>, cells: Option<&BTreeSet<&str>>, out: &mut String) {
    match &it.value {
        Value::Object(_) => object(it, under, cells, out),
        Value::Array(items) => list(items, under, out),
        _ => line(&[scalar(it).unwrap_or_default()], out),
    }
}

fn object(it: &Node, under: Option<&str>, cells: Option<&BTreeSet<&str>>, out: &mut String) {
    let of = |name: &str| it.get(name).and_then(scalar);
    let mut names: Vec<&str> = it.members().iter().map(|it| &*it.key.name).collect();
    names.sort_unstable();
    let mut scalars: Vec<String> = match cells {
        Some(all) => all
            .iter()
            .map(|name| of(name).unwrap_or_default())
            .collect(),
        None => names.iter().filter_map(|name| of(name)).collect(),
    };
    if !scalars.is_empty() {
        if let Some(under) = under {
            scalars.insert(0, under.to_ascii_uppercase());
        }
        line(&scalars, out);
    }
    for name in names {
        if let Some(inner) = it.get(name).filter(|it| scalar(it).is_none()) {
            write(inner, Some(name), None, out);
        }
    }
}

fn list(items: &[Node], under: Option<&str>, out: &mut String) {
    let is_object = |it: &Node| matches!(it.value, Value::Object(_));
    if items.iter().any(is_object) {
        let members = items.iter().flat_map(Node::members);
        let scalars = members.filter(|it| scalar(&it.value).is_some());
        let cells: BTreeSet<&str> = scalars.map(|it| &*it.key.name).collect();
        for it in items {
            write(it, under, Some(&cells), out);
        }
        return;
    }
    let scalars: Vec<String> = items.iter().filter_map(scalar).collect();
    match under {
        Some(under) => {
            for it in &scalars {
                line(&[under.to_ascii_uppercase(), it.clone()], out);
            }
        }
        None if !scalars.is_empty() => line(&scalars, out),
        None => {}
    }
    for it in items.iter().filter(|it| scalar(it).is_none()) {
        write(it, under, None, out);
    }
}

#[cfg(test)]
mod tests {
    use fargate_core::text::read;

    #[test]
    fn answers_are_lines_of_cells() {
        for (answer, wanted) in [
            ("null", "None\n"),
            ("true", "True\n"),
            ("\"web\"", "web\n"),
            (r#"["a","b"]"#, "a\tb\n"),
            ("[]", ""),
            (r#"[{"Name":"web","Count":1}]"#, "1\tweb\n"),
            (r#"[["web",2],["api",1]]"#, "web\t2\napi\t1\n"),
            (r#"{"taskArns":["x","y"]}"#, "TASKARNS\tx\nTASKARNS\ty\n"),
            (
                r#"{"services":[{"b":1,"a":"x","d":[{"id":null}]},{"a":"y"}],"failures":[]}"#,
                "SERVICES\tx\t1\nD\tNone\nSERVICES\ty\t\n",
            ),
        ] {
            assert_eq!(super::text(&read(answer).root), wanted, "{answer}");
        }
    }
}
