//! Trying an edit on a copy of the network.

use super::Edit;
use crate::call::{
    AcceptVpcPeeringConnection, Action, AssociateRouteTable, AttachInternetGateway,
    AuthorizeSecurityGroupEgress, AuthorizeSecurityGroupIngress, Call, CreateNetworkAclEntry,
    CreateRoute, DeleteRoute, ModifyNetworkInterfaceAttribute, ModifyVpcAttribute,
    ModifyVpcEndpoint, ReplaceNetworkAclEntry, ReplaceRoute, ReplaceRouteTableAssociation,
};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Cause;
use crate::network::{Network, calls};
use crate::units::SimTime;

/// The network after an edit; `None` where AWS refuses it.
pub(super) fn apply(network: &Network, edit: &Edit, number: u32) -> Option<Network> {
    let mut copy = network.clone();
    match edit {
        Edit::Call(call) => {
            let (mut count, mut log) = (0, Vec::new());
            let cause = Cause::Call(number);
            let mut step = Step::new(SimTime::default(), 0, cause, &mut count, &mut log);
            answer(&mut copy, call, &mut step)?.ok()?;
        }
        Edit::RunAgain(task) => {
            let id = copy.interface_of(task)?.id.clone();
            let address = copy.free_public_address(0, id.as_str());
            copy.interfaces.get_mut(&id)?.public_ip = Some(address);
        }
    }
    Some(copy)
}

type Answer<T> = fn(&mut Network, &T, &mut Step<'_>) -> Result<Reply, ApiError>;

fn try_one<T: Action>(
    network: &mut Network,
    call: &Call,
    step: &mut Step<'_>,
    answer: Answer<T>,
) -> Option<Result<Reply, ApiError>> {
    let input = call.input::<T>()?;
    Some(answer(network, input, step))
}

/// The answer to a call that cures are made of; `None` for another.
fn answer(
    network: &mut Network,
    call: &Call,
    step: &mut Step<'_>,
) -> Option<Result<Reply, ApiError>> {
    macro_rules! first_of {
        ($($input:ident => $answer:ident,)*) => {
            $(if call.action() == $input::NAME {
                return try_one::<$input>(network, call, step, calls::$answer);
            })*
        };
    }
    first_of! {
        AuthorizeSecurityGroupIngress => authorize_ingress,
        AuthorizeSecurityGroupEgress => authorize_egress,
        CreateNetworkAclEntry => create_network_acl_entry,
        ReplaceNetworkAclEntry => replace_network_acl_entry,
        CreateRoute => create_route,
        ReplaceRoute => replace_route,
        DeleteRoute => delete_route,
        AssociateRouteTable => associate_route_table,
        ReplaceRouteTableAssociation => replace_route_table_association,
        AttachInternetGateway => attach_internet_gateway,
        AcceptVpcPeeringConnection => accept_vpc_peering_connection,
        ModifyVpcEndpoint => modify_vpc_endpoint,
        ModifyVpcAttribute => modify_vpc_attribute,
        ModifyNetworkInterfaceAttribute => modify_network_interface_attribute,
    }
    None
}
