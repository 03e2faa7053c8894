//! Prefix lists of one's own.

use super::{deleted, in_use, made, missing};
use crate::call::{CreateManagedPrefixList, DeleteManagedPrefixList};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::PrefixListId;
use crate::network::{Network, Peer, PrefixList, RouteDestination};
use ipnet::IpNet;

/// `CreateManagedPrefixList`.
pub(crate) fn create_managed_prefix_list(
    network: &mut Network,
    input: &CreateManagedPrefixList,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let invalid = |message: String, cure: &'static str| {
        Err(ApiError::new("InvalidParameterValue", message, cure))
    };
    // Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateManagedPrefixList.html
    let name = input.prefix_list_name.as_str();
    if name.is_empty() || name.chars().count() > 255 || name.starts_with("com.amazonaws") {
        return invalid(
            format!("Value ({name}) for parameter prefixListName is invalid."),
            "Call the list something of 1 to 255 characters that does not begin with com.amazonaws.",
        );
    }
    let ipv4 = match input.address_family.as_str() {
        "IPv4" => true,
        "IPv6" => false,
        other => {
            return invalid(
                format!(
                    "Value ({other}) for parameter addressFamily is invalid. Legal values are IPv4, IPv6."
                ),
                "Write IPv4 or IPv6.",
            );
        }
    };
    if !(1..=1_000).contains(&input.max_entries) {
        return invalid(
            format!(
                "Value ({}) for parameter maxEntries is invalid.",
                input.max_entries
            ),
            "A list has 1 to 1,000 entries.",
        );
    }
    if input.entries.len() > input.max_entries as usize {
        return Err(ApiError::new(
            "PrefixListMaxEntriesExceeded",
            "You've reached the maximum number of entries for the prefix list.",
            "Give MaxEntries room for all entries.",
        ));
    }
    let mut blocks = Vec::new();
    for entry in &input.entries {
        match entry.cidr.trim().parse::<IpNet>() {
            Ok(block) if block.addr().is_ipv4() == ipv4 => blocks.push(block.trunc()),
            _ => {
                return invalid(
                    format!(
                        "The CIDR ({}) is not valid for the address family {}.",
                        entry.cidr, input.address_family
                    ),
                    "Write blocks of the list's family, such as 198.51.100.0/24.",
                );
            }
        }
    }
    let id = PrefixListId::from(step.id("pl"));
    let list = PrefixList {
        id: id.clone(),
        name: input.prefix_list_name.clone(),
        blocks,
    };
    network.prefix_lists.insert(id.clone(), list);
    network.touch();
    Ok(made(
        "Prefix list",
        id.as_str(),
        input.prefix_list_name.clone(),
        step,
    ))
}

/// `DeleteManagedPrefixList`.
pub(crate) fn delete_managed_prefix_list(
    network: &mut Network,
    input: &DeleteManagedPrefixList,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.prefix_list_id;
    missing::prefix_list(network, id)?;
    let peer = Peer::PrefixList(id.clone());
    let destination = RouteDestination::PrefixList(id.clone());
    let in_group = network.security_groups.values().any(|group| {
        let mut rules = group.ingress.iter().chain(&group.egress);
        rules.any(|rule| rule.peer == peer)
    });
    let in_table = network.route_tables.values().any(|table| {
        table
            .routes
            .iter()
            .any(|route| route.destination == destination)
    });
    let of_endpoint = network
        .gateway_endpoints
        .values()
        .any(|it| it.prefix_list == *id);
    if in_group || in_table || of_endpoint {
        let cure = "Take it out of rules and routes first; AWS's own lists cannot be deleted.";
        return Err(in_use("prefixList", id.as_str(), cure));
    }
    network.prefix_lists.remove(id);
    network.touch();
    Ok(deleted("Prefix list", id.as_str(), step))
}
