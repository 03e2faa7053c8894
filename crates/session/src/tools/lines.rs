//! The lines between groups: a rule that lets a group in, from its source to the group that allows it.

use super::hit::End;
use crate::scene::text::{Face, width};
use crate::scene::{FrameBox, Point, Rect, Scene, Things};
use crate::view::{GroupCard, RuleCard};
use fargate_core::call::{IpPermission, RevokeSecurityGroupIngress};
use fargate_core::ids::SecurityGroupId;

/// Boxes face each other where they share at least so many pixels.
const FACING: f64 = 24.0;
/// Between a line and the words that it must not cross.
const CLEAR: f64 = 8.0;

/// Rules from one group to another, drawn as one line.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleLine {
    /// Whose interfaces may come.
    pub from: SecurityGroupId,
    /// The group that lets them in.
    pub to: SecurityGroupId,
    /// The allowing group's place in the order of creation, which chooses the colour.
    pub order: usize,
    /// The corners of the line.
    pub points: Vec<Point>,
    /// The chip with the ports on the line; absent where the line is too short for one, and the boundary's chip says it.
    pub chip: Option<Rect>,
    /// 'TCP 8080', or 'TCP 8080 +1'.
    pub label: String,
    /// The whole sentence: 'Rule of web: TCP 8080 from jobs'.
    pub name: String,
}

/// The permission that a rule stands for, as its card has it.
pub(super) fn permission(rule: &RuleCard) -> Option<&IpPermission> {
    let revoke = rule.revoke.input::<RevokeSecurityGroupIngress>()?;
    revoke.ip_permissions.first()
}

/// Whether a rule lets a source come to a TCP port.
pub(super) fn allows(rule: &RuleCard, source: &End, port: u16) -> bool {
    let Some(it) = permission(rule) else {
        return false;
    };
    let ports = match (it.from_port, it.to_port) {
        (Some(from), Some(to)) => (from..=to).contains(&i32::from(port)),
        _ => true,
    };
    let protocol = matches!(it.ip_protocol.as_str(), "tcp" | "-1");
    protocol && ports && names(rule, source)
}

/// Who a rule lets in, as far as it can be drawn: everyone, and groups.
pub(super) fn sources(rule: &RuleCard) -> Vec<End> {
    let Some(it) = permission(rule) else {
        return Vec::new();
    };
    let everyone = it
        .ip_ranges
        .iter()
        .any(|range| range.cidr_ip == "0.0.0.0/0");
    let pairs = it.user_id_group_pairs.iter();
    let groups = pairs.map(|pair| End::Group(pair.group_id.clone()));
    everyone
        .then_some(End::Internet)
        .into_iter()
        .chain(groups)
        .collect()
}

/// Whether a rule lets a source in.
pub(super) fn names(rule: &RuleCard, source: &End) -> bool {
    sources(rule).contains(source)
}

/// The words of a rule without who may come: 'TCP 8080' of 'TCP 8080 from web'.
fn ports(rule: &RuleCard) -> &str {
    let label = &rule.label;
    label
        .rsplit_once(" from ")
        .map_or(label, |(ports, _)| ports)
}

/// The lines of all rules between two groups that are both on the picture. A group's rule for itself has no line: its chip
/// on the boundary says it.
pub fn rule_lines(things: &Things, scene: &Scene) -> Vec<RuleLine> {
    let mut lines = Vec::new();
    for target in &things.groups {
        for source in &things.groups {
            let from = End::Group(source.id.clone());
            let rules = target.ingress.iter().filter(|rule| names(rule, &from));
            let rules: Vec<&RuleCard> = rules.collect();
            if source.id != target.id && !rules.is_empty() {
                lines.extend(line(scene, source, target, &rules));
            }
        }
    }
    lines
}

/// The line of the rules of a target for a source, between their boundaries that lie nearest to each other.
fn line(
    scene: &Scene,
    source: &GroupCard,
    target: &GroupCard,
    rules: &[&RuleCard],
) -> Option<RuleLine> {
    let of = |id: &SecurityGroupId| {
        let id = id.clone();
        scene.frames.iter().filter(move |frame| frame.group == id)
    };
    let pairs = of(&source.id).flat_map(|from| of(&target.id).map(move |to| (from, to)));
    let apart = |(from, to): &(&FrameBox, &FrameBox)| from.rect.center().distance(to.rect.center());
    let (from, to) = pairs.min_by(|a, b| apart(a).total_cmp(&apart(b)))?;
    let points = between(&from.rect, &to.rect, &words(scene));
    let first = ports(rules.first()?);
    let label = match rules.len() - 1 {
        0 => first.to_owned(),
        more => format!("{first} +{more}"),
    };
    let told: Vec<&str> = rules.iter().map(|rule| rule.label.as_str()).collect();
    Some(RuleLine {
        from: source.id.clone(),
        to: target.id.clone(),
        order: target.order,
        chip: chip(&points, &label),
        name: format!("Rule of {}: {}", target.name, told.join(", ")),
        points,
        label,
    })
}

/// The words on the edges of boundaries, which no line may cross.
fn words(scene: &Scene) -> Vec<Rect> {
    let chips = |frame: &FrameBox| frame.chips.iter().map(|chip| chip.rect).collect::<Vec<_>>();
    let frames = scene.frames.iter();
    let mut all: Vec<Rect> = frames
        .flat_map(|frame| chips(frame).into_iter().chain([frame.tab]))
        .collect();
    let pills = scene
        .tasks
        .values()
        .flat_map(|task| [task.interface, task.public]);
    all.extend(pills.flatten().map(|pill| pill.rect));
    all
}

/// The chip on the middle of a line's longest part; `None` where that is too short for it and the arrow's head.
fn chip(points: &[Point], label: &str) -> Option<Rect> {
    let parts = points.iter().zip(points.iter().skip(1));
    let (a, b) = parts.max_by(|(a, b), (c, d)| a.distance(**b).total_cmp(&c.distance(**d)))?;
    let middle = a.toward(*b, 0.5);
    let wide = 20.0 + width(label, Face::Mono);
    let needs = if (a.y - b.y).abs() < 1.0 { wide } else { 18.0 };
    let chip = Rect::new(middle.x - wide / 2.0, middle.y - 9.0, wide, 18.0);
    (a.distance(*b) >= needs + 24.0).then_some(chip)
}

/// The place between two ends nearest to their middle at which a line crosses none of the words, if there is one.
fn free(from: f64, to: f64, crosses: impl Fn(f64) -> bool) -> Option<f64> {
    let middle = f64::midpoint(from, to);
    let reach = ((to - from) / 2.0 - CLEAR).max(0.0);
    let steps = (reach / 4.0) as u32;
    let places = (0..=steps).flat_map(|step| {
        let away = f64::from(step) * 4.0;
        [middle + away, middle - away]
    });
    places.into_iter().find(|at| !crosses(*at))
}

/// From the right side of a box around to the right side of another, where words leave no way between them.
fn around(from: &Rect, to: &Rect) -> Vec<Point> {
    let beside = from.right().max(to.right()) + 6.0;
    let (start, end) = (from.center().y, to.center().y);
    vec![
        Point::new(from.right(), start),
        Point::new(beside, start),
        Point::new(beside, end),
        Point::new(to.right(), end),
    ]
}

/// A line from the edge of one box to the edge of another, with right angles: straight where they face each other, past the words.
fn between(from: &Rect, to: &Rect, words: &[Rect]) -> Vec<Point> {
    let shared = |a: f64, a_end: f64, b: f64, b_end: f64| {
        let (low, high) = (a.max(b), a_end.min(b_end));
        (high - low > FACING).then_some((low, high))
    };
    let beside = shared(from.y, from.bottom(), to.y, to.bottom());
    let above = shared(from.x, from.right(), to.x, to.right());
    // One lies in the other: from the outer's upper edge to the inner's, or the other way.
    let nested = from.contains(to) || to.contains(from);
    if let Some((low, high)) = beside.filter(|_| !nested && above.is_none()) {
        let (start, end) = if from.x < to.x {
            (from.right(), to.x)
        } else {
            (from.x, to.right())
        };
        let crosses = |y: f64| {
            let line = Rect::new(start.min(end), y, (start - end).abs(), 0.0).inset(-CLEAR);
            words.iter().any(|word| word.overlaps(&line))
        };
        let y = free(low, high, crosses).unwrap_or(f64::midpoint(low, high));
        return vec![Point::new(start, y), Point::new(end, y)];
    }
    if let Some((low, high)) = above {
        let (start, end) = match (nested, from.y < to.y) {
            (true, _) => (from.y, to.y),
            (false, true) => (from.bottom(), to.y),
            (false, false) => (from.y, to.bottom()),
        };
        let crosses = |x: f64| {
            let line = Rect::new(x, start.min(end), 0.0, (start - end).abs()).inset(-CLEAR);
            words.iter().any(|word| word.overlaps(&line))
        };
        return match (free(low, high, crosses), nested) {
            (Some(x), _) => vec![Point::new(x, start), Point::new(x, end)],
            (None, false) => around(from, to),
            (None, true) => {
                let y = if from.contains(to) { to } else { from }.center().y;
                vec![Point::new(from.right(), y), Point::new(to.right(), y)]
            }
        };
    }
    corner(from, to, words)
}

/// A line between boxes that do not face each other: with one corner, where the words leave room for it.
fn corner(from: &Rect, to: &Rect, words: &[Rect]) -> Vec<Point> {
    let side = |of: &Rect, toward: Point| {
        let x = if toward.x > of.center().x {
            of.right()
        } else {
            of.x
        };
        Point::new(x, of.center().y)
    };
    let edge = |of: &Rect, toward: Point| {
        if toward.y > of.center().y {
            of.bottom()
        } else {
            of.y
        }
    };
    let upright = |of: &Rect, from: f64, to: f64| {
        free(of.x, of.right(), |x| {
            let line = Rect::new(x, from.min(to), 0.0, (from - to).abs()).inset(-CLEAR);
            words.iter().any(|word| word.overlaps(&line))
        })
    };
    let leave = side(from, to.center());
    let entry = edge(to, from.center());
    if let Some(x) = upright(to, leave.y, entry) {
        return vec![leave, Point::new(x, leave.y), Point::new(x, entry)];
    }
    let (exit, enter) = (edge(from, to.center()), side(to, from.center()));
    let x = upright(from, exit, enter.y).unwrap_or(from.center().x);
    vec![Point::new(x, exit), Point::new(x, enter.y), enter]
}
