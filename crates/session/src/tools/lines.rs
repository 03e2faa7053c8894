//! The lines between groups: a rule that lets a group in, from its source to the group that allows it.

use super::hit::End;
use crate::scene::text::{Face, width};
use crate::scene::{Point, Rect, Scene, Things};
use crate::view::RuleCard;
use fargate_core::call::{IpPermission, RevokeSecurityGroupIngress};
use fargate_core::ids::SecurityGroupId;

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
    /// The chip with the ports, on the line.
    pub chip: Rect,
    /// 'TCP 8080', or 'TCP 8080 +1'.
    pub label: String,
    /// The whole sentence: 'TCP 8080 from jobs to web'.
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
    let groups = it
        .user_id_group_pairs
        .iter()
        .map(|pair| End::Group(pair.group_id.clone()));
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
    rule.label
        .rsplit_once(" from ")
        .map_or(&rule.label, |(ports, _)| ports)
}

/// The lines of all rules between two groups that are both on the picture. A group's rule for itself has no line: its chip
/// on the boundary says it.
pub fn rule_lines(things: &Things, scene: &Scene) -> Vec<RuleLine> {
    let frame = |id: &SecurityGroupId| scene.frames.iter().find(|frame| frame.group == *id);
    let mut lines: Vec<RuleLine> = Vec::new();
    for target in &things.groups {
        let Some(to) = frame(&target.id) else {
            continue;
        };
        for rule in &target.ingress {
            let pairs = permission(rule).map(|it| &it.user_id_group_pairs);
            for pair in pairs.into_iter().flatten() {
                let source = pair.group_id.clone();
                let Some(from) = frame(&source).filter(|_| source != target.id) else {
                    continue;
                };
                let same = |line: &&mut RuleLine| line.from == source && line.to == target.id;
                if let Some(line) = lines.iter_mut().find(same) {
                    line.name.push_str(", ");
                    line.name.push_str(&rule.label);
                    let more = line.name.matches(" from ").count() - 1;
                    let first = line.label.split(" +").next().unwrap_or_default();
                    line.label = format!("{first} +{more}");
                    line.chip = chip(&line.points, &line.label);
                    continue;
                }
                let points = between(&from.rect, &to.rect);
                let label = ports(rule).to_owned();
                lines.push(RuleLine {
                    chip: chip(&points, &label),
                    name: format!("Rule of {}: {}", target.name, rule.label),
                    from: source,
                    to: target.id.clone(),
                    order: target.order,
                    points,
                    label,
                });
            }
        }
    }
    lines
}

/// The chip on the middle of a line's longest part.
fn chip(points: &[Point], label: &str) -> Rect {
    let parts = points.iter().zip(points.iter().skip(1));
    let longest = parts.max_by(|(a, b), (c, d)| a.distance(**b).total_cmp(&c.distance(**d)));
    let middle = longest.map_or(Point::default(), |(a, b)| a.toward(*b, 0.5));
    let wide = 20.0 + width(label, Face::Mono);
    Rect::new(middle.x - wide / 2.0, middle.y - 9.0, wide, 18.0)
}

/// A line from the edge of one box to the edge of another, with right angles: straight where they face each other.
fn between(from: &Rect, to: &Rect) -> Vec<Point> {
    let overlap = |a: f64, a_end: f64, b: f64, b_end: f64| {
        let (low, high) = (a.max(b), a_end.min(b_end));
        (high - low > 24.0).then(|| f64::midpoint(low, high))
    };
    if from.contains(to) || to.contains(from) {
        // One wears the other's boundary inside its own: from side to side.
        let y = f64::midpoint(from.y.max(to.y), from.bottom().min(to.bottom()));
        return vec![Point::new(from.x, y), Point::new(to.x, y)];
    }
    if let Some(y) = overlap(from.y, from.bottom(), to.y, to.bottom()) {
        return if from.x < to.x {
            vec![Point::new(from.right(), y), Point::new(to.x, y)]
        } else {
            vec![Point::new(from.x, y), Point::new(to.right(), y)]
        };
    }
    if let Some(x) = overlap(from.x, from.right(), to.x, to.right()) {
        return if from.y < to.y {
            vec![Point::new(x, from.bottom()), Point::new(x, to.y)]
        } else {
            vec![Point::new(x, from.y), Point::new(x, to.bottom())]
        };
    }
    let (start, end) = (from.center(), to.center());
    let leave = Point::new(
        if end.x > start.x {
            from.right()
        } else {
            from.x
        },
        start.y,
    );
    let enter = Point::new(end.x, if end.y > start.y { to.y } else { to.bottom() });
    vec![leave, Point::new(enter.x, leave.y), enter]
}
