//! What a start reached and was refused: a secret, an image, a log group, a permission.

use super::defined;
use super::start::errand;
use crate::cards::why;
use crate::why::cures::permissions::{Refusal, at_start};
use crate::why::definition::{line, of_container, of_task};
use crate::why::flow::at_task;
use crate::why::ground::Ground;
use crate::why::{Explanation, Link, needs};
use fargate_core::event::Fact;
use fargate_core::task::{Lack, LackKind, Task};

/// What was reached and refused.
pub(super) fn refused(ground: &Ground<'_>, found: &mut Explanation, task: &Task, lack: &Lack) {
    let at = ground.when(&task.id, |fact| matches!(fact, Fact::Stopping { .. }));
    let asked = match &lack.kind {
        LackKind::Denied(denial) if denial.action == "sts:AssumeRole" => format!(
            "Before it starts it fetches {}, and takes its execution role for that: it cannot assume the role.",
            errand(lack.what)
        ),
        LackKind::Denied(denial) => format!(
            "Before it starts it fetches {}, as its execution role: that asks for {}, which IAM refuses.",
            errand(lack.what),
            denial.action
        ),
        _ => format!(
            "Before it starts it fetches {}: it was reached, and refused.",
            errand(lack.what)
        ),
    };
    found
        .chain
        .push(Link::new(at, asked).seen([at_task(&task.id)]));
    // who asks for it, and with which member
    let asks = |it: &fargate_core::task::Container| match &lack.kind {
        LackKind::LogGroup => it.definition.log_group_name() == lack.of,
        LackKind::Image(_) | LackKind::RateLimit { .. } | LackKind::Damaged => {
            it.definition.image == lack.of
        }
        LackKind::File(_) => it.definition.environment_files.contains(&lack.of),
        _ => it
            .definition
            .secrets
            .iter()
            .any(|one| one.value_from == lack.of),
    };
    let place = task.containers.iter().position(asks).unwrap_or(0);
    let member: &[&str] = match &lack.kind {
        LackKind::LogGroup => &["logConfiguration", "options", "awslogs-group"],
        LackKind::Image(_) | LackKind::RateLimit { .. } | LackKind::Damaged => &["image"],
        LackKind::File(_) => &["environmentFiles"],
        LackKind::Login(_) | LackKind::LoginLacks(_) => &["repositoryCredentials"],
        LackKind::Secret(_) => &["secrets"],
        LackKind::Denied(_) => &["executionRoleArn"],
    };
    let way = match &lack.kind {
        LackKind::Denied(_) => of_task(member),
        _ => of_container(place, member),
    };
    // what was taken away is newer than the definition that asks for it
    let gone = ground.touched_by(&[lack.of.as_str()]);
    let by = ground
        .turned_by(|before| needs::starts(before, task))
        .or(gone);
    let denied = matches!(&lack.kind, LackKind::Denied(_));
    let by = if denied {
        by.filter(|it| !ground.only_asks(it.call))
    } else {
        by.or_else(|| defined(ground, task))
    };
    let role = task.definition.execution_role_arn.clone();
    let mut sentence = why::refused(lack);
    if let Some(role) = role.as_deref().filter(|_| denied) {
        let account = ground.world.iam().account();
        let refused = at_start(&account, task, role).into_iter().next();
        if let Some(Refusal::Decided(it)) = refused {
            let near = it.near().into_iter().next();
            sentence = near.map_or_else(|| it.reason(), |near| format!("{} {near}", it.reason()));
            found.help = it.cure().map(|it| it.sentence).unwrap_or_default();
        }
    }
    let (part, decided) = match &lack.kind {
        LackKind::Denied(denial) => (role.unwrap_or_default(), denial.action.clone()),
        _ => (lack.of.clone(), lack.what.service().to_owned()),
    };
    found.chain.push(
        Link::new(at, sentence)
            .decided(part, decided)
            .by(by)
            .seen(line(&ground.world, task, &way)),
    );
}
