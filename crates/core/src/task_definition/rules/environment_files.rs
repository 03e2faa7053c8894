//! Files of environment variables, and other things that lie in S3, are named by ARN.

use super::names::clip;
use super::subject::items;
use super::{API_CONTAINER, Applies, CLIENT, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::text::{Node, edit, quote};

pub(super) static RULE: Rule = Rule {
    code: "environment-files",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

/// How many a container may have.
const MOST: usize = 10;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for container in subject.containers() {
        let files = items(container.node, "environmentFiles");
        for (index, file) in files.iter().enumerate().skip(MOST) {
            findings.push(
                error(Subject::brace(file), format!("This is environment file {}; a container has {MOST} at most", index + 1))
                    .aws(CLIENT, "The maximum number of environment files was exceeded. Specify ten or less and try again.")
                    .fix("Remove the file", edit::remove_item(files, index)),
            );
        }
        let options = container.node.get("firelensConfiguration").and_then(|firelens| firelens.get("options"));
        let options = options.filter(|options| options.get("config-file-type").and_then(Node::as_str) == Some("s3"));
        let configuration = options.and_then(|options| options.get("config-file-value"));
        let values = files.iter().filter_map(|file| file.get("value"));
        for value in values.chain(configuration) {
            let Some(written) = value.as_str().filter(|written| !written.starts_with("arn:")) else {
                continue;
            };
            let finding = error(value.span, format!("{} is no ARN", quote(&clip(written))))
                .help("An object in S3 is named arn:aws:s3:::bucket/key.")
                .aws(CLIENT, "Invalid arn syntax.");
            findings.push(match written.strip_prefix("s3://").filter(|path| path.contains('/')) {
                Some(path) => {
                    let arn = format!("arn:aws:s3:::{path}");
                    finding.fix(format!("Use {}", clip(&arn)), vec![Edit::replace(value.span, quote(&arn))])
                }
                None => finding,
            });
        }
    }
}
