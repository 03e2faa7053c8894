//! From EC2 to Fargate: what Fargate needs of the draft, change by change, each with its reason and what it does to the text.

use super::diff::rows;
use super::diff_view::diff_view;
use super::draft::{Draft, draft};
use super::judged::said_by_aws;
use super::reference::rule_link;
use super::sheet::Sheet;
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, live, view};
use crate::signals::{Memo, RwSignal};
use crate::words::count;
use fargate_core::finding::{Finding, Fix, apply};
use fargate_core::task_definition::{Change, Plan, is_for_ec2, move_to_fargate};
use leptos::html;
use leptos::prelude::*;

/// Where the draft is one of EC2's: the way to a plan of what Fargate needs.
#[component]
pub fn ToFargate() -> AnyView {
    let draft = draft();
    let open = RwSignal::new(false);
    let for_ec2 = Memo::new(move |_| is_for_ec2(&draft.judged().reading));
    let was_open = move |was: Option<bool>| {
        let now = open.get();
        // The button that opened it may be gone.
        if was == Some(true)
            && !now
            && !for_ec2.get_untracked()
            && let Some(editor) = draft.editor()
        {
            editor.focus();
        }
        now
    };
    Effect::new(was_open);
    view! {
        <Show when=move || for_ec2.get()>
            <div class="def-strip to-fargate" role="group" aria-label="Fargate">
                <p class="grow t2">"Fargate would refuse it."</p>
                <button type="button" class="btn sm line" on:click=move |_| open.set(true)>
                    <Glyph icon=Icon::Wrench class="i-12"/>
                    "Make it run on Fargate"
                </button>
            </div>
        </Show>
        {live(move || open.get().then(|| view! { <Sheet open title="Make it run on Fargate"><Changes/></Sheet> }))}
    }
}

/// The changes that are left, and what only a person can decide.
#[component]
fn Changes() -> AnyView {
    let draft = draft();
    let heading = NodeRef::<html::P>::new();
    let plan = Memo::new(move |_| {
        let judged = draft.judged();
        move_to_fargate(judged.text(), &judged.context)
    });
    let words = move || plan.with(summary);
    // What was pressed is gone with its change.
    let after = move || {
        if let Some(heading) = heading.get_untracked() {
            // It is in the page and takes the focus.
            let _ = heading.focus();
        }
    };
    let all = move |_| {
        draft.replace(&plan.with_untracked(|plan| plan.text.clone()));
        after();
    };
    let changes = move || {
        let plan = plan.get();
        let mut text = draft.peek().text().to_string();
        let row = |change: &Change| {
            let fixed = fixed(&text, change);
            let before = std::mem::replace(&mut text, fixed);
            let waits = change.after.and_then(|place| plan.changes.get(place));
            let waits = waits.map(|first| first.title.clone());
            change_view(draft, change, waits, (&before, &text), after)
        };
        plan.changes.iter().map(row).collect_view()
    };
    let left = move || plan.with(|plan| plan.left.iter().map(decision).collect_view());
    view! {
        <p class="strong" role="status" tabindex="-1" node_ref=heading>{words}</p>
        <Show when=move || plan.with(|plan| !plan.changes.is_empty())>
            <p>"They build on one another, in this order. Each is made in the draft; undo in the editor takes it back."</p>
            <p>
                <button type="button" class="btn prim" on:click=all>
                    <Glyph icon=Icon::Wrench class="i-14"/>
                    "Make all changes"
                </button>
            </p>
        </Show>
        <ol class="moves" aria-label="Changes">{changes}</ol>
        <Show when=move || plan.with(|plan| !plan.left.is_empty())>
            <h3 class="strong">"Left for you to decide"</h3>
            <p>"No edit of the text can cure these without knowing what the application needs."</p>
            <ul class="moves" aria-label="Left for you to decide">{left}</ul>
        </Show>
    }
}

/// How much there is to do, in a sentence.
fn summary(plan: &Plan) -> String {
    match (plan.changes.len(), plan.left.len()) {
        (0, 0) => "Nothing is left to change: Fargate would run this definition.".to_owned(),
        (0, left) => format!("No edit is left to make. {} for you.", decisions(left)),
        (changes, 0) => format!("{} and Fargate would run it.", count(changes, "change")),
        (changes, left) => format!(
            "{}, and {} for you.",
            count(changes, "change"),
            decisions(left)
        ),
    }
}

fn decisions(left: usize) -> String {
    count(left, "decision")
}

/// The text after a change.
fn fixed(text: &str, change: &Change) -> String {
    let fix = Fix {
        title: String::new(),
        edits: change.edits.clone(),
    };
    apply(text, &fix).unwrap_or_else(|| text.to_owned())
}

fn change_view(
    draft: Draft,
    change: &Change,
    waits: Option<String>,
    (before, after): (&str, &str),
    done: impl Fn() + Copy + Send + 'static,
) -> AnyView {
    let edits = change.alone.as_ref().map(|edits| draft.peek().edits(edits));
    let alone = edits.is_some();
    let make = move |_| {
        if let Some(edits) = &edits {
            draft.apply(edits);
            done();
        }
    };
    let title = change.title.clone();
    let waits = waits.map(|first| format!("It comes after \u{2018}{first}\u{2019}."));
    let help = change.help.clone();
    let aws = change
        .aws
        .as_ref()
        .map(|aws| format!("AWS answers {}: {}", aws.code, aws.message));
    view! {
        <li class="move">
            <div class="row">
                <p class="grow strong">{title.clone()}</p>
                <button
                    type="button"
                    class="btn sm line"
                    aria-label=format!("Make this change: {title}")
                    aria-disabled=(!alone).then_some("true")
                    on:click=make
                >
                    "Make this change"
                </button>
            </div>
            <p>{change.reason.clone()}". "{help}</p>
            {aws.map(|aws| view! { <p class="t2">{aws}</p> })}
            {waits.map(|waits| view! { <p class="t2">{waits}</p> })}
            <p>{rule_link(change.code)}</p>
            {diff_view(&rows(before, after), format!("What \u{2018}{title}\u{2019} does to the text"))}
        </li>
    }
}

fn decision(finding: &Finding) -> AnyView {
    let aws = said_by_aws(finding);
    view! {
        <li class="move">
            <p class="strong">{finding.message.clone()}</p>
            {(!finding.help.is_empty()).then(|| view! { <p>{finding.help.clone()}</p> })}
            {aws.map(|aws| view! { <p class="t2">{aws}</p> })}
            <p>{rule_link(finding.code)}</p>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::task_definition::Context;
    use fargate_core::units::Date;

    fn planned(text: &str) -> Plan {
        move_to_fargate(text, &Context::fargate(Date::new(2026, 11, 21)))
    }

    #[test]
    fn the_summary_says_what_is_left() {
        let one = r#"{ "family": "a", "networkMode": "bridge",
            "containerDefinitions": [{ "name": "a", "image": "nginx:1.27", "memory": 64 }] }"#;
        let plan = planned(one);
        assert_eq!(summary(&plan), "3 changes and Fargate would run it.");
        assert!(summary(&planned(&plan.text)).starts_with("Nothing is left"));
        let large = one.replace("64", "999999");
        let plan = planned(&large);
        assert_eq!(summary(&plan), "3 changes, and 1 decision for you.");
        assert_eq!(
            summary(&planned(&plan.text)),
            "No edit is left to make. 1 decision for you."
        );
    }

    #[test]
    fn each_change_shows_lines_that_differ() {
        let text = include_str!("../../../crates/core/tests/data/ec2/host-network-agent.json");
        let plan = planned(text);
        let mut now = text.to_owned();
        for change in &plan.changes {
            let next = fixed(&now, change);
            assert!(!rows(&now, &next).is_empty(), "{}", change.title);
            now = next;
        }
        assert_eq!(now, plan.text);
    }
}
