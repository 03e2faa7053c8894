//! Area `spot`: AWS takes the capacity of Fargate Spot back.

use super::Case;
use super::account::Account;
use super::seen::Seen;
use fargate_core::event::Fact;
use fargate_core::text::Node;

/// Longer than any `stopTimeout`, in ms.
const STOPPED: u64 = 300_000;

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    match case
        .setup
        .get("capacityProviderName")
        .and_then(Node::as_str)
    {
        Some(provider) if case.deed().contains("reclaims") => reclaimed(case, provider),
        _ => Ok(case.not_modelled()),
    }
}

/// A task that ignores SIGTERM, and whose capacity is taken back.
fn reclaimed(case: &Case<'_>, provider: &str) -> Result<Seen, String> {
    let timeout = case.setup.get("stopTimeout").and_then(Node::as_i64);
    let more = timeout.map_or_else(String::new, |it| format!(r#""stopTimeout":{it}"#));
    let mut account = Account::new(case.as_of)?;
    let put = r#"{"image":"nginx","behaviour":{"stopMs":null}}"#;
    account.done("playground:PutImage", put)?;
    account.register(&more)?;
    account.run_with(&format!(
        r#""capacityProviderStrategy":[{{"capacityProvider":"{provider}","weight":1}}]"#
    ))?;
    let from = account.world.now();
    let input = format!(r#"{{"task":"{}"}}"#, account.only()?.id);
    account.done("playground:InterruptTask", &input)?;
    account.wait(STOPPED);
    let mut seen = Seen::default();
    let mut last = "";
    for event in &account.log {
        match &event.fact {
            Fact::State { state, .. } => last = state.aws(),
            // the event of that moment
            Fact::Stopping { code, reason, .. } if event.at == from => {
                let told = Seen::default()
                    .text("desiredStatus", "STOPPED")
                    .text("lastStatus", last)
                    .text("stopCode", code.aws())
                    .text("stoppedReason", reason);
                seen = seen.member("eventbridge_at_0", &told.finish());
            }
            Fact::Signalled { signal, .. } => {
                seen = seen.member(&format!("{signal}_at"), &((event.at - from).0 / 1_000));
            }
            _ => {}
        }
    }
    Ok(seen)
}
