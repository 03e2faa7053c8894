//! What is looked at in a policy that keeps to the grammar: whether its words mean what was meant.

mod actions;
mod conditions;
mod principals;
mod resources;

pub(super) use actions::actions;
pub(super) use conditions::conditions;
pub(super) use principals::principals;
pub(super) use resources::resources;

use super::policy::Policy;
use super::read::Notes;

/// Sids are of letters and digits, and each is there once. Source: IAM User Guide, 'IAM JSON policy elements: Sid'.
pub(super) fn sids(policy: &Policy, notes: &mut Notes<'_>) {
    let mut seen: Vec<&str> = Vec::new();
    for statement in &policy.statements {
        let Some(sid) = statement.sid.as_deref().filter(|it| !it.is_empty()) else {
            continue;
        };
        if !sid.bytes().all(|it| it.is_ascii_alphanumeric()) {
            notes.refuse(
                ("IAM008", 3),
                "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
                statement.span,
                format!("The Sid '{sid}' has other signs than letters and digits."),
                "Use letters and digits only.",
            );
        }
        if seen.contains(&sid) {
            notes.refuse(
                ("IAM008", 3),
                "Statement IDs (SID) in a single policy must be unique.",
                statement.span,
                format!("Another statement has the Sid '{sid}', too."),
                "Give each statement a Sid of its own, or none.",
            );
        }
        seen.push(sid);
    }
}
