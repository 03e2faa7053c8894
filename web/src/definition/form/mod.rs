//! The form: the draft's text as fields. The text stays the only truth: what is shown is what was read, and each change of a
//! field is an edit of the text.

mod change;
mod field;
mod kept;
mod many;
mod said;
mod size;

use super::draft::{Draft, draft};
use super::judged::Judged;
use crate::icons::{Glyph, Icon};
use crate::markup::{live, view};
use crate::signals::StoredValue;
use fargate_core::task_definition::fields::{self, Fields, Member, Step, at, path_at};
use fargate_core::text::{Node, Value, is_yaml};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use std::sync::Arc;

/// What was read, for the fields to show.
struct Form {
    draft: Draft,
    judged: Arc<Judged>,
    /// Where each finding belongs.
    places: Vec<Vec<Step>>,
}

impl Form {
    fn new(draft: Draft) -> Self {
        let judged = draft.judged();
        let root = judged.reading.root();
        let findings = judged.findings().iter();
        Self {
            draft,
            places: findings
                .map(|finding| path_at(root, finding.span))
                .collect(),
            judged,
        }
    }

    fn node(&self, path: &[Step]) -> Option<&Node> {
        at(self.judged.reading.root(), path)
    }

    /// A text as it stands: of a string its text, of anything else how it is written.
    fn written(&self, node: &Node) -> String {
        let span = node.span;
        let as_is = || {
            self.judged
                .text()
                .get(span.start..span.end)
                .unwrap_or_default()
        };
        node.as_str().unwrap_or_else(as_is).to_owned()
    }
}

/// A path with one more step.
fn along(path: &[Step], step: impl Into<Step>) -> Vec<Step> {
    let mut path = path.to_vec();
    path.push(step.into());
    path
}

/// The id of the field at a path. Names that a person chose are not part of it, so that it is always a word.
fn id(path: &[Step]) -> String {
    let mut id = "field".to_owned();
    for step in path {
        id.push('-');
        match step {
            Step::Member(name) => id.extend(name.chars().filter(char::is_ascii_alphanumeric)),
            Step::Item(index) => id.push_str(&index.to_string()),
        }
    }
    id
}

/// The draft as a form.
#[component]
pub fn FormView() -> AnyView {
    let draft = draft();
    // What is typed and not yet taken over is the field's own to undo.
    let typing = StoredValue::new(false);
    let undo = move |event: KeyboardEvent| {
        let again = match (event.key().as_str(), event.shift_key()) {
            ("z", false) => false,
            ("z" | "Z", true) | ("y", false) => true,
            _ => return,
        };
        let held = event.ctrl_key() || event.meta_key();
        let editor = draft.editor().filter(|_| held && !typing.get_value());
        if let Some(editor) = editor {
            event.prevent_default();
            event.stop_propagation();
            editor.undo(again);
        }
    };
    view! {
        <div
            class="def-form"
            role="form"
            aria-label="Task definition form"
            on:keydown=undo
            on:input=move |_| typing.set_value(true)
            on:change=move |_| typing.set_value(false)
        >
            {live(move || page(&Form::new(draft)))}
        </div>
    }
}

/// Why a text cannot be changed by fields; `None` where it can.
fn closed(judged: &Judged) -> Option<&'static str> {
    let has = |codes: &[&str]| judged.findings().iter().any(|f| codes.contains(&f.code));
    if is_yaml(judged.text()) {
        Some(
            "The form changes JSON, and this is YAML. Change it as text, or let the list of problems write it as JSON.",
        )
    } else if has(&["template-form"]) {
        Some(
            "The form changes definitions as the API takes them, and this is CloudFormation's. Change it as text.",
        )
    } else if has(&[
        "json-bracket",
        "json-string-open",
        "json-depth",
        "json-many",
    ]) {
        Some(
            "A bracket or a quotation mark is missing, so no one can tell which value belongs where. Mend it in the text first.",
        )
    } else {
        None
    }
}

const BEGINNING: &str = "{\n  \"family\": \"my-task\",\n  \"requiresCompatibilities\": [\"FARGATE\"],\n  \"networkMode\": \"awsvpc\",\n  \"cpu\": \"256\",\n  \"memory\": \"512\",\n  \"containerDefinitions\": []\n}\n";

fn page(form: &Form) -> AnyView {
    let draft = form.draft;
    if let Some(reason) = closed(&form.judged) {
        return view! {
            <p class="note warn"><Glyph icon=Icon::Warn class="i-14 warn-c"/><span class="grow">{reason}</span></p>
        };
    }
    let root = form.judged.reading.root();
    if !matches!(root.value, Value::Object(_)) {
        return view! {
            <div class="note">
                <p class="grow">"The text holds no definition yet."</p>
                <button type="button" class="btn sm line" on:click=move |_| draft.replace(BEGINNING)>"Begin one for Fargate"</button>
            </div>
        };
    }
    let shape = fields::root();
    let Fields { shown, more } = fields::fields(shape, Some(root), &form.judged.context);
    let names: Vec<&str> = shown.iter().map(|member| member.name).collect();
    let of_group = |group: &[&str]| {
        let members = shown.iter().filter(|member| group.contains(&member.name));
        let members: Vec<&'static Member> = members.copied().collect();
        field::fields(form, &[], &members)
    };
    let rest: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| !APART.contains(name))
        .collect();
    view! {
        {said::of_object(form, &[], &names)}
        <section class="form-group" aria-labelledby="form-task">
            <h3 id="form-task">"Task"</h3>
            {of_group(&["family"])}
            {size::size(form)}
            {of_group(&rest)}
            {kept::kept(form, shape, Some(root))}
            {field::more(form, &[], shape, &more)}
        </section>
        {GROUPS.map(|(title, heading, group)| view! {
            <section class="form-group" aria-labelledby=heading>
                <h3 id=heading>{title}</h3>
                {of_group(group)}
            </section>
        })}
    }
}

/// The groups after the task's own: title, id, members.
const GROUPS: [(&str, &str, &[&str]); 4] = [
    ("Containers", "form-containers", &["containerDefinitions"]),
    ("Roles", "form-roles", &["executionRoleArn", "taskRoleArn"]),
    ("Volumes", "form-volumes", &["volumes"]),
    ("Tags", "form-tags", &["tags"]),
];

/// Members with a place of their own.
const APART: [&str; 8] = [
    "family",
    "cpu",
    "memory",
    "containerDefinitions",
    "executionRoleArn",
    "taskRoleArn",
    "volumes",
    "tags",
];
