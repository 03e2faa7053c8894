//! Area `quota`: how much may run at once.

use super::Case;
use super::account::Account;
use super::seen::Seen;
use fargate_core::error::{Failure, Reply};
use fargate_core::text::{Node, Value};

/// CPU units of the smallest task, and of a vCPU.
const SMALLEST: f64 = 256.0;
const VCPU: f64 = 1_024.0;

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let cpu = case.deed().strip_prefix("run-task cpu=");
    let number = |name: &str| match case.setup.get(name).map(|it| &it.value) {
        Some(Value::Number(digits)) => digits.parse::<f64>().ok(),
        _ => None,
    };
    let (Some(cpu), Some(quota), Some(running)) = (
        cpu,
        case.setup
            .get("fargate_ondemand_vcpu_quota")
            .and_then(Node::as_i64),
        number("running_vcpu"),
    ) else {
        return Ok(case.not_modelled());
    };
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    let limits = format!(r#"{{"quotas":true,"fargateVcpus":{quota}}}"#);
    account.done("playground:SetLimits", &limits)?;
    for _ in 0..(running * VCPU / SMALLEST) as u32 {
        let input = account.run_input(r#""launchType":"FARGATE""#);
        account.done("ecs:RunTask", &input)?;
    }
    let more = format!(r#""launchType":"FARGATE","overrides":{{"cpu":"{cpu}","memory":"1024"}}"#);
    let input = account.run_input(&more);
    Ok(match account.send("ecs:RunTask", &input) {
        Ok(Reply::Tasks(tasks)) => placed(tasks.len(), &[]),
        Ok(Reply::Partly { tasks, failures }) => placed(tasks.len(), &failures),
        Ok(_) => Seen::default(),
        Err(error) => Seen::default().refusal(&error),
    })
}

fn placed(tasks: usize, failures: &[Failure]) -> Seen {
    let failures = failures
        .iter()
        .map(|it| Seen::default().text("reason", &it.reason));
    Seen::default()
        .member("tasks", &tasks)
        .list("failures", failures)
}
