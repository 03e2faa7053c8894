//! Images that change beneath a revision.

use super::names::clip;
use super::{API_CONTAINER, Applies, Rule, Subject, hint};
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    code: "image-latest",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for container in subject.containers() {
        let image = container.model.image.as_str();
        let name = image.rsplit('/').next().unwrap_or_default();
        if name.is_empty() || image.contains('@') {
            continue;
        }
        let tag = name.split_once(':').map(|(_, tag)| tag);
        let message = match tag {
            None => format!("The image {} has no tag, so it is latest", clip(image)),
            Some("latest") => format!("The image {} is whatever was pushed last", clip(image)),
            Some(_) => continue,
        };
        findings.push(
            hint(Subject::place(container.node, "image"), message)
                .help("The revision stays the same while the image changes beneath it. Name a version, or a digest."),
        );
    }
}
