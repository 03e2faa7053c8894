//! Everything there is to say about the draft, in a list: for a glance, for the keyboard, and where there is no editor.

use super::draft::draft;
use super::fix_all::fix_all;
use super::judged::{Judged, help};
use super::reference::rule_link;
use crate::icons::{Glyph, Icon};
use crate::markup::{live, view};
use crate::words::count;
use fargate_core::finding::{Finding, Fix, Severity};
use leptos::prelude::*;
use std::cmp::Reverse;
use std::sync::Arc;

/// The list of problems.
#[component]
pub fn Problems() -> AnyView {
    let draft = draft();
    let rows = move || {
        let judged = draft.judged();
        let mut findings: Vec<_> = judged.findings().iter().enumerate().collect();
        // What blocks comes first; the rest keeps the order of the text.
        findings.sort_by_key(|(_, finding)| Reverse(finding.severity));
        findings
            .into_iter()
            .map(|(place, finding)| row(&judged, place, finding))
            .collect_view()
    };
    view! {
        <section class="problems" id="definition-problems" aria-label="Problems">
            <FixAllRow/>
            <ul>{rows}</ul>
        </section>
    }
}

fn row(judged: &Arc<Judged>, place: usize, finding: &Finding) -> AnyView {
    let draft = draft();
    let icon = match finding.severity {
        Severity::Error => (Icon::Error, "i-14 err-c", "Error"),
        Severity::Warning => (Icon::Warn, "i-14 warn-c", "Warning"),
        Severity::Hint => (Icon::Bulb, "i-14 dim", "Hint"),
    };
    let span = finding.span;
    let (line, column) = judged.offsets.line_column(span.start);
    let fixes = finding
        .fixes
        .iter()
        .enumerate()
        .map(|(fix, Fix { title, .. })| {
            view! {
                <button type="button" class="btn sm line" on:click=move |_| draft.fix(place, fix)>
                    <Glyph icon=Icon::Wrench class="i-12"/>
                    <span class="clip">{title.clone()}</span>
                </button>
            }
        });
    let help = help(finding).replace('`', "");
    view! {
        <li class="problem">
            <Glyph icon=icon.0 class=icon.1/>
            <div class="grow">
                <p>
                    <button type="button" class="link" on:click=move |_| draft.reveal(span)>
                        <span class="sr">{icon.2}", "</span>
                        "Line "{line}":"{column}
                    </button>
                    " "
                    {finding.message.replace('`', "")}
                    " "
                    {rule_link(finding.code)}
                </p>
                {(!help.is_empty()).then(|| view! { <p class="t2">{help}</p> })}
                {(!finding.fixes.is_empty()).then(|| view! { <div class="row wrap acts">{fixes.collect_view()}</div> })}
            </div>
        </li>
    }
}

/// The fixes that can be made together, named one by one before they are made.
#[component]
fn FixAllRow() -> AnyView {
    let draft = draft();
    live(move || {
        let judged = draft.judged();
        let all = fix_all(judged.findings());
        (all.count() > 1).then(|| {
            let titles = all.titles.iter().map(|(title, times)| {
                let times = (*times > 1).then(|| format!(", {times} times"));
                view! { <li>{title.clone()}{times}</li> }
            });
            let titles = titles.collect_view();
            let edits = judged.edits(&all.edits);
            view! {
                <div class="fix-all">
                    <div class="grow">
                        <p class="med">"What can be fixed in one way only:"</p>
                        <ul>{titles}</ul>
                    </div>
                    <button type="button" class="btn sm line" on:click=move |_| draft.apply(&edits)>
                        <Glyph icon=Icon::Wrench class="i-12"/>
                        {format!("Make {}", count(all.count(), "fix").replace("fixs", "fixes"))}
                    </button>
                </div>
            }
        })
    })
}
