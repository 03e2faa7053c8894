//! The findings at their fields, with their fixes.

use super::{Form, id};
use crate::definition::judged::help;
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use fargate_core::finding::Severity;
use fargate_core::task_definition::fields::Step;
use leptos::prelude::*;

/// What is said about a field.
pub(super) struct Said {
    /// The list of findings; nothing where there are none.
    pub(super) view: AnyView,
    /// The id of the list, for `aria-describedby`; `None` where there are none.
    pub(super) described_by: Option<String>,
    /// Whether AWS refuses it.
    pub(super) invalid: bool,
}

/// What is said about a value and everything in it.
pub(super) fn of_value(form: &Form, path: &[Step]) -> Said {
    said(form, path, |place| place.starts_with(path))
}

/// What is said about several values together, shown where the first is.
pub(super) fn of_values(form: &Form, paths: &[Vec<Step>]) -> Said {
    let first = paths.first().map_or(&[] as &[Step], Vec::as_slice);
    said(form, first, |place| {
        paths.iter().any(|path| place.starts_with(path))
    })
}

/// What is said about an object or list itself, and about those of its members that have no field of their own.
pub(super) fn of_object(form: &Form, path: &[Step], shown: &[&str]) -> AnyView {
    let own = |place: &[Step]| {
        let Some(rest) = place.strip_prefix(path) else {
            return false;
        };
        match rest.first() {
            None => true,
            Some(Step::Member(name)) => !shown.contains(&&**name),
            Some(Step::Item(_)) => false,
        }
    };
    said(form, path, own).view
}

fn said(form: &Form, path: &[Step], belongs: impl Fn(&[Step]) -> bool) -> Said {
    let findings = form.judged.findings().iter().zip(&form.places).enumerate();
    let own = findings.filter(|(_, (_, place))| belongs(place));
    let mut invalid = false;
    let draft = form.draft;
    let rows: Vec<AnyView> = own
        .map(|(index, (finding, _))| {
            invalid |= finding.severity == Severity::Error;
            let (icon, class, word) = match finding.severity {
                Severity::Error => (Icon::Error, "i-14 err-c", "Error, "),
                Severity::Warning => (Icon::Warn, "i-14 warn-c", "Warning, "),
                Severity::Hint => (Icon::Bulb, "i-14 dim", "Hint, "),
            };
            let fixes = finding.fixes.iter().enumerate().map(|(fix, chosen)| {
                let title = chosen.title.clone();
                view! {
                    <button type="button" class="btn sm line" on:click=move |_| draft.fix(index, fix)>
                        <Glyph icon=Icon::Wrench class="i-12"/>
                        <span class="clip">{title}</span>
                    </button>
                }
            });
            let fixes: Vec<AnyView> = fixes.collect();
            view! {
                <li title=help(finding).replace('`', "")>
                    <Glyph icon=icon class=class/>
                    <div class="grow">
                        <p><span class="sr">{word}</span>{finding.message.replace('`', "")}</p>
                        <div class="row wrap acts">{fixes}</div>
                    </div>
                </li>
            }
        })
        .collect();
    if rows.is_empty() {
        return Said {
            view: ().into_any(),
            described_by: None,
            invalid,
        };
    }
    let list = format!("{}-said", id(path));
    Said {
        view: view! { <ul class="form-said" id=list.clone()>{rows}</ul> },
        described_by: Some(list),
        invalid,
    }
}
