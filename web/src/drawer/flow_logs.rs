//! VPC Flow Logs: the records up to the moment shown, the newest first, filtered by what is typed, and as a file.

use crate::commands::commands;
use crate::markup::{For, Show, view};
use crate::projector::projected;
use crate::signals::{Memo, RwSignal};
use crate::words::thousands;
use fargate_session::Session;
use leptos::prelude::*;

/// How often the records are read anew while time runs, in simulated milliseconds: each is about a minute.
const EVERY: u64 = 5_000;
/// Records that are listed at most; the file has all.
const LISTED: usize = 200;

/// The records.
#[component]
pub fn FlowLogs() -> AnyView {
    let (shown, commands) = (projected(), commands());
    let due = Memo::new(move |_| shown.clock.get().now.0 / EVERY);
    let records = Memo::new(move |_| {
        due.get();
        shown.history.with(|_| ());
        shown.title.with(|_| ());
        commands.ask_session(Session::flow_logs)
    });
    let filter = RwSignal::new(String::new());
    let fitting = move || {
        filter.with(|filter| {
            let words: Vec<&str> = filter.split_whitespace().collect();
            records.with(|records| {
                let fits = |line: &&String| words.iter().all(|word| line.contains(word));
                let found = records.iter().rev().filter(fits);
                found.take(LISTED).cloned().collect::<Vec<String>>()
            })
        })
    };
    let none = move || records.with(Vec::is_empty);
    let save = move |_| {
        let text = records.with_untracked(|records| records.join("\n"));
        // Browsers that refuse a download tell the person themselves.
        let _ = crate::browser::download("flow-logs.txt", &text);
    };
    view! {
        <div class="events flow-logs" tabindex="0" role="region" aria-label="Flow logs, the newest first">
            <div class="flow-head">
                <label class="row t12">
                    "Filter"
                    <input
                        class="field mono"
                        type="text"
                        spellcheck="false"
                        autocomplete="off"
                        placeholder="REJECT 8080"
                        prop:value=filter
                        on:input=move |event| filter.set(event_target_value(&event))
                    />
                </label>
                <span class="t12 dim">{move || records.with(|it| format!("{} records", thousands(it.len() as u64)))}</span>
                <button type="button" class="btn sm line" on:click=save>"Download"</button>
            </div>
            <p class="t12 mono dim flow-names">
                "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status"
            </p>
            <ul>
                <For each=fitting key=String::clone children=line/>
            </ul>
            <Show when=none><p class="t12 dim">"No flow logs yet. Send a request."</p></Show>
        </div>
    }
}

/// A record; a refused one is marked by more than its word.
fn line(record: String) -> AnyView {
    let refused = record.contains(" REJECT ");
    view! { <li class="mono flow-line" class:is-trouble=refused>{record}</li> }
}
