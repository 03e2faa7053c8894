//! What is wrong with the text that says what an image does: each at its place, with its cure.

use super::draft::{Draft, Judged};
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use fargate_core::finding::{Finding, Fix};
use leptos::prelude::*;
use std::sync::Arc;

/// How many are shown; what is no such text at all would give thousands.
const SHOWN: usize = 30;

/// The list of findings.
#[component]
pub fn Findings(
    /// The text.
    draft: Draft,
) -> AnyView {
    let rows = move || {
        let judged = draft.judged.get();
        let shown = judged.findings.iter().take(SHOWN);
        shown
            .map(|finding| row(&judged, finding, draft))
            .collect_view()
    };
    view! { <ul class="image-findings" id="image-findings" aria-label="Problems">{rows}</ul> }
}

fn row(judged: &Arc<Judged>, finding: &Finding, draft: Draft) -> AnyView {
    let span = finding.span;
    let (line, column) = judged.offsets.line_column(span.start);
    let fixes = finding.fixes.iter().map(|Fix { title, edits }| {
        let text = judged.fixed(edits);
        view! {
            <button type="button" class="btn sm line" on:click=move |_| draft.typed(text.clone())>
                <Glyph icon=Icon::Wrench class="i-12"/>
                <span class="clip">{title.clone()}</span>
            </button>
        }
    });
    let help = finding.help.replace('`', "");
    view! {
        <li class="problem">
            <Glyph icon=Icon::Error class="i-14 err-c"/>
            <div class="grow">
                <p>
                    <button type="button" class="link" on:click=move |_| draft.mark(span)>
                        "Line "{line}":"{column}
                    </button>
                    " "
                    {finding.message.replace('`', "")}
                </p>
                {(!help.is_empty()).then(|| view! { <p class="t2">{help}</p> })}
                {(!finding.fixes.is_empty()).then(|| view! { <div class="row wrap acts">{fixes.collect_view()}</div> })}
            </div>
        </li>
    }
}
