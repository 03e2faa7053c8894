//! Network interfaces.

use super::AttributeBooleanValue;
use crate::ids::{NetworkInterfaceId, SecurityGroupId};
use crate::wire;

wire! {
    /// Input of `ModifyNetworkInterfaceAttribute`: one attribute a call.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ModifyNetworkInterfaceAttribute {
        /// The interface.
        pub network_interface_id: NetworkInterfaceId = "NetworkInterfaceId",
        /// Whether it takes and sends only what is its own.
        pub source_dest_check: Option<AttributeBooleanValue> = "SourceDestCheck" optional,
        /// The groups that it wears from now on, in the place of those it wears.
        pub groups: Vec<SecurityGroupId> = "Groups" optional,
    }
}
