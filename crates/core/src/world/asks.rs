//! What containers ask of AWS, at work: when they ask, and what follows from the answer.

use super::{Due, Timer, Worker, World};
use crate::event::{Cause, Event, EventId, Fact};
use crate::ids::TaskId;
use crate::task::{self, Answer, Task};
use crate::units::SimSpan;
use std::sync::Arc;

/// How long after its start a program has its first answer from AWS, in ms.
const ASKS_AFTER: SimSpan = SimSpan(300);
/// How long the SDK tries to connect before it gives up: five times 60 s. Source: `connect_timeout` and the legacy retry mode of
/// botocore's configuration.
const GIVES_UP: SimSpan = SimSpan::secs(300);

/// Why a container asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// It started.
    Start,
    /// It tried to connect for as long as the SDK does.
    Late,
    /// It answers a request.
    Request,
}

impl Moment {
    const ALL: [(Self, &str); 3] = [
        (Self::Start, "start"),
        (Self::Late, "late"),
        (Self::Request, "request"),
    ];
}

/// Who asks: the container of a task by its place, in which of its runs, and why.
struct Asks {
    task: TaskId,
    place: usize,
    run: u32,
    moment: Moment,
}

impl Asks {
    /// As it stands in the queue.
    fn name(&self) -> Arc<str> {
        let word = Moment::ALL.iter().find(|it| it.0 == self.moment);
        let word = word.map_or("", |it| it.1);
        format!("{}/{}/{}/{word}", self.task, self.place, self.run).into()
    }

    fn read(name: &str) -> Option<Self> {
        let mut parts = name.split('/');
        Some(Self {
            task: TaskId::from(parts.next()?.to_owned()),
            place: parts.next()?.parse().ok()?,
            run: parts.next()?.parse().ok()?,
            moment: {
                let word = parts.next()?;
                Moment::ALL.iter().find(|it| it.1 == word)?.0
            },
        })
    }
}

impl World {
    /// Has containers ask that start, and those that answer requests.
    pub(super) fn hear_containers(&mut self, since: usize, log: &[Event]) {
        for event in log.get(since..).unwrap_or_default() {
            let cause = Cause::Event(event.id);
            match &event.fact {
                Fact::ContainerStarted { task, container } => {
                    let Some(found) = self.tasks.get(task).cloned() else {
                        continue;
                    };
                    let mut all = found.containers.iter();
                    if let Some(place) = all.position(|it| it.name == *container)
                        && starts(&found, place)
                    {
                        self.ask(&found, place, Moment::Start, ASKS_AFTER, cause);
                    }
                }
                Fact::Request { trace, .. } if trace.delivered() => {
                    let Some((interface, place)) = trace.container() else {
                        continue;
                    };
                    let interface = self.network.interfaces.get(interface);
                    let task = interface.and_then(|it| self.tasks.get(it.task()?)).cloned();
                    let Some(task) = task else {
                        continue;
                    };
                    for place in answering(&task, place) {
                        self.ask(&task, place, Moment::Request, SimSpan(0), cause);
                    }
                }
                _ => {}
            }
        }
    }

    fn ask(&mut self, task: &Task, place: usize, moment: Moment, after: SimSpan, cause: Cause) {
        let asks = Asks {
            task: task.id.clone(),
            place,
            run: task.containers[place].starts,
            moment,
        };
        let due = Due::Work(Worker::Container, asks.name(), None);
        self.queue.push(self.now + after, Timer { due, cause });
    }

    /// A container asks, as its name in the queue says.
    pub(super) fn container_asks(&mut self, name: &str, cause: Cause, log: &mut Vec<Event>) {
        let Some(asks) = Asks::read(name) else {
            return;
        };
        let Some(task) = self.tasks.get(&asks.task).cloned() else {
            return;
        };
        let of_run = |it: &&task::Container| it.runs() && it.starts == asks.run;
        let Some(container) = task.containers.get(asks.place).filter(of_run) else {
            return;
        };
        let account = self.iam.account();
        let walk = self.settings.authority.walk;
        let wanted = container.workload.aws_asks();
        for (place, ask) in
            wanted.filter(|(_, it)| it.each_request == (asks.moment == Moment::Request))
        {
            let answer = task::answer(&self.network, walk, &account, &task, &ask);
            let came = answer == Answer::Given;
            let own = self.tasks.get_mut(&asks.task);
            if let Some(own) = own.and_then(|it| it.containers.get_mut(asks.place)) {
                own.note_ask(place, came);
            }
            if came {
                continue;
            }
            if asks.moment == Moment::Start && matches!(answer, Answer::NoWay(_)) {
                self.ask(&task, asks.place, Moment::Late, GIVES_UP, cause);
                return;
            }
            let line = answer.line(&ask, self.as_of).unwrap_or_default();
            let said = Fact::Logged {
                task: task.id.clone(),
                container: container.name.clone(),
                line,
            };
            self.log(said, cause, log);
            match cause {
                Cause::Event(request) if asks.moment == Moment::Request => {
                    self.traffic.fails(request);
                }
                _ => self.end(&asks.task, asks.place, log),
            }
            return;
        }
    }

    /// Ends a container whose program could not begin.
    fn end(&mut self, task: &TaskId, place: usize, log: &mut Vec<Event>) {
        let before = self.events;
        let cause = Cause::Event(EventId(before - 1));
        let later = self.with_parts(cause, log, |parts, step| {
            task::exit(parts, task, place, 1, None, step);
        });
        self.schedule(later, cause, before);
        self.settle(task, cause, log);
    }
}

/// Whether a container asks for anything at its start.
fn starts(task: &Task, place: usize) -> bool {
    let mut asks = task.containers[place].workload.aws_asks();
    asks.any(|(_, it)| !it.each_request)
}

/// The containers that ask AWS for each request that one of them answers: itself, and those that it calls for it over localhost.
fn answering(task: &Task, place: usize) -> Vec<usize> {
    let mut reached = vec![place];
    let mut next = 0;
    while let Some(container) = reached.get(next).and_then(|it| task.containers.get(*it)) {
        next += 1;
        let calls = container.workload.calls.iter();
        for call in calls.filter(|it| it.to.is_none() && it.per_request > 0) {
            let mut all = task.containers.iter();
            let callee = all.position(|it| it.runs() && it.ports().contains(&call.port));
            reached.extend(callee.filter(|it| !reached.contains(it)));
        }
    }
    let asks = |place: &usize| {
        let container = task.containers.get(*place);
        container.is_some_and(|it| it.workload.aws_asks().any(|(_, it)| it.each_request))
    };
    reached.retain(asks);
    reached
}
