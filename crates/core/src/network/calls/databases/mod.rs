//! RDS: databases, each with one interface and a name.

mod asked;

use super::database_subnet_groups::no_group;
use super::interfaces::{change, fitting};
use super::{changed, deleted, made};
use crate::call::{CreateDbInstance, DeleteDbInstance, ModifyDbInstance};
use crate::engine::chance;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::SecurityGroupId;
use crate::network::database::{engine, engines};
use crate::network::{
    Bound, Database, DatabaseState, DatabaseSubnetGroup, IpProtocol, Listener, Network, Owner,
    Subnet, Vpc,
};
use crate::units::SimSpan;
use asked::{identifier, is_class, password};
use std::sync::Arc;

/// How long a database takes to come up, in ms: AWS gives no figure; some minutes.
const COMES_UP: (u64, u64) = (240_000, 480_000);
/// How long it takes to go, without a last snapshot.
const GOES: SimSpan = SimSpan::secs(180);

/// `CreateDBInstance`. It listens on its engine's port once it is available.
pub(crate) fn create_db_instance(
    network: &mut Network,
    input: &CreateDbInstance,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name: Arc<str> = identifier(network, &input.identifier)?;
    let Some((engine, usual)) = engine(&input.engine) else {
        let known: Vec<&str> = engines().collect();
        return Err(ApiError::new(
            "InvalidParameterValue",
            "Invalid DB engine",
            format!("Known here are {}.", known.join(", ")),
        ));
    };
    if !is_class(&input.class) {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!("Invalid DB Instance class: {}", input.class),
            "Name a class such as db.t3.micro.",
        ));
    }
    password(input)?;
    let port = input.port.unwrap_or(usual);
    if port < 1_150 {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!("Invalid endpoint port {port}, valid port range is: 1150-65535"),
            format!("Leave Port out to get {usual}, the engine's own."),
        ));
    }
    let things = network.things();
    let Some(wanted) = &input.subnet_group else {
        return Err(ApiError::new(
            "InvalidSubnet",
            "No default subnet detected in VPC. Please contact AWS Support to recreate the default Subnets.",
            "Give DBSubnetGroupName: this account has no default VPC.",
        ));
    };
    let wanted: Arc<str> = wanted.to_ascii_lowercase().into();
    let group = things.database_subnet_groups.get(&wanted);
    let group = group.ok_or_else(|| no_group(&wanted))?;
    let Some(vpc) = network.vpcs.get(&group.vpc).cloned() else {
        return Err(no_group(&wanted));
    };
    let groups = groups(network, &vpc, &input.vpc_security_group_ids)?;
    let public = accessible(network, &vpc, input.publicly_accessible)?;
    let subnet = choose(network, group, input, step.seed)?;
    let owner = Owner::Database(name.clone());
    let Some(interface) = network.service_interface(owner, &subnet, &groups, step) else {
        return Err(full(group));
    };
    let endpoint = endpoint_name(&name, step.seed);
    let address = public.then(|| network.free_public_address(step.seed, interface.as_str()));
    change(network, &interface, |it| {
        it.public_ip = address;
        it.public_dns = Some(endpoint.clone());
    });
    let database = Database {
        name: name.clone(),
        resource_id: step.id("db"),
        engine,
        class: input.class.clone(),
        port,
        endpoint,
        subnet_group: wanted,
        interface,
        publicly_accessible: public,
        state: DatabaseState::Creating,
    };
    let id = database.resource_id.clone();
    network.change_things(|things| things.databases.insert(name.clone(), database));
    let (least, most) = COMES_UP;
    let up = chance::between(step.seed, "database", &id, least, most);
    step.later(SimSpan(up), &id);
    Ok(made("Database", &name, engine.to_owned(), step))
}

fn groups(
    network: &Network,
    vpc: &Vpc,
    wanted: &[SecurityGroupId],
) -> Result<Vec<SecurityGroupId>, ApiError> {
    fitting(vpc, wanted, |id| {
        let Some(group) = network.security_groups.get(id) else {
            return Err(ApiError::new(
                "InvalidParameterValue",
                format!("Invalid security group , groupId= {id}, groupName=."),
                "Name a security group of this scenario.",
            ));
        };
        if group.vpc != vpc.id {
            return Err(ApiError::new(
                "InvalidParameterCombination",
                format!(
                    "The DB instance and EC2 security group are in different VPCs. The DB instance is in {} and the EC2 security group is in {}",
                    vpc.id, group.vpc
                ),
                "Choose groups of the VPC of the DB subnet group.",
            ));
        }
        Ok(())
    })
}

/// Whether it gets a public address. Source: `PubliclyAccessible` of `CreateDBInstance` in the RDS API.
fn accessible(network: &Network, vpc: &Vpc, wanted: Option<bool>) -> Result<bool, ApiError> {
    let door = network.internet_gateway_of(&vpc.id).is_some();
    if !wanted.unwrap_or(door) {
        return Ok(false);
    }
    let refused = |lacks: &str, cure: &'static str| {
        let message = format!("Cannot create a publicly accessible DBInstance. {lacks}");
        Err(ApiError::new("InvalidVPCNetworkStateFault", message, cure))
    };
    if !door {
        return refused(
            "The specified VPC has no internet gateway attached.Update the VPC and then try again",
            "Attach an internet gateway to the VPC, or give PubliclyAccessible false.",
        );
    }
    if !vpc.dns_support || !vpc.dns_hostnames {
        return refused(
            "The specified VPC does not support DNS resolution, DNS hostnames, or both. Update the VPC and then try again",
            "Give PubliclyAccessible false; or switch enableDnsSupport and enableDnsHostnames on with ModifyVpcAttribute.",
        );
    }
    Ok(true)
}

/// The subnet that it stands in: one of the group's with a free address, in the zone that was asked for.
fn choose(
    network: &Network,
    group: &DatabaseSubnetGroup,
    input: &CreateDbInstance,
    seed: u64,
) -> Result<Arc<Subnet>, ApiError> {
    let subnets = group
        .subnets
        .iter()
        .filter_map(|id| network.subnets.get(id));
    let zone = input.availability_zone.as_deref();
    let mut fitting: Vec<&Arc<Subnet>> = subnets
        .filter(|subnet| zone.is_none_or(|zone| *subnet.zone == *zone))
        .collect();
    if let Some(zone) = zone.filter(|_| fitting.is_empty()) {
        return Err(ApiError::new(
            "InvalidVPCNetworkStateFault",
            format!(
                "The DB subnet group {} has no subnet in Availability Zone {zone}.",
                group.name
            ),
            "Leave AvailabilityZone out, or name a zone of the group's subnets.",
        ));
    }
    fitting.retain(|subnet| network.has_room(subnet));
    let place = chance::draw(seed, "database subnet", &input.identifier);
    let place = place.checked_rem(fitting.len() as u64);
    let chosen = place.and_then(|place| fitting.get(place as usize));
    chosen
        .map(|subnet| (*subnet).clone())
        .ok_or_else(|| full(group))
}

fn full(group: &DatabaseSubnetGroup) -> ApiError {
    ApiError::new(
        "InvalidVPCNetworkStateFault",
        format!(
            "There are not enough free addresses in the subnets of the DB subnet group {}.",
            group.name
        ),
        "Use subnets with free addresses.",
    )
}

/// The name of a database: its identifier, a part that is the account's, and the Region's domain.
fn endpoint_name(name: &str, seed: u64) -> String {
    let mut rest = chance::draw(seed, "rds", "account");
    let mut account = String::from("c");
    for _ in 0..11 {
        account.extend(char::from_digit((rest % 36) as u32, 36));
        rest /= 36;
    }
    format!("{name}.{account}.us-east-1.rds.amazonaws.com")
}

/// A database that a call names.
fn found(network: &Network, identifier: &str) -> Result<Arc<Database>, ApiError> {
    let name: Arc<str> = identifier.to_ascii_lowercase().into();
    let found = network.things().databases.get(&name).cloned();
    found.ok_or_else(|| {
        ApiError::new(
            "DBInstanceNotFound",
            format!("DBInstance {name} not found."),
            "Name a database of this scenario.",
        )
    })
}

/// `ModifyDBInstance`: its groups, which are changed at once.
pub(crate) fn modify_db_instance(
    network: &mut Network,
    input: &ModifyDbInstance,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let database = found(network, &input.identifier)?;
    let interface = network.interfaces.get(&database.interface);
    let subnet = interface.and_then(|it| network.subnets.get(&it.subnet));
    let vpc = subnet.and_then(|subnet| network.vpcs.get(&subnet.vpc));
    let Some(vpc) = vpc.filter(|_| !input.vpc_security_group_ids.is_empty()) else {
        return Err(ApiError::new(
            "InvalidParameterCombination",
            "No modifications were requested",
            "Give VpcSecurityGroupIds, all groups that it is to wear.",
        ));
    };
    let groups = groups(network, vpc, &input.vpc_security_group_ids)?;
    change(network, &database.interface, |it| it.groups = groups);
    let how = "wears other groups".to_owned();
    Ok(changed("Database", &database.name, how, step))
}

/// `DeleteDBInstance`.
pub(crate) fn delete_db_instance(
    network: &mut Network,
    input: &DeleteDbInstance,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let database = found(network, &input.identifier)?;
    let name = &database.name;
    let state = |message: String| {
        ApiError::new(
            "InvalidDBInstanceState",
            message,
            "Wait until it is there or gone.",
        )
    };
    match database.state {
        DatabaseState::Available => {}
        DatabaseState::Creating => {
            return Err(state(format!("Instance {name} is not in available state.")));
        }
        DatabaseState::Deleting => {
            return Err(state(format!("Instance {name} is already being deleted.")));
        }
    }
    if input.skip_final_snapshot != Some(true) && input.final_snapshot.is_none() {
        return Err(ApiError::new(
            "InvalidParameterCombination",
            "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.",
            "Give SkipFinalSnapshot true, or a FinalDBSnapshotIdentifier.",
        ));
    }
    come_to(
        network,
        &database,
        DatabaseState::Deleting,
        "is being deleted",
        step,
    );
    step.later(GOES, &database.resource_id);
    Ok(Reply::Done)
}

fn come_to(
    network: &mut Network,
    database: &Database,
    state: DatabaseState,
    how: &str,
    step: &mut Step<'_>,
) {
    network.change_things(|things| {
        if let Some(database) = things.databases.get_mut(&database.name) {
            database.state = state;
        }
    });
    let listens = (state == DatabaseState::Available).then(|| Listener {
        protocol: IpProtocol::TCP,
        port: database.port,
        bound: Bound::All,
        container: None,
        name: database.engine.into(),
    });
    change(network, &database.interface, |it| {
        it.listeners = listens.into_iter().collect();
    });
    changed("Database", &database.name, how.to_owned(), step);
}

/// Brings a database, by its resource id, to its next state.
pub(super) fn due(network: &mut Network, id: &str, step: &mut Step<'_>) {
    let things = network.things();
    let Some(database) = things.databases.values().find(|it| it.resource_id == id) else {
        return;
    };
    match database.state {
        DatabaseState::Creating => {
            come_to(
                network,
                database,
                DatabaseState::Available,
                "is available",
                step,
            );
        }
        DatabaseState::Deleting => {
            network.remove_interface(&database.interface);
            network.change_things(|things| things.databases.remove(&database.name));
            deleted("Database", &database.name, step);
        }
        DatabaseState::Available => {}
    }
}
