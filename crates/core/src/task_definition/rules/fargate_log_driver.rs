//! Fargate knows a few log drivers.

use super::names::clip;
use super::{Applies, CLIENT, FARGATE, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::units::Date;

pub(super) static RULE: Rule = Rule {
    code: "fargate-log-driver",
    applies: Applies::Fargate,
    source: FARGATE,
    check,
};

/// The drivers of Fargate, with the day each came.
const DRIVERS: [(&str, Date); 3] = [
    ("awslogs", Date::new(2017, 11, 29)),
    ("splunk", Date::new(2019, 5, 1)),
    ("awsfirelens", Date::new(2019, 9, 30)),
];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let drivers = DRIVERS.iter().filter(|(_, since)| *since <= subject.context.as_of);
    let drivers: Vec<_> = drivers.map(|(driver, _)| *driver).collect();
    for container in subject.containers() {
        let Some(logs) = container.node.get("logConfiguration") else {
            continue;
        };
        let Some((value, driver)) = logs.get("logDriver").and_then(|value| Some((value, value.as_str()?))) else {
            continue;
        };
        if drivers.contains(&driver) {
            continue;
        }
        findings.push(
            error(value.span, format!("Fargate has no log driver {}", clip(driver)))
                .help(format!("It has {}.", drivers.join(", ")))
                .aws(
                    CLIENT,
                    format!("{driver} is not a valid log driver. Must be one of [{}]", drivers.join(",")),
                )
                .fix("Use awslogs", subject.with_execution_role(Edit::replace(logs.span, subject.awslogs()))),
        );
    }
}
