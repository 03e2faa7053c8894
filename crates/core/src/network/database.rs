//! Databases of RDS, and the groups of subnets that they stand in.

use crate::ids::{NetworkInterfaceId, SubnetId, VpcId};
use std::sync::Arc;

/// Engines and the ports that they listen on where a call names none.
/// Source: `Port` of `CreateDBInstance` in the RDS API; the guide of Amazon's `DocumentDB` for `docdb`.
const ENGINES: &[(&str, u16)] = &[
    ("mysql", 3306),
    ("mariadb", 3306),
    ("aurora-mysql", 3306),
    ("postgres", 5432),
    ("aurora-postgresql", 5432),
    ("oracle-ee", 1521),
    ("oracle-ee-cdb", 1521),
    ("oracle-se2", 1521),
    ("oracle-se2-cdb", 1521),
    ("sqlserver-ee", 1433),
    ("sqlserver-se", 1433),
    ("sqlserver-ex", 1433),
    ("sqlserver-web", 1433),
    ("docdb", 27017),
];

/// A database instance. Clusters are not modelled: an instance of Aurora or of `DocumentDB` stands for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    /// Its identifier, in lower case.
    pub name: Arc<str>,
    /// Its id, `db-…`, which stays where the identifier changes.
    pub resource_id: String,
    /// Its engine.
    pub engine: &'static str,
    /// Its class, such as `db.t3.micro`.
    pub class: String,
    /// The port it listens on.
    pub port: u16,
    /// The name that leads to it.
    pub endpoint: String,
    /// The group of subnets it stands in.
    pub subnet_group: Arc<str>,
    /// Its interface.
    pub interface: NetworkInterfaceId,
    /// Whether it has a public address too.
    pub publicly_accessible: bool,
    /// Its state.
    pub state: DatabaseState,
}

/// The state of a database instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseState {
    /// It is being made, and listens to nobody yet.
    Creating,
    /// It works.
    Available,
    /// It is being deleted.
    Deleting,
}

impl DatabaseState {
    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::Creating => "creating",
            Self::Available => "available",
            Self::Deleting => "deleting",
        }
    }
}

/// A DB subnet group: subnets of one VPC, in two zones at least, in which databases may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseSubnetGroup {
    /// Its name, in lower case.
    pub name: Arc<str>,
    /// The VPC of its subnets.
    pub vpc: VpcId,
    /// Its subnets.
    pub subnets: Vec<SubnetId>,
}

/// An engine by its name, with the port that it listens on; `None` for one that is not known.
pub(super) fn engine(name: &str) -> Option<(&'static str, u16)> {
    let mut engines = ENGINES.iter().copied();
    engines.find(|(known, _)| known.eq_ignore_ascii_case(name))
}

/// The names of all engines, for a message.
pub fn engines() -> impl Iterator<Item = &'static str> {
    ENGINES.iter().map(|(name, _)| *name)
}

/// Whether a text has the form of an instance class: `db.r6g.large`, `db.x2iedn.24xlarge`, `db.r5b.large.tpc1.mem2x`. Which there are
/// is not known here. Source: 'DB instance classes' of the RDS guide.
pub(super) fn is_class(text: &str) -> bool {
    let part = |part: &str| {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (1..=16).contains(&part.len()) && part.chars().all(allowed)
    };
    let parts = text.split('.').count();
    text.starts_with("db.") && (3..=5).contains(&parts) && text.split('.').all(part)
}
