//! What containers mount is declared, and what is configured at launch is mounted.

use super::names::{clip, is_name, nearest};
use super::subject::items;
use super::{API_CONTAINER, Applies, CLIENT, Container, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::text::{Node, edit, quote};
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    code: "mount-points",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

/// Among how many names the one that was meant is looked for.
const FEW: usize = 40;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let volumes = subject.volumes();
    let name_of = |volume: &'_ Node| volume.get("name").and_then(Node::as_str).map(str::to_owned);
    let declared: Vec<_> = volumes.iter().filter_map(name_of).collect();
    let known: BTreeSet<_> = declared.iter().map(String::as_str).collect();
    let containers: BTreeSet<_> = subject.containers().map(Container::name).collect();
    // a volume whose name is not known may be any
    let open = declared.len() < volumes.len();
    let mut mounted = BTreeSet::new();
    for container in subject.containers() {
        let mounts = items(container.node, "mountPoints");
        for (index, mount) in mounts.iter().enumerate() {
            let Some(value) = mount.get("sourceVolume") else {
                continue;
            };
            let Some(name) = value.as_str() else {
                continue;
            };
            mounted.insert(name);
            if open || known.contains(name) {
                continue;
            }
            let mut finding = error(value.span, format!("There is no volume {}", quote(&clip(name))))
                .aws(CLIENT, format!("Unknown volume '{name}'."));
            if let Some(near) = nearest(name, known.iter().take(FEW).copied()) {
                finding = finding.fix(format!("Use {}", clip(near)), vec![Edit::replace(value.span, quote(near))]);
            }
            if is_name(name) {
                let volume = format!("{{ \"name\": {} }}", quote(name));
                let edit = match volumes.last() {
                    Some(last) => Edit::insert(last.span.end, format!(", {volume}")),
                    None => subject.set(subject.root, &[], "volumes", &format!("[{volume}]")),
                };
                finding = finding.fix(format!("Declare {}", clip(name)), vec![edit]);
            }
            findings.push(finding.fix("Remove the mount", edit::remove_item(mounts, index)));
        }
        let sources = items(container.node, "volumesFrom");
        for (index, source) in sources.iter().enumerate() {
            let Some(value) = source.get("sourceContainer") else {
                continue;
            };
            let Some(name) = value.as_str() else {
                continue;
            };
            if containers.contains(name) {
                continue;
            }
            findings.push(
                error(value.span, format!("There is no container {} to take volumes from", quote(&clip(name))))
                    .aws(CLIENT, format!("Invalid 'volumesFrom' setting. Unknown container: '{name}'."))
                    .fix("Remove the entry", edit::remove_item(sources, index)),
            );
        }
    }
    for (index, volume) in volumes.iter().enumerate() {
        let at_launch = volume.get("configuredAtLaunch").and_then(Node::as_bool) == Some(true);
        let Some(name) = volume.get("name").and_then(Node::as_str).filter(|_| at_launch) else {
            continue;
        };
        if mounted.contains(name) {
            continue;
        }
        findings.push(
            error(Subject::place(volume, "name"), format!("No container mounts {}", quote(&clip(name))))
                .help("Another volume may stay unused; one that is configured at launch may not.")
                .aws(CLIENT, format!("Volumes [{name}] are not referenced by any of the containers"))
                .fix("Remove the volume", edit::remove_item(volumes, index)),
        );
    }
}
