//! Members that the form has no field for: they stay as they are written, and can be reached in the text.

use super::Form;
use crate::markup::view;
use fargate_core::task_definition::fields::Shape;
use fargate_core::text::Node;
use leptos::prelude::*;

/// The most characters of a value that are shown.
const CLIPPED: usize = 60;

/// Whether an object has members that its fields do not show.
pub(super) fn any(shape: &Shape, node: &Node) -> bool {
    unknown(shape, node).next().is_some()
}

/// The members of an object that its fields do not show, with the way to them.
pub(super) fn kept(form: &Form, shape: &Shape, node: Option<&Node>) -> Option<AnyView> {
    let draft = form.draft;
    let rows = node.into_iter().flat_map(|node| unknown(shape, node));
    let rows = rows.map(|(name, value)| {
        let span = value.span;
        let written = form.judged.text().get(span.start..span.end);
        let label = format!("Show {name} in the text");
        view! {
            <li>
                <code>{name.to_owned()}</code>
                <code class="grow clip">{clipped(written.unwrap_or_default())}</code>
                <button type="button" class="link" aria-label=label on:click=move |_| draft.reveal(span)>
                    "Show in the text"
                </button>
            </li>
        }
    });
    let rows: Vec<AnyView> = rows.collect();
    (!rows.is_empty()).then(|| {
        view! {
            <div class="form-kept">
                <p class="t12 t2">"Kept as written"</p>
                <ul aria-label="Kept as written">{rows}</ul>
            </div>
        }
    })
}

fn unknown<'t>(shape: &'t Shape, node: &'t Node) -> impl Iterator<Item = (&'t str, &'t Node)> {
    let members = node.members().iter();
    let unknown = members.filter(|member| {
        let known = shape.members.iter().any(|it| *it.name == *member.key.name);
        !known && !member.shadowed
    });
    unknown.map(|member| (&*member.key.name, &member.value))
}

/// A value in one line, cut where it is long.
fn clipped(written: &str) -> String {
    let line = written.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(CLIPPED) {
        Some((end, _)) => format!("{} …", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_shown_in_one_line() {
        assert_eq!(clipped("{ \"a\":\n   1 }"), "{ \"a\": 1 }");
        let long = clipped(&"é".repeat(200));
        assert_eq!(long.chars().count(), CLIPPED + 2, "{long}");
    }
}
