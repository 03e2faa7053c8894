//! The command line that does what the form does.

use fargate_core::call::{AssignPublicIp, LaunchType, NetworkConfiguration, RunTask};

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
    // As a shell goes on in the next line.
    line.join(" \\\n  ")
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
    use fargate_core::call::AwsvpcConfiguration;

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
        }
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
