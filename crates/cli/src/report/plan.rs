//! What must change for a definition of EC2 to run on Fargate, as a list that a person can follow.

use crate::input::say;
use fargate_core::task_definition::Plan;

/// Prints the changes in order, and what is left to decide.
pub(crate) fn plan(plan: &Plan) {
    say("To run on Fargate:");
    for (index, change) in plan.changes.iter().enumerate() {
        say(&format!(
            "{:>3}. {} [{}]: {}",
            index + 1,
            change.title,
            change.code,
            change.reason
        ));
    }
    for finding in &plan.left {
        say(&format!(
            "  -  Decide [{}]: {}. {}",
            finding.code, finding.message, finding.help
        ));
    }
}
