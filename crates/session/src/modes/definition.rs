//! A task of the sheet as a task definition, and AWS's answer to its registration.

use super::{SheetContainer, SheetTask};
use fargate_core::call::LaunchType;
use fargate_core::task_definition::{Context, PortMapping, Protocol, Verdict, read};
use fargate_core::text::quote;
use fargate_core::units::Date;

/// AWS's refusal of a task's definition; `None` where it is registered.
pub(super) fn refusal(task: &SheetTask, on: LaunchType, as_of: Date) -> Option<String> {
    let mut context = Context::fargate(as_of);
    context.launch_type = on;
    let reading = read(&written(task, on == LaunchType::Fargate), &context);
    match reading.verdict {
        Verdict::Accepted => None,
        Verdict::Refused {
            aws: Some(error), ..
        } => Some(format!("{}: {}", error.code, error.message)),
        Verdict::Refused { finding, aws: None } => {
            let finding = reading.findings.get(finding);
            finding.map(|finding| finding.message.clone())
        }
    }
}

fn written(task: &SheetTask, fargate: bool) -> String {
    let containers: Vec<String> = task.containers.iter().map(container).collect();
    let fargate = if fargate {
        r#","requiresCompatibilities":["FARGATE"],"cpu":"256","memory":"512""#
    } else {
        ""
    };
    format!(
        r#"{{"family":{},"networkMode":"{}","containerDefinitions":[{}]{fargate}}}"#,
        quote(task.family.trim()),
        task.mode.aws(),
        containers.join(",")
    )
}

fn container(container: &SheetContainer) -> String {
    let mappings = container.mappings().unwrap_or_default();
    let mappings: Vec<String> = mappings.into_iter().map(mapping).collect();
    let links: Vec<String> = container.links().iter().map(|link| quote(link)).collect();
    format!(
        r#"{{"name":{},"image":"app","memory":128,"portMappings":[{}],"links":[{}]}}"#,
        quote(container.name.trim()),
        mappings.join(","),
        links.join(",")
    )
}

fn mapping(mapping: PortMapping) -> String {
    let host = mapping.host_port;
    let host = host.map(|port| format!(r#","hostPort":{port}"#));
    let protocol = match mapping.protocol {
        Protocol::Tcp => "tcp",
        Protocol::Udp => "udp",
    };
    format!(
        r#"{{"containerPort":{},"protocol":"{protocol}"{}}}"#,
        mapping.container_port,
        host.unwrap_or_default()
    )
}
