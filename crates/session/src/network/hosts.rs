//! Cards of hosts on the Internet. Those that AWS's services have are there from the beginning and are not listed.

use super::{Act, Card, Fact, Kind};
use fargate_core::call::PutHost;
use fargate_core::network::Host;
use fargate_core::network::services::SERVICES;
use fargate_core::world::World;

pub(super) fn cards(world: &World) -> Vec<Card> {
    let hosts = world.network().hosts.values();
    let service = |host: &Host| SERVICES.iter().any(|it| it.name == host.id.as_str());
    let own = hosts.filter(|host| !service(host));
    own.map(|host| card(host)).collect()
}

fn card(host: &Host) -> Card {
    let title = host.id.to_string();
    let mut facts = vec![Fact::new("Address", host.address.to_string())];
    facts.extend(
        host.dns_names
            .iter()
            .map(|name| Fact::new("Name", name.as_str())),
    );
    let away = PutHost {
        name: title.clone(),
        address: None,
        dns_names: Vec::new(),
    };
    let about = format!("Take away host {title}");
    Card {
        kind: Kind::Host,
        id: format!("host:{title}"),
        vpc: None,
        state: None,
        facts,
        lists: Vec::new(),
        acts: vec![Act::new("Take away", about, away, "The host is gone.")],
        title,
    }
}
