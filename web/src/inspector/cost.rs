//! The cost section: what the task has cost so far, and by which rule.

use super::task::Card;
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use crate::signals::{Memo, Signal};
use crate::words::thousands;
use fargate_session::diagrams::figures::money;
use fargate_session::view::CostCard;
use leptos::prelude::*;

/// '265 s billed at $0.0494 an hour, list price.'
pub fn rule(cost: &CostCard) -> String {
    let seconds = thousands(cost.billed_seconds);
    let rate = money(cost.per_hour);
    if cost.billed_seconds == 0 {
        format!("Billing begins with the image pull: {rate} an hour, list price.")
    } else if cost.minimum {
        format!("{seconds} s billed, the one minute minimum, at {rate} an hour, list price.")
    } else {
        format!("{seconds} s billed at {rate} an hour, list price.")
    }
}

/// The cost section.
#[component]
pub fn CostSection(
    /// The task.
    card: Card,
) -> AnyView {
    let cost = Memo::new(move |_| card.with(|card| card.cost));
    view! { <Cost cost=cost/> }
}

/// What something has cost so far.
#[component]
pub fn Cost(
    /// The bill.
    #[prop(into)]
    cost: Signal<CostCard>,
    /// Whether it is the bill of all tasks, which is not all that costs.
    #[prop(optional)]
    of_tasks: bool,
) -> AnyView {
    let so_far = Memo::new(move |_| money(cost.get().so_far));
    let rule = Memo::new(move |_| {
        let cost = cost.get();
        match (of_tasks, cost.per_hour.0) {
            (true, 0) => "No task is billed. The Cost tab has all else.".to_owned(),
            (true, _) => format!("{} Tasks alone; the Cost tab has all else.", rule(&cost)),
            (false, _) => rule(&cost),
        }
    });
    view! {
        <section class="sec slim last" aria-label="Cost so far">
            <div class="row">
                <Glyph icon=Icon::Coin class="i dim"/>
                <h3 class="med">"Cost so far"</h3>
                <span class="end mono">{move || so_far.get()}</span>
            </div>
            <p class="t12 dim insp-note">{move || rule.get()}</p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::units::NanoUsd;

    #[test]
    fn the_rule_names_seconds_rate_and_minimum() {
        let cost = |billed_seconds, minimum| CostCard {
            so_far: NanoUsd(0),
            per_hour: NanoUsd(49_370_000),
            billed_seconds,
            minimum,
        };
        assert_eq!(
            rule(&cost(265, false)),
            "265 s billed at $0.0494 an hour, list price."
        );
        assert_eq!(
            rule(&cost(60, true)),
            "60 s billed, the one minute minimum, at $0.0494 an hour, list price."
        );
        assert_eq!(
            rule(&cost(0, false)),
            "Billing begins with the image pull: $0.0494 an hour, list price."
        );
    }
}
