//! Misfits: what stands where another thing belongs, and the questions that readers ask of a tree.

use crate::text::{Member, Node, Span, Value, clip, quote};

/// Something that stands where another belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Where: the value, or the name of a member.
    pub span: Span,
    /// What is wrong there and what cures it, said of the place.
    pub what: String,
}

impl Misfit {
    /// The misfit as a sentence that begins with the way to its place, such as `runs[0].entries[3].at`.
    pub fn say(&self, root: &Node) -> String {
        format!("{} {}", path(root, self.span), self.what)
    }
}

/// The way from the outermost value to a place.
fn path(root: &Node, place: Span) -> String {
    let holds = |span: Span| span.start <= place.start && place.end <= span.end;
    let mut path = String::new();
    let mut node = root;
    while node.span != place {
        let item = node.items().iter().enumerate();
        let member = node.members().iter();
        if let Some((index, item)) = item.clone().find(|(_, item)| holds(item.span)) {
            path.extend(["[", &index.to_string(), "]"]);
            node = item;
        } else if let Some(member) = member
            .clone()
            .find(|it| it.key.span == place || holds(it.value.span))
        {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&member.key.name);
            if member.key.span == place {
                break;
            }
            node = &member.value;
        } else {
            break;
        }
    }
    if path.is_empty() {
        path.push_str("the JSON");
    }
    path
}

/// A member of an object: its name, and whether it must be there.
pub type Slot = (&'static str, bool);

/// What becomes of members that no type knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// They are misfits.
    Refused,
    /// They are passed over.
    Ignored,
}

/// The members of an object that is read.
#[derive(Clone, Copy, Debug)]
pub struct Members<'n>(&'n Node);

/// What stands where a member is absent: every type reads it as a value that means nothing.
pub static MISSING: Node = Node::missing(0);

impl<'n> Members<'n> {
    /// The value of a member; [`Value::Missing`] where it is absent.
    pub fn get(self, name: &str) -> &'n Node {
        self.given(name).unwrap_or(&MISSING)
    }

    /// The value of a member, if it is there.
    pub fn given(self, name: &str) -> Option<&'n Node> {
        self.0.get(name)
    }
}

/// Notes what does not fit; keeps the first.
#[derive(Clone, Debug, Default)]
pub struct Misfits(Option<Misfit>);

impl Misfits {
    /// The first misfit, if there is any.
    pub fn first(&self) -> Option<&Misfit> {
        self.0.as_ref()
    }

    /// Notes a misfit: what is wrong at the place and what cures it, said of the place.
    #[inline(never)]
    pub fn note(&mut self, span: Span, what: &str) {
        if self.0.is_none() {
            let what = what.to_owned();
            self.0 = Some(Misfit { span, what });
        }
    }

    /// Notes that a value is not what it should be, unless it is missing.
    #[inline(never)]
    pub fn wrong(&mut self, node: &Node, wanted: &str) {
        let found = match &node.value {
            Value::Missing => return,
            Value::Null => "null",
            Value::Bool(true) => "true",
            Value::Bool(false) => "false",
            Value::Number(digits) => &clip(digits),
            Value::String(text) => &quote(&clip(text)),
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.note(node.span, &format!("is {found}; write {wanted}"));
    }

    /// The members of an object, whose names and presence are looked at.
    #[inline(never)]
    pub fn members<'n>(&mut self, node: &'n Node, slots: &[Slot], others: Others) -> Members<'n> {
        let Value::Object(members) = &node.value else {
            self.wrong(node, "an object");
            return Members(&MISSING);
        };
        for member in members {
            let key = &member.key;
            let known = slots.iter().any(|(name, _)| **name == *key.name);
            if known && member.shadowed {
                self.note(key.span, "stands there twice; remove one of the two");
            } else if !known && others == Others::Refused {
                let names: Vec<&str> = slots.iter().map(|(name, _)| *name).collect();
                let cure = format!(
                    "is not known here; remove it, or correct its name: known are {}",
                    names.join(", ")
                );
                self.note(key.span, &cure);
            }
        }
        for (name, required) in slots {
            if *required && node.get(name).is_none() {
                self.note(node.span, &format!("lacks the member \"{name}\"; add it"));
            }
        }
        Members(node)
    }

    /// The members of an object that may have any names; of repeated ones, the last takes the others' place.
    pub fn named<'n>(&mut self, node: &'n Node) -> &'n [Member] {
        if !matches!(node.value, Value::Object(_)) {
            self.wrong(node, "an object");
        }
        node.members()
    }

    /// The items of a list.
    pub fn items<'n>(&mut self, node: &'n Node) -> &'n [Node] {
        if !matches!(node.value, Value::Array(_)) {
            self.wrong(node, "a list");
        }
        node.items()
    }

    /// The text of a string.
    pub fn text<'n>(&mut self, node: &'n Node) -> &'n str {
        node.as_str().unwrap_or_else(|| {
            self.wrong(node, "a text");
            ""
        })
    }

    /// Which of some texts stands there; the first where none of them does.
    pub fn choice(&mut self, node: &Node, texts: &[&str]) -> usize {
        let found = node.as_str();
        let place = texts.iter().position(|text| Some(*text) == found);
        place.unwrap_or_else(|| {
            self.wrong(node, &format!("one of {}", texts.join(", ")));
            0
        })
    }

    /// A whole number from 0.
    pub fn unsigned(&mut self, node: &Node, most: u64) -> u64 {
        match &node.value {
            Value::Number(digits) => digits.parse().ok(),
            _ => None,
        }
        .filter(|number| *number <= most)
        .unwrap_or_else(|| {
            self.wrong(node, &format!("a whole number from 0 to {most}"));
            0
        })
    }

    /// A whole number.
    pub fn signed(&mut self, node: &Node, least: i64, most: i64) -> i64 {
        node.as_i64()
            .filter(|number| (least..=most).contains(number))
            .unwrap_or_else(|| {
                self.wrong(node, &format!("a whole number from {least} to {most}"));
                0
            })
    }
}
