//! The App Mesh proxy: its network mode, its container, its way in.

use super::names::{clip, nearest};
use super::subject::items;
use super::{Applies, CLIENT, Container, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::text::{Node, edit, quote};

pub(super) static RULE: Rule = Rule {
    code: "proxy-configuration",
    applies: Applies::Always,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ProxyConfiguration.html",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(member) = subject.root.member("proxyConfiguration") else {
        return;
    };
    let proxy = &member.value;
    if proxy.members().is_empty() {
        return;
    }
    if subject.definition.network_mode.as_deref() != Some("awsvpc") {
        findings.push(
            error(member.key.span, "The proxyConfiguration of App Mesh needs the network mode awsvpc")
                .aws(CLIENT, "APPMESH proxy configuration is only supported in networkMode=awsvpc")
                .fix("Remove proxyConfiguration", edit::remove_named(subject.root, "proxyConfiguration")),
        );
    }
    if let Some(value) = proxy.get("containerName")
        && let Some(name) = value.as_str()
        && subject.containers().all(|container| container.name() != name)
    {
        let finding = error(value.span, format!("There is no container {} to be the proxy", quote(&clip(name))))
            .aws(CLIENT, format!("Proxy container [{name}] does not exist."));
        let names = subject.containers().map(Container::name);
        findings.push(match nearest(name, names) {
            Some(near) => finding.fix(format!("Use {}", clip(near)), vec![Edit::replace(value.span, quote(near))]),
            None => finding,
        });
    }
    let ingress = |property: &Node| property.get("name").and_then(Node::as_str) == Some("ProxyIngressPort");
    if !items(proxy, "properties").iter().any(ingress) {
        let list = proxy.get("properties");
        let entry = r#"{ "name": "ProxyIngressPort", "value": "15000" }"#;
        let edit = match list.and_then(|list| list.items().last()) {
            Some(property) => Edit::insert(property.span.end, format!(", {entry}")),
            None => subject.set(proxy, &[], "properties", &format!("[{entry}]")),
        };
        findings.push(
            error(Subject::brace(list.unwrap_or(proxy)), "The proxy has no ProxyIngressPort")
                .help("It is the port to which the traffic that comes in is led; Envoy listens on 15000.")
                .aws(CLIENT, "Ingress port not found")
                .fix("Add ProxyIngressPort", vec![edit]),
        );
    }
}
