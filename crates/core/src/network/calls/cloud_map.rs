//! Cloud Map's calls: namespaces, services, and what is registered with them.

use super::hosted_zones::{plain, publish};
use super::{changed, deleted, made};
use crate::call::{
    CreateDiscoveryService, CreatePrivateDnsNamespace, DeleteDiscoveryService, DeleteNamespace,
    DeregisterInstance, RegisterInstance,
};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{DiscoveryServiceId, NamespaceId};
use crate::network::{DiscoveredInstance, DiscoveryService, Namespace, Network};
use std::net::Ipv4Addr;
use std::sync::Arc;

/// Instances of a service. Source: quotas of Cloud Map.
const MAX_INSTANCES: usize = 1_000;

fn invalid(message: impl Into<String>, cure: &'static str) -> ApiError {
    ApiError::new("InvalidInput", message, cure)
}

fn namespace(network: &Network, id: &NamespaceId) -> Result<Arc<Namespace>, ApiError> {
    let things = network.things();
    things.namespaces.get(id).cloned().ok_or_else(|| {
        ApiError::new(
            "NamespaceNotFound",
            format!("Failed to find namespace {id}."),
            "Name a namespace of this scenario.",
        )
    })
}

fn service(network: &Network, id: &DiscoveryServiceId) -> Result<Arc<DiscoveryService>, ApiError> {
    let things = network.things();
    things.discovery_services.get(id).cloned().ok_or_else(|| {
        ApiError::new(
            "ServiceNotFound",
            format!("Failed to find service {id}."),
            "Name a service of this scenario by its id, srv-….",
        )
    })
}

/// A name as DNS has it, in lower case.
fn name_of(text: &str, may_have_dots: bool) -> Result<String, ApiError> {
    let name = plain(text);
    let label = |label: &str| {
        let mut letters = label.chars();
        !label.is_empty()
            && label.len() <= 63
            && letters.all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    let fits = name.split('.').all(label) && (may_have_dots || !name.contains('.'));
    fits.then_some(name).ok_or_else(|| {
        invalid(
            format!("The name {text} is not a valid DNS name."),
            "Write letters, digits and hyphens, such as local or api.",
        )
    })
}

/// `CreatePrivateDnsNamespace`. Its names are known where the VPC has both DNS attributes on.
pub(crate) fn create_private_dns_namespace(
    network: &mut Network,
    input: &CreatePrivateDnsNamespace,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = name_of(&input.name, true)?;
    let vpc = &input.vpc;
    if network.vpcs.get(vpc).is_none() {
        return Err(invalid(
            format!("The VPC ID '{vpc}' does not exist."),
            "Name a VPC of this scenario.",
        ));
    }
    let things = network.things();
    let mut namespaces = things.namespaces.values();
    let same = namespaces.find(|it| it.name == name && it.vpc == *vpc);
    let mut zones = things.hosted_zones.values();
    let zone = zones.find(|it| it.name == name && it.vpcs.contains(vpc));
    if let Some(same) = same {
        return Err(ApiError::new(
            "NamespaceAlreadyExists",
            format!("Namespace with name {name} already exists: {}.", same.id),
            "Make services in that namespace, or choose another name.",
        ));
    }
    if let Some(zone) = zone {
        return Err(ApiError::new(
            "ConflictingDomainExists",
            format!(
                "The VPC {vpc} has already been associated with the hosted zone {} with the same domain name.",
                zone.id
            ),
            "Choose another name: a namespace makes a private hosted zone of its own.",
        ));
    }
    let id = NamespaceId::from(step.id("ns"));
    let namespace = Namespace {
        id: id.clone(),
        name: name.clone(),
        vpc: vpc.clone(),
    };
    network.change_things(|things| things.namespaces.insert(id.clone(), namespace));
    Ok(made("Namespace", id.as_str(), name, step))
}

/// `CreateService`: records of type A.
pub(crate) fn create_discovery_service(
    network: &mut Network,
    input: &CreateDiscoveryService,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = name_of(&input.name, false)?;
    let namespace = namespace(network, &input.namespace_id)?;
    let records = &input.dns_config.records;
    let [record] = &records[..] else {
        return Err(invalid(
            "DnsConfig must have exactly one record here.",
            "Give DnsRecords with one record of type A; SRV and AAAA are not modelled.",
        ));
    };
    if record.kind != "A" {
        return Err(invalid(
            format!("Records of type {} are not modelled.", record.kind),
            "Only records of type A, addresses, are known here.",
        ));
    }
    let things = network.things();
    let mut services = things.discovery_services.values();
    if let Some(same) = services.find(|it| it.name == name && it.namespace == namespace.id) {
        return Err(ApiError::new(
            "ServiceAlreadyExists",
            format!("Service with name {name} already exists: {}.", same.id),
            "Register instances with that service, or choose another name.",
        ));
    }
    let id = DiscoveryServiceId::from(step.id("srv"));
    let service = DiscoveryService {
        id: id.clone(),
        name: name.clone(),
        namespace: namespace.id.clone(),
        ttl: record.ttl,
        instances: Vec::new(),
    };
    network.change_things(|things| things.discovery_services.insert(id.clone(), service));
    let name = format!("{name}.{}", namespace.name);
    Ok(made("Discovery service", id.as_str(), name, step))
}

/// `RegisterInstance`: one that is there already gets the new address.
pub(crate) fn register_instance(
    network: &mut Network,
    input: &RegisterInstance,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.service_id;
    let mut service = service(network, id)?.as_ref().clone();
    let attribute = |name: &str| input.attributes.get(name);
    let Some(text) = attribute("AWS_INSTANCE_IPV4") else {
        return Err(invalid(
            "The attribute AWS_INSTANCE_IPV4 is required: the service has records of type A.",
            "Give Attributes with AWS_INSTANCE_IPV4, a private address.",
        ));
    };
    let address = text.parse::<Ipv4Addr>().map_err(|_| {
        invalid(
            format!("The value {text} of AWS_INSTANCE_IPV4 is not a valid IPv4 address."),
            "Write an address such as 10.0.1.5.",
        )
    })?;
    let port = attribute("AWS_INSTANCE_PORT").map(|text| {
        text.parse::<u16>().map_err(|_| {
            invalid(
                format!("The value {text} of AWS_INSTANCE_PORT is not a valid port."),
                "Write a number from 0 to 65535.",
            )
        })
    });
    let port = port.transpose()?;
    service.instances.retain(|it| it.id != input.instance_id);
    if service.instances.len() >= MAX_INSTANCES {
        return Err(ApiError::new(
            "ResourceLimitExceeded",
            "The maximum number of instances for this service has been reached.",
            "A service has 1,000 instances at most.",
        ));
    }
    service.instances.push(DiscoveredInstance {
        id: input.instance_id.clone(),
        address,
        port,
    });
    service.instances.sort_by(|a, b| a.id.cmp(&b.id));
    network.change_things(|things| things.discovery_services.insert(id.clone(), service));
    publish(network);
    let how = format!("is answered by {} at {address}", input.instance_id);
    Ok(changed("Discovery service", id.as_str(), how, step))
}

/// `DeregisterInstance`.
pub(crate) fn deregister_instance(
    network: &mut Network,
    input: &DeregisterInstance,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.service_id;
    let mut service = service(network, id)?.as_ref().clone();
    let before = service.instances.len();
    service.instances.retain(|it| it.id != input.instance_id);
    if service.instances.len() == before {
        return Err(ApiError::new(
            "InstanceNotFound",
            format!("Failed to find instance {}.", input.instance_id),
            "Name an instance that is registered with the service.",
        ));
    }
    network.change_things(|things| things.discovery_services.insert(id.clone(), service));
    publish(network);
    let how = format!("is no longer answered by {}", input.instance_id);
    Ok(changed("Discovery service", id.as_str(), how, step))
}

/// `DeleteService`: one without instances.
pub(crate) fn delete_discovery_service(
    network: &mut Network,
    input: &DeleteDiscoveryService,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let service = service(network, &input.id)?;
    if let Some(instance) = service.instances.first() {
        return Err(ApiError::new(
            "ResourceInUse",
            "Service contains registered instances; delete the instances before deleting the service",
            format!("Deregister {} first.", instance.id),
        ));
    }
    network.change_things(|things| things.discovery_services.remove(&input.id));
    Ok(deleted("Discovery service", input.id.as_str(), step))
}

/// `DeleteNamespace`: one without services.
pub(crate) fn delete_namespace(
    network: &mut Network,
    input: &DeleteNamespace,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let namespace = namespace(network, &input.id)?;
    let things = network.things();
    let mut services = things.discovery_services.values();
    if let Some(service) = services.find(|it| it.namespace == namespace.id) {
        return Err(ApiError::new(
            "ResourceInUse",
            "Namespace has associated services",
            format!("Delete the service {} first.", service.name),
        ));
    }
    network.change_things(|things| things.namespaces.remove(&input.id));
    Ok(deleted("Namespace", input.id.as_str(), step))
}
