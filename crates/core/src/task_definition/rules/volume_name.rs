//! The name of a volume.

use super::names::{NAME_RULE, clip, is_name, name_flaw, tidy};
use super::subject::items;
use super::{Applies, CLIENT, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::text::{Node, quote};

pub(super) static RULE: Rule = Rule {
    code: "volume-name",
    applies: Applies::Always,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html",
    check,
};

/// How many volumes are looked at; a definition of AWS's size has fewer.
const MOST: usize = 1_000;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for volume in subject.volumes().iter().take(MOST) {
        let Some(value) = volume.get("name") else {
            continue;
        };
        let Some(name) = value.as_str().filter(|name| !name.is_empty() && !is_name(name)) else {
            continue;
        };
        let mut finding = error(
            value.span,
            format!("{} is no volume name: {}", quote(&clip(name)), name_flaw(name)),
        )
        .help(NAME_RULE)
        .aws(CLIENT, "volume.name contains invalid characters.");
        if let Some(better) = tidy(name) {
            // with its mounts, which name it
            let mounts = subject.containers().flat_map(|container| items(container.node, "mountPoints"));
            let mounts = mounts.filter_map(|mount| mount.get("sourceVolume"));
            let named = mounts.filter(|source| source.as_str() == Some(name)).map(|source: &Node| source.span);
            let mut spans: Vec<_> = named.chain([value.span]).collect();
            spans.sort_unstable();
            let edits = spans.into_iter().map(|span| Edit::replace(span, quote(&better)));
            finding = finding.fix(format!("Name it {better}"), edits.collect());
        }
        findings.push(finding);
    }
}
