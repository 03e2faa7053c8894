//! The events: the newest two hundred facts, the last one first.

use super::why::why;
use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{For, view};
use crate::projector::projected;
use crate::selection::Selection;
use crate::signals::Memo;
use crate::words::thousands;
use fargate_session::view::EventLine;
use fargate_session::why::Subject;
use leptos::prelude::*;

/// The same fact again and again, as one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The number of its first event.
    first: u64,
    /// Its last event.
    line: EventLine,
    /// How often it happened.
    times: usize,
}

impl Run {
    fn key(&self) -> String {
        format!("{}-{}", self.first, self.line.id)
    }
}

/// The events with repetitions drawn together, the newest first.
fn runs(lines: &[EventLine]) -> Vec<Run> {
    let alike = |a: &EventLine, b: &EventLine| a.text == b.text && a.task == b.task;
    let mut runs: Vec<Run> = lines
        .chunk_by(alike)
        .filter_map(|run| {
            let (first, line) = (run.first()?.id, run.last()?.clone());
            Some(Run {
                first,
                line,
                times: run.len(),
            })
        })
        .collect();
    runs.reverse();
    runs
}

/// The list of events.
#[component]
pub fn Events() -> AnyView {
    let shown = projected();
    let lines = move || shown.events.with(|events| runs(events));
    let hidden = Memo::new(move |_| {
        shown
            .event_count
            .get()
            .saturating_sub(shown.events.with(|lines| lines.len()))
    });
    view! {
        <div class="events" tabindex="0" role="region" aria-label="Events, the newest first">
            <ul>
                <For each=lines key=Run::key let:run>
                    <Line run/>
                </For>
            </ul>
            {move || {
                let hidden = hidden.get();
                (hidden > 0).then(|| {
                    let words = format!("{} earlier events. Move the marker to see them.", thousands(hidden as u64));
                    view! { <p class="t12 dim events-more">{words}</p> }
                })
            }}
        </div>
    }
}

/// A sentence in which load balancers and target groups are called by their names, not by their ARNs.
fn named(text: &str) -> String {
    let word = |word: &str| {
        let mut parts = word.rsplit('/');
        let balanced = word.starts_with("arn:aws:elasticloadbalancing:");
        match (parts.next(), parts.next()) {
            (Some(id), Some(name)) if balanced => {
                // the comma behind it stays
                let stop = id.chars().next_back().filter(char::is_ascii_punctuation);
                name.chars().chain(stop).collect()
            }
            _ => word.to_owned(),
        }
    };
    let words: Vec<String> = text.split(' ').map(word).collect();
    words.join(" ")
}

#[component]
fn Line(run: Run) -> AnyView {
    let commands = commands();
    let Run {
        mut line, times, ..
    } = run;
    line.text = named(&line.text);
    for group in untrack(|| projected().groups.all()) {
        line.text = line.text.replace(group.id.as_str(), &group.name);
    }
    let (icon, class) = if line.trouble {
        (Icon::Error, "i-12 err-c")
    } else {
        (Icon::Ahead, "i-12 idle-c")
    };
    let trouble = line
        .trouble
        .then(|| view! { <span class="sr">"Trouble: "</span> });
    let asked = line.trouble.then(|| {
        let (why, label, number) = (why(), format!("Why? {}", line.text), line.id);
        view! {
            <button type="button" class="btn sm line" aria-label=label on:click=move |_| why.ask(Subject::Event(number))>
                "Why?"
            </button>
        }
    });
    let sentence = match line.task {
        Some(task) => {
            let thing = Selection::Task(task);
            view! {
                <button type="button" on:click=move |_| commands.send(Command::Select(Some(thing.clone())))>
                    {line.text}
                </button>
            }
        }
        None => view! { <span>{line.text}</span> },
    };
    view! {
        <li class="event" class:is-trouble=line.trouble>
            <time class="mono dim">{line.at.to_string()}</time>
            <Glyph icon class/>
            {trouble}
            {sentence}
            {(times > 1).then(|| view! { <span class="dim nowrap">{thousands(times as u64)} " times"</span> })}
            {asked}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::units::SimTime;

    #[test]
    fn a_load_balancer_is_called_by_its_name() {
        let of = "arn:aws:elasticloadbalancing:us-east-1:123456789012:";
        for (said, shown) in [
            (
                format!("Target group {of}targetgroup/web/ec6cce142934dd1f finds it"),
                "Target group web finds it",
            ),
            (
                format!(
                    "Traffic to port 80 of {of}loadbalancer/app/shop/5dffb5ba9288855e, 1.0 a second"
                ),
                "Traffic to port 80 of shop, 1.0 a second",
            ),
            ("a/b got 504".to_owned(), "a/b got 504"),
        ] {
            assert_eq!(named(&said), shown);
        }
    }

    #[test]
    fn a_fact_that_repeats_is_one_line() {
        let line = |id: u64, text: &str| EventLine {
            id,
            at: SimTime(id),
            text: text.to_owned(),
            trouble: false,
            task: None,
        };
        let lines = [
            line(1, "a"),
            line(2, "b"),
            line(3, "b"),
            line(4, "b"),
            line(5, "a"),
        ];
        let shown: Vec<(u64, u64, usize)> = runs(&lines)
            .iter()
            .map(|run| (run.first, run.line.id, run.times))
            .collect();
        assert_eq!(shown, [(5, 5, 1), (2, 4, 3), (1, 1, 1)]);
    }
}
