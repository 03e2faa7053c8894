//! Logs: what containers wrote, the newest line first, filtered as CloudWatch filters, and to be downloaded.

pub mod asked;
pub mod pipeline;

use super::moments::{Moment, moment};
use crate::announcer::announcer;
use crate::browser;
use crate::commands::{Command, Commands, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{For, IntoChild, Show, live, view};
use crate::selection::Selection;
use crate::signals::Memo;
use crate::words::{count, thousands};
use asked::{Asked, PAGE, asked};
use fargate_session::observe::{LogCard, LogPage, LogQuery, StreamCard};
use leptos::prelude::*;
use pipeline::Forwarding;

/// The id of the filter's field.
const FILTER: &str = "logs-filter";
/// The id of what is wrong with the filter.
const WRONG: &str = "logs-wrong";

/// The tab's lines.
#[derive(Clone, Copy)]
struct Log {
    asked: Asked,
    page: Memo<LogPage>,
}

impl Log {
    fn new() -> Self {
        let (asked, commands, moment) = (asked(), commands(), moment());
        let found = Memo::new(move |last: Option<&(LogQuery, LogPage)>| {
            let (runs, query) = (matches!(moment.get(), Moment::Runs(_)), query(asked));
            let holds = runs && !asked.follow.get();
            match last {
                // Who does not follow keeps what they read while time runs.
                Some(last) if holds && last.0 == query => last.clone(),
                _ => {
                    let page = commands.ask_session(|session| session.logs(&query));
                    (query, page)
                }
            }
        });
        let page = Memo::new(move |_| found.with(|found| found.1.clone()));
        Self { asked, page }
    }

    /// '12 lines', '200 newest lines'.
    fn words(self) -> String {
        self.page.with(|page| match &page.bad {
            Some(_) => "No lines: the filter is not understood".to_owned(),
            None if page.older => format!("{} newest lines", thousands(page.lines.len() as u64)),
            None => count(page.lines.len(), "line"),
        })
    }
}

/// What is asked of the session; tracked.
fn query(asked: Asked) -> LogQuery {
    let of = asked.of.get();
    LogQuery {
        stream: asked.stream.get(),
        filter: asked.filter.get(),
        most: asked.most.get(),
        task: of.as_ref().map(|it| it.0.clone()),
        container: of.map(|it| it.1).unwrap_or_default(),
        ..LogQuery::default()
    }
}

/// The lines.
#[component]
pub fn Logs() -> AnyView {
    let log = Log::new();
    let is_empty = Memo::new(move |_| {
        log.page
            .with(|page| page.streams.iter().all(|it| it.written == 0))
    });
    let is_none = Memo::new(move |_| log.page.with(|page| page.lines.is_empty()));
    let groups = Memo::new(move |_| {
        let named = |page: &LogPage| {
            let groups = page.streams.iter().map(|it| it.group.clone());
            groups.filter(|it| !it.is_empty()).collect()
        };
        let mut groups: Vec<String> = log.page.with(named);
        groups.sort_unstable();
        groups.dedup();
        groups
    });
    let none = move || {
        if log.page.with(|page| page.streams.is_empty()) {
            "No logs yet. Run a task."
        } else {
            "No logs yet: no container has written a line."
        }
    };
    view! {
        <div class="logs">
            <Show when=move || is_empty.get()>
                <p class="t12 dim logs-empty">{none}</p>
            </Show>
            <Show when=move || !is_empty.get()>
                <Bar log/>
                <Wrong log/>
                <Show when=move || !groups.with(Vec::is_empty)><Forwarding groups/></Show>
                <Show when=move || is_none.get()>
                    <Nothing log/>
                </Show>
                <Show when=move || !is_none.get()>
                    <Table log/>
                </Show>
            </Show>
        </div>
    }
}

/// The streams, the filter, what it finds, and the download.
#[component]
fn Bar(log: Log) -> AnyView {
    let (announcer, commands) = (announcer(), commands());
    let asked = log.asked;
    let words = Memo::new(move |_| log.words());
    let download = move |_| save(commands, asked);
    view! {
        <div class="logs-bar">
            <Streams log/>
            <label class="logs-find">
                <Glyph icon=Icon::Search class="i-12 dim"/>
                <span class="sr">"Filter logs"</span>
                <input
                    id=FILTER
                    type="search"
                    class="field mono"
                    spellcheck="false"
                    autocomplete="off"
                    placeholder="ERROR, ?WARN ?ERROR, { $.level = \"error\" }"
                    aria-describedby=WRONG
                    prop:value=asked.filter
                    on:input=move |event| {
                        asked.most.set(PAGE);
                        asked.filter.set(event_target_value(&event));
                        // what is wrong with a filter says itself
                        if log.page.with_untracked(|page| page.bad.is_none()) {
                            announcer.say(log.words());
                        }
                    }
                />
            </label>
            <button
                type="button"
                class="btn sm line"
                aria-pressed=move || asked.follow.get().to_string()
                title="Show new lines as time runs"
                on:click=move |_| asked.follow.update(|follow| *follow = !*follow)
            >
                "Follow"
            </button>
            <span class="t12 t2 nowrap">{move || words.get()}</span>
            <button type="button" class="btn sm line" title="All lines that the filter wants, the oldest first" on:click=download>
                <Glyph icon=Icon::Down class="i-12"/>
                "Download"
            </button>
        </div>
    }
}

/// Saves every line that is wanted as a text file.
fn save(commands: Commands, asked: Asked) {
    let query = LogQuery {
        most: usize::MAX,
        ..query(asked)
    };
    let page = commands.ask_session(|session| session.logs(&query));
    let lines = page.lines.iter();
    let lines = lines.map(|line| format!("{} {} {}\n", line.time, line.stream, line.text));
    let text: String = lines.collect();
    // Browsers that refuse a download tell the person themselves.
    let _ = browser::download("logs.txt", "text/plain", &text);
}

/// A select of all streams.
#[component]
fn Streams(log: Log) -> AnyView {
    let asked = log.asked;
    let names = Memo::new(move |_| {
        let named = |it: &StreamCard| {
            let words = format!("{} · {} {}", it.container, it.revision, it.task.short());
            (it.name.clone(), words, is_of(asked, it))
        };
        log.page
            .with(|page| page.streams.iter().map(named).collect::<Vec<_>>())
    });
    let options = move || {
        let chosen = asked.stream.get();
        let options = names.get().into_iter().map(|(name, words, is_of)| {
            let selected = name == chosen || is_of;
            view! { <option value=name selected=selected>{words}</option> }
        });
        options.collect_view()
    };
    let choose = move |event| {
        asked.of.set(None);
        asked.most.set(PAGE);
        asked.stream.set(event_target_value(&event));
    };
    let all = move || asked.stream.with(String::is_empty) && asked.of.with(Option::is_none);
    view! {
        <select class="btn sm line pick" aria-label="Stream" on:change=choose>
            <option value="" selected=all>"All streams"</option>
            {options}
        </select>
    }
}

fn is_of(asked: Asked, it: &StreamCard) -> bool {
    asked.of.with(|of| {
        of.as_ref()
            .is_some_and(|(task, container)| *task == it.task && **container == *it.container)
    })
}

/// What is wrong with the filter, and lines that nobody can read.
#[component]
fn Wrong(log: Log) -> AnyView {
    let bad = Memo::new(move |_| {
        log.page.with(|page| {
            let bad = page.bad.as_ref();
            bad.map(|it| format!("Character {}: {}. {}", it.at + 1, it.what, it.cure))
        })
    });
    let lost = Memo::new(move |_| {
        let asked = log.asked;
        let chosen = asked.stream.get();
        log.page.with(|page| {
            // containers that lose their lines in the same way share a note
            let mut seen: Vec<(String, Vec<String>)> = Vec::new();
            for it in page.streams.iter().filter(|it| !it.kept && it.written > 0) {
                let is_wanted = (chosen.is_empty() && asked.of.with(Option::is_none))
                    || it.name == chosen
                    || is_of(asked, it);
                if !is_wanted {
                    continue;
                }
                let name = it.container.to_string();
                match seen.iter_mut().find(|(words, _)| *words == it.words) {
                    Some((_, names)) if names.contains(&name) => {}
                    Some((_, names)) => names.push(name),
                    None => seen.push((it.words.clone(), vec![name])),
                }
            }
            let notes = seen.into_iter();
            let seen: Vec<String> = notes
                .map(|(words, names)| format!("{}: {words}", names.join(", ")))
                .collect();
            seen
        })
    });
    view! {
        <div id=WRONG class="logs-notes" role="status">
            {live(move || {
                bad.get().map(|words| view! {
                    <p class="t12 row tight"><Glyph icon=Icon::Error class="i-12 err-c"/>{words}</p>
                })
            })}
            {live(move || {
                let notes = lost.get().into_iter().map(|words| view! {
                    <p class="t12 row tight"><Glyph icon=Icon::Info class="i-12 dim"/>{words}</p>
                });
                notes.collect_view()
            })}
        </div>
    }
}

/// No line is as wanted.
#[component]
fn Nothing(log: Log) -> AnyView {
    let asked = log.asked;
    let filtered = Memo::new(move |_| !asked.filter.with(|filter| filter.trim().is_empty()));
    let clear = move |_| {
        // The button goes with the filter; what is typed next belongs into the field.
        browser::focus(FILTER);
        asked.filter.set(String::new());
    };
    view! {
        <div class="row logs-empty">
            <p class="t12 t2">{move || if filtered.get() { "No line is as the filter wants." } else { "No line can be read here." }}</p>
            <Show when=move || filtered.get()>
                <button type="button" class="btn sm line" on:click=clear>"Clear the filter"</button>
            </Show>
        </div>
    }
}

fn key(line: &LogCard) -> String {
    format!("{}-{}-{}", line.event, line.part, line.stream)
}

#[component]
fn Table(log: Log) -> AnyView {
    let keys = move || {
        log.page
            .with(|page| page.lines.iter().rev().map(key).collect::<Vec<_>>())
    };
    let row = move |wanted: String| {
        let line = log.page.with_untracked(|page| {
            let mut lines = page.lines.iter();
            lines.find(|line| key(line) == wanted).cloned()
        });
        line.map(|line| view! { <Row line/> }).into_child()
    };
    let older = Memo::new(move |_| log.page.with(|page| page.older));
    view! {
        <div class="logs-table" tabindex="0" role="region" aria-label="Logs, the newest line first">
            <table>
                <caption class="sr">"Lines of CloudWatch Logs, the newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Time"</th>
                        <th scope="col">"Container"</th>
                        <th scope="col">"Line"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=keys key=String::clone children=row/>
                </tbody>
            </table>
            <Show when=move || older.get()>
                <p class="logs-more">
                    <button type="button" class="btn sm line" on:click=move |_| log.asked.most.update(|most| *most += PAGE)>
                        "Show older lines"
                    </button>
                </p>
            </Show>
        </div>
    }
}

#[component]
fn Row(line: LogCard) -> AnyView {
    let commands = commands();
    let (at, thing) = (line.at, Selection::Task(line.task.clone()));
    let cut = (line.cut > 0).then(|| {
        let words = format!(" … {} bytes more", thousands(line.cut as u64));
        view! { <span class="dim">{words}</span> }
    });
    view! {
        <tr>
            <td>
                <button type="button" title=format!("{}: show this moment", line.time) on:click=move |_| commands.send(Command::Seek(at))>
                    {at.to_string()}
                </button>
            </td>
            <th scope="row">
                <button type="button" title=line.stream on:click=move |_| commands.send(Command::Select(Some(thing.clone())))>
                    {line.container.to_string()}
                    <span class="dim">" "{line.task.short().to_owned()}</span>
                </button>
            </th>
            <td class="logs-line">{line.text}{cut}</td>
        </tr>
    }
}
