//! Images: what each does when it runs, to be listed and edited. The page shows the text; a call says it.

use crate::session::Session;
use fargate_core::call::{Call, PutImage};
use fargate_core::finding::Finding;
use fargate_core::workload::{self, Workload};

/// An image that the scenario says something about, or that the catalogue knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageCard {
    /// Its name as a definition would have it, tag left out where it does not matter.
    pub name: String,
    /// What it shows, in one sentence; empty for what a person said.
    pub about: String,
    /// Whether the scenario says it, not the catalogue.
    pub own: bool,
    /// What it does, as text to be edited: JSON with only what differs from a small server.
    pub text: String,
}

impl Session {
    /// The images: first those that the scenario says something about, then the catalogue's.
    pub fn images(&self) -> Vec<ImageCard> {
        let own = self.world().images();
        let known = workload::known().into_iter();
        let known = known.filter(|it| !it.names.iter().any(|name| own.contains_key(name)));
        let known = known.map(|it| ImageCard {
            text: workload::said(&it.does),
            name: it.names.into_iter().next().unwrap_or_default(),
            about: it.about,
            own: false,
        });
        self.own_images().into_iter().chain(known).collect()
    }

    /// The images that the scenario says something about.
    pub fn own_images(&self) -> Vec<ImageCard> {
        let own = self.world().images().iter();
        let said = own.map(|(name, does)| ImageCard {
            name: name.clone(),
            about: String::new(),
            own: true,
            text: workload::said(does),
        });
        said.collect()
    }

    /// The images that registered definitions name and of which the scenario says nothing, in the order of the families.
    /// What the catalogue does not know of them is left empty: they are small servers.
    pub fn named_images(&self) -> Vec<ImageCard> {
        let (own, mut found) = (self.world().images(), Vec::<ImageCard>::new());
        for (_, revisions) in self.world().revisions().families() {
            for container in revisions.iter().flat_map(|it| &it.definition.containers) {
                let name = &container.image;
                let said = own.contains_key(name) || own.contains_key(workload::untagged(name));
                if said || found.iter().any(|it| it.name == *name) {
                    continue;
                }
                let known = workload::known_as(name);
                found.push(ImageCard {
                    name: name.clone(),
                    about: known.map(|it| it.about).unwrap_or_default(),
                    own: false,
                    text: self.image(name),
                });
            }
        }
        found
    }

    /// What an image of that name does at the moment shown, as text to be edited.
    pub fn image(&self, name: &str) -> String {
        workload::said(&workload::of_image(name, self.world().images()))
    }

    /// Reads what a person typed: the call that says it, where nothing is wrong, and everything that is.
    pub fn say_image(&self, name: &str, text: &str) -> (Option<Call>, Vec<Finding>) {
        let (workload, findings) = workload::read(text);
        (workload.map(|does| put(name, Some(does))), findings)
    }

    /// The call that takes back what the scenario says of an image.
    pub fn take_image_back(&self, name: &str) -> Call {
        put(name, None)
    }
}

fn put(name: &str, behaviour: Option<Workload>) -> Call {
    let image = name.trim().to_owned();
    let behaviour = behaviour.map(Box::new);
    PutImage { image, behaviour }.into()
}
