//! Conditions on lines that are JSON: `{ ($.level = "error" || $.code >= 500) && $.path != "/health*" }`.

use super::{BadFilter, quoted};
use crate::observe::like::like;
use crate::text::{Node, Value};

/// Conditions within each other at most.
const MAX_DEPTH: usize = 20;

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Condition {
    /// All hold.
    All(Vec<Condition>),
    /// One holds.
    Any(Vec<Condition>),
    /// A member is so.
    Member(Vec<Step>, Test),
}

/// A step from a value to one within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// To a member.
    Name(String),
    /// To an item, from 0.
    Place(usize),
    /// To any item.
    Any,
}

/// What a member is held against.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    /// Equal to a text, in which `*` stands for anything; or not.
    Text(String, bool),
    /// Compared with a number.
    Number(Order, f64),
    /// `IS NULL`, `IS TRUE`, `IS FALSE`.
    Is(Value),
    /// `EXISTS`, or `NOT EXISTS`.
    Exists(bool),
}

/// How numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

impl Condition {
    /// Whether it holds for a line.
    pub(super) fn holds(&self, line: &Node) -> bool {
        match self {
            Self::All(all) => all.iter().all(|it| it.holds(line)),
            Self::Any(any) => any.iter().any(|it| it.holds(line)),
            Self::Member(way, test) => {
                let found = follow(line, way);
                if let Test::Exists(wanted) = test {
                    return found.is_empty() != *wanted;
                }
                found.into_iter().any(|node| test.holds(node))
            }
        }
    }
}

/// What a way leads to; several where it goes by any item.
fn follow<'a>(line: &'a Node, way: &[Step]) -> Vec<&'a Node> {
    let mut here = vec![line];
    for step in way {
        here = here
            .into_iter()
            .flat_map(|node| match step {
                Step::Name(name) => node.get(name).into_iter().collect::<Vec<_>>(),
                Step::Place(place) => node.items().get(*place).into_iter().collect(),
                Step::Any => node.items().iter().collect(),
            })
            .collect();
    }
    here
}

impl Test {
    fn holds(&self, node: &Node) -> bool {
        match self {
            Self::Text(wanted, equal) => node
                .as_str()
                .is_some_and(|text| like(text, wanted) == *equal),
            Self::Number(order, wanted) => {
                let number = match &node.value {
                    Value::Number(digits) => digits.parse::<f64>().ok(),
                    _ => None,
                };
                number.is_some_and(|number| order.holds(number, *wanted))
            }
            Self::Is(wanted) => node.value == *wanted,
            Self::Exists(wanted) => *wanted,
        }
    }
}

impl Order {
    #[expect(clippy::float_cmp, reason = "equal is what the pattern asks for")]
    fn holds(self, number: f64, wanted: f64) -> bool {
        match self {
            Self::Equal => number == wanted,
            Self::Unequal => number != wanted,
            Self::Less => number < wanted,
            Self::AtMost => number <= wanted,
            Self::More => number > wanted,
            Self::AtLeast => number >= wanted,
        }
    }
}

/// Reads a condition from its brace on.
pub(super) fn read(letters: &[char], from: usize) -> Result<Condition, BadFilter> {
    let mut reader = Reader {
        letters,
        at: from + 1,
        depth: 0,
    };
    let condition = reader.any()?;
    reader.blanks();
    if reader.peek() != Some('}') {
        return Err(match reader.peek() {
            Some(other) => reader.bad(
                format!("{other} stands where the condition ends"),
                "Join conditions with && or ||, and end with }.",
            ),
            None => BadFilter::new(from, "This { is never closed", "Add } at the end."),
        });
    }
    reader.at += 1;
    reader.blanks();
    match reader.peek() {
        None => Ok(condition),
        Some(_) => Err(reader.bad("Something follows }", "Put all conditions between { and }.")),
    }
}

struct Reader<'a> {
    letters: &'a [char],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn bad(&self, what: impl Into<String>, cure: &str) -> BadFilter {
        BadFilter::new(self.at, what, cure)
    }

    /// Takes a mark, if it comes next.
    fn take(&mut self, mark: &str) -> bool {
        self.blanks();
        let here = self.letters[self.at.min(self.letters.len())..].iter();
        let is = here.take(mark.len()).copied().eq(mark.chars());
        if is {
            self.at += mark.len();
        }
        is
    }

    fn any(&mut self) -> Result<Condition, BadFilter> {
        let mut any = vec![self.all()?];
        while self.take("||") {
            any.push(self.all()?);
        }
        Ok(if any.len() == 1 {
            any.remove(0)
        } else {
            Condition::Any(any)
        })
    }

    fn all(&mut self) -> Result<Condition, BadFilter> {
        let mut all = vec![self.one()?];
        while self.take("&&") {
            all.push(self.one()?);
        }
        Ok(if all.len() == 1 {
            all.remove(0)
        } else {
            Condition::All(all)
        })
    }

    fn one(&mut self) -> Result<Condition, BadFilter> {
        self.blanks();
        let begins = self.at;
        if self.take("(") {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(self.bad("The conditions nest too deep", "Use fewer parentheses."));
            }
            let inner = self.any()?;
            if !self.take(")") {
                return Err(BadFilter::new(begins, "This ( is never closed", "Add )."));
            }
            self.depth -= 1;
            return Ok(inner);
        }
        let way = self.way()?;
        let test = self.test()?;
        Ok(Condition::Member(way, test))
    }

    /// `$.a.b[0].c`
    fn way(&mut self) -> Result<Vec<Step>, BadFilter> {
        if self.peek() != Some('$') {
            let what = match self.peek() {
                Some(other) => format!("{other} stands where a member belongs"),
                None => "A member is missing".to_owned(),
            };
            return Err(self.bad(what, "Name a member as $.level or $.request.path."));
        }
        self.at += 1;
        let mut way = Vec::new();
        loop {
            match self.peek() {
                Some('.') => {
                    self.at += 1;
                    let name = self.word();
                    if name.is_empty() {
                        return Err(
                            self.bad("No name follows the dot", "Write a member's name after it.")
                        );
                    }
                    way.push(Step::Name(name));
                }
                Some('[') => {
                    self.at += 1;
                    let inner = self.word();
                    let step = if inner == "*" || inner.is_empty() && self.take("*") {
                        Some(Step::Any)
                    } else {
                        inner.parse().ok().map(Step::Place)
                    };
                    let Some(step) = step.filter(|_| self.peek() == Some(']')) else {
                        return Err(self.bad("A place of a list is a number", "Write [0] or [*]."));
                    };
                    self.at += 1;
                    way.push(step);
                }
                _ => break,
            }
        }
        if way.is_empty() {
            return Err(self.bad(
                "$ alone names no member",
                "Write a member after it, as $.level.",
            ));
        }
        Ok(way)
    }

    /// Letters, digits and what else a name may have.
    fn word(&mut self) -> String {
        let rest = self.letters[self.at..].iter();
        let good = |it: &&char| it.is_alphanumeric() || "_-".contains(**it);
        let word: String = rest.take_while(good).collect();
        self.at += word.chars().count();
        word
    }

    fn test(&mut self) -> Result<Test, BadFilter> {
        self.blanks();
        for (mark, order) in [
            ("!=", Order::Unequal),
            ("<=", Order::AtMost),
            (">=", Order::AtLeast),
            ("=", Order::Equal),
            ("<", Order::Less),
            (">", Order::More),
        ] {
            if self.take(mark) {
                return self.value(order);
            }
        }
        let begins = self.at;
        match (self.word().as_str(), self.then()) {
            ("IS", "NULL") => Ok(Test::Is(Value::Null)),
            ("IS", "TRUE") => Ok(Test::Is(Value::Bool(true))),
            ("IS", "FALSE") => Ok(Test::Is(Value::Bool(false))),
            ("NOT", "EXISTS") => Ok(Test::Exists(false)),
            ("EXISTS", _) => Ok(Test::Exists(true)),
            _ => {
                self.at = begins;
                let cure = "Write =, !=, <, <=, >, >=, IS NULL, IS TRUE, IS FALSE or NOT EXISTS.";
                Err(self.bad("No comparison follows the member", cure))
            }
        }
    }

    /// The second word of a comparison.
    fn then(&mut self) -> &'static str {
        let begins = self.at;
        self.blanks();
        let word = self.word();
        let known = ["NULL", "TRUE", "FALSE", "EXISTS"];
        let found = known.into_iter().find(|it| *it == word);
        if found.is_none() {
            self.at = begins;
        }
        found.unwrap_or_default()
    }

    fn value(&mut self, order: Order) -> Result<Test, BadFilter> {
        self.blanks();
        let begins = self.at;
        let (text, is_quoted) = if self.peek() == Some('"') {
            let (text, end) = quoted(self.letters, self.at)?;
            self.at = end;
            (text, true)
        } else {
            let rest = self.letters[self.at..].iter();
            let ends = |it: &&char| !it.is_whitespace() && !")}&|".contains(**it);
            let text: String = rest.take_while(ends).collect();
            self.at += text.chars().count();
            (text, false)
        };
        if text.is_empty() && !is_quoted {
            return Err(self.bad(
                "No value follows the comparison",
                "Write a number or a quoted text.",
            ));
        }
        match (text.parse::<f64>(), order) {
            (Ok(number), _) if !is_quoted => Ok(Test::Number(order, number)),
            (_, Order::Equal) => Ok(Test::Text(text, true)),
            (_, Order::Unequal) => Ok(Test::Text(text, false)),
            _ => {
                self.at = begins;
                Err(self.bad(
                    "Texts have no order",
                    "Compare with a number, or use = or !=.",
                ))
            }
        }
    }
}
