//! `--output yaml`: an answer as the CLI's YAML library writes it: members by their names, lists at the same depth as their name.

use fargate_core::text::{Node, Value};

/// An answer, or what a query made of it, as `--output yaml` prints it.
pub fn yaml(answer: &Node) -> String {
    let mut out = String::new();
    match &answer.value {
        Value::Object(members) if !members.is_empty() => block(answer, 0, false, &mut out),
        Value::Array(items) if !items.is_empty() => block(answer, 0, false, &mut out),
        Value::Object(_) | Value::Array(_) => {
            out.push_str(&inline(answer));
            out.push('\n');
        }
        // a document of one plain word is closed
        _ => {
            let word = inline(answer);
            out.push_str(&word);
            out.push_str(if word.starts_with('\'') {
                "\n"
            } else {
                "\n...\n"
            });
        }
    }
    out
}

/// A value of several lines, at a depth; `open` where its first line has begun already.
fn block(it: &Node, depth: usize, open: bool, out: &mut String) {
    let blanks = "  ".repeat(depth);
    let begin = |first: bool, out: &mut String| {
        if !(first && open) {
            out.push_str(&blanks);
        }
    };
    if let Value::Array(items) = &it.value {
        for (place, item) in items.iter().enumerate() {
            begin(place == 0, out);
            out.push_str("- ");
            if is_block(item) {
                block(item, depth + 1, true, out);
            } else {
                out.push_str(&inline(item));
                out.push('\n');
            }
        }
        return;
    }
    let mut names: Vec<&str> = it.members().iter().map(|it| &*it.key.name).collect();
    names.sort_unstable();
    for (place, name) in names.into_iter().enumerate() {
        begin(place == 0, out);
        out.push_str(&scalar(name));
        out.push(':');
        let Some(value) = it.get(name) else {
            continue;
        };
        match &value.value {
            Value::Array(_) if is_block(value) => {
                out.push('\n');
                block(value, depth, false, out);
            }
            _ if is_block(value) => {
                out.push('\n');
                block(value, depth + 1, false, out);
            }
            _ => {
                out.push(' ');
                out.push_str(&inline(value));
                out.push('\n');
            }
        }
    }
}

fn is_block(it: &Node) -> bool {
    match &it.value {
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => false,
    }
}

fn inline(it: &Node) -> String {
    match &it.value {
        Value::Array(_) => "[]".to_owned(),
        Value::Object(_) => "{}".to_owned(),
        Value::Missing | Value::Null => "null".to_owned(),
        Value::Bool(it) => it.to_string(),
        Value::Number(digits) => digits.to_string(),
        Value::String(text) => scalar(text),
    }
}

/// A text, in quotation marks where it would be read as something else.
fn scalar(text: &str) -> String {
    let words = [
        "true", "false", "yes", "no", "on", "off", "null", "y", "n", "~", "",
    ];
    let like_a_number = text
        .trim_start_matches(['-', '+', '.'])
        .starts_with(|it: char| it.is_ascii_digit())
        && text
            .bytes()
            .all(|it| it.is_ascii_digit() || b"-+.:eETZ_xob".contains(&it));
    let begins = text.starts_with(|it: char| "!&*?|>@`%{}[],#'\"".contains(it))
        || text.starts_with("- ")
        || text == "-"
        || text.starts_with(' ');
    let within = text.contains(": ") || text.contains(" #") || text.ends_with([':', ' ']);
    let odd = words.iter().any(|it| it.eq_ignore_ascii_case(text));
    if text.contains(['\n', '\t']) {
        return fargate_core::text::quote(text);
    }
    if odd || like_a_number || begins || within {
        return format!("'{}'", text.replace('\'', "''"));
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use fargate_core::text::read;

    #[test]
    fn answers_are_blocks_whose_members_are_sorted() {
        for (answer, wanted) in [
            ("null", "null\n...\n"),
            ("\"web\"", "web\n...\n"),
            ("\"1\"", "'1'\n"),
            (r#"{"taskArns":[]}"#, "taskArns: []\n"),
            (r#"[{"Name":"web","Count":1}]"#, "- Count: 1\n  Name: web\n"),
            (r#"[["a","b"],["c"]]"#, "- - a\n  - b\n- - c\n"),
            (
                r#"{"services":[{"b":{"x":"true"},"a":"2020-01-23T17:57:34+00:00","d":[{"id":null}]}],"failures":[]}"#,
                "failures: []\nservices:\n- a: '2020-01-23T17:57:34+00:00'\n  b:\n    x: 'true'\n  d:\n  - id: null\n",
            ),
        ] {
            assert_eq!(super::yaml(&read(answer).root), wanted, "{answer}");
        }
    }
}
