//! Members that hold many values: lists of plain values, lists of objects, and names with texts.

use super::change::focus;
use super::field::{members, plain, remove_button};
use super::said::{of_object, of_value};
use super::{Form, along, id, kept};
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use fargate_core::task_definition::fields::{Kind, Member, Shape, Step, begun, fields, label};
use fargate_core::text::{Node, quote};
use leptos::prelude::*;

/// A list, an item a row, and the way to add one.
pub(super) fn list(form: &Form, path: &[Step], member: &'static Member, kind: Kind) -> AnyView {
    let items = form.node(path).map(Node::items).unwrap_or_default();
    let name = label(member);
    let rows = items.iter().enumerate().map(|(index, item)| {
        let own = along(path, Step::Item(index));
        match kind {
            Kind::Struct(shape) if is_row(form, shape, item) => row(form, &own, shape, item, &name),
            Kind::Struct(shape) => card(form, &own, shape, item, &name),
            kind => {
                let said = of_value(form, &own);
                let which = format!("{name} {}", index + 1);
                let input = plain(
                    form,
                    &own,
                    member,
                    kind,
                    which.clone(),
                    said.described_by,
                    said.invalid,
                );
                view! {
                    <div class="form-row">{input}{remove(form, own, &which)}</div>
                    {said.view}
                }
            }
        }
    });
    let rows: Vec<AnyView> = rows.collect();
    group(
        form,
        path,
        member,
        rows,
        Step::Item(items.len()),
        begun(kind),
    )
}

/// Names with texts, one a row.
pub(super) fn map(form: &Form, path: &[Step], member: &'static Member) -> AnyView {
    let draft = form.draft;
    let entries = form.node(path).map(Node::members).unwrap_or_default();
    let rows = entries.iter().enumerate().map(|(index, entry)| {
        let own = along(path, Step::Member(entry.key.name.clone()));
        let name = entry.key.name.to_string();
        let said = of_value(form, &own);
        let (object, value_way) = (path.to_vec(), own.clone());
        let rename = move |event| draft.rename_field(&object, index, &event_target_value(&event));
        let set = move |event| draft.set_field(&value_way, &quote(&event_target_value(&event)));
        let invalid = said.invalid.then_some("true");
        view! {
            <div class="form-row" id=id(&along(path, Step::Item(index)))>
                <input type="text" class="field mono" aria-label=format!("Name {}", index + 1) aria-describedby=said.described_by.clone()
                    autocomplete="off" spellcheck="false" prop:value=name.clone() on:change=rename/>
                <input type="text" class="field mono" aria-label=format!("Value of {name}") aria-describedby=said.described_by aria-invalid=invalid
                    autocomplete="off" spellcheck="false" prop:value=form.written(&entry.value) on:change=set/>
                {remove(form, own, &name)}
            </div>
            {said.view}
        }
    });
    let rows: Vec<AnyView> = rows.collect();
    group(form, path, member, rows, "".into(), "\"\"".to_owned())
}

/// What belongs to one member, with the button that adds one more.
fn group(
    form: &Form,
    path: &[Step],
    member: &'static Member,
    rows: Vec<AnyView>,
    next: Step,
    new: String,
) -> AnyView {
    let draft = form.draft;
    let (own, count) = (along(path, next), rows.len());
    // The row of a name with a text is called by its place.
    let target = id(&along(path, Step::Item(count)));
    let add = move |_| {
        draft.set_field(&own, &new);
        focus(target.clone());
    };
    let names: Vec<&str> = Vec::new();
    let own_words = match form.node(path).map(Node::members) {
        Some([]) | None => of_object(form, path, &names),
        // each of its names has a row
        Some(members) => {
            let names: Vec<&str> = members.iter().map(|member| &*member.key.name).collect();
            of_object(form, path, &names)
        }
    };
    let name = label(member);
    view! {
        <fieldset class="form-list" id=id(path)>
            <legend title=member.doc>{name.clone()}</legend>
            {own_words}
            {rows}
            <button type="button" class="btn sm line" aria-label=format!("Add to {name}") title=member.doc on:click=add>
                <Glyph icon=Icon::Plus class="i-12"/>
                "Add"
            </button>
        </fieldset>
    }
}

/// The button that takes an item away.
fn remove(form: &Form, path: Vec<Step>, name: &str) -> AnyView {
    let draft = form.draft;
    remove_button(name, move |_| {
        draft.remove_field(&path);
        if let Some((_, list)) = path.split_last() {
            focus(id(list));
        }
    })
}

/// Whether an object is shown in one row: it has a few plain members and nothing else.
fn is_row(form: &Form, shape: &'static Shape, item: &Node) -> bool {
    let fields = fields(shape, Some(item), &form.judged.context);
    let is_plain = |member: &&'static Member| {
        !matches!(member.kind, Kind::List(_) | Kind::Map | Kind::Struct(_))
    };
    let whole = fields.more.is_empty() && !kept::any(shape, item);
    whole && fields.shown.len() <= 3 && fields.shown.iter().all(is_plain)
}

fn row(form: &Form, path: &[Step], shape: &'static Shape, item: &Node, name: &str) -> AnyView {
    let fields = fields(shape, Some(item), &form.judged.context).shown;
    let said = of_value(form, path);
    let inputs = fields.iter().map(|member| {
        let own = along(path, member.name);
        plain(
            form,
            &own,
            member,
            member.kind,
            label(member),
            said.described_by.clone(),
            said.invalid,
        )
    });
    let inputs: Vec<AnyView> = inputs.collect();
    let which = called(form, item).unwrap_or_else(|| name.to_owned());
    view! {
        <div class="form-row" role="group" aria-label=which.clone() id=id(path)>{inputs}{remove(form, path.to_vec(), &which)}</div>
        {said.view}
    }
}

fn card(form: &Form, path: &[Step], shape: &'static Shape, item: &Node, name: &str) -> AnyView {
    let place = match path.last() {
        Some(Step::Item(index)) => index + 1,
        _ => 1,
    };
    let which = called(form, item)
        .unwrap_or_else(|| format!("{} {place}", name.strip_suffix('s').unwrap_or(name)));
    view! {
        <fieldset class="form-card" id=id(path)>
            <legend>{which.clone()}</legend>
            {remove(form, path.to_vec(), &which)}
            {members(form, path, shape, Some(item))}
        </fieldset>
    }
}

/// What an object calls itself.
fn called(form: &Form, item: &Node) -> Option<String> {
    let name = [
        "name",
        "key",
        "containerPort",
        "containerName",
        "sourceVolume",
    ];
    let name = name.iter().find_map(|name| item.get(name))?;
    Some(form.written(name)).filter(|name| !name.is_empty())
}
