//! What a row expects, beside what was seen. A member's suffix says how it is compared; what is not expected is not looked at.

use fargate_core::text::{self, Json, Node, Value};

/// Where what is seen differs, in words.
pub(super) fn differences(expect: &Node, seen: &Json, any_refusal: bool) -> Vec<String> {
    let seen = text::read(seen.as_str()).root;
    let mut found = Vec::new();
    object(expect, &seen, any_refusal, "", &mut found);
    found
}

fn object(expect: &Node, seen: &Node, any_refusal: bool, way: &str, found: &mut Vec<String>) {
    for member in expect.members() {
        let name = &*member.key.name;
        // an explanation, not an observation
        if name == "note" {
            continue;
        }
        let (name, how) = suffix(name);
        let way = if way.is_empty() {
            name.to_owned()
        } else {
            format!("{way}.{name}")
        };
        let missing = Node {
            span: member.value.span,
            value: Value::Missing,
        };
        let it = seen.get(name).unwrap_or(&missing);
        let same = match how {
            How::Same if name == "error" => refused(&member.value, it, any_refusal),
            How::Same => {
                value(&member.value, it, any_refusal, &way, found);
                true
            }
            How::Prefix => texts(it, &member.value, |whole, part| whole.starts_with(part)),
            How::Contains => texts(it, &member.value, |whole, part| whole.contains(part)),
            How::OneOf => member.value.items().iter().any(|one| same(one, it)),
        };
        if !same {
            found.push(differs(&way, it, &member.value));
        }
    }
}

enum How {
    Same,
    Prefix,
    Contains,
    OneOf,
}

/// The member that is meant, and how it is compared.
fn suffix(name: &str) -> (&str, How) {
    for (suffix, how) in [
        ("_prefix", How::Prefix),
        ("_contains", How::Contains),
        ("_one_of", How::OneOf),
    ] {
        if let Some(name) = name.strip_suffix(suffix) {
            return (name, how);
        }
    }
    (name, How::Same)
}

fn value(expect: &Node, seen: &Node, any_refusal: bool, way: &str, found: &mut Vec<String>) {
    match (&expect.value, &seen.value) {
        (Value::Object(_), Value::Object(_)) => object(expect, seen, any_refusal, way, found),
        (Value::Array(wanted), Value::Array(there)) if wanted.len() == there.len() => {
            for (place, (wanted, there)) in wanted.iter().zip(there).enumerate() {
                value(
                    wanted,
                    there,
                    any_refusal,
                    &format!("{way}[{place}]"),
                    found,
                );
            }
        }
        _ if same(expect, seen) => {}
        _ => found.push(differs(way, seen, expect)),
    }
}

/// Whether two values are one, wherever they stand.
fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Number(one), Value::Number(other)) => number(one, other),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(_), Value::Object(_)) => Json::of(one) == Json::of(other),
        (one, other) => one == other,
    }
}

/// Whether a number is the one that is expected, to as many decimals as that is written with: 0.0987 is 0.09874.
fn number(expect: &str, seen: &str) -> bool {
    let (Ok(wanted), Ok(there)) = (expect.parse::<f64>(), seen.parse::<f64>()) else {
        return expect == seen;
    };
    let decimals = expect.split_once('.').map_or(0, |(_, it)| it.len());
    let whole = decimals == 0 || expect.contains(['e', 'E']);
    let off = if whole {
        0.0
    } else {
        0.5 / 10_f64.powi(i32::try_from(decimals).unwrap_or(9))
    };
    // a half that is rounded either way, and what binary numbers cannot say
    (wanted - there).abs() <= off + f64::EPSILON * wanted.abs().max(1.0)
}

/// Whether a refusal is the one that is expected: of one of several codes, or any where the code is not evidenced.
fn refused(expect: &Node, seen: &Node, any: bool) -> bool {
    match (expect.as_str(), seen.as_str()) {
        (Some(codes), Some(code)) => any || codes.split(" or ").any(|it| it == code),
        _ => same(expect, seen),
    }
}

/// Whether a text is as one text, or several, want it.
fn texts(seen: &Node, wanted: &Node, holds: fn(&str, &str) -> bool) -> bool {
    let Some(whole) = seen.as_str() else {
        return false;
    };
    let fits = |part: &Node| part.as_str().is_some_and(|part| holds(whole, part));
    match &wanted.value {
        Value::Array(parts) => parts.iter().all(fits),
        _ => fits(wanted),
    }
}

fn differs(way: &str, seen: &Node, wanted: &Node) -> String {
    let shown = |node: &Node| match node.value {
        Value::Missing => "nothing".to_owned(),
        _ => Json::of(node).as_str().to_owned(),
    };
    format!("{way}: {}, not {}", shown(seen), shown(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_compared_as_their_suffix_says() {
        // (expected, seen, what differs)
        let rows = [
            (r#"{"a":1,"note":"why"}"#, r#"{"a":1.0,"b":2}"#, ""),
            (r#"{"a":1}"#, "{}", "a: nothing, not 1"),
            (r#"{"a":0.0987}"#, r#"{"a":0.09874}"#, ""),
            (
                r#"{"a":0.0987}"#,
                r#"{"a":0.0989}"#,
                "a: 0.0989, not 0.0987",
            ),
            (r#"{"a":2}"#, r#"{"a":2.4}"#, "a: 2.4, not 2"),
            (
                r#"{"a":{"b":[1,2]}}"#,
                r#"{"a":{"b":[1,3],"c":0}}"#,
                "a.b[1]: 3, not 2",
            ),
            (r#"{"a":[1]}"#, r#"{"a":[1,2]}"#, "a: [1,2], not [1]"),
            (
                r#"{"f":[{"reason":"MISSING"}]}"#,
                r#"{"f":[{"arn":"x","reason":"MISSING"}]}"#,
                "",
            ),
            (r#"{"r_prefix":"ecs-"}"#, r#"{"r":"ecs-svc/1"}"#, ""),
            (
                r#"{"r_prefix":"ecs-"}"#,
                r#"{"r":"my-ecs-"}"#,
                r#"r: "my-ecs-", not "ecs-""#,
            ),
            (r#"{"r_contains":["b","c"]}"#, r#"{"r":"abc"}"#, ""),
            (
                r#"{"r_contains":["b","d"]}"#,
                r#"{"r":"abc"}"#,
                r#"r: "abc", not ["b","d"]"#,
            ),
            (r#"{"r_one_of":["x",3]}"#, r#"{"r":3}"#, ""),
            (r#"{"error":"A or B"}"#, r#"{"error":"B"}"#, ""),
            (
                r#"{"error":"A"}"#,
                r#"{"error":"B"}"#,
                r#"error: "B", not "A""#,
            ),
            (r#"{"error":"A"}"#, "{}", r#"error: nothing, not "A""#),
        ];
        for (expect, seen, differs) in rows {
            let found = differences(&text::read(expect).root, &Json::known(seen), false);
            assert_eq!(found.join("; "), differs, "{expect} {seen}");
        }
    }

    #[test]
    fn where_the_code_is_not_evidenced_any_refusal_will_do_but_there_has_to_be_one() {
        let expect = text::read(r#"{"error":"A"}"#).root;
        let of = |seen| differences(&expect, &Json::known(seen), true).len();
        assert_eq!((of(r#"{"error":"B"}"#), of("{}")), (0, 1));
    }
}
