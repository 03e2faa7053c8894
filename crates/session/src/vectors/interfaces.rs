//! The interfaces of a topology, and what listens on them.

use super::reader::At;
use super::topology::subnet_id;
use fargate_core::network::{Attachment, Bound, Interface, IpProtocol, Listener, Network, Owner};

pub(super) fn interface(at: &At<'_>, network: &Network) -> Result<Interface, String> {
    let id = at.text("id")?;
    let kind = at.member("kind")?;
    let owner = match at.optional("owner") {
        Some(owner) => owner.as_text()?,
        None => id.clone(),
    };
    let owner = match kind.as_text()?.as_str() {
        "task" => Owner::Task(owner.into()),
        "instance" => Owner::Instance(owner.into()),
        "rds" => Owner::Database(owner.into()),
        "alb" => Owner::ApplicationLoadBalancer(owner.into()),
        "nlb" => Owner::NetworkLoadBalancer(owner.into()),
        "vpce" => Owner::Endpoint(owner.into()),
        _ => return Err(kind.wrong("task, instance, rds, alb, nlb or vpce")),
    };
    let listeners = at.some("listeners")?;
    let listeners = listeners.iter().map(listener).collect::<Result<_, _>>()?;
    let mut groups = Vec::new();
    for item in at.list("sgs")? {
        let group = item.as_text()?.into();
        if network.security_groups.get(&group).is_none() {
            return Err(item.error(&format!("{group} is not there. Add it to security_groups.")));
        }
        groups.push(group);
    }
    Ok(Interface {
        owner,
        subnet: subnet_id(&at.member("subnet")?, network)?,
        groups,
        mac: [0x0a, 0, 0, 0, 0, 0],
        private_ip: at.member("private_ip")?.as_ipv4()?,
        ipv6: at.optional("ipv6").map(|it| it.as_ipv6()).transpose()?,
        public_ip: at
            .optional("public_ip")
            .map(|it| it.as_ipv4())
            .transpose()?,
        public_dns: at
            .optional("public_dns")
            .map(|it| it.as_text())
            .transpose()?,
        source_dest_check: at.flag("source_dest_check", true)?,
        attachment: Attachment::Attached,
        listeners,
        answers_all: at.optional("listeners").is_none(),
        id: id.into(),
    })
}

fn listener(at: &At<'_>) -> Result<Listener, String> {
    let proto = at.member("proto")?;
    let protocol = IpProtocol::parse(&proto.as_text()?).ok_or_else(|| proto.wrong("tcp or udp"))?;
    let bind = at.optional("bind").map(|it| it.as_address()).transpose()?;
    Ok(Listener {
        protocol,
        port: at.member("port")?.as_port()?,
        bound: match bind {
            Some(bind) if bind.is_loopback() => Bound::Localhost,
            Some(bind) if !bind.is_unspecified() => Bound::Address,
            _ => Bound::All,
        },
        container: None,
        name: "a process".into(),
    })
}
