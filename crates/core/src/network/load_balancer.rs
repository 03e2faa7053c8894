//! Load balancers: nodes that take connections, listeners that choose a target group, and the targets.

use super::protocol::IpProtocol;
use crate::ids::{LoadBalancerId, NetworkInterfaceId, TargetGroupId};

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
}

/// The kind of a load balancer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadBalancerKind {
    /// An Application Load Balancer: it opens connections of its own.
    Application,
    /// A Network Load Balancer: it may keep the client's address.
    Network,
}

/// A listener of a load balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalancerListener {
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
}

impl TargetGroup {
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
    /// Its interface.
    pub interface: NetworkInterfaceId,
    /// Its port.
    pub port: u16,
    /// Whether it is being taken out: it keeps its connections, and gets no new ones.
    pub draining: bool,
}
