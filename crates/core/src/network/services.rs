//! AWS's services as a network sees them: public hosts with names, and endpoints that can be made for them.
//!
//! Addresses are of documentation ranges: 192.0.2.0/24 for AWS, 203.0.113.0/24 for others. Names: 'AWS services that integrate
//! with AWS PrivateLink' and the endpoint tables of the ECR, S3, CloudWatch Logs and ECS guides.

use super::{Host, Network, PrefixList};
use crate::ids::{HostId, PrefixListId};
use ipnet::{IpNet, Ipv4Net};
use std::net::Ipv4Addr;

/// The beginning of every service's name.
const PREFIX: &str = "com.amazonaws.us-east-1.";

/// A service of AWS in us-east-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its name, as endpoints name it: `ecr.api`.
    pub name: &'static str,
    /// Its usual names; `*.` before a name holds all names below it. The first is what it is called by.
    pub dns_names: &'static [&'static str],
    /// The last part of its address in 192.0.2.0/24.
    pub address: u8,
    /// The prefix list of its gateway endpoint, and the first address of its /26; `None` where it has none.
    pub gateway: Option<(&'static str, u8)>,
}

const fn service(name: &'static str, address: u8, dns_names: &'static [&'static str]) -> Service {
    Service {
        name,
        dns_names,
        address,
        gateway: None,
    }
}

/// The services that tasks call.
pub const SERVICES: &[Service] = &[
    service("ecr.api", 10, &["api.ecr.us-east-1.amazonaws.com"]),
    service("ecr.dkr", 11, &["*.dkr.ecr.us-east-1.amazonaws.com"]),
    Service {
        name: "s3",
        dns_names: &["s3.us-east-1.amazonaws.com", "*.s3.us-east-1.amazonaws.com"],
        address: 65,
        gateway: Some(("pl-63a5400a", 64)),
    },
    Service {
        name: "dynamodb",
        dns_names: &["dynamodb.us-east-1.amazonaws.com"],
        address: 129,
        gateway: Some(("pl-02cd2c6b", 128)),
    },
    service("logs", 20, &["logs.us-east-1.amazonaws.com"]),
    service(
        "secretsmanager",
        21,
        &["secretsmanager.us-east-1.amazonaws.com"],
    ),
    service("ssm", 22, &["ssm.us-east-1.amazonaws.com"]),
    service("ssmmessages", 23, &["ssmmessages.us-east-1.amazonaws.com"]),
    service("kms", 24, &["kms.us-east-1.amazonaws.com"]),
    service("ecs-agent", 25, &["ecs-a-1.us-east-1.amazonaws.com"]),
    service("ecs", 26, &["ecs.us-east-1.amazonaws.com"]),
    service("ecs-telemetry", 27, &["ecs-t-1.us-east-1.amazonaws.com"]),
    service(
        "elasticfilesystem",
        28,
        &["elasticfilesystem.us-east-1.amazonaws.com"],
    ),
    service("sqs", 29, &["sqs.us-east-1.amazonaws.com"]),
    service("sns", 30, &["sns.us-east-1.amazonaws.com"]),
    service("sts", 31, &["sts.us-east-1.amazonaws.com"]),
];

/// Hosts on the Internet that are not AWS's: what they are called, and the last part of their address in 203.0.113.0/24.
const OTHERS: &[(&str, u8, &[&str])] = &[
    (
        "Docker Hub",
        80,
        &["registry-1.docker.io", "auth.docker.io"],
    ),
    ("Amazon ECR Public", 81, &["public.ecr.aws"]),
    ("GitHub packages", 82, &["ghcr.io"]),
    ("Quay", 83, &["quay.io"]),
    (
        "Google's registries",
        84,
        &["gcr.io", "*.gcr.io", "*.pkg.dev"],
    ),
    ("Microsoft's registry", 85, &["mcr.microsoft.com"]),
    ("GitLab's registry", 86, &["registry.gitlab.com"]),
    ("Kubernetes' registry", 87, &["registry.k8s.io"]),
    ("A website", 90, &["example.com", "www.example.com"]),
];

/// Whether a host is there before anybody makes anything: one that only answers.
pub fn is_installed(host: &HostId) -> bool {
    let name = host.as_str();
    SERVICES.iter().any(|it| it.name == name) || OTHERS.iter().any(|it| it.0 == name)
}

/// The service of an endpoint, by the name that calls give: `com.amazonaws.us-east-1.ecr.api`.
pub(super) fn endpoint(service: &str) -> Option<&'static Service> {
    let name = service.strip_prefix(PREFIX)?;
    SERVICES.iter().find(|service| service.name == name)
}

/// The names of all services, for a message.
pub(super) fn known() -> String {
    let names: Vec<&str> = SERVICES.iter().map(|service| service.name).collect();
    names.join(", ")
}

/// The host that a service is called by, by its name: `api.ecr.us-east-1.amazonaws.com` of `ecr.api`; nothing for one that is not known.
pub fn host(name: &str) -> &'static str {
    let service = SERVICES.iter().find(|service| service.name == name);
    service.map_or("", |service| service.dns_names[0])
}

/// The name that private DNS gives to a service's endpoint.
pub(super) fn private_name(service: &str) -> &str {
    endpoint(service).map_or(service, |service| service.dns_names[0])
}

/// Puts in what is there before anybody makes anything: the hosts of services, and AWS's prefix lists.
pub(crate) fn install(network: &mut Network) {
    let aws = |last: u8| Ipv4Addr::new(192, 0, 2, last);
    let mut host = |name: &str, address: Ipv4Addr, dns_names: &[&str]| {
        let id = HostId::from(name);
        let host = Host {
            id: id.clone(),
            address: address.into(),
            dns_names: dns_names.iter().map(|&name| name.to_owned()).collect(),
        };
        network.hosts.insert(id, host);
    };
    for service in SERVICES {
        host(service.name, aws(service.address), service.dns_names);
    }
    for (name, last, dns_names) in OTHERS {
        host(name, Ipv4Addr::new(203, 0, 113, *last), dns_names);
    }
    for service in SERVICES {
        if let Some((list, first)) = service.gateway {
            let id = PrefixListId::from(list);
            let list = PrefixList {
                id: id.clone(),
                name: format!("{PREFIX}{}", service.name),
                blocks: vec![IpNet::V4(Ipv4Net::new_assert(aws(first), 26))],
            };
            network.prefix_lists.insert(id, list);
        }
    }
}
