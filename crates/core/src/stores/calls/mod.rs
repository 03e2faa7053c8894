//! The calls that make and change what is kept, and AWS's answers.

mod ecr;
mod files;
mod parameters;
mod registries;
mod secrets;

pub(crate) use ecr::{
    batch_delete_image, create_repository, delete_repository, put_image_tag_mutability,
};
pub(crate) use files::{create_bucket, delete_bucket, delete_object, put_object};
pub(crate) use parameters::{delete_parameter, put_parameter};
pub(crate) use registries::{push_image, put_repository, set_presumed, take_repository};
pub(crate) use secrets::{create_secret, delete_secret, put_secret_value, restore_secret};

use crate::engine::answer::{self, changed, deleted};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};

/// Things of one kind that a scenario can make, so that nothing grows without bound.
const MAX_THINGS: usize = 1_000;
/// Characters of a text that is kept, so that nothing grows without bound: what a secret holds at most.
const MAX_TEXT: usize = 65_536;

/// Logs that something was made, and answers with how it is called.
fn made(what: &'static str, id: &str, step: &mut Step<'_>) -> Reply {
    answer::made(what, id, "", step)
}

/// The refusal of one thing too many.
fn too_many(code: &'static str, what: &str) -> ApiError {
    ApiError::new(
        code,
        format!("The scenario has {MAX_THINGS} {what} already."),
        "Delete some first.",
    )
}
