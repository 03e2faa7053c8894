//! Why a load balancer finds a task unhealthy: what its checks ask, and what stops them.

use super::{by_another_port, reason};
use crate::why::cures::Cure;
use crate::why::flow::{self, at_task, passed};
use crate::why::ground::{Ground, title};
use crate::why::{Deed, Explanation, Goal, Link, State, cures};
use fargate_core::ids::{NetworkInterfaceId, TargetGroupId, TaskId};
use fargate_core::network::{
    Ailment, BalancedTarget, Code, Destination, Ending, Endpoint, Flow, INTERNET_CLIENT,
    LoadBalancer, LoadBalancerKind, Network, Question, TRANSLATED_PORT, TargetGroup, TargetState,
    Trace,
};
use fargate_core::task::Task;
use fargate_core::world::World;

/// What a workload answers that is reached.
const ANSWER: u16 = 200;

/// A load balancer that finds a task unhealthy, as far as that lasts.
pub(in crate::why) fn unhealthy(ground: &Ground<'_>, task: &Task) -> Option<Explanation> {
    checked(ground, task, false)
}

/// The same of a task that is going to be found unhealthy, as others like it were.
pub(in crate::why) fn unhealthy_soon(ground: &Ground<'_>, task: &Task) -> Option<Explanation> {
    checked(ground, task, true)
}

fn checked(ground: &Ground<'_>, task: &Task, soon: bool) -> Option<Explanation> {
    let world = &ground.world;
    let network = world.network();
    let interface = network.interface_of(&task.id)?;
    let (group, target, known) = network.target_groups.values().find_map(|group| {
        let mut targets = group.targets.iter();
        let target = targets.find(|it| it.interface == interface.id && !it.draining)?;
        match target.health.state {
            TargetState::Unhealthy(ailment) => Some((group, target, Some(ailment))),
            _ if soon => Some((group, target, None)),
            _ => None,
        }
    })?;
    let (balancer, port, question) = asked(world, group, target)?;
    let check = &group.health_check;
    let trace = network.walk(&question.flow);
    let now = world.now();
    let ailment = known.unwrap_or(match trace.ending {
        Ending::Denied(_) => Ailment::Timeout,
        Ending::Refused => Ailment::Refused,
        Ending::Delivered if check.counts_as_well(ANSWER) => return None,
        Ending::Delivered => Ailment::Code(ANSWER),
    });
    let finds = if known.is_some() {
        "finds"
    } else {
        "will find"
    };
    let kind = match balancer.kind {
        LoadBalancerKind::Application => "an Application Load Balancer",
        LoadBalancerKind::Network => "a Network Load Balancer",
    };
    let first = Link::new(
        now,
        format!(
            "The target group {} of {}, {kind}, {finds} {} unhealthy ({}).",
            group.name(),
            balancer.name(),
            title(task),
            reason(TargetState::Unhealthy(ailment))
        ),
    )
    .decided(
        format!("target group {}", group.name()),
        format!("{}:{}", target.id, target.port),
    )
    .seen([at_task(&task.id)]);
    let healthy = Goal::Healthy {
        group: group.id.clone(),
        target: target.interface.clone(),
    };
    let from = format!("the health check of target group {}", group.name());
    let besides = besides(network, group, target, port, &trace);
    let told = |mut found: Explanation| {
        for (place, it) in besides.iter().enumerate() {
            let (sentence, rule, help) = it.told(group, port, target.port);
            let link = Link::new(now, format!("Besides what follows, {sentence}"))
                .decided(format!("target group {}", group.name()), rule)
                .by(checked_since(ground, group));
            found.chain.insert(1 + place, link);
            found.help = format!("{} {help}", found.help);
        }
        Some(found)
    };
    if let Ailment::Code(code) = ailment
        && trace.delivered()
    {
        let mut found = Explanation::of(title(task), String::new());
        found.state = State::Wrong;
        found.cause = "health-check-codes";
        found.chain.push(first);
        let wanted = check.matcher.clone().unwrap_or_default();
        let sentence = format!(
            "The health check of target group {} takes only {wanted} for healthy, and the task answers {code}.",
            group.name()
        );
        let by = checked_since(ground, group);
        found.chain.push(
            Link::new(now, sentence)
                .decided(
                    format!("target group {}", group.name()),
                    format!("Matcher: {wanted}"),
                )
                .by(by),
        );
        found.help =
            format!("Let the health check take {code} too, or let the task answer {wanted}.");
        found.cures = vec![cures::balancer::matched(group, &wanted, code)];
        found.goal = Some(healthy);
        return Some(found);
    }
    if trace.delivered() {
        // it will be found healthy again
        return None;
    }
    if port != target.port
        && network
            .walk(&Flow {
                port: target.port,
                ..question.flow.clone()
            })
            .delivered()
    {
        let mut found = Explanation::of(title(task), String::new());
        found.state = State::Wrong;
        found.cause = "health-check-port";
        found.chain.push(first);
        let sentence = format!(
            "The health check of target group {} asks port {port}, and gets no answer there. Requests go to port {}, where the task answers.",
            group.name(),
            target.port
        );
        found.chain.push(
            Link::new(now, sentence)
                .decided(
                    format!("target group {}", group.name()),
                    format!("HealthCheckPort: {port}"),
                )
                .by(checked_since(ground, group)),
        );
        found.checked = passed(&trace, world);
        found.help = format!(
            "Let the health check ask the port that requests go to, or let the task answer on port {port}, too."
        );
        found.cures = vec![cures::balancer::on_traffic_port(group)];
        found.goal = Some(healthy);
        return told(found);
    }
    let asked = question.clone();
    let mut found = flow::explain(ground, &trace, asked, &task.id, now, &from, &title(task));
    found.chain.insert(0, first);
    if let (Some(Code::NoListener), Some(root)) = (trace.code(), found.chain.last_mut()) {
        by_another_port(ground, root, group, target);
    }
    if !besides.is_empty() {
        // one request that arrives is not enough: the check has to come to its end
        found.cures = if besides.iter().any(|it| matches!(it, Flawed::Port)) {
            vec![cures::balancer::on_traffic_port(group)]
        } else {
            cures::of_flow(world, &question, &TaskId::default())
        };
        found.goal = Some(healthy);
        return told(found);
    }
    if trace.code() == Some(Code::NoListener) && balancer.internet_facing {
        // another task would have to be registered first: the target by another port is nearer
        let mut listeners = balancer.listeners.iter();
        let its = listeners.find(|it| it.target_group.as_ref() == Some(&group.id))?;
        let mut flow = Flow::tcp(
            Endpoint::Internet(INTERNET_CLIENT.into()),
            std::net::Ipv4Addr::UNSPECIFIED,
            its.port,
        );
        flow.to = Destination::LoadBalancer(balancer.id.clone());
        found.cures = cures::balancer::other_ports(network, group, target);
        found.goal = Some(Goal::Arrives {
            question: Box::new(Question::of(flow)),
            task: None,
        });
    }
    Some(found)
}

/// What is wrong with a health check itself.
enum Flawed {
    /// It asks a port on which nothing listens; requests go to another, where something does.
    Port,
    /// It does not take the code that the task answers.
    Code(u16),
}

impl Flawed {
    /// The end of a sentence, the setting, and what helps.
    fn told(&self, group: &TargetGroup, port: u16, traffic: u16) -> (String, String, String) {
        let name = group.name();
        match self {
            Self::Port => (
                format!(
                    "the health check of target group {name} asks port {port}, on which nothing listens; requests go to port {traffic}."
                ),
                format!("HealthCheckPort: {port}"),
                "Let the health check ask the port that requests go to, too.".to_owned(),
            ),
            Self::Code(code) => {
                let wanted = group.health_check.matcher.clone().unwrap_or_default();
                (
                    format!(
                        "the health check of target group {name} takes only {wanted} for healthy, and the task answers {code}."
                    ),
                    format!("Matcher: {wanted}"),
                    format!("Let the health check take {code} too."),
                )
            }
        }
    }
}

/// What would keep a target unhealthy though its check got through, beside what keeps the check from getting through.
fn besides(
    network: &Network,
    group: &TargetGroup,
    target: &BalancedTarget,
    port: u16,
    trace: &Trace,
) -> Vec<Flawed> {
    let mut found = Vec::new();
    if trace.delivered() {
        return found;
    }
    // where nothing listens, and nothing else stands in the way, that is what is told first
    let refused = matches!(trace.ending, Ending::Refused);
    if !refused && asks_in_vain(network, target, port) {
        found.push(Flawed::Port);
    }
    if !group.health_check.counts_as_well(ANSWER) {
        found.push(Flawed::Code(ANSWER));
    }
    found
}

/// Whether a check asks a port on which nothing listens, and requests go to another, where something does.
fn asks_in_vain(network: &Network, target: &BalancedTarget, port: u16) -> bool {
    let interface = network.interfaces.get(&target.interface);
    let listens =
        |port: u16| interface.is_some_and(|it| it.listeners.iter().any(|it| it.port == port));
    port != target.port && !listens(port) && listens(target.port)
}

/// What the health check of a target asks: the load balancer that does, the port, and the question.
fn asked<'w>(
    world: &'w World,
    group: &TargetGroup,
    target: &BalancedTarget,
) -> Option<(&'w LoadBalancer, u16, Question)> {
    let network = world.network();
    let interface = network.interfaces.get(&target.interface)?;
    let mut balancers = network.load_balancers.values();
    let balancer = balancers.find(|it| {
        let mut all = it.listeners.iter();
        all.any(|it| it.target_group.as_ref() == Some(&group.id))
    })?;
    let node = node_for(world, balancer, &interface.subnet)?;
    let port = group.health_check.port.parse().unwrap_or(target.port);
    let flow = Flow {
        source_port: TRANSLATED_PORT,
        ..Flow::tcp(Endpoint::Interface(node), interface.private_ip, port)
    };
    let question = Question {
        to: Some(interface.id.clone()),
        ..Question::of(flow)
    };
    Some((balancer, port, question))
}

/// What may cure the check of a target that is unhealthy still, and what that is.
pub(in crate::why) fn goes_on(
    world: &World,
    group: &TargetGroupId,
    target: &NetworkInterfaceId,
) -> Option<(String, Vec<Cure>)> {
    let network = world.network();
    let group = network.target_groups.get(group)?;
    let mut targets = group.targets.iter();
    let target = targets.find(|it| it.interface == *target && !it.draining)?;
    let (_, port, question) = asked(world, group, target)?;
    let check = &group.health_check;
    let trace = network.walk(&question.flow);
    if trace.delivered() {
        let wanted = check.matcher.clone().unwrap_or_default();
        let cure = cures::balancer::matched(group, &wanted, ANSWER);
        return (!check.counts_as_well(ANSWER)).then(|| ("codes".to_owned(), vec![cure]));
    }
    if asks_in_vain(network, target, port) {
        let cure = cures::balancer::on_traffic_port(group);
        return Some(("port".to_owned(), vec![cure]));
    }
    let decided = trace.decided_by().map(|hop| hop.part.id());
    let name = format!("way {}", decided.unwrap_or_default());
    let cures = cures::of_flow(world, &question, &TaskId::default());
    Some((name, cures))
}

/// The call since which a group's targets are asked as they are.
fn checked_since(ground: &Ground<'_>, group: &TargetGroup) -> Option<Deed> {
    ground.turned_by(|before| {
        let known = before.network().target_groups.get(&group.id);
        Some(known.is_none_or(|it| it.health_check != group.health_check))
    })
}

/// The node that asks what is in a subnet.
fn node_for(
    world: &World,
    balancer: &LoadBalancer,
    subnet: &fargate_core::ids::SubnetId,
) -> Option<fargate_core::ids::NetworkInterfaceId> {
    let network = world.network();
    let zone = &network.subnets.get(subnet)?.zone;
    let mut nodes = balancer.nodes.iter();
    let there = nodes.find(|id| {
        let node = network.interfaces.get(id);
        let subnet = node.and_then(|it| network.subnets.get(&it.subnet));
        subnet.is_some_and(|it| it.zone == *zone)
    });
    there.cloned()
}
