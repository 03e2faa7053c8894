//! The least memory in which a container can begin.

use super::{API_CONTAINER, Applies, Rule, Subject, warning};
use crate::finding::{Edit, Finding, Moment};
use crate::units::Date;

pub(super) static RULE: Rule = Rule {
    code: "memory-minimum",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

/// MiB that Docker gives a container at least since its version 20.10.0, and the day of that version.
const LEAST: (i64, Date) = (6, Date::new(2020, 12, 8));
/// MiB before.
const BEFORE: i64 = 4;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let least = if subject.context.as_of < LEAST.1 { BEFORE } else { LEAST.0 };
    for container in subject.containers() {
        for (name, what) in [("memory", "limit"), ("memoryReservation", "reservation")] {
            let value = container.node.get(name);
            let Some((value, size)) = value.and_then(|value| Some((value, value.as_i64()?))) else {
                continue;
            };
            // 0 is Docker's word for no limit; what AWS makes of it is not known
            if size >= least || size <= 0 {
                continue;
            }
            let finding = warning(value.span, format!("{name} is {size} MiB; a container needs {least} MiB at least"))
                .help(format!(
                    "It registers. Docker then does not create the container: 'CannotCreateContainerError: Error response from daemon: Minimum memory {what} allowed is {least}MB'."
                ))
                .fix(format!("Use {least}"), vec![Edit::replace(value.span, least.to_string())]);
            findings.push(Finding { moment: Moment::Start, ..finding });
        }
    }
}
