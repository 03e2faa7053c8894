//! The shell of ECS Exec.

use crate::explain;
use crate::session::Session;
use fargate_core::ids::TaskId;
use fargate_core::observe::exec::{Shell, is_enabled};

/// A container that somebody may get into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecTarget {
    /// The task.
    pub task: TaskId,
    /// `scorekeep:1`.
    pub revision: String,
    /// The container.
    pub container: String,
    /// Whether its task was run with `enableExecuteCommand`.
    pub enabled: bool,
}

/// What a command line led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecAnswer {
    /// What it wrote.
    pub out: String,
    /// Its exit code.
    pub code: u8,
    /// Whether the shell ended.
    pub ended: bool,
    /// Why a connection did not come about: who decided, by which rule.
    pub why: Option<String>,
}

impl Session {
    /// The containers that run.
    pub fn exec_targets(&self) -> Vec<ExecTarget> {
        let tasks = self.world().tasks().values();
        let all = tasks.flat_map(|task| {
            let running = task.containers.iter().filter(|it| it.runs());
            running.map(|it| ExecTarget {
                task: task.id.clone(),
                revision: task.revision.to_string(),
                container: it.name.to_string(),
                enabled: is_enabled(task),
            })
        });
        all.collect()
    }

    /// Runs a command line in the shell of a container; `None` where that does not run any more.
    pub fn shell(&self, task: &TaskId, container: &str, line: &str) -> Option<ExecAnswer> {
        let world = self.world();
        let shell = Shell::new(world.account(), task, container)?;
        let answer = shell.run(line);
        let trace = answer.trace.as_ref().filter(|it| !it.delivered());
        let decided = trace.and_then(|it| it.decided_by());
        let why = decided.map(|hop| {
            let part = explain::part(&hop.part, world);
            format!("Stopped at {part}: {}.", hop.rule)
        });
        Some(ExecAnswer {
            out: answer.out,
            code: answer.code,
            ended: answer.ended,
            why,
        })
    }
}
