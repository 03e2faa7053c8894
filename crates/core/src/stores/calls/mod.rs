//! The calls that make and change what is kept, and AWS's answers.

mod ecr;
mod files;
mod log_groups;
mod parameters;
mod registries;
mod secrets;

pub(crate) use ecr::{
    batch_delete_image, create_repository, delete_repository, put_image_tag_mutability,
};
pub(crate) use files::{create_bucket, delete_bucket, delete_object, put_object};
pub(crate) use log_groups::{create_log_group, delete_log_group};
pub(crate) use parameters::{delete_parameter, put_parameter};
pub(crate) use registries::{push_image, put_repository, set_presumed, take_repository};
pub(crate) use secrets::{create_secret, delete_secret, put_secret_value, restore_secret};

use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Fact;

/// Things of one kind that a scenario can make, so that nothing grows without bound.
const MAX_THINGS: usize = 1_000;
/// Characters of a text that is kept, so that nothing grows without bound: what a secret holds at most.
const MAX_TEXT: usize = 65_536;

/// Logs that something was made, and answers with how it is called.
fn made(what: &'static str, id: &str, step: &mut Step<'_>) -> Reply {
    step.log(Fact::Made {
        what,
        id: id.to_owned(),
        name: String::new(),
    });
    Reply::Made(id.to_owned())
}

/// Logs that something changed.
fn changed(what: &'static str, id: &str, how: impl Into<String>, step: &mut Step<'_>) -> Reply {
    step.log(Fact::Changed {
        what,
        id: id.to_owned(),
        how: how.into(),
    });
    Reply::Done
}

/// Logs that something is no more.
fn deleted(what: &'static str, id: &str, step: &mut Step<'_>) -> Reply {
    step.log(Fact::Deleted {
        what,
        id: id.to_owned(),
    });
    Reply::Done
}

/// The refusal of one thing too many.
fn too_many(code: &'static str, what: &str) -> ApiError {
    ApiError::new(
        code,
        format!("The scenario has {MAX_THINGS} {what} already."),
        "Delete some first.",
    )
}
