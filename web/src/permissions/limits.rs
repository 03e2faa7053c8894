//! What the account may do at once: whether quotas hold, of how many vCPUs, and whether calls are throttled.

use super::fields::switch;
use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, live, view};
use crate::signals::Memo;
use fargate_core::call::SetLimits;
use fargate_core::decimal::Decimal;
use fargate_core::world::AccountLimits;
use leptos::prelude::*;

/// vCPUs that a quota can be set to, beside what it is.
const QUOTAS: [u32; 9] = [1, 2, 4, 6, 12, 50, 100, 500, 4_000];

/// The switches of quotas and of throttling, and the quotas.
#[component]
pub fn Limits(
    /// The limits as they stand.
    limits: Memo<Option<AccountLimits>>,
) -> AnyView {
    let commands = commands();
    let send = move |set: SetLimits| commands.send(Command::Call(set.into()));
    let has = move |part: fn(&AccountLimits) -> bool| {
        Memo::new(move |_| limits.with(|it| it.as_ref().is_some_and(part)))
    };
    let (quotas, throttling) = (has(|it| it.quotas), has(|it| it.throttling));
    let tasks = Memo::new(move |_| limits.get().and_then(|it| it.tasks));
    let words = move || match (quotas.get(), tasks.get()) {
        (true, Some(tasks)) => format!(
            "On Fargate, {tasks} tasks may run at once: that is how AWS counted before October 2022. Set vCPUs to count as today."
        ),
        (true, None) => "On Fargate, no more vCPUs may run at once than the quotas say.".to_owned(),
        (false, _) => "Off: as many tasks may run as there are addresses.".to_owned(),
    };
    let throttled = move || {
        if throttling.get() {
            "Calls and launches take tokens from AWS's buckets, which fill again in simulated time."
        } else {
            "Off: who clicks fast is never throttled."
        }
    };
    let toggle_quotas = move || {
        send(SetLimits {
            quotas: Some(!quotas.get_untracked()),
            ..SetLimits::default()
        });
    };
    let toggle_throttling = move || {
        send(SetLimits {
            throttling: Some(!throttling.get_untracked()),
            ..SetLimits::default()
        });
    };
    let on_demand = move |most| {
        send(SetLimits {
            fargate_vcpus: Some(most),
            ..SetLimits::default()
        });
    };
    let on_spot = move |most| {
        send(SetLimits {
            fargate_spot_vcpus: Some(most),
            ..SetLimits::default()
        });
    };
    view! {
        <section class="net-sec" aria-label="Limits of the account">
            <div class="net-head">
                <Glyph icon=Icon::Cpu class="i dim"/>
                <h2 class="strong grow" id="quotas-switch">"Enforce quotas"</h2>
                {switch("quotas-switch", quotas, toggle_quotas)}
            </div>
            <p class="t12 t2">{words}</p>
            <Show when=move || quotas.get()>
                {quota("Fargate On-Demand vCPU resource count", 0, limits, on_demand)}
                {quota("Fargate Spot vCPU resource count", 1, limits, on_spot)}
            </Show>
            <div class="net-head">
                <Glyph icon=Icon::Clock class="i dim"/>
                <h2 class="strong grow" id="throttling-switch">"Throttle calls"</h2>
                {switch("throttling-switch", throttling, toggle_throttling)}
            </div>
            <p class="t12 t2">{throttled}</p>
        </section>
    }
}

/// A quota, which can be set, and how much of it is in use.
fn quota(
    label: &'static str,
    place: usize,
    limits: Memo<Option<AccountLimits>>,
    set: impl Fn(u32) + Copy + Send + Sync + 'static,
) -> AnyView {
    let most = Memo::new(move |_| limits.get().map_or(0, |it| it.vcpus[place]));
    let used = move || {
        let units = limits.get().map_or(0, |it| it.in_use[place]);
        format!("{} in use", Decimal::of(units as f64 / 1_024.0))
    };
    let options = live(move || {
        let most = most.get();
        let mut all = QUOTAS.to_vec();
        all.push(most);
        all.sort_unstable();
        all.dedup();
        let option = |count: u32| {
            view! { <option value=count.to_string() prop:selected=move || count == most>{count}</option> }
        };
        all.into_iter().map(option).collect_view()
    });
    let choose = move |event| {
        if let Ok(most) = event_target_value(&event).parse() {
            set(most);
        }
    };
    view! {
        <label class="field-label">
            {label}
            <select class="field" on:change=choose>{options}</select>
        </label>
        <p class="t12 dim">{used}</p>
    }
}
