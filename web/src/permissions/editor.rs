//! The editor of a policy: a text, what is said of it at each place, and the cures as buttons.

use super::draft::Draft;
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::refusal::RefusalNote;
use crate::signals::Memo;
use crate::words;
use fargate_session::permissions::FindingCard;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

/// How many findings are shown.
const SHOWN: usize = 30;

/// The editor.
#[component]
pub fn Editor(
    /// The policy that is being written.
    draft: Draft,
) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        draft.put();
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            draft.put();
        }
    };
    let title = move || {
        draft.of.with(|of| match (of.trust, of.role) {
            (true, _) => format!("Who may assume {}", of.name),
            (false, true) => format!("Policy of role {}", of.name),
            (false, false) => format!("Policy of user {}", of.name),
        })
    };
    let rows = move || {
        let all = draft.findings.get().into_iter().take(SHOWN);
        all.map(|finding| row(finding, draft)).collect_view()
    };
    let count = Memo::new(move |_| draft.findings.with(|all| counted(all)));
    let invalid = move || {
        draft
            .findings
            .with(|all| all.iter().any(|it| it.aws.is_some()))
            .then_some("true")
    };
    view! {
        <section class="net-sec" aria-label="Policy editor">
            <form class="net-form" novalidate aria-label="Write a policy" on:submit=submit>
                <h3 class="strong">{title}</h3>
                <Show when=move || !draft.of.with(|of| of.trust)>
                    <label class="field-label">
                        "Name"
                        <input
                            class="field mono"
                            type="text"
                            spellcheck="false"
                            autocomplete="off"
                            autocapitalize="off"
                            prop:value=draft.name
                            on:input=move |event| draft.name.set(event_target_value(&event))
                        />
                    </label>
                </Show>
                <label class="field-label">
                    "Policy"
                    <textarea
                        node_ref=draft.area
                        class="field mono image-text"
                        rows="14"
                        spellcheck="false"
                        autocomplete="off"
                        autocapitalize="off"
                        aria-describedby="policy-findings"
                        aria-invalid=invalid
                        prop:value=draft.text
                        on:input=move |event| draft.text.set(event_target_value(&event))
                        on:keydown=on_key
                    ></textarea>
                </label>
                <p class="t12 t2" id="policy-findings" role="status">{count}</p>
                <ul class="image-findings" aria-label="Findings">{rows}</ul>
                <RefusalNote refusal=draft.refusal/>
                <div class="row">
                    <button type="submit" class="btn sm prim" aria-keyshortcuts="Control+Enter" title="Ctrl Enter">
                        "Put policy"
                    </button>
                    <button type="button" class="btn sm" on:click=move |_| draft.close()>"Close"</button>
                    <Show when=move || draft.is_changed.get()>
                        <button type="button" class="btn sm" on:click=move |_| draft.discard()>"Discard changes"</button>
                    </Show>
                </div>
            </form>
        </section>
    }
}

/// '2 errors, 1 warning'.
fn counted(all: &[FindingCard]) -> String {
    let errors = all.iter().filter(|it| it.severity == "error").count();
    let others = all.len() - errors;
    match (errors, others) {
        (0, 0) => "Nothing is wrong with it.".to_owned(),
        (0, _) => format!("{}.", words::count(others, "remark")),
        (_, 0) => format!("{}.", words::count(errors, "error")),
        _ => format!(
            "{} and {}.",
            words::count(errors, "error"),
            words::count(others, "remark")
        ),
    }
}

fn row(finding: FindingCard, draft: Draft) -> AnyView {
    let FindingCard {
        code,
        severity,
        line,
        column,
        span,
        message,
        aws,
        fixes,
    } = finding;
    let (icon, class) = match severity {
        "error" => (Icon::Error, "i-14 err-c"),
        _ => (Icon::Info, "i-14 dim"),
    };
    let some = !fixes.is_empty();
    let fixes = fixes.into_iter().map(|fix| {
        let text = fix.text;
        view! {
            <button type="button" class="btn sm line" on:click=move |_| draft.replace(text.clone())>
                <Glyph icon=Icon::Wrench class="i-12"/>
                <span class="clip">{fix.title}</span>
            </button>
        }
    });
    view! {
        <li class="problem">
            <Glyph icon=icon class=class/>
            <div class="grow">
                <p>
                    <button type="button" class="link" on:click=move |_| draft.mark(span)>
                        "Line "{line}":"{column}
                    </button>
                    " "{severity}" "<span class="mono">{code}</span>" "{message}
                </p>
                {aws.map(|aws| view! { <p class="t2">"AWS: "{aws}</p> })}
                {some.then(|| view! { <div class="row wrap acts">{fixes.collect_view()}</div> })}
            </div>
        </li>
    }
}
