//! `why`: why a task is pending, stopped or unreachable, why a request did not arrive, why a call was refused, and what helps.

use crate::Outcome;
use crate::input::{complain, say};
use crate::question::{Format, Question, calls};
use clap::{ArgGroup, Args};
use fargate_core::network::IpProtocol;
use fargate_session::Session;
use fargate_session::reach::Ask;
use fargate_session::why::{Explanation, Fix, Link, Reference, State, Subject, fix_lines, lines};
use serde_json::{Value, json};

/// What `why` takes.
#[derive(Args)]
#[command(group(ArgGroup::new("subject").required(true).args(["task", "request", "call", "rule", "service", "event", "from"])))]
pub(crate) struct Options {
    #[command(flatten)]
    question: Question,
    /// A task, by the first digits of its id, its family or its revision
    #[arg(long, value_name = "TASK")]
    task: Option<String>,
    /// A request, by the number of its event
    #[arg(long, alias = "flow", value_name = "EVENT")]
    request: Option<u64>,
    /// A call of the scenario, by its number
    #[arg(long, value_name = "NUMBER")]
    call: Option<u32>,
    /// A rule of EventBridge, by its name
    #[arg(long, value_name = "NAME")]
    rule: Option<String>,
    /// A service of ECS, by its name
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// Whatever an event of the scenario is about, by its number
    #[arg(long, value_name = "NUMBER")]
    event: Option<u64>,
    /// Who does not reach --to
    #[arg(long, value_name = "END", requires_all = ["to", "port"])]
    from: Option<String>,
    /// Whom --from does not reach
    #[arg(long, value_name = "END", requires = "from")]
    to: Option<String>,
    /// The TCP port
    #[arg(long, requires = "from")]
    port: Option<u16>,
}

/// Prints the chain of causes, what is fine, and the cures that were proven.
pub(crate) fn why(options: &Options) -> Outcome {
    let Some(session) = options.question.open() else {
        return Outcome::Unreadable;
    };
    let found = subject(&session, options).and_then(|subject| session.why(&subject));
    let found = match found {
        Ok(found) => found,
        Err(message) => {
            complain(&message);
            return Outcome::Unreadable;
        }
    };
    let fixes = session.proofs(&found).finish();
    match options.question.format {
        Format::Human => human(&found, &fixes),
        Format::Json => say(&document(&found, &fixes).to_string()),
    }
    match found.state {
        State::Fine => Outcome::Accepted,
        State::Wrong => Outcome::Refused,
    }
}

fn subject(session: &Session, options: &Options) -> Result<Subject, String> {
    if let Some(text) = &options.task {
        return session.task_called(text).map(Subject::Task);
    }
    if let Some(event) = options.request {
        return Ok(Subject::Request(event));
    }
    if let Some(number) = options.call {
        return Ok(Subject::Sent(number));
    }
    if let Some(name) = &options.rule {
        return Ok(Subject::Rule(name.clone()));
    }
    if let Some(name) = &options.service {
        return Ok(Subject::Service(name.clone()));
    }
    if let Some(number) = options.event {
        return Ok(Subject::Event(number));
    }
    Ok(Subject::Reach(Ask {
        from: options.from.clone().unwrap_or_default(),
        to: options.to.clone().unwrap_or_default(),
        protocol: IpProtocol::TCP,
        port: options.port.unwrap_or_default(),
    }))
}

fn human(found: &Explanation, fixes: &[Fix]) {
    for line in lines(found) {
        say(&line);
    }
    for fix in fixes {
        say("");
        for line in fix_lines(fix) {
            say(&line);
        }
    }
    if fixes.is_empty() && found.state == State::Wrong {
        say("\nNo cure was found that could be proven.");
    }
}

fn document(found: &Explanation, fixes: &[Fix]) -> Value {
    let fixes = fixes.iter().map(|fix| {
        json!({
            "title": fix.title,
            "outcome": fix.outcome,
            "after_ms": fix.after.0,
            "calls": calls(&fix.calls),
        })
    });
    json!({
        "state": if found.state == State::Fine { "fine" } else { "wrong" },
        "subject": found.subject,
        "title": found.title,
        "cause": found.cause,
        "said": found.said.as_ref().map(|it| json!({ "code": it.code, "message": it.message })),
        "chain": found.chain.iter().map(step).collect::<Vec<_>>(),
        "checked": found.checked,
        "help": found.help,
        "fixes": fixes.collect::<Vec<_>>(),
    })
}

fn step(link: &Link) -> Value {
    let definition = link.places.iter().find_map(|place| match place {
        Reference::Line(it) => Some(json!({
            "revision": it.revision,
            "member": it.member,
            "line": it.line,
            "span": [it.span.start, it.span.end],
        })),
        _ => None,
    });
    let rule = link.places.iter().find_map(|place| match place {
        Reference::Rule(code) => Some(*code),
        Reference::Reason(id) => Some(id.as_str()),
        _ => None,
    });
    json!({
        "at_ms": link.at.0,
        "at": link.at.to_string(),
        "sentence": link.sentence,
        "part": link.part,
        "rule": link.rule,
        "by": link.by.as_ref().map(|it| json!({ "call": it.call, "at_ms": it.at.0, "what": it.what })),
        "definition": definition,
        "page": rule,
    })
}
