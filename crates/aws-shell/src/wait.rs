//! `aws ecs wait …`: asks again and again until the answer is as it is waited for.
//!
//! Source: the waiters of the CLI's model of ECS, and its words, measured with AWS CLI 2.36.7.

use crate::arguments::{Invocation, read_words};
use crate::words::split;
use crate::{Refusal, query};
use fargate_core::text::{Node, Value};

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// Its name, such as `ServicesStable`.
    pub name: &'static str,
    /// How long it waits between two questions, in seconds.
    pub every: u64,
    /// How often it asks.
    pub tries: u32,
    /// The command that it asks with.
    asks: &'static str,
    /// What ends it, the first that holds: whether well, the query, whether any item of it or all of them, and the value.
    ends: &'static [End],
}

/// Whether it ends well, a query, how its answer is compared, and with what.
type End = (bool, &'static str, How, &'static str);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Any,
    All,
    Whole,
}

const MISSING: End = (false, "failures[].reason", How::Any, "MISSING");

const WAITERS: &[(&str, Waiter)] = &[
    (
        "services-stable",
        Waiter {
            name: "ServicesStable",
            every: 15,
            tries: 40,
            asks: "describe-services",
            ends: &[
                MISSING,
                (false, "services[].status", How::Any, "DRAINING"),
                (false, "services[].status", How::Any, "INACTIVE"),
                (
                    true,
                    "length(services[?!(length(deployments) == `1` && runningCount == desiredCount)]) == `0`",
                    How::Whole,
                    "true",
                ),
            ],
        },
    ),
    (
        "services-inactive",
        Waiter {
            name: "ServicesInactive",
            every: 15,
            tries: 40,
            asks: "describe-services",
            ends: &[MISSING, (true, "services[].status", How::Any, "INACTIVE")],
        },
    ),
    (
        "tasks-running",
        Waiter {
            name: "TasksRunning",
            every: 6,
            tries: 100,
            asks: "describe-tasks",
            ends: &[
                (false, "tasks[].lastStatus", How::Any, "STOPPED"),
                MISSING,
                (true, "tasks[].lastStatus", How::All, "RUNNING"),
            ],
        },
    ),
    (
        "tasks-stopped",
        Waiter {
            name: "TasksStopped",
            every: 6,
            tries: 100,
            asks: "describe-tasks",
            ends: &[(true, "tasks[].lastStatus", How::All, "STOPPED")],
        },
    ),
];

/// Reads a line that begins with `aws ecs wait`: what is waited for, and the question. `None` for any other line.
pub fn waiter(line: &str) -> Option<(Waiter, Result<Invocation, Refusal>)> {
    let words = split(line).ok()?;
    let [aws, ecs, wait, named, rest @ ..] = words.as_slice() else {
        return None;
    };
    if (aws.as_str(), ecs.as_str(), wait.as_str()) != ("aws", "ecs", "wait") {
        return None;
    }
    let (_, waiter) = WAITERS.iter().find(|(name, _)| *name == named.as_str())?;
    let question: Vec<String> = ["aws", "ecs", waiter.asks]
        .into_iter()
        .map(str::to_owned)
        .chain(rest.iter().cloned())
        .collect();
    Some((*waiter, read_words(&question)?))
}

impl Waiter {
    /// What an answer comes to: whether the wait is over, and where it failed in which words. `None` where it goes on.
    pub fn outcome(&self, answer: &Node) -> Option<Result<(), String>> {
        let (well, path, how, value) = self.ends.iter().find(|it| holds(it, answer))?;
        if *well {
            return Some(Ok(()));
        }
        let often = match how {
            How::Any => " at least once",
            How::All | How::Whole => "",
        };
        Some(Err(self.failed(&format!(
            "Waiter encountered a terminal failure state: For expression \"{path}\" we matched expected path: \"{value}\"{often}"
        ))))
    }

    /// What is printed where it asked as often as it does.
    pub fn exhausted(&self) -> String {
        self.failed("Max attempts exceeded")
    }

    fn failed(&self, why: &str) -> String {
        format!("\nWaiter {} failed: {why}\n", self.name)
    }
}

fn holds((_, path, how, value): &End, answer: &Node) -> bool {
    let Ok(found) = query(path, answer) else {
        return false;
    };
    let is = |it: &Node| it.as_str() == Some(value);
    match how {
        How::Whole => found.as_bool() == Some(*value == "true"),
        How::Any => found.items().iter().any(is),
        How::All => match &found.value {
            Value::Array(items) => !items.is_empty() && items.iter().all(is),
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::text::read;

    #[test]
    fn a_wait_ends_as_the_answer_says() {
        let service = |status: &str, running: u32| {
            format!(
                r#"{{"services":[{{"status":"{status}","runningCount":{running},"desiredCount":2,"deployments":[{{}}]}}],"failures":[]}}"#
            )
        };
        for (line, answer, wanted) in [
            ("services-stable --services web", service("ACTIVE", 1), None),
            (
                "services-stable --services web",
                service("ACTIVE", 2),
                Some(true),
            ),
            (
                "services-stable --services web",
                service("DRAINING", 2),
                Some(false),
            ),
            (
                "services-inactive --services web",
                service("INACTIVE", 0),
                Some(true),
            ),
            (
                "tasks-running --tasks t",
                r#"{"tasks":[{"lastStatus":"RUNNING"},{"lastStatus":"PENDING"}],"failures":[]}"#
                    .to_owned(),
                None,
            ),
            (
                "tasks-stopped --tasks t",
                r#"{"tasks":[{"lastStatus":"STOPPED"}],"failures":[]}"#.to_owned(),
                Some(true),
            ),
            (
                "tasks-running --tasks t",
                r#"{"tasks":[],"failures":[{"reason":"MISSING"}]}"#.to_owned(),
                Some(false),
            ),
        ] {
            let (waiter, asked) = waiter(&format!("aws ecs wait {line}")).expect(line);
            assert!(asked.is_ok(), "{line}");
            let seen = waiter.outcome(&read(&answer).root).map(|it| it.is_ok());
            assert_eq!(seen, wanted, "{line} {answer}");
        }
    }
}
