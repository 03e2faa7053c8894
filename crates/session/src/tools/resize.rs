//! The tool that changes the block of a subnet: by its lower edge, by a list of sizes, by keys; and that splits and merges.

use super::block::Block;
use super::hit::far;
use super::remake::{Change, Remade, Residents, label, plan, remade, stopped};
use super::subnet::PREFIXES;
use super::{Ground, Sketch, ToolKey, Turn};
use crate::plan::Plan;
use crate::scene::{Key, Point, Rect, Scene};
use fargate_core::call::RunTask;
use fargate_core::ids::SubnetId;

/// So many pixels further down, a subnet is twice as large.
const DETENT: f64 = 48.0;
/// The lower edge is this near.
const NEAR: f64 = 6.0;

/// The tool that changes the block of a subnet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResizeHand {
    /// The subnet, once chosen.
    pub subnet: Option<SubnetId>,
    /// What becomes of it; `None` while no other size is chosen.
    pub change: Option<Change>,
    /// Whether the popover is open.
    pub asking: bool,
    /// Tasks that were stopped for it, to be run again in what comes.
    reruns: Vec<RunTask>,
    from: Option<Point>,
    dragged: bool,
}

impl ResizeHand {
    /// The tool with a subnet in it and its popover open.
    pub fn of(subnet: SubnetId, change: Option<Change>) -> Self {
        Self {
            subnet: Some(subnet),
            change,
            asking: true,
            ..Self::default()
        }
    }

    /// The tool at the lower edge of a subnet.
    pub fn at_edge(subnet: SubnetId) -> Self {
        Self {
            subnet: Some(subnet),
            ..Self::default()
        }
    }

    pub(super) fn begin(&mut self, ground: Ground<'_>, focus: Option<&Key>) -> Turn {
        if self.subnet.is_none() {
            self.subnet = match focus {
                Some(Key::Subnet(id)) => Some(id.clone()),
                Some(Key::Task(id) | Key::Container(id, _)) => {
                    let mut tasks = ground.things.tasks.iter();
                    let task = tasks.find(|task| task.id == *id);
                    task.map(|task| task.subnet.clone())
                }
                _ => ground.subnets().into_iter().next(),
            };
        }
        self.asking = self.subnet.is_some();
        self.words(ground)
    }

    pub(super) fn down(&mut self, ground: Ground<'_>, at: Point) -> Turn {
        let Some(subnet) =
            edge(ground.scene, at).or_else(|| ground.subnet(at).map(|it| it.id.clone()))
        else {
            *self = Self::default();
            return Turn::Dropped;
        };
        *self = Self {
            from: Some(at),
            ..Self::at_edge(subnet)
        };
        Turn::Drawn(None)
    }

    pub(super) fn moved(&mut self, ground: Ground<'_>, to: Point) -> Turn {
        let Some(from) = self.from.filter(|from| self.dragged || far(*from, to)) else {
            return Turn::Stay;
        };
        let new = !self.dragged;
        self.dragged = true;
        let steps = ((to.y - from.y) / DETENT).round() as i32;
        let Some(own) = self.block(ground) else {
            return Turn::Stay;
        };
        let (least, most) = (i32::from(*PREFIXES.start()), i32::from(*PREFIXES.end()));
        let prefix = (i32::from(own.prefix()) - steps).clamp(least, most) as u8;
        let change = (prefix != own.prefix()).then_some(Change::Resize(prefix));
        if change == self.change && !new {
            return Turn::Stay;
        }
        self.change = change;
        self.words(ground)
    }

    pub(super) fn up(&mut self, ground: Ground<'_>, _: Point) -> Turn {
        if self.from.take().is_none() {
            return Turn::Stay;
        }
        let dragged = std::mem::take(&mut self.dragged);
        if dragged && self.change.is_none() {
            *self = Self::default();
            return Turn::Dropped;
        }
        self.asking = true;
        self.words(ground)
    }

    pub(super) fn key(&mut self, ground: Ground<'_>, key: ToolKey) -> Turn {
        match key {
            ToolKey::Escape if self.from.is_some() => {
                *self = Self::default();
                Turn::Dropped
            }
            ToolKey::Escape => Turn::Left,
            ToolKey::Up | ToolKey::Down => {
                let Some(own) = self.block(ground) else {
                    return Turn::Stay;
                };
                let now = match self.change {
                    Some(Change::Resize(prefix)) => prefix,
                    Some(Change::Split | Change::Merge) | None => own.prefix(),
                };
                let next = if key == ToolKey::Up { now - 1 } else { now + 1 };
                self.resize(ground, next.clamp(*PREFIXES.start(), *PREFIXES.end()));
                self.asking = true;
                self.words(ground)
            }
            ToolKey::Left | ToolKey::Right => {
                let at = self.subnet.as_ref();
                self.subnet = super::task::beside(ground, at, key == ToolKey::Right);
                self.change = None;
                self.words(ground)
            }
            ToolKey::Enter => match self.plan(ground) {
                Some(plan) => Turn::Do(plan),
                None => self.words(ground),
            },
            ToolKey::Space => Turn::Stay,
        }
    }

    /// Asks for another length.
    pub fn resize(&mut self, ground: Ground<'_>, prefix: u8) {
        let own = self.block(ground).map(Block::prefix);
        self.change = (own != Some(prefix)).then_some(Change::Resize(prefix));
    }

    /// The block that the subnet has.
    pub fn block(&self, ground: Ground<'_>) -> Option<Block> {
        let card = ground.subnet_card(self.subnet.as_ref()?)?;
        Block::read(&card.cidr)
    }

    /// The subnet's name.
    pub fn name(&self, ground: Ground<'_>) -> String {
        let card = self.subnet.as_ref().and_then(|id| ground.subnet_card(id));
        card.map_or_else(String::new, |card| card.name.clone())
    }

    /// What goes and comes, or the sentence why it cannot be; `None` while no change is chosen.
    pub fn remade(&self, ground: Ground<'_>) -> Option<Result<Remade, String>> {
        let (subnet, change) = (self.subnet.as_ref()?, self.change?);
        Some(remade(ground, subnet, change))
    }

    /// What comes, as in '172.31.2.0/23, 507 free'.
    pub fn becomes(&self, ground: Ground<'_>) -> Option<String> {
        let remade = self.remade(ground)?.ok()?;
        Some(label(&remade))
    }

    /// Why the change cannot be.
    pub fn problem(&self, ground: Ground<'_>) -> Option<String> {
        self.remade(ground)?.err()
    }

    /// What has an address in what goes.
    pub fn residents(&self, ground: Ground<'_>) -> Residents {
        let remade = self.remade(ground).and_then(Result::ok);
        remade.map_or_else(Residents::default, |remade| {
            Residents::of(ground, &remade.gone)
        })
    }

    /// The calls that stop the tasks in it, which are kept in mind to be run again.
    pub fn stop_tasks(&mut self, ground: Ground<'_>) -> Plan {
        let (plan, reruns) = stopped(ground, &self.residents(ground));
        self.reruns.extend(reruns);
        plan
    }

    /// How many tasks are run again in what comes.
    pub fn reruns(&self) -> usize {
        self.reruns.len()
    }

    /// The calls, where the change can be and nothing has an address there.
    pub fn plan(&self, ground: Ground<'_>) -> Option<Plan> {
        let remade = self.remade(ground)?.ok()?;
        let free = Residents::of(ground, &remade.gone).none();
        if free {
            plan(ground, &remade, &self.reruns)
        } else {
            None
        }
    }

    /// 'Public a, /24. Slash 23, 172.31.0.0, 507 free. Up and down to resize, Enter makes it.'
    fn words(&self, ground: Ground<'_>) -> Turn {
        let Some(block) = self.block(ground) else {
            return Turn::said("There is no subnet yet. Press S to draw one.");
        };
        let name = self.name(ground);
        Turn::said(match self.remade(ground) {
            None => format!("{name}, slash {}. Up and down to resize.", block.prefix()),
            Some(Err(why)) => format!("{name}. {why}"),
            Some(Ok(remade)) => {
                let residents = Residents::of(ground, &remade.gone).sentence();
                let then = residents.unwrap_or_else(|| "Enter makes it.".to_owned());
                format!("{name} becomes {}. {then}", label(&remade))
            }
        })
    }

    pub(super) fn sketch(&self, ground: Ground<'_>) -> Sketch {
        let Some(rect) = self.subnet.as_ref().and_then(|id| ground.subnet_rect(id)) else {
            return Sketch::default();
        };
        let own = self.block(ground).map_or(0, Block::prefix);
        let taller = |prefix: u8| {
            let steps = f64::from(own) - f64::from(prefix);
            let height = (rect.h + steps * DETENT).max(28.0);
            Rect::new(rect.x, rect.y, rect.w, height)
        };
        match (self.change, self.remade(ground)) {
            (_, Some(Ok(remade))) => {
                // What is taken in lights up.
                let gone = remade.gone.iter();
                let chosen = gone.filter_map(|id| ground.subnet_rect(id)).collect();
                let shape = match self.change {
                    Some(Change::Resize(prefix)) => taller(prefix),
                    _ => rect,
                };
                Sketch {
                    ghost: Some((shape, label(&remade))),
                    chosen,
                    ..Sketch::default()
                }
            }
            (Some(_), _) => Sketch {
                refused: Some((rect, "no halves")),
                ..Sketch::default()
            },
            (None, _) => Sketch {
                chosen: vec![rect],
                ..Sketch::default()
            },
        }
    }
}

/// The subnet whose lower edge is at a point.
pub fn edge(scene: &Scene, at: Point) -> Option<SubnetId> {
    let near = |rect: &Rect| {
        let beside = at.x >= rect.x && at.x <= rect.right();
        beside && (at.y - rect.bottom()).abs() <= NEAR
    };
    let mut subnets = scene.subnets.iter();
    let found = subnets.find(|(_, subnet)| near(&subnet.rect));
    found.map(|(id, _)| id.clone())
}
