//! Lines for people: `file:line:column: severity [code] message`, as compilers print them.

use super::{Answer, Place, Report};
use crate::input::{complain, say};

/// Prints the findings and the verdict.
pub(crate) fn human(report: &Report) {
    for place in &report.findings {
        finding(&report.file, place);
    }
    let name = &report.name;
    let line = match &report.verdict {
        Answer::Unreadable => {
            complain(&format!(
                "{name}: this is no JSON or YAML object, so it cannot be read as a task definition."
            ));
            return;
        }
        Answer::Refused(Some(aws)) => format!("refused. {}: {}", aws.code, aws.message),
        Answer::Refused(None) => "refused. No client can send it as it stands.".to_owned(),
        Answer::NotRun(aws) => format!(
            "it registers, but is refused when it is to run. {}: {}",
            aws.code, aws.message
        ),
        Answer::Warned => "AWS would accept it, but there are warnings.".to_owned(),
        Answer::Accepted(family, platforms) => {
            format!("accepted. {family} can run on {}.", platforms.join(", "))
        }
    };
    say(&format!("{name}: {line}"));
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
