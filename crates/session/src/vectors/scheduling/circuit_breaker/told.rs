//! What a row tells of a deployment's tasks: how they fail, and in which order some fail and some do not.

use super::super::words::{numbered, speaks_of, words};
use fargate_core::text::Node;

/// How the tasks of a deployment fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// Their image cannot be pulled.
    Start,
    /// Their container's health check fails.
    Container,
    /// Their load balancer finds them unhealthy.
    Target,
    /// They are RUNNING and end by themselves.
    Crash,
}

/// So many tasks after one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// That fail; for good where no number is said.
    Fail(Option<u32>),
    /// That become healthy.
    Well(u32),
}

/// What happens to a deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Story {
    pub(super) failure: Failure,
    pub(super) turns: Vec<Turn>,
}

/// What a deed tells; `None` where it tells of no failure.
pub(super) fn told(deed: &str) -> Option<Story> {
    let failure = if speaks_of(deed, &["elb", "load balancer", "target"]) {
        Failure::Target
    } else if speaks_of(deed, &["health check", "unhealthy", "healthcheck"]) {
        Failure::Container
    } else if speaks_of(deed, &["crash", "exit", "after running"]) {
        Failure::Crash
    } else {
        Failure::Start
    };
    let mut turns: Vec<Turn> = Vec::new();
    for clause in clauses(deed) {
        let count = count(clause);
        let fails = speaks_of(
            clause,
            &[
                "fail",
                "stop",
                "never",
                "crash",
                "exit",
                "cannot",
                "unhealthy",
                "threshold",
            ],
        );
        let well = speaks_of(
            clause,
            &[
                "healthy",
                "running",
                "succe",
                "steady",
                "completes",
                "works",
            ],
        );
        if fails {
            turns.push(Turn::Fail(count));
        } else if well {
            turns.push(Turn::Well(count.unwrap_or(1)));
        } else if let (Some(count), Some(Turn::Well(_))) = (count, turns.last()) {
            // '2 failures, 1 healthy task, then 2 more'
            turns.push(Turn::Fail(Some(count)));
        }
    }
    // who fails after RUNNING comes there first
    if failure != Failure::Start {
        let first = turns.iter().position(|it| matches!(it, Turn::Fail(_)));
        turns.drain(..first.unwrap_or(0));
    }
    let fails = turns.iter().any(|it| matches!(it, Turn::Fail(_)));
    fails.then_some(Story { failure, turns })
}

/// What a list of outcomes tells, a task each: `["fail", "healthy", "fail"]`.
pub(super) fn listed(outcomes: &Node) -> Option<Story> {
    let mut turns: Vec<Turn> = Vec::new();
    for outcome in outcomes.items() {
        let fails = speaks_of(outcome.as_str()?, &["fail", "stop", "unhealthy"]);
        match (fails, turns.last_mut()) {
            (true, Some(Turn::Fail(Some(count)))) | (false, Some(Turn::Well(count))) => *count += 1,
            (true, _) => turns.push(Turn::Fail(Some(1))),
            (false, _) => turns.push(Turn::Well(1)),
        }
    }
    (!turns.is_empty()).then_some(Story {
        failure: Failure::Start,
        turns,
    })
}

/// The parts of a deed that follow one another.
fn clauses(deed: &str) -> Vec<&str> {
    let mut found = vec![deed];
    for mark in [", ", "; ", " then ", " and ", " followed by "] {
        found = found.into_iter().flat_map(|it| it.split(mark)).collect();
    }
    found.retain(|it| !it.trim().is_empty());
    found
}

/// How many tasks a part speaks of: a number that is none of a revision or of seconds.
fn count(clause: &str) -> Option<u32> {
    // 'deployment 3 fails' is one of its tasks only in the end
    let numbers_it = |it: &&str| it.starts_with(|it: char| it.is_ascii_digit());
    let (_, after) = clause.split_once("deployment ").unwrap_or_default();
    if words(after).first().is_some_and(numbers_it) {
        return None;
    }
    let spelled = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let is_time = |after: &[&str]| {
        let unit = after.first().copied().unwrap_or_default();
        ["s", "seconds", "min", "minutes", "%"].contains(&unit)
    };
    let mut numbers = numbered(clause).into_iter();
    let digits = numbers.find(|(_, after)| !is_time(after));
    digits.map(|(number, _)| number as u32).or_else(|| {
        let mut all = words(clause).into_iter();
        all.find_map(|word| {
            let place = spelled
                .iter()
                .position(|it| it.eq_ignore_ascii_case(word))?;
            u32::try_from(place + 1).ok()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deed_tells_who_fails_and_when() {
        use Turn::{Fail, Well};
        for (deed, failure, turns) in [
            (
                "3 consecutive tasks of web:2 stop before RUNNING",
                Failure::Start,
                vec![Fail(Some(3))],
            ),
            ("threshold reached", Failure::Start, vec![Fail(None)]),
            (
                "2 tasks fail, 1 task becomes healthy, 2 tasks fail",
                Failure::Start,
                vec![Fail(Some(2)), Well(1), Fail(Some(2))],
            ),
            (
                "two tasks fail to start, one task reaches RUNNING, then 2 more",
                Failure::Start,
                vec![Fail(Some(2)), Well(1), Fail(Some(2))],
            ),
            (
                "3 tasks fail ELB health checks",
                Failure::Target,
                vec![Fail(Some(3))],
            ),
            (
                "tasks fail their container health check",
                Failure::Container,
                vec![Fail(None)],
            ),
            (
                "tasks exit with code 1 after RUNNING",
                Failure::Crash,
                vec![Fail(Some(1))],
            ),
        ] {
            let story = Story { failure, turns };
            assert_eq!(told(deed), Some(story), "{deed}");
        }
        assert_eq!(
            told("deployment 3 fails").map(|it| it.turns),
            Some(vec![Fail(None)])
        );
        let list = fargate_core::text::read(r#"["fail","fail","healthy","fail"]"#).root;
        assert_eq!(
            listed(&list).map(|it| it.turns),
            Some(vec![Fail(Some(2)), Well(1), Fail(Some(1))])
        );
        let story = told("tasks reach RUNNING, pass no health check and are stopped");
        assert_eq!(story.map(|it| it.turns), Some(vec![Fail(None)]));
        assert_eq!(told("observe"), None);
    }
}
