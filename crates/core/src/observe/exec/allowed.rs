//! Whether `ExecuteCommand` is let into a container, in AWS's words where it is not.

use crate::call::ExecuteCommand;
use crate::error::ApiError;
use crate::ids::TaskId;
use crate::network::{Destination, Endpoint, Flow, Trace, services};
use crate::observe::account::Account;
use crate::task::{Task, TaskState};
use crate::units::Date;
use std::net::IpAddr;

/// The day of ECS Exec. Source: 'What's new': 'Amazon ECS now allows you to execute commands in a container'.
const SINCE: Date = Date::new(2021, 3, 15);
/// The service that the agent in a container keeps a channel to.
const SERVICE: &str = "ssmmessages";

/// Whether a task was run with `enableExecuteCommand`.
pub fn is_enabled(task: &Task) -> bool {
    let options = task.options.get();
    options.is_some_and(|it| it.enable_execute_command == Some(true))
}

fn invalid(message: impl Into<String>, cure: impl Into<String>) -> ApiError {
    ApiError::new("InvalidParameterException", message, cure.into())
}

/// AWS's words where the agent is not in the container, whatever the reason.
fn no_agent(cure: impl Into<String>) -> ApiError {
    let message = "The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.";
    invalid(message, cure)
}

/// The way from a task to the service that ECS Exec goes through.
fn channel(account: &Account<'_>, task: &Task) -> Option<Trace> {
    let interface = task.interface.clone()?;
    let mut flow = Flow::tcp(
        Endpoint::Interface(interface),
        IpAddr::from([0, 0, 0, 0]),
        443,
    );
    flow.to = Destination::Name(services::host(SERVICE).into());
    Some((account.walk)(account.network, &flow))
}

/// `ExecuteCommand`: the task and the place of the container that the command is run in.
pub(crate) fn execute_command(
    account: &Account<'_>,
    input: &ExecuteCommand,
) -> Result<(TaskId, usize), ApiError> {
    if account.as_of < SINCE {
        return Err(ApiError::new(
            "InvalidAction",
            "The action ExecuteCommand is not valid for this endpoint.",
            format!("ECS Exec is there since {SINCE}; let the scenario play later."),
        ));
    }
    let named = input.task.as_str();
    let id = TaskId::from(named.rsplit('/').next().unwrap_or(named));
    let task = account.tasks.get(&id).ok_or_else(|| {
        invalid(
            "The referenced task was not found.",
            "Name a task of this scenario.",
        )
    })?;
    if !input.interactive {
        let message = "Interactive is the only mode supported currently.";
        return Err(invalid(message, "Set interactive to true."));
    }
    if input.command.trim().is_empty() {
        return Err(invalid(
            "Command cannot be empty.",
            "Name a command, such as /bin/sh.",
        ));
    }
    let place = place(task, input.container.as_deref())?;
    let container = &task.containers[place];
    if !is_enabled(task) {
        return Err(no_agent(
            "Run a new task with enableExecuteCommand: it cannot be switched on in one that runs.",
        ));
    }
    if !task.platform.windows && !task.platform.has("1.4.0") {
        let version = task.platform.version;
        return Err(no_agent(format!(
            "Platform version {version} has no ECS Exec; run the task on 1.4.0 or LATEST."
        )));
    }
    if task.state() != TaskState::Running || !container.runs() {
        return Err(no_agent(format!(
            "{} is not running; wait until it is, or look at why it ended.",
            container.name
        )));
    }
    if container.definition.read_only_root {
        return Err(no_agent(
            "Its readonlyRootFilesystem is true, and the agent must write its files; register it without.",
        ));
    }
    let trace = channel(account, task).filter(|it| !it.delivered());
    match trace {
        None => Ok((id, place)),
        Some(trace) => {
            let decided = trace.decided_by();
            let decided = decided.map(|hop| format!("{}: {}", hop.part.id(), hop.rule));
            Err(ApiError::new(
                "TargetNotConnectedException",
                "The execute command failed due to an internal error. Try again later.",
                format!(
                    "The agent reaches {} over the task's interface, and does not: {}. Give the subnet a way out, or an interface endpoint for {SERVICE} whose groups let the task in.",
                    services::host(SERVICE),
                    decided.unwrap_or_else(|| trace.to_string()),
                ),
            ))
        }
    }
}

fn place(task: &Task, wanted: Option<&str>) -> Result<usize, ApiError> {
    let names: Vec<&str> = task.containers.iter().map(|it| &*it.name).collect();
    match wanted {
        Some(name) => names.iter().position(|it| *it == name).ok_or_else(|| {
            invalid(
                format!("The container name {name} is not valid for this task."),
                format!("Name one of {}.", names.join(", ")),
            )
        }),
        None if names.len() > 1 => Err(invalid(
            "The container name is required for a task with more than one container.",
            format!("Name one of {}.", names.join(", ")),
        )),
        None => Ok(0),
    }
}
