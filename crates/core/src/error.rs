//! What AWS answers to a call: a reply, or a refusal with its code and message.

use crate::ids::TaskId;
use crate::text::Json;
use std::borrow::Cow;
use std::fmt;

/// A refusal: AWS's code and message, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// AWS's code, such as `InvalidSubnet.Conflict`.
    pub code: &'static str,
    /// AWS's message.
    pub message: String,
    /// The cure, in a sentence of the playground's.
    pub cure: Cow<'static, str>,
}

impl ApiError {
    /// A refusal with its cure.
    pub fn new(
        code: &'static str,
        message: impl Into<String>,
        cure: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            code,
            message: message.into(),
            cure: cure.into(),
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for ApiError {}

/// Why a task was not started, or is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What it is about; `None` where nothing was placed.
    pub arn: Option<String>,
    /// AWS's reason, such as `MISSING`.
    pub reason: String,
    /// The cure, in a sentence of the playground's.
    pub cure: &'static str,
}

/// What an accepted call answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Done; there is nothing to tell.
    Done,
    /// A resource was made, with this id.
    Made(String),
    /// A revision was registered.
    Registered {
        /// The family.
        family: String,
        /// The revision, from 1.
        revision: u32,
    },
    /// Tasks were started.
    Tasks(Vec<TaskId>),
    /// Some tasks were started, perhaps none, and others were not: AWS accepts such a call.
    Partly {
        /// Those that were.
        tasks: Vec<TaskId>,
        /// One for each that was not.
        failures: Vec<Failure>,
    },
    /// What was asked for, as JSON in the API's shape.
    Shown(Json),
}
