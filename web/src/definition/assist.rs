//! Help while typing, as the editor takes it: what could stand at a place, and what stands there.

use crate::editor::{Completion, Completions, Explanation, Offsets};
use fargate_core::task_definition::{self, Context, completions_at, hover_at};
use std::sync::Arc;

/// Texts longer than this, in bytes, get no help: it must come within a keystroke.
const LONG: usize = 64 << 10;

/// What could be typed at a place. While someone types, only what begins or holds the typed word is proposed, and
/// nothing before a word is begun; whoever asks gets everything.
pub(crate) fn complete(
    text: &str,
    at: u32,
    explicit: bool,
    context: &Context,
) -> Option<Completions> {
    let (offsets, at) = place(text, at)?;
    let found = completions_at(text, at, context)?;
    let typed = text.get(found.span.start..at.max(found.span.start))?;
    let word = typed.trim_start_matches('"').to_ascii_lowercase();
    if word.is_empty() && !explicit && typed.is_empty() {
        return None;
    }
    let options: Vec<Completion> = fitting(found.items, &word).map(option).collect();
    (!options.is_empty()).then(|| Completions {
        from: offsets.utf16(found.span.start),
        to: offsets.utf16(found.span.end),
        filter: false,
        options,
    })
}

/// What there is to say about a place.
pub(crate) fn explain(text: &str, at: u32, context: &Context) -> Option<Explanation> {
    let (offsets, at) = place(text, at)?;
    let hover = hover_at(text, at, context)?;
    Some(Explanation {
        from: offsets.utf16(hover.span.start),
        to: offsets.utf16(hover.span.end),
        title: hover.title,
        text: hover.text,
        source: hover.source,
    })
}

fn place(text: &str, at: u32) -> Option<(Offsets, usize)> {
    if text.len() > LONG {
        return None;
    }
    let offsets = Offsets::new(&Arc::from(text));
    let at = offsets.byte(at);
    Some((offsets, at))
}

/// The choices that begin with a word, then those that hold it.
fn fitting(
    items: Vec<task_definition::Completion>,
    word: &str,
) -> impl Iterator<Item = task_definition::Completion> {
    let (begin, rest): (Vec<_>, Vec<_>) = items
        .into_iter()
        .filter(|item| item.label.to_ascii_lowercase().contains(word))
        .partition(|item| item.label.to_ascii_lowercase().starts_with(word));
    begin.into_iter().chain(rest)
}

fn option(item: task_definition::Completion) -> Completion {
    let before = item.insert.get(..item.caret).unwrap_or(&item.insert);
    Completion {
        cursor: before.encode_utf16().count() as u32,
        label: item.label,
        detail: item.detail,
        info: item.doc.to_owned(),
        apply: item.insert,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::units::Date;

    /// The labels proposed at the `|` of a text.
    fn proposed(marked: &str, explicit: bool) -> Vec<String> {
        let context = Context::fargate(Date::new(2025, 1, 1));
        let at = marked.find('|').expect("a mark");
        let text = marked.replacen('|', "", 1);
        let found = complete(&text, at as u32, explicit, &context);
        let options = found.map(|found| found.options).unwrap_or_default();
        options.into_iter().map(|option| option.label).collect()
    }

    #[test]
    fn a_begun_word_narrows_what_is_proposed() {
        let names = proposed("{ \"fam|\" }", false);
        assert_eq!(names, ["family"]);
        let names = proposed("{ \"role|\" }", false);
        assert!(names.contains(&"taskRoleArn".to_owned()), "{names:?}");
        assert!(proposed("{ | }", false).is_empty());
        assert!(proposed("{ | }", true).contains(&"family".to_owned()));
        assert!(proposed("{ \"zzz|\" }", true).is_empty());
    }

    #[test]
    fn the_caret_lands_inside_the_new_value() {
        let context = Context::fargate(Date::new(2025, 1, 1));
        let found = complete("{ \"fam\" }", 6, false, &context).expect("family is proposed");
        let option = found.options.first().expect("an option");
        assert_eq!(option.apply, "\"family\": \"\"");
        assert_eq!(option.cursor, 11);
    }
}
