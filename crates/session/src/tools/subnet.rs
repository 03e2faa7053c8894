//! The tool that draws a subnet: the further down, the larger. Its block is the first that is free, so it is legal from the start.

use super::block::Block;
use super::hit::far;
use super::{Ground, Sketch, ToolKey, Turn};
use crate::plan::Plan;
use crate::scene::{Key, Point, Rect};
use fargate_core::call::{CreateSubnet, TagSpecification};
use fargate_core::network::RESERVED;

/// The lengths that a subnet's block can have. Source: 'Subnet CIDR blocks' of the VPC guide.
pub const PREFIXES: std::ops::RangeInclusive<u8> = 16..=28;
/// The length that is offered first.
const OFFERED: u8 = 24;
/// So many pixels further down, a subnet is twice as large.
const DETENT: f64 = 48.0;

/// The tool that draws a subnet.
#[derive(Clone, Debug, PartialEq)]
pub struct SubnetHand {
    /// The zone, by its place in the list of zones.
    pub zone: Option<usize>,
    /// The length of the block's prefix that is asked for, in bits.
    pub prefix: u8,
    /// The block as typed, in the suggestion's stead.
    pub typed: Option<String>,
    /// The name as typed, in the offered one's stead.
    pub name: Option<String>,
    /// Whether the popover is open.
    pub asking: bool,
    from: Option<Point>,
    dragged: bool,
    /// The upper edge of the ghost.
    top: Option<f64>,
}

impl Default for SubnetHand {
    fn default() -> Self {
        Self {
            zone: None,
            prefix: OFFERED,
            typed: None,
            name: None,
            asking: false,
            from: None,
            dragged: false,
            top: None,
        }
    }
}

/// Why a typed block cannot be a subnet's, before AWS is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub words: String,
    /// A block in its stead.
    pub cure: Option<String>,
}

impl SubnetHand {
    pub(super) fn begin(&mut self, ground: Ground<'_>, focus: Option<&Key>) -> Turn {
        let focused = match focus {
            Some(Key::Zone(index) | Key::Ghost(index)) => Some(*index),
            Some(Key::Subnet(id)) => {
                let zone = ground.subnet_card(id).map(|card| card.zone.clone());
                ground
                    .things
                    .zones
                    .iter()
                    .position(|name| Some(name) == zone.as_ref())
            }
            Some(
                Key::Internet
                | Key::Gateway
                | Key::Vpc
                | Key::Task(_)
                | Key::Container(..)
                | Key::Tile(_)
                | Key::Exit(_),
            )
            | None => None,
        };
        self.zone = focused.or_else(|| ground.scene.zones.first().map(|zone| zone.index));
        self.asking = self.zone.is_some();
        self.words(ground, true)
    }

    pub(super) fn down(&mut self, ground: Ground<'_>, at: Point) -> Turn {
        let Some(zone) = ground.zone(at) else {
            *self = Self::default();
            return Turn::Dropped;
        };
        *self = Self {
            from: Some(at),
            zone: Some(zone),
            ..Self::default()
        };
        Turn::Stay
    }

    pub(super) fn moved(&mut self, ground: Ground<'_>, to: Point) -> Turn {
        let Some(from) = self.from else {
            return Turn::Stay;
        };
        if !self.dragged && !far(from, to) {
            return Turn::Stay;
        }
        let steps = ((to.y - from.y).max(0.0) / DETENT).floor() as u8;
        let prefix = PREFIXES.end().saturating_sub(steps).max(*PREFIXES.start());
        let new = !self.dragged || prefix != self.prefix;
        self.dragged = true;
        self.top = Some(from.y);
        self.prefix = prefix;
        if new {
            self.words(ground, false)
        } else {
            Turn::Stay
        }
    }

    pub(super) fn up(&mut self, ground: Ground<'_>, _: Point) -> Turn {
        if self.from.take().is_none() {
            return Turn::Stay;
        }
        if !self.dragged {
            self.asking = true;
            return self.words(ground, true);
        }
        match self.plan(ground) {
            Ok(plan) => Turn::Do(plan),
            Err(problem) => {
                *self = Self::default();
                Turn::said(problem.words)
            }
        }
    }

    pub(super) fn key(&mut self, ground: Ground<'_>, key: ToolKey) -> Turn {
        match key {
            ToolKey::Escape if self.zone.is_some() => {
                *self = Self::default();
                Turn::Dropped
            }
            ToolKey::Escape => Turn::Left,
            ToolKey::Left | ToolKey::Right => {
                let zones: Vec<usize> = ground.scene.zones.iter().map(|zone| zone.index).collect();
                let at = zones.iter().position(|zone| Some(*zone) == self.zone);
                let next = super::round(at, zones.len(), key == ToolKey::Right);
                self.zone = next.and_then(|next| zones.get(next).copied());
                self.asking = self.zone.is_some();
                self.words(ground, true)
            }
            ToolKey::Up | ToolKey::Down => {
                let larger = key == ToolKey::Up;
                self.resize(
                    ground,
                    if larger {
                        self.prefix - 1
                    } else {
                        self.prefix + 1
                    },
                );
                self.words(ground, false)
            }
            ToolKey::Enter if self.zone.is_some() => match self.plan(ground) {
                Ok(plan) => Turn::Do(plan),
                Err(problem) => Turn::said(problem.words),
            },
            ToolKey::Enter | ToolKey::Space => Turn::Stay,
        }
    }

    /// Asks for another length; the block is suggested anew. A length that no VPC of this size can have stays out of reach.
    pub fn resize(&mut self, ground: Ground<'_>, prefix: u8) {
        let vpc = vpc(ground).map_or(*PREFIXES.start(), Block::prefix);
        let least = vpc.max(*PREFIXES.start());
        self.prefix = prefix.clamp(least, *PREFIXES.end());
        self.typed = None;
    }

    /// The block that is suggested: of the length asked for or, where none is free, the largest below that is.
    pub fn suggested(&self, ground: Ground<'_>) -> Option<Block> {
        let (vpc, taken) = (vpc(ground)?, taken(ground));
        (self.prefix..=*PREFIXES.end()).find_map(|prefix| vpc.free(&taken, prefix))
    }

    /// The block as typed or suggested.
    pub fn block(&self, ground: Ground<'_>) -> String {
        let suggested = || self.suggested(ground).map(|block| block.to_string());
        self.typed.clone().or_else(suggested).unwrap_or_default()
    }

    /// The name as typed or offered: 'Public b', or 'Public b 2' where that is taken.
    pub fn called(&self, ground: Ground<'_>) -> String {
        if let Some(name) = &self.name {
            return name.clone();
        }
        let vpc = ground.things.vpc.as_ref();
        let public = vpc.is_some_and(|vpc| vpc.has_default_route && vpc.internet_gateway.is_some());
        let letter = self.zone_name(ground).and_then(|zone| zone.chars().last());
        let base = format!(
            "{} {}",
            if public { "Public" } else { "Private" },
            letter.unwrap_or('a')
        );
        let taken = |name: &String| ground.things.subnets.iter().any(|card| card.name == *name);
        let numbered = (2..).map(|number| format!("{base} {number}"));
        let mut names = std::iter::once(base.clone()).chain(numbered);
        names.find(|name| !taken(name)).unwrap_or(base)
    }

    fn zone_name<'a>(&self, ground: Ground<'a>) -> Option<&'a str> {
        let zone = self.zone?;
        ground.things.zones.get(zone).map(|zone| &**zone)
    }

    /// What is wrong with the typed block, as far as can be said before AWS is asked.
    pub fn problem(&self, ground: Ground<'_>) -> Option<Problem> {
        let wrong = |words: String, cure: Option<Block>| {
            let cure = cure.map(|block| block.to_string());
            Some(Problem { words, cure })
        };
        let Some(vpc) = vpc(ground) else {
            return wrong(
                "There is no VPC to draw in. Make one in the Network panel.".to_owned(),
                None,
            );
        };
        let Some(typed) = &self.typed else {
            let full = || format!("No block is free in {vpc}: its subnets take all of it.");
            return self
                .suggested(ground)
                .is_none()
                .then(|| wrong(full(), None))
                .flatten();
        };
        let Some(block) = Block::read(typed) else {
            return wrong(
                "Write a block such as 172.31.4.0/24.".to_owned(),
                self.suggested(ground),
            );
        };
        let near = PREFIXES.contains(&block.prefix()).then_some(block.prefix());
        let offered = Self {
            prefix: near.unwrap_or(OFFERED).max(vpc.prefix()),
            ..Self::default()
        }
        .suggested(ground);
        if near.is_none() {
            let words = format!("A subnet is a /16 to a /28; this is a /{}.", block.prefix());
            return wrong(words, offered);
        }
        if !vpc.holds(block) {
            return wrong(format!("{block} is not in the VPC's {vpc}."), offered);
        }
        let overlaps = |cidr: &str| Block::read(cidr).is_some_and(|other| other.overlaps(block));
        let card = ground
            .things
            .subnets
            .iter()
            .find(|card| overlaps(&card.cidr))?;
        wrong(
            format!("{block} overlaps {}, {}.", card.name, card.cidr),
            offered,
        )
    }

    /// The call that makes the subnet.
    pub fn plan(&self, ground: Ground<'_>) -> Result<Plan, Problem> {
        if let Some(problem) = self.problem(ground) {
            return Err(problem);
        }
        let name = self.called(ground);
        let name = name.trim();
        let vpc = ground.things.vpc.as_ref();
        Ok(Plan::of(CreateSubnet {
            vpc_id: vpc.map(|vpc| vpc.id.as_str()).unwrap_or_default().into(),
            cidr_block: self.block(ground).trim().to_owned(),
            availability_zone: self.zone_name(ground).map(str::to_owned),
            tag_specifications: if name.is_empty() {
                Vec::new()
            } else {
                TagSpecification::name("subnet", name)
            },
            ..Default::default()
        }))
    }

    /// 'Slash 25, 172.31.4.0, 123 free. Up and down to resize.'
    fn words(&self, ground: Ground<'_>, with_zone: bool) -> Turn {
        let Some(zone) = self.zone_name(ground) else {
            return Turn::said("There is no zone to draw in: the scenario has no VPC.");
        };
        let Some(block) = self.suggested(ground) else {
            return Turn::said("No block is free in the VPC.");
        };
        let zone = if with_zone {
            format!("{zone}. ")
        } else {
            String::new()
        };
        let less = block.prefix() != self.prefix;
        let less = if less {
            format!("No slash {} is free. ", self.prefix)
        } else {
            String::new()
        };
        Turn::said(format!(
            "{zone}{less}Slash {}, {}, {} free. Up and down to resize.",
            block.prefix(),
            block.address(),
            free(block)
        ))
    }

    pub(super) fn sketch(&self, ground: Ground<'_>) -> Sketch {
        let drawn = self.dragged || self.asking;
        let zone = self
            .zone
            .filter(|_| drawn)
            .and_then(|zone| ground.zone_rect(zone));
        let Some(zone) = zone else {
            return Sketch::default();
        };
        let steps = f64::from(PREFIXES.end() - self.prefix + 1);
        let room = zone.inset(6.0);
        let top = self
            .top
            .unwrap_or(room.y + 22.0)
            .clamp(room.y, room.bottom() - DETENT);
        let height = (steps * DETENT).min(room.bottom() - top);
        let label = match Block::read(&self.block(ground)) {
            Some(block) => format!("{block}, {} free", free(block)),
            None => self.block(ground),
        };
        let rect = Rect::new(room.x, top, room.w, height);
        if self.problem(ground).is_some() {
            return Sketch {
                refused: Some((rect, "not free")),
                ..Sketch::default()
            };
        }
        Sketch {
            ghost: Some((rect, label)),
            ..Sketch::default()
        }
    }
}

/// The addresses of a block that can be given.
pub(super) fn free(block: Block) -> u64 {
    block.size().saturating_sub(u64::from(RESERVED))
}

fn vpc(ground: Ground<'_>) -> Option<Block> {
    Block::read(&ground.things.vpc.as_ref()?.cidr)
}

fn taken(ground: Ground<'_>) -> Vec<Block> {
    let cards = ground.things.subnets.iter();
    cards.filter_map(|card| Block::read(&card.cidr)).collect()
}
