//! Area `quota`: how much may run at once, and how much one call may hold.

mod bounds;
mod running;

use super::Case;
use super::seen::Seen;
use super::words::{any, numbered, words};
use fargate_core::error::{ApiError, Failure, Reply};

/// Of whatever a row asks for, no more than so much is made.
const MOST: f64 = 2_000.0;

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let deed = case.deed();
    let at_once = [
        "fargate_ondemand_vcpu_quota",
        "fargate_vcpu_quota",
        "ondemand_vcpu_quota",
        "fargate_spot_vcpu_quota",
        "spot_vcpu_quota",
        "vcpu_quota",
        "quota_vcpu",
        "running_vcpu",
        "running_spot_vcpu",
        "fargate_task_quota",
        "fargate_tasks_quota",
        "task_quota",
        "running_tasks",
    ];
    if any(case.setup, &at_once).is_some() {
        return running::observe(case);
    }
    let all = numbered(deed).into_iter().chain(of_deed(deed));
    match all.chain(of_setup(case)).next() {
        Some((number, of)) => bounds::observe(case, number, &of.join(" ")),
        None => Ok(case.not_modelled()),
    }
}

/// A number that the deed gives by its name: `run-task count=11`, `--count 11`.
fn of_deed(deed: &str) -> Option<(f64, Vec<&str>)> {
    let mut all = words(deed).into_iter();
    all.find_map(|word| {
        let (name, number) = word.split_once('=')?;
        Some((number.parse().ok()?, vec![name]))
    })
}

/// A number that the setup gives instead of the deed: `{"containers": 11}`.
fn of_setup<'a>(case: &Case<'a>) -> Option<(f64, Vec<&'a str>)> {
    let member = case
        .setup
        .members()
        .iter()
        .find(|it| it.value.as_i64().is_some())?;
    Some((member.value.as_i64()? as f64, vec![&*member.key.name]))
}

/// What a call that runs tasks comes to.
fn told(answer: Result<Reply, ApiError>) -> Seen {
    match answer {
        Ok(Reply::Tasks(tasks)) => placed(tasks.len(), &[]),
        Ok(Reply::Partly { tasks, failures }) => placed(tasks.len(), &failures),
        Ok(_) => Seen::default(),
        Err(error) => Seen::default()
            .refusal(&error)
            .member("accepted", &false)
            .member("tasks", &0_u32)
            .member("tasks_started", &0_u32),
    }
}

fn placed(tasks: usize, failures: &[Failure]) -> Seen {
    let shown = failures
        .iter()
        .map(|it| Seen::default().text("reason", &it.reason));
    Seen::default()
        .member("accepted", &true)
        .member("tasks", &tasks)
        .member("tasks_started", &tasks)
        .list("failures", shown)
        .member("failure_count", &failures.len())
}
