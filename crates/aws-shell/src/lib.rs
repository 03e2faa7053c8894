//! Command lines of the AWS CLI, read as the CLI reads them before it asks AWS anything: which options a command has, shorthand and
//! JSON, what is refused on the spot, with which words and exit code.
//!
//! Source: measured with AWS CLI 1.46.2 and 2.36.7. What the CLI leaves to the service (values of enumerations, ranges) passes here too.

mod arguments;
mod commands;
mod output;
mod query;
mod shape;
mod shorthand;
mod skeleton;
mod table;
mod value;
mod wait;
mod words;
mod yaml;

pub use arguments::{Invocation, read, read_words};
pub use output::text;
pub use query::query;
pub use table::table;
pub use value::Value;
pub use wait::{Waiter, waiter};
pub use words::{Unclosed, split};
pub use yaml::yaml;

/// A command line that the CLI refuses by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What it prints to standard error.
    pub stderr: String,
    /// The exit code of version 2.
    pub exit_v2: u8,
    /// The exit code of version 1.
    pub exit_v1: u8,
    /// The required options that are missing, where that is all.
    pub lacks: Vec<&'static str>,
}

impl Refusal {
    /// A line that is no command: options that are missing, ambiguous or without a value.
    fn usage(message: &str) -> Self {
        let usage = "usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\nTo see help text, you can run:\n\n  aws help\n  aws <command> help\n  aws <command> <subcommand> help\n";
        Self::with(&format!("{usage}\naws: error: {message}"), 252, 2)
    }

    /// A parameter that the CLI finds wrong by itself.
    fn parameter(message: &str) -> Self {
        Self::with(
            &format!("An error occurred (ParamValidation): {message}"),
            252,
            255,
        )
    }

    fn with(stderr: &str, exit_v2: u8, exit_v1: u8) -> Self {
        Self {
            stderr: stderr.to_owned(),
            exit_v2,
            exit_v1,
            lacks: Vec::new(),
        }
    }
}
