//! An explanation as text: what the command line prints and a screen reader reads.

use super::{Explanation, Fix, Link, Reference, State};
use fargate_core::wire;

/// The lines of an explanation, without its cures.
pub fn lines(found: &Explanation) -> Vec<String> {
    let mut out = vec![found.title.clone()];
    if let Some(said) = &found.said {
        out.push(match said.message.as_str() {
            "" => said.code.clone(),
            message => format!("{}: {message}", said.code),
        });
    }
    let steps = found.steps();
    if !steps.is_empty() {
        out.push(String::new());
        let wrong = found.state == State::Wrong;
        out.push(if wrong { "why:" } else { "how it came:" }.to_owned());
    }
    for (place, link) in steps.iter().enumerate() {
        out.push(format!("{}. {} {}", place + 1, link.at, link.sentence));
        out.extend(below(link).into_iter().map(|line| format!("   {line}")));
    }
    if !found.checked.is_empty() {
        out.push(String::new());
        out.push("checked and fine:".to_owned());
        out.extend(found.checked.iter().map(|line| format!("✓ {line}")));
    }
    if !found.help.is_empty() {
        out.push(String::new());
        out.push(format!("help: {}", found.help));
    }
    out
}

/// What stands below a step: the part and its rule, the place in the definition, the call that made it so.
fn below(link: &Link) -> Vec<String> {
    let mut out = Vec::new();
    match (link.part.as_str(), link.rule.as_str()) {
        ("", "") => {}
        (part, "") => out.push(part.to_owned()),
        ("", rule) => out.push(rule.to_owned()),
        (part, rule) => out.push(format!("{part}: {rule}")),
    }
    for place in &link.places {
        match place {
            Reference::Line(at) if at.member.is_empty() => {
                out.push(format!("{}, line {}", at.revision, at.line));
            }
            Reference::Line(at) if !at.set => {
                out.push(format!("{} does not set {}", at.revision, at.member));
            }
            Reference::Line(at) => {
                out.push(format!("{}, line {}: {}", at.revision, at.line, at.member));
            }
            Reference::Rule(code) => out.push(format!("rule {code}")),
            Reference::Reason(id) => out.push(format!("reason {id}")),
            Reference::Canvas(_) | Reference::Moment(_) => {}
        }
    }
    if let Some(deed) = &link.by {
        out.push(format!(
            "since call {} at {}: {}",
            deed.call, deed.at, deed.what
        ));
    }
    out
}

/// The lines of a cure.
pub fn fix_lines(fix: &Fix) -> Vec<String> {
    let mut out = vec![format!("fix: {}", fix.title), format!("  {}", fix.outcome)];
    out.extend(
        fix.calls
            .iter()
            .map(|call| format!("  {}", wire::print(call))),
    );
    out
}
