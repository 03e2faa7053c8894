//! The image of a container.

use super::names::clip;
use super::{API_CONTAINER, Applies, CLIENT, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::text::{Node, quote};

pub(super) static RULE: Rule = Rule {
    code: "container-image",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

/// The most characters of a repository.
const LONGEST: usize = 255;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for container in subject.containers() {
        let value = container.node.get("image");
        let Some(image) = value.map_or(Some(""), Node::as_str) else {
            continue;
        };
        let place = Subject::place(container.node, "image");
        let Some((message, words)) = flaw(image, &container.label()) else {
            continue;
        };
        let mut finding = error(place, message)
            .help("An image is a repository, then :tag or @sha256:digest, such as public.ecr.aws/nginx/nginx:1.27.")
            .aws(CLIENT, words);
        let joined: String = image.chars().filter(|c| !c.is_whitespace() && !invisible(*c)).collect();
        if joined != image && flaw(&joined, "").is_none() {
            finding = finding.fix("Remove the spaces", vec![Edit::replace(place, quote(&joined))]);
        }
        findings.push(finding);
    }
}

/// What is wrong with an image, in our words and AWS's.
fn flaw(image: &str, container: &str) -> Option<(String, &'static str)> {
    let shown = quote(&clip(image));
    if image.is_empty() {
        return Some((
            format!("The container {container} has no image"),
            "Container.image should not be null or empty.",
        ));
    }
    let (name, digest) = match image.split_once('@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (image, None),
    };
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_:./#".contains(c);
    let digest_is_good = digest.is_none_or(|digest| {
        digest.strip_prefix("sha256:").is_some_and(|hex| {
            hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    });
    if let Some(bad) = name.chars().find(|&c| !allowed(c)) {
        let bad = if bad.is_whitespace() || invisible(bad) {
            "a space".to_owned()
        } else {
            format!("{bad}")
        };
        return Some((
            format!("The image {shown} contains {bad}"),
            "Container.image contains invalid characters.",
        ));
    }
    if !digest_is_good {
        return Some((
            format!("The digest of the image {shown} is not sha256: and 64 hexadecimal digits"),
            "Container.image contains invalid characters.",
        ));
    }
    let last = name.rfind('/').map_or(0, |slash| slash + 1);
    let repository = name[last..].find(':').map_or(name, |colon| &name[..last + colon]);
    if repository.is_empty() {
        return Some((
            format!("The image {shown} has no repository"),
            "Container.image repository should not be null or empty.",
        ));
    }
    if repository.len() > LONGEST {
        return Some((
            format!("The repository of the image {shown} has {} characters", repository.len()),
            "Container.image repository should be 255 characters or less.",
        ));
    }
    None
}

fn invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}
