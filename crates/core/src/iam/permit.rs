//! Whether the caller may make a call, and whether the roles that it hands on can be assumed.

use super::account::{Account, TASKS};
use super::asks::{Known, asks, passed};
use super::evaluate::Decision;
use crate::error::ApiError;
use crate::text::Node;

/// What each thing that a call asks came to, up to the first refusal.
pub fn decisions(account: &Account, action: &str, input: &Node, known: Known<'_>) -> Vec<Decision> {
    let mut all = Vec::new();
    for ask in asks(action, input, known) {
        let decision = account.decide(
            &account.caller,
            None,
            &ask.action,
            &ask.resource,
            ask.context,
        );
        let allowed = decision.allowed();
        all.push(decision);
        if !allowed {
            break;
        }
    }
    all
}

/// Refuses a call that the caller may not make, or that hands on a role that tasks cannot assume. Nothing is refused while
/// permissions are not enforced.
pub(crate) fn permit(
    account: &Account,
    action: &str,
    input: &Node,
    known: Known<'_>,
) -> Result<(), ApiError> {
    if !account.enforced {
        return Ok(());
    }
    let all = decisions(account, action, input, known);
    if let Some(denied) = all.last().filter(|it| !it.allowed()) {
        return Err(refusal(denied, action, known));
    }
    let name = action.split_once(':').map_or(action, |(_, name)| name);
    if matches!(action, "ecs:RunTask" | "ecs:StartTask") {
        for role in passed(name, input, known) {
            if let Some(cure) = unassumable(account, &role) {
                return Err(ApiError::new("ClientException", not_assumed(&role), cure));
            }
        }
    }
    Ok(())
}

/// AWS's sentence for a role that tasks cannot assume.
pub fn not_assumed(role: &str) -> String {
    format!(
        "ECS was unable to assume the role '{role}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role."
    )
}

/// Why tasks cannot assume a role and what cures it; `None` where they can.
pub fn unassumable(account: &Account, role: &str) -> Option<String> {
    match account.assume(role, TASKS) {
        None => Some(format!(
            "There is no role {role}: create it with a trust policy that names {TASKS}."
        )),
        Some(decision) if decision.allowed() => None,
        Some(decision) => Some(format!("{} {}", decision.reason(), decision.advice())),
    }
}

/// AWS's refusal in the words and under the code of the service that is asked.
fn refusal(denied: &Decision, action: &str, known: Known<'_>) -> ApiError {
    let said = denied.message(known.as_of);
    let (code, message) = match action.split(':').next().unwrap_or_default() {
        "ec2" => (
            "UnauthorizedOperation",
            format!("You are not authorized to perform this operation. {said}"),
        ),
        "iam" | "elbv2" | "rds" | "route53" => ("AccessDenied", said),
        _ => ("AccessDeniedException", said),
    };
    ApiError::new(
        code,
        message,
        format!("{} {}", denied.reason(), denied.advice()),
    )
}
