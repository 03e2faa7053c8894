//! The lines of rules between groups, with an arrow to the group that allows and a chip that names the ports.

use super::super::draw::{boxed, group_class, words};
use super::super::stage::{Item, stage};
use crate::markup::{live, view};
use crate::signals::Memo;
use fargate_core::decimal::Decimal;
use fargate_session::scene::text::Face;
use fargate_session::scene::{Point, Slot, Things, path};
use fargate_session::tools::{RuleLine, rule_lines};
use leptos::prelude::*;

/// The lines of all rules between two groups on the picture.
#[component]
pub fn RuleLines() -> AnyView {
    let stage = stage();
    let lines = Memo::new(move |_| {
        // Tasks change with every tick, rules do not.
        let things = Things {
            groups: stage.cards().groups.all(),
            ..Things::default()
        };
        stage.scene.with(|scene| rule_lines(&things, scene))
    });
    live(move || {
        let lines = lines.get();
        lines.iter().map(line).collect::<Vec<_>>()
    })
}

/// The three corners of an arrow's head at the end of a line.
fn head(points: &[Point]) -> Option<String> {
    let [.., before, end] = points else {
        return None;
    };
    let back = end.toward(*before, (9.0 / before.distance(*end).max(9.0)).min(1.0));
    let (x, y) = ((end.y - back.y) * 0.5, (back.x - end.x) * 0.5);
    let corner = |at: Point| format!("{} {}", Decimal::of(at.x), Decimal::of(at.y));
    let (one, other) = (
        Point::new(back.x + x, back.y + y),
        Point::new(back.x - x, back.y - y),
    );
    Some(format!(
        "M{}L{}L{}Z",
        corner(*end),
        corner(one),
        corner(other)
    ))
}

fn line(line: &RuleLine) -> AnyView {
    let class = group_class(line.order);
    let text = class.split(' ').next().unwrap_or("g1").to_owned();
    let chip = line.chip.map(|chip| {
        let slot = Slot::start(chip.x + 10.0, chip.y + 13.5, chip.w - 18.0);
        view! {
            {boxed(chip, 9.0, format!("rule-chip {text}"))}
            {words(slot, &line.label, Face::Mono, format!("mono fine {text}-t"))}
        }
    });
    view! {
        <g class="n-rule" data-key=Item::Group(line.to.clone()).to_string()>
            <path class=format!("rule {text}") d=path(line.points.iter().copied())></path>
            {head(&line.points).map(|head| view! { <path class=format!("rule-head {text}") d=head></path> })}
            {chip}
            <title>{line.name.clone()}</title>
        </g>
    }
}
