//! What of a service's life EventBridge is told, read from the words of the event log.

use super::words;

/// What ECS tells EventBridge of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It runs what it should.
    Steady,
    /// It stopped tasks.
    Stopped,
    /// It cannot start tasks again and again.
    Impaired,
    /// Its launches are throttled.
    Throttled,
    /// A task found no place: AWS's short name for why, where one is known.
    Unplaced(Option<&'static str>),
    /// A task could not be launched as it is configured.
    NotLaunched,
    /// A deployment begins, by its id.
    Begun(String),
    /// A deployment is complete, by its id.
    Completed(String),
    /// A deployment was given up, by its id.
    Failed(String),
    /// An earlier deployment is rolled out again, by its id.
    RollsBack(String),
}

impl Notice {
    /// Reads what the event log says that a service does; `None` where EventBridge is told nothing of it.
    pub fn read(how: &str) -> Option<Self> {
        if how == words::STEADY {
            return Some(Self::Steady);
        }
        if how == words::THROTTLED {
            return Some(Self::Throttled);
        }
        if let Some(why) = how.strip_prefix(words::UNPLACED) {
            let reason = why.strip_prefix(". Reason: ").unwrap_or_default();
            return Some(Self::Unplaced(words::placement_failure(reason)));
        }
        if how.starts_with(words::STOPPED) {
            return Some(Self::Stopped);
        }
        if how.starts_with(words::IMPAIRED) {
            return Some(Self::Impaired);
        }
        if how.starts_with(words::NOT_LAUNCHED) {
            return Some(Self::NotLaunched);
        }
        if let Some(deployment) = how.strip_suffix(words::COMPLETED) {
            let id = deployment.strip_prefix("(deployment ")?;
            return Some(Self::Completed(id.to_owned()));
        }
        if let Some(deployment) = how.strip_suffix(words::FAILED) {
            let id = deployment.strip_prefix("(deployment ")?;
            return Some(Self::Failed(id.to_owned()));
        }
        if let Some(deployment) = how.strip_prefix(words::ROLLS_BACK) {
            let id = deployment.strip_suffix('.')?;
            return Some(Self::RollsBack(id.to_owned()));
        }
        let (_, id) = how.rsplit_once(" out as ")?;
        Some(Self::Begun(id.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TaskId;

    #[test]
    fn what_a_service_says_is_read_back() {
        let ids = [TaskId::from("0a")];
        let spot = "Capacity is unavailable at this time. Please try again later or in a different availability zone";
        for (how, notice) in [
            (words::STEADY.to_owned(), Some(Notice::Steady)),
            (words::THROTTLED.to_owned(), Some(Notice::Throttled)),
            (words::stopped(&ids), Some(Notice::Stopped)),
            (words::impaired(), Some(Notice::Impaired)),
            (
                words::unplaced(spot),
                Some(Notice::Unplaced(Some("RESOURCE:FARGATE"))),
            ),
            (
                words::unplaced(
                    "You've reached the limit on the number of vCPUs you can run concurrently",
                ),
                Some(Notice::Unplaced(None)),
            ),
            (
                words::unplaced("No Container Instances were found in your cluster."),
                Some(Notice::Unplaced(None)),
            ),
            (words::not_launched("x"), Some(Notice::NotLaunched)),
            (
                words::completed("ecs-svc/1"),
                Some(Notice::Completed("ecs-svc/1".to_owned())),
            ),
            (
                words::failed("ecs-svc/1"),
                Some(Notice::Failed("ecs-svc/1".to_owned())),
            ),
            (
                words::rolls_back("ecs-svc/1"),
                Some(Notice::RollsBack("ecs-svc/1".to_owned())),
            ),
            (
                format!(
                    "wants 2 tasks and {}",
                    words::rolls_out("web:2", "ecs-svc/2")
                ),
                Some(Notice::Begun("ecs-svc/2".to_owned())),
            ),
            (words::started(&ids), None),
            (words::registered(1, "g"), None),
            (words::STUCK.to_owned(), None),
            ("wants 2 tasks".to_owned(), None),
        ] {
            assert_eq!(Notice::read(&how), notice, "{how}");
        }
    }
}
