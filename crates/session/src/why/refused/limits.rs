//! Calls that come too fast.

use crate::why::cures::{Act, Cure};
use crate::why::{Explanation, Link};
use fargate_core::call::{Call, SetLimits};
use fargate_core::error::ApiError;
use fargate_core::units::{SimSpan, SimTime};
use fargate_core::world::{Budget, World};

/// A call that came too fast.
pub(super) fn throttled(
    found: &mut Explanation,
    world: &World,
    call: &Call,
    error: &ApiError,
    at: SimTime,
) {
    found.cause = "throttled";
    let bucket = error.cure.split('\'').nth(1).unwrap_or_default();
    let holds = error.cure.split(": the bucket ").nth(1).unwrap_or_default();
    let holds = holds.split(". ").next().unwrap_or_default();
    found.chain.push(
        Link::new(
            at,
            format!("Calls came faster than AWS lets this account make them: the bucket {holds}, and is empty."),
        )
        .decided(call.action(), format!("token bucket '{bucket}'")),
    );
    let ms = error.cure.split_whitespace().find_map(|it| it.parse().ok());
    if let Some(ms) = ms {
        let mut later = world.clone();
        let until = later.now() + SimSpan(ms);
        later.advance(until, Budget(u32::MAX), &mut Vec::new());
        if later.apply(u32::MAX, call, &mut Vec::new()).is_ok() {
            found.help = format!("Send it again {ms} ms later: AWS accepts it then.");
        }
    }
    let off = SetLimits {
        throttling: Some(false),
        ..SetLimits::default()
    };
    found.cures = vec![cure(
        "Switch throttling off, and send it again".to_owned(),
        vec![off.into(), call.clone()],
        1,
        "limit",
    )];
}

pub(super) fn cure(title: String, calls: Vec<Call>, width: u64, kind: &'static str) -> Cure {
    Cure {
        title,
        acts: calls.into_iter().map(Act::Call).collect(),
        width,
        kind,
    }
}
