//! The command line that does what the form does.

use fargate_core::call::{AssignPublicIp, LaunchType, RunTask};

/// `aws ecs run-task …`, as it works against AWS. The simulated account has one cluster, `default`.
pub(crate) fn command_line(call: &RunTask) -> String {
    let mut line = format!(
        "aws ecs run-task --cluster default --task-definition {}",
        call.task_definition
    );
    if let Some(count) = call.count {
        line.push_str(&format!(" --count {count}"));
    }
    match call.launch_type {
        Some(LaunchType::Fargate) => line.push_str(" --launch-type FARGATE"),
        Some(LaunchType::Ec2) => line.push_str(" --launch-type EC2"),
        None => {}
    }
    if let Some(version) = &call.platform_version {
        line.push_str(&format!(" --platform-version {version}"));
    }
    if let Some(network) = &call.network_configuration {
        let network = &network.awsvpc_configuration;
        let mut parts = vec![format!("subnets=[{}]", list(&network.subnets))];
        if !network.security_groups.is_empty() {
            parts.push(format!(
                "securityGroups=[{}]",
                list(&network.security_groups)
            ));
        }
        if let Some(assign) = network.assign_public_ip {
            let assign = match assign {
                AssignPublicIp::Enabled => "ENABLED",
                AssignPublicIp::Disabled => "DISABLED",
            };
            parts.push(format!("assignPublicIp={assign}"));
        }
        line.push_str(&format!(
            " --network-configuration 'awsvpcConfiguration={{{}}}'",
            parts.join(",")
        ));
    }
    line
}

fn list<T: ToString>(ids: &[T]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::call::{AwsvpcConfiguration, NetworkConfiguration};

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
            "aws ecs run-task --cluster default --task-definition scorekeep:1 --launch-type FARGATE \
             --network-configuration 'awsvpcConfiguration={subnets=[subnet-0a,subnet-0b],securityGroups=[sg-0a],assignPublicIp=ENABLED}'"
        );
        let three = call(Some(3), &[], AssignPublicIp::Disabled);
        assert_eq!(
            command_line(&three),
            "aws ecs run-task --cluster default --task-definition scorekeep:1 --count 3 --launch-type FARGATE \
             --network-configuration 'awsvpcConfiguration={subnets=[subnet-0a,subnet-0b],assignPublicIp=DISABLED}'"
        );
    }
}
