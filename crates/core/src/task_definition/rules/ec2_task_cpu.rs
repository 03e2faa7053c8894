//! The range of a task's CPU where Fargate is not asked for.

use super::{API, Applies, CLIENT, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::text::quote;
use crate::units::Date;

pub(super) static RULE: Rule = Rule {
    code: "ec2-task-cpu",
    applies: Applies::Always,
    source: API,
    check,
};

/// The range on EC2 and external instances; before about 2023 it ended at 10240.
const LEAST: u32 = 128;
const MOST: u32 = 196_608;
const MOST_BEFORE: u32 = 10_240;
const RAISED: Date = Date::new(2023, 1, 1);

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.requests("FARGATE") {
        return;
    }
    let Some(cpu) = subject.definition.cpu else {
        return;
    };
    let most = if subject.context.as_of < RAISED { MOST_BEFORE } else { MOST };
    if (LEAST..=most).contains(&cpu.0) {
        return;
    }
    let nearest = quote(&cpu.0.clamp(LEAST, most).to_string());
    let place = Subject::place(subject.root, "cpu");
    findings.push(
        error(place, format!("{cpu} CPU units lie outside {LEAST} to {most}"))
            .aws(CLIENT, "Invalid 'cpu' setting for task.")
            .fix(format!("Use {nearest}"), vec![Edit::replace(place, nearest)]),
    );
}
