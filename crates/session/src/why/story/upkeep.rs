//! What AWS did to a task by itself: it retired it, or did not come to attach its interface.

use crate::why::Link;
use crate::why::flow::at_task;
use crate::why::ground::Ground;
use fargate_core::event::Fact;
use fargate_core::task::Task;

pub(super) fn retired(ground: &Ground<'_>, task: &Task) -> Link {
    let stopping = |fact: &Fact| matches!(fact, Fact::Stopping { .. });
    let event = ground.last_of(&task.id, stopping);
    let at = event.map_or(ground.world.now(), |event| event.at);
    let call = event.and_then(|event| ground.call_behind(event));
    Link::new(
        at,
        "AWS retired the revision of the platform that it ran on, as it had given notice of. A service would have replaced the task; nothing replaces one that was run by itself.",
    )
    .decided("AWS Fargate", "task retirement")
    .by(call.and_then(|call| ground.deed(call)))
    .seen([at_task(&task.id)])
}

pub(super) fn unattached(ground: &Ground<'_>, task: &Task) -> Link {
    let at = ground.when(&task.id, |fact| matches!(fact, Fact::Stopping { .. }));
    let by = ground.turned_by(|before| Some(before.attaches_interfaces()));
    Link::new(
        at,
        "Its interface was made and had its address, but was not attached within three minutes, and ECS gave up. Nothing of the task or of its network decides that.",
    )
    .decided("AWS Fargate", "network interface")
    .by(by.filter(|_| !ground.world.attaches_interfaces()))
    .seen([at_task(&task.id)])
}
