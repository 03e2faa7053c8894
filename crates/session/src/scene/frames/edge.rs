//! A boundary as it is drawn: its tab with the group's name, and chips with what the group lets in.

use crate::scene::Scene;
use crate::scene::geometry::{Rect, Slot};
use crate::scene::text::{self, Face};
use crate::view::GroupCard;
use fargate_core::ids::SecurityGroupId;

/// A boundary of a security group.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameBox {
    /// The group.
    pub group: SecurityGroupId,
    /// Which of the group's boundaries, from 0.
    pub part: usize,
    /// The group's place in the order of creation, which chooses colour and dash.
    pub order: usize,
    /// The boundary.
    pub rect: Rect,
    /// The tab on the upper edge.
    pub tab: Rect,
    /// The group's name in the tab.
    pub name: Slot,
    /// What the group lets in, as chips on an edge.
    pub chips: Vec<RuleChip>,
    /// How many rules have no chip.
    pub more: usize,
}

/// A chip with an inbound rule.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleChip {
    /// The chip.
    pub rect: Rect,
    /// The rule's words, or '+2'.
    pub text: Slot,
    /// The rule, by its place among the group's inbound rules; absent on the chip that counts the rest.
    pub rule: Option<usize>,
}

/// The widths of a boundary's tab and chips, and which edge the chips are on.
#[derive(Clone, Debug)]
pub(crate) struct Edge {
    pub(super) tab: f64,
    /// The chips' widths from right to left; the last may count the rest.
    pub(super) chips: Vec<(f64, Option<usize>)>,
    more: usize,
    pub(super) on_top: bool,
}

impl Edge {
    /// The tab and chips of a group on a boundary of a width.
    pub(crate) fn of(group: &GroupCard, width: f64) -> Self {
        let tab = (30.0 + text::width(&group.name, Face::Mono)).min(width - 60.0);
        let wide = |label: &str| 22.0 + text::width(label, Face::Mono);
        let all: Vec<f64> = group.ingress.iter().map(|rule| wide(&rule.label)).collect();
        let taken = |count: usize| -> f64 {
            let rest = if count < all.len() { 48.0 } else { 0.0 };
            all.iter().take(count).map(|chip| chip + 6.0).sum::<f64>() + rest
        };
        let most = |room: f64| (1..=all.len()).rev().find(|&count| taken(count) <= room);
        let above = width - 20.0 - tab - 64.0;
        let (on_top, count) = match most(above) {
            Some(count) if count == all.len() => (true, count),
            Some(_) | None if all.is_empty() => (true, 0),
            Some(_) | None => (false, most(width - 20.0).unwrap_or(1)),
        };
        let mut chips: Vec<(f64, Option<usize>)> = all
            .iter()
            .take(count)
            .enumerate()
            .map(|(index, &chip)| (chip.min(width - 20.0), Some(index)))
            .collect();
        let more = all.len() - count;
        if more > 0 {
            if let Some(last) = chips.last_mut() {
                last.0 = last.0.min(width - 20.0 - 46.0);
            }
            chips.push((40.0, None));
        }
        Self {
            tab,
            chips,
            more,
            on_top,
        }
    }

    /// What the chips add below the boundary's content.
    pub(super) fn below(&self) -> f64 {
        if self.on_top { 0.0 } else { 10.0 }
    }
}

/// Adds a boundary with its tab and chips to the picture.
pub(crate) fn push_frame(scene: &mut Scene, group: &GroupCard, rect: Rect, edge: &Edge) {
    let part = scene
        .frames
        .iter()
        .filter(|frame| frame.group == group.id)
        .count();
    let tab = Rect::new(rect.x + 10.0, rect.y - 9.0, edge.tab, 18.0);
    let y = if edge.on_top { rect.y } else { rect.bottom() } - 9.0;
    let mut right = rect.right() - 10.0;
    let mut chips = Vec::new();
    for (width, rule) in edge.chips.iter().rev() {
        let chip = Rect::new(right - width, y, *width, 18.0);
        chips.push(RuleChip {
            rect: chip,
            text: Slot::start(chip.x + 10.0, y + 13.5, width - 18.0),
            rule: *rule,
        });
        right = chip.x - 6.0;
    }
    chips.reverse();
    scene.frames.push(FrameBox {
        group: group.id.clone(),
        part,
        order: group.order,
        rect,
        tab,
        name: Slot::start(tab.x + 22.0, tab.y + 13.5, tab.w - 28.0),
        chips,
        more: edge.more,
    });
}
