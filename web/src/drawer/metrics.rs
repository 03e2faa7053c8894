//! The metrics of tasks: CPU and memory in percent of their size, a data point a minute, as curves and as numbers.

use super::moments::{moment, run};
use crate::commands::{Command, commands};
use crate::markup::{For, IntoChild, Show, live, view};
use crate::projector::projected;
use crate::selection::Selection;
use crate::signals::{Memo, RwSignal, StoredValue};
use fargate_core::ids::TaskId;
use fargate_session::metrics::DataPoint;
use leptos::prelude::*;
use std::collections::BTreeMap;
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
    minutes: BTreeMap<u64, Vec<DataPoint>>,
}

/// What is shown of a task.
#[derive(Clone, Debug, PartialEq)]
struct Curves {
    task: TaskId,
    definition: String,
    /// By minute; `None` where it did not run, or the point is not known yet.
    cpu: Vec<Option<u32>>,
    memory: Vec<Option<u32>>,
}

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
                    known.minutes.insert(minute, session.data_points(minute));
                }
                known.minutes.retain(|minute, _| *minute >= first);
                curves(known, first, last)
            })
        });
        found.unwrap_or_default()
    });
    let is_empty = Memo::new(move |_| curves.with(Vec::is_empty));
    let keys = move || curves.with(|all| all.iter().map(|it| it.task.clone()).collect());
    let row = move |task: TaskId| {
        let curves = Memo::new(move |last: Option<&Option<Curves>>| {
            let now = curves.with(|all| all.iter().find(|it| it.task == task).cloned());
            // a row that is about to go keeps what it says
            now.or_else(|| last.cloned().flatten())
        });
        view! { <Row curves/> }
    };
    view! {
        <div class="bill" tabindex="0" role="region" aria-label="Metrics by task">
            <Show when=move || is_empty.get()>
                <p class="t12 dim">"No data points yet: there is one a minute for each task that runs."</p>
            </Show>
            <Show when=move || !is_empty.get()>
                <table>
                    <caption class="sr">"CPU and memory utilization of each task in the last hour, a data point a minute"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Task"</th>
                            <th scope="col">"Metric"</th>
                            <th scope="col" class="num">"Last"</th>
                            <th scope="col" class="num">"Most"</th>
                        </tr>
                    </thead>
                    <For each=keys key=TaskId::clone children=row/>
                </table>
                <p class="t12 dim">"Percent of what the task is sized, at the end of each minute; the newest hour."</p>
            </Show>
        </div>
    }
}

/// The curves of all tasks that ran in these minutes.
fn curves(known: &Known, first: u64, last: u64) -> Vec<Curves> {
    let mut all: BTreeMap<TaskId, Curves> = BTreeMap::new();
    let length = (last + 1).saturating_sub(first) as usize;
    for (minute, points) in known.minutes.range(first..=last) {
        for point in points {
            let curves = all.entry(point.task.clone()).or_insert_with(|| Curves {
                task: point.task.clone(),
                definition: point.definition.clone(),
                cpu: vec![None; length],
                memory: vec![None; length],
            });
            let place = (minute - first) as usize;
            curves.cpu[place] = Some(point.cpu);
            curves.memory[place] = Some(point.memory);
        }
    }
    all.into_values().collect()
}

#[component]
fn Row(curves: Memo<Option<Curves>>) -> AnyView {
    let commands = commands();
    let Some(Curves {
        task, definition, ..
    }) = curves.get_untracked()
    else {
        return ().into_child();
    };
    let (thing, short) = (Selection::Task(task.clone()), task.short().to_owned());
    let cells = move |name: &'static str, part: fn(&Curves) -> &Vec<Option<u32>>| {
        live(move || curves.with(|it| it.as_ref().map(|it| cells(name, part(it)))))
    };
    view! {
        <tbody>
        <tr>
            <th scope="rowgroup" rowspan="2">
                <button type="button" on:click=move |_| commands.send(Command::Select(Some(thing.clone())))>
                    {definition}
                    <span class="mono dim">{short}</span>
                </button>
            </th>
            {cells("CPUUtilization", |it| &it.cpu)}
        </tr>
        <tr class="metric-too">{cells("MemoryUtilization", |it| &it.memory)}</tr>
        </tbody>
    }
}

fn cells(name: &'static str, points: &[Option<u32>]) -> AnyView {
    let last = points.iter().rev().find_map(|point| *point);
    let most = points.iter().filter_map(|point| *point).max();
    view! {
        <th scope="row"><div class="metric"><span>{name}</span>{curve(points)}</div></th>
        <td class="num">{percent(last)}</td>
        <td class="num">{percent(most)}</td>
    }
}

/// `12.3%`.
fn percent(tenths: Option<u32>) -> String {
    tenths.map_or_else(String::new, |tenths| {
        format!("{}.{}%", tenths / 10, tenths % 10)
    })
}

/// The numbers beside it say the same.
fn curve(points: &[Option<u32>]) -> AnyView {
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
            <path class="curve-line" d=line(points)></path>
        </svg>
    }
}

/// The way of a curve: the newest minute at the right, the size of the task at the top.
fn line(points: &[Option<u32>]) -> String {
    let (width, height) = CURVE;
    let step = width / (SHOWN - 1) as f64;
    let left = width - step * points.len().saturating_sub(1) as f64;
    let mut draws = false;
    let mut step_to = |place: usize, point: Option<u32>| {
        let word = point.map(|point| {
            let (x, y) = (
                left + step * place as f64,
                1.0 + (height - 2.0) * (1.0 - f64::from(point.min(1_000)) / 1_000.0),
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
        assert_eq!(line(&[Some(1_000)]), "M180.0 1.0h.1");
        let way = line(&[Some(0), None, Some(500), Some(500)]);
        assert_eq!(way, "M170.8 21.0h.1M176.9 11.0h.1L180.0 11.0h.1");
        assert_eq!(line(&[]), "");
    }

    #[test]
    fn percents_have_one_decimal() {
        assert_eq!(percent(Some(1_234)), "123.4%");
        assert_eq!(percent(None), "");
    }
}
