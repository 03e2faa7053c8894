//! Seeded faults: one cause is injected into a healthy scenario, and the explanation has to name it, with a cure that was proven, and
//! that does on the account what it did on its branch.
//!
//! The faults are data (`data/faults/faults.txt`, which says how it is written), and so are the scenarios. Each fault is tried in each
//! of its scenarios with several seeds. A new cause needs rows there and nothing here. `FAULT=subnet cargo test … -- --nocapture` shows
//! the explanations of those whose name holds that.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

#[path = "shared/why_laws.rs"]
mod why_laws;

use fargate_core::call::{Call, RunTask};
use fargate_core::error::Reply;
use fargate_core::ids::TaskId;
use fargate_core::task::TaskState;
use fargate_core::units::{Date, SimSpan, SimTime};
use fargate_core::wire::parse;
use fargate_core::world::Budget;
use fargate_session::why::{Explanation, Fix, State, Subject};
use fargate_session::{Scenario, Session};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use why_laws::{shown, wrong};

/// Faults that are asked for at least, and of a hundred of them how many have to be named, and to have a proven cure.
const LEAST: usize = 200;
const NAMED: usize = 98;
const CURED: usize = 95;

/// A line of a scenario: a call with its name, or a wait.
#[derive(Clone, Debug)]
enum Line {
    Call {
        name: String,
        action: String,
        input: String,
        injected: bool,
    },
    Wait(u64),
}

/// A fault, as the table says it.
#[derive(Clone, Debug, Default)]
struct Fault {
    name: String,
    scenarios: Vec<String>,
    changes: Vec<(String, String)>,
    asked: Option<String>,
    cause: String,
    names: Option<String>,
    says: Vec<String>,
    by: bool,
    seeds: u64,
    no_fix: bool,
}

fn data(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/faults")
        .join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn line(text: &str, injected: bool) -> Line {
    if let Some(seconds) = text.strip_prefix("wait ") {
        return Line::Wait(seconds.parse().expect("seconds"));
    }
    let (head, input) = text.split_once(" {").expect("an action and its input");
    let (name, action) = head.split_once(" = ").unwrap_or(("", head));
    Line::Call {
        name: name.trim().to_owned(),
        action: action.trim().to_owned(),
        input: format!("{{{input}"),
        injected,
    }
}

fn scenario(name: &str) -> Vec<Line> {
    let text = data(&format!("scenarios/{name}.calls"));
    let lines = text
        .lines()
        .filter(|it| !it.starts_with('#') && !it.is_empty());
    lines.map(|it| line(it, false)).collect()
}

fn faults() -> Vec<Fault> {
    let mut all: Vec<Fault> = Vec::new();
    for text in data("faults.txt").lines() {
        if text.starts_with('#') || text.trim().is_empty() {
            continue;
        }
        if let Some(name) = text.strip_prefix("fault ") {
            all.push(Fault {
                name: name.to_owned(),
                seeds: 2,
                ..Fault::default()
            });
            continue;
        }
        let fault = all.last_mut().expect("a fault begins with its name");
        let text = text.trim();
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        match word {
            "in" => fault.scenarios = rest.split(' ').map(str::to_owned).collect(),
            "cause" => rest.clone_into(&mut fault.cause),
            "names" => fault.names = Some(rest.to_owned()),
            "says" => fault.says.push(rest.to_owned()),
            "by" => fault.by = true,
            "no" => fault.no_fix = true,
            "seeds" => fault.seeds = rest.parse().expect("a number"),
            "ask" => fault.asked = Some(rest.to_owned()),
            "without" | "instead" | "before" | "then" | "define" | "image" | "wait" => {
                fault.changes.push((word.to_owned(), rest.to_owned()));
            }
            other => panic!("{}: nothing is called {other}", fault.name),
        }
    }
    all
}

fn place(lines: &[Line], wanted: &str) -> usize {
    let named = |it: &Line| matches!(it, Line::Call { name, .. } if name == wanted);
    let found = lines.iter().position(named);
    found.unwrap_or_else(|| panic!("no call is called {wanted}"))
}

/// The scenario with the fault in it.
fn injected(fault: &Fault, name: &str) -> Vec<Line> {
    let mut lines = scenario(name);
    for (word, rest) in &fault.changes {
        match word.as_str() {
            "without" => {
                let at = lines.iter().rposition(|it| match it {
                    Line::Call { name, .. } => name == rest,
                    Line::Wait(_) => rest == "wait",
                });
                at.map(|at| lines.remove(at));
            }
            "instead" => {
                let (wanted, text) = rest.split_once(": ").expect("a call");
                let at = place(&lines, wanted);
                let Line::Call { action, input, .. } = line(text, true) else {
                    panic!("a call");
                };
                let name = wanted.to_owned();
                lines[at] = Line::Call {
                    name,
                    action,
                    input,
                    injected: true,
                };
            }
            "before" => {
                let (wanted, text) = rest.split_once(": ").expect("a call");
                let at = place(&lines, wanted);
                lines.insert(at, line(text, true));
            }
            "then" => {
                let mut last = line(rest, true);
                if let Line::Call { name, .. } = &mut last
                    && name.is_empty()
                {
                    "then".clone_into(name);
                }
                lines.push(last);
            }
            "wait" => lines.push(Line::Wait(rest.parse().expect("seconds"))),
            "define" => {
                let at = place(&lines, "definition");
                let Line::Call {
                    input, injected, ..
                } = &mut lines[at]
                else {
                    continue;
                };
                let mut value: Value = serde_json::from_str(input).unwrap();
                let (pointer, new) = rest.split_once(" = ").unwrap_or((rest, ""));
                let (holder, member) = pointer.rsplit_once('/').unwrap();
                let holder = value.pointer_mut(holder).expect("what holds the member");
                if new.is_empty() {
                    holder.as_object_mut().unwrap().remove(member);
                } else {
                    holder[member] = serde_json::from_str(new).expect("JSON");
                }
                *input = value.to_string();
                *injected = true;
            }
            "image" => {
                let at = place(&lines, "definition");
                let Line::Call { input, .. } = &lines[at] else {
                    continue;
                };
                let definition: Value = serde_json::from_str(input).unwrap();
                let app = definition["containerDefinitions"][0]["image"]
                    .as_str()
                    .unwrap();
                let (image, does) = match rest.strip_prefix('{') {
                    Some(_) => (app, rest.as_str()),
                    None => rest.split_once(": ").expect("an image"),
                };
                let does: Value = serde_json::from_str(does).expect("JSON");
                let put = json!({ "image": image, "behaviour": does });
                lines.insert(
                    at,
                    Line::Call {
                        name: String::new(),
                        action: "playground:PutImage".to_owned(),
                        input: put.to_string(),
                        injected: true,
                    },
                );
            }
            _ => {}
        }
    }
    lines
}

/// A scenario that was played: the session, what is called how, and which calls were injected.
struct Played {
    session: Session,
    ids: BTreeMap<String, String>,
    /// The numbers of the calls, by name.
    calls: BTreeMap<String, (u32, Call)>,
    injected: Option<u32>,
    refused: Vec<String>,
}

impl Played {
    fn named(&self, text: &str) -> String {
        let mut text = text.to_owned();
        let world = self.session.world();
        // the longest name first: $subnet.rtbassoc before $subnet
        for (name, id) in self.ids.iter().rev() {
            if let Some(interface) = world.network().interface_of(&id.as_str().into()) {
                let address = interface.private_ip.to_string();
                text = text.replace(&format!("${name}.ip"), &address);
            }
            let vpc = world.network().vpcs.get(&id.as_str().into());
            if let Some(vpc) = vpc {
                text = text.replace(&format!("${name}.main"), vpc.main_route_table.as_str());
                text = text.replace(&format!("${name}.acl"), vpc.default_network_acl.as_str());
            }
            if text.contains(&format!("${name}.rtbassoc")) {
                let association =
                    fargate_core::network::route_table_association(&id.as_str().into());
                text = text.replace(&format!("${name}.rtbassoc"), &association);
            }
            text = text.replace(&format!("${name}"), id);
        }
        text
    }
}

fn play(lines: &[Line], seed: u64) -> Played {
    let document = Scenario::new("Fault", seed, Date::new(2026, 6, 1), SimTime(0), Vec::new());
    let mut played = Played {
        session: Session::new(document),
        ids: BTreeMap::new(),
        calls: BTreeMap::new(),
        injected: None,
        refused: Vec::new(),
    };
    let mut number = 0;
    for line in lines {
        let (name, action, input, injected) = match line {
            Line::Wait(seconds) => {
                played
                    .session
                    .advance(SimSpan::secs(*seconds), Budget(u32::MAX));
                continue;
            }
            Line::Call {
                name,
                action,
                input,
                injected,
            } => (name, action, input, *injected),
        };
        let input = played.named(input);
        let text = format!("{{\"action\":\"{action}\",\"input\":{input}}}");
        let call: Call = parse(&text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        played.calls.insert(name.clone(), (number, call.clone()));
        match played.session.send(call) {
            Ok(reply) => {
                let id = match reply {
                    Reply::Made(id) => id,
                    Reply::Tasks(tasks) => tasks[0].to_string(),
                    _ => String::new(),
                };
                if !name.is_empty() {
                    played.ids.insert(name.clone(), id);
                }
                if injected {
                    played.injected = Some(number);
                }
                number += 1;
            }
            Err(error) => played.refused.push(format!("{name} {action}: {error}")),
        }
    }
    played
}

fn text(found: &Explanation) -> String {
    found.root().map_or_else(String::new, |it| {
        let lines: Vec<String> = fargate_session::why::lines(found);
        let from = lines
            .iter()
            .position(|line| line.contains(&it.sentence))
            .unwrap_or(0);
        lines[from..]
            .iter()
            .take_while(|line| !line.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" | ")
    })
}

/// How one fault came out with one seed.
struct Row {
    fault: String,
    named: bool,
    cured: bool,
    what: String,
}

/// The number of the last request that was not answered.
fn denied(session: &Session) -> Result<u64, String> {
    let lines: Vec<String> = session.event_lines().collect();
    let number = |line: &String| {
        let (head, fact) = line.split_once(": ")?;
        let denied = ["no answer from", "was refused by", " got 50"];
        denied.iter().any(|it| fact.contains(it)).then_some(())?;
        head.split(['#', ' ']).nth(2)?.parse().ok()
    };
    let found = lines.iter().rev().find_map(number);
    // what a container cannot answer it says right after the request
    let failed = lines.iter().rev().find_map(|line| {
        let (head, fact) = line.split_once(": ")?;
        let request: u64 = head.rsplit_once("after event ")?.1.parse().ok()?;
        let of_request = lines
            .iter()
            .any(|it| it.contains(&format!(" #{request} after ")) && it.contains("TCP"));
        (fact.contains("botocore.") && of_request).then_some(request)
    });
    let found = found.or(failed);
    found.ok_or_else(|| "every request was answered".to_owned())
}

/// The last event that says so.
fn last_saying(session: &Session, words: &str) -> Result<u64, String> {
    let lines: Vec<String> = session.event_lines().collect();
    let number = |line: &String| {
        let (head, fact) = line.split_once(": ")?;
        fact.contains(words).then_some(())?;
        head.split(['#', ' ']).nth(2)?.parse().ok()
    };
    let found = lines.iter().rev().find_map(number);
    found.ok_or_else(|| format!("no event says '{words}'"))
}

fn explained(fault: &Fault, played: &Played) -> Result<Explanation, String> {
    let asked = fault.asked.as_deref();
    let subject = match asked.map(|it| it.split_once(' ').unwrap_or((it, ""))) {
        Some(("call", name)) => Subject::Call(played.calls[name].1.clone()),
        Some(("sent", name)) => Subject::Sent(played.calls[name].0),
        Some(("rule", name)) => Subject::Rule(name.to_owned()),
        Some(("service", name)) => Subject::Service(name.to_owned()),
        Some(("event", words)) => Subject::Event(last_saying(&played.session, words)?),
        Some(("request", _)) => Subject::Request(denied(&played.session)?),
        Some((other, _)) => panic!("{}: nothing is asked with {other}", fault.name),
        None => Subject::Task(TaskId::from(
            played
                .ids
                .get("run")
                .ok_or_else(|| format!("{:?}", played.refused))?
                .as_str(),
        )),
    };
    played.session.why(&subject)
}

fn tried(fault: &Fault, scenario: &str, seed: u64) -> Row {
    let mut played = play(&injected(fault, scenario), seed);
    let title = format!("{} in {scenario}, seed {seed}", fault.name);
    if fault.asked.is_none() && !played.refused.is_empty() {
        return Row {
            fault: title,
            named: false,
            cured: false,
            what: format!("refused: {:?}", played.refused),
        };
    }
    let found = match explained(fault, &played) {
        Ok(found) => found,
        Err(error) => {
            return Row {
                fault: title,
                named: false,
                cured: false,
                what: error,
            };
        }
    };
    let root = text(&found);
    let mut lacks = Vec::new();
    if found.cause != fault.cause {
        lacks.push(format!(
            "the cause is '{}', not '{}'",
            found.cause, fault.cause
        ));
    }
    for says in &fault.says {
        let mut chain = found.chain.iter();
        if !chain.any(|it| it.sentence.contains(says.as_str())) {
            lacks.push(format!("nothing says '{says}'"));
        }
    }
    if let Some(names) = &fault.names {
        let wanted = played.named(names);
        if !root.contains(&wanted) {
            lacks.push(format!("the root does not name {wanted}"));
        }
    }
    if fault.by {
        let by = found
            .root()
            .and_then(|root| root.by.as_ref())
            .map(|it| it.call);
        if by != played.injected {
            lacks.push(format!(
                "it is laid to call {by:?}, and {:?} was injected",
                played.injected
            ));
        }
    }
    let fixes = played.session.proofs(&found).finish();
    if std::env::var("FAULT").is_ok() {
        println!("\n=== {title}\n{}", shown(&found, &fixes));
    }
    lacks.extend(wrong(&played.session, &found, &fixes));
    let mut what = lacks.join("; ");
    if !lacks.is_empty() {
        let _ = write!(what, " | {root}");
    }
    if fixes.is_empty() && !fault.no_fix {
        let _ = write!(what, " | no fix proven");
    }
    let kept = fixes
        .first()
        .is_none_or(|fix| keeps(&mut played, fix, &mut what));
    Row {
        fault: title,
        named: lacks.is_empty() && found.state == State::Wrong,
        cured: (!fixes.is_empty() || fault.no_fix) && kept,
        what,
    }
}

/// Whether a cure does on the account itself what it did on its branch.
fn keeps(played: &mut Played, fix: &Fix, what: &mut String) -> bool {
    let mut task = played.ids.get("run").cloned();
    for call in &fix.calls {
        match played.session.send(call.clone()) {
            Ok(Reply::Tasks(tasks)) => {
                if call.input::<RunTask>().is_some() {
                    task = tasks.first().map(ToString::to_string);
                }
            }
            Ok(_) => {}
            Err(error) => {
                let _ = write!(what, " | {} is refused: {error}", call.action());
                return false;
            }
        }
    }
    played.session.advance(fix.after, Budget(u32::MAX));
    if fix.outcome.contains("steady state") {
        let steady = played.session.world().services().all().all(|it| it.steady);
        if !steady {
            let _ = write!(what, " | '{}' does not come true", fix.outcome);
        }
        return steady;
    }
    let runs = fix.calls.iter().any(|it| it.input::<RunTask>().is_some());
    if !fix.outcome.contains("RUNNING") || (!runs && fix.outcome.contains("run again")) {
        return true;
    }
    let task = task.and_then(|id| {
        played
            .session
            .world()
            .tasks()
            .get(&id.as_str().into())
            .cloned()
    });
    let runs = task.is_some_and(|task| task.state() == TaskState::Running);
    if !runs {
        let _ = write!(what, " | '{}' does not come true", fix.outcome);
    }
    runs
}

#[test]
fn the_injected_cause_is_named_and_cured() {
    let only = std::env::var("FAULT").ok();
    let mut rows = Vec::new();
    for fault in faults() {
        if only
            .as_ref()
            .is_some_and(|only| !fault.name.contains(only.as_str()))
        {
            continue;
        }
        for scenario in &fault.scenarios {
            for seed in 1..=fault.seeds {
                rows.push(tried(&fault, scenario, seed));
            }
        }
    }
    let named = rows.iter().filter(|row| row.named).count();
    let cured = rows.iter().filter(|row| row.cured).count();
    let mut table = format!("{} faults, {named} named, {cured} cured\n", rows.len());
    for row in rows.iter().filter(|row| !row.named || !row.cured) {
        let mark = |good: bool| if good { "✓" } else { "✗" };
        let _ = writeln!(
            table,
            "{} named {} cured  {}: {}",
            mark(row.named),
            mark(row.cured),
            row.fault,
            row.what
        );
    }
    if only.is_none() {
        assert!(rows.len() >= LEAST, "{table}");
    }
    assert!(named * 100 >= rows.len() * NAMED, "{table}");
    assert!(cured * 100 >= rows.len() * CURED, "{table}");
    println!("{table}");
}

#[test]
fn nothing_is_wrong_without_a_fault() {
    for name in [
        "public",
        "hub",
        "nat",
        "endpoints",
        "pair",
        "caller",
        "balancer",
        "iam",
        "files",
        "watched",
    ] {
        for seed in 1..=2 {
            let played = play(&scenario(name), seed);
            assert!(played.refused.is_empty(), "{name}: {:?}", played.refused);
            let task = Subject::Task(TaskId::from(played.ids["run"].as_str()));
            let found = played.session.why(&task).unwrap();
            let lines = fargate_session::why::lines(&found).join("\n");
            assert_eq!(found.state, State::Fine, "{name}, seed {seed}: {lines}");
            assert!(found.title.starts_with("Nothing is wrong: "), "{lines}");
            assert!(!found.checked.is_empty(), "{lines}");
            assert!(played.session.proofs(&found).finish().is_empty());
        }
    }
}

#[test]
fn nothing_is_wrong_with_a_service_without_a_fault() {
    for name in ["service", "balanced-service"] {
        for seed in 1..=2 {
            let played = play(&scenario(name), seed);
            assert!(played.refused.is_empty(), "{name}: {:?}", played.refused);
            let shop = Subject::Service("shop".to_owned());
            let found = played.session.why(&shop).unwrap();
            let lines = fargate_session::why::lines(&found).join("\n");
            assert_eq!(found.state, State::Fine, "{name}, seed {seed}: {lines}");
            assert!(found.title.contains("in a steady state since"), "{lines}");
            assert!(played.session.proofs(&found).finish().is_empty());
        }
    }
}

#[test]
fn a_service_that_went_back_says_what_failed() {
    let mut lines = scenario("service");
    for text in [
        r#"ecs:UpdateService {"service":"shop","deploymentConfiguration":{"deploymentCircuitBreaker":{"enable":true,"rollback":true}}}"#,
        r#"ecr:CreateRepository {"repositoryName":"empty"}"#,
        r#"ecs:RegisterTaskDefinition {"family":"web","cpu":"256","memory":"512","networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"executionRoleArn":"arn:aws:iam::123456789012:role/x","containerDefinitions":[{"name":"app","image":"123456789012.dkr.ecr.us-east-1.amazonaws.com/empty:1"}]}"#,
        r#"ecs:UpdateService {"service":"shop","taskDefinition":"web"}"#,
        "wait 150",
    ] {
        lines.push(line(text, true));
    }
    let played = play(&lines, 1);
    assert!(played.refused.is_empty(), "{:?}", played.refused);
    let shop = Subject::Service("shop".to_owned());
    let found = played.session.why(&shop).unwrap();
    let told = fargate_session::why::lines(&found).join("\n");
    assert_eq!(found.state, State::Fine, "{told}");
    assert!(
        found
            .title
            .ends_with("what was to take the place of web:1 failed."),
        "{told}"
    );
    assert!(told.contains("rolled web:1 out again"), "{told}");
}
