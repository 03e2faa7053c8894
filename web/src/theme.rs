//! The theme: as the system has it, light or dark. `public/theme.js` applies the stored choice before the first paint.

use crate::signals::ReadSignal;
use crate::storage;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Where the choice is kept; `public/theme.js` reads it too.
const KEY: &str = "fargate-playground.theme";

/// A choice of theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// From how it is kept; whatever else is kept there counts as no choice.
    pub fn parse(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }

    /// The next choice of the button: system, light, dark.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }
}

/// The stored choice.
pub fn stored() -> Theme {
    storage::read(KEY).map_or(Theme::Auto, |text| Theme::parse(&text))
}

/// Whether a choice is dark now.
fn is_dark(theme: Theme) -> bool {
    match theme {
        Theme::Auto => crate::browser::matches("(prefers-color-scheme: dark)"),
        Theme::Light => false,
        Theme::Dark => true,
    }
}

/// Applies a choice to the page.
pub fn apply(theme: Theme) {
    if let Some(root) = document().document_element() {
        let shown = if is_dark(theme) { "dark" } else { "light" };
        // Refused only by a document without a root, which has nothing to colour.
        let _ = root.set_attribute("data-theme", shown);
    }
}

/// Applies a choice and keeps it.
pub fn choose(theme: Theme) {
    apply(theme);
    // Where storage is blocked the choice lasts for this visit.
    let _ = storage::write(KEY, theme.name());
}

/// Follows the system while the choice is left to it.
pub fn follow_system(theme: ReadSignal<Theme>) {
    let asked = window().match_media("(prefers-color-scheme: dark)");
    let Some(list) = asked.ok().flatten() else {
        return;
    };
    let follow = Closure::<dyn Fn()>::new(move || {
        if theme.try_get_untracked() == Some(Theme::Auto) {
            apply(Theme::Auto);
        }
    });
    list.set_onchange(Some(follow.as_ref().unchecked_ref()));
    // The listener and the list live as long as the button that shows the theme.
    let held = leptos::prelude::StoredValue::new_local((list, follow));
    on_cleanup(move || {
        held.with_value(|(list, _)| list.set_onchange(None));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_kept_by_name_and_rubbish_is_no_choice() {
        for theme in [Theme::Auto, Theme::Light, Theme::Dark] {
            assert_eq!(Theme::parse(theme.name()), theme);
        }
        assert_eq!(Theme::parse("sepia"), Theme::Auto);
    }
}
