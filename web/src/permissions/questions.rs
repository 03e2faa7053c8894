//! The questions: who could run this task, what may this container do, and what did the run need at least?

use super::Shown;
use super::decision::decision;
use super::draft::{Draft, Of};
use crate::commands::commands;
use crate::icons::{Glyph, Icon};
use crate::markup::{live, view};
use crate::projector::projected;
use crate::signals::{Memo, RwSignal};
use fargate_core::ids::TaskId;
use fargate_session::permissions::{
    PrincipalCard, may_do, suggestion_for_role, suggestion_for_user, who_could_run,
};
use leptos::prelude::*;

/// The answer to the last question that was asked.
type Answer = RwSignal<Option<Asked>>;

/// A question that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    Who(String),
    May(String, String, String),
    Least(String),
}

/// The questions with their answers.
#[component]
pub fn Questions(
    /// What IAM holds.
    shown: Shown,
    /// The policy that is being written.
    draft: Draft,
) -> AnyView {
    let (commands, projected) = (commands(), projected());
    let asked: Answer = RwSignal::new(None);
    let revision = RwSignal::new(String::new());
    let (task, action, resource) = (
        RwSignal::new(String::new()),
        RwSignal::new("dynamodb:PutItem".to_owned()),
        RwSignal::new("arn:aws:dynamodb:us-east-1:123456789012:table/orders".to_owned()),
    );
    let who = RwSignal::new(String::new());
    let revisions = Memo::new(move |_| {
        shown.card.with(|_| ());
        projected.event_count.get();
        commands.ask_session(|session| {
            let all = session.world().revisions().families();
            all.flat_map(|(_, all)| all.iter().map(|it| it.name.to_string()))
                .collect::<Vec<_>>()
        })
    });
    let tasks = Memo::new(move |_| {
        projected.event_count.get();
        commands.ask_session(|session| {
            let all = session.world().tasks().iter();
            all.map(|(id, it)| (id.to_string(), format!("{} {}", it.revision, id.short())))
                .collect::<Vec<_>>()
        })
    });
    let principals = Memo::new(move |_| {
        shown.card.with(|card| {
            let all = card.callers.iter();
            all.map(|(arn, name)| (arn.clone(), name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let pick = |label: &'static str, all: Memo<Vec<(String, String)>>, chosen: RwSignal<String>| {
        let options = live(move || {
            let option = |(value, name): (String, String)| {
                let same = value.clone();
                view! { <option value=value prop:selected=move || chosen.with(|it| *it == same)>{name}</option> }
            };
            all.get().into_iter().map(option).collect_view()
        });
        view! {
            <label class="field-label">
                {label}
                <select class="field" on:change=move |event| chosen.set(event_target_value(&event))>
                    <option value="">"Choose"</option>
                    {options}
                </select>
            </label>
        }
    };
    let revisions = Memo::new(move |_| {
        let all = revisions.get().into_iter();
        all.map(|it| (it.clone(), it)).collect::<Vec<_>>()
    });
    let field = |label: &'static str, value: RwSignal<String>| {
        view! {
            <label class="field-label">
                {label}
                <input
                    class="field mono"
                    type="text"
                    spellcheck="false"
                    autocomplete="off"
                    autocapitalize="off"
                    prop:value=value
                    on:input=move |event| value.set(event_target_value(&event))
                />
            </label>
        }
    };
    let answer = live(move || {
        // an answer holds for the policies of the moment
        shown.card.with(|_| ());
        asked.get().map(|asked| answered(asked, shown, draft))
    });
    let ask_may = move |_| {
        let question = Asked::May(
            task.get_untracked(),
            action.get_untracked(),
            resource.get_untracked(),
        );
        asked.set(Some(question));
    };
    view! {
        <section class="net-sec" aria-label="Questions about permissions">
            <div class="net-head">
                <Glyph icon=Icon::Bulb class="i dim"/>
                <h2 class="strong grow">"Questions"</h2>
            </div>
            <div class="net-form">
                {pick("Task definition", revisions, revision)}
                <button type="button" class="btn sm line" on:click=move |_| asked.set(Some(Asked::Who(revision.get_untracked())))>
                    "Who could run this task?"
                </button>
            </div>
            <div class="net-form">
                {pick("Task", tasks, task)}
                {field("Action", action)}
                {field("Resource", resource)}
                <button type="button" class="btn sm line" on:click=ask_may>"May its containers do this?"</button>
            </div>
            <div class="net-form">
                {pick("User or role", principals, who)}
                <button type="button" class="btn sm line" on:click=move |_| asked.set(Some(Asked::Least(who.get_untracked())))>
                    "What did this run need at least?"
                </button>
            </div>
            <div role="status" class="net-inner">{answer}</div>
        </section>
    }
}

/// Whose policies an ARN's are.
fn of_arn(all: &[PrincipalCard], arn: &str) -> Option<Of> {
    let found = all.iter().find(|it| it.arn == arn && !it.of_service)?;
    Some(Of {
        name: found.name.clone(),
        role: found.role,
        trust: false,
    })
}

fn answered(asked: Asked, shown: Shown, draft: Draft) -> AnyView {
    let commands = commands();
    let principals = shown.card.with_untracked(|card| card.principals.clone());
    match asked {
        Asked::Who(revision) if revision.is_empty() => words("Choose a task definition first."),
        Asked::Who(revision) => {
            let all = commands.ask_session(|session| who_could_run(session.world(), &revision));
            let rows = all.into_iter().map(|who| {
                let verdict = if who.could { "could" } else { "could not" };
                let of = of_arn(&principals, &who.arn);
                let why = who.decision.map(|it| decision(it, of, draft));
                view! {
                    <li class="net-row">
                        <p><b>{who.name}</b>" "{verdict}" run "{revision.clone()}"."</p>
                        <details class="image-members"><summary>"Why"</summary>{why}</details>
                    </li>
                }
            });
            view! { <ul class="net-list">{rows.collect_view()}</ul> }
        }
        Asked::May(task, ..) if task.is_empty() => words("Choose a task first."),
        Asked::May(task, action, resource) => {
            let id = TaskId::from(task.as_str());
            let (answer, role) = commands.ask_session(|session| {
                let world = session.world();
                let role = world
                    .tasks()
                    .get(&id)
                    .and_then(|it| it.definition.task_role_arn.clone());
                (may_do(world, &id, &action, &resource), role)
            });
            match answer {
                Ok(card) => decision(card, role.and_then(|it| of_arn(&principals, &it)), draft),
                Err(why) => words(&why),
            }
        }
        Asked::Least(arn) if arn.is_empty() => words("Choose a user or a role first."),
        Asked::Least(arn) => {
            let suggestion = commands.ask_session(|session| {
                suggestion_for_role(session, &arn).or_else(|| suggestion_for_user(session, &arn))
            });
            let Some(suggestion) = suggestion else {
                return words(
                    "Nothing of this run needed it: it made no call, and no task started with it.",
                );
            };
            let put = of_arn(&principals, &arn).map(|of| {
                let text = suggestion.text.clone();
                view! {
                    <button type="button" class="btn sm line" on:click=move |_| draft.begin(of.clone(), "least", &text)>
                        <Glyph icon=Icon::Wrench class="i-12"/>
                        "Write it into a policy"
                    </button>
                }
            });
            let count = suggestion.asked.to_string();
            view! {
                <div class="net-inner t12">
                    <p>"The run asked for "{count}" different things. This is enough for all of them:"</p>
                    <pre class="net-shell">{suggestion.text}</pre>
                    {put}
                </div>
            }
        }
    }
}

fn words(text: &str) -> AnyView {
    let text = text.to_owned();
    view! { <p class="t12">{text}</p> }
}
