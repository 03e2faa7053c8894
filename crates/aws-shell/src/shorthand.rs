//! The CLI's shorthand: `key=value,key=[a,b],key={a=b}`.
//!
//! Source: the grammar of the CLI's own parser, and what was measured of it.

use crate::value::Value;

/// How deep values may be nested: no parameter of ECS is half as deep.
const MOST_DEEP: u32 = 32;

/// A parser at a place of its text.
struct Parser<'a> {
    text: &'a str,
    chars: Vec<char>,
    at: usize,
    deep: u32,
}

/// What stands there, instead of what has to.
struct Unexpected;

/// Reads a parameter. The error is the CLI's, without the name of the parameter.
pub(crate) fn read(text: &str) -> Result<Value, String> {
    let mut parser = Parser {
        text,
        chars: text.chars().collect(),
        at: 0,
        deep: 0,
    };
    parser.parameter()
}

impl Parser<'_> {
    fn now(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while self.now().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn told(&self, expected: char) -> String {
        let received = self
            .now()
            .map_or_else(|| "EOF".to_owned(), |it| it.to_string());
        format!(
            "Expected: '{expected}', received: '{received}' for input:\n {}\n{}^",
            self.text,
            " ".repeat(self.at)
        )
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        if self.now() == Some(wanted) {
            self.at += 1;
            return Ok(());
        }
        Err(self.told(wanted))
    }

    /// The same with blanks on both sides.
    fn expect_apart(&mut self, wanted: char) -> Result<(), String> {
        self.blanks();
        self.expect(wanted)?;
        self.blanks();
        Ok(())
    }

    fn parameter(&mut self) -> Result<Value, String> {
        let mut members = vec![self.pair()?];
        while self.at < self.chars.len() {
            self.expect_apart(',')?;
            let start = self.at;
            let (key, value) = self.pair()?;
            if members.iter().any(|(other, _)| *other == key) {
                return Err(format!(
                    "Second instance of key \"{key}\" encountered for input:\n {}\n{}^\nThis is often because there is a preceding \",\" instead of a space.",
                    self.text,
                    " ".repeat(start)
                ));
            }
            members.push((key, value));
        }
        Ok(Value::Map(members))
    }

    fn pair(&mut self) -> Result<(String, Value), String> {
        let key = self.key();
        // `key@=file://…` loads a file; here it is the text
        if self.now() == Some('@') {
            self.at += 1;
        }
        self.expect_apart('=')?;
        let value = match self.now() {
            None => Value::Text(String::new()),
            Some('[') => self.list()?,
            Some('{') => self.map()?,
            Some(_) => self.separated()?,
        };
        Ok((key, value))
    }

    fn key(&mut self) -> String {
        let known = |it: char| it.is_ascii_alphanumeric() || "-_.#/:".contains(it);
        let start = self.at;
        while self.now().is_some_and(known) {
            self.at += 1;
        }
        self.chars[start..self.at].iter().collect()
    }

    /// A value, or several: `a,b` up to what is a pair again.
    fn separated(&mut self) -> Result<Value, String> {
        let first = self.word(true)?;
        self.blanks();
        if self.now() != Some(',') {
            return Ok(Value::Text(first));
        }
        self.expect_apart(',')?;
        let mut all = vec![first];
        loop {
            let more = self.another();
            match more {
                Ok((word, end)) => {
                    all.push(word);
                    if end {
                        break;
                    }
                }
                Err(Unexpected) if self.at >= self.chars.len() => return Err(self.told('=')),
                Err(Unexpected) => {
                    while self.now() != Some(',') && self.at > 0 {
                        self.at -= 1;
                    }
                    break;
                }
            }
        }
        let mut texts = all.into_iter().map(Value::Text);
        match (texts.len(), texts.next()) {
            (1, Some(one)) => Ok(one),
            (_, first) => Ok(Value::List(first.into_iter().chain(texts).collect())),
        }
    }

    /// Another value of several, and whether it was the last.
    fn another(&mut self) -> Result<(String, bool), Unexpected> {
        let word = self.word(false).map_err(|_| Unexpected)?;
        self.blanks();
        if self.now().is_none() {
            return Ok((word, true));
        }
        self.expect_apart(',').map_err(|_| Unexpected)?;
        Ok((word, false))
    }

    /// A word, in quotation marks or without; the first of several may hold `=`.
    fn word(&mut self, first: bool) -> Result<String, String> {
        if let Some(mark @ ('\'' | '"')) = self.now() {
            return self.quoted(mark);
        }
        let starts = |it: char| !it.is_whitespace() && !"\"',=[{}".contains(it);
        let follows = |it: char| !"\"',}".contains(it) && it != if first { ']' } else { '=' };
        let mut word = String::new();
        loop {
            match self.now() {
                Some('\\') if self.chars.get(self.at + 1) == Some(&',') => {
                    word.push(',');
                    self.at += 2;
                }
                Some(it)
                    if if word.is_empty() {
                        starts(it)
                    } else {
                        follows(it)
                    } =>
                {
                    word.push(it);
                    self.at += 1;
                }
                _ => break,
            }
        }
        if word.is_empty() && !first {
            return Err(self.told(','));
        }
        Ok(word.trim_end().to_owned())
    }

    fn quoted(&mut self, mark: char) -> Result<String, String> {
        let start = self.at;
        let mut word = String::new();
        self.at += 1;
        loop {
            match self.now() {
                Some('\\')
                    if self
                        .chars
                        .get(self.at + 1)
                        .is_some_and(|it| *it == mark || *it == '\\') =>
                {
                    word.extend(self.chars.get(self.at + 1));
                    self.at += 2;
                }
                Some(it) if it == mark => {
                    self.at += 1;
                    return Ok(word);
                }
                Some(it) => {
                    word.push(it);
                    self.at += 1;
                }
                None => {
                    self.at = start;
                    return Err(self.told(mark));
                }
            }
        }
    }

    fn nested(&mut self) -> Result<Value, String> {
        self.deep += 1;
        let found = match self.now() {
            _ if self.deep > MOST_DEEP => Err("Values are nested too deeply.".to_owned()),
            Some('[') => self.list(),
            Some('{') => self.map(),
            _ => {
                let start = self.at;
                let word = self.word(true)?;
                if self.at == start {
                    return Err(self.told(','));
                }
                Ok(Value::Text(word))
            }
        };
        self.deep -= 1;
        found
    }

    fn list(&mut self) -> Result<Value, String> {
        self.expect_apart('[')?;
        let mut items = Vec::new();
        while self.now() != Some(']') {
            if self.now().is_none() {
                return Err(self.told(','));
            }
            items.push(self.nested()?);
            self.blanks();
            if self.now() != Some(']') {
                self.expect(',')?;
                self.blanks();
            }
        }
        self.expect(']')?;
        Ok(Value::List(items))
    }

    fn map(&mut self) -> Result<Value, String> {
        self.expect_apart('{')?;
        let mut members: Vec<(String, Value)> = Vec::new();
        while self.now() != Some('}') {
            let key = self.key();
            self.expect_apart('=')?;
            let value = self.nested()?;
            self.blanks();
            if self.now() != Some('}') {
                self.expect(',')?;
                self.blanks();
            }
            match members.iter_mut().find(|(other, _)| *other == key) {
                Some((_, last)) => *last = value,
                None => members.push((key, value)),
            }
        }
        self.expect('}')?;
        Ok(Value::Map(members))
    }
}
