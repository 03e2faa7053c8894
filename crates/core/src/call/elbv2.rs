//! Elastic Load Balancing's calls, version 2: load balancers, listeners, target groups, targets. Members are spelled as in its API.

use super::Tag;
use crate::ids::{AllocationId, LoadBalancerId, SecurityGroupId, SubnetId, TargetGroupId, VpcId};
use crate::wire;

wire! {
    /// Input of `CreateLoadBalancer`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateLoadBalancer {
        /// Its name.
        pub name: String = "Name",
        /// The subnets of its nodes, one a zone.
        pub subnets: Vec<SubnetId> = "Subnets" optional,
        /// The same with elastic addresses for the nodes of an internet-facing Network Load Balancer.
        pub subnet_mappings: Vec<SubnetMapping> = "SubnetMappings" optional,
        /// Its groups; an Application Load Balancer wears the VPC's default group where absent, a Network Load Balancer none.
        pub security_groups: Vec<SecurityGroupId> = "SecurityGroups" optional,
        /// `internet-facing` or `internal`; internet-facing where absent.
        pub scheme: Option<String> = "Scheme" optional,
        /// `application` or `network`; application where absent.
        pub kind: Option<String> = "Type" optional,
        /// Tags.
        pub tags: Vec<Tag> = "Tags" optional,
    }

    /// The subnet of a node, and its elastic address.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct SubnetMapping {
        /// The subnet.
        pub subnet_id: SubnetId = "SubnetId",
        /// The elastic address; an address of AWS's where absent.
        pub allocation_id: Option<AllocationId> = "AllocationId" optional,
    }

    /// Input of `DeleteLoadBalancer`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteLoadBalancer {
        /// Its ARN.
        pub load_balancer_arn: LoadBalancerId = "LoadBalancerArn",
    }

    /// Input of `ModifyLoadBalancerAttributes`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ModifyLoadBalancerAttributes {
        /// Its ARN.
        pub load_balancer_arn: LoadBalancerId = "LoadBalancerArn",
        /// What is to be so, such as `load_balancing.cross_zone.enabled`.
        pub attributes: Vec<Attribute> = "Attributes",
    }

    /// Input of `SetSecurityGroups`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct SetSecurityGroups {
        /// The load balancer's ARN.
        pub load_balancer_arn: LoadBalancerId = "LoadBalancerArn",
        /// All groups that it is to wear.
        pub security_groups: Vec<SecurityGroupId> = "SecurityGroups",
    }

    /// Input of `CreateTargetGroup`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateTargetGroup {
        /// Its name.
        pub name: String = "Name",
        /// The protocol towards the targets.
        pub protocol: Option<String> = "Protocol" optional,
        /// The port of targets that are registered without one.
        pub port: Option<u16> = "Port" optional,
        /// The VPC of the targets.
        pub vpc_id: Option<VpcId> = "VpcId" optional,
        /// `instance` or `ip`; instance where absent. Tasks on Fargate are targets of type ip.
        pub target_type: Option<String> = "TargetType" optional,
        /// The protocol of health checks; HTTP for an Application Load Balancer's group, TCP for a Network Load Balancer's.
        pub health_check_protocol: Option<String> = "HealthCheckProtocol" optional,
        /// A port, or `traffic-port`, which it is where absent.
        pub health_check_port: Option<String> = "HealthCheckPort" optional,
        /// The path of health checks; `/` where absent.
        pub health_check_path: Option<String> = "HealthCheckPath" optional,
        /// Seconds between checks, 5 to 300; 30 where absent.
        pub interval: Option<u32> = "HealthCheckIntervalSeconds" optional,
        /// Seconds that an answer may take, 2 to 120.
        pub timeout: Option<u32> = "HealthCheckTimeoutSeconds" optional,
        /// Answers in a row that make a target well, 2 to 10; 5 where absent.
        pub healthy: Option<u32> = "HealthyThresholdCount" optional,
        /// Failures in a row that make it unwell, 2 to 10; 2 where absent.
        pub unhealthy: Option<u32> = "UnhealthyThresholdCount" optional,
        /// The codes that count as well.
        pub matcher: Option<Matcher> = "Matcher" optional,
    }

    /// Codes that count as well.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Matcher {
        /// Such as `200` or `200-299`.
        pub http_code: String = "HttpCode",
    }

    /// Input of `DeleteTargetGroup`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteTargetGroup {
        /// Its ARN.
        pub target_group_arn: TargetGroupId = "TargetGroupArn",
    }

    /// Input of `ModifyTargetGroup`: what is absent stays as it is. Source: API reference, `ModifyTargetGroup`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ModifyTargetGroup {
        /// Its ARN.
        pub target_group_arn: TargetGroupId = "TargetGroupArn",
        /// The protocol of health checks, as `CreateTargetGroup` takes it.
        pub health_check_protocol: Option<String> = "HealthCheckProtocol" optional,
        /// A port, or `traffic-port`.
        pub health_check_port: Option<String> = "HealthCheckPort" optional,
        /// The path of health checks.
        pub health_check_path: Option<String> = "HealthCheckPath" optional,
        /// Seconds between checks, 5 to 300.
        pub interval: Option<u32> = "HealthCheckIntervalSeconds" optional,
        /// Seconds that an answer may take, 2 to 120.
        pub timeout: Option<u32> = "HealthCheckTimeoutSeconds" optional,
        /// Answers in a row that make a target well, 2 to 10.
        pub healthy: Option<u32> = "HealthyThresholdCount" optional,
        /// Failures in a row that make it unwell, 2 to 10.
        pub unhealthy: Option<u32> = "UnhealthyThresholdCount" optional,
        /// The codes that count as well.
        pub matcher: Option<Matcher> = "Matcher" optional,
    }

    /// Input of `ModifyTargetGroupAttributes`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ModifyTargetGroupAttributes {
        /// Its ARN.
        pub target_group_arn: TargetGroupId = "TargetGroupArn",
        /// What is to be so, such as `preserve_client_ip.enabled`.
        pub attributes: Vec<Attribute> = "Attributes",
    }

    /// An attribute of a load balancer or of a target group.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Attribute {
        /// Its key.
        pub key: String = "Key",
        /// Its value.
        pub value: String = "Value",
    }

    /// Input of `CreateListener`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateListener {
        /// The load balancer's ARN.
        pub load_balancer_arn: LoadBalancerId = "LoadBalancerArn",
        /// The protocol.
        pub protocol: String = "Protocol",
        /// The port.
        pub port: u16 = "Port",
        /// The certificate, for HTTPS and TLS.
        pub certificates: Vec<Certificate> = "Certificates" optional,
        /// What becomes of a connection: forwarded to a target group.
        pub default_actions: Vec<ListenerAction> = "DefaultActions",
    }

    /// A certificate.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Certificate {
        /// Its ARN.
        pub certificate_arn: String = "CertificateArn",
    }

    /// What a listener does.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ListenerAction {
        /// `forward`.
        pub kind: String = "Type",
        /// The target group's ARN.
        pub target_group_arn: Option<TargetGroupId> = "TargetGroupArn" optional,
    }

    /// Input of `DeleteListener`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteListener {
        /// Its ARN.
        pub listener_arn: String = "ListenerArn",
    }

    /// Input of `RegisterTargets`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct RegisterTargets {
        /// The group's ARN.
        pub target_group_arn: TargetGroupId = "TargetGroupArn",
        /// The targets.
        pub targets: Vec<TargetDescription> = "Targets",
    }

    /// Input of `DeregisterTargets`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeregisterTargets {
        /// The group's ARN.
        pub target_group_arn: TargetGroupId = "TargetGroupArn",
        /// The targets.
        pub targets: Vec<TargetDescription> = "Targets",
    }

    /// A target.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct TargetDescription {
        /// Its address, or its instance.
        pub id: String = "Id",
        /// Its port; the group's where absent.
        pub port: Option<u16> = "Port" optional,
    }
}
