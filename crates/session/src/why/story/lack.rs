//! What a start reached and was refused: a secret, an image, a log group, a permission.

use super::defined;
use super::start::errand;
use crate::cards::why;
use crate::why::cures::permissions::{Refusal, at_start, who};
use crate::why::definition::{line, of_container, of_task};
use crate::why::flow::at_task;
use crate::why::ground::Ground;
use crate::why::{Explanation, Link, needs};
use fargate_core::event::Fact;
use fargate_core::iam::Layer;
use fargate_core::stores::{ImageLack, Reference};
use fargate_core::task::{Lack, LackKind, Task};
use fargate_core::task_definition::System;
use fargate_core::task_definition::fields::Step;

/// What was reached and refused.
pub(super) fn refused(ground: &Ground<'_>, found: &mut Explanation, task: &Task, lack: &Lack) {
    let at = ground.when(&task.id, |fact| matches!(fact, Fact::Stopping { .. }));
    let errand = errand(lack.what).join(" ");
    let asked = match &lack.kind {
        LackKind::Denied(denial) if denial.action == "sts:AssumeRole" => {
            format!("Before it starts, it {errand} as its execution role, which it cannot assume.")
        }
        LackKind::Denied(denial) if denial.layer == Some(Layer::Endpoint) => format!(
            "Before it starts, it {errand}: that asks for {}, which a VPC endpoint on the way does not let through.",
            denial.action
        ),
        LackKind::Denied(denial) => format!(
            "Before it starts, it {errand} as its execution role: that asks for {}, which IAM refuses.",
            denial.action
        ),
        LackKind::Damaged => {
            format!("Before it starts, it {errand}: they came, and are damaged.")
        }
        _ => format!("Before it starts, it {errand}: that was reached, and refused."),
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
    let mut way = match &lack.kind {
        LackKind::Denied(_) => of_task(member),
        _ => of_container(place, member),
    };
    let asking = task.containers.get(place).map(|it| &it.definition);
    match &lack.kind {
        LackKind::Secret(_) => {
            let mut all = asking.into_iter().flat_map(|it| &it.secrets);
            // a parameter goes by its name, whether it was asked for by its ARN or not
            let item = all.position(|it| it.value_from == lack.of).or_else(|| {
                let mut all = asking.into_iter().flat_map(|it| &it.secrets);
                all.position(|it| it.value_from.ends_with(&lack.of))
            });
            way.extend(
                item.into_iter()
                    .flat_map(|it| [Step::Item(it), "valueFrom".into()]),
            );
        }
        LackKind::File(_) => {
            let mut all = asking.into_iter().flat_map(|it| &it.environment_files);
            let item = all.position(|it| *it == lack.of);
            way.extend(
                item.into_iter()
                    .flat_map(|it| [Step::Item(it), "value".into()]),
            );
        }
        LackKind::Image(ImageLack::Platform { .. })
            if task.definition.system == System::LinuxArm =>
        {
            way = of_task(&["runtimePlatform", "cpuArchitecture"]);
        }
        LackKind::Login(_) | LackKind::LoginLacks(_) => way.push("credentialsParameter".into()),
        _ => {}
    }
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
    let mut sentence = cause(lack, found);
    let mut guard = None;
    if let Some(role) = role.as_deref().filter(|_| denied) {
        let refused = at_start(&ground.world, task, role).into_iter().next();
        if let Some(Refusal::Decided(it)) = refused {
            let mut all = it.considered.iter();
            let at_endpoint = it.layer == Some(Layer::Endpoint);
            let policy = all.find(|it| at_endpoint && it.layer == Layer::Endpoint);
            guard = policy.map(|it| format!("endpoint {}", it.policy));
            let near = it.near().into_iter().next();
            sentence = near.map_or_else(|| it.reason(), |near| format!("{} {near}", it.reason()));
            found.help = it.cure().map(|it| it.sentence).unwrap_or_default();
            if let Some((kind, name)) = who(&it.request.principal) {
                let name = format!("the {} {name}", kind.word());
                found.help = found.help.replace("whoever asks for it", &name);
            }
        }
    }
    let (part, decided) = match &lack.kind {
        LackKind::Denied(denial) => {
            let part = guard.clone().or(role).unwrap_or_default();
            (part, denial.action.clone())
        }
        LackKind::Image(_) | LackKind::RateLimit { .. } | LackKind::Damaged => {
            (lack.of.clone(), Reference::read(&lack.of).host)
        }
        _ => (lack.of.clone(), lack.what.service().to_owned()),
    };
    found.chain.push(
        Link::new(at, sentence)
            .decided(part, decided)
            .by(by)
            .seen(line(&ground.world, task, &way).filter(|_| guard.is_none())),
    );
}

/// What was wrong with what was asked for; what helps goes to the explanation. The card of a task says both in one text, whose last
/// sentence is the cure.
fn cause(lack: &Lack, found: &mut Explanation) -> String {
    if let LackKind::Login(why) = &lack.kind {
        let inner = Lack {
            kind: LackKind::Secret(why.clone()),
            ..lack.clone()
        };
        let said = cause(&inner, found);
        found
            .help
            .push_str(" It has to hold an object with username and password.");
        return format!("repositoryCredentials names a secret. {said}");
    }
    let whole = why::refused(lack);
    let Some((cause, help)) = whole.rsplit_once(". ") else {
        return whole;
    };
    help.clone_into(&mut found.help);
    format!("{cause}.")
}
