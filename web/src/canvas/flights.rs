//! Requests: dots for background traffic, a capsule for a person's own, red dashes and an octagon where one was refused, a triangle where
//! one was answered with an error.
//!
//! How far each is comes from its card, a pure function of simulated time; so it stands still when time does.

use super::draw::{boxed, icon, words};
use super::stage::{Stage, WAY, stage};
use crate::icons::Icon;
use crate::markup::{live, view};
use crate::signals::Memo;
use fargate_core::decimal::Decimal;
use fargate_session::scene::text::{Face, width};
use fargate_session::scene::{Point, Rect, Scene, Slot, Track};
use fargate_session::view::{Flight, FlightEnd, Place, Shared, TraceCard};
use leptos::prelude::*;
use std::sync::Arc;

/// From this rate on, in tenths of a request a second, single dots are not drawn: the line thickens.
const DENSE: u32 = 200;
/// More requests than this in flight, as at a high speed, are drawn as a flow too: their dots would lie on each other.
const MANY: usize = 40;
/// So many requests of a person are drawn as capsules; where more fly at once, all are dots.
const CAPSULES: usize = 3;

/// A request with its way over the picture.
#[derive(Clone, Debug, PartialEq)]
struct Flying {
    id: u64,
    label: &'static str,
    end: FlightEnd,
    /// 0 at the sender, 1 at its end.
    progress: f64,
    landed: bool,
    track: Arc<Track>,
    /// Whether it ends at an interface, whose address the octagon must not hide.
    inside: bool,
}

/// Whether a request did not arrive, so that its way is drawn in red.
fn refused(end: FlightEnd) -> bool {
    matches!(end, FlightEnd::Denied | FlightEnd::Refused)
}

/// The requests that fly now, and the one that is explained.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sky {
    /// Those that are drawn each by itself; of a flow only those that a person sent or that were refused.
    flying: Vec<Flying>,
    /// One way for each group of requests that share it.
    ways: Vec<(Arc<Track>, bool)>,
    explained: Option<(Arc<Track>, FlightEnd, u64, bool)>,
    dense: bool,
    /// Whether a person's requests are few enough for capsules with their words.
    capsules: bool,
}

/// The ways of the requests and the dots on them, below the cards, so that a dot goes under what it enters.
#[component]
pub fn Ways(
    /// What flies.
    sky: Memo<Sky>,
) -> AnyView {
    let stage = stage();
    live(move || {
        sky.with(|sky| {
            let shared = sky.ways.iter().map(|(track, refused)| {
                let class = match (refused, sky.dense) {
                    (true, _) => "pk-deny",
                    (false, true) => "pk-past dense",
                    (false, false) => "pk-past shared",
                };
                view! { <path class=class d=track.path()></path> }
            });
            let own = sky
                .flying
                .iter()
                .filter(|flight| sky.capsule(flight))
                .map(|flight| {
                    if flight.landed && refused(flight.end) {
                        view! { <path class="pk-deny" d=flight.track.path()></path> }
                    } else {
                        view! {
                            <path class="pk-past" d=flight.track.behind(flight.progress)></path>
                            <path class="pk-next" d=flight.track.ahead(flight.progress)></path>
                        }
                    }
                });
            let explained = sky.explained.as_ref().map(|(track, end, ..)| {
                let class = if refused(*end) {
                    "pk-deny"
                } else {
                    "pk-past shared"
                };
                view! { <path class=class d=track.path()></path> }
            });
            let dots = sky.flying.iter().filter(|flight| {
                let single = !sky.dense || !flight.label.is_empty();
                single && !flight.landed && !sky.capsule(flight)
            });
            let dots = dots.map(|flight| dot(flight, stage.still));
            view! {
                <g class="n-ways">
                    {shared.collect_view()}
                    {own.collect_view()}
                    {explained}
                </g>
                {dots.collect_view()}
            }
        })
    })
}

/// Capsules and octagons, above the cards.
#[component]
pub fn Packets(
    /// What flies.
    sky: Memo<Sky>,
) -> AnyView {
    let stage = stage();
    live(move || {
        sky.with(|sky| {
            let flying = sky
                .flying
                .iter()
                .filter(|flight| !flight.landed && sky.capsule(flight));
            let packets = flying.map(|flight| capsule(flight, stage.still));
            let mut stops: Vec<(Point, u64, FlightEnd)> = Vec::new();
            let landed = sky.flying.iter().filter(|flight| flight.landed);
            let ends = landed.map(|it| (it.track.clone(), it.end, it.id, it.inside));
            for (track, end, id, inside) in sky.explained.iter().cloned().chain(ends) {
                let (mut at, _) = track.at(1.0);
                at.y -= if inside { 9.0 } else { 0.0 };
                let new = stops.iter().all(|stop| stop.0.distance(at) > 2.0);
                if end != FlightEnd::Delivered && new {
                    stops.push((at, id, end));
                }
            }
            let waits = stops.iter().any(|stop| stop.2 == FlightEnd::Denied);
            let waits = waits.then(|| clock(stage));
            let stops = stops.into_iter().map(|(at, id, end)| stop(at, id, end));
            view! {
                <g class="n-packets">
                    {packets.collect_view()}
                    {stops.collect_view()}
                    {waits}
                </g>
            }
        })
    })
}

impl Sky {
    /// Whether a request is drawn as a capsule with its words.
    fn capsule(&self, flight: &Flying) -> bool {
        self.capsules && !flight.label.is_empty()
    }
}

/// What flies over the picture now.
pub(super) fn sky(stage: Stage) -> Memo<Sky> {
    let explained = Memo::new(move |_| {
        let trace = stage.trace.get()?;
        let id = stage.explained.get()?;
        stage.scene.with(|scene| {
            explained(scene, &trace).map(|(track, inside)| (track, trace.end, id, inside))
        })
    });
    Memo::new(move |_| {
        let rate = stage.cards().requests.with(|requests| requests.rate_tenths);
        let mut sky = stage.scene.with(|scene| {
            stage.cards().flights.with(|flights| {
                let dense = rate >= DENSE || flights.len() > MANY;
                Sky::over(scene, flights, dense)
            })
        });
        sky.explained = explained.get();
        sky
    })
}

/// The way of the request that is explained.
fn explained(scene: &Scene, trace: &TraceCard) -> Option<(Arc<Track>, bool)> {
    let mut places = vec![Place::Internet];
    let decided = trace.steps.iter().position(|step| !step.passed);
    let forward = trace
        .steps
        .iter()
        .filter(|step| !step.part.ends_with(", answer"));
    places.extend(forward.map(|step| step.place.clone()));
    if let Some(step) = decided.and_then(|index| trace.steps.get(index))
        && places.last() != Some(&step.place)
    {
        places.push(step.place.clone());
    }
    places.dedup();
    let way = scene.track(&places).map(Arc::new)?;
    Some((way, inside(places.last())))
}

/// Whether a place is an interface, a tile, or behind one.
fn inside(place: Option<&Place>) -> bool {
    matches!(
        place,
        Some(Place::Interface(_) | Place::Tile(_) | Place::Container(..))
    )
}

impl Sky {
    fn over(scene: &Scene, flights: &[Flight], dense: bool) -> Self {
        let mut tracks: Vec<(Shared<Vec<Place>>, Arc<Track>)> = Vec::new();
        let mut ways: Vec<(Arc<Track>, bool)> = Vec::new();
        let mut flying = Vec::new();
        for flight in flights {
            let known = tracks.iter().find(|(places, _)| *places == flight.places);
            let known = known.map(|(_, track)| Arc::clone(track));
            let Some(track) = known.or_else(|| scene.track(&flight.places).map(Arc::new)) else {
                continue;
            };
            if tracks.iter().all(|(places, _)| *places != flight.places) {
                tracks.push((flight.places.clone(), Arc::clone(&track)));
            }
            let refused = flight.end != FlightEnd::Delivered;
            let progress = if refused {
                flight.progress / WAY
            } else {
                flight.progress
            };
            let landed = progress >= 1.0;
            if flight.label.is_empty() {
                let red = landed && self::refused(flight.end);
                match ways.iter_mut().find(|(way, _)| **way == *track) {
                    Some(way) => way.1 |= red,
                    None => ways.push((Arc::clone(&track), red)),
                }
            }
            if dense && !refused && flight.label.is_empty() {
                continue;
            }
            flying.push(Flying {
                id: flight.id,
                label: flight.label,
                end: flight.end,
                progress: progress.clamp(0.0, 1.0),
                landed,
                track,
                inside: inside(flight.places.last()),
            });
        }
        let own = flights.iter().filter(|flight| !flight.label.is_empty());
        Self {
            flying,
            capsules: own.count() <= CAPSULES,
            ways,
            explained: None,
            dense,
        }
    }
}

/// Where a request is drawn: on its way, or, without motion, at the place it reached last.
fn position(flight: &Flying, still: bool) -> (Point, f64) {
    if !still {
        return flight.track.at(flight.progress);
    }
    let stop = flight.track.stop(flight.progress);
    let at = flight.track.stops().get(stop).copied().unwrap_or(0.0);
    flight.track.at(at)
}

fn dot(flight: &Flying, still: bool) -> AnyView {
    let (at, _) = position(flight, still);
    view! { <circle class="pk-dot" cx=at.x cy=at.y r="3.5" data-key=format!("flight_{}", flight.id)></circle> }
}

/// A person's request: a capsule that points along its way, with its words beside it.
fn capsule(flight: &Flying, still: bool) -> AnyView {
    let (at, angle) = position(flight, still);
    let wide = width(flight.label, Face::Mono) + 14.0;
    let glyph = Rect::new(-10.0, -10.0, 20.0, 20.0);
    let trail = still.then(|| {
        let stops = flight.track.stops();
        let passed = stops.iter().take_while(|&&stop| stop <= flight.progress + 1e-6).enumerate();
        passed
            .map(|(index, &stop)| {
                let (at, _) = flight.track.at(stop);
                view! {
                    <circle class="pk-step" cx=at.x cy=at.y r="9"></circle>
                    <text class="pk-lbl-t" x=at.x y=at.y + 4.0 text-anchor="middle">{index + 1}</text>
                }
            })
            .collect_view()
    });
    view! {
        {trail}
        <g
            class="n-packet"
            transform=format!("translate({} {})", Decimal::to(at.x, 1), Decimal::to(at.y, 1))
            data-key=format!("flight_{}", flight.id)
        >
            <circle class="pk-ring" r="13"></circle>
            <g transform=format!("rotate({})", Decimal::to(angle, 0))>{icon(Icon::Packet, glyph, "pk")}</g>
            {boxed(Rect::new(16.0, -10.0, wide, 20.0), 6.0, "pk-lbl")}
            <text x=16.0 + wide / 2.0 y="4" class="mono pk-lbl-t" text-anchor="middle">{flight.label}</text>
        </g>
    }
}

/// Where a request was refused, or answered with an error.
fn stop(at: Point, id: u64, end: FlightEnd) -> AnyView {
    let glyph = Rect::new(at.x - 8.0, at.y - 8.0, 16.0, 16.0);
    let (halo, shape, class, room) = match end {
        FlightEnd::Failed => ("wait-halo", Icon::Warn, "wait-i", 40.0),
        _ => ("deny-halo", Icon::Error, "err-i", 0.0),
    };
    let beside = Slot {
        x: at.x + 15.0,
        y: at.y + 4.0,
        room,
        end: false,
    };
    view! {
        <g class="n-deny" data-key=format!("flight_{id}")>
            <circle class=halo cx=at.x cy=at.y r="11"></circle>
            {icon(shape, glyph, class)}
            {words(beside, "5xx", Face::Mono, "mono s halo")}
        </g>
    }
}

/// The sender hears nothing and waits.
fn clock(stage: Stage) -> AnyView {
    let pill = stage.scene.with(|scene| scene.internet);
    let (x, y) = (pill.right(), pill.center().y);
    let glyph = Rect::new(x - 8.0, y - 8.0, 16.0, 16.0);
    view! {
        <g class="n-wait">
            <circle class="wait-halo" cx=x cy=y r="10"></circle>
            {icon(Icon::Clock, glyph, "wait-i")}
        </g>
    }
}
