//! What waits for what: the containers of a definition in levels, and the lines between them. Pure geometry.

use fargate_core::task_definition::{Condition, TaskDefinition};
use std::collections::BTreeMap;

/// The size of a container's box, and the room between boxes, in the picture's units.
pub(crate) const BOX: (f64, f64) = (112.0, 28.0);
const GAP: (f64, f64) = (16.0, 44.0);
/// Room around the picture.
const EDGE: f64 = 8.0;
/// The room to the right that a line takes which passes a level.
const LANE: f64 = 64.0;

/// The picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Order {
    /// The containers that wait or are waited for, in order of the definition.
    pub(crate) boxes: Vec<Place>,
    /// Who waits for whom.
    pub(crate) waits: Vec<Wait>,
    /// Width and height.
    pub(crate) size: (f64, f64),
}

/// A container's box, by its upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    /// The container's name.
    pub(crate) name: String,
    /// From the left.
    pub(crate) x: f64,
    /// From above: what starts first stands highest.
    pub(crate) y: f64,
}

/// One entry of `dependsOn`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wait {
    /// The container that waits.
    pub(crate) who: String,
    /// The container that it waits for.
    pub(crate) whom: String,
    /// For what: `HEALTHY`.
    pub(crate) condition: &'static str,
    /// The corners of the line from the one that is waited for to the one that waits; none where they wait in a circle.
    pub(crate) line: Vec<(f64, f64)>,
}

impl Wait {
    /// The entry in a sentence.
    pub(crate) fn sentence(&self) -> String {
        let until = match self.condition {
            "START" => "has started",
            "COMPLETE" => "has ended",
            "SUCCESS" => "has ended with exit code 0",
            _ => "is healthy",
        };
        format!(
            "{} starts once {} {until} ({}).",
            self.who, self.whom, self.condition
        )
    }
}

/// The order in which containers start; `None` where none waits for another.
pub(crate) fn order(definition: &TaskDefinition) -> Option<Order> {
    let containers = &definition.containers;
    let known = |name: &str| containers.iter().any(|container| container.name == name);
    let mut waits = Vec::new();
    for container in containers {
        for dependency in &container.depends_on {
            // a name that no container has is a finding of its own
            if known(&dependency.container) && !container.name.is_empty() {
                waits.push(Wait {
                    who: container.name.clone(),
                    whom: dependency.container.clone(),
                    condition: word(dependency.condition),
                    line: Vec::new(),
                });
            }
        }
    }
    if waits.is_empty() {
        return None;
    }
    let levels = levels(&waits);
    let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
    let mut boxes: Vec<Place> = Vec::new();
    for container in containers {
        let Some(&level) = levels.get(&*container.name) else {
            continue;
        };
        if boxes.iter().any(|place| place.name == container.name) {
            continue;
        }
        let column = rows.entry(level).or_default();
        boxes.push(Place {
            name: container.name.clone(),
            x: EDGE + *column as f64 * (BOX.0 + GAP.0),
            y: EDGE + level as f64 * (BOX.1 + GAP.1),
        });
        *column += 1;
    }
    let widest = rows.values().copied().max().unwrap_or_default() as f64;
    let deepest = rows.len() as f64;
    // each level stands in the middle
    let width = |boxes: f64| boxes * (BOX.0 + GAP.0) - GAP.0;
    for place in &mut boxes {
        let level = levels.get(&*place.name).copied().unwrap_or_default();
        let own = rows.get(&level).copied().unwrap_or_default() as f64;
        place.x += (width(widest) - width(own)) / 2.0;
    }
    let right = EDGE + width(widest);
    let mut lanes = 0.0;
    for wait in &mut waits {
        let place = |name: &str| boxes.iter().find(|place| place.name == name);
        let (Some(from), Some(to)) = (place(&wait.whom), place(&wait.who)) else {
            continue;
        };
        let (middle, half) = (BOX.0 / 2.0, BOX.1 / 2.0);
        if to.y - from.y < 1.5 * (BOX.1 + GAP.1) {
            wait.line = vec![(from.x + middle, from.y + BOX.1), (to.x + middle, to.y)];
        } else {
            // around the boxes between
            lanes += 1.0;
            let lane = right + (lanes - 0.5) * LANE;
            let (above, below) = (from.y + half, to.y + half);
            wait.line = vec![
                (from.x + BOX.0, above),
                (lane, above),
                (lane, below),
                (to.x + BOX.0, below),
            ];
        }
    }
    let size = (
        right + lanes * LANE + EDGE,
        deepest * (BOX.1 + GAP.1) - GAP.1 + 2.0 * EDGE,
    );
    Some(Order { boxes, waits, size })
}

/// The level of each container: one below the lowest of those it waits for. Who waits in a circle, or for one that does, has
/// none.
fn levels(waits: &[Wait]) -> BTreeMap<String, usize> {
    let names = waits.iter().flat_map(|wait| [&wait.who, &wait.whom]);
    let names: std::collections::BTreeSet<&String> = names.collect();
    let mut levels: BTreeMap<String, usize> = BTreeMap::new();
    // a round settles at least one of those that can be settled
    for _ in 0..names.len() {
        for name in &names {
            let mut awaited = waits.iter().filter(|wait| wait.who == **name);
            let level = awaited.try_fold(0, |level, wait| {
                levels.get(&wait.whom).map(|&other| level.max(other + 1))
            });
            if let Some(level) = level {
                levels.insert((*name).clone(), level);
            }
        }
    }
    levels
}

const fn word(condition: Condition) -> &'static str {
    match condition {
        Condition::Start => "START",
        Condition::Complete => "COMPLETE",
        Condition::Success => "SUCCESS",
        Condition::Healthy => "HEALTHY",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::task_definition::{Context, read};
    use fargate_core::units::Date;

    /// Containers as `name`, or `name:CONDITION other, CONDITION other`.
    fn order_of(containers: &[&str]) -> Option<Order> {
        let containers = containers.iter().map(|container| {
            let (name, waits) = container.split_once(':').unwrap_or((container, ""));
            let waits = waits.split(", ").filter_map(|wait| wait.split_once(' '));
            let waits = waits.map(|(condition, other)| {
                format!(r#"{{ "containerName": "{other}", "condition": "{condition}" }}"#)
            });
            let waits: Vec<_> = waits.collect();
            format!(
                r#"{{ "name": "{name}", "image": "x:1", "dependsOn": [{}] }}"#,
                waits.join(", ")
            )
        });
        let containers: Vec<_> = containers.collect();
        let text = format!(
            r#"{{ "containerDefinitions": [{}] }}"#,
            containers.join(", ")
        );
        order(&read(&text, &Context::fargate(Date::new(2026, 11, 21))).definition)
    }

    fn level(order: &Order, name: &str) -> f64 {
        let place = order.boxes.iter().find(|place| place.name == name);
        (place.expect("it has a box").y - EDGE) / (BOX.1 + GAP.1)
    }

    #[test]
    fn without_dependencies_there_is_no_picture() {
        assert_eq!(order_of(&["a", "b"]), None);
        assert_eq!(order_of(&["a:START nobody"]), None);
    }

    #[test]
    fn who_waits_stands_below_all_it_waits_for() {
        let order = order_of(&[
            "api:HEALTHY db, SUCCESS migrate",
            "migrate:HEALTHY db",
            "db",
            "web:START api",
            "alone",
        ]);
        let order = order.expect("there are dependencies");
        for (name, expected) in [("db", 0.0), ("migrate", 1.0), ("api", 2.0), ("web", 3.0)] {
            assert!((level(&order, name) - expected).abs() < 1e-9, "{name}");
        }
        assert!(order.boxes.iter().all(|place| place.name != "alone"));
        for wait in &order.waits {
            let (from, to) = (wait.line[0], wait.line[wait.line.len() - 1]);
            assert!(from.1 < to.1, "{wait:?}");
            let inside = |&(x, y): &(f64, f64)| x <= order.size.0 && y <= order.size.1;
            assert!(wait.line.iter().all(inside), "{wait:?}");
        }
        assert_eq!(
            order.waits[0].sentence(),
            "api starts once db is healthy (HEALTHY)."
        );
    }

    #[test]
    fn boxes_of_a_level_do_not_touch_and_lie_in_the_picture() {
        let order = order_of(&["a", "b", "c", "d:START a, START b, START c"])
            .expect("there are dependencies");
        for (place, one) in order.boxes.iter().enumerate() {
            assert!(one.x >= EDGE && one.x + BOX.0 <= order.size.0, "{one:?}");
            assert!(one.y >= EDGE && one.y + BOX.1 <= order.size.1, "{one:?}");
            for other in order.boxes.iter().skip(place + 1) {
                let apart = (one.x - other.x).abs() >= BOX.0 || (one.y - other.y).abs() >= BOX.1;
                assert!(apart, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn a_line_past_a_level_goes_around_its_boxes() {
        let order = order_of(&["c:START b, HEALTHY a", "b:START a", "a:START b0", "b0"]);
        let order = order.expect("there are dependencies");
        let long = order
            .waits
            .iter()
            .find(|wait| wait.condition == "HEALTHY")
            .expect("c waits for a");
        let right = order
            .boxes
            .iter()
            .map(|place| place.x + BOX.0)
            .fold(0.0, f64::max);
        let corners: Vec<_> = long.line.iter().filter(|corner| corner.0 > right).collect();
        assert_eq!(corners.len(), 2, "{long:?}");
        let long = |wait: &&Wait| wait.line.len() > 2;
        assert_eq!(order.waits.iter().filter(long).count(), 1);
    }

    #[test]
    fn a_circle_is_told_and_not_drawn() {
        let order = order_of(&["a:START b", "b:START a", "c:START a", "d:START e", "e"])
            .expect("there are dependencies");
        let drawn: Vec<_> = order.boxes.iter().map(|place| &*place.name).collect();
        assert_eq!(drawn, ["d", "e"]);
        let lost = order
            .waits
            .iter()
            .filter(|wait| wait.line.is_empty())
            .count();
        assert_eq!(lost, 3);
    }
}
