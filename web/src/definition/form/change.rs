//! A field's change as an edit of the draft's text.

use super::id;
use crate::definition::draft::Draft;
use fargate_core::finding::Edit;
use fargate_core::task_definition::fields::{Step, edit};
use fargate_core::text::Node;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

impl Draft {
    /// Puts a value at a path, as one step of undo.
    pub(super) fn set_field(self, path: &[Step], json: &str) {
        self.change(|text, root| edit::set(text, root, path, json));
        keep_focus(id(path));
    }

    /// Puts several values at their paths, as one step of undo where all of them are there already.
    pub(super) fn set_fields(self, fields: &[(Vec<Step>, String)]) {
        let mut all = Vec::new();
        self.change(|text, root| {
            for (path, json) in fields {
                all.extend(edit::set(text, root, path, json));
            }
            all.sort_by_key(|edit| edit.span);
            let apart = all
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if a.span.end < b.span.start));
            if apart {
                std::mem::take(&mut all)
            } else {
                Vec::new()
            }
        });
        if !all.is_empty() {
            for (path, json) in fields {
                self.set_field(path, json);
            }
        }
    }

    /// Takes a value away, as one step of undo.
    pub(super) fn remove_field(self, path: &[Step]) {
        self.change(|text, root| edit::remove(text, root, path));
        keep_focus(id(path));
    }

    /// Renames a member of an object, as one step of undo.
    pub(super) fn rename_field(self, object: &[Step], index: usize, name: &str) {
        self.change(|_, root| edit::rename(root, object, index, name));
    }

    fn change(self, edits: impl FnOnce(&str, &Node) -> Vec<Edit>) {
        self.read_now();
        let judged = self.peek();
        let edits = edits(judged.text(), judged.reading.root());
        if !edits.is_empty() {
            self.apply(&judged.edits(&edits));
        }
    }
}

/// Where what had the keyboard's focus went with the change, such as a fix that is no longer needed, the field after the
/// changed one takes it.
fn keep_focus(id: String) {
    request_animation_frame(move || {
        let lost = document()
            .active_element()
            .is_none_or(|element| element.tag_name() == "BODY");
        let all = document().query_selector_all(".def-form :is(input, select, button, summary)");
        let (true, Ok(all)) = (lost, all) else {
            return;
        };
        let mut fields =
            (0..all.length()).filter_map(|place| all.get(place)?.dyn_into::<HtmlElement>().ok());
        let changed = fields.find(|field| field.id() == id);
        if let Some(field) = fields.next().or(changed) {
            // An element that cannot take it leaves it where it is.
            let _ = field.focus();
        }
    });
}

/// Moves the keyboard's focus to the element of an id, or the first field in it, once the form has followed the text.
pub(super) fn focus(id: String) {
    request_animation_frame(move || {
        let element = document().get_element_by_id(&id);
        let first = element.as_ref().and_then(|element| {
            let inside = |what| element.query_selector(what).ok().flatten();
            let field = inside("input, select").or_else(|| inside("button"));
            field.or_else(|| Some(element.clone()))
        });
        if let Some(element) = first.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // An element that cannot take it leaves it where it is.
            let _ = element.focus();
        }
    });
}
