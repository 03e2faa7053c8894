//! What every event has around its detail.

use crate::observe::account::Account;
use crate::observe::clock::Clock;
use crate::observe::names;
use crate::observe::object::{Object, texts};
use crate::units::SimTime;

/// The whole event of a service of AWS. `number` tells it from all others of the account; `resource` is the ARN of what it is about.
pub(super) fn envelope(
    account: &Account<'_>,
    number: &str,
    at: SimTime,
    (source, detail_type): (&str, &str),
    resource: &str,
    detail: &str,
) -> String {
    let clock = Clock::at(account.began, at);
    Object::default()
        .text("version", "0")
        .text("id", &names::uuid(account.seed, "event", number))
        .text("detail-type", detail_type)
        .text("source", source)
        .text("account", names::ACCOUNT)
        .text("time", &clock.seconds())
        .text("region", names::REGION)
        .raw("resources", &texts([resource]))
        .raw("detail", detail)
        .finish()
}
