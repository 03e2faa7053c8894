//! A comparison as a list of lines: each has a sign, and a word for those who hear it.

use super::diff::Row;
use crate::markup::view;
use crate::words::count;
use leptos::prelude::*;

/// The lines of a comparison.
pub(crate) fn diff_view(rows: &[Row], label: String) -> AnyView {
    let rows = rows.iter().map(|row| match row {
        Row::Same(line) => line_view("", " ", "", line.clone()),
        Row::Removed(line) => line_view("gone", "\u{2212}", "Removed: ", line.clone()),
        Row::Added(line) => line_view("come", "+", "Added: ", line.clone()),
        Row::Skipped(lines) => {
            let words = format!("{} the same", count(*lines, "line"));
            view! { <li class="skip">{words}</li> }
        }
    });
    view! { <ol class="diff" aria-label=label tabindex="0">{rows.collect_view()}</ol> }
}

fn line_view(class: &'static str, sign: &'static str, word: &'static str, line: String) -> AnyView {
    view! {
        <li class=class>
            <span class="sign" aria-hidden="true">{sign}</span>
            <span class="sr">{word}</span>
            <code>{line}</code>
        </li>
    }
}
