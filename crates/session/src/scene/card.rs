//! A task's card: where its state, name, pills, containers and bars are.

use super::geometry::{Point, Rect, Slot};
use super::spacing::Density;
use super::text::{self, Face};
use crate::view::{ContainerCard, TaskCard};
use fargate_core::task::TaskState;

/// A task's card.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskBox {
    /// How much it shows.
    pub density: Density,
    /// The card.
    pub rect: Rect,
    /// The state's icon.
    pub icon: Rect,
    /// `scorekeep:1`.
    pub title: Slot,
    /// The short id, the size, or the state where it is not running; without room on the smallest card.
    pub note: Slot,
    /// The interface's pill on the card's edge.
    pub interface: Option<PillBox>,
    /// The public address: a pill beside the interface's.
    pub public: Option<PillBox>,
    /// The public address as a row of the card, where two pills have no room.
    pub public_row: Option<PillBox>,
    /// The containers, in definition order; none on a card whose task has ended.
    pub chips: Vec<ChipBox>,
    /// Containers that find each other at localhost: from chip to chip, and where the word stands.
    pub loopbacks: Vec<Loopback>,
    /// Who gets CPU and memory, and the bill.
    pub bands: Option<Bands>,
    /// The lines of the reason, on the card of a task that ended.
    pub reason: Vec<Slot>,
    /// Where lines to the task end.
    pub plug: Point,
}

/// An icon and an address in a pill or a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PillBox {
    /// The pill.
    pub rect: Rect,
    /// The icon.
    pub icon: Rect,
    /// The address.
    pub text: Slot,
}

/// A container's chip.
#[derive(Clone, Debug, PartialEq)]
pub struct ChipBox {
    /// The chip.
    pub rect: Rect,
    /// The swatch in the container's colour.
    pub swatch: Rect,
    /// The container's name.
    pub name: Slot,
    /// The ports.
    pub ports: Option<Slot>,
    /// CPU in use.
    pub cpu: Option<Meter>,
    /// Memory in use.
    pub memory: Option<Meter>,
}

/// A label, a figure and a bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meter {
    /// 'CPU'.
    pub label: Slot,
    /// '12 %'.
    pub value: Slot,
    /// The track of the bar.
    pub track: Rect,
}

/// The dotted line between two containers that share an interface.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loopback {
    /// At the edge of one.
    pub from: Point,
    /// At the edge of the next.
    pub to: Point,
    /// The middle of the word 'localhost', above the line.
    pub word: Point,
}

/// The lower half of a large card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bands {
    /// 'CPU, who gets the 1,024 units'.
    pub cpu_title: Slot,
    /// The task's CPU; its right edge is the wall.
    pub cpu: Rect,
    /// 'Memory, 2,048 MiB'.
    pub memory_title: Slot,
    /// The task's memory; its right edge is the wall.
    pub memory: Rect,
    /// 'Running for 12 s. Billed so far: …'.
    pub bill: Slot,
}

/// A band with its owners' parts and the words behind them.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// One part per container that uses any of it: its place in the definition, and the box.
    pub parts: Vec<(usize, Rect)>,
    /// Where the words on the rest stand, if they have room there.
    pub words: Option<(Slot, String)>,
}

impl Pool {
    /// Divides a band among what each container uses of a total, and finds room for the first of the words that fits.
    pub fn divide(band: Rect, uses: &[u32], total: u32, words: &[String]) -> Self {
        const GAP: f64 = 2.0;
        let mut x = band.x;
        let mut parts = Vec::new();
        for (index, &used) in uses.iter().enumerate() {
            let width = band.w * f64::from(used) / f64::from(total.max(1));
            let width = width.min(band.right() - x);
            if used > 0 && width > GAP {
                parts.push((index, Rect::new(x, band.y, width - GAP, band.h)));
            }
            x += width.max(0.0);
        }
        let start = x + 12.0;
        let room = band.right() - 6.0 - start;
        let slot = Slot::start(start, band.y + band.h / 2.0 + 4.5, room);
        let fitting = words
            .iter()
            .find(|words| text::width(words, Face::Plain) <= room);
        let words = fitting.map(|words| (slot, words.clone()));
        Self { parts, words }
    }
}

/// Whether the task has ended, so that its card keeps only the reason.
pub(crate) fn ended(task: &TaskCard) -> bool {
    task.state == TaskState::Stopped
}

/// The height of a task's card at a width.
pub(crate) fn height(task: &TaskCard, density: Density, width: f64) -> f64 {
    if ended(task) {
        return match density {
            Density::Mini => 16.0,
            Density::Large | Density::Snug | Density::Medium | Density::Line => {
                36.0 + 16.0 * reason_lines(task, width).len() as f64
            }
        };
    }
    let rows = task.containers.len().div_ceil(2).max(1) as f64;
    match density {
        Density::Large => 52.0 + rows * 128.0 - 12.0 + 244.0,
        Density::Snug => 52.0 + rows * 128.0 - 12.0 + 174.0,
        Density::Medium => {
            let row = if needs_row(task, width) { 22.0 } else { 0.0 };
            36.0 + row + chip_rows(task.containers.len(), width) as f64 * 96.0 + 2.0
        }
        Density::Line => 36.0,
        Density::Mini => 16.0,
    }
}

/// The reason of an ended task, in the lines of its card.
pub fn reason_lines(task: &TaskCard, width: f64) -> Vec<String> {
    let reason = task.stop.as_ref().map_or("", |stop| &stop.reason);
    text::wrap(reason, Face::Plain, width - 20.0, 2)
}

fn chip_columns(containers: usize, width: f64) -> usize {
    let fit = ((width - 16.0 + 6.0) / 78.0).floor() as usize;
    fit.min(containers).max(1)
}

fn chip_rows(containers: usize, width: f64) -> usize {
    containers.div_ceil(chip_columns(containers, width)).max(1)
}

fn pill_width(address: &str) -> f64 {
    32.0 + text::width(address, Face::Mono)
}

fn pill_widths(task: &TaskCard) -> (f64, f64) {
    task.interface.as_ref().map_or((0.0, 0.0), |interface| {
        let public = interface
            .public_ip
            .map_or(0.0, |ip| pill_width(&ip.to_string()));
        (pill_width(&interface.private_ip.to_string()), public)
    })
}

/// Whether the public address needs a row in the card.
fn needs_row(task: &TaskCard, width: f64) -> bool {
    let (private, public) = pill_widths(task);
    public > 0.0 && private + 8.0 + public > width - 24.0
}

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

    /// The box with the pill that straddles its edge.
    pub fn outer(&self) -> Rect {
        let pills = [&self.interface, &self.public];
        pills
            .into_iter()
            .flatten()
            .fold(self.rect, |all, pill| all.union(&pill.rect))
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

/// The word at the right of a medium card: the short id of a running task, else its state.
pub fn note(task: &TaskCard) -> String {
    if task.state == TaskState::Running {
        task.short_id.clone()
    } else {
        task.state.title().to_owned()
    }
}

/// The word at the right of a large card: the size of a running task, else its state.
pub fn large_note(task: &TaskCard) -> String {
    if task.state == TaskState::Running {
        task.size.clone()
    } else {
        task.state.title().to_owned()
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

/// The ports of a container as its chip shows them: ':8080'.
pub fn ports(container: &ContainerCard) -> String {
    let ports: Vec<String> = container
        .ports
        .iter()
        .map(|port| format!(":{port}"))
        .collect();
    ports.join(" ")
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
