//! How most calls end: the fact is logged, and the answer is no more than that it is so.

use super::step::Step;
use crate::error::Reply;
use crate::event::Fact;

/// Logs that something was made, with its name or block where it has one, and answers with its id.
pub(crate) fn made(
    what: &'static str,
    id: &str,
    name: impl Into<String>,
    step: &mut Step<'_>,
) -> Reply {
    step.log(Fact::Made {
        what,
        id: id.to_owned(),
        name: name.into(),
    });
    Reply::Made(id.to_owned())
}

/// Logs that something changed: what is so now, as the end of a sentence.
pub(crate) fn changed(
    what: &'static str,
    id: &str,
    how: impl Into<String>,
    step: &mut Step<'_>,
) -> Reply {
    step.log(Fact::Changed {
        what,
        id: id.to_owned(),
        how: how.into(),
    });
    Reply::Done
}

/// Logs that something is no more.
pub(crate) fn deleted(what: &'static str, id: &str, step: &mut Step<'_>) -> Reply {
    step.log(Fact::Deleted {
        what,
        id: id.to_owned(),
    });
    Reply::Done
}
