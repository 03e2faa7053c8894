//! What is handed to the bundle, as plain objects. Offsets are UTF-16 units.

use fargate_core::wire::{self, ToJson, Writer};
use wasm_bindgen::JsValue;

/// A finding at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its first unit.
    pub from: u32,
    /// One past its last unit.
    pub to: u32,
    /// `error`, `warning` or `hint`.
    pub severity: &'static str,
    /// The sentence.
    pub message: String,
    /// Further sentences.
    pub help: String,
    /// The stable code of the rule.
    pub code: &'static str,
    /// Where the rule is explained; empty where no rule says it.
    pub rule: String,
    /// Cures, the narrowest first.
    pub fixes: Vec<FixMark>,
}

/// A cure, with what it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixMark {
    /// What it does.
    pub title: String,
    /// What it changes, for the preview.
    pub edits: Vec<TextEdit>,
}

/// A change of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// The first unit that is replaced.
    pub from: u32,
    /// One past the last.
    pub to: u32,
    /// What stands there afterwards.
    pub insert: String,
}

/// The colour of a container, by its place in the definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The task's: none.
    Plain,
    /// The first container's.
    First,
    /// The second's.
    Second,
    /// The third's.
    Third,
}

impl Tone {
    /// The colour of a container; after three they begin again.
    pub fn of_container(place: usize) -> Self {
        match place % 3 {
            0 => Self::First,
            1 => Self::Second,
            _ => Self::Third,
        }
    }
}

/// A few words at the end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// A unit of the line.
    pub at: u32,
    /// The words.
    pub text: String,
    /// Whose they are.
    pub tone: Tone,
}

/// A bar at the left edge of some lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// A unit of the first line.
    pub from: u32,
    /// A unit of the last line.
    pub to: u32,
    /// Whose it is.
    pub tone: Tone,
}

/// What could be typed at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// Start of what is replaced.
    pub from: u32,
    /// End of what is replaced.
    pub to: u32,
    /// Whether what is typed still filters the options; false where they are chosen already.
    pub filter: bool,
    /// What there is to choose from.
    pub options: Vec<Completion>,
}

/// One thing that could be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Its name, which what is typed filters.
    pub label: String,
    /// A word beside it.
    pub detail: String,
    /// A sentence about it.
    pub info: String,
    /// What is typed.
    pub apply: String,
    /// Where the caret goes, in units of what is typed.
    pub cursor: u32,
}

/// What there is to say about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The first unit of the place.
    pub from: u32,
    /// One past its last.
    pub to: u32,
    /// What stands there.
    pub title: String,
    /// What it is.
    pub text: String,
    /// The page that says so.
    pub source: String,
}

macro_rules! objects {
    ($($name:ident { $($member:ident),* })*) => {$(
        impl ToJson for $name {
            fn write(&self, out: &mut Writer) {
                out.open('{');
                $(out.member(stringify!($member), &self.$member);)*
                out.close('}');
            }
        }
    )*};
}

// each member is called in JavaScript as it is here
objects! {
    Mark { from, to, severity, message, help, code, rule, fixes }
    FixMark { title, edits }
    TextEdit { from, to, insert }
    Hint { at, text, tone }
    Bar { from, to, tone }
    Completions { from, to, filter, options }
    Completion { label, detail, info, apply, cursor }
    Explanation { from, to, title, text, source }
}

impl ToJson for Tone {
    fn write(&self, out: &mut Writer) {
        out.text(match self {
            Self::Plain => "",
            Self::First => "c1",
            Self::Second => "c2",
            Self::Third => "c3",
        });
    }
}

/// As a value of JavaScript.
pub(super) fn to_js(value: &dyn ToJson) -> JsValue {
    js_sys::JSON::parse(&wire::print(value)).unwrap_or(JsValue::NULL)
}

/// As a value of JavaScript, `null` where there is none.
pub(super) fn option_to_js<T: ToJson>(value: Option<&T>) -> JsValue {
    value.map_or(JsValue::NULL, |value| to_js(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundle_gets_the_members_that_it_reads() {
        let edit = TextEdit {
            from: 1,
            to: 2,
            insert: "\"\n".to_owned(),
        };
        let mark = Mark {
            from: 0,
            to: 3,
            severity: "error",
            message: "It’s".to_owned(),
            help: String::new(),
            code: "json-comma",
            rule: "rules.html#json-comma".to_owned(),
            fixes: vec![FixMark {
                title: "Cure".to_owned(),
                edits: vec![edit],
            }],
        };
        assert_eq!(
            wire::print(&vec![mark]),
            r#"[{"from":0,"to":3,"severity":"error","message":"It’s","help":"","code":"json-comma","rule":"rules.html#json-comma","fixes":[{"title":"Cure","edits":[{"from":1,"to":2,"insert":"\"\n"}]}]}]"#
        );
        let (at, text) = (4, "AWS".to_owned());
        let tones = [Tone::Plain, Tone::Second].map(|tone| Hint {
            at,
            text: text.clone(),
            tone,
        });
        assert_eq!(
            wire::print(&&tones[..]),
            r#"[{"at":4,"text":"AWS","tone":""},{"at":4,"text":"AWS","tone":"c2"}]"#
        );
    }
}
