//! The CPU diagram: who owns the task's CPU, who uses it, who lends to whom, and who waits beyond the wall.

use super::{Piece, Scale, Span};
use crate::view::CpuCard;

/// Above this number of containers the ribbons would be a thicket; the rows say it all.
const RIBBONS_UP_TO: usize = 4;

/// The band: owners above, users below, ribbons between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CpuBand {
    /// What each container's weight is worth.
    pub owned: Vec<Piece>,
    /// From owners to users; none where there are too many containers.
    pub ribbons: Vec<Ribbon>,
    /// What each container gets.
    pub granted: Vec<Granted>,
    /// What containers want and do not get, beyond the wall.
    pub waiting: Vec<Piece>,
    /// The sum of it, in units.
    pub waits: u32,
}

/// CPU that goes from its owner to whom uses it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ribbon {
    /// The owner's place in the definition.
    pub owner: usize,
    /// The user's; the owner's own where it uses its share.
    pub user: usize,
    /// In CPU units.
    pub units: u32,
    /// Where it leaves the owners' bar.
    pub top: Span,
    /// Where it meets the users' bar.
    pub bottom: Span,
}

impl Ribbon {
    /// Whether another uses it.
    pub fn lends(&self) -> bool {
        self.owner != self.user
    }
}

/// What a container gets.
#[derive(Clone, Debug, PartialEq)]
pub struct Granted {
    /// All of it.
    pub whole: Piece,
    /// The part that is its own.
    pub own: Piece,
    /// The parts that it borrows.
    pub borrowed: Vec<Piece>,
}

/// One container's row: track, own part, borrowed part, waiting part, mark and knob.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CpuRow {
    /// What it has of its own.
    pub own: Span,
    /// What it borrows.
    pub borrowed: Span,
    /// What it waits for.
    pub waiting: Span,
    /// Where its own part would end: the ▼.
    pub mark: f64,
    /// Where the knob stands: what it wants.
    pub knob: f64,
}

/// Who lends how much to whom: (owner, user, units), in the order of the definition.
pub fn loans(cards: &[CpuCard]) -> Vec<(usize, usize, u32)> {
    let mut left: Vec<u32> = cards.iter().map(|card| card.lent).collect();
    let mut loans = Vec::new();
    for (user, card) in cards.iter().enumerate() {
        let mut wanted = card.borrowed;
        for (owner, idle) in left.iter_mut().enumerate() {
            let units = wanted.min(*idle);
            if units > 0 && owner != user {
                loans.push((owner, user, units));
                *idle -= units;
                wanted -= units;
            }
        }
    }
    loans
}

impl CpuBand {
    /// The band of a task's containers.
    pub fn new(scale: &Scale, cards: &[CpuCard]) -> Self {
        let loans = loans(cards);
        let lent = |owner: usize, user: usize| {
            let found = loans.iter().find(|loan| (loan.0, loan.1) == (owner, user));
            found.map_or(0, |loan| loan.2)
        };
        let places = 0..cards.len();
        // Each owner's stretch is cut in the order of its users, each user's in the order of its owners, so that
        // ribbons cross as little as can be.
        let mut tops = vec![vec![Span::default(); cards.len()]; cards.len()];
        let mut owned = Vec::new();
        let mut at = 0;
        for (owner, card) in cards.iter().enumerate() {
            owned.push(piece(scale, owner, at, at + card.entitled));
            let mut cut = at;
            for user in places.clone() {
                let units = used(card, owner, user, &lent);
                tops[owner][user] = scale.block(cut, cut + units);
                cut += units;
            }
            at += card.entitled;
        }
        let mut ribbons = Vec::new();
        let mut granted = Vec::new();
        at = 0;
        for (user, card) in cards.iter().enumerate() {
            let whole = piece(scale, user, at, at + card.granted);
            let mut own = piece(scale, user, at, at);
            let mut borrowed = Vec::new();
            let mut cut = at;
            for owner in places.clone() {
                let units = used(&cards[owner], owner, user, &lent);
                if units == 0 {
                    continue;
                }
                let part = piece(scale, user, cut, cut + units);
                cut += units;
                ribbons.push(Ribbon {
                    owner,
                    user,
                    units,
                    top: tops[owner][user],
                    bottom: part.span,
                });
                if owner == user {
                    own = part;
                } else {
                    borrowed.push(part);
                }
            }
            at += card.granted;
            granted.push(Granted {
                whole,
                own,
                borrowed,
            });
        }
        if cards.len() > RIBBONS_UP_TO {
            ribbons.clear();
        }
        let (waiting, waits) = waiting(scale, cards);
        Self {
            owned,
            ribbons,
            granted,
            waiting,
            waits,
        }
    }
}

fn used(
    owner_card: &CpuCard,
    owner: usize,
    user: usize,
    lent: &impl Fn(usize, usize) -> u32,
) -> u32 {
    if owner == user {
        owner_card.granted - owner_card.borrowed.min(owner_card.granted)
    } else {
        lent(owner, user)
    }
}

fn piece(scale: &Scale, container: usize, from: u32, to: u32) -> Piece {
    Piece {
        container,
        amount: to - from,
        span: scale.block(from, to),
    }
}

/// Hatches beyond the wall, narrowed together where they would leave the room.
fn waiting(scale: &Scale, cards: &[CpuCard]) -> (Vec<Piece>, u32) {
    let amounts = cards
        .iter()
        .map(|card| card.wants.saturating_sub(card.granted));
    let total: u32 = amounts.clone().sum();
    let room = scale.x(scale.reach()) - scale.wall() - 2.0;
    let factor = (room / scale.x(total).max(1.0)).min(1.0);
    let mut x = scale.wall() + 2.0;
    let mut pieces = Vec::new();
    for (container, amount) in amounts.enumerate().filter(|(_, amount)| *amount > 0) {
        let w = scale.x(amount) * factor;
        pieces.push(Piece {
            container,
            amount,
            span: Span { x, w },
        });
        x += w;
    }
    (pieces, total)
}

impl CpuRow {
    /// The row of a container.
    pub fn new(scale: &Scale, card: &CpuCard) -> Self {
        let own = scale.x(card.granted.saturating_sub(card.borrowed));
        let granted = scale.x(card.granted);
        let wants = scale.x(card.wants.min(scale.reach()));
        Self {
            own: Span { x: 0.0, w: own },
            borrowed: Span {
                x: own,
                w: granted - own,
            },
            waiting: Span {
                x: granted,
                w: (wants - granted).max(0.0),
            },
            mark: scale.x(card.entitled),
            knob: wants,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::compute::cpu::{Claim, share};

    fn cards(cap: u32, claims: &[(u32, u32)]) -> Vec<CpuCard> {
        let of = |&(cpu, wants): &(u32, u32)| Claim { cpu, wants };
        let asked: Vec<Claim> = claims.iter().map(of).collect();
        let grants = share(cap, &asked);
        let card = |(grant, claim): (&fargate_core::compute::cpu::Grant, &Claim)| CpuCard {
            share: claim.cpu,
            entitled: grant.entitled,
            wants: claim.wants,
            granted: grant.granted,
            borrowed: grant.borrowed,
            lent: grant.lent,
            by_hand: false,
        };
        grants.iter().zip(&asked).map(card).collect()
    }

    fn scale() -> Scale {
        Scale::new(308.0, 1_024)
    }

    #[test]
    fn the_front_end_borrows_what_the_api_leaves() {
        let cards = cards(1_024, &[(256, 700), (768, 500)]);
        let band = CpuBand::new(&scale(), &cards);
        let amounts = |pieces: &[Piece]| pieces.iter().map(|p| p.amount).collect::<Vec<_>>();
        assert_eq!(amounts(&band.owned), [256, 768]);
        assert_eq!(loans(&cards), [(1, 0, 268)]);
        assert_eq!(
            band.granted
                .iter()
                .map(|g| g.whole.amount)
                .collect::<Vec<_>>(),
            [524, 500]
        );
        assert_eq!(amounts(&band.granted[0].borrowed), [268]);
        assert_eq!(band.waits, 176);
        assert_eq!(band.waiting[0].span, Span { x: 258.0, w: 44.0 });
        let ribbons: Vec<(usize, usize, u32)> = band
            .ribbons
            .iter()
            .map(|r| (r.owner, r.user, r.units))
            .collect();
        assert_eq!(ribbons, [(0, 0, 256), (1, 0, 268), (1, 1, 500)]);
        let lent = band.ribbons[1];
        assert!(lent.lends());
        assert_eq!(lent.top, Span { x: 65.0, w: 65.0 });
        assert_eq!(lent.bottom, lent.top, "what is lent falls straight down");
    }

    #[test]
    fn rows_show_own_borrowed_waiting_mark_and_knob() {
        let cards = cards(1_024, &[(256, 700), (768, 500)]);
        let row = CpuRow::new(&scale(), &cards[0]);
        assert_eq!(
            row,
            CpuRow {
                own: Span { x: 0.0, w: 64.0 },
                borrowed: Span { x: 64.0, w: 67.0 },
                waiting: Span { x: 131.0, w: 44.0 },
                mark: 64.0,
                knob: 175.0
            }
        );
        let row = CpuRow::new(&scale(), &cards[1]);
        assert_eq!(
            (row.borrowed.w, row.waiting.w, row.mark, row.knob),
            (0.0, 0.0, 192.0, 125.0)
        );
    }

    #[test]
    fn nothing_leaves_its_room_whoever_wants_what() {
        let wants = [0, 1, 100, 255, 256, 257, 500, 768, 1_024, 5_000];
        let scale = scale();
        for first in wants {
            for second in wants {
                for third in wants {
                    let claims = [(256, first), (0, second), (512, third)];
                    let cards = cards(1_024, &claims);
                    let band = CpuBand::new(&scale, &cards);
                    for ribbon in &band.ribbons {
                        assert!(ribbon.top.end() <= scale.wall(), "{claims:?}");
                        assert!(ribbon.bottom.end() <= scale.wall(), "{claims:?}");
                    }
                    let moved: u32 = band.ribbons.iter().map(|ribbon| ribbon.units).sum();
                    assert_eq!(
                        moved,
                        (first + second + third).min(1_024),
                        "all that is granted came from an owner: {claims:?}"
                    );
                    let end = band
                        .waiting
                        .last()
                        .map_or(0.0, |piece| piece.span.end().floor());
                    assert!(end <= 308.0, "{claims:?} waits until {end}");
                }
            }
        }
    }

    #[test]
    fn five_containers_have_no_ribbons_but_rows() {
        let cards = cards(1_024, &[(100, 300); 5]);
        let band = CpuBand::new(&scale(), &cards);
        assert!(band.ribbons.is_empty());
        assert_eq!(band.granted.len(), 5);
    }
}
