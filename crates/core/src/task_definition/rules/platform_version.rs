//! What a definition asks of Fargate's platform, and which version has it.

use super::names::clip;
use super::needs::needs;
use super::{Applies, INVALID, Rule, Subject, at_run};
use crate::call::LaunchType;
use crate::compute::platform::{INCOMPATIBLE, Lack, PLATFORMS, Platform, Unavailable, incompatible_words};
use crate::compute::sizes::FARGATE_BEGINS;
use crate::finding::Finding;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "platform-version",
    applies: Applies::Always,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let (context, windows) = (subject.context, subject.windows());
    let asked = context.platform_version.as_deref();
    let whole = Subject::brace(subject.root);
    if context.launch_type != LaunchType::Fargate {
        if let Some(asked) = asked {
            findings.push(
                at_run(whole, format!("Platform version {} is asked for, but only Fargate has one", clip(asked)))
                    .aws(INVALID, "The platform version must be null when specifying an EC2 launch type."),
            );
        }
        return;
    }
    // there was nothing to ask of before
    if context.as_of < FARGATE_BEGINS {
        return;
    }
    let asked = asked.unwrap_or("LATEST");
    let platform = match Platform::find(asked, windows, context.as_of) {
        Ok(platform) => platform,
        Err(Unavailable::OtherSystem) => {
            findings.push(other_system(subject, asked));
            return;
        }
        Err(why) => {
            findings.push(unavailable(subject, asked, why));
            return;
        }
    };
    for (need, place) in needs(subject.root, subject.definition) {
        let (what, on) = (said(subject, need.what, place), context.as_of);
        match platform.lacks(&need, on) {
            None => {}
            Some(Lack::Version) => {
                let message = format!("{what} needs the platform version {}, not {}", need.version, platform.version);
                let help = "Run the task with that version or a later one, or leave it to LATEST where that is late enough.";
                findings.push(incompatible(subject, place, message).help(help));
            }
            Some(Lack::Day) => {
                let message = format!("Fargate has {what} since {}, and it is {on}", need.since);
                findings.push(incompatible(subject, place, message));
            }
        }
    }
}

/// What is needed, with what is written where that says it in another way.
fn said(subject: &Subject<'_>, what: &str, place: Span) -> String {
    let written = subject.text.get(place.start..place.end).unwrap_or_default();
    // the same member has a capital in CloudFormation
    if written.trim_matches('"').eq_ignore_ascii_case(what) {
        what.to_owned()
    } else {
        format!("{what}, here {},", clip(written))
    }
}

/// A version that AWS does not have on the day.
fn unavailable(subject: &Subject<'_>, asked: &str, why: Unavailable) -> Finding {
    let on = subject.context.as_of;
    let message = match why {
        Unavailable::Retired(day) => format!("Platform version {} is retired since {day}, and it is {on}", clip(asked)),
        _ => format!("Fargate has no platform version {} on {on}", clip(asked)),
    };
    let offered = PLATFORMS.iter().filter(|it| it.windows == subject.windows());
    let offered = offered.filter(|it| it.released <= on && it.retired.is_none_or(|gone| on < gone));
    let names: Vec<_> = offered.map(|it| it.version).collect();
    at_run(Subject::brace(subject.root), message)
        .help(format!("It has LATEST, {}.", names.join(", ")))
        .aws("PlatformUnknownException", "The specified platform does not exist.")
}

/// A version of Linux for Windows containers, or Windows before Fargate had it.
fn other_system(subject: &Subject<'_>, asked: &str) -> Finding {
    let place = Subject::place(subject.root, "runtimePlatform");
    let (own, on) = (PLATFORMS.iter().find(|it| it.windows), subject.context.as_of);
    let message = match own {
        Some(own) if on < own.released => format!("Fargate has Windows since {}, and it is {on}", own.released),
        Some(own) => format!("Windows needs the platform version {}, not {}", own.version, clip(asked)),
        None => format!("Fargate has no platform version {} for Windows", clip(asked)),
    };
    incompatible(subject, place, message)
}

fn incompatible(subject: &Subject<'_>, place: Span, message: String) -> Finding {
    at_run(place, message).aws(INCOMPATIBLE, incompatible_words(subject.context.as_of))
}
