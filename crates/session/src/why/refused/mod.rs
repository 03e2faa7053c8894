//! Why a call is refused: AWS's words, the rule behind them, and a call that is accepted instead.

mod exec;
mod launches;
mod limits;
mod meaning;
pub(super) mod partly;
mod permissions;
mod policy;

pub(super) use launches::other_launches;
pub(super) use meaning::of_launch;

use super::cures::{Act, Cure};
use super::ground::{deed_link, only_asks};
use super::{Deed, Explanation, Goal, Line, Link, Reference, Said, State};
use crate::reasons;
use crate::session::Session;
use crate::words;
use fargate_core::call::{Call, ExecuteCommand, RegisterTaskDefinition, RunTask, StartTask};
use fargate_core::error::{ApiError, Reply};
use fargate_core::finding::{self, Finding};
use fargate_core::task_definition::{Context, Reading, Verdict, read};
use fargate_core::text::{self, Json, LineIndex};
use fargate_core::units::SimTime;
use fargate_core::world::World;
use meaning::whole;

/// Findings that one definition is cured of at most.
const MOST_FINDINGS: usize = 12;
/// Calls that are looked back at most for the one that made something so.
const LOOKED_BACK: usize = 40;

/// A call of the run, by its number.
pub(super) fn of_number(session: &Session, number: u32) -> Result<Explanation, String> {
    let Some((call, at)) = session.call_of(number) else {
        let last = session.next_call();
        return Err(format!(
            "The run has no call {number}. Its entries are numbered from 0 to {}; those that undo or redo are no calls.",
            last.saturating_sub(1)
        ));
    };
    let mut world = session
        .world_before(number)
        .ok_or_else(|| format!("Call {number} has not been simulated."))?;
    world.advance(at, fargate_core::world::Budget(u32::MAX), &mut Vec::new());
    Ok(explain(session, &world, call, Some(number), at))
}

/// A call that is sent at the moment shown.
pub(super) fn of_call(session: &Session, call: &Call) -> Explanation {
    let world = session.world();
    explain(session, world, call, None, world.now())
}

fn explain(
    session: &Session,
    world: &World,
    call: &Call,
    number: Option<u32>,
    at: SimTime,
) -> Explanation {
    let mut copy = world.clone();
    let next = number.unwrap_or_else(|| session.next_call());
    let answer = copy.apply(next, call, &mut Vec::new());
    let what = words::edit(call, world);
    let subject = match number {
        Some(number) => format!("call {number}, {}", call.action()),
        None => call.action().to_owned(),
    };
    if let Ok(Reply::Partly { tasks, failures }) = &answer {
        let started = (tasks.len(), failures.as_slice());
        if let Some(input) = call.input::<RunTask>() {
            return partly::of_run(input, started, subject, at);
        }
        if let Some(input) = call.input::<StartTask>() {
            return partly::of_start(world, input, started, subject, at);
        }
    }
    let Err(error) = answer else {
        let title = format!(
            "Nothing is wrong: {} accepts {} ({what}).",
            who(call),
            call.action()
        );
        let mut found = Explanation::of(subject, title);
        let deed = number.and_then(|number| {
            Some(Deed {
                call: number,
                at,
                what: session.words_of(number)?,
            })
        });
        found.chain.extend(
            deed.map(|deed| deed_link(deed, format!("{} was sent and accepted.", call.action()))),
        );
        return found;
    };
    let title = format!("{} refuses {} ({what}) at {at}.", who(call), call.action());
    let mut found = Explanation::of(subject, title.clone());
    found.state = State::Wrong;
    found.cause = "refused";
    found.said = Some(Said {
        code: error.code.to_owned(),
        message: error.message.clone(),
    });
    let first = format!(
        "{} answers {} with {}.",
        who(call),
        call.action(),
        error.code
    );
    let page = reasons::find(error.code, &error.message);
    let page = page.map(|reason| Reference::Reason(reason.id));
    found.chain.push(Link::new(at, first).seen(page));
    found.goal = Some(Goal::Accepted);
    let by = |is_well: &dyn Fn(&World) -> bool| turned(session, next, is_well);
    if permissions::explain(&mut found, world, call, at, &by) {
        return found;
    }
    if error.code == "ThrottlingException" {
        limits::throttled(&mut found, world, call, &error, at);
    } else if let Some(input) = call.input::<ExecuteCommand>() {
        exec::explain(&mut found, session, world, input, &error, at);
    } else if let Some(input) = call.input::<RegisterTaskDefinition>() {
        definition(&mut found, world, input, &error, at);
    } else if let Some(input) = call.input::<RunTask>() {
        let (sentence, part) = of_launch(world, input, &error);
        // what was there before somebody took it away
        let gone = turned(session, next, &|before: &World| {
            before.clone().apply(next, call, &mut Vec::new()).is_ok()
        });
        found
            .chain
            .push(Link::new(at, sentence).decided(part, error.code).by(gone));
        let cure = error.cure.split_once("; ");
        // of a platform's lack the cure says both: what it has not, and what helps
        let helps = cure.filter(|_| error.message.contains("capabilities"));
        found.help = sentence_of(helps.map_or(&*error.cure, |it| it.1));
        found.cures = other_launches(world, input);
    } else {
        // AWS's words are all that is known: they are told once
        found.chain.clear();
        let mut sentence = format!(
            "{} answers {}: {}",
            who(call),
            error.code,
            whole(&error.message)
        );
        let mut cure = &*error.cure;
        // where a text is wrong the cure says where, first of all
        if let Some((place, rest)) = cure.split_once(". ").filter(|it| it.0.starts_with("Line ")) {
            sentence = format!("{sentence} {place}.");
            cure = rest;
        }
        cure.clone_into(&mut found.help);
        found
            .chain
            .push(Link::new(at, sentence).decided(call.action(), error.code));
        if ["MalformedPolicyDocument", "InvalidPolicyDocument"].contains(&error.code) {
            found.cures = policy::mended(call).into_iter().collect();
        }
    }
    found
}

/// A text as it goes on in a sentence.
pub(super) fn lower(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|it| it.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// Who answers a call: what only the playground knows is no affair of AWS's.
fn who(call: &Call) -> &'static str {
    if call.action().starts_with("playground:") {
        "The playground"
    } else {
        "AWS"
    }
}

/// A text with a capital letter at its beginning.
fn sentence_of(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The newest call before which all was well and after which it was not.
fn turned(session: &Session, before: u32, is_well: &dyn Fn(&World) -> bool) -> Option<Deed> {
    for number in (0..before).rev().take(LOOKED_BACK) {
        if is_well(&session.world_before(number)?) {
            let (call, at) = session.call_of(number)?;
            if only_asks(call) {
                return None;
            }
            return Some(Deed {
                call: number,
                at,
                what: session.words_of(number)?,
            });
        }
    }
    None
}

/// The finding that decided.
fn deciding(reading: &Reading) -> Option<&Finding> {
    match &reading.verdict {
        Verdict::Refused { finding, .. } => reading.findings.get(*finding),
        Verdict::Accepted => None,
    }
}

fn definition(
    found: &mut Explanation,
    world: &World,
    input: &RegisterTaskDefinition,
    error: &ApiError,
    at: SimTime,
) {
    let shown = input.definition.indented();
    let context = Context::fargate(world.as_of());
    let reading = read(&shown, &context);
    let Some(finding) = deciding(&reading) else {
        found.chain.push(Link::new(at, error.message.clone()));
        found.help = error.cure.to_string();
        return;
    };
    let line = LineIndex::new(&shown)
        .line_column(&shown, finding.span.start)
        .line;
    let family = reading.definition.family.clone();
    found.cause = finding.code;
    found.chain.push(
        Link::new(at, whole(&finding.message))
            .decided(family.clone(), finding.code)
            .seen([
                Reference::Line(Line {
                    revision: family,
                    member: String::new(),
                    set: true,
                    line,
                    span: finding.span,
                }),
                Reference::Rule(finding.code),
            ]),
    );
    found.help.clone_from(&finding.help);
    for fix in &finding.fixes {
        let first = finding::apply(&shown, fix);
        found
            .cures
            .extend(first.and_then(|text| accepted(&text, &context, fix.title.clone())));
    }
}

/// A definition that AWS accepts, with the first fixes of whatever else it would refuse.
fn accepted(text: &str, context: &Context, title: String) -> Option<Cure> {
    let mut text = text.to_owned();
    let mut titles = vec![title];
    for _ in 0..MOST_FINDINGS {
        let reading = read(&text, context);
        let Some(finding) = deciding(&reading) else {
            let definition = Json::of(&text::read(&text).root);
            return Some(Cure {
                title: titles.join(", and "),
                acts: vec![Act::Call(RegisterTaskDefinition { definition }.into())],
                width: titles.len() as u64,
                kind: "",
            });
        };
        let fix = finding.fixes.first()?;
        titles.push(lower(&fix.title));
        text = finding::apply(&text, fix)?;
    }
    None
}
