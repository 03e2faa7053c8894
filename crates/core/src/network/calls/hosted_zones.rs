//! Private hosted zones of Route 53, and their records of addresses.

use super::{changed, deleted, made};
use crate::call::{
    AssociateVpcWithHostedZone, ChangeResourceRecordSets, CreateHostedZone, DeleteHostedZone,
    RecordChange, RecordSet,
};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{HostedZoneId, VpcId};
use crate::network::{AddressRecord, HostedZone, Network, PrivateName};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// A name as it is compared: in lower case, without a dot at the end.
pub(super) fn plain(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

fn found(network: &Network, id: &HostedZoneId) -> Result<Arc<HostedZone>, ApiError> {
    let things = network.things();
    things.hosted_zones.get(id).cloned().ok_or_else(|| {
        ApiError::new(
            "NoSuchHostedZone",
            format!("No hosted zone found with ID: {id}"),
            "Name a hosted zone of this scenario.",
        )
    })
}

/// A VPC that is to know a zone: one that is there, and knows no other zone of that name.
fn check_vpc(network: &Network, vpc: &VpcId, name: &str) -> Result<(), ApiError> {
    if network.vpcs.get(vpc).is_none() {
        return Err(ApiError::new(
            "InvalidVPCId",
            format!("The VPC ID is invalid. The VPC: {vpc} does not exist."),
            "Name a VPC of this scenario.",
        ));
    }
    let things = network.things();
    let mut zones = things.hosted_zones.values();
    match zones.find(|zone| zone.name == name && zone.vpcs.contains(vpc)) {
        Some(zone) => Err(ApiError::new(
            "ConflictingDomainExists",
            format!(
                "The VPC {vpc} in region us-east-1 has already been associated with the hosted zone {} with the same domain name.",
                zone.id
            ),
            "Put the records into that zone.",
        )),
        None => Ok(()),
    }
}

/// Says the resolvers anew what they know: records of whole names before those of all names below one.
pub(super) fn publish(network: &mut Network) {
    let things = network.things();
    let mut names: Vec<PrivateName> = things
        .hosted_zones
        .values()
        .flat_map(|zone| {
            zone.records.iter().map(|record| PrivateName {
                name: record.name.clone(),
                vpcs: zone.vpcs.clone(),
                addresses: record.addresses.clone(),
            })
        })
        .collect();
    for service in things.discovery_services.values() {
        let Some(namespace) = things.namespaces.get(&service.namespace) else {
            continue;
        };
        if !service.instances.is_empty() {
            names.push(PrivateName {
                name: format!("{}.{}", service.name, namespace.name),
                vpcs: vec![namespace.vpc.clone()],
                addresses: service.addresses(),
            });
        }
    }
    names.sort_by_key(|it| (it.name.starts_with('*'), std::cmp::Reverse(it.name.len())));
    network.private_names = Arc::new(names);
    network.touch();
}

/// `CreateHostedZone`: a private one. Its names are known where the VPC has both DNS attributes on.
pub(crate) fn create_hosted_zone(
    network: &mut Network,
    input: &CreateHostedZone,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = plain(&input.name);
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    if name.len() > 255 || !name.split('.').all(label) {
        return Err(ApiError::new(
            "InvalidDomainName",
            format!("{} is not a valid domain name.", input.name),
            "Write a name such as internal.example.",
        ));
    }
    let Some(vpc) = input.vpc.as_ref().map(|vpc| &vpc.id) else {
        return Err(ApiError::new(
            "InvalidInput",
            "When you're creating a private hosted zone, you must specify values for VPCId and VPCRegion.",
            "Give VPC: public zones are not modelled.",
        ));
    };
    check_vpc(network, vpc, &name)?;
    let id = step.id("zone").replace("zone-", "Z").to_ascii_uppercase();
    let zone = HostedZone {
        id: id.as_str().into(),
        name: name.clone(),
        vpcs: vec![vpc.clone()],
        records: Vec::new(),
    };
    network.change_things(|things| things.hosted_zones.insert(zone.id.clone(), zone));
    Ok(made("Hosted zone", &id, name, step))
}

/// `AssociateVPCWithHostedZone`.
pub(crate) fn associate_vpc_with_hosted_zone(
    network: &mut Network,
    input: &AssociateVpcWithHostedZone,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let (id, vpc) = (&input.hosted_zone_id, &input.vpc.id);
    let zone = found(network, id)?;
    check_vpc(network, vpc, &zone.name)?;
    network.change_things(|things| {
        if let Some(zone) = things.hosted_zones.get_mut(id) {
            zone.vpcs.push(vpc.clone());
        }
    });
    publish(network);
    let how = format!("is known in {vpc}");
    Ok(changed("Hosted zone", id.as_str(), how, step))
}

fn bad_batch(message: impl std::fmt::Display, cure: impl Into<String>) -> ApiError {
    ApiError::new("InvalidChangeBatch", format!("[{message}]"), cure.into())
}

/// `ChangeResourceRecordSets`: records of type A.
pub(crate) fn change_resource_record_sets(
    network: &mut Network,
    input: &ChangeResourceRecordSets,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.hosted_zone_id;
    let mut zone = found(network, id)?.as_ref().clone();
    let mut how = Vec::new();
    for change in &input.change_batch.changes {
        how.push(apply(&mut zone, change)?);
    }
    network.change_things(|things| things.hosted_zones.insert(id.clone(), zone));
    publish(network);
    Ok(changed("Hosted zone", id.as_str(), how.join(", "), step))
}

fn apply(zone: &mut HostedZone, change: &RecordChange) -> Result<String, ApiError> {
    let name = plain(&change.record.name);
    check_labels(&name)?;
    if name != zone.name && !name.ends_with(&format!(".{}", zone.name)) {
        return Err(bad_batch(
            format!(
                "RRSet with DNS name {name}. is not permitted in zone {}.",
                zone.name
            ),
            format!("End the name with .{}.", zone.name),
        ));
    }
    let addresses = addresses(&change.record)?;
    let place = zone.records.iter().position(|it| it.name == name);
    match (change.action.as_str(), place) {
        ("CREATE", Some(_)) => Err(bad_batch(
            format!(
                "Tried to create resource record set [name='{name}.', type='A'] but it already exists"
            ),
            "Use UPSERT to put other values in their place.",
        )),
        ("CREATE" | "UPSERT", place) => {
            if let Some(place) = place {
                zone.records.remove(place);
            }
            let words: Vec<String> = addresses.iter().map(ToString::to_string).collect();
            let words = format!("says that {name} is {}", words.join(", "));
            zone.records.push(AddressRecord { name, addresses });
            zone.records.sort_by(|a, b| a.name.cmp(&b.name));
            Ok(words)
        }
        ("DELETE", Some(place)) if zone.records[place].addresses == addresses => {
            zone.records.remove(place);
            Ok(format!("no longer knows {name}"))
        }
        ("DELETE", Some(_)) => Err(bad_batch(
            format!(
                "Tried to delete resource record set [name='{name}.', type='A'] but the values provided do not match the current values"
            ),
            "Give the values that it has.",
        )),
        ("DELETE", None) => Err(bad_batch(
            format!(
                "Tried to delete resource record set [name='{name}.', type='A'] but it was not found"
            ),
            "Name a record of the zone.",
        )),
        (other, _) => Err(ApiError::new(
            "InvalidInput",
            format!(
                "Value '{other}' at 'changeBatch.changes.1.member.action' failed to satisfy constraint: Member must satisfy enum value set: [CREATE, DELETE, UPSERT]"
            ),
            "Write CREATE, DELETE or UPSERT.",
        )),
    }
}

/// Checks the labels of a record's name. Source: 'DNS domain name format' of the Route 53 guide; the words are quoted in public issues.
fn check_labels(name: &str) -> Result<(), ApiError> {
    let fatal = |code: &str, words: &str, text: &str| {
        ApiError::new(
            "InvalidChangeBatch",
            format!("FATAL problem: {code} ({words}) encountered with '{text}'"),
            "Write labels of 1 to 63 letters, digits, hyphens and underscores, with dots between, 255 characters in all; * as the first stands for any.",
        )
    };
    let allowed = |c: char| c.is_ascii_graphic();
    if !name.chars().all(allowed) {
        return Err(fatal(
            "UnsupportedCharacter",
            "Value contains unsupported characters",
            name,
        ));
    }
    for label in name.split('.') {
        if label.is_empty() {
            return Err(fatal("DomainLabelEmpty", "Domain label is empty", name));
        }
        if label.len() > 63 {
            return Err(fatal(
                "DomainLabelTooLong",
                "Domain label is too long",
                label,
            ));
        }
    }
    if name.len() > 255 {
        return Err(fatal("DomainTooLong", "Domain name is too long", name));
    }
    Ok(())
}

fn addresses(record: &RecordSet) -> Result<Vec<IpAddr>, ApiError> {
    if record.kind != "A" {
        return Err(bad_batch(
            format!("Records of type {} are not modelled", record.kind),
            "Only records of type A, addresses, are known here.",
        ));
    }
    if record.records.is_empty() {
        return Err(bad_batch(
            "Missing field 'ResourceRecords' in Change",
            "Give at least one address.",
        ));
    }
    let address = |text: &str| {
        text.parse::<Ipv4Addr>().map(IpAddr::V4).map_err(|_| {
            bad_batch(
                format!("Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with '{text}''"),
                "Write an address such as 10.0.1.5.",
            )
        })
    };
    record.records.iter().map(|it| address(&it.value)).collect()
}

/// `DeleteHostedZone`: an empty one.
pub(crate) fn delete_hosted_zone(
    network: &mut Network,
    input: &DeleteHostedZone,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let zone = found(network, &input.id)?;
    if let Some(record) = zone.records.first() {
        return Err(ApiError::new(
            "HostedZoneNotEmpty",
            "The specified hosted zone contains non-required resource record sets  and so cannot be deleted.",
            format!("Delete the record {} first.", record.name),
        ));
    }
    network.change_things(|things| things.hosted_zones.remove(&input.id));
    Ok(deleted("Hosted zone", input.id.as_str(), step))
}
