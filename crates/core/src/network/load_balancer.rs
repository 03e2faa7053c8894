//! Load balancers: nodes that take connections, listeners that choose a target group, and the targets.

use super::protocol::IpProtocol;
use super::target_health::{TargetHealth, TargetState};
use crate::ids::{LoadBalancerId, NetworkInterfaceId, TargetGroupId, VpcId};
use std::sync::Arc;

/// A load balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadBalancer {
    /// Its id.
    pub id: LoadBalancerId,
    /// Its kind.
    pub kind: LoadBalancerKind,
    /// Whether its name resolves to public addresses (`internet-facing`), not to private ones (`internal`).
    pub internet_facing: bool,
    /// Its DNS name, or nothing.
    pub dns_name: String,
    /// The interfaces of its nodes, one a zone.
    pub nodes: Vec<NetworkInterfaceId>,
    /// Its listeners.
    pub listeners: Vec<BalancerListener>,
    /// Whether a node uses the targets of other zones too: on for an ALB, off for an NLB unless switched.
    pub cross_zone: bool,
    /// Its state.
    pub state: LoadBalancerState,
    /// Whether it cannot be deleted.
    pub deletion_protection: bool,
    /// How long an idle connection lasts, in seconds.
    pub idle_timeout: u32,
}

impl LoadBalancer {
    /// A load balancer that works, with AWS's defaults, and without nodes and listeners.
    pub fn new(id: LoadBalancerId, kind: LoadBalancerKind) -> Self {
        Self {
            id,
            kind,
            internet_facing: false,
            dns_name: String::new(),
            nodes: Vec::new(),
            listeners: Vec::new(),
            cross_zone: kind == LoadBalancerKind::Application,
            state: LoadBalancerState::Active,
            deletion_protection: false,
            idle_timeout: match kind {
                LoadBalancerKind::Application => 60,
                LoadBalancerKind::Network => 350,
            },
        }
    }

    /// Its name: the part of its ARN, or the id of one that has no ARN.
    pub fn name(&self) -> &str {
        arn_name(self.id.as_str())
    }
}

/// The name in `…:loadbalancer/app/NAME/…` and `…:targetgroup/NAME/…`, or the text where it is no ARN.
fn arn_name(arn: &str) -> &str {
    arn.rsplit('/').nth(1).unwrap_or(arn)
}

/// The kind of a load balancer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadBalancerKind {
    /// An Application Load Balancer: it opens connections of its own.
    Application,
    /// A Network Load Balancer: it may keep the client's address.
    Network,
}

impl LoadBalancerKind {
    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Network => "network",
        }
    }
}

/// The state of a load balancer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadBalancerState {
    /// It is being made, and forwards nothing yet.
    Provisioning,
    /// It works.
    Active,
}

impl LoadBalancerState {
    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::Provisioning => "provisioning",
            Self::Active => "active",
        }
    }
}

/// A listener of a load balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalancerListener {
    /// Its ARN; nothing where a topology says none.
    pub arn: String,
    /// Its protocol, such as `HTTPS` or `TCP_UDP`.
    pub protocol: String,
    /// Its port.
    pub port: u16,
    /// The group that its default rule forwards to; `None` where it forwards to none.
    pub target_group: Option<TargetGroupId>,
}

impl BalancerListener {
    /// Whether connections of a protocol to a port are for it.
    /// Source: 'Listeners for your Network Load Balancers', 'Listeners for your Application Load Balancers'.
    pub fn takes(&self, protocol: IpProtocol, port: u16) -> bool {
        let (tcp, udp) = match self.protocol.to_ascii_uppercase().as_str() {
            "UDP" | "QUIC" => (false, true),
            "TCP_UDP" | "TCP_QUIC" => (true, true),
            _ => (true, false),
        };
        self.port == port
            && ((tcp && protocol == IpProtocol::TCP) || (udp && protocol == IpProtocol::UDP))
    }
}

/// A target group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetGroup {
    /// Its id.
    pub id: TargetGroupId,
    /// What its targets are, `ip` or `instance`.
    pub target_type: String,
    /// The protocol towards the targets, such as `HTTP` or `TCP`.
    pub protocol: String,
    /// The port of a target that is registered without one.
    pub port: u16,
    /// `preserve_client_ip.enabled`: whether an NLB leaves the client's address as the source.
    pub preserve_client_ip: bool,
    /// Its targets.
    pub targets: Vec<BalancedTarget>,
    /// Its VPC; `None` where a topology says none.
    pub vpc: Option<VpcId>,
    /// How its targets are asked whether they are well.
    pub health_check: HealthCheck,
    /// How long a target that is taken out keeps its connections, in seconds.
    pub deregistration_delay: u32,
    /// Whether its targets are being asked.
    pub is_checking: bool,
}

/// How targets are asked whether they are well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthCheck {
    /// The protocol.
    pub protocol: String,
    /// A port, or `traffic-port` for the target's.
    pub port: String,
    /// The path, where the protocol has paths.
    pub path: Option<String>,
    /// The answers that count as well, where the protocol has codes.
    pub matcher: Option<String>,
    /// Seconds between checks.
    pub interval: u32,
    /// Seconds that an answer may take.
    pub timeout: u32,
    /// Answers in a row that make a target well again.
    pub healthy: u32,
    /// Failures in a row that make it unwell.
    pub unhealthy: u32,
}

impl HealthCheck {
    /// What AWS takes where a call says nothing: by the protocol of the group's load balancers and of the check.
    /// Source: `CreateTargetGroup` of the Elastic Load Balancing API.
    pub fn default_of(kind: LoadBalancerKind, protocol: Option<&str>) -> Self {
        let usual = match kind {
            LoadBalancerKind::Application => "HTTP",
            LoadBalancerKind::Network => "TCP",
        };
        let protocol = protocol.unwrap_or(usual).to_ascii_uppercase();
        let asks = protocol.starts_with("HTTP");
        let (timeout, matcher) = match (kind, protocol.as_str()) {
            (LoadBalancerKind::Application, _) => (5, "200"),
            (LoadBalancerKind::Network, "HTTP") => (6, "200-399"),
            (LoadBalancerKind::Network, _) => (10, "200-399"),
        };
        Self {
            protocol,
            port: "traffic-port".to_owned(),
            path: asks.then(|| "/".to_owned()),
            matcher: asks.then(|| matcher.to_owned()),
            interval: 30,
            timeout,
            healthy: 5,
            unhealthy: 2,
        }
    }
}

impl HealthCheck {
    /// Whether an answer's code counts as well: one of the matcher's codes or ranges, such as `200,301` or `200-299`.
    pub fn counts_as_well(&self, code: u16) -> bool {
        let Some(matcher) = &self.matcher else {
            return true;
        };
        matcher.split(',').any(|part| {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            let bounds = from.trim().parse::<u16>().ok().zip(to.trim().parse().ok());
            bounds.is_some_and(|(from, to)| (from..=to).contains(&code))
        })
    }
}

impl TargetGroup {
    /// A target group with AWS's defaults and without targets.
    pub fn new(id: TargetGroupId, target_type: &str, protocol: &str, port: u16) -> Self {
        let kind = Self::kind_for(protocol);
        Self {
            id,
            target_type: target_type.to_owned(),
            protocol: protocol.to_owned(),
            port,
            preserve_client_ip: kind == LoadBalancerKind::Network && target_type == "instance",
            targets: Vec::new(),
            vpc: None,
            health_check: HealthCheck::default_of(kind, None),
            deregistration_delay: 300,
            is_checking: false,
        }
    }

    /// The targets that get new connections: the healthy ones, and all that are in use where none is healthy.
    /// Source: 'Target group health' of the Elastic Load Balancing guides (fail open).
    pub fn in_turn(&self) -> Vec<&BalancedTarget> {
        let all = self.targets.iter();
        let all: Vec<_> = all
            .filter(|it| !it.draining && it.health.is_used())
            .collect();
        let healthy = all
            .iter()
            .filter(|it| it.health.state == TargetState::Healthy);
        let mut targets: Vec<_> = healthy.copied().collect();
        if targets.is_empty() {
            targets = all;
        }
        targets.sort_by(|a, b| (&a.interface, a.port).cmp(&(&b.interface, b.port)));
        targets
    }

    /// Its name: the part of its ARN, or the id of one that has no ARN.
    pub fn name(&self) -> &str {
        arn_name(self.id.as_str())
    }

    /// The kind of load balancers that it can be used with.
    pub fn kind(&self) -> LoadBalancerKind {
        Self::kind_for(&self.protocol)
    }

    fn kind_for(protocol: &str) -> LoadBalancerKind {
        if protocol.to_ascii_uppercase().starts_with("HTTP") {
            LoadBalancerKind::Application
        } else {
            LoadBalancerKind::Network
        }
    }

    /// Whether targets see the client's address: as set, and always with UDP, where it cannot be switched off.
    /// Source: 'Client IP preservation' of the Network Load Balancers guide.
    pub fn keeps_client_address(&self) -> bool {
        self.preserve_client_ip
            || ["UDP", "TCP_UDP"]
                .iter()
                .any(|udp| self.protocol.eq_ignore_ascii_case(udp))
    }
}

/// A registered target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalancedTarget {
    /// What it was registered by: an address or an instance.
    pub id: Arc<str>,
    /// Its interface; the id of nothing where nothing had the address.
    pub interface: NetworkInterfaceId,
    /// Its port.
    pub port: u16,
    /// Whether it is being taken out: it keeps its connections, and gets no new ones.
    pub draining: bool,
    /// What its health checks found.
    pub health: TargetHealth,
}
