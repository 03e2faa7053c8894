//! Who could run this task, and what may this container do?

use super::{DecisionCard, decision, permissions};
use fargate_core::call::{Call, RunTask};
use fargate_core::iam::{Ask, TASKS};
use fargate_core::ids::TaskId;
use fargate_core::text::quote;
use fargate_core::wire::parse;
use fargate_core::world::World;

/// Whether somebody could run a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The ARN.
    pub arn: String,
    /// 'user ci'.
    pub name: String,
    /// Whether every thing that the call asks is allowed.
    pub could: bool,
    /// The thing that is denied, or the last that is asked.
    pub decision: Option<DecisionCard>,
}

/// Who of the account could run a revision, `family:revision`, in the default cluster: what `RunTask` asks of each, enforced or not.
pub fn who_could_run(world: &World, revision: &str) -> Vec<Who> {
    let input = format!(
        r#"{{"taskDefinition":{},"launchType":"FARGATE"}}"#,
        quote(revision)
    );
    let Ok(run) = parse::<RunTask>(&input) else {
        return Vec::new();
    };
    let call = Call::from(run);
    let callers = permissions(world).callers.into_iter();
    callers
        .map(|(arn, name)| {
            let all = world.decisions(&arn, &call);
            Who {
                could: all.iter().all(fargate_core::iam::Decision::allowed),
                decision: all.last().map(|it| decision(it, world)),
                arn,
                name,
            }
        })
        .collect()
}

/// What code in a task's containers gets back when it asks for an action on a resource with the task's role. On Fargate there is
/// no other role that it could have: without a task role it has no credentials at all.
pub fn may_do(
    world: &World,
    task: &TaskId,
    action: &str,
    resource: &str,
) -> Result<DecisionCard, String> {
    let Some(task) = world.tasks().get(task) else {
        return Err("The task is not there any more.".to_owned());
    };
    let Some(role) = task.definition.task_role_arn.as_deref() else {
        return Err("Unable to locate credentials: the task definition has no taskRoleArn, and on Fargate there is no instance whose role it could have. The execution role is not for containers.".to_owned());
    };
    let account = world.iam().account();
    if let Some(why) = fargate_core::iam::unassumable(&account, role) {
        return Err(format!(
            "No credentials: {TASKS} cannot assume {role}. {why}"
        ));
    }
    let arn = account
        .role(role)
        .map_or_else(|| role.to_owned(), |it| it.arn());
    let ask = Ask::new(action, resource);
    let session = Some(task.id.as_str());
    let decided = account.decide(&arn, session, &ask.action, &ask.resource, ask.context);
    Ok(decision(&decided, world))
}
