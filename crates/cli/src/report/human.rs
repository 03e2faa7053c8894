//! Lines for people: `file:line:column: severity [code] message`, as compilers print them.

use super::{Answer, Place, Report};
use crate::input::{complain, say};

/// Prints the findings and the verdict.
pub(crate) fn human(report: &Report) {
    for place in &report.findings {
        finding(&report.file, place);
    }
    let name = &report.name;
    match &report.verdict {
        Answer::Unreadable => complain(&format!(
            "{name}: this is no JSON or YAML object, so it cannot be read as a task definition."
        )),
        Answer::Refused(Some(aws)) => {
            say(&format!("{name}: refused. {}: {}", aws.code, aws.message))
        }
        Answer::Refused(None) => say(&format!(
            "{name}: refused. No client can send it as it stands."
        )),
        Answer::NotRun(aws) => say(&format!(
            "{name}: it registers, but is refused when it is to run. {}: {}",
            aws.code, aws.message
        )),
        Answer::Warned => say(&format!(
            "{name}: AWS would accept it, but there are warnings."
        )),
        Answer::Accepted(family, platforms) => {
            say(&format!(
                "{name}: accepted. {family} can run on {}.",
                platforms.join(", ")
            ));
        }
    }
}

fn finding(file: &str, place: &Place) {
    let (line, column) = place.start;
    let finding = &place.finding;
    say(&format!(
        "{file}:{line}:{column}: {} [{}] {}",
        finding.severity, finding.code, finding.message
    ));
    if !finding.help.is_empty() {
        say(&format!("    {}", finding.help));
    }
    if let Some(aws) = &finding.aws {
        say(&format!("    AWS: {}: {}", aws.code, aws.message));
    }
    for fix in &finding.fixes {
        say(&format!("    Fix: {}", fix.title));
    }
}
