//! The services of a template that run the definition: what `CreateService` would refuse.

use super::names::clip;
use super::subject::items;
use super::{Applies, INVALID, Rule, Subject, at_run};
use crate::finding::Finding;
use crate::task_definition::form::{Template, referred};
use crate::text::{Node, Value, quote};

pub(super) static RULE: Rule = Rule {
    code: "template-service",
    applies: Applies::Always,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
    check,
};

/// Members that a service on Fargate does not have, with AWS's words.
const NOT_ON_FARGATE: [(&str, &str); 2] = [
    ("PlacementConstraints", "Placement constraints are not supported with FARGATE launch type."),
    ("PlacementStrategies", "Placement strategies are not supported with FARGATE launch type."),
];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(template) = subject.template else {
        return;
    };
    for service in &template.services {
        network(subject, service, findings);
        if service.get("LaunchType").and_then(Node::as_str) == Some("FARGATE") {
            fargate(subject, service, findings);
        }
        for balancer in items(service, "LoadBalancers") {
            load_balancer(subject, template, balancer, findings);
        }
    }
}

fn network(subject: &Subject<'_>, service: &Node, findings: &mut Vec<Finding>) {
    let mode = subject.root.get("networkMode");
    if mode.is_some_and(|mode| mode.as_str().is_none()) {
        return;
    }
    let awsvpc = mode.and_then(Node::as_str) == Some("awsvpc");
    match (awsvpc, service.member("NetworkConfiguration")) {
        (true, None) => findings.push(
            at_run(Subject::brace(service), "The definition has a network of its own, and the service does not say where")
                .help("NetworkConfiguration names the subnets and security groups of its tasks.")
                .aws(INVALID, "Network Configuration must be provided when networkMode 'awsvpc' is specified."),
        ),
        (false, Some(member)) => findings.push(
            at_run(member.key.span, "Only tasks with awsvpc have a network of their own: NetworkConfiguration says nothing here")
                .aws(INVALID, "Network Configuration is not valid for the given networkMode of this task definition."),
        ),
        _ => {}
    }
}

fn fargate(subject: &Subject<'_>, service: &Node, findings: &mut Vec<Finding>) {
    let launch = Subject::place(service, "LaunchType");
    let list = subject.root.get("requiresCompatibilities");
    let known = list.is_none_or(|list| matches!(list.value, Value::Array(_)));
    let mode = subject.root.get("networkMode");
    let mode_fits = mode.is_some_and(|mode| matches!(mode.as_str(), None | Some("awsvpc")));
    if known && !mode_fits && !subject.requests("FARGATE") {
        findings.push(
            at_run(launch, "The service asks for FARGATE, and the definition does not qualify for it")
                .aws(INVALID, "Task definition does not support launch_type FARGATE."),
        );
    }
    if let Some(strategy) = service.get("SchedulingStrategy")
        && strategy.as_str() == Some("DAEMON")
    {
        findings.push(
            at_run(strategy.span, "On FARGATE a service cannot be a DAEMON, one task on each instance")
                .help("There are no instances to count. AWS's words for it are not known here."),
        );
    }
    for (name, words) in NOT_ON_FARGATE {
        if let Some(member) = service.member(name).filter(|member| super::subject::is_set(&member.value)) {
            findings.push(
                at_run(member.key.span, format!("On FARGATE a service has no {name}")).aws(INVALID, words),
            );
        }
    }
}

fn load_balancer(subject: &Subject<'_>, template: &Template, balancer: &Node, findings: &mut Vec<Finding>) {
    let Some((place, name)) = balancer.get("ContainerName").and_then(|node| Some((node.span, node.as_str()?))) else {
        return;
    };
    // a container whose name is not known may be any
    let unknown = subject.containers().any(|container| container.node.get("name").is_none_or(|name| name.as_str().is_none()));
    let Some(container) = subject.containers().find(|container| container.name() == name) else {
        if !unknown {
            findings.push(
                at_run(place, format!("The definition has no container {}", quote(&clip(name))))
                    .aws(INVALID, format!("The container {name} does not exist in the task definition.")),
            );
        }
        return;
    };
    let Some(value) = balancer.get("ContainerPort") else {
        return;
    };
    let port = match &value.value {
        Value::Number(digits) | Value::String(digits) => digits.parse::<i64>().ok(),
        _ => None,
    };
    let Some(port) = port else {
        return;
    };
    let number = |mapping: &Node, name: &str| mapping.get(name).and_then(Node::as_i64);
    let mappings = || container.mappings().iter().filter(|mapping| number(mapping, "containerPort") == Some(port));
    let open = container.mappings().iter().any(|mapping| number(mapping, "containerPort").is_none());
    match mappings().count() {
        0 if !open => findings.push(
            at_run(value.span, format!("The container {} maps no port {port}", container.label()))
                .aws(INVALID, format!("The container {name} did not have a container port {port} defined.")),
        ),
        2.. => findings.push(
            at_run(value.span, format!("The container {} maps the port {port} twice", container.label()))
                .aws(INVALID, format!("Container port {port} is used in more than one port mapping for container {name}")),
        ),
        _ => {}
    }
    let dynamic = mappings().any(|mapping| number(mapping, "hostPort") == Some(0));
    let group = balancer.get("TargetGroupArn").and_then(|node| referred(node, subject.text));
    let group = template.target_groups.iter().find(|(name, _)| Some(&**name) == group);
    let checked = group.and_then(|(_, group)| group.get("HealthCheckPort"));
    if let Some(checked) = checked.filter(|checked| dynamic && checked.is_present() && checked.as_str() != Some("traffic-port")) {
        let asked = subject.text.get(checked.span.start..checked.span.end).unwrap_or_default();
        findings.push(
            at_run(checked.span, format!("The host port is chosen anew for each task, and the health check always asks {}", clip(asked)))
                .help("With hostPort 0 the health check's port is traffic-port."),
        );
    }
}
