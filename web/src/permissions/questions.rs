//! The questions: who could run this task, what may this container do, and what did the run need at least?

use super::Shown;
use super::decision::decision;
use super::draft::{Draft, Of};
use super::fields::{pick, word};
use crate::commands::commands;
use crate::icons::{Glyph, Icon};
use crate::markup::{IntoChild, live, view};
use crate::projector::projected;
use crate::signals::{Memo, RwSignal};
use crate::words::count;
use fargate_core::ids::TaskId;
use fargate_session::permissions::{
    DecisionCard, PrincipalCard, Suggestion, Who, may_do, suggestion_for_role, suggestion_for_user,
    who_could_run,
};
use leptos::prelude::*;

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    /// A sentence is all.
    Words(String),
    /// Who could run a revision, each with whose policies theirs are.
    Who(String, Vec<(Who, Option<Of>)>),
    /// A decision, and whose policies decided.
    May(Box<DecisionCard>, Option<Of>),
    /// The least policy, and whose it would be.
    Least(Suggestion, Option<Of>),
}

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
    let asked = RwSignal::new(None::<Asked>);
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
    let revisions = Memo::new(move |_| {
        let all = revisions.get().into_iter();
        all.map(|it| (it.clone(), it)).collect::<Vec<_>>()
    });
    let answer = Memo::new(move |_| {
        // an answer holds for the policies of the moment
        let principals = shown.card.with(|card| card.principals.clone());
        asked.get().map(|asked| answered(asked, &principals))
    });
    let said = Memo::new(move |_| {
        answer.with(|answer| answer.as_ref().map(Answer::said).unwrap_or_default())
    });
    let told = live(move || answer.get().map(|answer| answer.shown(draft)));
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
                {word("Action", action)}
                {word("Resource", resource)}
                <button type="button" class="btn sm line" on:click=ask_may>"May its containers do this?"</button>
            </div>
            <div class="net-form">
                {pick("User or role", principals, who)}
                <button type="button" class="btn sm line" on:click=move |_| asked.set(Some(Asked::Least(who.get_untracked())))>
                    "What did this run need at least?"
                </button>
            </div>
            <p role="status" class="t12 net-inner">{said}</p>
            <div class="net-inner">{told}</div>
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

fn answered(asked: Asked, principals: &[PrincipalCard]) -> Answer {
    let commands = commands();
    match asked {
        Asked::Who(revision) if revision.is_empty() => {
            Answer::Words("Choose a task definition first.".to_owned())
        }
        Asked::Who(revision) => {
            let all = commands.ask_session(|session| who_could_run(session.world(), &revision));
            let all = all.into_iter().map(|who| {
                let of = of_arn(principals, &who.arn);
                (who, of)
            });
            Answer::Who(revision, all.collect())
        }
        Asked::May(task, ..) if task.is_empty() => Answer::Words("Choose a task first.".to_owned()),
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
                Ok(card) => {
                    Answer::May(Box::new(card), role.and_then(|it| of_arn(principals, &it)))
                }
                Err(why) => Answer::Words(why),
            }
        }
        Asked::Least(arn) if arn.is_empty() => {
            Answer::Words("Choose a user or a role first.".to_owned())
        }
        Asked::Least(arn) => {
            let suggestion = commands.ask_session(|session| {
                suggestion_for_role(session, &arn).or_else(|| suggestion_for_user(session, &arn))
            });
            match suggestion {
                Some(suggestion) => Answer::Least(suggestion, of_arn(principals, &arn)),
                None => Answer::Words(
                    "Nothing of this run needed it: it made no call, and no task started with it."
                        .to_owned(),
                ),
            }
        }
    }
}

impl Answer {
    /// The answer in a sentence.
    fn said(&self) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Who(revision, all) => {
                let could = all.iter().filter(|it| it.0.could).count();
                format!("{could} of {} could run {revision}.", all.len())
            }
            Self::May(card, _) if card.allowed => "Allowed.".to_owned(),
            Self::May(..) => "Denied.".to_owned(),
            Self::Least(suggestion, _) => format!(
                "The run asked for {}. This is enough for all of it:",
                count(suggestion.asked, "different thing")
            ),
        }
    }

    /// What stands below the sentence.
    fn shown(self, draft: Draft) -> AnyView {
        match self {
            Self::Words(_) => ().into_child(),
            Self::Who(revision, all) => {
                let rows = all.into_iter().map(|(who, of)| {
                    let verdict = if who.could { "could" } else { "could not" };
                    let why = who.decision.map(|it| {
                        let why = decision(it, of, draft);
                        view! { <details class="image-members"><summary>"Why"</summary>{why}</details> }
                    });
                    view! {
                        <li class="net-row">
                            <p><b>{who.name}</b>" "{verdict}" run "{revision.clone()}"."</p>
                            {why}
                        </li>
                    }
                });
                view! { <ul class="net-list">{rows.collect_view()}</ul> }
            }
            Self::May(card, of) => decision(*card, of, draft),
            Self::Least(suggestion, of) => {
                let put = of.map(|of| {
                    let text = suggestion.text.clone();
                    view! {
                        <button type="button" class="btn sm line" on:click=move |_| draft.begin_new(of.clone(), "least", &text)>
                            <Glyph icon=Icon::Wrench class="i-12"/>
                            "Write it into a policy"
                        </button>
                    }
                });
                view! {
                    <div class="net-inner t12">
                        <pre class="net-shell">{suggestion.text}</pre>
                        {put}
                    </div>
                }
            }
        }
    }
}
