//! Metrics: requests, those that load balancers answered, and the CPU and memory of tasks, a data point a minute, as curves and as
//! numbers.

use super::moments::{moment, run};
use crate::commands::{Command, commands};
use crate::markup::{For, IntoChild, Show, live, view};
use crate::projector::projected;
use crate::selection::Selection;
use crate::signals::{Memo, RwSignal, StoredValue};
use crate::words::thousands;
use fargate_core::ids::TaskId;
use fargate_session::metrics::{DataPoint, RequestPoint};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Minutes that are shown at most.
const SHOWN: u64 = 60;
/// Minutes that are simulated again in one frame.
const AT_ONCE: usize = 6;
/// The size of a curve, in pixels.
const CURVE: (f64, f64) = (180.0, 22.0);

/// The data points that are known, of one run of one scenario, by minute.
#[derive(Debug, Default)]
struct Known {
    of: Option<(Arc<str>, usize)>,
    minutes: BTreeMap<u64, (Vec<RequestPoint>, Vec<DataPoint>)>,
}

/// What metrics are of, in the order of the table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Of {
    /// All requests of the run, or those to a load balancer.
    Requests(Option<String>),
    /// A task.
    Task(TaskId),
}

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Requests(None) => f.write_str("requests"),
            Self::Requests(Some(balancer)) => write!(f, "requests to {balancer}"),
            Self::Task(task) => f.write_str(task.as_str()),
        }
    }
}

/// What is shown of one of them.
#[derive(Clone, Debug, PartialEq)]
struct Curves {
    of: Of,
    /// The definition of a task.
    definition: String,
    /// Each metric by its name.
    metrics: Vec<(&'static str, Points)>,
}

/// The points of a metric by minute; `None` where there is none, or it is not known yet.
type Points = Vec<Option<u32>>;

/// The metrics.
#[component]
pub fn Metrics() -> AnyView {
    let (commands, shown, moment) = (commands(), projected(), moment());
    let known = StoredValue::new(Known::default());
    // minutes that are still missing are asked for in the next frame
    let frame = RwSignal::new(0_u32);
    let curves = Memo::new(move |_| {
        moment.get();
        frame.get();
        let of = (shown.title.get(), run(shown));
        let found = commands.ask_session(|session| {
            let last = session.minutes();
            known.try_update_value(|known| {
                if known.of.as_ref() != Some(&of) {
                    *known = Known {
                        of: Some(of),
                        ..Known::default()
                    };
                }
                let first = last.saturating_sub(SHOWN - 1).max(1);
                let missing = (first..=last)
                    .rev()
                    .filter(|minute| !known.minutes.contains_key(minute));
                let missing: Vec<u64> = missing.take(AT_ONCE).collect();
                if missing.len() == AT_ONCE {
                    request_animation_frame(move || frame.update(|frame| *frame += 1));
                }
                for minute in missing {
                    let points = (session.request_points(minute), session.data_points(minute));
                    known.minutes.insert(minute, points);
                }
                known.minutes.retain(|minute, _| *minute >= first);
                curves(known, first, last)
            })
        });
        found.unwrap_or_default()
    });
    let is_empty = Memo::new(move |_| curves.with(Vec::is_empty));
    let keys = move || curves.with(|all| all.iter().map(|it| it.of.clone()).collect());
    let row = move |of: Of| {
        let curves = Memo::new(move |last: Option<&Option<Curves>>| {
            let now = curves.with(|all| all.iter().find(|it| it.of == of).cloned());
            // a row that is about to go keeps what it says
            now.or_else(|| last.cloned().flatten())
        });
        view! { <Row curves/> }
    };
    view! {
        <div class="bill" tabindex="0" role="region" aria-label="Metrics">
            <Show when=move || is_empty.get()>
                <p class="t12 dim">"No data points yet: there is one a minute for each task that runs, and for requests."</p>
            </Show>
            <Show when=move || !is_empty.get()>
                <table>
                    <caption class="sr">"Requests, and CPU and memory utilization of each task, in the last hour, a data point a minute"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Of"</th>
                            <th scope="col">"Metric"</th>
                            <th scope="col" class="num">"Last"</th>
                            <th scope="col" class="num">"Most"</th>
                        </tr>
                    </thead>
                    <For each=keys key=Of::clone children=row/>
                </table>
                <p class="t12 dim">"Sums of requests in each minute; percent of what the task is sized at its end; the newest hour. CloudWatch has no count of all requests."</p>
            </Show>
        </div>
    }
}

/// The curves of all that had a point in these minutes.
fn curves(known: &Known, first: u64, last: u64) -> Vec<Curves> {
    let mut all: BTreeMap<Of, Curves> = BTreeMap::new();
    let length = (last + 1).saturating_sub(first) as usize;
    let mut add = |of: Of, definition: &str, minute: u64, points: &[(&'static str, u32)]| {
        let curves = all.entry(of.clone()).or_insert_with(|| Curves {
            of,
            definition: definition.to_owned(),
            metrics: points
                .iter()
                .map(|(name, _)| (*name, vec![None; length]))
                .collect(),
        });
        for ((_, curve), (_, point)) in curves.metrics.iter_mut().zip(points) {
            curve[(minute - first) as usize] = Some(*point);
        }
    };
    for (minute, (requests, tasks)) in known.minutes.range(first..=last) {
        for point in requests {
            let of = Of::Requests(point.balancer.clone());
            add(of, "", *minute, &point.sums);
        }
        for point in tasks {
            let points = [
                ("CPUUtilization", point.cpu),
                ("MemoryUtilization", point.memory),
            ];
            let of = Of::Task(point.task.clone());
            add(of, &point.definition, *minute, &points);
        }
    }
    all.into_values().collect()
}

#[component]
fn Row(curves: Memo<Option<Curves>>) -> AnyView {
    let commands = commands();
    let Some(Curves {
        of,
        definition,
        metrics,
    }) = curves.get_untracked()
    else {
        return ().into_child();
    };
    let percent = matches!(of, Of::Task(_));
    let head = match of {
        Of::Requests(None) => view! { <span class="med">"All requests"</span> },
        Of::Requests(Some(name)) => view! {
            <span class="med">{name}</span>
            " "
            <span class="dim">"load balancer"</span>
        },
        Of::Task(task) => {
            let short = task.short().to_owned();
            let thing = Selection::Task(task);
            view! {
                <button type="button" on:click=move |_| commands.send(Command::Select(Some(thing.clone())))>
                    {definition}
                    <span class="mono dim">{short}</span>
                </button>
            }
        }
    };
    let cells = move |place: usize| {
        live(move || {
            curves.with(|it| {
                let metrics = &it.as_ref()?.metrics;
                let highest = metrics
                    .iter()
                    .flat_map(|(_, points)| points)
                    .flatten()
                    .max();
                let top = if percent {
                    1_000
                } else {
                    *highest.unwrap_or(&1)
                };
                let (name, points) = metrics.get(place)?;
                Some(cells(name, points, top, percent))
            })
        })
    };
    let count = metrics.len();
    let more = (1..count).map(move |place| view! { <tr class="metric-too">{cells(place)}</tr> });
    view! {
        <tbody>
        <tr>
            <th scope="rowgroup" rowspan=count>{head}</th>
            {cells(0)}
        </tr>
        {more.collect_view()}
        </tbody>
    }
}

fn cells(name: &'static str, points: &[Option<u32>], top: u32, percent: bool) -> AnyView {
    let last = points.iter().rev().find_map(|point| *point);
    let most = points.iter().filter_map(|point| *point).max();
    let figure = |point: Option<u32>| match point {
        Some(sum) if !percent => thousands(u64::from(sum)),
        point => self::percent(point),
    };
    view! {
        <th scope="row"><div class="metric"><span>{name}</span>{curve(points, top)}</div></th>
        <td class="num">{figure(last)}</td>
        <td class="num">{figure(most)}</td>
    }
}

/// `12.3%`.
fn percent(tenths: Option<u32>) -> String {
    tenths.map_or_else(String::new, |tenths| {
        format!("{}.{}%", tenths / 10, tenths % 10)
    })
}

/// The numbers beside it say the same.
fn curve(points: &[Option<u32>], top: u32) -> AnyView {
    let (width, height) = CURVE;
    view! {
        <svg
            class="curve"
            width=width
            height=height
            viewBox=format!("0 0 {width} {height}")
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            <path class="curve-full" d=format!("M0 1H{width}")></path>
            <path class="curve-line" d=line(points, top)></path>
        </svg>
    }
}

/// The way of a curve: the newest minute at the right, `top` at the top: the size of the task, or the most requests.
fn line(points: &[Option<u32>], top: u32) -> String {
    let (width, height) = CURVE;
    let step = width / (SHOWN - 1) as f64;
    let left = width - step * points.len().saturating_sub(1) as f64;
    let mut draws = false;
    let mut step_to = |place: usize, point: Option<u32>| {
        let word = point.map(|point| {
            let (x, y) = (
                left + step * place as f64,
                1.0 + (height - 2.0) * (1.0 - f64::from(point.min(top)) / f64::from(top.max(1))),
            );
            // a point alone is a dot
            format!("{}{x:.1} {y:.1}h.1", if draws { "L" } else { "M" })
        });
        draws = point.is_some();
        word
    };
    let words = points.iter().enumerate();
    words
        .filter_map(|(place, point)| step_to(place, *point))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_ends_at_the_right_and_is_broken_where_nothing_ran() {
        assert_eq!(line(&[Some(1_000)], 1_000), "M180.0 1.0h.1");
        let way = line(&[Some(0), None, Some(500), Some(500)], 1_000);
        assert_eq!(way, "M170.8 21.0h.1M176.9 11.0h.1L180.0 11.0h.1");
        assert_eq!(line(&[], 1_000), "");
    }

    #[test]
    fn percents_have_one_decimal() {
        assert_eq!(percent(Some(1_234)), "123.4%");
        assert_eq!(percent(None), "");
    }
}
