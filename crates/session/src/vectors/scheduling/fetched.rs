//! The container of a row of area `iam`, with all that its start fetches.

use super::Case;
use super::words::{any, any_flag, any_text, several};
use fargate_core::text::{Node, quote};

/// The container of a row, with all that its start fetches.
pub(super) fn container(case: &Case<'_>) -> String {
    let image = case.setup.get("image").and_then(Node::as_str);
    let members = [
        Some(format!(
            r#""name":"web","image":"{}""#,
            image.unwrap_or("nginx")
        )),
        log_configuration(case),
        secrets(case),
        login(case),
        files(case),
    ];
    let members: Vec<String> = members.into_iter().flatten().collect();
    format!("{{{}}}", members.join(","))
}

/// The log group of the row.
pub(super) fn log_group<'a>(case: &Case<'a>) -> &'a str {
    any_text(case.setup, &["awslogs-group", "log_group"]).unwrap_or("/ecs/web")
}

fn log_configuration(case: &Case<'_>) -> Option<String> {
    let create = any_flag(
        case.setup,
        &["awslogs-create-group", "awslogs_create_group"],
    );
    let logs = any(
        case.setup,
        &[
            "awslogs",
            "awslogs-group",
            "log_group",
            "logDriver",
            "logConfiguration",
            "log_group_exists",
        ],
    );
    let wanted = create.is_some() || logs.is_some_and(|it| it.as_bool() != Some(false));
    wanted.then(|| {
        format!(
            r#""logConfiguration":{{"logDriver":"awslogs","options":{{"awslogs-group":"{}","awslogs-region":"us-east-1","awslogs-stream-prefix":"web","awslogs-create-group":"{}"}}}}"#,
            log_group(case),
            create.unwrap_or(false)
        )
    })
}

fn secrets(case: &Case<'_>) -> Option<String> {
    let names = [
        "secret",
        "secrets",
        "secret_valueFrom",
        "valueFrom",
        "secret_arn",
        "secretArn",
        "container_secret",
        "ssm_parameter",
        "ssm_parameter_arn",
        "parameter",
    ];
    let all = texts(any(case.setup, &names)?, "valueFrom").into_iter();
    let all: Vec<String> = all
        .enumerate()
        .map(|(place, from)| format!(r#"{{"name":"A{place}","valueFrom":{}}}"#, quote(from)))
        .collect();
    Some(format!(r#""secrets":[{}]"#, all.join(",")))
}

fn login(case: &Case<'_>) -> Option<String> {
    let names = ["repositoryCredentials", "credentialsParameter"];
    let login = any_text(case.setup, &names).or_else(|| {
        let of = case.setup.get("repositoryCredentials")?;
        any_text(of, &["credentialsParameter"])
    })?;
    Some(format!(
        r#""repositoryCredentials":{{"credentialsParameter":{}}}"#,
        quote(login)
    ))
}

fn files(case: &Case<'_>) -> Option<String> {
    let names = ["environmentFiles", "environment_file", "environmentFile"];
    let all = texts(any(case.setup, &names)?, "value").into_iter();
    let all: Vec<String> = all
        .map(|it| format!(r#"{{"type":"s3","value":{}}}"#, quote(it)))
        .collect();
    Some(format!(r#""environmentFiles":[{}]"#, all.join(",")))
}

/// One text or several, each written alone or as a member of an object.
fn texts<'a>(all: &'a Node, member: &str) -> Vec<&'a str> {
    let text = |it: &'a Node| it.as_str().or_else(|| it.get(member)?.as_str());
    several(all).into_iter().filter_map(text).collect()
}
