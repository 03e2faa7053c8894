//! `reach`: whether somebody reaches something at a moment of a scenario, why, and what would help.

use crate::Outcome;
use crate::input::{complain, say};
use crate::question::{Format, Question, calls};
use clap::Args;
use fargate_core::network::IpProtocol;
use fargate_core::wire;
use fargate_session::reach::{Answer, Ask, HopCard};
use fargate_session::view::FixCard;
use serde_json::{Value, json};

/// What `reach` takes.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    question: Question,
    /// Who opens the connection: an interface, a task by its id or family, an instance, an address, or internet
    #[arg(long, value_name = "END")]
    from: String,
    /// To what: the same, and host names and load balancers
    #[arg(long, value_name = "END")]
    to: String,
    /// The port; not with icmp
    #[arg(long, required_unless_present = "protocol")]
    port: Option<u16>,
    /// tcp, udp, icmp, icmpv6, or a protocol's number
    #[arg(long, default_value = "tcp", value_parser = protocol)]
    protocol: IpProtocol,
}

fn protocol(text: &str) -> Result<IpProtocol, String> {
    IpProtocol::parse(text)
        .ok_or_else(|| format!("{text} is no protocol. Use tcp, udp, icmp, icmpv6 or a number."))
}

/// Prints whether it is reachable, what decided, every part on the way, near misses and cures.
pub(crate) fn reach(options: &Options) -> Outcome {
    if options.protocol.has_ports() && options.port.is_none() {
        complain("TCP and UDP need a port. Give one with --port.");
        return Outcome::Unreadable;
    }
    let Some(session) = options.question.open() else {
        return Outcome::Unreadable;
    };
    let ask = Ask {
        from: options.from.clone(),
        to: options.to.clone(),
        protocol: options.protocol,
        port: options.port.unwrap_or(0),
    };
    let answer = match session.reach(&ask) {
        Ok(answer) => answer,
        Err(message) => {
            complain(&message);
            return Outcome::Unreadable;
        }
    };
    match options.question.format {
        Format::Human => human(&answer),
        Format::Json => say(&document(&answer).to_string()),
    }
    if answer.reachable {
        Outcome::Accepted
    } else {
        Outcome::Refused
    }
}

fn human(answer: &Answer) {
    let card = &answer.card;
    let verdict = if answer.reachable {
        "reachable".to_owned()
    } else {
        format!("not reachable ({})", answer.code.unwrap_or_default())
    };
    say(&format!(
        "{} to {} on {}: {verdict}",
        answer.from, answer.to, card.what
    ));
    say(&format!("{}. {}", card.title, card.sentence));
    say(&format!("\n{}", card.route));
    let mut back = false;
    for hop in &answer.hops {
        if hop.phase == "return" && !back {
            back = true;
            say("back:");
        }
        say(&format!("  {}", step(hop)));
    }
    for miss in &card.near {
        say(&format!("near miss: {miss}"));
    }
    for fix in &card.fixes {
        say(&format!("\nfix: {}", fix.title));
        for call in &fix.calls {
            say(&format!("  {}", wire::print(call)));
        }
    }
    if !card.cure.is_empty() {
        say(&format!("\nhelp: {}", card.cure));
    }
    if !card.log.is_empty() {
        say("\nflow log:");
        card.log.iter().for_each(|line| say(&format!("  {line}")));
    }
}

fn step(hop: &HopCard) -> String {
    let mark = if hop.passed { "✓" } else { "✗" };
    let id = if hop.id == hop.name || hop.id.is_empty() {
        String::new()
    } else {
        format!(" ({})", hop.id)
    };
    format!("{mark} {}{id}, {}: {}", hop.name, hop.direction, hop.rule)
}

fn document(answer: &Answer) -> Value {
    let card = &answer.card;
    let hop = |hop: &HopCard| {
        json!({
            "type": hop.kind,
            "id": hop.id,
            "name": hop.name,
            "direction": hop.direction,
            "rule": hop.rule,
            "passed": hop.passed,
        })
    };
    let hops = |phase: &str| -> Vec<Value> {
        let of = answer.hops.iter().filter(|it| it.phase == phase);
        of.map(hop).collect()
    };
    let decided = answer.hops.last().filter(|_| !answer.reachable);
    let fix = |fix: &FixCard| json!({ "title": fix.title, "calls": calls(&fix.calls) });
    json!({
        "verdict": if answer.reachable { "ALLOW" } else { "DENY" },
        "code": answer.code,
        "http_status": answer.status,
        "from": answer.from,
        "to": answer.to,
        "route": card.route,
        "what": card.what,
        "title": card.title,
        "sentence": card.sentence,
        "decided_by": decided.map(|it| {
            let mut decided = hop(it);
            decided["phase"] = json!(it.phase);
            decided
        }),
        "there": hops("forward"),
        "back": hops("return"),
        "near_misses": card.near,
        "fixes": card.fixes.iter().map(fix).collect::<Vec<_>>(),
        "help": card.cure,
        "flow_log": card.log,
    })
}
