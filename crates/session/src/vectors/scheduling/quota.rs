//! Area `quota`: how much may run at once, and how much one call may hold.

use super::Case;
use super::account::Account;
use super::seen::Seen;
use super::words::{any, any_number, any_text, named, numbered, speaks_of};
use fargate_core::error::{ApiError, Failure, Reply};
use fargate_core::text::quote;

/// CPU units of the smallest task, and of a vCPU.
const SMALLEST: f64 = 256.0;
const VCPU: f64 = 1_024.0;
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
        "task_quota",
        "running_tasks",
    ];
    if any(case.setup, &at_once).is_some() {
        return running(case);
    }
    match numbered(deed).into_iter().chain(of_setup(case)).next() {
        Some((number, of)) => bounds(case, number, &of.join(" ")),
        None => Ok(case.not_modelled()),
    }
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

/// Tasks that run already, and more that are to run.
fn running(case: &Case<'_>) -> Result<Seen, String> {
    let deed = case.deed();
    let number = |names: &[&str]| any_number(case.setup, names).map(|it| it.clamp(0.0, 1e6));
    let provider = any_text(case.action, &["capacityProvider", "capacityProviderName"])
        .or_else(|| any_text(case.setup, &["capacityProvider", "capacityProviderName"]))
        .unwrap_or_default();
    let spot = provider == "FARGATE_SPOT" || speaks_of(deed, &["spot"]);
    let on = |spot: bool| {
        if spot {
            r#""capacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT","weight":1}]"#
        } else {
            r#""launchType":"FARGATE""#
        }
    };
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    let mut limits = vec![r#""quotas":true"#.to_owned()];
    for (member, quota) in [
        (
            "fargateVcpus",
            number(&[
                "fargate_ondemand_vcpu_quota",
                "fargate_vcpu_quota",
                "ondemand_vcpu_quota",
                "vcpu_quota",
                "quota_vcpu",
            ]),
        ),
        (
            "fargateSpotVcpus",
            number(&["fargate_spot_vcpu_quota", "spot_vcpu_quota"]),
        ),
    ] {
        limits.extend(quota.map(|quota| format!(r#""{member}":{}"#, quota as u32)));
    }
    account.done("playground:SetLimits", &format!("{{{}}}", limits.join(",")))?;
    let spots = number(&["running_spot_vcpu", "running_vcpu_spot"]);
    let plain = number(&["running_vcpu", "running_ondemand_vcpu"]).unwrap_or(0.0);
    // of a row that only knows Spot's quota, what runs is on Spot
    let only_spot = spots.is_none()
        && spot
        && number(&[
            "fargate_ondemand_vcpu_quota",
            "fargate_vcpu_quota",
            "ondemand_vcpu_quota",
        ])
        .is_none();
    let tasks = number(&["running_tasks", "running"]).unwrap_or(0.0);
    for (kind, count) in [
        (only_spot, plain * VCPU / SMALLEST + tasks),
        (true, spots.unwrap_or(0.0) * VCPU / SMALLEST),
    ] {
        let input = account.run_input(on(kind));
        for _ in 0..count.min(MOST) as u32 {
            if !matches!(account.send("ecs:RunTask", &input), Ok(Reply::Tasks(_))) {
                return Err("the row has more running than its quota admits".to_owned());
            }
        }
    }
    let said = |name: &str| {
        let member = any_number(case.action, &[name]).map(|it| it.to_string());
        member
            .or_else(|| named(deed, name).map(str::to_owned))
            .or_else(|| any_number(case.setup, &[name]).map(|it| it.to_string()))
    };
    let cpu = said("cpu")
        .or_else(|| said("vcpu").and_then(|it| Some((it.parse::<f64>().ok()? * VCPU).to_string())))
        .and_then(|it| it.parse::<f64>().ok())
        .unwrap_or(SMALLEST) as u32;
    let count = said("count")
        .and_then(|it| it.parse::<f64>().ok())
        .or_else(|| of_tasks(deed))
        .unwrap_or(1.0)
        .min(MOST) as u32;
    let memory = said("memory")
        .and_then(|it| it.parse::<f64>().ok())
        .map_or(cpu.max(256) * 2, |it| it as u32);
    let more = format!(
        r#"{},"count":{count},"overrides":{{"cpu":"{cpu}","memory":"{memory}"}}"#,
        on(spot)
    );
    let input = account.run_input(&more);
    Ok(told(account.send("ecs:RunTask", &input)))
}

/// 'run 3 tasks', '2 x cpu=512'.
fn of_tasks(deed: &str) -> Option<f64> {
    let mut all = numbered(deed).into_iter();
    all.find_map(|(number, after)| {
        let first = after.first()?;
        (first.starts_with("task") || *first == "x" || *first == "times").then_some(number)
    })
}

/// So many of something in one call.
fn bounds(case: &Case<'_>, number: f64, of: &str) -> Result<Seen, String> {
    let both = format!("{of} {}", case.deed());
    let number = number.clamp(0.0, 70_000.0) as usize;
    let list = |one: &dyn Fn(usize) -> String| {
        (0..number.min(MOST as usize))
            .map(one)
            .collect::<Vec<_>>()
            .join(",")
    };
    let mut account = Account::new(case.as_of)?;
    let tags = || {
        format!(
            "[{}]",
            list(&|it| format!(r#"{{"key":"k{it}","value":"v"}}"#))
        )
    };
    let fargate = r#""launchType":"FARGATE""#;
    // a definition that may be refused
    let definition = if speaks_of(of, &["container"]) && !speaks_of(of, &["instance"]) {
        Some((
            list(&|it| format!(r#"{{"name":"c{it}","image":"nginx"}}"#)),
            String::new(),
        ))
    } else if speaks_of(of, &["kib", "bytes", "size"]) && speaks_of(&both, &["definition"]) {
        let bytes = if speaks_of(of, &["kib"]) {
            number * 1_024
        } else {
            number
        };
        let value = "x".repeat(bytes.min(200_000));
        Some((
            format!(
                r#"{{"name":"web","image":"nginx","environment":[{{"name":"A","value":"{value}"}}]}}"#
            ),
            String::new(),
        ))
    } else if speaks_of(of, &["tag"]) && speaks_of(&both, &["register"]) {
        Some((
            r#"{"name":"web","image":"nginx"}"#.to_owned(),
            format!(r#""tags":{}"#, tags()),
        ))
    } else {
        None
    };
    if let Some((containers, more)) = definition {
        let answer = account.try_define(&containers, &more);
        let seen = Seen::default().member("accepted", &answer.is_ok());
        return Ok(answer.map_or_else(|error| seen.clone().refusal(&error), |()| seen.clone()));
    }
    account.register("")?;
    let input = if speaks_of(of, &["subnet"]) {
        let vpc = account
            .world
            .network()
            .vpcs
            .values()
            .next()
            .map(|it| it.id.to_string())
            .unwrap_or_default();
        let mut subnets = Vec::new();
        for place in 0..number.min(64) {
            let block = format!("10.0.{}.0/24", 64 + place);
            let subnet = account.made(
                "ec2:CreateSubnet",
                &format!(r#"{{"VpcId":"{vpc}","CidrBlock":"{block}"}}"#),
            )?;
            subnets.push(quote(&subnet));
        }
        network(&format!(r#""subnets":[{}]"#, subnets.join(",")), fargate)
    } else if speaks_of(of, &["security", "group"]) {
        let vpc = account
            .world
            .network()
            .vpcs
            .values()
            .next()
            .map(|it| it.id.to_string())
            .unwrap_or_default();
        let mut groups = Vec::new();
        for place in 0..number.min(64) {
            let input = format!(r#"{{"GroupName":"g{place}","Description":"g","VpcId":"{vpc}"}}"#);
            groups.push(quote(&account.made("ec2:CreateSecurityGroup", &input)?));
        }
        network(
            &format!(
                r#""subnets":["{}"],"securityGroups":[{}]"#,
                account.subnet,
                groups.join(",")
            ),
            fargate,
        )
    } else if speaks_of(of, &["instance"]) {
        let input = format!(
            r#"{{"taskDefinition":"t","containerInstances":[{}]}}"#,
            list(&|it| format!("\"i{it}\""))
        );
        return Ok(told(account.send("ecs:StartTask", &input)));
    } else if speaks_of(of, &["provider", "item"]) {
        let items = list(&|_| r#"{"capacityProvider":"FARGATE","weight":1}"#.to_owned());
        account.run_input(&format!(r#""capacityProviderStrategy":[{items}]"#))
    } else if speaks_of(of, &["constraint"]) {
        let items = list(&|_| r#"{"type":"distinctInstance"}"#.to_owned());
        account.run_input(&format!(r#"{fargate},"placementConstraints":[{items}]"#))
    } else if speaks_of(of, &["strateg", "rule"]) {
        let items = list(&|_| r#"{"type":"random"}"#.to_owned());
        account.run_input(&format!(r#"{fargate},"placementStrategy":[{items}]"#))
    } else if speaks_of(of, &["tag"]) {
        account.run_input(&format!(r#"{fargate},"tags":{}"#, tags()))
    } else if speaks_of(&both, &["overrides"]) {
        // '{"containerOverrides":[{"name":"web","command":["…"]}]}' holds so many characters
        let frame = r#"{"containerOverrides":[{"name":"web","command":[""]}]}"#.len();
        let word = "x".repeat(number.saturating_sub(frame));
        account.run_input(&format!(r#"{fargate},"overrides":{{"containerOverrides":[{{"name":"web","command":["{word}"]}}]}}"#))
    } else if let Some(member) = ["startedBy", "clientToken", "group"]
        .into_iter()
        .find(|it| {
            both.to_ascii_lowercase()
                .replace('-', "")
                .contains(&it.to_ascii_lowercase())
        })
    {
        account.run_input(&format!(r#"{fargate},"{member}":"{}""#, "x".repeat(number)))
    } else if speaks_of(of, &["task"]) || speaks_of(&both, &["count"]) {
        account.run_input(&format!(r#"{fargate},"count":{number}"#))
    } else {
        return Ok(case.not_modelled());
    };
    Ok(told(account.send("ecs:RunTask", &input)))
}

fn network(of: &str, more: &str) -> String {
    format!(
        r#"{{"taskDefinition":"t","networkConfiguration":{{"awsvpcConfiguration":{{{of}}}}},{more}}}"#
    )
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
