//! Reads an expression of `JMESPath`, from the weakest bond to the strongest: pipes, `||`, `&&`, comparisons, chains.

use super::{Comparison, Expression, functions};
use fargate_core::text;

/// Reads an expression. The error says where it cannot be read.
pub(super) fn read(text: &str) -> Result<Expression, String> {
    let mut reader = Reader { text, at: 0 };
    let found = reader.pipe()?;
    reader.blanks();
    if reader.at < text.len() {
        return Err(reader.unread());
    }
    Ok(found)
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
        let mut left = self.or()?;
        loop {
            self.blanks();
            if self.rest().starts_with("||") || !self.takes("|") {
                return Ok(left);
            }
            left = Expression::Pipe(left.into(), self.or()?.into());
        }
    }

    fn or(&mut self) -> Result<Expression, String> {
        let mut left = self.and()?;
        while self.takes("||") {
            left = Expression::Or(left.into(), self.and()?.into());
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Expression, String> {
        let mut left = self.compared()?;
        while self.takes("&&") {
            left = Expression::And(left.into(), self.compared()?.into());
        }
        Ok(left)
    }

    fn compared(&mut self) -> Result<Expression, String> {
        let left = self.chain()?;
        for (mark, how) in [
            ("==", Comparison::Equal),
            ("!=", Comparison::Unequal),
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("<", Comparison::Less),
            (">", Comparison::More),
        ] {
            if self.takes(mark) {
                let right = self.chain()?;
                return Ok(Expression::Compare(left.into(), how, right.into()));
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
                return Ok(match all.pop() {
                    Some(only) if all.is_empty() => only,
                    last => {
                        all.extend(last);
                        Expression::Chain(all)
                    }
                });
            }
        }
    }

    fn first(&mut self) -> Result<Expression, String> {
        self.blanks();
        if self.takes("@") {
            return Ok(Expression::Current);
        }
        if self.rest().starts_with('!') && self.takes("!") {
            return Ok(Expression::Not(self.chain()?.into()));
        }
        if self.takes("&") {
            return Ok(Expression::Reference(self.compared()?.into()));
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
        if self.rest().starts_with('(') {
            return self.call(name);
        }
        Ok(Expression::Member(name))
    }

    fn call(&mut self, name: String) -> Result<Expression, String> {
        if !functions::NAMES.contains(&name.as_str()) {
            return Err(format!("Unknown function: {name}()"));
        }
        self.needs("(")?;
        let mut arguments = Vec::new();
        while !self.takes(")") {
            if !arguments.is_empty() {
                self.needs(",")?;
            }
            arguments.push(self.pipe()?);
        }
        Ok(Expression::Call(name, arguments))
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
        let first = self.whole()?;
        if !self.takes(":") {
            self.needs("]")?;
            return first.map(Expression::Index).ok_or_else(|| self.unread());
        }
        let last = self.whole()?;
        let step = if self.takes(":") { self.whole()? } else { None };
        self.needs("]")?;
        match step {
            Some(0) => Err(self.unread()),
            step => Ok(Expression::Slice(first, last, step.unwrap_or(1))),
        }
    }

    /// A whole number, where one comes next.
    fn whole(&mut self) -> Result<Option<i64>, String> {
        self.blanks();
        let digits: String = self
            .rest()
            .chars()
            .take_while(|it| it.is_ascii_digit() || *it == '-')
            .collect();
        if digits.is_empty() {
            return Ok(None);
        }
        let number = digits.parse().map_err(|_| self.unread())?;
        self.at += digits.len();
        Ok(Some(number))
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
