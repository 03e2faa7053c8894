//! What every explanation keeps to, whatever it explains: it is said once, in whole sentences, with links that lead somewhere, and its
//! cures open no more than is asked.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

use fargate_core::call::{
    AuthorizeSecurityGroupEgress, AuthorizeSecurityGroupIngress, Call, IpPermission, PutRolePolicy,
    PutUserPolicy,
};
use fargate_core::iam::Kind;
use fargate_core::task_definition::rule_codes;
use fargate_session::Session;
use fargate_session::reasons;
use fargate_session::why::{Explanation, Fix, Reference, State, fix_lines, lines};
use serde_json::Value;

/// An explanation and its cures, as the command line prints them.
pub(crate) fn shown(found: &Explanation, fixes: &[Fix]) -> String {
    let mut all = vec![format!("[{}]", found.cause)];
    all.extend(lines(found));
    for fix in fixes {
        all.extend(fix_lines(fix));
    }
    if fixes.is_empty() && found.state == State::Wrong {
        all.push("no cure".to_owned());
    }
    all.join("\n")
}

/// Which laws an explanation breaks, each in a sentence.
pub(crate) fn wrong(session: &Session, found: &Explanation, fixes: &[Fix]) -> Vec<String> {
    let mut told = Vec::new();
    texts(found, &mut told);
    links(session, found, &mut told);
    if found.state == State::Wrong {
        if found.cause.is_empty() {
            told.push("its root has no name".to_owned());
        }
        if found.root().is_none() {
            told.push("it is wrong, and there is no root".to_owned());
        }
        if fixes.is_empty() && found.help.is_empty() {
            told.push("nothing is said that helps".to_owned());
        }
    }
    for (place, fix) in fixes.iter().enumerate() {
        // what is being made is only waited for
        if fix.calls.is_empty() && !fix.outcome.contains("run again") {
            told.push(format!("'{}' sends no call", fix.title));
        }
        if fixes[..place].iter().any(|it| it.title == fix.title) {
            told.push(format!("'{}' is offered twice", fix.title));
        }
        for call in &fix.calls {
            told.extend(wider(session, call).map(|what| format!("'{}' opens {what}", fix.title)));
            if place == 0 && opens_to_all(call) {
                told.push(format!("'{}' comes first, and is for everybody", fix.title));
            }
        }
    }
    told
}

/// Sentences that are no sentences, and those that are said twice.
fn texts(found: &Explanation, told: &mut Vec<String>) {
    let mut said: Vec<&str> = Vec::new();
    let mut all: Vec<&str> = vec![&found.title];
    all.extend(found.steps().iter().map(|it| it.sentence.as_str()));
    all.extend(Some(found.help.as_str()).filter(|it| !it.is_empty()));
    for text in all {
        let odd = [
            "  ", "..", " ,", " .", ":.", ",.", "''", "()", "[]", "None", "?.",
        ];
        if let Some(odd) = odd.into_iter().find(|it| text.contains(it)) {
            told.push(format!("'{odd}' in: {text}"));
        }
        if !text.ends_with(['.', '!', '?', ')', '\'']) {
            told.push(format!("this does not end: {text}"));
        }
        for sentence in text.split_inclusive(". ") {
            let sentence = sentence.trim();
            if sentence.len() > 24 && said.contains(&sentence) {
                told.push(format!("this is said twice: {sentence}"));
            }
            said.push(sentence);
        }
    }
    for (place, line) in found.checked.iter().enumerate() {
        if found.checked[..place].contains(line) {
            told.push(format!("this is checked twice: {line}"));
        }
    }
}

/// Links that lead nowhere, and moments that have not come.
fn links(session: &Session, found: &Explanation, told: &mut Vec<String>) {
    let known = reasons::all();
    for link in &found.chain {
        for place in &link.places {
            match place {
                Reference::Reason(id) if !known.iter().any(|it| it.id == *id) => {
                    told.push(format!("there is no reason {id}"));
                }
                Reference::Rule(code) if !rule_codes().any(|it| it == *code) => {
                    told.push(format!("there is no rule {code}"));
                }
                Reference::Line(it) if it.line == 0 || it.span.start >= it.span.end => {
                    told.push(format!("{}, line {} is no place", it.revision, it.line));
                }
                _ => {}
            }
        }
        if let Some(deed) = &link.by {
            if deed.call >= session.next_call() {
                told.push(format!("there is no call {}", deed.call));
            }
            if deed.what.is_empty() {
                told.push(format!("call {} does nothing", deed.call));
            }
        }
    }
}

/// The rules that a call adds to a group.
fn rules_of(call: &Call) -> &[IpPermission] {
    if let Some(it) = call.input::<AuthorizeSecurityGroupIngress>() {
        return &it.ip_permissions;
    }
    call.input::<AuthorizeSecurityGroupEgress>()
        .map_or(&[], |it| &it.ip_permissions)
}

/// Whether a rule is for every address.
fn opens_to_all(call: &Call) -> bool {
    let mut ranges = rules_of(call).iter().flat_map(|it| &it.ip_ranges);
    ranges.any(|it| it.cidr_ip == "0.0.0.0/0")
}

/// What a call opens beyond one port, or allows beyond one action on a resource.
fn wider(session: &Session, call: &Call) -> Option<String> {
    let several = |it: &&IpPermission| {
        it.ip_protocol == "-1"
            || (matches!(it.ip_protocol.as_str(), "tcp" | "udp") && it.from_port != it.to_port)
    };
    if let Some(rule) = rules_of(call).iter().find(several) {
        return Some(format!("more than a port: {}", rule.ip_protocol));
    }
    let (kind, name, policy, document) = match (call.input(), call.input()) {
        (
            Some(PutRolePolicy {
                role_name,
                policy_name,
                policy_document,
            }),
            _,
        ) => (Kind::Role, role_name, policy_name, policy_document),
        (
            _,
            Some(PutUserPolicy {
                user_name,
                policy_name,
                policy_document,
            }),
        ) => (Kind::User, user_name, policy_name, policy_document),
        _ => return None,
    };
    let account = session.world().iam().account();
    let before = account
        .principal(kind, name)
        .and_then(|it| it.inline.get(policy))
        .map_or_else(Vec::new, |it| statements(&it.text));
    let broad = |it: &Value| {
        let action = it["Action"].as_str().unwrap_or("");
        it["Effect"] == "Allow"
            && (it["Action"].to_string().contains('*')
                || (it["Resource"] == "*" && !ON_ALL.contains(&action)))
    };
    let mut added = statements(document).into_iter();
    let found = added.find(|it| broad(it) && !before.contains(it));
    found.map(|it| format!("more than an action on a resource: {it}"))
}

/// The statements of a policy.
fn statements(document: &str) -> Vec<Value> {
    let document: Value = serde_json::from_str(document).unwrap();
    match &document["Statement"] {
        Value::Array(all) => all.clone(),
        one => vec![one.clone()],
    }
}

/// Actions that know no resource: a policy has to say `*`. Source: Service Authorization Reference.
const ON_ALL: [&str; 1] = ["ecr:GetAuthorizationToken"];
