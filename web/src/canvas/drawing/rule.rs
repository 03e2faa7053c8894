//! What a drawn rule still asks: the port and the protocol. Both ends can be chosen here too, also groups that nothing wears.

use super::super::stage::stage;
use super::ask::AskForm;
use super::drawing;
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, live, view};
use crate::signals::{Memo, RwSignal, Signal};
use fargate_core::ids::SecurityGroupId;
use fargate_session::tools::{End, Ground, Hand, RuleAsk};
use leptos::prelude::*;

/// The value of the Internet among the sources; groups have their ids.
const INTERNET: &str = "internet";

fn value(end: &End) -> String {
    match end {
        End::Internet => INTERNET.to_owned(),
        End::Group(id) => id.to_string(),
    }
}

/// What the popover shows of the draft.
#[derive(Clone, Debug, Default, PartialEq)]
struct Shown {
    title: String,
    source: String,
    target: String,
    sources: Vec<(String, String)>,
    targets: Vec<(String, String)>,
    ports: Vec<u16>,
    warning: Option<String>,
    already_out: Option<String>,
    out: bool,
}

fn shown(ask: &RuleAsk, ground: Ground<'_>) -> Shown {
    let sources = ask.sources(ground).into_iter();
    let targets = ask.targets(ground).into_iter();
    Shown {
        title: ask.title(ground),
        source: value(&ask.source),
        target: ask.target.to_string(),
        sources: sources.map(|(end, name)| (value(&end), name)).collect(),
        targets: targets.map(|(id, name)| (id.to_string(), name)).collect(),
        ports: ask.ports(ground),
        warning: ask.warning(),
        already_out: ask.already_out(ground),
        out: ask.out,
    }
}

fn options(of: &[(String, String)], now: &str) -> AnyView {
    let options = of.iter().map(|(value, name)| {
        view! { <option value=value.clone() selected=*value == *now>{name.clone()}</option> }
    });
    options.collect_view().into_any()
}

/// The popover.
#[component]
pub fn AskRule() -> AnyView {
    let (stage, drawing) = (stage(), drawing());
    let bad_port = RwSignal::new(None::<&'static str>);
    let shown = Memo::new(move |_| {
        let found = drawing.ask(stage, |hand, ground| match hand {
            Hand::Rule(hand) => hand.ask.as_ref().map(|ask| shown(ask, ground)),
            _ => None,
        });
        found.flatten().unwrap_or_default()
    });
    let field = move |which: fn(&RuleAsk) -> &String| {
        Memo::new(move |_| {
            drawing.hand.with(|hand| match hand {
                Some(Hand::Rule(hand)) => hand
                    .ask
                    .as_ref()
                    .map(|ask| which(ask).clone())
                    .unwrap_or_default(),
                _ => String::new(),
            })
        })
    };
    let (port, protocol) = (field(|ask| &ask.port), field(|ask| &ask.protocol));
    let change = move |change: Box<dyn FnOnce(&mut RuleAsk)>| {
        bad_port.set(None);
        drawing.refusal.set(None);
        drawing.change(|hand| {
            if let Hand::Rule(hand) = hand
                && let Some(ask) = &mut hand.ask
            {
                change(ask);
            }
        });
    };
    let plan = Callback::new(move |()| {
        let plan = drawing.hand.with_untracked(|hand| match hand {
            Some(Hand::Rule(hand)) => hand.ask.as_ref().map(RuleAsk::plan),
            _ => None,
        });
        match plan? {
            Ok(plan) => Some(plan),
            Err(words) => {
                bad_port.set(Some(words));
                crate::browser::focus("draw-rule-port");
                None
            }
        }
    });
    let likely = move || {
        let ports = shown.with(|shown| shown.ports.clone());
        let one = |port: u16| {
            view! {
                <button
                    type="button"
                    class="btn sm line"
                    aria-label=format!("Port {port}")
                    on:click=move |_| change(Box::new(move |ask| ask.port = port.to_string()))
                >
                    {port}
                </button>
            }
        };
        (ports.len() > 1).then(|| {
            view! { <div class="row t12 dim">"Listened on:" {ports.into_iter().map(one).collect::<Vec<_>>()}</div> }
        })
    };
    let warning = move || {
        shown.with(|shown| shown.warning.clone().or_else(|| shown.already_out.clone())).map(|words| {
            view! { <p class="note warn"><Glyph icon=Icon::Warn class="i-14 warn-c"/><span>{words}</span></p> }
        })
    };
    view! {
        <AskForm
            title=Signal::derive(move || shown.with(|shown| shown.title.clone()))
            button=Signal::derive(|| "Add rule".to_owned())
            plan
            first="draw-rule-port"
        >
            <div class="fields two">
                <label class="field-label">
                    "From"
                    <select
                        class="field"
                        prop:value=move || shown.with(|shown| shown.source.clone())
                        on:change=move |event| {
                            let chosen = event_target_value(&event);
                            let end = if chosen == INTERNET { End::Internet } else { End::Group(chosen.into()) };
                            change(Box::new(move |ask| ask.source = end));
                        }
                    >
                        {move || shown.with(|shown| options(&shown.sources, &shown.source))}
                    </select>
                </label>
                <label class="field-label">
                    "To"
                    <select
                        class="field"
                        prop:value=move || shown.with(|shown| shown.target.clone())
                        on:change=move |event| {
                            let chosen = SecurityGroupId::from(event_target_value(&event));
                            change(Box::new(move |ask| ask.target = chosen));
                        }
                    >
                        {move || shown.with(|shown| options(&shown.targets, &shown.target))}
                    </select>
                </label>
            </div>
            <Show when=move || shown.with(|shown| shown.source == INTERNET)>
                <label class="field-label">
                    "Direction"
                    <select
                        class="field"
                        prop:value=move || if shown.with(|shown| shown.out) { "out" } else { "in" }
                        on:change=move |event| {
                            let out = event_target_value(&event) == "out";
                            change(Box::new(move |ask| ask.out = out));
                        }
                    >
                        <option value="in">"In: the Internet may come to the group"</option>
                        <option value="out" selected=move || shown.with(|shown| shown.out)>"Out: the group may go to the Internet"</option>
                    </select>
                </label>
            </Show>
            <div class="fields two">
                <label class="field-label">
                    "Protocol"
                    <select
                        class="field"
                        prop:value=protocol
                        on:change=move |event| {
                            let chosen = event_target_value(&event);
                            change(Box::new(move |ask| ask.protocol = chosen));
                        }
                    >
                        <option value="tcp">"TCP"</option>
                        <option value="udp">"UDP"</option>
                        <option value="-1">"All traffic"</option>
                    </select>
                </label>
                <Show when=move || protocol.with(|protocol| protocol != "-1")>
                    <label class="field-label">
                        "Port"
                        <input
                            class="field mono"
                            id="draw-rule-port"
                            type="text"
                            inputmode="numeric"
                            autocomplete="off"
                            aria-invalid=move || bad_port.get().map(|_| "true")
                            aria-describedby="draw-rule-problem"
                            prop:value=port
                            on:input=move |event| {
                                let typed = event_target_value(&event);
                                change(Box::new(move |ask| ask.port = typed));
                            }
                        />
                    </label>
                </Show>
            </div>
            {live(likely)}
            <p class="t12 err-t" role="alert" id="draw-rule-problem">{move || bad_port.get()}</p>
            <div role="status">{live(warning)}</div>
        </AskForm>
    }
}
