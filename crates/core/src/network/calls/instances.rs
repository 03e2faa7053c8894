//! `RunInstances` and `TerminateInstances`.

use super::addresses::public_name;
use super::interfaces::{change, ec2_address, groups};
use super::{changed, made, missing, name_of};
use crate::call::{InstanceNetworkInterface, RunInstances, TerminateInstances};
use crate::engine::chance;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{InstanceId, NetworkInterfaceId};
use crate::network::{Attachment, Instance, InstanceState, InstanceType, Network, Owner, Subnet};
use crate::units::SimSpan;
use std::sync::Arc;

/// What the API takes where a call names no type. Source: `RunInstances` of the EC2 API.
const DEFAULT_TYPE: &str = "m1.small";
/// How long an instance takes to run, in ms: AWS gives no figure; half a minute or so.
const BOOTS: (u64, u64) = (15_000, 40_000);
/// How long it takes to go.
const GOES: SimSpan = SimSpan::secs(30);
/// How long a terminated one is still listed. Source: 'Terminate Amazon EC2 instances': about an hour.
const LISTED: SimSpan = SimSpan::secs(3_600);

/// An instance that a call names.
pub(super) fn found(network: &Network, id: &InstanceId) -> Result<Arc<Instance>, ApiError> {
    let things = network.things();
    things.instances.get(id).cloned().ok_or_else(|| {
        ApiError::new(
            "InvalidInstanceID.NotFound",
            format!("The instance ID '{id}' does not exist"),
            "Name an instance of this scenario.",
        )
    })
}

/// `RunInstances`. Answers with the first instance's id; as many are started as the subnet has addresses for, from `MinCount` on.
pub(crate) fn run_instances(
    network: &mut Network,
    input: &RunInstances,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    if !input.image_id.starts_with("ami-") {
        return Err(ApiError::new(
            "InvalidAMIID.Malformed",
            format!("Invalid id: \"{}\" (expecting \"ami-...\")", input.image_id),
            "Any id that begins with ami- will do here: what the image holds is not looked into.",
        ));
    }
    let wanted = input.instance_type.as_deref().unwrap_or(DEFAULT_TYPE);
    let Some(instance_type) = InstanceType::named(wanted) else {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!("Invalid value '{wanted}' for InstanceType."),
            "Name a type such as t3.small or c5.large.",
        ));
    };
    check_counts(input)?;
    let specified = specified(input, &instance_type)?;
    let mut first = None;
    for count in 0..input.max_count {
        match run_one(network, input, &specified, instance_type, step) {
            Ok(reply) => first = first.or(Some(reply)),
            Err(error)
                if error.code == "InsufficientFreeAddressesInSubnet"
                    && count >= input.min_count =>
            {
                break;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(first.unwrap_or(Reply::Done))
}

/// Instances that one call may start. Source: 'On-Demand Instance quotas'; an account's own is counted in virtual CPUs.
const MAX_COUNT: u32 = 100;

fn check_counts(input: &RunInstances) -> Result<(), ApiError> {
    let (min, max) = (input.min_count, input.max_count);
    if min == 0 || max < min {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!(
                "Value ({max}) for parameter maxCount is invalid. It must be at least minCount ({min}), which must be at least 1."
            ),
            "Give MinCount 1 and MaxCount as many as you want.",
        ));
    }
    if max > MAX_COUNT {
        return Err(ApiError::new(
            "InstanceLimitExceeded",
            format!(
                "You have requested more instances ({max}) than your current instance limit of {MAX_COUNT} allows for the specified instance type."
            ),
            "Ask for fewer.",
        ));
    }
    Ok(())
}

/// The interfaces by their device index, from whichever part of the call says it.
fn specified(
    input: &RunInstances,
    instance_type: &InstanceType,
) -> Result<Vec<InstanceNetworkInterface>, ApiError> {
    let mut interfaces = input.network_interfaces.clone();
    if interfaces.is_empty() {
        return Ok(vec![InstanceNetworkInterface {
            subnet_id: input.subnet_id.clone(),
            groups: input.security_group_ids.clone(),
            private_ip_address: input.private_ip_address.clone(),
            ..InstanceNetworkInterface::default()
        }]);
    }
    let combined = [
        (input.subnet_id.is_some(), "subnet ID"),
        (!input.security_group_ids.is_empty(), "security groups"),
        (input.private_ip_address.is_some(), "private IP address"),
    ];
    if let Some((_, what)) = combined.into_iter().find(|(given, _)| *given) {
        return Err(ApiError::new(
            "InvalidParameterCombination",
            format!(
                "Network interfaces and an instance-level {what} may not be specified on the same request"
            ),
            "Say it in NetworkInterfaces, for each interface.",
        ));
    }
    interfaces.sort_by_key(|it| it.device_index);
    if !interfaces
        .iter()
        .map(|it| it.device_index)
        .eq(0..interfaces.len() as u32)
    {
        return Err(ApiError::new(
            "InvalidParameterValue",
            "Device indices must be 0, 1, 2 and so on, each once.",
            "Number the interfaces from 0; 0 is the primary one.",
        ));
    }
    if interfaces.len() > instance_type.interfaces as usize {
        return Err(ApiError::new(
            "AttachmentLimitExceeded",
            format!(
                "Interface count {} exceeds the limit for {}",
                interfaces.len(),
                instance_type.name
            ),
            format!(
                "A {} holds {} network interfaces.",
                instance_type.name, instance_type.interfaces
            ),
        ));
    }
    let public = interfaces
        .iter()
        .any(|it| it.associate_public_ip_address == Some(true));
    if public && interfaces.len() > 1 {
        return Err(ApiError::new(
            "InvalidParameterCombination",
            "The associatePublicIPAddress parameter cannot be specified when launching with multiple network interfaces.",
            "Associate an elastic address later: AssociateAddress.",
        ));
    }
    Ok(interfaces)
}

fn run_one(
    network: &mut Network,
    input: &RunInstances,
    specified: &[InstanceNetworkInterface],
    instance_type: InstanceType,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = InstanceId::from(step.id("i"));
    let mut interfaces: Vec<NetworkInterfaceId> = Vec::new();
    let mut first: Option<(Arc<str>, bool)> = None;
    for wanted in specified {
        let subnet = subnet_of(network, wanted)?;
        if let Some((zone, _)) = first.as_ref().filter(|(zone, _)| *zone != subnet.zone) {
            return Err(ApiError::new(
                "InvalidParameterCombination",
                format!(
                    "The interfaces of an instance must be in one Availability Zone: {} is not in {zone}.",
                    subnet.id
                ),
                "Choose subnets of one zone.",
            ));
        }
        let asked = wanted.associate_public_ip_address;
        let public = asked.unwrap_or(subnet.map_public_ip_on_launch && specified.len() == 1);
        let made = interface(network, &id, wanted, &subnet, public, step);
        match made {
            Ok(made) => interfaces.push(made),
            Err(error) => {
                // what was made for an instance that does not come about is given back
                for made in &interfaces {
                    network.remove_interface(made);
                }
                return Err(error);
            }
        }
        first.get_or_insert((subnet.zone.clone(), public));
    }
    let instance = Instance {
        id: id.clone(),
        name: name_of(&input.tag_specifications),
        instance_type,
        image: input.image_id.clone(),
        interfaces,
        public: first.is_some_and(|(_, public)| public),
        state: InstanceState::Pending,
    };
    let name = format!("{} {}", instance.name, instance_type.name);
    network.change_things(|things| things.instances.insert(id.clone(), instance));
    let (least, most) = BOOTS;
    let boots = chance::between(step.seed, "instance", id.as_str(), least, most);
    step.later(SimSpan(boots), id.as_str());
    Ok(made("Instance", id.as_str(), name.trim().to_owned(), step))
}

fn subnet_of(
    network: &Network,
    wanted: &InstanceNetworkInterface,
) -> Result<Arc<Subnet>, ApiError> {
    match &wanted.subnet_id {
        Some(id) => missing::subnet(network, id).cloned(),
        None => Err(ApiError::new(
            "VPCIdNotSpecified",
            "No default VPC for this user",
            "Give SubnetId: this account has no default VPC.",
        )),
    }
}

fn interface(
    network: &mut Network,
    instance: &InstanceId,
    wanted: &InstanceNetworkInterface,
    subnet: &Subnet,
    public: bool,
    step: &mut Step<'_>,
) -> Result<NetworkInterfaceId, ApiError> {
    let groups = groups(network, subnet, &wanted.groups)?;
    let asked = wanted.private_ip_address.as_deref();
    let address = asked.map(|text| ec2_address(network, subnet, text));
    let address = address.transpose()?;
    let id = step.id("eni");
    let owner = Owner::Instance(instance.clone());
    let made = network.new_interface(&id, owner, &subnet.id, &groups, step.seed);
    let Ok(mut made) = made else {
        return Err(ApiError::new(
            "InsufficientFreeAddressesInSubnet",
            format!(
                "There are not enough free addresses in subnet '{}' to satisfy the requested number of instances.",
                subnet.id
            ),
            "Choose a subnet with free addresses, or start fewer.",
        ));
    };
    made.private_ip = address.unwrap_or(made.private_ip);
    made.public_ip = public.then(|| network.free_public_address(step.seed, &id));
    made.public_dns = made
        .public_ip
        .and_then(|address| public_name(network, &subnet.id, address));
    let id = made.id.clone();
    network.interfaces.insert(id.clone(), made);
    Ok(id)
}

/// `TerminateInstances`. Their addresses are free when they are gone.
pub(crate) fn terminate_instances(
    network: &mut Network,
    input: &TerminateInstances,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    for id in &input.instance_ids {
        found(network, id)?;
    }
    for id in &input.instance_ids {
        if found(network, id)?.state.is_over() {
            continue;
        }
        come_to(
            network,
            id,
            InstanceState::ShuttingDown,
            "is shutting down",
            step,
        );
        step.later(GOES, id.as_str());
    }
    Ok(Reply::Done)
}

fn come_to(
    network: &mut Network,
    id: &InstanceId,
    state: InstanceState,
    how: &str,
    step: &mut Step<'_>,
) {
    let interfaces = network.change_things(|things| {
        let instance = things.instances.get_mut(id)?;
        instance.state = state;
        Some(instance.interfaces.clone())
    });
    for interface in interfaces.iter().flatten() {
        change(network, interface, |it| {
            it.answers_all = state == InstanceState::Running;
            it.attachment = match state {
                InstanceState::Pending => Attachment::Attaching,
                InstanceState::Running => Attachment::Attached,
                InstanceState::ShuttingDown | InstanceState::Terminated => Attachment::Detaching,
            };
        });
    }
    changed("Instance", id.as_str(), how.to_owned(), step);
}

/// Brings an instance to its next state. What runs on it is not looked into: while it runs it answers on every port.
pub(super) fn due(network: &mut Network, id: &str, step: &mut Step<'_>) {
    let id = &InstanceId::from(id);
    let Ok(instance) = found(network, id) else {
        return;
    };
    match instance.state {
        InstanceState::Pending => {
            come_to(network, id, InstanceState::Running, "is running", step);
        }
        InstanceState::ShuttingDown => {
            for interface in &instance.interfaces {
                network.remove_interface(interface);
            }
            network.change_things(|things| {
                if let Some(instance) = things.instances.get_mut(id) {
                    instance.interfaces.clear();
                }
            });
            come_to(
                network,
                id,
                InstanceState::Terminated,
                "is terminated",
                step,
            );
            step.later(LISTED, id.as_str());
        }
        InstanceState::Terminated => {
            network.change_things(|things| things.instances.remove(id));
        }
        InstanceState::Running => {}
    }
}
