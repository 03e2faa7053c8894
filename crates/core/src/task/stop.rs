//! `StopTask`.

use super::exit::stop;
use super::life::Parts;
use super::model::Why;
use crate::call::StopTask;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::TaskId;

/// The longest `reason`, in characters. Source: API reference of `StopTask`.
const MAX_REASON: usize = 1_024;

/// `StopTask`: a task that stops already is answered as if it had been stopped now, as AWS does.
pub(crate) fn stop_task(
    parts: &mut Parts<'_>,
    input: &StopTask,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let named = input.task.as_str();
    let id = TaskId::from(named.rsplit('/').next().unwrap_or(named));
    if parts.tasks.get(&id).is_none() {
        return Err(ApiError::new(
            "InvalidParameterException",
            "The referenced task was not found.",
            "Name a task of this scenario; a stopped task is forgotten after an hour.",
        ));
    }
    if input
        .reason
        .as_ref()
        .is_some_and(|reason| reason.chars().count() > MAX_REASON)
    {
        return Err(ApiError::new(
            "InvalidParameterException",
            format!("reason can have at most {MAX_REASON} characters."),
            "Shorten the reason.",
        ));
    }
    let reason = input
        .reason
        .clone()
        .unwrap_or_else(|| "Task stopped by user".to_owned());
    stop(parts, &id, Why::Asked, reason, step);
    Ok(Reply::Tasks(vec![id]))
}
