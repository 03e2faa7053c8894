//! The memory diagram: reservations as floors, the pool that is there for all, the limits, and who uses how much.

use super::{Piece, Scale, Span};
use crate::view::MemoryCard;

/// The band: floors in order, then the pool with what goes beyond them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MemoryBand {
    /// Each container's reservation; amount in MiB.
    pub floors: Vec<Floor>,
    /// What no reservation covers; `None` where the reservations cover the task.
    pub pool: Option<Span>,
    /// What containers use beyond their reservations, within the pool.
    pub overflow: Vec<Piece>,
    /// What of the pool is free: its MiB and where.
    pub free: Option<(u32, Span)>,
    /// What all containers use together, in MiB.
    pub uses: u32,
}

/// A reservation: how much of it its container uses, and how much others do, since a reservation is soft.
#[derive(Clone, Debug, PartialEq)]
pub struct Floor {
    /// The whole reservation.
    pub whole: Piece,
    /// What its container uses of it.
    pub used: Span,
    /// What others use of it when the pool is full.
    pub taken: Vec<Piece>,
}

/// One container's row: what it uses, its reservation, its limit, and the knob.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemoryRow {
    /// What it uses.
    pub used: Span,
    /// Where its reservation ends: the ▼.
    pub mark: Option<f64>,
    /// Its own hard limit, where it is killed.
    pub limit: Option<f64>,
    /// From its limit to the wall: never its.
    pub beyond: Span,
    /// Where the knob stands: what it wants.
    pub knob: f64,
}

impl MemoryBand {
    /// The band of a task's containers.
    pub fn new(scale: &Scale, size: u32, cards: &[MemoryCard]) -> Self {
        let mut floors = Vec::new();
        let mut at = 0;
        for (container, card) in cards.iter().enumerate() {
            let reserved = card.reservation.unwrap_or(0).min(size - at.min(size));
            if reserved > 0 {
                let whole = Piece {
                    container,
                    amount: reserved,
                    span: scale.block(at, at + reserved),
                };
                let used = f64::from(card.uses.min(reserved)) / f64::from(reserved);
                floors.push(Floor {
                    used: Span {
                        x: whole.span.x,
                        w: whole.span.w * used,
                    },
                    whole,
                    taken: Vec::new(),
                });
            }
            at += reserved;
        }
        let pool = (at < size).then(|| scale.block(at, size));
        let mut room = size.saturating_sub(at);
        let mut overflow = Vec::new();
        let mut x = pool.map_or(0.0, |pool| pool.x);
        for (container, card) in cards.iter().enumerate() {
            let beyond = card.uses.saturating_sub(card.reservation.unwrap_or(0));
            let inside = beyond.min(room);
            if inside > 0 {
                let end = pool.map_or(0.0, Span::end);
                let w = scale.x(inside).min(end - x).max(0.0);
                overflow.push(Piece {
                    container,
                    amount: inside,
                    span: Span { x, w },
                });
                x += w;
                room -= inside;
            }
            take(&mut floors, cards, scale, container, beyond - inside);
        }
        let free = pool.map(|pool| {
            let span = Span {
                x,
                w: (pool.end() - x).max(0.0),
            };
            (room, span)
        });
        let uses = cards.iter().map(|card| card.uses).sum();
        Self {
            floors,
            pool,
            overflow,
            free,
            uses,
        }
    }
}

/// What the pool cannot hold lies in the reservations that others leave idle.
fn take(
    floors: &mut [Floor],
    cards: &[MemoryCard],
    scale: &Scale,
    container: usize,
    mut rest: u32,
) {
    for floor in floors.iter_mut().filter(|f| f.whole.container != container) {
        let own = cards[floor.whole.container].uses.min(floor.whole.amount);
        let taken: u32 = floor.taken.iter().map(|piece| piece.amount).sum();
        let amount = rest.min(floor.whole.amount - own - taken);
        if amount == 0 {
            continue;
        }
        let x = floor
            .taken
            .last()
            .map_or(floor.used.end(), |piece| piece.span.end());
        let w = scale.x(amount).min(floor.whole.span.end() - x).max(0.0);
        floor.taken.push(Piece {
            container,
            amount,
            span: Span { x, w },
        });
        rest -= amount;
    }
}

impl MemoryRow {
    /// The row of a container.
    pub fn new(scale: &Scale, card: &MemoryCard) -> Self {
        let limit = card.limit.map(|limit| scale.x(limit).min(scale.wall()));
        let from = limit.unwrap_or(scale.wall());
        Self {
            used: Span {
                x: 0.0,
                w: scale.x(card.uses).min(scale.wall()),
            },
            mark: card.reservation.map(|reservation| scale.x(reservation)),
            limit,
            beyond: Span {
                x: from,
                w: scale.wall() - from,
            },
            knob: scale.x(card.wants.min(scale.reach())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(reservation: u32, limit: u32, uses: u32) -> MemoryCard {
        MemoryCard {
            reservation: (reservation > 0).then_some(reservation),
            limit: (limit > 0).then_some(limit),
            wants: uses,
            uses,
            reclaimed: 0,
            by_hand: false,
        }
    }

    fn band(cards: &[MemoryCard]) -> MemoryBand {
        MemoryBand::new(&Scale::new(308.0, 2_048), 2_048, cards)
    }

    #[test]
    fn what_goes_beyond_the_reservations_lies_in_the_pool() {
        let band = band(&[card(512, 0, 610), card(512, 1_024, 720)]);
        let floors: Vec<u32> = band.floors.iter().map(|floor| floor.whole.amount).collect();
        assert_eq!(floors, [512, 512]);
        assert_eq!(band.pool, Some(Span { x: 129.0, w: 125.0 }));
        let over: Vec<(u32, f64, f64)> = band
            .overflow
            .iter()
            .map(|p| (p.amount, p.span.x, p.span.w))
            .collect();
        assert_eq!(over, [(98, 129.0, 12.25), (208, 141.25, 26.0)]);
        assert_eq!(band.free.map(|(free, _)| free), Some(718));
        assert_eq!(band.uses, 1_330);
    }

    #[test]
    fn an_idle_reservation_can_be_taken_once_the_pool_is_full() {
        let full = band(&[card(512, 0, 100), card(512, 0, 1_700)]);
        assert_eq!(full.overflow[0].amount, 1_024);
        assert_eq!(full.free.map(|(free, _)| free), Some(0));
        let taken = &full.floors[0].taken;
        assert_eq!(
            taken
                .iter()
                .map(|p| (p.container, p.amount))
                .collect::<Vec<_>>(),
            [(1, 164)]
        );
        assert!(taken[0].span.end() <= full.floors[0].whole.span.end());
    }

    #[test]
    fn without_reservations_all_is_pool_and_with_nothing_else_none_is() {
        let open = band(&[card(0, 0, 300), card(0, 0, 0)]);
        assert!(open.floors.is_empty());
        assert_eq!(open.pool, Some(Span { x: 0.0, w: 254.0 }));
        let shut = band(&[card(1_024, 0, 300), card(1_024, 0, 1_500)]);
        assert_eq!((shut.pool, shut.free), (None, None));
        assert_eq!(shut.floors[0].taken[0].amount, 476);
    }

    #[test]
    fn a_row_shows_floor_limit_and_knob() {
        let scale = Scale::new(308.0, 2_048);
        let row = MemoryRow::new(&scale, &card(512, 1_024, 720));
        let expected = MemoryRow {
            used: Span { x: 0.0, w: 90.0 },
            mark: Some(64.0),
            limit: Some(128.0),
            beyond: Span { x: 128.0, w: 128.0 },
            knob: 90.0,
        };
        assert_eq!(row, expected);
        let free = MemoryRow::new(&scale, &card(0, 0, 720));
        assert_eq!((free.mark, free.limit, free.beyond.w), (None, None, 0.0));
    }
}
