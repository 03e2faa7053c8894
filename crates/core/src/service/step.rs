//! The next step of a deployment: how many tasks are stopped and started.
//!
//! Source: 'Deploy Amazon ECS services by replacing tasks' and AWS's worked examples of task deployments. What AWS leaves open is
//! decided so: old tasks are stopped first as far as the minimum allows, then new ones are started as far as the maximum allows, and
//! old ones are stopped only when all that were started before are healthy. This comes to AWS's examples, step by step.

/// `minimumHealthyPercent` and `maximumPercent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percents {
    /// Tasks that have to stay healthy, in percent of the desired count.
    pub minimum: u32,
    /// Tasks that may be there at a time, in percent of the desired count.
    pub maximum: u32,
}

impl Percents {
    /// Tasks that have to stay healthy: rounded up.
    pub fn least(self, desired: u32) -> u32 {
        let least = (u64::from(desired) * u64::from(self.minimum)).div_ceil(100);
        u32::try_from(least).unwrap_or(u32::MAX)
    }

    /// Tasks that may be there at a time: rounded down.
    pub fn most(self, desired: u32) -> u32 {
        let most = u64::from(desired) * u64::from(self.maximum) / 100;
        u32::try_from(most).unwrap_or(u32::MAX)
    }
}

/// The tasks of a service that are not stopping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Healthy ones of earlier deployments.
    pub old_healthy: u32,
    /// RUNNING ones of earlier deployments that are not known to be well yet.
    pub old_waiting: u32,
    /// The others of earlier deployments: they start still, or are unhealthy.
    pub old_idle: u32,
    /// Healthy ones of the primary deployment.
    pub new_healthy: u32,
    /// Those of the primary deployment that are about to be healthy.
    pub new_becoming: u32,
    /// Unhealthy ones of the primary deployment.
    pub new_unhealthy: u32,
}

/// What is done next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Tasks of earlier deployments that are stopped; those that are no use first.
    pub stop_old: u32,
    /// Tasks of the primary deployment that are too many.
    pub stop_new: u32,
    /// Unhealthy tasks of the primary deployment that are stopped.
    pub stop_unhealthy: u32,
    /// Tasks that are wanted.
    pub wanted: u32,
    /// Tasks of them that may be started.
    pub start: u32,
    /// Whether the deployment cannot go on because of its percentages.
    pub stuck: bool,
}

impl Step {
    /// The same of a deployment that was given up: nothing is started.
    #[must_use]
    pub fn given_up(self) -> Self {
        Self {
            wanted: 0,
            start: 0,
            stuck: false,
            ..self
        }
    }
}

/// The next step. `replaces_first` says whether an unhealthy task is stopped only when another is in its place.
pub fn next(desired: u32, percents: Percents, counts: Counts, replaces_first: bool) -> Step {
    let (least, most) = (percents.least(desired), percents.most(desired));
    let mut step = Step::default();
    let there = counts.new_healthy + counts.new_becoming;
    step.stop_new = there.saturating_sub(desired);
    let there = there - step.stop_new;
    step.wanted = desired - there;
    let old = counts.old_healthy + counts.old_waiting + counts.old_idle;
    step.stop_old = if counts.new_healthy >= desired {
        old
    } else {
        let spare = (counts.old_healthy + counts.new_healthy).saturating_sub(least);
        let waits = counts.new_becoming > 0;
        let spare = if waits { 0 } else { spare };
        counts.old_idle + spare.min(counts.old_healthy)
    };
    let living = old - step.stop_old + there + counts.new_unhealthy;
    let mut room = most.saturating_sub(living);
    if counts.new_unhealthy > 0 {
        step.stop_unhealthy = if !replaces_first || counts.new_healthy >= desired {
            counts.new_unhealthy
        } else {
            // no room for another beside it: it goes first, one at a time
            u32::from(step.wanted > 0 && room == 0)
        };
        room = most.saturating_sub(living - step.stop_unhealthy);
    }
    step.start = step.wanted.min(room);
    step.stuck = old > 0
        && step.wanted > 0
        && room == 0
        && step.stop_old == 0
        && counts.new_becoming + counts.old_waiting == 0;
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The steps of a deployment where each task that is started becomes healthy before the next step, and `slots` tasks have room.
    fn steps(desired: u32, minimum: u32, maximum: u32, slots: u32) -> String {
        let percents = Percents { minimum, maximum };
        let mut counts = Counts {
            old_healthy: desired,
            ..Counts::default()
        };
        let mut told = Vec::new();
        for _ in 0..100 {
            let step = next(desired, percents, counts, true);
            let free = slots - (counts.old_healthy - step.stop_old) - counts.new_healthy;
            let start = step.start.min(free);
            counts.old_healthy -= step.stop_old;
            counts.new_healthy += start;
            if step.stop_old > 0 {
                told.push(format!("-{}", step.stop_old));
            }
            if start > 0 {
                told.push(format!("+{start}"));
            }
            if step.stuck {
                told.push("stuck".to_owned());
            }
            if step.stuck || (start, step.stop_old) == (0, 0) {
                break;
            }
        }
        told.join(" ")
    }

    #[test]
    fn deployments_go_on_as_in_awss_worked_examples() {
        // (desired, minimum and maximum in percent, room for tasks, steps)
        let rows = [
            (6, 100, 200, 8, "+2 -2 +2 -2 +2 -2"),
            (6, 50, 200, 8, "-3 +5 -3 +1"),
            (6, 50, 200, 99, "-3 +6 -3"),
            (1, 100, 200, 99, "+1 -1"),
            (1, 0, 100, 99, "-1 +1"),
            (1, 100, 150, 99, "stuck"),
            (2, 75, 125, 99, "stuck"),
            (4, 75, 125, 99, "-1 +2 -2 +2 -1"),
            (4, 100, 100, 99, "stuck"),
            (5, 75, 125, 99, "-1 +2 -2 +2 -2 +1"),
            (10, 90, 110, 99, "-1 +2 -2 +2 -2 +2 -2 +2 -2 +2 -1"),
            (3, 100, 125, 99, "stuck"),
        ];
        for (desired, minimum, maximum, slots, wanted) in rows {
            let found = steps(desired, minimum, maximum, slots);
            assert_eq!(
                found, wanted,
                "{desired} tasks, {minimum} to {maximum} percent, room for {slots}"
            );
        }
    }

    #[test]
    fn an_unhealthy_task_is_replaced_first_where_the_maximum_leaves_room() {
        let percents = |maximum| Percents {
            minimum: 100,
            maximum,
        };
        let of = |healthy, becoming, unhealthy| Counts {
            new_healthy: healthy,
            new_becoming: becoming,
            new_unhealthy: unhealthy,
            ..Counts::default()
        };
        // (maximum, healthy, becoming, unhealthy, whether it is replaced first, stopped, started)
        let rows = [
            (200, 1, 0, 1, true, 0, 1),
            (200, 1, 1, 1, true, 0, 0),
            (200, 2, 0, 1, true, 1, 0),
            (100, 1, 0, 1, true, 1, 1),
            (100, 0, 0, 2, true, 1, 1),
            (200, 1, 0, 1, false, 1, 1),
        ];
        for (maximum, healthy, becoming, unhealthy, first, stopped, started) in rows {
            let counts = of(healthy, becoming, unhealthy);
            let step = next(2, percents(maximum), counts, first);
            assert_eq!(
                (step.stop_unhealthy, step.start),
                (stopped, started),
                "{counts:?} {maximum} {first}"
            );
        }
    }

    #[test]
    fn what_is_too_much_is_stopped() {
        let counts = Counts {
            new_healthy: 2,
            new_becoming: 1,
            ..Counts::default()
        };
        let percents = Percents {
            minimum: 100,
            maximum: 200,
        };
        assert_eq!(next(2, percents, counts, true).stop_new, 1);
        let gone = Counts {
            old_healthy: 2,
            old_waiting: 1,
            old_idle: 1,
            ..Counts::default()
        };
        assert_eq!(next(0, percents, gone, true).stop_old, 4);
    }
}
