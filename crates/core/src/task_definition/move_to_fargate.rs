//! From EC2 to Fargate: every change that a definition needs, each with its reason, made one after the other.
//!
//! Nothing here knows what Fargate refuses. The rules do, and their fixes are the changes; here they are put in an order in
//! which each finds what it needs, until nothing is refused or what is left needs a person's decision.

use super::context::Context;
use super::reading::{Reading, read};
use super::rules::{Applies, RULES};
use crate::finding::{AwsError, Edit, Finding, Fix, Moment, Severity, apply};

/// The changes that let a definition run on Fargate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The changes, in the order in which they are made.
    pub changes: Vec<Change>,
    /// What Fargate still refuses after all of them, and only a person can decide; places are of [`Plan::text`].
    pub left: Vec<Finding>,
    /// The text after all changes.
    pub text: String,
}

/// One change and why it is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The code of the rule that asks for it.
    pub code: &'static str,
    /// What it does, as a button says it.
    pub title: String,
    /// What Fargate refuses without it, in one sentence without its point.
    pub reason: String,
    /// Further sentences: why, and what stands in for what is taken away.
    pub help: String,
    /// AWS's answer without it.
    pub aws: Option<AwsError>,
    /// The page that documents the rule.
    pub source: &'static str,
    /// The edits, for the text that the changes before it made.
    pub edits: Vec<Edit>,
    /// The edits for the text as it was, where the change can be made alone.
    pub alone: Option<Vec<Edit>>,
    /// The place in [`Plan::changes`] of the one that must come before, where it cannot be made alone.
    pub after: Option<usize>,
}

/// What decides about the rest comes first: the network mode allows and forbids other members.
const FIRST: [&str; 4] = [
    "fargate-not-requested",
    "fargate-network-mode",
    "fargate-task-size-missing",
    "fargate-size",
];

/// Rules whose fixes change sizes. The task may grow; what containers ask for is not taken from them unasked.
const SIZES: [&str; 4] = [
    "fargate-size",
    "container-cpu-sum",
    "container-memory-limit",
    "memory-reservation-sum",
];

/// Rules whose fixes take away what somebody may need: which of two containers keeps a port, only a person can say.
const NEVER: [&str; 1] = ["duplicate-port"];

/// More changes than any definition needs that a person would still read.
const MOST: usize = 200;

/// Plans the changes that let a definition run on Fargate, on the day and at the platform version of a context for Fargate.
/// Where nothing is refused, the plan is empty.
pub fn move_to_fargate(text: &str, context: &Context) -> Plan {
    let mut plan = Plan {
        changes: Vec::new(),
        left: Vec::new(),
        text: text.to_owned(),
    };
    let original = read(text, context);
    if refusals(&original).next().is_none() {
        return plan;
    }
    // what was there to say before each change
    let mut said: Vec<Vec<Told>> = Vec::new();
    let mut reading = original.clone();
    while plan.changes.len() < MOST {
        said.push(reading.findings.iter().map(told).collect());
        let mut candidates: Vec<&Finding> = wanted(&reading).collect();
        candidates.sort_by_key(|finding| rank(finding));
        let step = candidates.into_iter().find_map(|finding| {
            let (fix, text, after) = choice(finding, &reading, &plan.text, context)?;
            Some((change(finding, fix, &original, &said), text, after))
        });
        let Some((change, text, after)) = step else {
            break;
        };
        plan.changes.push(change);
        plan.text = text;
        reading = after;
    }
    plan.left = refusals(&reading).cloned().collect();
    plan
}

/// Whether a definition is one of EC2 that Fargate would refuse: it is not meant for Fargate, or has another network mode,
/// and a rule of Fargate's speaks against it. The reading is one in a context for Fargate.
pub fn is_for_ec2(reading: &Reading) -> bool {
    let definition = &reading.definition;
    let asked = definition
        .requires_compatibilities
        .iter()
        .any(|name| name == "FARGATE");
    let elsewhere = !asked || definition.network_mode.as_deref() != Some("awsvpc");
    elsewhere && refusals(reading).any(|finding| of_fargate(finding.code))
}

/// What tells a finding from the others of a reading, wherever it moved.
type Told = (&'static str, String);

fn told(finding: &Finding) -> Told {
    (finding.code, finding.message.clone())
}

fn position(code: &str) -> Option<usize> {
    RULES.iter().position(|rule| rule.code == code)
}

fn of_fargate(code: &str) -> bool {
    position(code)
        .and_then(|index| RULES.get(index))
        .is_some_and(|rule| rule.applies == Applies::Fargate)
}

/// The order of the changes: first what keeps the text from being sent, then what decides about the rest, then as AWS checks.
fn rank(finding: &Finding) -> (usize, usize) {
    let place = position(finding.code).map_or(0, |position| position + 1);
    if finding.moment == Moment::Read {
        return (0, place);
    }
    let first = FIRST.iter().position(|first| *first == finding.code);
    (1 + first.unwrap_or(FIRST.len()), place)
}

/// What keeps a definition from running on Fargate.
fn refusals(reading: &Reading) -> impl Iterator<Item = &Finding> {
    let refuses = |finding: &&Finding| {
        finding.severity == Severity::Error
            || (finding.moment == Moment::Run && finding.aws.is_some())
    };
    reading.findings.iter().filter(refuses)
}

/// The same, and that Fargate is not asked for: only where it is, AWS checks for it.
fn wanted(reading: &Reading) -> impl Iterator<Item = &Finding> {
    let unasked = reading
        .findings
        .iter()
        .filter(|finding| finding.code == FIRST[0]);
    unasked.chain(refusals(reading))
}

/// The fix to make of those that are offered, with the text and the reading after it. `None` where a person must decide.
fn choice<'f>(
    finding: &'f Finding,
    before: &Reading,
    text: &str,
    context: &Context,
) -> Option<(&'f Fix, String, Reading)> {
    if NEVER.contains(&finding.code) {
        return None;
    }
    let (cpu, memory) = (before.definition.cpu, before.definition.memory);
    let had = before
        .findings
        .iter()
        .filter(|other| told(other) == told(finding))
        .count();
    finding.fixes.iter().find_map(|fix| {
        let fixed = apply(text, fix)?;
        let after = read(&fixed, context);
        let left = after
            .findings
            .iter()
            .filter(|other| told(other) == told(finding))
            .count();
        let grows = || {
            let now = (after.definition.cpu, after.definition.memory);
            now.0 >= cpu && now.1 >= memory && now != (cpu, memory)
        };
        let good = left < had && (!SIZES.contains(&finding.code) || grows());
        good.then_some((fix, fixed, after))
    })
}

/// The change that a fix makes; `said` holds what there was to say before each change so far, and before this one.
fn change(finding: &Finding, fix: &Fix, original: &Reading, said: &[Vec<Told>]) -> Change {
    let same = |other: &&Finding| other.code == finding.code && other.message == finding.message;
    let mut first = original
        .findings
        .iter()
        .filter(same)
        .flat_map(|other| &other.fixes);
    let mut alone = first
        .find(|other| other.title == fix.title)
        .map(|fix| fix.edits.clone());
    // several of the same kind: which of them this is, nobody can tell any more
    if original.findings.iter().filter(same).count() > 1 {
        alone = twin(finding, fix, original, said).or(alone);
    }
    let told = told(finding);
    let since = said
        .iter()
        .position(|findings| findings.contains(&told))
        .unwrap_or_default();
    Change {
        code: finding.code,
        title: fix.title.clone(),
        reason: finding.message.clone(),
        help: finding.help.clone(),
        aws: finding.aws.clone(),
        source: finding.source,
        edits: fix.edits.clone(),
        after: if alone.is_none() {
            since.checked_sub(1)
        } else {
            None
        },
        alone,
    }
}

/// Of several findings that say the same, the one that this was in the text as it was: as many are left to come as then.
fn twin(finding: &Finding, fix: &Fix, original: &Reading, said: &[Vec<Told>]) -> Option<Vec<Edit>> {
    let told = told(finding);
    let now = said.last()?.iter().filter(|other| **other == told).count();
    let mut twins = original
        .findings
        .iter()
        .filter(|other| other.code == told.0 && other.message == told.1);
    let nth = twins.clone().count().checked_sub(now)?;
    let fixes = &twins.nth(nth)?.fixes;
    fixes
        .iter()
        .find(|other| other.title == fix.title)
        .map(|fix| fix.edits.clone())
}
