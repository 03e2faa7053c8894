//! A task: its card with state, pills, containers and bars, drawn anew only when its own card changes.

use super::draw::{boxed, container_class, icon, pill, words};
use super::stage::{Item, Stage, stage};
use crate::icons::Icon;
use crate::markup::{For, IntoChild, view};
use crate::signals::{ArcReadSignal, Memo, ReadSignal, gate};
use crate::words::thousands;
use fargate_core::decimal::Decimal;
use fargate_core::ids::TaskId;
use fargate_core::task::TaskState;
use fargate_core::units::SimSpan;
use fargate_session::diagrams::figures::money;
use fargate_session::scene::text::Face;
use fargate_session::scene::{
    Bands, ChipBox, Density, Key, Meter, Pool, Rect, TaskBox, large_note, note, ports, reason_lines,
};
use fargate_session::view::{ContainerCard, ContainerState, TaskCard};
use leptos::prelude::*;
use litemap::LiteMap;

/// The boxes of the tasks.
type Boxes = LiteMap<TaskId, TaskBox>;

/// The tasks.
#[component]
pub fn Tasks() -> AnyView {
    let stage = stage();
    let boxes = gate(move || stage.scene.with(|scene| scene.tasks.clone()));
    let ids = Memo::new(move |_| boxes.with(|boxes| boxes.keys().cloned().collect::<Vec<_>>()));
    view! { <For each=move || ids.get() key=TaskId::clone children=move |id| task(stage, boxes, id)/> }
}

fn task(stage: Stage, boxes: ReadSignal<Boxes>, id: TaskId) -> AnyView {
    let place = {
        let id = id.clone();
        Memo::new(move |_| boxes.with(|boxes| boxes.get(&id).cloned()))
    };
    let row = stage.cards().tasks.row(&id);
    let item = Item::Thing(Key::Task(id));
    let word = item.to_string();
    let picked = move || stage.is_selected(&item);
    let body = {
        let row = row.clone();
        move || {
            let card = row.as_ref().map(ArcReadSignal::get)?;
            Some(draw(&card, &place.get()?))
        }
    };
    let bill = Memo::new(move |_| {
        let card = row.as_ref().map(ArcReadSignal::get);
        let now = stage.cards().clock.get().now;
        card.map_or_else(String::new, |card| bill(&card, |from| now - from))
    });
    let bill_line = move || {
        let slot = place.get()?.bands?.bill;
        words(slot, &bill.get(), Face::Plain, "dim fine")
    };
    view! {
        <g class="n-task" class:is-selected=picked data-key=word>
            {body}
            {bill_line}
        </g>
    }
}

/// 'Running for 12 s. Billed so far: $0.0008, the one minute minimum.'
fn bill(task: &TaskCard, since: impl Fn(fargate_core::units::SimTime) -> SimSpan) -> String {
    let stage = task.stages.last();
    let stage = stage.map_or_else(String::new, |stage| {
        format!("{} for {}.", stage.state.title(), lasted(since(stage.from)))
    });
    let minimum = if task.cost.minimum {
        ", the one minute minimum"
    } else {
        ""
    };
    format!(
        "{stage} Billed so far: {}{minimum}",
        money(task.cost.so_far)
    )
}

/// '12 s', '4 min', '2 h'.
fn lasted(span: SimSpan) -> String {
    match span.0 / 1_000 {
        seconds if seconds < 120 => format!("{seconds} s"),
        seconds if seconds < 7_200 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3_600),
    }
}

/// Icon and colour class of a task's state; failure is an octagon.
fn state(task: &TaskCard) -> (Icon, &'static str) {
    if task.stop.as_ref().is_some_and(|stop| stop.failed) {
        return (Icon::Error, "st-fail");
    }
    let class = match task.state {
        TaskState::Provisioning | TaskState::Deprovisioning => "st-open",
        TaskState::Pending => "st-wait",
        TaskState::Activating | TaskState::Deactivating => "st-turn",
        TaskState::Running => "st-run",
        TaskState::Stopping | TaskState::Stopped => "st-end",
    };
    (Icon::from(task.state), class)
}

fn draw(task: &TaskCard, place: &TaskBox) -> AnyView {
    let (glyph, class) = state(task);
    let mini = place.density == Density::Mini;
    let (radius, title) = match place.density {
        Density::Large | Density::Snug => (10.0, "s s14 key"),
        Density::Medium | Density::Line => (8.0, "s key"),
        Density::Mini => (4.0, "s"),
    };
    // Hundreds of shadows are dear to paint, and nobody sees them on a card of 16 pixels.
    let card = if mini { "task" } else { "task raised" };
    let shows_state = !mini || task.state != TaskState::Running;
    let right = match place.density {
        Density::Large | Density::Snug => large_note(task),
        Density::Medium | Density::Line | Density::Mini => note(task),
    };
    let right_class = if task.state == TaskState::Running && !place.density.is_large() {
        "mono dim fine"
    } else {
        "dim fine"
    };
    let chips = (!mini || !shows_state).then(|| {
        let chips = place.chips.iter().zip(&task.containers).enumerate();
        chips
            .map(|(index, (chip, card))| container(task, card, chip, index, place.density))
            .collect_view()
    });
    let reason = reason_lines(task, place.rect.w);
    let reason = place.reason.iter().zip(&reason);
    let reason = reason.map(|(slot, line)| words(*slot, line, Face::Plain, "dim fine"));
    view! {
        {boxed(place.rect.inset(-4.0), radius + 3.0, "sel-ring on-pick")}
        {boxed(place.rect, radius, format!("{card} {class}"))}
        {shows_state.then(|| icon(glyph, place.icon, format!("ic {class}-i")))}
        {words(place.title, &task.definition, Face::Strong, title)}
        {words(place.note, &right, Face::Mono, right_class)}
        {chips}
        {loopbacks(place)}
        {place.bands.as_ref().map(|bands| shares(task, bands))}
        {reason.collect_view()}
        {addresses(task, place)}
    }
}

fn addresses(task: &TaskCard, place: &TaskBox) -> Option<AnyView> {
    let interface = task.interface.as_ref()?;
    let private = interface.private_ip.to_string();
    let public = interface
        .public_ip
        .map(|ip| ip.to_string())
        .unwrap_or_default();
    let row = place.public_row.map(|row| {
        let word = fargate_session::scene::Slot::end(row.rect.right() - 2.0, row.text.y, 44.0);
        view! {
            {icon(Icon::Globe, row.icon, "ic")}
            {words(row.text, &public, Face::Mono, "mono fine")}
            {(row.rect.w > 168.0).then(|| words(word, "public", Face::Plain, "dim fine"))}
        }
    });
    let view = view! {
        {row}
        {place.interface.map(|at| pill(&at, Icon::Plug, &private, "ic eni-i"))}
        {place.public.map(|at| pill(&at, Icon::Globe, &public, "ic"))}
    };
    Some(view)
}

fn container(
    task: &TaskCard,
    card: &ContainerCard,
    place: &ChipBox,
    index: usize,
    density: Density,
) -> AnyView {
    let class = container_class(index);
    let again = if index >= 3 { " again" } else { "" };
    let fill = format!("fill-{class}{again}");
    let used = share(card.cpu.granted, task.cpu.0);
    if density == Density::Mini {
        let bar = place.cpu.map(|meter| bar(meter.track, used, 1.5, &fill));
        return bar.into_child();
    }
    // Who is asked to stop ends with the signal's code, which is no failure.
    let asked = task.stop.as_ref().is_some_and(|stop| !stop.failed);
    let failed = card.state == ContainerState::Stopped
        && !asked
        && card.exit_code.is_some_and(|code| code != 0);
    let backed = place.cpu.is_some().then(|| {
        let radius = if density.is_large() { 8.0 } else { 6.0 };
        boxed(place.rect, radius, format!("chip {class}"))
    });
    let swatch = if failed {
        icon(Icon::Error, place.swatch.inset(-2.0), "ic err-i")
    } else {
        boxed(place.swatch, 2.0, fill.clone())
    };
    let (memory_word, memory) = if density.is_large() {
        (
            "Memory",
            format!("{} MiB", thousands(u64::from(card.memory.uses))),
        )
    } else {
        ("Mem", thousands(u64::from(card.memory.uses)))
    };
    let cpu = format!("{}\u{2009}%", Decimal::to(used * 100.0, 0));
    let remembered = share(card.memory.uses, task.memory.0);
    view! {
        {backed}
        {swatch}
        {words(place.name, &card.short_name, Face::Plain, "m fine")}
        {place.ports.map(|slot| words(slot, &ports(card), Face::Mono, "mono dim fine"))}
        {place.cpu.map(|at| meter(&at, "CPU", &cpu, used, class, &fill))}
        {place.memory.map(|at| meter(&at, memory_word, &memory, remembered, class, &fill))}
    }
}

fn meter(place: &Meter, label: &str, value: &str, part: f64, class: &str, fill: &str) -> AnyView {
    let radius = place.track.h / 2.0;
    view! {
        {words(place.label, label, Face::Plain, "dim fine")}
        {words(place.value, value, Face::Plain, format!("fine {class}-t"))}
        {boxed(place.track, radius, "bar-track")}
        {bar(place.track, part, radius, fill)}
    }
}

fn bar(track: Rect, part: f64, radius: f64, fill: &str) -> AnyView {
    let rect = Rect {
        w: track.w * part,
        ..track
    };
    boxed(rect, radius, fill)
}

fn share(part: u32, whole: u32) -> f64 {
    (f64::from(part) / f64::from(whole.max(1))).min(1.0)
}

fn loopbacks(place: &TaskBox) -> AnyView {
    let lines = place.loopbacks.iter().map(|line| {
        let (from, to) = (line.from, line.to);
        view! {
            <path class="route" d=format!("M{} {}H{}", Decimal::of(from.x), Decimal::of(from.y), Decimal::of(to.x))></path>
            <circle class="port" cx=from.x cy=from.y r="3"></circle>
            <circle class="port" cx=to.x cy=to.y r="3"></circle>
            <text x=line.word.x y=line.word.y class="dim fine" text-anchor="middle">"localhost"</text>
        }
    });
    lines.collect_view().into_child()
}

/// Who gets the CPU and the memory of a large card.
fn shares(task: &TaskCard, bands: &Bands) -> AnyView {
    let granted: Vec<u32> = task
        .containers
        .iter()
        .map(|card| card.cpu.granted)
        .collect();
    let uses: Vec<u32> = task
        .containers
        .iter()
        .map(|card| card.memory.uses)
        .collect();
    let count = |number: u32| thousands(u64::from(number));
    let idle = task.cpu.0.saturating_sub(granted.iter().sum());
    let free = task.memory.0.saturating_sub(uses.iter().sum());
    let idle = [
        format!("{} idle, anyone may borrow", count(idle)),
        format!("{} idle", count(idle)),
    ];
    let free = [format!("{} MiB free", count(free))];
    let cpu = format!("CPU, who gets the {} units", count(task.cpu.0));
    let memory = format!("Memory, {} MiB", count(task.memory.0));
    view! {
        {words(bands.cpu_title, &cpu, Face::Plain, "m fine")}
        {band(bands.cpu, &granted, task.cpu.0, &idle)}
        {words(bands.memory_title, &memory, Face::Plain, "m fine")}
        {band(bands.memory, &uses, task.memory.0, &free)}
    }
}

fn band(band: Rect, uses: &[u32], total: u32, rest: &[String]) -> AnyView {
    let pool = Pool::divide(band, uses, total, rest);
    let parts = pool.parts.iter().map(|(index, rect)| {
        let again = if *index >= 3 { " again" } else { "" };
        boxed(
            *rect,
            4.0,
            format!("fill-{}{again}", container_class(*index)),
        )
    });
    let wall = format!("M{} {}v{}", band.right(), band.y - 4.0, band.h + 8.0);
    view! {
        {boxed(band, 4.0, "pool")}
        {parts.collect_view()}
        {pool.words.map(|(slot, rest)| words(slot, &rest, Face::Plain, "dim fine"))}
        <path class="wall" d=wall></path>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_is_said_in_the_largest_unit_that_says_enough() {
        for (seconds, text) in [(12, "12 s"), (119, "119 s"), (240, "4 min"), (7_200, "2 h")] {
            assert_eq!(lasted(SimSpan::secs(seconds)), text);
        }
    }
}
