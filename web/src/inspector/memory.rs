//! The memory section: reservations, the pool for all, limits, kills, and a slider for what each container wants.

use super::cpu::WIDTH;
use super::demand::{self, ByHand};
use super::predict::{PredictFirst, Predicting};
use super::share_row::{Diagram, Parts, rows, tick};
use super::task::Card;
use super::tone;
use crate::icons::{Glyph, Icon};
use crate::markup::{self, view};
use crate::measure;
use crate::signals::{Memo, RwSignal, Signal};
use crate::words::thousands;
use fargate_session::diagrams::memory::{MemoryBand, MemoryRow};
use fargate_session::diagrams::prediction::Resource;
use fargate_session::diagrams::preview::Demand;
use fargate_session::diagrams::{Piece, Scale, Span};
use fargate_session::view::{ContainerState, MemoryCard, TaskCard};
use leptos::html::Div;
use leptos::prelude::*;

/// The room of the words beside a limit.
const KILL_WORDS: f64 = 130.0;

/// The memory section.
#[component]
pub fn MemorySection(
    /// The task as it is, or as it would be while a slider is dragged.
    card: Card,
    /// The task as it is.
    live: Card,
    /// What the person is about to ask for.
    draft: RwSignal<Option<Demand>>,
    /// Whether the page is laid out for a phone.
    phone: Signal<bool>,
) -> AnyView {
    let node = NodeRef::<Div>::new();
    let width = measure::width_of(node, WIDTH);
    let size = live.with_untracked(|card| card.memory.0);
    let scale = Signal::derive(move || Scale::new(width.get(), size));
    let cards = Memo::new(move |_| card.with(|card| cards(card)));
    let used = move || {
        let uses: u32 = cards.with(|cards| cards.iter().map(|card| card.uses).sum());
        format!(
            "{} of {} MiB",
            thousands(uses.into()),
            thousands(size.into())
        )
    };
    let strained = Memo::new(move |_| {
        live.with(|card| {
            let mut containers = card.containers.iter();
            containers.any(|it| it.killed_at.is_some() || it.memory.reclaimed > 0)
        })
    });
    let told = Memo::new(move |_| {
        let asked = matches!(draft.get(), Some(Demand::Memory(..)));
        (asked || strained.get()).then(|| card.with(|card| card.memory_sentence.clone()))
    });
    let diagram = Diagram {
        card,
        live,
        draft,
        phone,
        scale,
        resource: Resource::Memory,
        predicting: Predicting::of(live, Resource::Memory),
    };
    view! {
        <section class="sec" aria-label="Memory">
            <div class="sec-h">
                <Glyph icon=Icon::Memory/>
                <h3>"Memory"</h3>
                <span class="end t12 t2">{used}</span>
            </div>
            <div class="share" node_ref=node>
                <svg
                    width=move || width.get()
                    height="74"
                    role="img"
                    aria-label=move || card.with(|card| description(card))
                >
                    {move || band(&scale.get(), size, &cards.get())}
                </svg>
                {rows(diagram, move |diagram, place| parts(diagram, width, place))}
            </div>
            {move || told.get().map(|told| view! { <p class="callout"><span>{told}</span></p> })}
            <PredictFirst predicting=diagram.predicting/>
            <ByHand card=live resource=Resource::Memory/>
        </section>
    }
}

fn cards(task: &TaskCard) -> Vec<MemoryCard> {
    task.containers
        .iter()
        .map(|container| container.memory)
        .collect()
}

/// Whether AWS's reason says that memory ran out.
pub fn is_killed(reason: Option<&str>) -> bool {
    reason.is_some_and(|reason| reason.starts_with("OutOfMemoryError"))
}

/// The diagram in words.
fn description(task: &TaskCard) -> String {
    let whole = format!(
        "Memory. The task has {} MiB.",
        thousands(task.memory.0.into())
    );
    let uses = task.containers.iter().map(|container| {
        let memory = container.memory;
        let reserved = memory
            .reservation
            .map_or(String::new(), |floor| format!(", reserved {floor}"));
        let limit = memory
            .limit
            .map_or(String::new(), |limit| format!(", hard limit {limit}"));
        let taken = taken(memory);
        format!(
            "{} uses {}{reserved}{limit}{taken}.",
            container.short_name, memory.uses
        )
    });
    let sentences: Vec<String> = std::iter::once(whole).chain(uses).collect();
    sentences.join(" ")
}

/// ', 40 MiB of files taken back'.
fn taken(memory: MemoryCard) -> String {
    match memory.reclaimed {
        0 => String::new(),
        files => format!(", {} MiB of files taken back", thousands(files.into())),
    }
}

fn band(scale: &Scale, size: u32, cards: &[MemoryCard]) -> AnyView {
    let band = MemoryBand::new(scale, size, cards);
    let wall = scale.wall();
    let block = |span: Span, class: &'static str| {
        view! { <rect x=span.x y="20" width=span.w height="24" class=class></rect> }
    };
    let stripe = |piece: &Piece| {
        let Span { x, w } = piece.span;
        view! { <rect x=x y="20" width=w height="24" fill=tone::borrowed(piece.container)></rect> }
    };
    let floors = band.floors.iter().map(|floor| {
        let place = floor.whole.container;
        let Span { x, w } = floor.whole.span;
        let words = thousands(floor.whole.amount.into());
        // The number stands where it can be read: in what is used, else in what is not.
        let unused = Span { x: floor.used.end(), w: w - floor.used.w };
        let room = if floor.used.fits(words.len()) { (floor.used, tone::on(place)) } else { (unused, tone::text(place)) };
        let label = (room.0.fits(words.len()) && floor.taken.is_empty()).then(|| {
            view! { <text x=room.0.middle() y="36" class=room.1 text-anchor="middle">{words}</text> }
        });
        let full = floor.used.w >= w - 0.5;
        let used = if full {
            view! { <rect x=x y="20" width=w height="24" rx="3" class=tone::fill(place)></rect> }
        } else {
            block(floor.used, tone::fill(place))
        };
        view! {
            <rect x=x y="20" width=w height="24" rx="3" class=tone::soft(place)></rect>
            {used}
            {floor.taken.iter().map(stripe).collect_view()}
            {label}
        }
    });
    let floors = floors.collect_view();
    let pool = band.pool.map(|pool| {
        let over = band.overflow.iter().map(|piece| block(piece.span, tone::fill(piece.container))).collect_view();
        let free = band.free.and_then(|(free, span)| {
            let words = format!("{} free", thousands(free.into()));
            (free > 0 && span.fits(words.len())).then(|| {
                view! { <text x=span.middle() y="36" class="lbl m" text-anchor="middle">{words}</text> }
            })
        });
        let bracket = format!("M{:.2} 49v4h{:.2}v-4", pool.x, pool.w);
        let words = pool.fits(14).then(|| {
            view! { <text x=pool.middle() y="67" class="lbl dim" text-anchor="middle">"available for all"</text> }
        });
        view! {
            <rect x=pool.x y="20" width=pool.w height="24" rx="3" class="pool"></rect>
            {over}
            {free}
            <path class="brk" d=bracket></path>
            {words}
        }
    });
    let title = if band.floors.is_empty() {
        "In use"
    } else {
        "Reserved"
    };
    view! {
        <text x="0" y="12" class="lbl dim">{title}</text>
        <text x=wall - 4.0 y="12" class="lbl m" text-anchor="end">
            {format!("Task limit {} MiB", thousands(size.into()))}
        </text>
        {floors}
        {pool}
        <path class="wall" d=format!("M{wall} 18V46")></path>
    }
}

/// What a row says and draws of a container's memory.
fn parts(diagram: Diagram, width: Signal<f64>, place: usize) -> Parts {
    let Diagram {
        card, live, scale, ..
    } = diagram;
    let of = move |card: &TaskCard| card.containers.get(place).map(|it| it.memory);
    let memory = Memo::new(move |_| card.with(|card| of(card)).unwrap_or_default());
    let state = demand::state(live, place);
    let killed = Memo::new(move |_| {
        live.with(|card| {
            let container = card.containers.get(place)?;
            let reason = container.reason.clone().filter(|it| is_killed(Some(it)))?;
            Some((container.exit_code, reason))
        })
    });
    // Where the words have no room beside the limit's line, they stand in the row's head.
    let beside = Memo::new(move |_| {
        let limit = memory.get().limit;
        limit.is_some_and(|limit| scale.get().x(limit) + KILL_WORDS <= width.get())
    });
    let words = move || match (killed.get(), state.get()) {
        (Some((code, _)), _) => code.map_or_else(String::new, |code| format!("exit {code}")),
        (None, ContainerState::Pending) => "not started yet".to_owned(),
        (None, ContainerState::Stopped) => "ended".to_owned(),
        (None, ContainerState::Running) => {
            let memory = memory.get();
            let uses = thousands(memory.uses.into());
            if matches!(diagram.draft.get(), Some(Demand::Memory(at, _)) if at == place) {
                return format!("wants {uses} MiB");
            }
            match memory.limit.filter(|_| !beside.get()) {
                Some(limit) => format!("uses {uses}, killed above {}", thousands(limit.into())),
                None if memory.reclaimed > 0 => format!(
                    "uses {uses} MiB, {} taken back",
                    thousands(memory.reclaimed.into())
                ),
                None => format!("uses {uses} MiB"),
            }
        }
    };
    let bars = move || {
        let (scale, memory, phone) = (scale.get(), memory.get(), diagram.phone.get());
        row_bars(&scale, &memory, place, phone, beside.get())
    };
    let mark = move || {
        if killed.get().is_some() {
            view! { <Glyph icon=Icon::Error class="i-14 err-c"/> }
        } else {
            view! { <demand::Mark place=place state/> }
        }
    };
    let reserved = move || {
        let reservation = memory.get().reservation;
        reservation.map(|reservation| tick("memoryReservation".to_owned(), reservation))
    };
    Parts {
        words: Signal::derive(words),
        spoken: Signal::derive(move || spoken(memory.get())),
        mark: markup::live(mark),
        tick: markup::live(reserved),
        bars: markup::live(bars),
        killed: Signal::derive(move || killed.get().map(|(_, reason)| reason)),
    }
}

/// '720 MiB wanted, 720 used, killed above 1,024'.
fn spoken(memory: MemoryCard) -> String {
    let (wants, uses) = (
        thousands(memory.wants.into()),
        thousands(memory.uses.into()),
    );
    let limit = memory.limit.map(|limit| thousands(limit.into()));
    let killed = limit.map_or(String::new(), |limit| format!(", killed above {limit}"));
    let taken = taken(memory);
    format!("{wants} MiB wanted, {uses} used{killed}{taken}")
}

fn row_bars(
    scale: &Scale,
    memory: &MemoryCard,
    place: usize,
    phone: bool,
    beside: bool,
) -> AnyView {
    let row = MemoryRow::new(scale, memory);
    let (y, height) = demand::track(phone);
    let round = height / 2.0;
    let wall = scale.wall();
    let beyond = (row.beyond.w > 0.0).then(|| {
        let Span { x, w } = row.beyond;
        view! { <rect x=x y=y width=w height=height fill="url(#p-off)"></rect> }
    });
    let limit = row.limit.map(|x| {
        let words = beside.then(|| {
            let words = format!(
                "OOM kill at {}",
                thousands(memory.limit.unwrap_or_default().into())
            );
            view! { <text x=x + 20.0 y="13.5" class="lbl err-t halos">{words}</text> }
        });
        view! {
            <path class="limit" d=format!("M{x} {}V{}", y - 7.0, y + height + 5.0)></path>
            <use href=Icon::Bolt.href() x=x + 4.0 y="2" width="14" height="14" class="err-i"></use>
            {words}
        }
    });
    view! {
        <rect x="0" y=y width=wall height=height rx=round class="sh-track"></rect>
        {beyond}
        <rect x="0" y=y width=row.used.w height=height rx=round class=tone::fill(place)></rect>
        {row.mark.map(|mark| demand::tick(mark, y))}
        {limit}
        {demand::wall(wall, y, height)}
    }
}
