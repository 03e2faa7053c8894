//! `--query`: the part of `JMESPath` that people write on command lines. Members, indices, projections, filters by equality, lists and
//! objects of expressions, pipes, and the functions `length`, `sort` and `keys`.
//!
//! Source: the grammar at jmespath.org. What is not read here is told, and never guessed.

use fargate_core::text::{self, Node, Span, Value};

/// What an expression makes of an answer. The error says what is not read.
pub fn query(expression: &str, answer: &Node) -> Result<Node, String> {
    let mut reader = Reader {
        text: expression,
        at: 0,
    };
    let found = reader.pipe()?;
    reader.blanks();
    if reader.at < expression.len() {
        return Err(reader.unread());
    }
    Ok(found.of(answer))
}

/// An expression.
#[derive(Clone, Debug)]
enum Expression {
    Current,
    Literal(Node),
    Member(String),
    Index(i64),
    Flatten,
    /// What is done with each item of a list, or with each value of an object.
    Each(bool),
    Filter(Box<Expression>),
    List(Vec<Expression>),
    Object(Vec<(String, Expression)>),
    Call(String, Vec<Expression>),
    Compare(Box<Expression>, bool, Box<Expression>),
    /// One after the other; what follows a projection is done with each.
    Chain(Vec<Expression>),
    Pipe(Box<Expression>, Box<Expression>),
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

fn is_nothing(it: &Node) -> bool {
    matches!(it.value, Value::Null | Value::Missing)
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
            Self::Flatten | Self::Each(_) | Self::Filter(_) => self.projected(on, &[]),
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
            Self::List(_) | Self::Object(_) => null(),
            Self::Call(name, arguments) => {
                let of = arguments.first().map_or_else(null, |it| it.of(on));
                called(name, &of)
            }
            Self::Compare(left, same, right) => {
                let is = equal(&left.of(on), &right.of(on)) == *same;
                text::read(if is { "true" } else { "false" }).root
            }
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
                let fits = |it: &&Node| wanted.of(it).as_bool() == Some(true);
                items.iter().filter(fits).cloned().collect()
            }
            _ => return null(),
        };
        let all = items.iter().map(|it| chained(rest, it));
        node(Value::Array(all.filter(|it| !is_nothing(it)).collect()))
    }
}

fn chained(all: &[Expression], on: &Node) -> Node {
    let mut on = on.clone();
    for (place, it) in all.iter().enumerate() {
        if matches!(
            it,
            Expression::Flatten | Expression::Each(_) | Expression::Filter(_)
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

fn called(name: &str, of: &Node) -> Node {
    let number = |it: usize| text::read(&it.to_string()).root;
    match (name, &of.value) {
        ("length", Value::Array(items)) => number(items.len()),
        ("length", Value::Object(members)) => number(members.len()),
        ("length", Value::String(text)) => number(text.chars().count()),
        ("keys", Value::Object(members)) => {
            let keys = members.iter().map(|it| text::quote(&it.key.name));
            text::read(&format!("[{}]", keys.collect::<Vec<_>>().join(","))).root
        }
        ("sort", Value::Array(items)) => {
            let mut items = items.clone();
            items.sort_by(|a, b| match (&a.value, &b.value) {
                (Value::Number(a), Value::Number(b)) => a
                    .parse::<f64>()
                    .unwrap_or(0.0)
                    .total_cmp(&b.parse::<f64>().unwrap_or(0.0)),
                _ => a.as_str().cmp(&b.as_str()),
            });
            node(Value::Array(items))
        }
        _ => null(),
    }
}

fn equal(left: &Node, right: &Node) -> bool {
    match (&left.value, &right.value) {
        (Value::Number(left), Value::Number(right)) => {
            left.parse::<f64>().ok() == right.parse::<f64>().ok()
        }
        (left, right) => left == right,
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Takes a mark where it comes next.
    fn takes(&mut self, mark: &str) -> bool {
        self.blanks();
        let there = self.rest().starts_with(mark);
        self.at += if there { mark.len() } else { 0 };
        there
    }

    fn needs(&mut self, mark: &str) -> Result<(), String> {
        if self.takes(mark) {
            Ok(())
        } else {
            Err(self.unread())
        }
    }

    fn unread(&self) -> String {
        format!(
            "Bad value for --query {}: Invalid jmespath expression: at column {}",
            self.text, self.at
        )
    }

    fn pipe(&mut self) -> Result<Expression, String> {
        let mut left = self.compared()?;
        while self.takes("|") {
            left = Expression::Pipe(left.into(), self.compared()?.into());
        }
        Ok(left)
    }

    fn compared(&mut self) -> Result<Expression, String> {
        let left = self.chain()?;
        for (mark, same) in [("==", true), ("!=", false)] {
            if self.takes(mark) {
                let right = self.chain()?;
                return Ok(Expression::Compare(left.into(), same, right.into()));
            }
        }
        Ok(left)
    }

    fn chain(&mut self) -> Result<Expression, String> {
        let mut all = vec![self.first()?];
        loop {
            if self.takes(".") {
                all.push(self.after_dot()?);
            } else if self.takes("[") {
                all.push(self.bracket()?);
            } else {
                return Ok(Expression::Chain(all));
            }
        }
    }

    fn first(&mut self) -> Result<Expression, String> {
        self.blanks();
        if self.takes("@") {
            return Ok(Expression::Current);
        }
        if self.takes("(") {
            let inner = self.pipe()?;
            self.needs(")")?;
            return Ok(inner);
        }
        if self.takes("[") {
            let before = self.at;
            if let Ok(found) = self.bracket() {
                return Ok(found);
            }
            self.at = before;
            return self.list();
        }
        for mark in ['\'', '`'] {
            if self.rest().starts_with(mark) {
                let end = self.rest()[1..].find(mark).ok_or_else(|| self.unread())?;
                let inner = self.rest()[1..=end].to_owned();
                self.at += end + 2;
                let json = if mark == '`' {
                    inner
                } else {
                    text::quote(&inner)
                };
                return Ok(Expression::Literal(text::read(&json).root));
            }
        }
        self.after_dot()
    }

    fn after_dot(&mut self) -> Result<Expression, String> {
        if self.takes("*") {
            return Ok(Expression::Each(true));
        }
        if self.takes("{") {
            let mut all = Vec::new();
            loop {
                let name = self.name()?;
                self.needs(":")?;
                all.push((name, self.pipe()?));
                if self.takes("}") {
                    return Ok(Expression::Object(all));
                }
                self.needs(",")?;
            }
        }
        if self.takes("[") {
            return self.list();
        }
        let name = self.name()?;
        if ["length", "sort", "keys"].contains(&name.as_str()) && self.takes("(") {
            let argument = self.pipe()?;
            self.needs(")")?;
            return Ok(Expression::Call(name, vec![argument]));
        }
        Ok(Expression::Member(name))
    }

    /// What stands between brackets behind something.
    fn bracket(&mut self) -> Result<Expression, String> {
        if self.takes("]") {
            return Ok(Expression::Flatten);
        }
        if self.takes("*") {
            self.needs("]")?;
            return Ok(Expression::Each(false));
        }
        if self.takes("?") {
            let wanted = self.pipe()?;
            self.needs("]")?;
            return Ok(Expression::Filter(wanted.into()));
        }
        self.blanks();
        let digits: String = self
            .rest()
            .chars()
            .take_while(|it| it.is_ascii_digit() || *it == '-')
            .collect();
        let place = digits.parse().map_err(|_| self.unread())?;
        self.at += digits.len();
        self.needs("]")?;
        Ok(Expression::Index(place))
    }

    fn list(&mut self) -> Result<Expression, String> {
        let mut all = Vec::new();
        loop {
            all.push(self.pipe()?);
            if self.takes("]") {
                return Ok(Expression::List(all));
            }
            self.needs(",")?;
        }
    }

    fn name(&mut self) -> Result<String, String> {
        self.blanks();
        if self.takes("\"") {
            let end = self.rest().find('"').ok_or_else(|| self.unread())?;
            let name = self.rest()[..end].to_owned();
            self.at += end + 1;
            return Ok(name);
        }
        let name: String = self
            .rest()
            .chars()
            .take_while(|it| it.is_ascii_alphanumeric() || *it == '_')
            .collect();
        if name.is_empty() || name.starts_with(|it: char| it.is_ascii_digit()) {
            return Err(self.unread());
        }
        self.at += name.len();
        Ok(name)
    }
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
        ] {
            let found = query(expression, &answer).map(|it| Json::of(&it).as_str().to_owned());
            assert_eq!(found.as_deref(), Ok(wanted), "{expression}");
        }
        for bad in ["services[", "a..b", "a b", "{", "services[?]", ""] {
            assert!(query(bad, &answer).is_err(), "{bad}");
        }
    }
}
