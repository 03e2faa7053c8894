//! One member as a field, by the type of its value.

use super::change::focus;
use super::kept::kept;
use super::said::{of_object, of_value};
use super::{Form, along, id, many};
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use fargate_core::task_definition::fields::{
    self, Fields, Kind, Member, Shape, Step, choices, empty, label,
};
use fargate_core::text::{Node, quote};
use leptos::prelude::*;

/// Members of one object, each as a field.
pub(super) fn fields(form: &Form, path: &[Step], members: &[&'static Member]) -> Vec<AnyView> {
    let fields = members.iter().map(|member| {
        let own = along(path, member.name);
        match member.kind {
            Kind::Struct(inner) => object(form, &own, member, inner),
            Kind::List(inner) => many::list(form, &own, member, *inner),
            Kind::Map => many::map(form, &own, member),
            kind => labelled(form, &own, member, kind),
        }
    });
    fields.collect()
}

/// A plain value with its label and what is said about it.
fn labelled(form: &Form, path: &[Step], member: &'static Member, kind: Kind) -> AnyView {
    let said = of_value(form, path);
    let input = plain(
        form,
        path,
        member,
        kind,
        label(member),
        said.described_by,
        said.invalid,
    );
    view! {
        <div class="form-field">
            <label class="form-label" for=id(path) title=member.doc>{label(member)}</label>
            {input}
            {said.view}
        </div>
    }
}

/// The input of a plain value: a choice where there is a closed set, else a text.
pub(super) fn plain(
    form: &Form,
    path: &[Step],
    member: &'static Member,
    kind: Kind,
    name: String,
    described_by: Option<String>,
    invalid: bool,
) -> AnyView {
    let draft = form.draft;
    let node = form.node(path).filter(|node| node.is_present());
    let written = node.map(|node| form.written(node)).unwrap_or_default();
    let options = match kind {
        Kind::Boolean => vec!["true".to_owned(), "false".to_owned()],
        _ => choices(form.judged.reading.root(), member, &form.judged.context),
    };
    let own = path.to_vec();
    let item = matches!(path.last(), Some(Step::Item(_)));
    let change = move |event| {
        let text: String = event_target_value(&event);
        if text.is_empty() && !item {
            draft.remove_field(&own);
        } else {
            draft.set_field(&own, &json(kind, &text));
        }
    };
    let invalid = invalid.then_some("true");
    if options.is_empty() {
        let number = matches!(kind, Kind::Integer).then_some("numeric");
        return view! {
            <input
                type="text"
                class="field"
                id=id(path)
                aria-label=name
                aria-describedby=described_by
                aria-invalid=invalid
                inputmode=number
                autocomplete="off"
                spellcheck="false"
                title=member.doc
                prop:value=written
                on:change=change
            />
        };
    }
    let unknown = (!written.is_empty() && !options.contains(&written)).then(|| written.clone());
    let all = options.into_iter().chain(unknown);
    let options = all.map(|value| {
        let chosen = value == written;
        let words = match (kind, value.as_str()) {
            (Kind::Boolean, "true") => "Yes".to_owned(),
            (Kind::Boolean, "false") => "No".to_owned(),
            _ => value.clone(),
        };
        view! { <option value=value prop:selected=move || chosen>{words}</option> }
    });
    let options: Vec<AnyView> = options.collect();
    let unset = written.is_empty();
    view! {
        <select
            class="field"
            id=id(path)
            aria-label=name
            aria-describedby=described_by
            aria-invalid=invalid
            title=member.doc
            on:change=change
        >
            <option value="" prop:selected=move || unset>"Not set"</option>
            {options}
        </select>
    }
}

/// What a person wrote in a field, as JSON. What is no number stays a text, and the findings say so.
fn json(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Integer => match text.trim().parse::<i64>() {
            Ok(number) => number.to_string(),
            Err(_) => quote(text),
        },
        Kind::Boolean if matches!(text, "true" | "false") => text.to_owned(),
        _ => quote(text),
    }
}

/// Objects with more members than this are asked for by a button where they are not there.
const SMALL: usize = 2;

fn object(form: &Form, path: &[Step], member: &'static Member, shape: &'static Shape) -> AnyView {
    let node = form.node(path);
    let name = label(member);
    let (draft, own) = (form.draft, path.to_vec());
    if node.is_none() && shape.members.len() > SMALL {
        let add = move |_| {
            draft.set_field(&own, &empty(member.kind));
            focus(id(&own));
        };
        return view! {
            <div class="form-add">
                <button type="button" class="btn sm line" title=member.doc on:click=add>
                    <Glyph icon=Icon::Plus class="i-12"/>
                    {name}
                </button>
            </div>
        };
    }
    let remove = move |_| draft.remove_field(&own);
    let button = node.is_some().then(|| remove_button(&name, remove));
    view! {
        <fieldset class="form-object" id=id(path)>
            <legend title=member.doc>{name}</legend>
            {button}
            {members(form, path, shape, node)}
        </fieldset>
    }
}

/// All fields of an object, and the settings that can be added.
pub(super) fn members(
    form: &Form,
    path: &[Step],
    shape: &'static Shape,
    node: Option<&Node>,
) -> Vec<AnyView> {
    let Fields { shown, more } = fields::fields(shape, node, &form.judged.context);
    let names: Vec<&str> = shown.iter().map(|member| member.name).collect();
    let mut views = vec![of_object(form, path, &names)];
    views.extend(fields(form, path, &shown));
    views.extend(kept(form, shape, node));
    views.push(self::more(form, path, shape, &more));
    views
}

/// The button that takes something away.
pub(super) fn remove_button(
    name: &str,
    remove: impl FnMut(leptos::ev::MouseEvent) + Send + 'static,
) -> AnyView {
    view! {
        <button type="button" class="btn icon sm form-remove" aria-label=format!("Remove {name}") on:click=remove>
            <Glyph icon=Icon::Close class="i-12"/>
        </button>
    }
}

/// The members that are rarely set, with what they are.
pub(super) fn more(
    form: &Form,
    path: &[Step],
    shape: &'static Shape,
    members: &[&'static Member],
) -> AnyView {
    if members.is_empty() {
        return ().into_any();
    }
    let draft = form.draft;
    let rows = members.iter().map(|member| {
        let member: &'static Member = member;
        let own = along(path, member.name);
        let add = move |_| {
            draft.set_field(&own, &empty(member.kind));
            focus(id(&own));
        };
        view! {
            <li>
                <button type="button" class="link" on:click=add>{label(member)}</button>
                " "
                <span class="t2">{member.doc}</span>
                " "
                <a class="link" href=fields::source(shape, member) target="_blank" rel="noreferrer">
                    {member.name}
                </a>
            </li>
        }
    });
    let rows: Vec<AnyView> = rows.collect();
    view! {
        <details class="form-more">
            <summary>"Add a setting…"</summary>
            <ul>{rows}</ul>
        </details>
    }
}
