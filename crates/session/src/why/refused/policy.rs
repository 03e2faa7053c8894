//! Policies that AWS cannot read: each with the fixes of what is wrong in it, as long as it takes.

use crate::why::cures::{Act, Cure};
use crate::why::definition::changed;
use fargate_core::call::Call;
use fargate_core::finding;
use fargate_core::iam::{self, Purpose};
use fargate_core::task_definition::fields::Step;
use fargate_core::text::{self, quote};
use fargate_core::wire::{parse, print};

/// The members that hold policies.
const MEMBERS: [&str; 2] = ["PolicyDocument", "AssumeRolePolicyDocument"];
/// Fixes that one policy takes at most.
const MOST_FIXES: usize = 12;

/// The call with a policy that AWS takes, where fixes lead to one.
pub(super) fn mended(call: &Call) -> Option<Cure> {
    let sent = print(call);
    let tree = text::read(&sent).root;
    let input = tree.get("input")?;
    let member = MEMBERS.into_iter().find(|it| input.get(it).is_some())?;
    let mut policy = input.get(member)?.as_str()?.to_owned();
    let trust = member != MEMBERS[0] || call.action() == "iam:UpdateAssumeRolePolicy";
    let purpose = if trust {
        Purpose::Trust
    } else if call.action().starts_with("ec2:") {
        Purpose::Resource
    } else {
        Purpose::Identity
    };
    let mut titles: Vec<String> = Vec::new();
    for _ in 0..MOST_FIXES {
        let reading = iam::read(&policy, purpose);
        if reading.refusal.is_none() {
            let path = vec![Step::from("input"), Step::from(member)];
            let sent = changed(&sent, &[(path, Some(quote(&policy)))])?;
            let call: Call = parse(&sent).ok()?;
            return (!titles.is_empty()).then(|| Cure {
                title: format!(
                    "Send it with a policy that AWS can read: {}",
                    titles.join(", ")
                ),
                acts: vec![Act::Call(call)],
                width: titles.len() as u64,
                kind: "policy",
            });
        }
        // what is said of a word is nearer to what was meant than what is said of the whole
        let wrong = reading.findings.iter().filter(|it| it.aws.is_some());
        let wrong = wrong.filter(|it| !it.fixes.is_empty());
        let wrong = wrong.min_by_key(|it| it.span.end.saturating_sub(it.span.start))?;
        let fix = wrong.fixes.first()?;
        titles.push(super::lower(&fix.title));
        policy = finding::apply(&policy, fix)?;
    }
    None
}
