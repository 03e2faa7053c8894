//! `--query`: `JMESPath`. Members, indices, slices, projections, filters, comparisons, `&&`, `||` and `!`, lists and objects of
//! expressions, pipes, and functions.
//!
//! Source: the grammar and the functions at jmespath.org. What is not read here is told, and never guessed.

mod functions;
mod reader;

use fargate_core::text::{self, Json, Node, Span, Value};

/// What an expression makes of an answer. The error says what is not read.
pub fn query(expression: &str, answer: &Node) -> Result<Node, String> {
    Ok(reader::read(expression)?.of(answer))
}

/// An expression.
#[derive(Clone, Debug)]
enum Expression {
    Current,
    Literal(Node),
    Member(String),
    Index(i64),
    /// From where to where of a list, and in which steps.
    Slice(Option<i64>, Option<i64>, i64),
    Flatten,
    /// What is done with each item of a list, or with each value of an object.
    Each(bool),
    Filter(Box<Expression>),
    List(Vec<Expression>),
    Object(Vec<(String, Expression)>),
    Call(String, Vec<Expression>),
    /// `&expression`, an argument of functions that ask it of each item.
    Reference(Box<Expression>),
    Compare(Box<Expression>, Comparison, Box<Expression>),
    And(Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
    Not(Box<Expression>),
    /// One after the other; what follows a projection is done with each.
    Chain(Vec<Expression>),
    Pipe(Box<Expression>, Box<Expression>),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
}

fn node(value: Value) -> Node {
    Node {
        span: Span::default(),
        value,
    }
}

fn null() -> Node {
    node(Value::Null)
}

fn flag(is: bool) -> Node {
    node(Value::Bool(is))
}

fn is_nothing(it: &Node) -> bool {
    matches!(it.value, Value::Null | Value::Missing)
}

/// Whether a value counts as true: all but nothing, false, and what is empty.
fn is_true(it: &Node) -> bool {
    match &it.value {
        Value::Null | Value::Missing => false,
        Value::Bool(is) => *is,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Number(_) => true,
    }
}

fn number(it: &Node) -> Option<f64> {
    match &it.value {
        Value::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}

fn equal(left: &Node, right: &Node) -> bool {
    match (number(left), number(right)) {
        (Some(left), Some(right)) => left.total_cmp(&right).is_eq(),
        (None, None) => Json::of(left) == Json::of(right),
        _ => false,
    }
}

fn compared(left: &Node, how: Comparison, right: &Node) -> Node {
    let by_size = |fits: fn(std::cmp::Ordering) -> bool| match (number(left), number(right)) {
        (Some(left), Some(right)) => flag(fits(left.total_cmp(&right))),
        // only numbers have an order
        _ => null(),
    };
    match how {
        Comparison::Equal => flag(equal(left, right)),
        Comparison::Unequal => flag(!equal(left, right)),
        Comparison::Less => by_size(std::cmp::Ordering::is_lt),
        Comparison::AtMost => by_size(std::cmp::Ordering::is_le),
        Comparison::More => by_size(std::cmp::Ordering::is_gt),
        Comparison::AtLeast => by_size(std::cmp::Ordering::is_ge),
    }
}

impl Expression {
    fn of(&self, on: &Node) -> Node {
        match self {
            Self::Current => on.clone(),
            Self::Literal(it) => it.clone(),
            Self::Member(name) => on.get(name).cloned().unwrap_or_else(null),
            Self::Index(place) => {
                let items = on.items();
                let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
                let place = if *place < 0 { length + place } else { *place };
                let found = usize::try_from(place).ok().and_then(|it| items.get(it));
                found.cloned().unwrap_or_else(null)
            }
            Self::Flatten | Self::Each(_) | Self::Filter(_) | Self::Slice(..) => {
                self.projected(on, &[])
            }
            Self::List(all) if !is_nothing(on) => {
                node(Value::Array(all.iter().map(|it| it.of(on)).collect()))
            }
            Self::Object(all) if !is_nothing(on) => {
                let members = all.iter().map(|(name, it)| {
                    let json = text::quote(name);
                    let key = text::read(&format!("{{{json}:0}}")).root;
                    let mut member = key.members().first().cloned();
                    if let Some(member) = &mut member {
                        member.value = it.of(on);
                    }
                    member
                });
                node(Value::Object(members.flatten().collect()))
            }
            Self::List(_) | Self::Object(_) | Self::Reference(_) => null(),
            Self::Call(name, arguments) => functions::called(name, arguments, on),
            Self::Compare(left, how, right) => compared(&left.of(on), *how, &right.of(on)),
            Self::And(left, right) => {
                let left = left.of(on);
                if is_true(&left) { right.of(on) } else { left }
            }
            Self::Or(left, right) => {
                let left = left.of(on);
                if is_true(&left) { left } else { right.of(on) }
            }
            Self::Not(it) => flag(!is_true(&it.of(on))),
            Self::Chain(all) => chained(all, on),
            Self::Pipe(left, right) => right.of(&left.of(on)),
        }
    }

    /// What a projection gives: each item with the rest done to it, without those that come to nothing.
    fn projected(&self, on: &Node, rest: &[Self]) -> Node {
        let items: Vec<Node> = match (self, &on.value) {
            (Self::Flatten, Value::Array(items)) => items
                .iter()
                .flat_map(|it| match &it.value {
                    Value::Array(inner) => inner.clone(),
                    _ => vec![it.clone()],
                })
                .collect(),
            (Self::Each(false), Value::Array(items)) => items.clone(),
            (Self::Each(true), Value::Object(members)) => {
                members.iter().map(|it| it.value.clone()).collect()
            }
            (Self::Filter(wanted), Value::Array(items)) => {
                let fits = |it: &&Node| is_true(&wanted.of(it));
                items.iter().filter(fits).cloned().collect()
            }
            (Self::Slice(from, to, step), Value::Array(items)) => slice(items, *from, *to, *step),
            _ => return null(),
        };
        let all = items.iter().map(|it| chained(rest, it));
        node(Value::Array(all.filter(|it| !is_nothing(it)).collect()))
    }
}

/// A part of a list, as Python slices it.
fn slice(items: &[Node], from: Option<i64>, to: Option<i64>, step: i64) -> Vec<Node> {
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let (least, most) = if step < 0 {
        (-1, length - 1)
    } else {
        (0, length)
    };
    let within = |it: i64| {
        let it = if it < 0 {
            it.saturating_add(length)
        } else {
            it
        };
        it.clamp(least, most)
    };
    let (head, tail) = if step < 0 {
        (most, least)
    } else {
        (least, most)
    };
    let (mut at, end) = (from.map_or(head, within), to.map_or(tail, within));
    let mut found = Vec::new();
    while step != 0 && (at < end) == (step > 0) && at != end {
        let place = usize::try_from(at).ok();
        found.extend(place.and_then(|it| items.get(it)).cloned());
        at = at.saturating_add(step);
    }
    found
}

fn chained(all: &[Expression], on: &Node) -> Node {
    let mut on = on.clone();
    for (place, it) in all.iter().enumerate() {
        if matches!(
            it,
            Expression::Flatten
                | Expression::Each(_)
                | Expression::Filter(_)
                | Expression::Slice(..)
        ) {
            // a flattening after a projection is done with its whole list
            let rest = &all[place + 1..];
            let next = rest.iter().position(|it| matches!(it, Expression::Flatten));
            let (mine, after) = rest.split_at(next.unwrap_or(rest.len()));
            return chained(after, &it.projected(&on, mine));
        }
        on = it.of(&on);
    }
    on
}

#[cfg(test)]
mod tests {
    use super::query;
    use fargate_core::text::{Json, read};

    #[test]
    fn expressions_pick_what_jmespath_picks() {
        let answer = read(
            r#"{"services":[{"name":"web","count":2,"tags":["a","b"],"status":"ACTIVE"},{"name":"api","count":1,"tags":["c"],"status":"DRAINING"}],"nothing":null}"#,
        )
        .root;
        for (expression, wanted) in [
            ("services[0].name", "\"web\""),
            ("services[-1].name", "\"api\""),
            ("services[7].name", "null"),
            ("nope.name", "null"),
            ("services[].name", r#"["web","api"]"#),
            ("services[*].tags", r#"[["a","b"],["c"]]"#),
            ("services[].tags[]", r#"["a","b","c"]"#),
            (
                "services[].{N:name,C:count}",
                r#"[{"N":"web","C":2},{"N":"api","C":1}]"#,
            ),
            ("services[].[name, count]", r#"[["web",2],["api",1]]"#),
            ("services[?status=='ACTIVE'].name", r#"["web"]"#),
            ("services[?status!='ACTIVE'].name | [0]", "\"api\""),
            ("services[?count==`1`].name", r#"["api"]"#),
            ("length(services)", "2"),
            ("services[].name | sort(@)", r#"["api","web"]"#),
            ("nothing.{A:b}", "null"),
            ("services[].nope", "[]"),
            ("services[?count>`1`].name", r#"["web"]"#),
            (
                "services[?count>=`1` && status=='ACTIVE'].name",
                r#"["web"]"#,
            ),
            ("services[?name=='x' || count<`2`].name", r#"["api"]"#),
            ("services[?!(status=='ACTIVE')].name", r#"["api"]"#),
            ("services[?contains(name,'e')].name", r#"["web"]"#),
            ("services[?starts_with(name, 'a')].name", r#"["api"]"#),
            ("sort_by(services, &name)[].name", r#"["api","web"]"#),
            ("sort_by(services,&count)[-1].name", "\"web\""),
            ("max_by(services, &count).name", "\"web\""),
            ("services[0:1].name", r#"["web"]"#),
            ("services[::-1].name", r#"["api","web"]"#),
            ("reverse(services[].name)", r#"["api","web"]"#),
            ("join(',', services[].name)", "\"web,api\""),
            ("sum(services[].count)", "3"),
            ("length(services[?count==`9`])", "0"),
            ("services[].tags | []", r#"["a","b","c"]"#),
            ("services[0].count == `2`", "true"),
            ("nothing || services[1].name", "\"api\""),
            ("type(services)", "\"array\""),
            ("to_string(services[0].count)", "\"2\""),
            ("map(&name, services)", r#"["web","api"]"#),
            ("not_null(nothing, services[0].name)", "\"web\""),
            ("services[?tags[?@=='c']].name", r#"["api"]"#),
        ] {
            let found = query(expression, &answer).map(|it| Json::of(&it).as_str().to_owned());
            assert_eq!(found.as_deref(), Ok(wanted), "{expression}");
        }
        for bad in ["services[", "a..b", "a b", "{", "services[?]", ""] {
            assert!(query(bad, &answer).is_err(), "{bad}");
        }
    }
}
