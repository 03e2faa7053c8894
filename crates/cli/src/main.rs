//! `fargate-playground`: the simulator on the command line.
//!
//! Exit codes: 0 AWS would accept, or it is reachable; 1 AWS would refuse, it is not reachable, something is wrong, or a row of a truth table differs;
//! 2 something cannot be read, or is not known.
#![forbid(unsafe_code)]

mod input;
mod question;
mod reach;
mod report;
mod run;
mod validate;
mod vectors;
mod why;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Simulates AWS Fargate. Not affiliated with AWS.
#[derive(Parser)]
#[command(name = "fargate-playground", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Says whether AWS would register task definitions, and what is wrong where.
    Validate(validate::Options),
    /// Runs a scenario and prints what happens.
    Run(run::Options),
    /// Says whether somebody reaches something, what decides, and what would help.
    Reach(reach::Options),
    /// Runs a truth table of the network or of scheduling and says which rows come out as expected.
    Vectors(vectors::Options),
    /// Says why a task is pending, stopped or unreachable, or a call refused, and what was proven to help.
    Why(why::Options),
}

/// How a command ended; the worst of several files counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// AWS would accept.
    Accepted,
    /// AWS would refuse.
    Refused,
    /// It cannot be read.
    Unreadable,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Validate(options) => validate::validate(&options),
        Command::Run(options) => run::run(&options),
        Command::Reach(options) => reach::reach(&options),
        Command::Vectors(options) => vectors::vectors(&options),
        Command::Why(options) => why::why(&options),
    };
    match outcome {
        Outcome::Accepted => ExitCode::SUCCESS,
        Outcome::Refused => ExitCode::from(1),
        Outcome::Unreadable => ExitCode::from(2),
    }
}
