//! The lanes of the timeline: each task's states as segments, with an octagon where it failed.

use super::Span;
use super::time_axis::TimeAxis;
use crate::view::{ContainerCard, Stage, TaskCard};
use fargate_core::task::TaskState;
use fargate_core::units::SimTime;

/// A state on a lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// The state.
    pub state: TaskState,
    /// Where it lies.
    pub span: Span,
}

/// A task's lane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lane {
    /// Its states, in order; the last one that AWS keeps, STOPPED, is not drawn.
    pub segments: Vec<Segment>,
    /// Where it failed.
    pub failed: Option<f64>,
    /// Where words after its end have room.
    pub end: f64,
}

impl Lane {
    /// The lane of a task whose last stage, if it is not over, lasts until `now`.
    pub fn new(axis: &TimeAxis, stages: &[Stage], failed: bool, now: SimTime) -> Self {
        let drawn = stages
            .iter()
            .filter(|stage| stage.state != TaskState::Stopped)
            .filter(|stage| axis.shows(stage.from, stage.until.unwrap_or(now)));
        let segment = |stage: &Stage| {
            let (from, until) = (axis.x(stage.from), axis.x(stage.until.unwrap_or(now)));
            let span = Span {
                x: from,
                w: (until - from - 1.0).max(1.0),
            };
            Segment {
                state: stage.state,
                span,
            }
        };
        let segments: Vec<Segment> = drawn.map(segment).collect();
        let ends = stages
            .iter()
            .find(|stage| stage.state > TaskState::Running || stage.state == TaskState::Stopped);
        let end = segments
            .last()
            .map_or(axis.left(), |segment| segment.span.end());
        Self {
            failed: ends
                .filter(|stage| failed && axis.shows(stage.from, stage.from))
                .map(|stage| axis.x(stage.from) - 1.0),
            segments,
            end,
        }
    }
}

/// Why a task failed, in a few words: 'api ran out of memory (exit 137)', else AWS's reason.
pub fn failure(task: &TaskCard) -> Option<String> {
    let stop = task.stop.as_ref().filter(|stop| stop.failed)?;
    let words = |container: &ContainerCard| {
        let code = container.exit_code?;
        let memory = container
            .reason
            .as_ref()
            .is_some_and(|reason| reason.starts_with("OutOfMemoryError"));
        let name = &container.short_name;
        if memory {
            Some(format!("{name} ran out of memory (exit {code})"))
        } else if container.essential && code != 0 && code != 143 {
            Some(format!("{name} ended (exit {code})"))
        } else {
            None
        }
    };
    let first = task.containers.iter().find_map(words);
    Some(first.unwrap_or_else(|| stop.reason.clone()))
}

/// Places where trouble happened, none nearer than `gap` pixels to another.
pub fn marks(axis: &TimeAxis, moments: impl Iterator<Item = SimTime>, gap: f64) -> Vec<f64> {
    let mut marks: Vec<f64> = Vec::new();
    let shown = moments.filter(|at| axis.shows(*at, *at));
    for x in shown.map(|at| axis.x(at)) {
        if marks.last().is_none_or(|last| (x - last).abs() >= gap) {
            marks.push(x);
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(state: TaskState, from: u64, until: u64) -> Stage {
        Stage {
            state,
            from: SimTime(from * 1_000),
            until: (until > 0).then_some(SimTime(until * 1_000)),
        }
    }

    fn axis() -> TimeAxis {
        TimeAxis::new(150.0, 690.0, SimTime(286_000))
    }

    #[test]
    fn states_follow_each_other_up_to_the_marker() {
        let stages = [
            stage(TaskState::Provisioning, 12, 21),
            stage(TaskState::Pending, 21, 42),
            stage(TaskState::Activating, 42, 46),
            stage(TaskState::Running, 46, 0),
        ];
        let lane = Lane::new(&axis(), &stages, false, SimTime(286_000));
        let spans: Vec<(f64, f64)> = lane.segments.iter().map(|s| (s.span.x, s.span.w)).collect();
        assert_eq!(
            spans,
            [(168.0, 12.5), (181.5, 30.5), (213.0, 5.0), (219.0, 359.0)]
        );
        assert_eq!((lane.failed, lane.end), (None, 578.0));
    }

    #[test]
    fn an_octagon_stands_where_a_task_failed_and_nowhere_else() {
        let stages = [
            stage(TaskState::Running, 46, 130),
            stage(TaskState::Deprovisioning, 130, 145),
            stage(TaskState::Stopped, 145, 0),
        ];
        for (failed, place) in [(true, Some(344.0)), (false, None)] {
            let lane = Lane::new(&axis(), &stages, failed, SimTime(286_000));
            assert_eq!(lane.failed, place);
            assert_eq!(lane.segments.len(), 2, "STOPPED is not drawn");
        }
    }

    #[test]
    fn marks_do_not_lie_on_each_other() {
        let moments = [10, 11, 12, 60, 61].map(|s| SimTime(s * 1_000));
        assert_eq!(marks(&axis(), moments.into_iter(), 16.0), [165.0, 240.0]);
    }
}
