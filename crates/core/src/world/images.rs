//! `PutImage`: what a person says of an image is held to the same bounds as what they type.

use super::World;
use crate::call::PutImage;
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event, Fact};
use crate::workload::{self, Workload};
use litemap::LiteMap;
use std::sync::Arc;

/// Characters that an image's name may have. Source: API reference of `ContainerDefinition`.
const MAX_IMAGE_NAME: usize = 255;
/// Images that a scenario can say something about, so that nothing grows without bound.
const MAX_IMAGES: usize = 200;

impl World {
    /// `PutImage`.
    pub(super) fn put_image(
        &mut self,
        input: &PutImage,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        put_image(Arc::make_mut(&mut self.images), input)?;
        let fact = Fact::ImageSaid {
            image: input.image.clone(),
            said: input.behaviour.is_some(),
        };
        self.log(fact, cause, log);
        Ok(Reply::Done)
    }
}

fn put_image(
    images: &mut LiteMap<String, Arc<Workload>>,
    input: &PutImage,
) -> Result<(), ApiError> {
    let refuse = |message: String, cure: String| {
        Err(ApiError::new("InvalidParameterException", message, cure))
    };
    if !(1..=MAX_IMAGE_NAME).contains(&input.image.len()) {
        let message = format!("image must have 1 to {MAX_IMAGE_NAME} characters.");
        return refuse(
            message,
            "Name the image as a task definition does.".to_owned(),
        );
    }
    let Some(behaviour) = &input.behaviour else {
        return match images.remove(&input.image) {
            Some(_) => Ok(()),
            None => refuse(
                format!("Nothing was said about image '{}'.", input.image),
                "Name an image that this scenario says something about.".to_owned(),
            ),
        };
    };
    let (_, findings) = workload::read(&workload::said(behaviour));
    if let Some(finding) = findings.into_iter().next() {
        return refuse(finding.message, finding.help);
    }
    if images.len() >= MAX_IMAGES && !images.contains_key(&input.image) {
        let message = format!("A scenario can say what {MAX_IMAGES} images do.");
        return refuse(message, "Take one back first.".to_owned());
    }
    images.insert(input.image.clone(), Arc::new((**behaviour).clone()));
    Ok(())
}
