//! NAT gateways, and the elastic addresses that public ones take.

use super::{changed, made, missing, name_of};
use crate::call::{AllocateAddress, CreateNatGateway, DeleteNatGateway, ReleaseAddress};
use crate::engine::chance;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{AllocationId, NatGatewayId};
use crate::network::{
    Attachment, Connectivity, ElasticAddress, NatGateway, NatState, Network, Owner,
};
use crate::units::SimSpan;

/// Elastic addresses of the account. Source: 'Amazon VPC quotas'.
const MAX_ADDRESSES: usize = 5;
/// NAT gateways of a zone. Source: 'Amazon VPC quotas'.
const MAX_GATEWAYS: usize = 5;
/// How long a NAT gateway takes to come up, in ms: AWS gives no figure; a minute or three.
const COMES_UP: (u64, u64) = (60_000, 180_000);
/// How long it takes to be deleted.
const GOES: SimSpan = SimSpan::secs(60);
/// How long a failed or deleted one is still listed. Source: 'NAT gateway states' of the VPC guide: about an hour.
const LISTED: SimSpan = SimSpan::secs(3_600);

/// `AllocateAddress`.
pub(crate) fn allocate_address(
    network: &mut Network,
    _input: &AllocateAddress,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    if network.elastic_addresses.len() >= MAX_ADDRESSES {
        return Err(ApiError::new(
            "AddressLimitExceeded",
            "The maximum number of addresses has been reached.",
            "Release an address; an account has five unless it asks for more.",
        ));
    }
    let id = AllocationId::from(step.id("eipalloc"));
    let public_ip = network.free_public_address(step.seed, id.as_str());
    let address = ElasticAddress {
        id: id.clone(),
        public_ip,
        interface: None,
    };
    network.elastic_addresses.insert(id.clone(), address);
    network.touch();
    Ok(made(
        "Elastic address",
        id.as_str(),
        public_ip.to_string(),
        step,
    ))
}

/// `ReleaseAddress`.
pub(crate) fn release_address(
    network: &mut Network,
    input: &ReleaseAddress,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let address = missing::elastic_address(network, &input.allocation_id)?;
    if address.interface.is_some() {
        return Err(ApiError::new(
            "InvalidIPAddress.InUse",
            format!("Address {} is in use.", address.public_ip),
            "Take it from the interface first: DisassociateAddress; or delete the NAT gateway that has it, and wait until it is deleted.",
        ));
    }
    network.elastic_addresses.remove(&input.allocation_id);
    network.touch();
    Ok(super::deleted(
        "Elastic address",
        input.allocation_id.as_str(),
        step,
    ))
}

/// `CreateNatGateway`. It is pending first, and fails where its VPC has no internet gateway.
pub(crate) fn create_nat_gateway(
    network: &mut Network,
    input: &CreateNatGateway,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let subnet = missing::subnet(network, &input.subnet_id)?.clone();
    let connectivity = match input.connectivity_type.as_deref() {
        None | Some("public") => Connectivity::Public,
        Some("private") => Connectivity::Private,
        Some(other) => {
            return Err(ApiError::new(
                "InvalidParameterValue",
                format!(
                    "Value ({other}) for parameter connectivityType is invalid. Legal values are public, private."
                ),
                "Write public or private.",
            ));
        }
    };
    let public_ip = elastic_address(network, input, connectivity)?;
    let in_zone = network.nat_gateways.values().filter(|nat| {
        let zone = network.subnets.get(&nat.subnet).map(|it| &it.zone);
        !nat.state.is_over() && zone == Some(&subnet.zone)
    });
    if in_zone.count() >= MAX_GATEWAYS {
        return Err(ApiError::new(
            "NatGatewayLimitExceeded",
            format!(
                "Performing this operation would exceed the limit of {MAX_GATEWAYS} NAT gateways"
            ),
            "Let subnets share a NAT gateway; a zone has five unless the account asks for more.",
        ));
    }
    let id = NatGatewayId::from(step.id("nat"));
    let owner = Owner::NatGateway(id.clone());
    let eni = step.id("eni");
    let interface = network.new_interface(&eni, owner, &subnet.id, &[], step.seed);
    let Ok(mut interface) = interface else {
        return Err(ApiError::new(
            "InsufficientFreeAddressesInSubnet",
            "Subnet has insufficient free addresses to create this NAT gateway",
            "Choose a subnet with a free address.",
        ));
    };
    interface.source_dest_check = false;
    interface.attachment = Attachment::Attached;
    interface.public_ip = public_ip;
    if let Some(address) = input
        .allocation_id
        .as_ref()
        .and_then(|id| network.elastic_addresses.get_mut(id))
    {
        address.interface = Some(interface.id.clone());
    }
    let nat = NatGateway {
        id: id.clone(),
        name: name_of(&input.tag_specifications),
        subnet: subnet.id.clone(),
        private_ip: interface.private_ip,
        public_ip,
        allocation: input.allocation_id.clone(),
        interface: Some(interface.id.clone()),
        connectivity,
        state: NatState::Pending,
    };
    let name = nat.name.clone();
    network.interfaces.insert(interface.id.clone(), interface);
    network.nat_gateways.insert(id.clone(), nat);
    network.touch();
    let (least, most) = COMES_UP;
    let up = chance::between(step.seed, "nat gateway", id.as_str(), least, most);
    step.later(SimSpan(up), id.as_str());
    Ok(made("NAT gateway", id.as_str(), name, step))
}

fn elastic_address(
    network: &Network,
    input: &CreateNatGateway,
    connectivity: Connectivity,
) -> Result<Option<std::net::Ipv4Addr>, ApiError> {
    match (connectivity, &input.allocation_id) {
        (Connectivity::Public, None) => Err(ApiError::new(
            "MissingParameter",
            "The request must include the AllocationId parameter. Add the required parameter and retry the request.",
            "Allocate an elastic address first: AllocateAddress.",
        )),
        (Connectivity::Private, Some(_)) => Err(ApiError::new(
            "InvalidParameterCombination",
            "You can't specify an AllocationId parameter for a private NAT gateway.",
            "Leave AllocationId out, or make a public NAT gateway.",
        )),
        (Connectivity::Private, None) => Ok(None),
        (Connectivity::Public, Some(id)) => {
            let Some(address) = network.elastic_addresses.get(id) else {
                return Err(ApiError::new(
                    "InvalidAllocationID.NotFound",
                    format!(
                        "Elastic IP address {id} could not be associated with this NAT gateway"
                    ),
                    "Name an elastic address of this scenario.",
                ));
            };
            if address.interface.is_some() {
                return Err(ApiError::new(
                    "Resource.AlreadyAssociated",
                    format!("Elastic IP address {id} is already associated"),
                    "Allocate another elastic address.",
                ));
            }
            Ok(Some(address.public_ip))
        }
    }
}

/// `DeleteNatGateway`. Routes to it become blackholes; the elastic address stays the account's.
pub(crate) fn delete_nat_gateway(
    network: &mut Network,
    input: &DeleteNatGateway,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.nat_gateway_id;
    let state = missing::nat_gateway(network, id)?.state;
    if matches!(state, NatState::Deleting | NatState::Deleted) {
        return Err(ApiError::new(
            "NatGatewayNotFound",
            format!("NAT gateway {id} was not found"),
            "It is deleted already, and listed for another hour.",
        ));
    }
    come_to(network, id, NatState::Deleting, "is being deleted", step);
    step.later(GOES, id.as_str());
    Ok(Reply::Made(id.to_string()))
}

fn come_to(
    network: &mut Network,
    id: &NatGatewayId,
    state: NatState,
    how: &str,
    step: &mut Step<'_>,
) {
    if let Some(nat) = network.nat_gateways.get_mut(id) {
        nat.state = state;
    }
    network.touch();
    changed("NAT gateway", id.as_str(), how.to_owned(), step);
}

/// Brings a NAT gateway to its next state. Source: 'NAT gateway states' and 'NAT gateway creation fails' of the VPC guide.
pub(super) fn due(network: &mut Network, id: &str, step: &mut Step<'_>) {
    let id = &NatGatewayId::from(id);
    let Some(nat) = network.nat_gateways.get(id).cloned() else {
        return;
    };
    match nat.state {
        NatState::Pending => {
            let vpc = network
                .subnets
                .get(&nat.subnet)
                .map(|subnet| subnet.vpc.clone());
            let door = vpc
                .as_ref()
                .is_some_and(|vpc| network.internet_gateway_of(vpc).is_some());
            if nat.connectivity == Connectivity::Private || door {
                come_to(network, id, NatState::Available, "is available", step);
            } else {
                let vpc = vpc.map_or_else(String::new, |vpc| vpc.to_string());
                let how = format!(
                    "failed: Gateway.NotAttached: Network {vpc} has no Internet gateway attached"
                );
                come_to(network, id, NatState::Failed, &how, step);
                give_back(network, &nat);
                step.later(LISTED, id.as_str());
            }
        }
        NatState::Deleting => {
            give_back(network, &nat);
            come_to(network, id, NatState::Deleted, "is deleted", step);
            step.later(LISTED, id.as_str());
        }
        NatState::Failed | NatState::Deleted => {
            network.nat_gateways.remove(id);
            network.forget_target(&crate::network::Target::NatGateway(id.clone()));
        }
        NatState::Available => {}
    }
}

/// Its address in the subnet is free again, and the elastic address can be used for another.
fn give_back(network: &mut Network, nat: &NatGateway) {
    if let Some(interface) = &nat.interface {
        network.interfaces.remove(interface);
    }
    if let Some(address) = nat
        .allocation
        .as_ref()
        .and_then(|id| network.elastic_addresses.get_mut(id))
    {
        address.interface = None;
    }
}
