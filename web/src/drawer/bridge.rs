//! EventBridge: the events that ECS sent, each as JSON, and the rules that start tasks.

use super::moments::moment;
use super::why::why;
use crate::announcer::announcer;
use crate::browser;
use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{For, IntoChild, Show, view};
use crate::network::asking::Asking;
use crate::network::fields::{One, OneField, Text, TextField, Tick};
use crate::network::things::things;
use crate::projector::projected;
use crate::refusal::RefusalNote;
use crate::selection::Selection;
use crate::signals::{Memo, RwSignal};
use crate::words::{count, thousands};
use fargate_core::call::{
    AssignPublicIp, DeleteRule, DisableRule, EcsParameters, EnableRule, LaunchType, PutRule,
    PutTargets, RemoveTargets, Target, TargetAwsvpc, TargetNetwork,
};
use fargate_session::Plan;
use fargate_session::network::Kind;
use fargate_session::observe::{BridgeAbout, BridgeCard, BridgePage, RuleCard};
use fargate_session::why::Subject;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// Events that are listed.
const MOST: usize = 100;
/// What a new rule waits for at first: tasks that failed.
const PATTERN: &str = r#"{ "source": ["aws.ecs"], "detail": { "lastStatus": ["STOPPED"], "stopCode": ["EssentialContainerExited"] } }"#;

/// The rule that is being written, from context: it outlasts the tab, not the visit.
#[derive(Clone, Copy)]
pub struct RuleDraft {
    open: RwSignal<bool>,
    name: Text,
    kind: One,
    pattern: Text,
    schedule: Text,
    definition: One,
    subnet: One,
    public: RwSignal<bool>,
}

impl RuleDraft {
    /// What is offered at first.
    pub fn new() -> Self {
        let (things, shown) = (things(), projected());
        Self {
            open: RwSignal::new(false),
            name: Text::of("again"),
            kind: One::fixed(&[("event", "After an event"), ("time", "At times")]),
            pattern: Text::of(PATTERN),
            schedule: Text::of("rate(10 minutes)"),
            definition: One::of(move || {
                let families = shown.families.get();
                let names = families
                    .iter()
                    .map(|it| (it.family.clone(), it.family.clone()));
                names.collect()
            }),
            subnet: One::of(move || things.choices(Kind::Subnet)),
            public: RwSignal::new(true),
        }
    }

    /// Closes the form; the next rule begins anew.
    fn done(self) {
        for text in [self.name, self.pattern, self.schedule] {
            text.clear();
        }
        self.open.set(false);
    }
}

impl Default for RuleDraft {
    fn default() -> Self {
        Self::new()
    }
}

/// Events and rules.
#[component]
pub fn EventBridge() -> AnyView {
    let (commands, moment) = (commands(), moment());
    let page = Memo::new(move |_| {
        moment.get();
        commands.ask_session(|session| session.bridge(MOST))
    });
    view! {
        <div class="reach">
            <section aria-labelledby="bridge-events"><Events page/></section>
            <section class="reach-wide" aria-labelledby="bridge-rules"><Rules page/></section>
        </div>
    }
}

#[component]
fn Events(page: Memo<BridgePage>) -> AnyView {
    let shown = RwSignal::new(None::<String>);
    let keys = move || {
        page.with(|page| {
            page.events
                .iter()
                .map(|it| it.key.clone())
                .collect::<Vec<_>>()
        })
    };
    let row = move |key: String| {
        let found = page.with_untracked(|page| {
            let mut events = page.events.iter();
            events.find(|it| it.key == key).cloned()
        });
        found.map(|event| view! { <Row event shown/> }).into_child()
    };
    let none = Memo::new(move |_| page.with(|page| page.events.is_empty()));
    let hidden = Memo::new(move |_| page.with(|page| page.sent.saturating_sub(page.events.len())));
    view! {
        <div class="row"><h2 id="bridge-events">"Events of ECS"</h2></div>
        <Show when=move || none.get()><p class="dim">"None yet. Run a task, or create a service."</p></Show>
        <ul class="bridge-events">
            <For each=keys key=String::clone children=row/>
        </ul>
        {move || {
            let hidden = hidden.get();
            (hidden > 0).then(|| view! { <p class="dim">{format!("{} earlier ones.", thousands(hidden as u64))}</p> })
        }}
    }
}

#[component]
fn Row(event: BridgeCard, shown: RwSignal<Option<String>>) -> AnyView {
    let (commands, announcer) = (commands(), announcer());
    let (key, asked, pressed) = (event.key.clone(), event.key.clone(), event.key.clone());
    let is_open = Memo::new(move |_| shown.with(|shown| shown.as_ref() == Some(&key)));
    let json = move || {
        is_open.get().then(|| {
            let json = commands.ask_session(|session| session.bridge_event(&asked));
            let json = json.unwrap_or_default();
            let text = json.clone();
            let copy = move |_| browser::copy(&text, move || announcer.say("Copied."));
            view! {
                <div>
                    <button type="button" class="btn sm line" on:click=copy><Glyph icon=Icon::Copy class="i-12"/>"Copy"</button>
                    <pre class="bridge-json mono" tabindex="0" role="region" aria-label="The event as JSON">{json}</pre>
                </div>
            }
        })
    };
    let press = move |_| {
        shown.update(|shown| {
            *shown = Some(pressed.clone()).filter(|key| shown.as_ref() != Some(key));
        });
    };
    view! {
        <li>
            <div class="row tight">
                <time class="mono dim">{event.at.to_string()}</time>
                <button
                    type="button"
                    class="reach-name"
                    title=event.detail_type
                    aria-expanded=move || is_open.get().to_string()
                    on:click=press
                >
                    {event.words}
                </button>
                {about(event.about)}
            </div>
            {json}
        </li>
    }
}

/// What an event is about: a task that is selected, or a service that is asked why it is in trouble.
fn about(about: BridgeAbout) -> AnyView {
    match about {
        BridgeAbout::Task(task) => {
            let (commands, name) = (commands(), task.short().to_owned());
            let thing = Selection::Task(task);
            let select = move |_| commands.send(Command::Select(Some(thing.clone())));
            view! { <button type="button" class="reach-name mono" on:click=select>{name}</button> }
        }
        BridgeAbout::Service(name, false) => {
            view! { <span class="mono">{format!("service {name}")}</span> }
        }
        BridgeAbout::Service(name, true) => {
            let (why, label) = (why(), format!("Why? Service {name}"));
            let shown = format!("service {name}");
            let ask = move |_| why.ask(Subject::Service(name.clone()));
            view! {
                <span class="row tight">
                    <span class="mono">{shown}</span>
                    <button type="button" class="btn sm line" aria-label=label on:click=ask>"Why?"</button>
                </span>
            }
        }
    }
}

#[component]
fn Rules(page: Memo<BridgePage>) -> AnyView {
    let draft: RuleDraft = expect_context();
    let open = draft.open;
    let asking = Asking::new();
    let rules = Memo::new(move |_| page.with(|page| page.rules.clone()));
    let keys = move || rules.with(|rules| rules.iter().map(|it| it.name.clone()).collect());
    let row = move |name: String| {
        let wanted = name.clone();
        let rule = Memo::new(move |last: Option<&Option<RuleCard>>| {
            let now = rules.with(|rules| rules.iter().find(|it| it.name == wanted).cloned());
            // a row that is about to go keeps what it says
            now.or_else(|| last.cloned().flatten())
        });
        view! { <RuleRow name rule asking/> }
    };
    let none = Memo::new(move |_| rules.with(Vec::is_empty));
    view! {
        <div class="row">
            <h2 id="bridge-rules">"Rules"</h2>
            <button type="button" class="btn sm line" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
                "Add rule"
            </button>
        </div>
        <Show when=move || open.get()><Form draft/></Show>
        <Show when=move || none.get() && !open.get()>
            <p class="dim">"No rules. A rule starts a task after an event, or at times that a schedule says."</p>
        </Show>
        <RefusalNote refusal=asking.refusal/>
        <ul id="bridge-list"><For each=keys key=String::clone children=row/></ul>
    }
}

#[component]
fn RuleRow(name: String, rule: Memo<Option<RuleCard>>, asking: Asking) -> AnyView {
    let enabled = Memo::new(move |_| rule.with(|it| it.as_ref().is_some_and(|it| it.enabled)));
    let when = Memo::new(move |_| {
        rule.with(|it| it.as_ref().map(|it| it.when.clone()).unwrap_or_default())
    });
    let words = Memo::new(move |_| rule.with(|it| it.as_ref().map(does).unwrap_or_default()));
    let (switched, removed, asked) = (name.clone(), name.clone(), name.clone());
    let about_why = format!("Why? Rule {name}");
    let why = why();
    let ask = move |_| why.ask(Subject::Rule(asked.clone()));
    let switch = move |_| {
        let name = switched.clone();
        if enabled.get_untracked() {
            asking.ask(DisableRule { name }, "The rule is switched off.");
        } else {
            asking.ask(EnableRule { name }, "The rule is switched on.");
        }
    };
    let remove = move |_| {
        let targets = rule.with_untracked(|it| it.as_ref().map(|it| it.targets.clone()));
        let targets = targets.unwrap_or_default();
        let mut plan = Plan::default();
        if !targets.is_empty() {
            plan = plan.then(RemoveTargets {
                rule: removed.clone(),
                ids: targets.into_iter().map(|it| it.0).collect(),
            });
        }
        let name = removed.clone();
        asking.plan(&plan.then(DeleteRule { name }), "The rule is deleted.");
    };
    let (about_switch, about_delete) = (name.clone(), format!("Delete rule {name}"));
    view! {
        <li class="bridge-rule">
            <p class="row tight">
                <b class="med">{name}</b>
                <span class="dim">{move || if enabled.get() { "on" } else { "off" }}</span>
                <button
                    type="button"
                    class="btn sm line"
                    aria-label=move || format!("Switch {} rule {about_switch}", if enabled.get() { "off" } else { "on" })
                    on:click=switch
                >
                    {move || if enabled.get() { "Switch off" } else { "Switch on" }}
                </button>
                <button type="button" class="btn sm line" aria-label=about_why on:click=ask>"Why?"</button>
                <button type="button" class="btn sm line" aria-label=about_delete on:click=remove>"Delete"</button>
            </p>
            <p class="mono bridge-when">{when}</p>
            <p class="t2">{words}</p>
        </li>
    }
}

/// What a rule starts, and how often it had to.
fn does(rule: &RuleCard) -> String {
    let starts: Vec<&str> = rule.targets.iter().map(|it| &*it.1).collect();
    let starts = if starts.is_empty() {
        "starts nothing".to_owned()
    } else {
        format!("starts {}", starts.join(", "))
    };
    let matches = rule
        .matches
        .map(|many| format!("; it describes {} so far", count(many, "event")));
    format!("{starts}{}.", matches.unwrap_or_default())
}

/// The form that makes a rule with one target.
#[component]
fn Form(
    /// What is written.
    draft: RuleDraft,
) -> AnyView {
    let asking = Asking::new();
    let RuleDraft {
        open,
        name,
        kind,
        pattern,
        schedule,
        definition,
        subnet,
        public,
    } = draft;
    let by_event = Memo::new(move |_| kind.get() == "event");
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let is_event = by_event.get_untracked();
        let rule = PutRule {
            name: name.now(),
            event_pattern: is_event.then(|| pattern.now()),
            schedule_expression: (!is_event).then(|| schedule.now()),
            ..PutRule::default()
        };
        let family = definition.now();
        let awsvpc = TargetAwsvpc {
            subnets: vec![subnet.now()],
            security_groups: Vec::new(),
            assign_public_ip: Some(if public.get_untracked() {
                AssignPublicIp::Enabled
            } else {
                AssignPublicIp::Disabled
            }),
        };
        let target = Target {
            id: "task".to_owned(),
            arn: "arn:aws:ecs:us-east-1:123456789012:cluster/default".to_owned(),
            role_arn: Some("arn:aws:iam::123456789012:role/ecsEventsRole".to_owned()),
            ecs_parameters: Some(EcsParameters {
                task_definition_arn: format!(
                    "arn:aws:ecs:us-east-1:123456789012:task-definition/{family}"
                ),
                launch_type: Some(LaunchType::Fargate),
                network_configuration: Some(TargetNetwork { awsvpc }),
                ..EcsParameters::default()
            }),
        };
        let targets = PutTargets {
            rule: name.now(),
            targets: vec![target],
        };
        if asking.plan(&Plan::of(rule).then(targets), "The rule is made.") {
            draft.done();
        }
    };
    view! {
        <form class="net-form" novalidate aria-label="Add rule" on:submit=submit>
            <TextField label="Name" text=name/>
            <OneField label="When" one=kind/>
            <Show when=move || by_event.get()><TextField label="Event pattern" text=pattern/></Show>
            <Show when=move || !by_event.get()><TextField label="Schedule, in UTC" text=schedule example="cron(0 12 * * ? *)"/></Show>
            <OneField label="Task definition, its newest revision" one=definition/>
            <OneField label="Subnet" one=subnet/>
            <Tick label="Public address" on=public/>
            <RefusalNote refusal=asking.refusal/>
            <div class="row">
                <button type="submit" class="btn sm prim">"Create rule"</button>
                <button type="button" class="btn sm" on:click=move |_| open.set(false)>"Cancel"</button>
            </div>
        </form>
    }
}
