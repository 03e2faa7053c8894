//! The boundaries of security groups in a subnet: which tasks they enclose, how high they are, where their lines enter.

mod edge;
mod nest;

pub(crate) use edge::{Edge, push_frame};
pub use edge::{FrameBox, RuleChip};
pub(crate) use nest::Nest;

use super::Scene;
use super::card::{self, TaskBox};
use super::geometry::{Point, Rect};
use super::spacing::{Density, Spacing};
use super::wires::{Joint, Wires};
use crate::view::TaskCard;
use fargate_core::ids::SubnetId;

/// The tasks of a boundary in rows of cards of one width.
struct Grid {
    columns: usize,
    width: f64,
    heights: Vec<f64>,
}

impl Grid {
    fn of(tasks: &[&TaskCard], density: Density, width: f64) -> Self {
        let gap = density.gap();
        let fit = ((width + gap) / (density.least_width() + gap)).floor() as usize;
        let columns = fit.clamp(1, tasks.len().max(1));
        let share = (width - gap * (columns as f64 - 1.0)) / columns as f64;
        let card_width = share.min(density.most_width());
        let height = |task: &&TaskCard| card::height(task, density, card_width);
        let heights = tasks
            .chunks(columns)
            .map(|row| row.iter().map(height).fold(0.0, f64::max))
            .collect();
        Self {
            columns,
            width: card_width,
            heights,
        }
    }

    fn height(&self, density: Density) -> f64 {
        let gaps = density.row_gap() * (self.heights.len() as f64 - 1.0).max(0.0);
        self.heights.iter().sum::<f64>() + gaps
    }
}

/// Between a boundary's cards or inner boundary and the next inner boundary: room for its tab and a line.
pub(crate) const NEXT_FRAME: f64 = 26.0;

/// What laying boundaries out needs to know.
pub(crate) struct Framer<'s> {
    pub(crate) spacing: &'s Spacing,
    pub(crate) density: Density,
}

/// Where a boundary goes, and the line that comes to it.
pub(crate) struct Site<'s> {
    pub(crate) subnet: &'s SubnetId,
    pub(crate) rect: Rect,
    /// Whether its tab and chips are drawn on it: the part of a wider boundary may leave them to its neighbours.
    pub(crate) edge: Option<&'s Edge>,
    /// The whole boundary, where this is a part of it.
    pub(crate) whole: Rect,
    /// The place around it, in the tree of ways.
    pub(crate) parent: Joint,
    /// Where lines leave that place.
    pub(crate) entry: Point,
    /// A free way down beside what lies above, unless it is the first.
    pub(crate) bypass: Option<f64>,
}

impl Framer<'_> {
    /// The padding of a boundary at its sides, above and below; without a boundary less is needed.
    fn pad(&self, nest: &Nest<'_>, edge: Option<&Edge>) -> (f64, f64, f64) {
        let (side, top, bottom) = self.spacing.frame_pad;
        match nest.group {
            Some(_) => (side, top, bottom + edge.map_or(0.0, Edge::below)),
            None => (0.0, 18.0, 4.0),
        }
    }

    /// The height that a boundary needs at a width.
    pub(crate) fn height(&self, nest: &Nest<'_>, width: f64, edge: Option<&Edge>) -> f64 {
        let (side, top, bottom) = self.pad(nest, edge);
        let inner = width - 2.0 * side;
        let mut height = top + bottom;
        if !nest.tasks.is_empty() {
            height += Grid::of(&nest.tasks, self.density, inner).height(self.density);
        }
        for (index, child) in nest.inner.iter().enumerate() {
            if index > 0 || !nest.tasks.is_empty() {
                height += NEXT_FRAME;
            }
            let edge = child.group.map(|group| Edge::of(group, inner));
            height += self.height(child, inner, edge.as_ref());
        }
        height
    }

    /// The least width of a boundary whose cards clip nothing.
    pub(crate) fn least_width(&self, nest: &Nest<'_>) -> f64 {
        let (side, _, _) = self.pad(nest, None);
        let inner = nest.inner.iter().map(|child| self.least_width(child));
        let own = if nest.tasks.is_empty() {
            0.0
        } else {
            self.density.least_width()
        };
        2.0 * side + inner.fold(own, f64::max)
    }

    /// The upper edge of a boundary's content.
    fn inner(&self, nest: &Nest<'_>, site: &Site<'_>) -> (Rect, f64) {
        let (pad, top, _) = self.pad(nest, site.edge);
        let Rect { x, y, w, .. } = site.rect;
        (Rect::new(x + pad, y + top, w - 2.0 * pad, 0.0), pad)
    }

    /// Where lines cross the upper edge: above the first interface, or as near as tab and chips allow.
    pub(crate) fn entry(&self, nest: &Nest<'_>, site: &Site<'_>) -> f64 {
        let (inner, _) = self.inner(nest, site);
        let first = self.cards(&nest.tasks, inner, 1);
        let first = first.first().map(|(card, _)| card.plug.x);
        crossing(nest, site, first.unwrap_or(inner.center().x))
    }

    /// Lays out a boundary with all in it.
    pub(crate) fn lay(
        &self,
        nest: &Nest<'_>,
        site: &Site<'_>,
        scene: &mut Scene,
        wires: &mut Wires,
    ) {
        let (inner, pad) = self.inner(nest, site);
        let cards = self.cards(&nest.tasks, inner, usize::MAX);
        let enter = self.entry(nest, site);
        let (joint, entry) = way_in(nest, site, enter, wires);
        let beside = site.rect.x + pad.max(10.0) / 2.0;
        self.plug_in(&cards, &nest.tasks, (joint, entry, beside), wires);
        let mut y = inner.y;
        for (card, task) in cards.into_iter().map(|(card, _)| card).zip(&nest.tasks) {
            y = y.max(card.rect.bottom());
            scene.tasks.insert(task.id.clone(), card);
        }
        for (index, child) in nest.inner.iter().enumerate() {
            let crowded = index > 0 || !nest.tasks.is_empty();
            if crowded {
                y += NEXT_FRAME;
            }
            let edge = child.group.map(|group| Edge::of(group, inner.w));
            let height = self.height(child, inner.w, edge.as_ref());
            let rect = Rect::new(inner.x, y, inner.w, height);
            if let (Some(group), Some(edge)) = (child.group, &edge) {
                push_frame(scene, group, rect, edge);
            }
            let site = Site {
                subnet: site.subnet,
                rect,
                edge: edge.as_ref(),
                whole: rect,
                parent: joint,
                entry,
                bypass: crowded.then_some(beside),
            };
            self.lay(child, &site, scene, wires);
            y += height;
        }
    }

    /// The cards of the tasks, at most so many, each with the height of the lane above its row.
    fn cards(&self, tasks: &[&TaskCard], inner: Rect, most: usize) -> Vec<(TaskBox, f64)> {
        let grid = Grid::of(tasks, self.density, inner.w);
        let gap = self.density.gap();
        let columns = grid.columns as f64;
        let used = columns * grid.width + (columns - 1.0) * gap;
        let left = inner.x + (inner.w - used) / 2.0;
        let lane = if self.density == Density::Mini {
            2.0
        } else {
            16.0
        };
        let mut cards = Vec::new();
        let mut y = inner.y;
        for (row, height) in tasks.chunks(grid.columns).zip(&grid.heights) {
            for (column, task) in row.iter().enumerate() {
                if cards.len() == most {
                    return cards;
                }
                let x = left + column as f64 * (grid.width + gap);
                let card = TaskBox::lay(task, self.density, Point::new(x, y), grid.width);
                cards.push((card, y - lane));
            }
            y += height + self.density.row_gap();
        }
        cards
    }

    /// The ways to the tasks' interfaces.
    fn plug_in(
        &self,
        cards: &[(TaskBox, f64)],
        tasks: &[&TaskCard],
        (joint, entry, beside): (Joint, Point, f64),
        wires: &mut Wires,
    ) {
        let Some(top) = cards.first().map(|(card, _)| card.rect.y) else {
            return;
        };
        let left = cards.iter().map(|(card, _)| card.rect.x);
        let left = left.fold(f64::INFINITY, f64::min);
        for ((card, lane), task) in cards.iter().zip(tasks) {
            let mut leg = vec![entry];
            if card.rect.y > top {
                let gap = self.density.gap() / 2.0;
                let x = if card.rect.x > left {
                    card.rect.x - gap
                } else {
                    beside
                };
                leg.extend([
                    Point::new(x, entry.y),
                    Point::new(x, *lane),
                    Point::new(card.plug.x, *lane),
                ]);
            } else {
                leg.push(Point::new(card.plug.x, entry.y));
            }
            leg.push(card.plug);
            // a request that reaches the interface is there: all containers of the task share it
            wires.interface(joint, &task.id, leg, card.chips.iter().map(|_| card.plug));
        }
    }
}

/// The crossing of the upper edge nearest to `wish`.
fn crossing(nest: &Nest<'_>, site: &Site<'_>, wish: f64) -> f64 {
    let (Some(_), Some(edge)) = (nest.group, site.edge) else {
        return wish;
    };
    let mut from = site.rect.x + 16.0;
    let mut to = site.rect.right() - 16.0;
    if (site.rect.x - site.whole.x).abs() < 1.0 {
        from = from.max(site.whole.x + 10.0 + edge.tab + 16.0);
    }
    if edge.on_top && !edge.chips.is_empty() {
        let chips: f64 = edge.chips.iter().map(|(width, _)| width + 6.0).sum();
        to = to.min(site.whole.right() - 10.0 - chips - 10.0);
    }
    if from > to {
        f64::midpoint(from, to)
    } else {
        wish.clamp(from, to)
    }
}

/// The way from the place around to this boundary, and where lines go on in it.
fn way_in(nest: &Nest<'_>, site: &Site<'_>, enter: f64, wires: &mut Wires) -> (Joint, Point) {
    let top = site.rect.y;
    let inside = Point::new(enter, top + if nest.group.is_some() { 14.0 } else { 2.0 });
    let mut leg = vec![site.entry];
    match site.bypass {
        Some(x) => leg.extend([
            Point::new(x, site.entry.y),
            Point::new(x, top - 13.0),
            Point::new(enter, top - 13.0),
        ]),
        None => leg.push(Point::new(enter, site.entry.y)),
    }
    let Some(group) = nest.group else {
        let joint = wires.bend(site.parent, leg, inside);
        return (joint, inside);
    };
    leg.push(Point::new(enter, top));
    let joint = wires.frame(site.parent, &group.id, site.subnet, leg);
    (joint, inside)
}
