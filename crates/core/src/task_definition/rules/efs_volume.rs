//! What an EFS volume needs encryption in transit for, and where an access point leads.

use super::{Applies, CLIENT, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::{Node, Span, edit};

pub(super) static RULE: Rule = Rule {
    code: "efs-volume",
    applies: Applies::Always,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (_, member) in subject.members_at(&["volumes", "efsVolumeConfiguration"]) {
        let efs = &member.value;
        let text = |node: Option<&Node>| node.and_then(Node::as_str).unwrap_or_default().to_owned();
        let authorization = efs.get("authorizationConfig");
        let of = |name: &str| authorization.and_then(|node| node.get(name));
        let root = efs.get("rootDirectory");
        if let Some(root) = root
            && !matches!(&*text(Some(root)), "" | "/")
            && !text(of("accessPointId")).is_empty()
        {
            findings.push(
                error(root.span, format!("rootDirectory {} stands beside an access point", text(Some(root))))
                    .help("The access point says itself which directory it opens.")
                    .aws(
                        CLIENT,
                        "When using an EFS access point, the root directory must either be set to \"/\" or be omitted.",
                    )
                    .fix("Remove rootDirectory", edit::remove_named(efs, "rootDirectory")),
            );
        }
        let encrypted = efs.get("transitEncryption");
        let unknown = encrypted.is_some_and(|node| !node.is_present());
        if unknown || text(encrypted) == "ENABLED" {
            continue;
        }
        let mut ask = |span: Span, message: &str, words: &str| {
            let edit = subject.set(efs, &["fileSystemId"], "transitEncryption", "\"ENABLED\"");
            let finding = error(span, message).aws(CLIENT, words);
            findings.push(finding.fix("Enable transitEncryption", vec![edit]));
        };
        if let Some(point) = of("accessPointId").filter(|point| !text(Some(point)).is_empty()) {
            ask(
                point.span,
                &format!("The access point {} is used without encryption in transit", text(Some(point))),
                "EFS IAM access point requires TransitEncryption to be enabled.",
            );
        }
        if let Some(iam) = of("iam").filter(|iam| iam.as_str() == Some("ENABLED")) {
            ask(
                iam.span,
                "Authorization by IAM is ENABLED without encryption in transit",
                "EFS IAM authorization requires TransitEncryption to be enabled.",
            );
        }
        if let Some(port) = efs.member("transitEncryptionPort").filter(|port| port.value.as_i64().is_some()) {
            ask(
                port.key.span,
                "transitEncryptionPort is given without encryption in transit",
                "TransitEncryptionPort requires that TransitEncryption is enabled.",
            );
        }
    }
}
