//! Cards of private hosted zones: the VPCs that know them, and their records.

use super::{Act, Card, Fact, Kind, Line, Lines, names};
use fargate_core::call::{
    ChangeBatch, ChangeResourceRecordSets, DeleteHostedZone, RecordChange, RecordSet,
    ResourceRecord,
};
use fargate_core::network::{AddressRecord, HostedZone, Network};
use fargate_core::world::World;

pub(super) fn cards(world: &World) -> Vec<Card> {
    let things = world.network().things();
    let zones = things.hosted_zones.values();
    zones.map(|zone| card(zone, world)).collect()
}

fn card(zone: &HostedZone, world: &World) -> Card {
    let network = world.network();
    let known_in = zone.vpcs.iter();
    let facts = known_in.map(|vpc| Fact::leading("Known in", names::vpc(network, vpc), vpc));
    let delete = DeleteHostedZone {
        id: zone.id.clone(),
    };
    let about = format!("Delete hosted zone {}", zone.name);
    let records = zone.records.iter();
    Card {
        kind: Kind::HostedZone,
        id: zone.id.to_string(),
        title: zone.name.clone(),
        vpc: None,
        state: None,
        facts: facts.collect(),
        lists: vec![Lines {
            title: "Records",
            empty: "No record: it answers no name.",
            lines: records.map(|it| line(zone, it, network)).collect(),
        }],
        acts: vec![Act::new("Delete", about, delete, "Hosted zone deleted.")],
    }
}

fn line(zone: &HostedZone, record: &AddressRecord, network: &Network) -> Line {
    let addresses: Vec<String> = record.addresses.iter().map(ToString::to_string).collect();
    let value = |value: &String| ResourceRecord {
        value: value.clone(),
    };
    let delete = ChangeResourceRecordSets {
        hosted_zone_id: zone.id.clone(),
        change_batch: ChangeBatch {
            changes: vec![RecordChange {
                action: "DELETE".to_owned(),
                record: RecordSet {
                    name: record.name.clone(),
                    kind: "A".to_owned(),
                    ttl: None,
                    records: addresses.iter().map(value).collect(),
                },
            }],
        },
    };
    let mut vpcs = zone.vpcs.iter();
    let first = record.addresses.first();
    let interface = first.and_then(|at| vpcs.find_map(|vpc| network.interface_at(vpc, *at)));
    let about = format!("Delete record {}", record.name);
    Line {
        key: record.name.clone(),
        head: record.name.clone(),
        words: addresses.join(", "),
        leads_to: interface.map(|it| it.id.to_string()),
        state: None,
        acts: vec![Act::new("Delete", about, delete, "Record deleted.")],
    }
}
