//! The catalogue: images that people use to learn, as data. Its file is read once for each look-up of an image.

use super::Workload;
use crate::wire;
use litemap::LiteMap;
use std::sync::Arc;

/// The images that the catalogue knows: what each is for, its names, and what it does.
const CATALOGUE: &str = include_str!("catalogue.json");

wire! {
    /// One image of the catalogue.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Known {
        /// The last parts of image names that mean it, the usual one first.
        pub names: Vec<String> = "names",
        /// What it shows, in one sentence.
        pub about: String = "about",
        /// What it does.
        pub does: Workload = "does",
    }
}

/// All images that the catalogue knows, in its order.
pub fn known() -> Vec<Known> {
    wire::parse(CATALOGUE).unwrap_or_default()
}

/// What an image does: as the scenario says of it or of it without its tag, else as the catalogue knows it by its last
/// name, else a small server.
pub fn of_image(image: &str, scenario: &LiteMap<String, Arc<Workload>>) -> Arc<Workload> {
    let folder = image.rfind('/').map_or(0, |slash| slash + 1);
    let last = &image[folder..];
    let name = last.split(['@', ':']).next().unwrap_or(last);
    let untagged = &image[..folder + name.len()];
    let said = scenario.get(image).or_else(|| scenario.get(untagged));
    said.cloned().unwrap_or_else(|| {
        let found = known().into_iter();
        let mut found = found.filter(|it| it.names.iter().any(|known| known == name));
        Arc::new(found.next().map(|it| it.does).unwrap_or_default())
    })
}
