//! Elastic addresses of interfaces: associated with them, and taken from them.

use super::associations::elastic_address_association;
use super::interfaces::{change, no_permission};
use super::{changed, missing};
use crate::call::{AssociateAddress, DisassociateAddress};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{AllocationId, NetworkInterfaceId, SubnetId};
use crate::network::{Interface, Network, Owner};
use std::net::Ipv4Addr;

/// `AssociateAddress`: an elastic address takes the place of any public address that the interface has.
pub(crate) fn associate_address(
    network: &mut Network,
    input: &AssociateAddress,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let address = missing::elastic_address(network, &input.allocation_id)?.clone();
    let interface = wanted(network, input)?;
    if !matches!(interface.owner, Owner::Instance(_)) {
        return Err(no_permission(&interface));
    }
    let subnet = missing::subnet(network, &interface.subnet)?;
    if network.internet_gateway_of(&subnet.vpc).is_none() {
        return Err(ApiError::new(
            "Gateway.NotAttached",
            format!(
                "Network {} is not attached to any internet gateway",
                subnet.vpc
            ),
            "Attach an internet gateway to the VPC first.",
        ));
    }
    if let Some(other) = address.interface.as_ref().filter(|it| **it != interface.id) {
        let of_nat = network
            .interfaces
            .get(other)
            .is_some_and(|it| matches!(it.owner, Owner::NatGateway(_)));
        if of_nat || input.allow_reassociation == Some(false) {
            return Err(ApiError::new(
                "Resource.AlreadyAssociated",
                format!(
                    "resource {} is already associated with associate-id {}",
                    address.id,
                    elastic_address_association(&address.id)
                ),
                format!("{other} has it: allocate another address, or take this one from it."),
            ));
        }
        give_back(network, &other.clone(), step);
    }
    let before = network
        .elastic_addresses
        .values()
        .find(|it| it.interface.as_ref() == Some(&interface.id));
    if let Some(before) = before.map(|it| it.id.clone()) {
        keep(network, &before, None);
    }
    keep(network, &address.id, Some(interface.id.clone()));
    let name = public_name(network, &interface.subnet, address.public_ip);
    change(network, &interface.id, |it| {
        it.public_ip = Some(address.public_ip);
        it.public_dns = name;
    });
    let how = format!("leads to {}", interface.id);
    changed("Elastic address", address.id.as_str(), how, step);
    Ok(Reply::Made(elastic_address_association(&address.id)))
}

/// The interface that an address is to lead to: one that is named, or the primary one of an instance.
fn wanted(network: &Network, input: &AssociateAddress) -> Result<Interface, ApiError> {
    let id = match (&input.network_interface_id, &input.instance_id) {
        (Some(id), None) => id.clone(),
        (None, Some(instance)) => super::instances::found(network, instance)?
            .interfaces
            .first()
            .cloned()
            .unwrap_or_default(),
        (None, None) => {
            return Err(ApiError::new(
                "MissingParameter",
                "Either 'InstanceId' or 'NetworkInterfaceId' must be specified",
                "Say what the address is to lead to.",
            ));
        }
        (Some(_), Some(_)) => {
            return Err(ApiError::new(
                "InvalidParameterCombination",
                "You may specify only one of 'InstanceId' and 'NetworkInterfaceId'.",
                "Say once what the address is to lead to.",
            ));
        }
    };
    missing::interface(network, &id).map(|it| it.as_ref().clone())
}

fn keep(network: &mut Network, id: &AllocationId, interface: Option<NetworkInterfaceId>) {
    if let Some(address) = network.elastic_addresses.get_mut(id) {
        address.interface = interface;
    }
}

/// `DisassociateAddress`: the address stays the account's. An instance that was started with a public address gets a new one.
/// Source: 'Amazon EC2 instance IP addressing'.
pub(crate) fn disassociate_address(
    network: &mut Network,
    input: &DisassociateAddress,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let wanted = &input.association_id;
    let found = network
        .elastic_addresses
        .values()
        .find(|it| it.interface.is_some() && elastic_address_association(&it.id) == *wanted);
    let found = found.and_then(|it| Some((it.id.clone(), it.interface.clone()?)));
    let Some((id, interface)) = found else {
        return Err(ApiError::new(
            "InvalidAssociationID.NotFound",
            format!("The association ID '{wanted}' does not exist"),
            "Name the association of an elastic address, as AssociateAddress gave it.",
        ));
    };
    let held = missing::interface(network, &interface)?;
    if !matches!(held.owner, Owner::Instance(_)) {
        return Err(no_permission(held));
    }
    keep(network, &id, None);
    give_back(network, &interface, step);
    let how = "leads to nothing".to_owned();
    Ok(changed("Elastic address", id.as_str(), how, step))
}

/// An interface loses its elastic address, and gets another of Amazon's where its instance was started with one.
fn give_back(network: &mut Network, id: &NetworkInterfaceId, step: &Step<'_>) {
    let Some(interface) = network.interfaces.get(id).cloned() else {
        return;
    };
    let public = network
        .things()
        .instances
        .values()
        .any(|it| it.public && it.interfaces.first() == Some(id));
    let subject = format!("{id}/{}", step.now.0);
    let address = public.then(|| network.free_public_address(step.seed, &subject));
    let name = address.and_then(|it| public_name(network, &interface.subnet, it));
    change(network, id, |it| {
        it.public_ip = address;
        it.public_dns = name;
    });
}

/// The name of a public address in a subnet, where the VPC gives names. Source: 'DNS attributes for your VPC' of the VPC guide.
pub(super) fn public_name(
    network: &Network,
    subnet: &SubnetId,
    address: Ipv4Addr,
) -> Option<String> {
    let subnet = network.subnets.get(subnet)?;
    let vpc = network.vpcs.get(&subnet.vpc)?;
    let dashed = address.to_string().replace('.', "-");
    (vpc.dns_support && vpc.dns_hostnames).then(|| format!("ec2-{dashed}.compute-1.amazonaws.com"))
}
