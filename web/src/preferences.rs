//! Preferences: sizes of panels and the like, kept apart from the scenario.

use crate::signals::RwSignal;
use crate::storage;
use leptos::prelude::*;

/// Where they are kept.
const KEY: &str = "fargate-playground.layout";

/// Sizes in pixels; `None` is the layout's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Width of the left panel.
    pub left: Option<u32>,
    /// Width of the inspector.
    pub right: Option<u32>,
    /// Height of the drawer.
    pub drawer: Option<u32>,
}

impl Sizes {
    /// Reads `left=360;drawer=240`; what is not understood is left out.
    fn parse(text: &str) -> Self {
        let mut sizes = Self::default();
        for (name, value) in text.split(';').filter_map(|part| part.split_once('=')) {
            let value = value.parse().ok();
            match name {
                "left" => sizes.left = value,
                "right" => sizes.right = value,
                "drawer" => sizes.drawer = value,
                _ => {}
            }
        }
        sizes
    }

    fn write(self) -> String {
        let named = [
            ("left", self.left),
            ("right", self.right),
            ("drawer", self.drawer),
        ];
        let parts = named
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", value?)));
        parts.collect::<Vec<_>>().join(";")
    }

    /// As custom properties of the page's root.
    pub fn style(self) -> String {
        let named = [
            ("--left", self.left),
            ("--right", self.right),
            ("--low", self.drawer),
        ];
        let parts = named
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}:{}px;", value?)));
        parts.collect()
    }
}

/// The sizes of the panels, from context.
#[derive(Clone, Copy, Debug)]
pub struct Preferences {
    /// The sizes; dividers write them.
    pub sizes: RwSignal<Sizes>,
}

impl Preferences {
    /// As they are kept on this device.
    pub fn stored() -> Self {
        let sizes = storage::read(KEY).map_or_else(Sizes::default, |text| Sizes::parse(&text));
        Self {
            sizes: RwSignal::new(sizes),
        }
    }

    /// Keeps them.
    pub fn keep(self) {
        // Where nothing can be kept, sizes last for this visit.
        let _ = storage::write(KEY, &self.sizes.get_untracked().write());
    }
}

/// The sizes of the panels, from context.
pub fn preferences() -> Preferences {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_written_and_rubbish_is_left_out() {
        let sizes = Sizes {
            left: Some(360),
            right: None,
            drawer: Some(240),
        };
        assert_eq!(sizes.write(), "left=360;drawer=240");
        assert_eq!(Sizes::parse(&sizes.write()), sizes);
        for rubbish in ["", ";;", "left", "left=wide", "colour=3"] {
            assert_eq!(Sizes::parse(rubbish), Sizes::default(), "{rubbish}");
        }
        assert_eq!(sizes.style(), "--left:360px;--low:240px;");
    }
}
