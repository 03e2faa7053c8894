//! The tool that draws a route: from a subnet to the internet gateway, a NAT gateway, or another way out on the VPC's edge.

use super::goal::Goal;
use super::hit::far;
use super::route_ask::RouteAsk;
use super::task::{beginning, beside};
use super::{Ground, Sketch, ToolKey, Turn, arrow, round};
use crate::scene::{Key, Point};
use fargate_core::ids::SubnetId;

/// The tool that draws a route.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RouteHand {
    /// The subnet whose packets are to be led, once chosen.
    pub source: Option<SubnetId>,
    /// What the popover asks, while it is open.
    pub ask: Option<RouteAsk>,
    /// The subnet that the keys or the pointer are at.
    aim: Option<SubnetId>,
    /// What the route would lead to.
    goal: Option<Goal>,
    from: Option<Point>,
    to: Option<Point>,
}

impl RouteHand {
    pub(super) fn begin(&mut self, ground: Ground<'_>, focus: Option<&Key>) -> Turn {
        self.aim = beginning(ground, focus);
        self.words(ground)
    }

    pub(super) fn down(&mut self, ground: Ground<'_>, at: Point) -> Turn {
        let lands =
            ground.subnet(at).is_some() || (self.source.is_some() && ground.goal(at).is_some());
        if self.ask.take().is_some() || !lands {
            let drawn = self.source.take().is_some();
            if !lands {
                return if drawn { Turn::Dropped } else { Turn::Stay };
            }
        }
        (self.from, self.to) = (Some(at), None);
        Turn::Stay
    }

    pub(super) fn moved(&mut self, ground: Ground<'_>, to: Point) -> Turn {
        if self.ask.is_some() {
            return Turn::Stay;
        }
        let before = (self.aim.take(), self.goal.take());
        self.aim = ground.subnet(to).map(|card| card.id.clone());
        self.goal = self.source.as_ref().and_then(|_| ground.goal(to));
        if let Some(from) = self.from
            && (self.to.is_some() || far(from, to))
        {
            if self.to.is_none()
                && let Some(card) = ground.subnet(from)
            {
                self.source = Some(card.id.clone());
            }
            self.to = Some(to);
            return Turn::Drawn(None);
        }
        if before == (self.aim.clone(), self.goal.clone()) {
            Turn::Stay
        } else {
            Turn::Drawn(None)
        }
    }

    pub(super) fn up(&mut self, ground: Ground<'_>, at: Point) -> Turn {
        if self.from.take().is_none() {
            return Turn::Stay;
        }
        let dragged = self.to.take().is_some();
        if self.source.is_some()
            && let Some(goal) = ground.goal(at)
        {
            self.goal = Some(goal);
            return self.lead(ground);
        }
        if dragged {
            self.source = None;
            return Turn::Dropped;
        }
        self.source = ground.subnet(at).map(|card| card.id.clone());
        self.goal = None;
        self.words(ground)
    }

    pub(super) fn key(&mut self, ground: Ground<'_>, key: ToolKey) -> Turn {
        match (key, arrow(key)) {
            (ToolKey::Escape, _) if self.from.is_some() => {
                *self = Self::default();
                Turn::Dropped
            }
            (ToolKey::Escape, _) if self.ask.take().is_some() => self.words(ground),
            (ToolKey::Escape, _) if self.source.take().is_some() => self.words(ground),
            (ToolKey::Escape, _) => Turn::Left,
            (_, Some(on)) if self.source.is_none() => {
                self.aim = beside(ground, self.aim.as_ref(), on);
                self.words(ground)
            }
            (_, Some(on)) if self.ask.is_none() => {
                let goals = ground.goals();
                let at = goals
                    .iter()
                    .position(|goal| Some(goal) == self.goal.as_ref());
                let next = round(at.or(Some(0)), goals.len(), on);
                self.goal = next.and_then(|next| goals.get(next).cloned());
                self.words(ground)
            }
            (ToolKey::Enter, None) if self.source.is_some() => self.lead(ground),
            (ToolKey::Enter, None) => {
                self.source = self.aim.clone();
                self.words(ground)
            }
            _ => Turn::Stay,
        }
    }

    /// The route is drawn: what it changes is asked.
    fn lead(&mut self, ground: Ground<'_>) -> Turn {
        let goal = self.goal.get_or_insert(Goal::Gateway).clone();
        let source = self.source.as_ref();
        self.ask = source.and_then(|id| RouteAsk::of(ground, id, &goal));
        match &self.ask {
            Some(ask) => Turn::said(format!(
                "{} {}",
                ask.sentence(),
                ask.also().unwrap_or_default()
            )),
            None => Turn::Dropped,
        }
    }

    fn words(&self, ground: Ground<'_>) -> Turn {
        let name = |id: &Option<SubnetId>| {
            let card = id.as_ref().and_then(|id| ground.subnet_card(id));
            card.map(|card| card.name.clone())
        };
        match (name(&self.source), name(&self.aim)) {
            (Some(subnet), _) => {
                let goal = self.goal.as_ref().unwrap_or(&Goal::Gateway);
                let goal = ground.goal_name(goal);
                let more = if ground.goals().len() > 1 {
                    "Arrow keys to choose, Enter to take it."
                } else {
                    "Enter to take it."
                };
                Turn::said(format!("From {subnet} to {goal}? {more}"))
            }
            (None, Some(subnet)) => Turn::said(format!(
                "From {subnet}? Arrow keys to choose the subnet, Enter to take it."
            )),
            (None, None) => Turn::said("There is no subnet yet. Press S to draw one."),
        }
    }

    pub(super) fn sketch(&self, ground: Ground<'_>) -> Sketch {
        let source = self.source.as_ref().and_then(|id| ground.subnet_rect(id));
        let goal = self.goal.as_ref().and_then(|goal| ground.goal_rect(goal));
        if self.ask.is_some() {
            return Sketch {
                chosen: source.into_iter().chain(goal).collect(),
                ..Sketch::default()
            };
        }
        let aim = match self.source {
            Some(_) => goal,
            None => self.aim.as_ref().and_then(|id| ground.subnet_rect(id)),
        };
        Sketch {
            chosen: source.into_iter().collect(),
            aim,
            line: source
                .zip(self.to)
                .map(|(from, to)| (self.from.unwrap_or(from.center()), to)),
            ..Sketch::default()
        }
    }
}
