//! Values brought into the shape of their parameter, and what is wrong with those that cannot be.

use crate::Refusal;
use crate::commands::{Shape, members};
use crate::value::Value;

/// Brings words of shorthand into shape: numbers and flags, and one word that stands for a list of it.
pub(crate) fn fitted(value: Value, shape: &Shape) -> Result<Value, Refusal> {
    Ok(match (shape, value) {
        (Shape::Integer, Value::Text(text)) => {
            let number = text.trim().parse().map_err(|_| {
                let message = format!(
                    "invalid literal for int() with base 10: {}",
                    Value::Text(text.clone()).python()
                );
                Refusal::with(&message, 255, 255)
            });
            Value::Integer(number?)
        }
        (Shape::Number, Value::Text(text)) => match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Value::Number(text.trim().to_owned()),
            _ => {
                let message = format!(
                    "could not convert string to float: {}",
                    Value::Text(text).python()
                );
                return Err(Refusal::with(&message, 255, 255));
            }
        },
        (Shape::Flag, Value::Text(text)) => match text.to_ascii_lowercase().as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => Value::Text(text),
        },
        (Shape::List(item), Value::List(items)) => Value::List(
            items
                .into_iter()
                .map(|it| fitted(it, item))
                .collect::<Result<_, _>>()?,
        ),
        (Shape::List(item), one @ (Value::Text(_) | Value::Map(_))) => {
            Value::List(vec![fitted(one, item)?])
        }
        (Shape::Map(item), Value::Map(all)) => Value::Map(
            all.into_iter()
                .map(|(name, it)| Ok((name, fitted(it, item)?)))
                .collect::<Result<_, Refusal>>()?,
        ),
        (Shape::Structure(name), Value::Map(all)) => {
            let known = members(name);
            let mut found = Vec::new();
            for (name, value) in all {
                let value = match known.iter().find(|it| it.name == name) {
                    Some(member) => fitted(value, &member.shape)?,
                    None => value,
                };
                found.push((name, value));
            }
            Value::Map(found)
        }
        (_, value) => value,
    })
}

/// What is wrong with a value, in the words of the CLI: a line each.
pub(crate) fn flaws(value: &Value, shape: &Shape, name: &str, found: &mut Vec<String>) {
    let wanted = match (shape, value) {
        (Shape::Text, Value::Text(_))
        | (Shape::Integer, Value::Integer(_))
        | (Shape::Number, Value::Integer(_) | Value::Number(_))
        | (Shape::Flag, Value::Bool(_)) => return,
        (Shape::List(item), Value::List(items)) => {
            for (place, it) in items.iter().enumerate() {
                flaws(it, item, &format!("{name}[{place}]"), found);
            }
            return;
        }
        (Shape::Map(item), Value::Map(all)) => {
            for (key, it) in all {
                flaws(it, item, &format!("{name}.{key}"), found);
            }
            return;
        }
        (Shape::Structure(of), Value::Map(all)) => {
            let known = members(of);
            for member in known.iter().filter(|it| it.required) {
                if !all.iter().any(|(it, _)| it == member.name) {
                    found.push(format!(
                        "Missing required parameter in {name}: \"{}\"",
                        member.name
                    ));
                }
            }
            for (key, _) in all {
                if !known.iter().any(|it| it.name == key) {
                    let names: Vec<&str> = known.iter().map(|it| it.name).collect();
                    found.push(format!(
                        "Unknown parameter in {name}: \"{key}\", must be one of: {}",
                        names.join(", ")
                    ));
                }
            }
            for (key, it) in all {
                if let Some(member) = known.iter().find(|it| it.name == key) {
                    flaws(it, &member.shape, &format!("{name}.{key}"), found);
                }
            }
            return;
        }
        (Shape::Text, _) => "<class 'str'>",
        (Shape::Integer, _) => "<class 'int'>",
        (Shape::Number, _) => "<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>",
        (Shape::Flag, _) => "<class 'bool'>",
        (Shape::List(_), _) => "<class 'list'>, <class 'tuple'>",
        (Shape::Map(_) | Shape::Structure(_), _) => "<class 'dict'>",
    };
    found.push(format!(
        "Invalid type for parameter {name}, value: {}, type: <class '{}'>, valid types: {wanted}",
        value.python(),
        value.class()
    ));
}
