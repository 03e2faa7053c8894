//! The command line that does what the form does.

use fargate_core::call::{
    AssignPublicIp, EcsTag, LaunchType, NetworkConfiguration, RunTask, RunTaskOptions,
};
use fargate_core::wire::print;

/// `aws ecs run-task …`, an option a line, as it works against AWS. The simulated account has one cluster, `default`.
pub(crate) fn command_line(call: &RunTask) -> String {
    let mut line = vec![
        "aws ecs run-task --cluster default".to_owned(),
        format!("--task-definition {}", call.task_definition),
    ];
    line.extend(call.count.map(|count| format!("--count {count}")));
    line.extend(call.launch_type.map(|launch_type| match launch_type {
        LaunchType::Fargate => "--launch-type FARGATE".to_owned(),
        LaunchType::Ec2 => "--launch-type EC2".to_owned(),
        LaunchType::External => "--launch-type EXTERNAL".to_owned(),
    }));
    let version = call.platform_version.as_ref();
    line.extend(version.map(|version| format!("--platform-version {version}")));
    line.extend(call.network_configuration.as_ref().map(network));
    line.extend(call.options.get().into_iter().flat_map(options));
    // As a shell goes on in the next line.
    line.join(" \\\n  ")
}

/// What few callers say, in the order of the API's reference.
fn options(options: &RunTaskOptions) -> Vec<String> {
    let mut line = Vec::new();
    let items = options.capacity_provider_strategy.iter().map(|item| {
        let mut text = format!("capacityProvider={}", item.capacity_provider);
        for (name, number) in [("weight", item.weight), ("base", item.base)] {
            text.extend(number.map(|number| format!(",{name}={number}")));
        }
        text
    });
    let items: Vec<String> = items.collect();
    if !items.is_empty() {
        line.push(format!("--capacity-provider-strategy {}", items.join(" ")));
    }
    if options.enable_execute_command == Some(true) {
        line.push("--enable-execute-command".to_owned());
    }
    let named = [
        ("--group", &options.group),
        ("--propagate-tags", &options.propagate_tags),
        ("--started-by", &options.started_by),
        ("--client-token", &options.client_token),
    ];
    for (name, value) in named {
        line.extend(
            value
                .as_ref()
                .map(|value| format!("{name} {}", quoted(value))),
        );
    }
    line.extend(
        options
            .overrides
            .as_ref()
            .map(|it| format!("--overrides {}", quoted(&print(it)))),
    );
    if !options.tags.is_empty() {
        let tags: &[EcsTag] = &options.tags;
        // as JSON, in which a tag may hold what the short form would cut
        line.push(format!("--tags {}", quoted(&print(&tags))));
    }
    line
}

/// A text as a shell takes it for one word.
fn quoted(text: &str) -> String {
    let plain = |it: char| it.is_ascii_alphanumeric() || "-_./:@%+".contains(it);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn network(configuration: &NetworkConfiguration) -> String {
    let network = &configuration.awsvpc_configuration;
    let mut parts = vec![format!("subnets=[{}]", list(&network.subnets))];
    if !network.security_groups.is_empty() {
        parts.push(format!(
            "securityGroups=[{}]",
            list(&network.security_groups)
        ));
    }
    parts.extend(network.assign_public_ip.map(|assign| match assign {
        AssignPublicIp::Enabled => "assignPublicIp=ENABLED".to_owned(),
        AssignPublicIp::Disabled => "assignPublicIp=DISABLED".to_owned(),
    }));
    format!(
        "--network-configuration 'awsvpcConfiguration={{{}}}'",
        parts.join(",")
    )
}

fn list<T: ToString>(ids: &[T]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::call::{
        AwsvpcConfiguration, CapacityProviderStrategyItem, Hidden, TaskOverride,
    };

    fn call(count: Option<u32>, groups: &[&str], assign: AssignPublicIp) -> RunTask {
        RunTask {
            task_definition: "scorekeep:1".to_owned(),
            count,
            launch_type: Some(LaunchType::Fargate),
            platform_version: None,
            network_configuration: Some(NetworkConfiguration {
                awsvpc_configuration: AwsvpcConfiguration {
                    subnets: vec!["subnet-0a".into(), "subnet-0b".into()],
                    security_groups: groups.iter().map(|id| (*id).into()).collect(),
                    assign_public_ip: Some(assign),
                },
            }),
            options: Hidden::default(),
        }
    }

    #[test]
    fn what_few_callers_say_stands_in_the_line_too() {
        let options = RunTaskOptions {
            capacity_provider_strategy: vec![
                CapacityProviderStrategyItem {
                    capacity_provider: "FARGATE".to_owned(),
                    weight: None,
                    base: Some(1),
                },
                CapacityProviderStrategyItem {
                    capacity_provider: "FARGATE_SPOT".to_owned(),
                    weight: Some(4),
                    base: None,
                },
            ],
            enable_execute_command: Some(true),
            group: Some("night's batch".to_owned()),
            started_by: Some("ada/1".to_owned()),
            tags: vec![EcsTag {
                key: "team".to_owned(),
                value: Some("blue".to_owned()),
            }],
            overrides: Some(TaskOverride {
                cpu: Some("512".to_owned()),
                ..TaskOverride::default()
            }),
            ..RunTaskOptions::default()
        };
        let run = RunTask {
            task_definition: "web".to_owned(),
            options: options.into(),
            ..RunTask::default()
        };
        assert_eq!(
            command_line(&run),
            r#"aws ecs run-task --cluster default \
  --task-definition web \
  --capacity-provider-strategy capacityProvider=FARGATE,base=1 capacityProvider=FARGATE_SPOT,weight=4 \
  --enable-execute-command \
  --group 'night'\''s batch' \
  --started-by ada/1 \
  --overrides '{"cpu":"512"}' \
  --tags '[{"key":"team","value":"blue"}]'"#
        );
    }

    #[test]
    fn the_line_is_what_one_would_type() {
        let one = call(None, &["sg-0a"], AssignPublicIp::Enabled);
        assert_eq!(
            command_line(&one),
            "aws ecs run-task --cluster default \\\n  --task-definition scorekeep:1 \\\n  --launch-type FARGATE \\\n  \
             --network-configuration 'awsvpcConfiguration={subnets=[subnet-0a,subnet-0b],securityGroups=[sg-0a],assignPublicIp=ENABLED}'"
        );
        let three = call(Some(3), &[], AssignPublicIp::Disabled);
        assert_eq!(
            command_line(&three),
            "aws ecs run-task --cluster default \\\n  --task-definition scorekeep:1 \\\n  --count 3 \\\n  --launch-type FARGATE \\\n  \
             --network-configuration 'awsvpcConfiguration={subnets=[subnet-0a,subnet-0b],assignPublicIp=DISABLED}'"
        );
    }
}
