//! Area `spot`: AWS takes the capacity of Fargate Spot back, or has none.

use super::Case;
use super::account::Account;
use super::actors::behaviour;
use super::seen::Seen;
use super::service;
use super::words::{any, any_flag, any_number, any_text, several, speaks_of};
use fargate_core::error::Reply;
use fargate_core::event::Fact;
use fargate_core::task::{ContainerStatus, Provider};
use fargate_core::text::Json;

/// Longer than any `stopTimeout`, in ms.
const STOPPED: u64 = 300_000;

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    if any(case.setup, &["service", "services", "service_desired"]).is_some() {
        return if speaks_of(case.deed(), &["interrupt", "reclaim", "takes back"]) {
            service::interrupted(case)
        } else {
            Ok(case.not_modelled())
        };
    }
    let names = [
        "capacityProviderName",
        "capacityProvider",
        "provider",
        "launchType",
    ];
    let provider = any_text(case.setup, &names)
        .or_else(|| any_text(case.action, &names))
        .unwrap_or("FARGATE_SPOT");
    let strategy = any(case.setup, &["strategy", "capacityProviderStrategy"]).map_or_else(
        || format!(r#"[{{"capacityProvider":"{provider}","weight":1}}]"#),
        |it| Json::of(it).as_str().to_owned(),
    );
    if speaks_of(
        case.deed(),
        &[
            "reclaim",
            "interrupt",
            "takes back",
            "takes capacity",
            "spot notice",
        ],
    ) {
        return reclaimed(case, &strategy);
    }
    if speaks_of(
        case.deed(),
        &["run-task", "runtask", "run task", "launch", "start"],
    ) {
        return run(case, &strategy);
    }
    Ok(case.not_modelled())
}

/// The account with the row's definition; or what is seen where AWS refuses it.
fn account(case: &Case<'_>) -> Result<Result<Account, Seen>, String> {
    let mut account = Account::new(case.as_of)?;
    let says = any_text(case.setup, &["process"]).unwrap_or_default();
    let does = behaviour(says).unwrap_or_else(|| r#""stopMs":null"#.to_owned());
    let put = format!(r#"{{"image":"nginx","behaviour":{{{does}}}}}"#);
    account.done("playground:PutImage", &put)?;
    let container = any(
        case.setup,
        &["containerDefinitions", "containers", "container", "task"],
    );
    let container = container.and_then(|it| several(it).first().copied());
    let timeout = [Some(case.setup), container, Some(case.action)]
        .into_iter()
        .find_map(|it| any_number(it?, &["stopTimeout", "stop_timeout"]));
    let timeout = timeout.map_or_else(String::new, |it| format!(r#","stopTimeout":{it}"#));
    let platform = case.setup.get("runtimePlatform").unwrap_or(case.setup);
    let processor = any_text(platform, &["cpuArchitecture", "architecture"]).unwrap_or("X86_64");
    let system =
        any_text(platform, &["operatingSystemFamily", "os", "platform"]).unwrap_or("LINUX");
    // 'Windows' by itself is one of its releases
    let system = if system.eq_ignore_ascii_case("windows") {
        "WINDOWS_SERVER_2022_CORE"
    } else {
        system
    };
    let more = if (processor, system) == ("X86_64", "LINUX") {
        String::new()
    } else {
        format!(
            r#""runtimePlatform":{{"cpuArchitecture":"{processor}","operatingSystemFamily":"{system}"}}"#
        )
    };
    let container = format!(r#"{{"name":"web","image":"nginx"{timeout}}}"#);
    // Windows tasks begin at 1 vCPU
    if let Err(error) = account.try_define_sized((1_024, 2_048), &container, &more) {
        return Ok(Err(Seen::default().refusal(&error).member("tasks", &0_u32)));
    }
    if any_flag(
        case.setup,
        &[
            "spot_capacity_available",
            "spot_capacity",
            "capacity_available",
        ],
    ) == Some(false)
    {
        account.done("playground:SetSpotCapacity", r#"{"available":false}"#)?;
    }
    Ok(Ok(account))
}

/// Tasks that are run, as far as there is capacity.
fn run(case: &Case<'_>, strategy: &str) -> Result<Seen, String> {
    let mut account = match account(case)? {
        Ok(account) => account,
        Err(seen) => return Ok(seen),
    };
    let count =
        any_number(case.setup, &["count", "desired_tasks", "desiredCount"]).unwrap_or(1.0) as u32;
    let version = any_text(case.setup, &["platformVersion"])
        .map_or_else(String::new, |it| format!(r#","platformVersion":"{it}""#));
    let input = account.run_input(&format!(
        r#""count":{count},"capacityProviderStrategy":{strategy}{version}"#
    ));
    let (tasks, failures) = match account.send("ecs:RunTask", &input) {
        Ok(Reply::Tasks(tasks)) => (tasks.len(), Vec::new()),
        Ok(Reply::Partly { tasks, failures }) => (tasks.len(), failures),
        Ok(_) => (0, Vec::new()),
        Err(error) => return Ok(Seen::default().refusal(&error).member("tasks", &0_u32)),
    };
    let on = |provider: Provider| {
        account
            .world
            .tasks()
            .values()
            .filter(|it| it.provider == Some(provider))
            .count()
    };
    let placed = Provider::ALL
        .into_iter()
        .fold(Seen::default(), |seen, it| seen.member(it.aws(), &on(it)));
    let reasons = failures
        .iter()
        .map(|it| Seen::default().text("reason", &it.reason));
    let mut seen = Seen::default()
        .member("accepted", &true)
        .member("tasks", &tasks)
        .member("placed", &placed.finish())
        .list("failures", reasons)
        .member(
            "falls_back_to_FARGATE",
            &(!strategy.contains("\"FARGATE\"") && on(Provider::Fargate) > 0),
        );
    if let Some(first) = failures.first() {
        seen = seen.text("reason", &first.reason);
    }
    Ok(seen)
}

/// A task whose capacity is taken back; it ignores SIGTERM unless the row says that it does not.
fn reclaimed(case: &Case<'_>, strategy: &str) -> Result<Seen, String> {
    let mut account = match account(case)? {
        Ok(account) => account,
        Err(seen) => return Ok(seen),
    };
    account.run_with(&format!(r#""capacityProviderStrategy":{strategy}"#))?;
    let from = account.world.now();
    let input = format!(r#"{{"task":"{}"}}"#, account.only()?.id);
    if let Err(error) = account.send("playground:InterruptTask", &input) {
        return Ok(Seen::default()
            .refusal(&error)
            .member("interrupted", &false));
    }
    account.wait(STOPPED);
    let mut seen = Seen::default().member("interrupted", &true);
    let mut last = "";
    let mut killed = false;
    for event in &account.log {
        match &event.fact {
            Fact::State { state, .. } => {
                last = state.aws();
                if last == "STOPPED" {
                    seen = seen.member("stopped_at", &((event.at - from).0 / 1_000));
                }
            }
            // the event of that moment
            Fact::Stopping { code, reason, .. } if event.at == from => {
                let told = Seen::default()
                    .text("desiredStatus", "STOPPED")
                    .text("lastStatus", last)
                    .text("stopCode", code.aws())
                    .text("stoppedReason", reason);
                seen = seen
                    .member("eventbridge_at_0", &told.finish())
                    .text("stopCode", code.aws())
                    .text("stoppedReason", reason);
            }
            Fact::Signalled { signal, .. } => {
                killed |= *signal == "SIGKILL";
                seen = seen.member(&format!("{signal}_at"), &((event.at - from).0 / 1_000));
            }
            _ => {}
        }
    }
    if !killed {
        seen = seen.nothing("SIGKILL_at");
    }
    let tasks = account.world.tasks();
    let running = tasks.values().filter(|it| it.stop.is_none()).count();
    let task = account.only()?;
    seen = seen.text("lastStatus", task.state().aws());
    if let Some(ContainerStatus::Stopped {
        code: Some(code), ..
    }) = task.containers.first().map(|it| &it.status)
    {
        seen = seen.member("exitCode", code);
    }
    // what was not run by a service is not run again, nowhere
    Ok(seen
        .member("running", &running)
        .member("replaced", &(tasks.len() > 1))
        .member(
            "falls_back_to_FARGATE",
            &tasks
                .values()
                .any(|it| it.provider == Some(Provider::Fargate)),
        ))
}
