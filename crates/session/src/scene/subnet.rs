//! A subnet's box: its name and numbers, its address strip, and the gap between the words where its port is.

use super::geometry::{Rect, Slot};
use super::text::{self, Face};
use crate::view::SubnetCard;

/// The height of a subnet's head, strip included.
pub(crate) const HEAD: f64 = 49.0;

/// A subnet.
#[derive(Clone, Debug, PartialEq)]
pub struct SubnetBox {
    /// Its outline.
    pub rect: Rect,
    /// Globe or lock.
    pub icon: Rect,
    /// Its name.
    pub name: Slot,
    /// '250 free'.
    pub free: Slot,
    /// Its block.
    pub cidr: Slot,
    /// 'default → igw'.
    pub route: Slot,
    /// The strip of addresses.
    pub strip: Rect,
    /// The port of its route table, on the upper edge.
    pub port: f64,
    /// 'and 4 more that stopped', where not all ended tasks are drawn.
    pub more: Option<(Slot, usize)>,
    /// '251 addresses, no tasks.', in a subnet without tasks that has the room.
    pub hint: Option<Slot>,
}

impl SubnetBox {
    /// Lays the head of a subnet out.
    pub(crate) fn lay(card: &SubnetCard, rect: Rect) -> Self {
        let Rect { x, y, w, .. } = rect;
        let (left, right) = (x + 10.0, rect.right() - 10.0);
        let free = text::width(&free_words(card.free), Face::Plain);
        let route = text::width(&card.default_route, Face::Plain);
        let cidr = text::width(&card.cidr, Face::Mono);
        let inner = w - 20.0;
        let icon = Rect::new(left, y + 9.0, 14.0, 14.0);
        let name_room = (inner - 20.0 - free - 28.0).max(20.0);
        let name = text::width(&card.name, Face::Strong).min(name_room);
        let route_room = (inner - cidr - 28.0).clamp(0.0, route);
        Self {
            rect,
            icon,
            name: Slot::start(left + 20.0, y + 20.0, name),
            free: Slot::end(right, y + 20.0, free),
            cidr: Slot::start(left, y + 38.0, cidr),
            route: Slot::end(right, y + 38.0, route_room),
            strip: Rect::new(left, y + 46.0, inner, 3.0),
            port: rect.center().x,
            more: None,
            hint: None,
        }
    }

    /// The place on the upper edge nearest to `wish` from which a line down crosses no word of the head.
    pub(crate) fn port_near(&self, wish: f64) -> f64 {
        let words_end = self.name.x + self.name.room;
        let words_end = words_end.max(self.cidr.x + self.cidr.room) + 10.0;
        let words_start = (self.free.x - self.free.room).min(self.route.x - self.route.room) - 10.0;
        if words_end > words_start {
            f64::midpoint(words_end, words_start)
        } else {
            wish.clamp(words_end, words_start)
        }
    }
}

/// '250 free'.
pub(super) fn free_words(free: u32) -> String {
    format!("{} free", grouped(u64::from(free)))
}

/// A number with commas between thousands.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The strip of addresses: the five that AWS keeps, and those in use; each at least three pixels wide.
pub fn strip(track: Rect, card: &SubnetCard) -> (Rect, Option<Rect>) {
    let part = |count: u32| {
        let share = f64::from(count) / f64::from(card.size.max(1));
        (track.w * share).clamp(3.0, track.w)
    };
    let reserved = Rect {
        w: part(5),
        ..track
    };
    let x = reserved.right() + 1.0;
    let used = (card.used > 0 && x < track.right()).then(|| Rect {
        x,
        w: part(card.used).min(track.right() - x),
        ..track
    });
    (reserved, used)
}
