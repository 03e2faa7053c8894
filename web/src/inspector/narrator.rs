//! Speaks what happens to tasks: their states, kills for want of memory, and who begins to borrow CPU from whom.

use crate::announcer::announcer;
use crate::projector::projected;
use crate::selection::{Selection, selected};
use crate::signals::Memo;
use crate::simulation::playback;
use crate::words::count;
use fargate_core::ids::TaskId;
use fargate_core::task::TaskState;
use fargate_core::units::SimTime;
use fargate_session::diagrams::cpu::loans;
use fargate_session::diagrams::figures::length;
use fargate_session::view::{ContainerCard, ContainerState, CpuCard, Shared, TaskCard};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::time::Duration;

/// From this speed on only summaries are spoken.
const FAST: u32 = 10;
/// How long a cause must last before it is spoken.
const SETTLED: Duration = Duration::from_millis(1_200);

/// What was last seen of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    state: TaskState,
    /// How often containers ended that were killed last.
    killed: u32,
}

/// What was last seen of all tasks, of which run and when.
#[derive(Debug)]
struct Seeing {
    run: usize,
    at: SimTime,
    tasks: BTreeMap<TaskId, Seen>,
}

fn see(task: &TaskCard) -> Seen {
    let killed = task.containers.iter().filter(|it| it.killed_at.is_some());
    Seen {
        state: task.state,
        killed: killed.map(ends).sum(),
    }
}

/// How often a container has ended so far.
fn ends(container: &ContainerCard) -> u32 {
    container.restarts + u32::from(container.state != ContainerState::Running)
}

/// What to say of a task that was seen so before; `None` where nothing changed that is spoken.
fn news(task: &TaskCard, before: Option<Seen>) -> Option<String> {
    let now = see(task);
    let name = format!(
        "{} {}",
        task.definition.split(':').next().unwrap_or_default(),
        task.short_id
    );
    if now.killed > before.map_or(0, |seen| seen.killed) {
        return killed(task);
    }
    if before.is_some_and(|seen| seen.state == now.state) {
        return None;
    }
    let began = task
        .stages
        .first()
        .map_or(SimTime::default(), |stage| stage.from);
    let since = task
        .stages
        .last()
        .map_or(SimTime::default(), |stage| stage.from);
    Some(match task.state {
        TaskState::Running => format!(
            "{name} is running. It took {}.",
            spoken_length(since, began)
        ),
        TaskState::Stopped => {
            let reason = task
                .stop
                .as_ref()
                .map_or(String::new(), |stop| format!(" {}.", stop.reason));
            format!("{name} is stopped.{reason}")
        }
        state => format!("{name} is {}.", state.title().to_ascii_lowercase()),
    })
}

fn spoken_length(until: SimTime, from: SimTime) -> String {
    let span = until - from;
    if span.0 < 59_500 {
        count(((span.0 + 500) / 1_000) as usize, "second")
    } else {
        length(span)
    }
}

/// 'api in e41b was killed at its own limit of 1,024 MiB. The task is stopping.'
fn killed(task: &TaskCard) -> Option<String> {
    let killed = task.containers.iter().filter(|it| it.killed_at.is_some());
    // Who does not run was killed after those that run again.
    let container = killed.max_by_key(|it| it.state != ContainerState::Running)?;
    let limit = container.killed_at.as_deref()?;
    let then = if task.state > TaskState::Running {
        " The task is stopping."
    } else {
        ""
    };
    Some(format!(
        "{} in {} was killed at {limit}.{then}",
        container.short_name, task.short_id
    ))
}

/// Who borrows from whom, without the numbers: what is spoken only when it changes.
fn cause(task: &TaskCard) -> Vec<(usize, usize)> {
    let cards: Vec<CpuCard> = task.containers.iter().map(|it| it.cpu).collect();
    loans(&cards)
        .into_iter()
        .map(|(owner, user, _)| (owner, user))
        .collect()
}

/// 'frontend borrows 268 units from api.'
fn borrowing(task: &TaskCard) -> String {
    let cards: Vec<CpuCard> = task.containers.iter().map(|it| it.cpu).collect();
    let name = |place: usize| {
        task.containers
            .get(place)
            .map_or("", |it| it.short_name.as_str())
    };
    let sentence = |(owner, user, units)| {
        format!("{} borrows {units} units from {}.", name(user), name(owner))
    };
    let sentences: Vec<String> = loans(&cards).into_iter().map(sentence).collect();
    if sentences.is_empty() {
        "Nobody borrows CPU.".to_owned()
    } else {
        sentences.join(" ")
    }
}

/// '2 tasks running, 1 task stopped.'
fn summary(tasks: &[Shared<TaskCard>]) -> String {
    let mut states = BTreeMap::<TaskState, usize>::new();
    for task in tasks {
        *states.entry(task.state).or_default() += 1;
    }
    let part = |(state, number): (TaskState, usize)| {
        format!(
            "{} {}",
            count(number, "task"),
            state.title().to_ascii_lowercase()
        )
    };
    let parts: Vec<String> = states.into_iter().map(part).collect();
    format!("{}.", parts.join(", "))
}

/// Speaks, and draws nothing.
#[component]
pub fn Narrator() -> AnyView {
    let (shown, announcer, playback) = (projected(), announcer(), playback());
    let run = Memo::new(move |_| shown.history.with(|history| history.current));
    Effect::new(move |last: Option<Seeing>| {
        let tasks = shown.tasks.all();
        let now = Seeing {
            run: run.get(),
            at: shown.clock.with_untracked(|clock| clock.now),
            tasks: tasks
                .iter()
                .map(|task| (task.id.clone(), see(task)))
                .collect(),
        };
        // Another run, or an earlier moment, is looked at; nothing happened there just now.
        if let Some(last) =
            last.filter(|last| last.run == now.run && last.at <= now.at && last.tasks != now.tasks)
        {
            if playback.speed.get_untracked().0 >= FAST {
                announcer.news(summary(&tasks));
            } else {
                let news = tasks
                    .iter()
                    .filter_map(|task| news(task, last.tasks.get(&task.id).copied()));
                let news: Vec<String> = news.collect();
                if !news.is_empty() {
                    announcer.news(news.join(" "));
                }
            }
        }
        now
    });
    speak_causes();
    ().into_any()
}

/// A task, and who lends to whom in it.
type Causes = (TaskId, Vec<(usize, usize)>);

/// Speaks who borrows from whom in the selected task, once that has settled.
fn speak_causes() {
    let (shown, announcer, playback, selected) = (projected(), announcer(), playback(), selected());
    let task = Memo::new(move |_| match selected.get() {
        Some(Selection::Task(id)) => shown.tasks.card(&id),
        _ => None,
    });
    let cause = Memo::new(move |_| task.get().map(|task| (task.id.clone(), cause(&task))));
    Effect::new(move |before: Option<Option<Causes>>| {
        let now = cause.get();
        let before = before.flatten();
        let same_task = matches!((&before, &now), (Some((was, _)), Some((is, _))) if was == is);
        if same_task && before != now && playback.speed.get_untracked().0 < FAST {
            let expected = now.clone();
            set_timeout(
                move || {
                    if cause.try_get_untracked() == Some(expected)
                        && let Some(task) = task.try_get_untracked().flatten()
                    {
                        announcer.news(borrowing(&task));
                    }
                },
                SETTLED,
            );
        }
        now
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::units::{Date, SimSpan};
    use fargate_session::Session;
    use fargate_session::view::StopCard;

    fn running() -> TaskCard {
        let view = Session::first_light(Date::new(2026, 1, 1)).view(SimSpan(0));
        let task = view.tasks.values().next().unwrap().clone();
        (*task).clone()
    }

    #[test]
    fn a_state_is_spoken_when_it_changes() {
        let mut task = running();
        task.definition = "scorekeep:1".to_owned();
        task.short_id = "9f2c".to_owned();
        let before = Seen {
            state: TaskState::Activating,
            killed: 0,
        };
        let spoken = news(&task, Some(before)).unwrap();
        assert!(
            spoken.starts_with("scorekeep 9f2c is running. It took "),
            "{spoken}"
        );
        assert_eq!(news(&task, Some(see(&task))), None);
        task.state = TaskState::Stopped;
        task.stop = Some(StopCard {
            code: "UserInitiated",
            reason: "Task stopped by user".to_owned(),
            why: None,
            failed: false,
        });
        assert_eq!(
            news(&task, Some(before)).unwrap(),
            "scorekeep 9f2c is stopped. Task stopped by user."
        );
    }

    #[test]
    fn a_kill_names_its_limit() {
        let mut task = running();
        task.short_id = "e41b".to_owned();
        let before = see(&task);
        task.containers[1].killed_at = Some("the task's limit of 2,048 MiB".to_owned());
        task.containers[1].state = ContainerState::Stopped;
        task.state = TaskState::Stopping;
        assert_eq!(
            news(&task, Some(before)).unwrap(),
            "api in e41b was killed at the task's limit of 2,048 MiB. The task is stopping."
        );
    }

    #[test]
    fn each_kill_of_a_container_that_starts_again_is_spoken_once() {
        let mut task = running();
        task.short_id = "e41b".to_owned();
        let mut spoken = Vec::new();
        for restarts in 0..2 {
            let api = &mut task.containers[1];
            (api.state, api.restarts) = (ContainerState::Running, restarts);
            let runs = see(&task);
            let api = &mut task.containers[1];
            api.state = ContainerState::Pending;
            api.killed_at = Some("its own limit of 320 MiB".to_owned());
            let killed = see(&task);
            spoken.extend(news(&task, Some(runs)));
            assert_eq!(news(&task, Some(killed)), None);
        }
        let words = "api in e41b was killed at its own limit of 320 MiB.";
        assert_eq!(spoken, [words, words]);
    }

    #[test]
    fn borrowing_is_spoken_with_both_names() {
        let mut task = running();
        task.containers[0].cpu.borrowed = 268;
        task.containers[1].cpu.lent = 268;
        assert_eq!(borrowing(&task), "frontend borrows 268 units from api.");
        assert_eq!(cause(&task), [(1, 0)]);
    }
}
