//! Lines that are sent on: the way from the group over a function to a collector, and what became of the batches.

use crate::commands::commands;
use crate::drawer::moments::moment;
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, live, view};
use crate::network::asking::Asking;
use crate::network::fields::{One, OneField, Text, TextField};
use crate::refusal::RefusalNote;
use crate::signals::{Memo, RwSignal};
use crate::words::count;
use fargate_core::call::{DeleteSubscriptionFilter, PutLogForwarder, PutSubscriptionFilter};
use fargate_session::Plan;
use fargate_session::Session;
use fargate_session::observe::Pipeline;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The function that the form makes.
const FUNCTION: &str = "forward-logs";

/// The subscription that is being written, from context: it outlasts the tab, not the visit.
#[derive(Clone, Copy)]
pub struct SendingOn {
    /// Whether the section is unfolded.
    unfolded: RwSignal<bool>,
    /// Whether the form is open.
    open: RwSignal<bool>,
    pattern: Text,
    collector: Text,
}

impl Default for SendingOn {
    fn default() -> Self {
        Self {
            unfolded: RwSignal::new(false),
            open: RwSignal::new(false),
            pattern: Text::of(""),
            collector: Text::of("https://collector.example/receiver"),
        }
    }
}

/// Where lines are sent on, and the form that has them sent.
#[component]
pub fn Forwarding(
    /// The log groups that there are.
    groups: Memo<Vec<String>>,
) -> AnyView {
    let (commands, moment, asking) = (commands(), moment(), Asking::new());
    let all = Memo::new(move |_| {
        moment.get();
        commands.ask_session(Session::pipelines)
    });
    let draft: SendingOn = expect_context();
    let (open, unfolded) = (draft.open, draft.unfolded);
    let cards = move || {
        let cards = all.get().into_iter().map(|it| view! { <Way it asking/> });
        cards.collect_view()
    };
    view! {
        <details
            class="logs-forward"
            prop:open=unfolded.get_untracked()
            on:toggle=move |event| {
                let details: web_sys::Element = event_target(&event);
                unfolded.set(details.has_attribute("open"));
            }
        >
            <summary class="t12">
                {move || match all.with(Vec::len) {
                    0 => "Sent on: nothing".to_owned(),
                    many => format!("Sent on by {}", count(many, "subscription filter")),
                }}
            </summary>
            {live(cards)}
            <RefusalNote refusal=asking.refusal/>
            <button type="button" class="btn sm line" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
                "Send lines on"
            </button>
            <Show when=move || open.get()><Form groups draft/></Show>
        </details>
    }
}

/// One way, from group to queue.
#[component]
fn Way(it: Pipeline, asking: Asking) -> AnyView {
    let (forwarder, subscription) = (it.clone(), it.clone());
    let switch = move |_| {
        let call = PutLogForwarder {
            name: forwarder.function.clone(),
            collector: forwarder.collector.clone().unwrap_or_default(),
            dead_letter_queue: forwarder.queue,
            collector_down: !forwarder.down,
        };
        let done = if forwarder.down {
            "The collector answers again."
        } else {
            "The collector does not answer any more."
        };
        asking.ask(call, done);
    };
    let remove = move |_| {
        let call = DeleteSubscriptionFilter {
            log_group_name: subscription.group.clone(),
            filter_name: subscription.filter.clone(),
        };
        asking.ask(call, "Lines are no longer sent on.");
    };
    let pattern = if it.pattern.is_empty() {
        "every line".to_owned()
    } else {
        it.pattern.clone()
    };
    let tries = format!(
        "{} at once, {} at a later try, {} waiting",
        it.delivered, it.retried, it.waiting
    );
    let end = if it.queue {
        format!("dead-letter queue: {}", it.dead)
    } else {
        format!("no dead-letter queue: {} lost", it.lost)
    };
    let (icon, class, state) = if it.down {
        (Icon::Error, "i-12 err-c", "does not answer")
    } else {
        (Icon::Ok, "i-12 ok-c", "answers")
    };
    let arrow = || view! { <Glyph icon=Icon::Arrow class="i-12 dim"/> };
    view! {
        <div class="logs-way t12">
            <ol>
                <li><b class="med">{it.group.clone()}</b><span class="t2">{pattern}</span><span class="dim">{count(it.lines, "line")}</span></li>
                <li>{arrow()}<b class="med">{it.function.clone()}</b><span class="t2">{tries}</span><span class="dim">"batches"</span></li>
                <li>
                    {arrow()}
                    <b class="med">{it.collector.clone().unwrap_or_default()}</b>
                    <span class="row tight"><Glyph icon class/>{state}</span>
                </li>
                <li>{arrow()}<span class="t2">{end}</span></li>
            </ol>
            <p class="row tight">
                <button type="button" class="btn sm line" on:click=switch>{if it.down { "Bring the collector back" } else { "Take the collector down" }}</button>
                <button type="button" class="btn sm line" on:click=remove>"Delete the filter"</button>
            </p>
        </div>
    }
}

#[component]
fn Form(groups: Memo<Vec<String>>, draft: SendingOn) -> AnyView {
    let asking = Asking::new();
    let group = One::of(move || {
        groups
            .get()
            .into_iter()
            .map(|it| (it.clone(), it))
            .collect()
    });
    let SendingOn {
        open,
        pattern,
        collector,
        ..
    } = draft;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let function = PutLogForwarder {
            name: FUNCTION.to_owned(),
            collector: collector.now(),
            dead_letter_queue: true,
            collector_down: false,
        };
        let filter = PutSubscriptionFilter {
            log_group_name: group.now(),
            filter_name: FUNCTION.to_owned(),
            filter_pattern: pattern.now(),
            destination_arn: format!("arn:aws:lambda:us-east-1:123456789012:function:{FUNCTION}"),
        };
        if asking.plan(&Plan::of(function).then(filter), "Lines are sent on.") {
            pattern.clear();
            open.set(false);
        }
    };
    view! {
        <form class="net-form" novalidate aria-label="Send lines on" on:submit=submit>
            <OneField label="Log group" one=group/>
            <TextField label="Filter pattern" text=pattern example="ERROR"/>
            <TextField label="Collector" text=collector/>
            <p class="t12 dim">"A function converts the lines and posts them. What fails is tried again after one minute and after three, then it goes into a dead-letter queue."</p>
            <RefusalNote refusal=asking.refusal/>
            <div class="row">
                <button type="submit" class="btn sm prim">"Send lines on"</button>
                <button type="button" class="btn sm" on:click=move |_| open.set(false)>"Cancel"</button>
            </div>
        </form>
    }
}
