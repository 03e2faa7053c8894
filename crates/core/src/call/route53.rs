//! Route 53's calls, as far as private hosted zones with addresses need them. Members are spelled as in its API.

use crate::ids::{HostedZoneId, VpcId};
use crate::wire;

wire! {
    /// Input of `CreateHostedZone`: a private one.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateHostedZone {
        /// Its name.
        pub name: String = "Name",
        /// A VPC whose resolver knows it. Without one a zone is public, which is not modelled.
        pub vpc: Option<ZoneVpc> = "VPC" optional,
        /// Any text that no other call has.
        pub caller_reference: String = "CallerReference",
    }

    /// A VPC whose resolver knows a private zone.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ZoneVpc {
        /// Its Region.
        pub region: Option<String> = "VPCRegion" optional,
        /// Its id.
        pub id: VpcId = "VPCId",
    }

    /// Input of `DeleteHostedZone`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteHostedZone {
        /// The zone.
        pub id: HostedZoneId = "Id",
    }

    /// Input of `AssociateVPCWithHostedZone`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct AssociateVpcWithHostedZone {
        /// The zone.
        pub hosted_zone_id: HostedZoneId = "HostedZoneId",
        /// The VPC.
        pub vpc: ZoneVpc = "VPC",
    }

    /// Input of `ChangeResourceRecordSets`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ChangeResourceRecordSets {
        /// The zone.
        pub hosted_zone_id: HostedZoneId = "HostedZoneId",
        /// What is changed.
        pub change_batch: ChangeBatch = "ChangeBatch",
    }

    /// Changes that are made together.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ChangeBatch {
        /// The changes, in order.
        pub changes: Vec<RecordChange> = "Changes",
    }

    /// A change of a record.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct RecordChange {
        /// `CREATE`, `UPSERT` or `DELETE`.
        pub action: String = "Action",
        /// The record.
        pub record: RecordSet = "ResourceRecordSet",
    }

    /// A record.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct RecordSet {
        /// The whole name.
        pub name: String = "Name",
        /// The type: `A`.
        pub kind: String = "Type",
        /// How long an answer is kept, in seconds.
        pub ttl: Option<u32> = "TTL" optional,
        /// Its values.
        pub records: Vec<ResourceRecord> = "ResourceRecords" optional,
    }

    /// A value of a record.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ResourceRecord {
        /// An address.
        pub value: String = "Value",
    }
}
