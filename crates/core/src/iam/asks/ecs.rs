//! What calls of ECS ask: the resource types and the condition keys of each.
//!
//! Source: Service Authorization Reference, 'Actions, resources, and condition keys for Amazon Elastic Container Service'.

use super::{Ask, Known, REVISIONS_SINCE, passed, tags};
use crate::iam::{ACCOUNT, Context, REGION, TASKS};
use crate::text::Node;

/// What may be named by its ARN or by its name, as an ARN.
fn named(kind: &str, given: &str) -> String {
    if given.starts_with("arn:") {
        given.to_owned()
    } else {
        format!("arn:aws:ecs:{REGION}:{ACCOUNT}:{kind}/{given}")
    }
}

/// A switch of a call, which is off where the call says nothing.
fn is(input: &Node, member: &str) -> String {
    let on = input.get(member).and_then(Node::as_bool);
    on.unwrap_or(false).to_string()
}

/// A key with several values, where there are any.
fn given(context: Context, key: &str, values: Vec<String>) -> Context {
    if values.is_empty() {
        return context;
    }
    context.with_all(key, values)
}

fn provider(name: &str) -> String {
    named("capacity-provider", name)
}

/// The capacity providers of a call's strategy.
fn providers(input: &Node) -> Vec<String> {
    let strategy = input.get("capacityProviderStrategy");
    let items = strategy.map_or(&[][..], Node::items).iter();
    let names = items.filter_map(|it| it.get("capacityProvider")?.as_str());
    names.map(provider).collect()
}

/// The condition keys of a call that makes or changes a service.
fn of_service(mut ask: Ask, name: &str, input: &Node) -> Ask {
    for (member, key) in [
        ("enableExecuteCommand", "ecs:enable-execute-command"),
        ("enableECSManagedTags", "ecs:enable-ecs-managed-tags"),
    ] {
        // a service that is changed keeps what the call does not name
        if name == "CreateService" || input.get(member).is_some() {
            ask = ask.with(key, is(input, member));
        }
    }
    if let Some(from) = input.get("propagateTags").and_then(Node::as_str) {
        ask = ask.with("ecs:propagate-tags", from);
    }
    let network = input.get("networkConfiguration");
    if let Some(network) = network.and_then(|it| it.get("awsvpcConfiguration")) {
        let public = network.get("assignPublicIp").and_then(Node::as_str);
        let public = public == Some("ENABLED");
        ask = ask.with("ecs:auto-assign-public-ip", public.to_string());
        let subnets = network.get("subnets").map_or(&[][..], Node::items).iter();
        let subnets = subnets.filter_map(|it| Some(it.as_str()?.to_owned()));
        ask.context = given(ask.context, "ecs:subnet", subnets.collect());
    }
    ask.context = given(ask.context, "ecs:capacity-provider", providers(input));
    ask
}

/// The capacity providers that a cluster is to have.
fn own_providers(input: &Node) -> Vec<String> {
    let named = input.get("capacityProviders").map_or(&[][..], Node::items);
    named
        .iter()
        .filter_map(Node::as_str)
        .map(provider)
        .collect()
}

/// What a call of ECS asks, in order.
pub(super) fn ecs(action: &str, name: &str, input: &Node, known: Known<'_>) -> Vec<Ask> {
    let text = |member: &str| input.get(member).and_then(Node::as_str);
    let cluster = text("cluster").unwrap_or("default");
    let cluster_name = cluster.rsplit('/').next().unwrap_or(cluster);
    let cluster_arn = named("cluster", cluster);
    let task_definition = || {
        let given = text("taskDefinition").unwrap_or_default();
        let given = given.rsplit('/').next().unwrap_or(given);
        let revision = known.revision.filter(|_| known.as_of >= REVISIONS_SINCE);
        named("task-definition", revision.map_or(given, |(name, _)| name))
    };
    let mut all = Vec::new();
    let first = match name {
        "RegisterTaskDefinition" => {
            let family = text("family").unwrap_or_default();
            let resource = if known.as_of < REVISIONS_SINCE {
                "*".to_owned()
            } else {
                named("task-definition", &format!("{family}:*"))
            };
            let mut ask = Ask::new(action, resource);
            let mut compatibilities = input
                .get("requiresCompatibilities")
                .map_or(&[][..], Node::items)
                .iter();
            let compatibilities: Vec<String> = compatibilities
                .by_ref()
                .filter_map(|it| Some(it.as_str()?.to_owned()))
                .collect();
            if !compatibilities.is_empty() {
                ask.context = ask
                    .context
                    .with_all("ecs:compute-compatibility", compatibilities);
            }
            for (member, key) in [("cpu", "ecs:task-cpu"), ("memory", "ecs:task-memory")] {
                if let Some(size) = text(member) {
                    ask = ask.with(key, size);
                }
            }
            let mut containers = input
                .get("containerDefinitions")
                .map_or(&[][..], Node::items)
                .iter();
            let privileged = containers.any(|it| is(it, "privileged") == "true");
            ask.with("ecs:privileged", privileged.to_string())
        }
        "RunTask" | "StartTask" => {
            let volumes = input.get("volumeConfigurations");
            let ebs = volumes.is_some_and(|it| !it.items().is_empty());
            let mut ask = Ask::new(action, task_definition())
                .with("ecs:cluster", cluster_arn)
                .with(
                    "ecs:enable-execute-command",
                    is(input, "enableExecuteCommand"),
                )
                .with("ecs:enable-ebs-volumes", ebs.to_string());
            let instances = input.get("containerInstances").map_or(&[][..], Node::items);
            let instances = instances.iter().filter_map(Node::as_str);
            let instances = instances
                .map(|it| named("container-instance", &format!("{cluster_name}/{it}")))
                .collect();
            ask.context = given(ask.context, "ecs:container-instances", instances);
            ask.context = given(ask.context, "ecs:capacity-provider", providers(input));
            ask
        }
        "CreateService" | "UpdateService" | "DeleteService" | "DescribeServices" => {
            let first = || input.get("services")?.items().first()?.as_str();
            let service = text("serviceName").or_else(|| text("service"));
            let service = service.or_else(first).unwrap_or_default();
            let service = service.rsplit('/').next().unwrap_or(service);
            let mut ask = Ask::new(
                action,
                named("service", &format!("{cluster_name}/{service}")),
            )
            .with("ecs:cluster", cluster_arn);
            if text("taskDefinition").is_some() {
                ask = ask.with("ecs:task-definition", task_definition());
            }
            if matches!(name, "CreateService" | "UpdateService") {
                ask = of_service(ask, name, input);
            }
            ask
        }
        "StopTask" | "ExecuteCommand" | "DescribeTasks" => {
            let task = text("task")
                .or_else(|| input.get("tasks")?.items().first()?.as_str())
                .unwrap_or("*");
            let task = task.rsplit('/').next().unwrap_or(task);
            Ask::new(action, named("task", &format!("{cluster_name}/{task}")))
                .with("ecs:cluster", cluster_arn)
        }
        "ListTasks" => {
            let resource = named("container-instance", &format!("{cluster_name}/*"));
            Ask::new(action, resource).with("ecs:cluster", cluster_arn)
        }
        "CreateCluster" => {
            let name = text("clusterName").unwrap_or("default");
            let mut ask = Ask::new(action, named("cluster", name));
            ask.context = given(ask.context, "ecs:capacity-provider", own_providers(input));
            ask
        }
        "DeleteTaskDefinitions" => {
            let all = input.get("taskDefinitions").map_or(&[][..], Node::items);
            let all = all.iter().filter_map(Node::as_str);
            let of = |it: &str| it.rsplit('/').next().map(|it| named("task-definition", it));
            return all.filter_map(of).map(|it| Ask::new(action, it)).collect();
        }
        "PutAccountSetting" | "PutAccountSettingDefault" => {
            Ask::new(action, "*").with("ecs:account-setting", text("name").unwrap_or_default())
        }
        "DeleteCluster" | "UpdateCluster" | "UpdateClusterSettings" | "DescribeClusters" => {
            Ask::new(action, cluster_arn)
        }
        "PutClusterCapacityProviders" => {
            let mut ask = Ask::new(action, cluster_arn);
            ask.context = given(ask.context, "ecs:capacity-provider", own_providers(input));
            ask
        }
        "ListServices" => Ask::new(action, "*").with("ecs:cluster", cluster_arn),
        _ => Ask::new(action, "*"),
    };
    all.push(tags(first, input));
    if matches!(name, "RunTask" | "CreateService")
        && input.get("tags").is_some_and(|it| !it.items().is_empty())
    {
        let kind = if name == "RunTask" { "task" } else { "service" };
        let ask = Ask::new("ecs:TagResource", named(kind, &format!("{cluster_name}/*")))
            .with("ecs:CreateAction", name);
        all.push(tags(ask, input));
    }
    all.extend(
        passed(name, input, known)
            .into_iter()
            .map(|role| Ask::new("iam:PassRole", role).with("iam:PassedToService", TASKS)),
    );
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::read;
    use crate::units::Date;

    #[test]
    fn a_call_has_the_condition_keys_that_aws_lists_for_it() {
        let known = Known {
            as_of: Date::new(2026, 11, 21),
            revision: None,
        };
        let arn = |what: &str| format!("arn:aws:ecs:us-east-1:123456789012:{what}");
        for (name, input, key, values) in [
            (
                "CreateService",
                r#"{"networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1","subnet-2"],"assignPublicIp":"ENABLED"}}}"#,
                "ecs:subnet",
                vec!["subnet-1".to_owned(), "subnet-2".to_owned()],
            ),
            (
                "CreateService",
                r#"{"networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"],"assignPublicIp":"ENABLED"}}}"#,
                "ecs:auto-assign-public-ip",
                vec!["true".to_owned()],
            ),
            (
                "CreateService",
                "{}",
                "ecs:enable-execute-command",
                vec!["false".to_owned()],
            ),
            (
                "UpdateService",
                "{}",
                "ecs:enable-execute-command",
                Vec::new(),
            ),
            (
                "UpdateService",
                r#"{"propagateTags":"SERVICE"}"#,
                "ecs:propagate-tags",
                vec!["SERVICE".to_owned()],
            ),
            (
                "RunTask",
                r#"{"capacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT","weight":1}]}"#,
                "ecs:capacity-provider",
                vec![arn("capacity-provider/FARGATE_SPOT")],
            ),
            (
                "StartTask",
                r#"{"containerInstances":["0a1b"]}"#,
                "ecs:container-instances",
                vec![arn("container-instance/default/0a1b")],
            ),
            (
                "RegisterTaskDefinition",
                r#"{"containerDefinitions":[{"privileged":true}]}"#,
                "ecs:privileged",
                vec!["true".to_owned()],
            ),
            (
                "PutClusterCapacityProviders",
                r#"{"capacityProviders":["FARGATE"]}"#,
                "ecs:capacity-provider",
                vec![arn("capacity-provider/FARGATE")],
            ),
            (
                "CreateCluster",
                r#"{"clusterName":"staging","capacityProviders":["FARGATE_SPOT"]}"#,
                "ecs:capacity-provider",
                vec![arn("capacity-provider/FARGATE_SPOT")],
            ),
            (
                "PutAccountSetting",
                r#"{"name":"fargateTaskRetirementWaitPeriod","value":"0"}"#,
                "ecs:account-setting",
                vec!["fargateTaskRetirementWaitPeriod".to_owned()],
            ),
        ] {
            let asked = ecs(&format!("ecs:{name}"), name, &read(input).root, known);
            let found = asked[0].context.get(key).unwrap_or_default();
            assert_eq!(found, values, "{name} {input} {key}");
        }
    }

    #[test]
    fn a_call_about_definitions_and_clusters_asks_for_the_resource_that_aws_lists_for_it() {
        let known = Known {
            as_of: Date::new(2026, 11, 21),
            revision: None,
        };
        let arn = |what: &str| format!("arn:aws:ecs:us-east-1:123456789012:{what}");
        for (name, input, resources) in [
            (
                "DeregisterTaskDefinition",
                r#"{"taskDefinition":"web:1"}"#,
                vec!["*".to_owned()],
            ),
            (
                "DescribeTaskDefinition",
                r#"{"taskDefinition":"web:1"}"#,
                vec!["*".to_owned()],
            ),
            ("ListTaskDefinitions", "{}", vec!["*".to_owned()]),
            ("ListTaskDefinitionFamilies", "{}", vec!["*".to_owned()]),
            ("ListClusters", "{}", vec!["*".to_owned()]),
            (
                "PutAccountSetting",
                r#"{"name":"n","value":"v"}"#,
                vec!["*".to_owned()],
            ),
            (
                "DeleteTaskDefinitions",
                r#"{"taskDefinitions":["web:1","arn:aws:ecs:us-east-1:123456789012:task-definition/web:2"]}"#,
                vec![arn("task-definition/web:1"), arn("task-definition/web:2")],
            ),
            ("CreateCluster", "{}", vec![arn("cluster/default")]),
            (
                "CreateCluster",
                r#"{"clusterName":"staging"}"#,
                vec![arn("cluster/staging")],
            ),
            (
                "DeleteCluster",
                r#"{"cluster":"staging"}"#,
                vec![arn("cluster/staging")],
            ),
            ("StopTask", r#"{"task":"0a"}"#, vec![arn("task/default/0a")]),
        ] {
            let asked = ecs(&format!("ecs:{name}"), name, &read(input).root, known);
            let found: Vec<String> = asked.into_iter().map(|it| it.resource).collect();
            assert_eq!(found, resources, "{name} {input}");
        }
    }
}
