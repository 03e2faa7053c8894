//! The quiet marks of a definition: sizes as numbers, shares, and a bar for each container.

use super::judged::Judged;
use crate::editor::{Bar, Hint, Tone};
use crate::words::thousands;
use fargate_core::text::{Node, Value};

/// What a container without CPU counts for when shares are compared: the least weight that Linux gives.
const LEAST_WEIGHT: u32 = 2;

/// The words at line ends.
pub(crate) fn hints(judged: &Judged) -> Vec<Hint> {
    let definition = &judged.reading.definition;
    let root = judged.reading.root();
    let mut hints = Vec::new();
    let mut add = |node: &Node, text: String, tone| {
        let (at, _) = judged.units(node.span);
        hints.push(Hint { at, text, tone });
    };
    if let (Some(node), Some(cpu)) = (root.get("cpu"), definition.cpu) {
        add(
            node,
            format!("{} units", thousands(cpu.0.into())),
            Tone::Plain,
        );
    }
    if let (Some(node), Some(memory)) = (root.get("memory"), definition.memory) {
        add(
            node,
            format!("{} MiB", thousands(memory.0.into())),
            Tone::Plain,
        );
    }
    let weights = definition
        .containers
        .iter()
        .map(|container| weight(container.cpu.map(|cpu| cpu.0)));
    let all: u64 = weights.clone().map(u64::from).sum();
    for (place, (node, weight)) in containers(judged).zip(weights).enumerate() {
        let tone = Tone::of_container(place);
        if let Some(cpu) = node.get("cpu").filter(|cpu| cpu.as_i64().is_some()) {
            // Rounded half up.
            let percent = (u64::from(weight) * 200 / all.max(1)).div_ceil(2);
            add(cpu, format!("{percent}\u{2009}% share"), tone);
        }
        if let Some(memory) = node
            .get("memory")
            .filter(|memory| memory.as_i64().is_some())
        {
            add(memory, "hard limit".to_owned(), tone);
        }
    }
    hints
}

/// The containers' bars.
pub(crate) fn bars(judged: &Judged) -> Vec<Bar> {
    let bar = |(place, node): (usize, &Node)| {
        let (from, to) = judged.units(node.span);
        Bar {
            from,
            to,
            tone: Tone::of_container(place),
        }
    };
    containers(judged).enumerate().map(bar).collect()
}

/// The containers' objects, in the order of the model.
fn containers(judged: &Judged) -> impl Iterator<Item = &Node> {
    let list = judged.reading.root().get("containerDefinitions");
    let items = list.map(Node::items).unwrap_or_default().iter();
    items.filter(|item| matches!(item.value, Value::Object(_)))
}

fn weight(cpu: Option<u32>) -> u32 {
    cpu.unwrap_or(0).max(LEAST_WEIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::task_definition::Context;
    use fargate_core::units::Date;
    use std::sync::Arc;

    #[test]
    fn sizes_shares_and_hard_limits_are_said_at_their_lines() {
        let text = r#"{"family": "scorekeep", "cpu": "1 vCpu", "memory": "2 gb", "containerDefinitions": [
            {"name": "a", "image": "a", "cpu": 256, "memoryReservation": 512},
            {"name": "b", "image": "b", "cpu": 768, "memory": 1024}]}"#;
        let judged = Judged::new(&Arc::from(text), Context::fargate(Date::new(2025, 1, 1)));
        let said: Vec<_> = hints(&judged)
            .into_iter()
            .map(|hint| (hint.text, hint.tone))
            .collect();
        let expected = [
            ("1,024 units", Tone::Plain),
            ("2,048 MiB", Tone::Plain),
            ("25\u{2009}% share", Tone::First),
            ("75\u{2009}% share", Tone::Second),
            ("hard limit", Tone::Second),
        ];
        assert_eq!(said, expected.map(|(text, tone)| (text.to_owned(), tone)));
        let tones: Vec<_> = bars(&judged).into_iter().map(|bar| bar.tone).collect();
        assert_eq!(tones, [Tone::First, Tone::Second]);
    }
}
