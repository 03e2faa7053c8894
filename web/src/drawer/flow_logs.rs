//! VPC Flow Logs: the records of the default format, the newest first, filtered and to be downloaded.

use super::moments::{moment, select};
use super::record::{ACTION, GROWING, INTERFACE, Record, found};
use crate::announcer::announcer;
use crate::browser;
use crate::commands::commands;
use crate::icons::{Glyph, Icon};
use crate::markup::{For, IntoChild, Show, view};
use crate::signals::{Memo, RwSignal};
use crate::words::{count, thousands};
use fargate_session::Session;
use fargate_session::flow_logs::FIELDS;
use leptos::prelude::*;
use std::sync::Arc;

/// Rows that are shown at most; the rest is downloaded, or filtered.
const MOST: usize = 200;

/// The id of the filter's field.
const FILTER: &str = "flow-logs-filter";

/// The tab's records, as far as it shows them.
#[derive(Clone, Copy)]
struct Log {
    all: Memo<Arc<Vec<Record>>>,
    shown: Memo<Vec<Record>>,
    /// How many there are with the filter.
    found: Memo<usize>,
    filter: RwSignal<String>,
}

impl Log {
    fn new() -> Self {
        let (commands, moment) = (commands(), moment());
        let filter = RwSignal::new(String::new());
        let all = Memo::new(move |_| {
            // To be read, not only tracked: what was never read is never computed again.
            moment.get();
            let lines = commands.ask_session(Session::flow_logs);
            let records = lines.iter().filter_map(|line| Record::read(line));
            Arc::new(records.collect::<Vec<_>>())
        });
        let look = move |most: usize| {
            let filter = filter.get();
            all.with(|all| {
                let found = found(all, &filter);
                let shown = found.iter().take(most).map(|record| (*record).clone());
                (shown.collect::<Vec<_>>(), found.len())
            })
        };
        Self {
            all,
            shown: Memo::new(move |_| look(MOST).0),
            found: Memo::new(move |_| look(0).1),
            filter,
        }
    }

    /// '12 records', '3 of 12 records'.
    fn words(self) -> String {
        let (found, all) = (self.found.get(), self.all.with(|all| all.len()));
        if self.filter.with(|filter| filter.trim().is_empty()) {
            return count(all, "record");
        }
        format!("{} of {}", thousands(found as u64), count(all, "record"))
    }
}

/// The records.
#[component]
pub fn FlowLogs() -> AnyView {
    let log = Log::new();
    let is_empty = Memo::new(move |_| log.all.with(|all| all.is_empty()));
    let is_none = Memo::new(move |_| log.found.get() == 0);
    view! {
        <div class="logs">
            <Show when=move || is_empty.get()>
                <p class="t12 dim logs-empty">"No flow logs yet. Send a request."</p>
            </Show>
            <Show when=move || !is_empty.get()>
                <Bar log/>
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

/// The filter, what it finds, and the download.
#[component]
fn Bar(log: Log) -> AnyView {
    let (announcer, commands) = (announcer(), commands());
    let words = Memo::new(move |_| log.words());
    let download = move |_| {
        let mut lines = vec![FIELDS.join(" ")];
        lines.extend(commands.ask_session(Session::flow_logs));
        lines.push(String::new());
        // Browsers that refuse a download tell the person themselves.
        let _ = browser::download("flow-logs.txt", "text/plain", &lines.join("\n"));
    };
    view! {
        <div class="logs-bar">
            <label class="logs-find">
                <Glyph icon=Icon::Search class="i-12 dim"/>
                <span class="sr">"Filter flow logs"</span>
                <input
                    id=FILTER
                    type="search"
                    class="field mono"
                    spellcheck="false"
                    autocomplete="off"
                    placeholder="Address, interface, ACCEPT or REJECT"
                    prop:value=log.filter
                    on:input=move |event| {
                        log.filter.set(event_target_value(&event));
                        announcer.say(log.words());
                    }
                />
            </label>
            <span class="t12 t2 nowrap">{move || words.get()}</span>
            <button type="button" class="btn sm line" title="All records, with the names of the fields in the first line" on:click=download>
                <Glyph icon=Icon::Down class="i-12"/>
                "Download"
            </button>
        </div>
    }
}

/// No record has what is looked for.
#[component]
fn Nothing(log: Log) -> AnyView {
    let words = move || format!("No record has \u{201c}{}\u{201d}.", log.filter.get().trim());
    let clear = move |_| {
        // The button goes with the filter; what is typed next belongs into the field.
        browser::focus(FILTER);
        log.filter.set(String::new());
    };
    view! {
        <div class="row logs-empty">
            <p class="t12 t2">{words}</p>
            <button type="button" class="btn sm line" on:click=clear>"Clear the filter"</button>
        </div>
    }
}

#[component]
fn Table(log: Log) -> AnyView {
    let heads = FIELDS
        .iter()
        .map(|name| view! { <th scope="col">{*name}</th> });
    let heads = heads.collect_view();
    let keys = move || {
        log.shown
            .with(|shown| shown.iter().map(Record::key).collect())
    };
    let hidden = Memo::new(move |_| log.found.get().saturating_sub(MOST));
    let row = move |key: String| {
        let wanted = key.clone();
        let record = Memo::new(move |last: Option<&Option<Record>>| {
            let now = log.shown.with(|shown| {
                let mut shown = shown.iter();
                shown.find(|record| record.key() == wanted).cloned()
            });
            // A row that is about to go keeps what it says.
            now.or_else(|| last.cloned().flatten())
        });
        view! { <Row record/> }
    };
    view! {
        <div class="logs-table" tabindex="0" role="region" aria-label="Flow logs, the newest first">
            <table>
                <caption class="sr">"Records of VPC Flow Logs, version 2, the newest first"</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>
                    <For each=keys key=String::clone children=row/>
                </tbody>
            </table>
            {move || {
                let hidden = hidden.get();
                (hidden > 0).then(|| {
                    let words = format!("{} left out. Filter to see them, or download all.", count(hidden, "older record"));
                    view! { <p class="t12 dim logs-more">{words}</p> }
                })
            }}
        </div>
    }
}

#[component]
fn Row(record: Memo<Option<Record>>) -> AnyView {
    let commands = commands();
    let first = record.get_untracked();
    first.map(|first| {
        let is_rejected = first.is_rejected();
        let cells = FIELDS.iter().enumerate().map(|(place, _)| match place {
            INTERFACE => {
                let (words, id) = (first.field(place).to_owned(), first.interface());
                view! {
                    <th scope="row">
                        <button type="button" title="Select what it belongs to" on:click=move |_| select(commands, &id)>{words}</button>
                    </th>
                }
            }
            ACTION => view! { <td>{action(&first)}</td> },
            _ if GROWING.contains(&place) => {
                let words = move || record.with(|record| record.as_ref().map(|record| record.field(place).to_owned()));
                view! { <td class="num">{words}</td> }
            }
            _ => view! { <td>{first.field(place).to_owned()}</td> },
        });
        let cells = cells.collect_view();
        view! { <tr class:is-rejected=is_rejected>{cells}</tr> }
    })
    .into_child()
}

/// What became of the traffic, by icon and word.
fn action(record: &Record) -> AnyView {
    let word = record.field(ACTION).to_owned();
    let icon = match word.as_str() {
        "ACCEPT" => Some((Icon::Ok, "i-12 ok-c")),
        "REJECT" => Some((Icon::Error, "i-12 err-c")),
        _ => None,
    };
    let icon = icon.map(|(icon, class)| view! { <Glyph icon class/> });
    view! { <span class="logs-action">{icon}{word}</span> }
}
