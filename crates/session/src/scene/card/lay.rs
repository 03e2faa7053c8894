//! Laying a task's card out, as richly as its density says.

use super::measure::{chip_columns, ended, height, needs_row, pill_widths, reason_lines};
use super::{Bands, ChipBox, Loopback, Meter, PillBox, TaskBox, large_note, note, ports};
use crate::scene::geometry::{Point, Rect, Slot};
use crate::scene::spacing::Density;
use crate::scene::text::{self, Face};
use crate::view::{ContainerCard, TaskCard};

impl TaskBox {
    /// Lays the card of a task out, with its upper left corner at a point.
    pub(crate) fn lay(task: &TaskCard, density: Density, at: Point, width: f64) -> Self {
        let rect = Rect::new(at.x, at.y, width, height(task, density, width));
        let mut card = Self {
            density,
            rect,
            icon: Rect::default(),
            title: Slot::default(),
            note: Slot::default(),
            interface: None,
            public: None,
            public_row: None,
            chips: Vec::new(),
            loopbacks: Vec::new(),
            bands: None,
            reason: Vec::new(),
            plug: Point::new(rect.center().x, rect.y),
        };
        if density == Density::Mini {
            card.lay_mini(task);
            return card;
        }
        card.lay_pills(task);
        if ended(task) {
            card.lay_ended(task);
        } else {
            match density {
                Density::Large | Density::Snug => card.lay_large(task),
                Density::Medium => card.lay_medium(task),
                Density::Line | Density::Mini => card.lay_line(task),
            }
        }
        card
    }

    fn lay_pills(&mut self, task: &TaskCard) {
        let (private, public) = pill_widths(task);
        if private == 0.0 {
            return;
        }
        let side = if self.density.is_large() { 12.0 } else { 8.0 };
        let y = self.rect.y - 10.0;
        let mut right = self.rect.right() - side;
        if public > 0.0 && !needs_row(task, self.rect.w) {
            right -= public;
            self.public = Some(PillBox::at(right, y, public));
            right -= 8.0;
        }
        let pill = PillBox::at(right - private, y, private);
        self.plug = Point::new(pill.rect.center().x, pill.rect.y);
        self.interface = Some(pill);
    }

    fn lay_mini(&mut self, task: &TaskCard) {
        let Rect { x, y, .. } = self.rect;
        self.icon = Rect::new(x + 12.0, y + 2.0, 12.0, 12.0);
        self.chips = (0..task.containers.len().min(2))
            .map(|index| {
                let track = Rect::new(x + 4.0, y + 4.0 + 5.0 * index as f64, 28.0, 3.0);
                ChipBox::bar(track)
            })
            .collect();
    }

    fn head(&mut self, task: &TaskCard, icon: Rect, baseline: f64, right: f64, note: &str) {
        self.icon = icon;
        let start = icon.right() + 6.0;
        let room = right - start;
        let wanted = text::width(note, Face::Mono);
        let title = text::width(&task.definition, Face::Strong) * 1.2;
        let noted = title.min(room * 0.7) + 8.0 + wanted <= room;
        self.note = Slot::end(right, baseline, if noted { wanted } else { 0.0 });
        let taken = if noted { wanted + 8.0 } else { 0.0 };
        self.title = Slot::start(start, baseline, room - taken);
    }

    fn lay_ended(&mut self, task: &TaskCard) {
        let Rect { x, y, w, .. } = self.rect;
        let icon = Rect::new(x + 10.0, y + 10.0, 14.0, 14.0);
        self.head(task, icon, y + 21.5, x + w - 10.0, &task.short_id);
        self.reason = (0..reason_lines(task, w).len())
            .map(|line| Slot::start(x + 10.0, y + 42.0 + 16.0 * line as f64, w - 20.0))
            .collect();
    }

    fn lay_line(&mut self, task: &TaskCard) {
        let Rect { x, y, w, .. } = self.rect;
        let icon = Rect::new(x + 10.0, y + 14.0, 14.0, 14.0);
        let mut right = x + w - 10.0;
        let title = text::width(&task.definition, Face::Strong) + 48.0;
        let names = task.containers.iter().map(|container| {
            let name = text::width(&container.short_name, Face::Plain);
            name + 27.0
        });
        let all_fit = title + names.sum::<f64>() <= w;
        for container in task.containers.iter().rev() {
            let name = text::width(&container.short_name, Face::Plain) + 2.0;
            let (left, name) = if all_fit {
                (right - 13.0 - name, name)
            } else {
                (right - 8.0, 0.0)
            };
            let swatch = Rect::new(left, y + 16.0, 8.0, 8.0);
            let rect = Rect::new(left, y + 13.0, right - left, 17.0);
            self.chips.push(ChipBox {
                rect,
                swatch,
                name: Slot::start(left + if name > 0.0 { 13.0 } else { 0.0 }, y + 25.5, name),
                ports: None,
                cpu: None,
                memory: None,
            });
            right = left - 12.0;
        }
        self.chips.reverse();
        self.head(task, icon, y + 25.5, right, &task.short_id);
    }

    fn lay_medium(&mut self, task: &TaskCard) {
        let Rect { x, y, w, .. } = self.rect;
        let icon = Rect::new(x + 10.0, y + 15.0, 14.0, 14.0);
        self.head(task, icon, y + 26.5, x + w - 10.0, &note(task));
        let mut top = y + 36.0;
        if needs_row(task, w) {
            let icon = Rect::new(x + 10.0, top, 14.0, 14.0);
            let text = Slot::start(x + 30.0, top + 11.5, w - 40.0);
            self.public_row = Some(PillBox {
                rect: Rect::new(x + 8.0, top - 2.0, w - 16.0, 18.0),
                icon,
                text,
            });
            top += 22.0;
        }
        let columns = chip_columns(task.containers.len(), w);
        let width = (w - 16.0 - 6.0 * (columns as f64 - 1.0)) / columns as f64;
        for (index, container) in task.containers.iter().enumerate() {
            let (column, row) = ((index % columns) as f64, (index / columns) as f64);
            let left = x + 8.0 + column * (width + 6.0);
            let rect = Rect::new(left, top + row * 96.0, width, 90.0);
            self.chips.push(ChipBox::medium(rect, container));
        }
    }

    fn lay_large(&mut self, task: &TaskCard) {
        let Rect { x, y, w, .. } = self.rect;
        let icon = Rect::new(x + 16.0, y + 22.0, 16.0, 16.0);
        let note = large_note(task);
        self.head(task, icon, y + 35.0, x + w - 16.0, &note);
        self.title.x += 2.0;
        self.title.room -= 2.0;
        let count = task.containers.len();
        let single = count == 1;
        let width = if single {
            w - 32.0
        } else {
            (w - 32.0 - 56.0) / 2.0
        };
        for (index, container) in task.containers.iter().enumerate() {
            let (column, row) = ((index % 2) as f64, (index / 2) as f64);
            let left = x + 16.0 + column * (width + 56.0);
            let rect = Rect::new(left, y + 52.0 + row * 128.0, width, 116.0);
            self.chips.push(ChipBox::large(rect, container));
            if index % 2 == 1 {
                let line = rect.y + 58.0;
                let from = Point::new(left - 56.0, line);
                let word = Point::new(left - 28.0, line - 8.0);
                self.loopbacks.push(Loopback {
                    from,
                    to: Point::new(left, line),
                    word,
                });
            }
        }
        let rows = count.div_ceil(2).max(1) as f64;
        let below = y + 40.0 + rows * 128.0;
        let band = |top: f64| Rect::new(x + 16.0, top, w - 40.0, 28.0);
        let line = |baseline: f64| Slot::start(x + 16.0, baseline, w - 32.0);
        let (first, second, last, under) = match self.density {
            Density::Large => (40.0, 120.0, 202.0, 12.0),
            Density::Snug | Density::Medium | Density::Line | Density::Mini => {
                (28.0, 92.0, 156.0, 10.0)
            }
        };
        self.bands = Some(Bands {
            cpu_title: line(below + first),
            cpu: band(below + first + under),
            memory_title: line(below + second),
            memory: band(below + second + under),
            bill: line(below + last),
        });
    }
}

impl PillBox {
    fn at(x: f64, y: f64, w: f64) -> Self {
        Self {
            rect: Rect::new(x, y, w, 20.0),
            icon: Rect::new(x + 7.0, y + 3.0, 14.0, 14.0),
            text: Slot::start(x + 24.0, y + 14.5, w - 28.0),
        }
    }
}

impl ChipBox {
    fn bar(track: Rect) -> Self {
        let none = Slot::start(track.x, track.y, 0.0);
        Self {
            rect: track,
            swatch: Rect::default(),
            name: none,
            ports: None,
            cpu: Some(Meter {
                label: none,
                value: none,
                track,
            }),
            memory: None,
        }
    }

    fn medium(rect: Rect, container: &ContainerCard) -> Self {
        let Rect { x, y, w, .. } = rect;
        let meter = |baseline: f64| Meter::at(x + 8.0, baseline, w - 16.0, (28.0, 4.0, 4.0));
        Self {
            rect,
            swatch: Rect::new(x + 8.0, y + 9.0, 8.0, 8.0),
            name: Slot::start(x + 21.0, y + 17.5, w - 25.0),
            ports: (!container.ports.is_empty()).then(|| Slot::start(x + 8.0, y + 34.0, w - 12.0)),
            cpu: Some(meter(y + 53.0)),
            memory: Some(meter(y + 74.0)),
        }
    }

    fn large(rect: Rect, container: &ContainerCard) -> Self {
        let Rect { x, y, w, .. } = rect;
        let inner = w - 24.0;
        let ports = text::width(&ports(container), Face::Mono);
        let ports_room = ports.min(inner * 0.5);
        let meter = |baseline: f64| Meter::at(x + 12.0, baseline, inner, (52.0, 6.0, 5.0));
        Self {
            rect,
            swatch: Rect::new(x + 12.0, y + 14.0, 10.0, 10.0),
            name: Slot::start(x + 28.0, y + 23.5, inner - 22.0 - ports_room),
            ports: (ports > 0.0).then(|| Slot::end(x + 12.0 + inner, y + 23.5, ports_room)),
            cpu: Some(meter(y + 52.0)),
            memory: Some(meter(y + 86.0)),
        }
    }
}

impl Meter {
    /// A meter whose words stand on a baseline; `sizes`: room of the label, distance to the bar, height of the bar.
    fn at(x: f64, baseline: f64, w: f64, sizes: (f64, f64, f64)) -> Self {
        let (label, below, bar) = sizes;
        Self {
            label: Slot::start(x, baseline, label),
            value: Slot::end(x + w, baseline, w - label - 2.0),
            track: Rect::new(x, baseline + below, w, bar),
        }
    }
}
