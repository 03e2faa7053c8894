//! The CPU section: who owns the task's CPU, who uses it, and a slider for what each container wants.

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
use fargate_session::diagrams::cpu::{CpuBand, CpuRow, Ribbon, loans};
use fargate_session::diagrams::figures::vcpu;
use fargate_session::diagrams::prediction::Resource;
use fargate_session::diagrams::preview::Demand;
use fargate_session::diagrams::{Piece, Scale, Span};
use fargate_session::view::{ContainerCard, ContainerState, CpuCard, TaskCard};
use leptos::html::Div;
use leptos::prelude::*;

/// The width of the diagram until it is measured.
pub const WIDTH: f64 = 308.0;

/// The CPU section.
#[component]
pub fn CpuSection(
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
    let cap = live.with_untracked(|card| card.cpu);
    let scale = Signal::derive(move || Scale::new(width.get(), cap.0));
    let cards = Memo::new(move |_| card.with(|card| cards(card)));
    let sentence = Memo::new(move |_| card.with(|card| card.cpu_sentence.clone()));
    let at_cap = Memo::new(move |_| {
        cards.with(|cards| {
            let granted: u32 = cards.iter().map(|card| card.granted).sum();
            granted == cap.0 && cards.iter().any(|card| card.wants > card.granted)
        })
    });
    let used = move || {
        let granted: u32 = cards.with(|cards| cards.iter().map(|card| card.granted).sum());
        format!(
            "{} of {} units",
            thousands(granted.into()),
            thousands(cap.0.into())
        )
    };
    let diagram = Diagram {
        card,
        live,
        draft,
        phone,
        scale,
        resource: Resource::Cpu,
        predicting: Predicting::of(live, Resource::Cpu),
    };
    view! {
        <section class="sec" aria-label="CPU">
            <div class="sec-h">
                <Glyph icon=Icon::Cpu/>
                <h3>"CPU"</h3>
                {move || {
                    if at_cap.get() {
                        view! {
                            <span class="pill warn end">
                                <Glyph icon=Icon::Warn class="i-12"/>
                                "At the cap, " {vcpu(cap)}
                            </span>
                        }
                    } else {
                        view! { <span class="end t12 t2">{used}</span> }
                    }
                }}
            </div>
            <div class="share" node_ref=node>
                <svg
                    width=move || width.get()
                    height="112"
                    role="img"
                    aria-label=move || card.with(|card| description(card))
                >
                    {move || band(&scale.get(), &cards.get(), cap.0)}
                </svg>
                {rows(diagram, parts)}
            </div>
            <p class="callout"><span>{move || emphasised(&sentence.get())}</span></p>
            <PredictFirst predicting=diagram.predicting/>
            <ByHand card=live resource=Resource::Cpu/>
        </section>
    }
}

fn cards(task: &TaskCard) -> Vec<CpuCard> {
    task.containers
        .iter()
        .map(|container| container.cpu)
        .collect()
}

/// The sentence with who borrows how much set off.
fn emphasised(sentence: &str) -> AnyView {
    let (head, rest) = match sentence.split_once(" units") {
        Some((head, _)) if head.contains(" borrow") => sentence.split_at(head.len()),
        _ => ("", sentence),
    };
    view! {
        <b>{head.to_owned()}</b>
        {rest.to_owned()}
    }
}

/// The diagram in words.
fn description(task: &TaskCard) -> String {
    let cards = cards(task);
    let name = |place: usize| {
        task.containers
            .get(place)
            .map_or("", |it| it.short_name.as_str())
    };
    let whole = format!(
        "CPU shares. The task has {} units.",
        thousands(task.cpu.0.into())
    );
    let shares = cards.iter().enumerate().map(|(place, card)| {
        let (name, share) = (name(place), card.entitled);
        format!(
            "{name} has a share of {share}, wants {} and gets {}.",
            card.wants, card.granted
        )
    });
    let loans = loans(&cards);
    let lends = loans.iter().map(|(owner, user, units)| {
        format!("{} lends {units} units to {}.", name(*owner), name(*user))
    });
    let sentences: Vec<String> = std::iter::once(whole).chain(shares).chain(lends).collect();
    sentences.join(" ")
}

fn band(scale: &Scale, cards: &[CpuCard], cap: u32) -> AnyView {
    let band = CpuBand::new(scale, cards);
    let wall = scale.wall();
    let bar = |piece: &Piece, y: u32, height: u32| {
        let Span { x, w } = piece.span;
        view! { <rect x=x y=y width=w height=height rx="3" class=tone::fill(piece.container)></rect> }
    };
    let label = |piece: &Piece, y: u32| {
        let words = thousands(piece.amount.into());
        piece.span.fits(words.len()).then(|| {
            view! {
                <text x=piece.span.middle() y=y class=tone::on(piece.container) text-anchor="middle">{words}</text>
            }
        })
    };
    let owned = band
        .owned
        .iter()
        .map(|piece| (bar(piece, 20, 22), label(piece, 35)))
        .collect_view();
    let ribbons = band.ribbons.iter().map(ribbon).collect_view();
    let granted = band
        .granted
        .iter()
        .filter(|granted| granted.whole.amount > 0);
    let granted = granted
        .map(|granted| {
            let place = granted.whole.container;
            let stripes = granted.borrowed.iter().map(|piece| {
                let Span { x, w } = piece.span;
                let words = format!("+ {}", thousands(piece.amount.into()));
                let room = words.len() as f64 * 7.0 + 9.0;
                let chip = (w >= room + 4.0).then(|| {
                    view! {
                        <rect
                            x=piece.span.middle() - room / 2.0
                            y="67"
                            width=room
                            height="16"
                            rx="4"
                            class=tone::fill(place)
                        ></rect>
                        <text x=piece.span.middle() y="79" class=tone::on(place) text-anchor="middle">{words}</text>
                    }
                });
                view! {
                    <rect x=x y="62" width=w height="26" fill=tone::borrowed(place)></rect>
                    {chip}
                }
            });
            let stripes = stripes.collect_view();
            (bar(&granted.whole, 62, 26), stripes, label(&granted.own, 79))
        })
        .collect_view();
    let waiting = band.waiting.iter().map(|piece| {
        let Span { x, w } = piece.span;
        view! {
            <rect
                x=x
                y="62"
                width=w
                height="26"
                rx="3"
                fill=tone::waits(piece.container)
                stroke=tone::colour(piece.container)
                stroke-dasharray="3 2"
            ></rect>
        }
    });
    let waiting = waiting.collect_view();
    let waits = (band.waits > 0).then(|| {
        let class = match band.waiting.as_slice() {
            [one] => tone::text(one.container),
            _ => "lbl m",
        };
        let words = format!("{} waiting", thousands(band.waits.into()));
        view! { <text x="100%" y="104" class=class text-anchor="end">{words}</text> }
    });
    view! {
        <text x="0" y="12" class="lbl dim">"Shares"</text>
        <text x=wall - 4.0 y="12" class="lbl m" text-anchor="end">
            {format!("Task cap {} units", thousands(cap.into()))}
        </text>
        <rect x="0" y="62" width=wall - 2.0 height="26" rx="3" class="sh-track"></rect>
        {owned}
        {ribbons}
        {granted}
        {waiting}
        <text x="0" y="104" class="lbl dim">"Granted now"</text>
        {waits}
        <path class="wall" d=format!("M{wall} 18V90")></path>
    }
}

fn ribbon(ribbon: &Ribbon) -> AnyView {
    let (top, bottom) = (ribbon.top, ribbon.bottom);
    let path = format!(
        "M{:.2} 44H{:.2}L{:.2} 60H{:.2}Z",
        top.x,
        top.end(),
        bottom.end(),
        bottom.x
    );
    let lends = ribbon.lends();
    let fill = if lends { tone::lent(ribbon.owner) } else { "" };
    let words = (lends && top.w.min(bottom.w) >= 40.0).then(|| {
        let middle = f64::midpoint(top.middle(), bottom.middle());
        view! {
            <rect x=middle - 18.0 y="45" width="36" height="14" rx="3" class=tone::soft(ribbon.owner)></rect>
            <text x=middle y="56" class=tone::text(ribbon.owner) text-anchor="middle">"lends"</text>
        }
    });
    let class = if lends { "" } else { tone::soft(ribbon.owner) };
    view! {
        <path d=path class=class fill=(!fill.is_empty()).then_some(fill)></path>
        {words}
    }
}

/// What a row says and draws of a container's CPU.
fn parts(diagram: Diagram, place: usize) -> Parts {
    let Diagram { card, live, .. } = diagram;
    let of = move |card: &TaskCard| card.containers.get(place).map(|it| it.cpu);
    let cpu = Memo::new(move |_| card.with(|card| of(card)).unwrap_or_default());
    let state = demand::state(live, place);
    let lenders = Memo::new(move |_| card.with(|card| lenders(card, place)));
    let waits = Memo::new(move |_| live.with(|card| card.containers.get(place)?.waits_for.clone()));
    let words = move || match state.get() {
        ContainerState::Pending => waits.get().map_or_else(
            || "not started yet".to_owned(),
            |waits_for| format!("waits for {waits_for}"),
        ),
        ContainerState::Stopped => "ended".to_owned(),
        ContainerState::Running => {
            let cpu = cpu.get();
            format!(
                "wants {}, gets {}",
                thousands(cpu.wants.into()),
                thousands(cpu.granted.into())
            )
        }
    };
    let entitled = move || {
        let cpu = cpu.get();
        let title = format!(
            "cpu {} is worth {} units when all are busy",
            cpu.share, cpu.entitled
        );
        tick(title, cpu.entitled)
    };
    let bars = move || row_bars(&diagram.scale.get(), &cpu.get(), place, diagram.phone.get());
    Parts {
        words: Signal::derive(words),
        spoken: Signal::derive(move || spoken(cpu.get(), &lenders.get())),
        mark: view! { <demand::Mark place=place state/> },
        tick: markup::live(entitled),
        bars: markup::live(bars),
        killed: None::<String>.into(),
    }
}

/// Who lends to the container at `place`.
fn lenders(task: &TaskCard, place: usize) -> String {
    let name = |owner: usize| {
        task.containers
            .get(owner)
            .map(|it: &ContainerCard| it.short_name.clone())
    };
    let loans = loans(&cards(task))
        .into_iter()
        .filter(|(_, user, _)| *user == place);
    loans
        .filter_map(|(owner, _, _)| name(owner))
        .collect::<Vec<_>>()
        .join(" and ")
}

/// '700 units wanted, 524 granted, 268 borrowed from api'.
fn spoken(cpu: CpuCard, lenders: &str) -> String {
    let words = format!("{} units wanted, {} granted", cpu.wants, cpu.granted);
    if cpu.borrowed == 0 || lenders.is_empty() {
        return words;
    }
    format!("{words}, {} borrowed from {lenders}", cpu.borrowed)
}

fn row_bars(scale: &Scale, cpu: &CpuCard, place: usize, phone: bool) -> AnyView {
    let row = CpuRow::new(scale, cpu);
    let (y, height) = demand::track(phone);
    let round = height / 2.0;
    let wall = scale.wall();
    view! {
        <rect x="0" y=y width=wall height=height rx=round class="sh-track"></rect>
        <rect x="0" y=y width=row.own.w height=height rx=round class=tone::fill(place)></rect>
        <rect x=row.borrowed.x y=y width=row.borrowed.w height=height fill=tone::borrowed(place)></rect>
        <rect x=row.waiting.x y=y width=row.waiting.w height=height fill=tone::waits(place)></rect>
        {demand::tick(row.mark, y)}
        {demand::wall(wall, y, height)}
    }
}
