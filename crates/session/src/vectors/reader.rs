//! Reading members of a row, with the row, the way and the line in every error.

use fargate_core::text::{LineIndex, Node, Value};
use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A value and the way to it.
#[derive(Clone)]
pub(super) struct At<'a> {
    node: &'a Node,
    file: &'a str,
    lines: &'a LineIndex,
    way: String,
}

impl<'a> At<'a> {
    pub(super) fn root(node: &'a Node, file: &'a str, lines: &'a LineIndex) -> Self {
        Self {
            node,
            file,
            lines,
            way: String::new(),
        }
    }

    /// The same value under another name.
    pub(super) fn named(&self, way: String) -> Self {
        Self {
            way,
            ..self.clone()
        }
    }

    /// The way to it, such as `scenarios[3]`.
    pub(super) fn way(&self) -> &str {
        &self.way
    }

    /// The value itself.
    pub(super) fn node(&self) -> &'a Node {
        self.node
    }

    fn below(&self, node: &'a Node, step: &str) -> Self {
        let way = match (self.way.as_str(), step.starts_with('[')) {
            ("", _) => step.to_owned(),
            (way, true) => format!("{way}{step}"),
            (way, false) if way.starts_with("row ") && !way.contains(": ") => {
                format!("{way}: {step}")
            }
            (way, false) => format!("{way}.{step}"),
        };
        Self {
            node,
            way,
            ..self.clone()
        }
    }

    /// An error at this value: what is wrong, and the cure.
    pub(super) fn error(&self, what: &str) -> String {
        let line = self.lines.line_column(self.file, self.node.span.start).line;
        let way = if self.way.is_empty() {
            String::new()
        } else {
            format!("{}: ", self.way)
        };
        format!("{way}{what} (line {line})")
    }

    /// An error: this is not what belongs here.
    pub(super) fn wrong(&self, expected: &str) -> String {
        let shown = match &self.node.value {
            Value::Missing => "nothing".to_owned(),
            Value::Null => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Number(digits) => digits.to_string(),
            Value::String(text) => format!("\"{}\"", text.chars().take(60).collect::<String>()),
            Value::Array(_) => "a list".to_owned(),
            Value::Object(_) => "an object".to_owned(),
        };
        self.error(&format!("{shown} stands here. Write {expected}."))
    }

    /// A member; `None` where it is not there or null.
    pub(super) fn optional(&self, name: &str) -> Option<Self> {
        let node = self.node.get(name)?;
        match node.value {
            Value::Missing | Value::Null => None,
            _ => Some(self.below(node, name)),
        }
    }

    /// A member that has to be there.
    pub(super) fn member(&self, name: &str) -> Result<Self, String> {
        match &self.node.value {
            Value::Object(_) => self
                .optional(name)
                .ok_or_else(|| self.error(&format!("the member \"{name}\" is missing. Add it."))),
            _ => Err(self.wrong("an object")),
        }
    }

    /// The members of an object, each of which has to be one of some names.
    pub(super) fn only(&self, names: &[&str]) -> Result<(), String> {
        let unknown = |member: &&fargate_core::text::Member| !names.contains(&&*member.key.name);
        match (&self.node.value, self.node.members().iter().find(unknown)) {
            (Value::Object(_), None) => Ok(()),
            (Value::Object(_), Some(member)) => Err(self.error(&format!(
                "the member \"{}\" is not known here. Known are {}.",
                member.key.name,
                names.join(", ")
            ))),
            _ => Err(self.wrong("an object")),
        }
    }

    /// The items of a list. One thing by itself is a list of one.
    pub(super) fn items(&self) -> Result<Vec<Self>, String> {
        match &self.node.value {
            Value::String(_) | Value::Object(_) => Ok(vec![self.clone()]),
            Value::Array(items) => Ok(items
                .iter()
                .enumerate()
                .map(|(place, item)| self.below(item, &format!("[{place}]")))
                .collect()),
            _ => Err(self.wrong("a list")),
        }
    }

    /// The items of a list that has to be there.
    pub(super) fn list(&self, name: &str) -> Result<Vec<Self>, String> {
        self.member(name)?.items()
    }

    /// The items of a list; none where it is not there.
    pub(super) fn some(&self, name: &str) -> Result<Vec<Self>, String> {
        self.optional(name).map_or(Ok(Vec::new()), |it| it.items())
    }

    pub(super) fn as_text(&self) -> Result<String, String> {
        let text = self.node.as_str().map(str::to_owned);
        text.ok_or_else(|| self.wrong("a string"))
    }

    /// A string, or a number's digits.
    pub(super) fn as_word(&self) -> Result<String, String> {
        match &self.node.value {
            Value::Number(digits) => Ok(digits.to_string()),
            _ => self.as_text(),
        }
    }

    pub(super) fn text(&self, name: &str) -> Result<String, String> {
        self.member(name)?.as_text()
    }

    pub(super) fn as_flag(&self) -> Result<bool, String> {
        let written = || match self.node.as_str()? {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        };
        let flag = self.node.as_bool().or_else(written);
        flag.ok_or_else(|| self.wrong("true or false"))
    }

    pub(super) fn flag(&self, name: &str, absent: bool) -> Result<bool, String> {
        self.optional(name).map_or(Ok(absent), |it| it.as_flag())
    }

    /// A whole number between two, which may stand in quotation marks.
    pub(super) fn as_number(&self, least: i64, most: i64) -> Result<i64, String> {
        let written = || self.node.as_str()?.trim().parse().ok();
        let number = self.node.as_i64().or_else(written);
        number
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| self.wrong(&format!("a whole number from {least} to {most}")))
    }

    pub(super) fn as_port(&self) -> Result<u16, String> {
        self.as_number(0, 65_535).map(|port| port as u16)
    }

    fn parsed<T: FromStr>(&self, expected: &str) -> Result<T, String> {
        let text = self.node.as_str().and_then(|text| text.parse().ok());
        text.ok_or_else(|| self.wrong(expected))
    }

    pub(super) fn as_address(&self) -> Result<IpAddr, String> {
        self.parsed("an address such as 10.0.0.10")
    }

    pub(super) fn as_ipv4(&self) -> Result<Ipv4Addr, String> {
        self.parsed("an IPv4 address such as 10.0.0.10")
    }

    pub(super) fn as_ipv6(&self) -> Result<Ipv6Addr, String> {
        self.parsed("an IPv6 address such as 2001:db8::10")
    }

    /// A block, or an address, which is a block of one.
    pub(super) fn as_block_or_address(&self) -> Result<IpNet, String> {
        self.as_address()
            .map(IpNet::from)
            .or_else(|_| self.as_block())
    }

    pub(super) fn as_block(&self) -> Result<IpNet, String> {
        let block: IpNet = self.parsed("a block such as 10.0.0.0/16")?;
        Ok(block.trunc())
    }
}
