//! Why an event of the log is trouble: whatever it is about is explained, as if that had been asked.

use super::{Explanation, flow, refused, rule, service, task};
use crate::session::Session;
use fargate_core::event::{Cause, Event, EventId, Fact};

pub(super) fn of(session: &Session, number: u64) -> Result<Explanation, String> {
    let Some(event) = session.event(EventId(number)) else {
        return Err(format!(
            "The run has no event {number}: {} are simulated so far.",
            session.world().event_count()
        ));
    };
    match &event.fact {
        Fact::Request { .. } => flow::of_request(session, number),
        Fact::Changed {
            what: "RunTask" | "StartTask",
            ..
        } => match asked_by(session, event) {
            By::Call(number) => refused::of_number(session, number),
            By::Rule(name) => rule::of(session, &name),
        },
        Fact::Changed {
            what: "Rule", id, ..
        } => rule::of(session, id),
        Fact::Changed {
            what: "Service",
            id,
            ..
        } => service::of(session, id),
        fact => match (fact.task(), event.cause) {
            (Some(id), _) => task::of(session, id),
            (None, Cause::Call(number)) => refused::of_number(session, number),
            (None, Cause::Event(_)) => Err(format!(
                "Event {number} came by itself and is no trouble: {fact}. Ask for a task, a request, a call, a rule or a service."
            )),
        },
    }
}

/// Who asked for tasks.
enum By {
    Call(u32),
    Rule(String),
}

fn asked_by(session: &Session, event: &Event) -> By {
    let mut cause = event.cause;
    loop {
        match cause {
            Cause::Call(number) => return By::Call(number),
            Cause::Event(id) => match session.event(id) {
                Some(event) => {
                    if let Fact::Changed {
                        what: "Rule", id, ..
                    } = &event.fact
                    {
                        return By::Rule(id.clone());
                    }
                    cause = event.cause;
                }
                None => return By::Call(0),
            },
        }
    }
}
