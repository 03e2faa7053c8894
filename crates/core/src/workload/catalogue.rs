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

/// What the catalogue knows of an image, by the last part of its name.
pub fn known_as(image: &str) -> Option<Known> {
    let name = untagged(image);
    let name = &name[name.rfind('/').map_or(0, |slash| slash + 1)..];
    let mut known = known().into_iter();
    known.find(|it| it.names.iter().any(|known| known == name))
}

/// What the catalogue knows that an image does; a small server where it does not know it.
pub fn of_catalogue(image: &str) -> Workload {
    known_as(image).map(|it| it.does).unwrap_or_default()
}

/// What an image does: as the scenario says of it or of it without its tag, else as the catalogue knows it by its last
/// name, else a small server.
pub fn of_image(image: &str, scenario: &LiteMap<String, Arc<Workload>>) -> Arc<Workload> {
    said_of(image, scenario).unwrap_or_else(|| Arc::new(of_catalogue(image)))
}

/// What the scenario says that an image does: of it, or of it without its tag.
pub fn said_of(image: &str, scenario: &LiteMap<String, Arc<Workload>>) -> Option<Arc<Workload>> {
    let said = scenario
        .get(image)
        .or_else(|| scenario.get(untagged(image)));
    said.cloned()
}

/// An image's name without its tag or digest.
pub fn untagged(image: &str) -> &str {
    let folder = image.rfind('/').map_or(0, |slash| slash + 1);
    let end = image[folder..].find(['@', ':']);
    end.map_or(image, |end| &image[..folder + end])
}
