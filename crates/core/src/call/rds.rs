//! RDS' calls: databases and the groups of subnets they stand in. Members are spelled as in the RDS API; those that say nothing of the
//! network are taken and kept, and change nothing.

use crate::ids::{SecurityGroupId, SubnetId};
use crate::wire;

wire! {
    /// Input of `CreateDBSubnetGroup`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateDbSubnetGroup {
        /// Its name.
        pub name: String = "DBSubnetGroupName",
        /// What it is for.
        pub description: String = "DBSubnetGroupDescription",
        /// Its subnets, in two zones at least.
        pub subnet_ids: Vec<SubnetId> = "SubnetIds",
    }

    /// Input of `DeleteDBSubnetGroup`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteDbSubnetGroup {
        /// Its name.
        pub name: String = "DBSubnetGroupName",
    }

    /// Input of `CreateDBInstance`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateDbInstance {
        /// Its identifier.
        pub identifier: String = "DBInstanceIdentifier",
        /// Its class, such as `db.t3.micro`.
        pub class: String = "DBInstanceClass",
        /// Its engine, such as `postgres`.
        pub engine: String = "Engine",
        /// The engine's version.
        pub engine_version: Option<String> = "EngineVersion" optional,
        /// Its storage in GiB.
        pub allocated_storage: Option<u32> = "AllocatedStorage" optional,
        /// The name of its first user.
        pub master_username: Option<String> = "MasterUsername" optional,
        /// The password of its first user. It is kept with the call, and no answer shows it.
        pub master_user_password: Option<String> = "MasterUserPassword" optional,
        /// Whether RDS makes the password itself and keeps it in Secrets Manager.
        pub manage_master_user_password: Option<bool> = "ManageMasterUserPassword" optional,
        /// The groups of its interface; the VPC's default group where absent.
        pub vpc_security_group_ids: Vec<SecurityGroupId> = "VpcSecurityGroupIds" optional,
        /// The group of subnets it stands in.
        pub subnet_group: Option<String> = "DBSubnetGroupName" optional,
        /// The zone; any of the subnet group's where absent.
        pub availability_zone: Option<String> = "AvailabilityZone" optional,
        /// The port; the engine's own where absent.
        pub port: Option<u16> = "Port" optional,
        /// Whether it gets a public address; so where absent and the VPC has an internet gateway.
        pub publicly_accessible: Option<bool> = "PubliclyAccessible" optional,
    }

    /// Input of `ModifyDBInstance`: its groups.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ModifyDbInstance {
        /// Its identifier.
        pub identifier: String = "DBInstanceIdentifier",
        /// All groups that its interface is to wear.
        pub vpc_security_group_ids: Vec<SecurityGroupId> = "VpcSecurityGroupIds" optional,
    }

    /// Input of `DeleteDBInstance`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteDbInstance {
        /// Its identifier.
        pub identifier: String = "DBInstanceIdentifier",
        /// Whether no last snapshot is made of it.
        pub skip_final_snapshot: Option<bool> = "SkipFinalSnapshot" optional,
        /// The name of the last snapshot.
        pub final_snapshot: Option<String> = "FinalDBSnapshotIdentifier" optional,
    }
}
