//! `--generate-cli-skeleton`: the request of a command with nothing filled in.
//!
//! Source: measured with AWS CLI 2.36.7: "" for texts, 0, true, of words the first, lists with one item; in the order of the service's
//! model.

use crate::commands::{Command, Shape, members};
use crate::value::Value;

/// The first words of members that hold one of some words.
const FIRST: &str = include_str!("data/first.txt");

/// The skeleton of a command's request.
pub(crate) fn skeleton(command: &Command) -> Value {
    let mut within = Vec::new();
    let options = command.options.iter();
    let members = options.filter_map(|it| {
        let member = it.member?;
        let value = empty(&it.shape, first(command.operation, member), &mut within);
        Some((member.to_owned(), value))
    });
    Value::Map(members.collect())
}

fn first(of: &str, member: &str) -> Option<&'static str> {
    FIRST.lines().find_map(|line| {
        let mut words = line.split(' ');
        (words.next() == Some(of) && words.next() == Some(member))
            .then(|| words.next())
            .flatten()
    })
}

/// What a shape holds where nobody says so; a structure within itself holds nothing.
fn empty(shape: &Shape, first_word: Option<&'static str>, within: &mut Vec<&'static str>) -> Value {
    match shape {
        Shape::Text => Value::Text(first_word.unwrap_or_default().to_owned()),
        Shape::Integer => Value::Integer(0),
        Shape::Number => Value::Number("0.0".to_owned()),
        Shape::Flag => Value::Bool(true),
        Shape::List(item) => Value::List(vec![empty(item, first_word, within)]),
        Shape::Map(item) => Value::Map(vec![("KeyName".to_owned(), empty(item, None, within))]),
        Shape::Structure(name) if within.contains(name) => Value::Map(Vec::new()),
        Shape::Structure(name) => {
            within.push(name);
            let all = members(name).into_iter();
            let all = all.map(|it| {
                let value = empty(&it.shape, first(name, it.name), within);
                (it.name.to_owned(), value)
            });
            let all = all.collect();
            within.pop();
            Value::Map(all)
        }
    }
}
