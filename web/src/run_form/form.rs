//! The fields of the form.

use super::command_line::command_line;
use super::more::More;
use super::options::Field;
use super::{RunForm, run_form};
use crate::announcer::announcer;
use crate::commands::{Command, commands};
use crate::definition::lacks_for_fargate;
use crate::drawer::why::why;
use crate::icons::{Glyph, Icon};
use crate::markup::{IntoChild, live, view};
use crate::projector::{Projected, projected};
use crate::refusal::{Refusal, RefusalNote};
use crate::selection::Selection;
use crate::signals::{Memo, Signal, signal};
use crate::words::{count, thousands};
use fargate_core::call::Call;
use fargate_core::error::{ApiError, Failure, Reply};
use fargate_core::task_definition::{Context, read};
use fargate_session::Session;
use fargate_session::why::Subject;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The fields, the command line, and the button.
#[component]
pub fn Form() -> AnyView {
    let (form, projected, commands, announcer) = (run_form(), projected(), commands(), announcer());
    let why = why();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.refusal.set(None);
        form.partly.set(None);
        let call = match untrack(|| form.call(projected)) {
            Ok(call) => call,
            Err(problem) => return announcer.alert(problem),
        };
        let name = call.task_definition.clone();
        let sent = Call::from(call);
        commands.send_quietly(sent.clone(), |answer| match answer {
            Ok(reply) => {
                let (tasks, failures) = match reply {
                    Reply::Tasks(tasks) => (tasks, Vec::new()),
                    Reply::Partly { tasks, failures } => (tasks, failures),
                    // In the past the call starts a new run, which names no task.
                    Reply::Done | Reply::Made(_) | Reply::Registered { .. } | Reply::Shown(_) => {
                        (Vec::new(), Vec::new())
                    }
                };
                let words = started(tasks.len(), &failures, &name);
                form.started.set(words.clone());
                if !failures.is_empty() {
                    let next = commands.ask_session(Session::next_call);
                    form.partly.set(next.checked_sub(1));
                }
                announcer.say(words);
                if let Some(task) = tasks.into_iter().next() {
                    commands.send(Command::Select(Some(Selection::Task(task))));
                }
            }
            Err(error) => {
                form.started.set(String::new());
                let error = with_reasons(error, &name, projected);
                form.refusal.set(Some(Refusal::of(sent, error)));
            }
        });
    };
    let spread = move || !form.field(Field::Strategy).get().is_empty();
    let platform = form.field(Field::Platform);
    let problem = Memo::new(move |_| form.call(projected).err());
    view! {
        <form class="run-form" id="run-form" novalidate on:submit=submit>
            <div class="run-body">
                <div class="fields two">
                    <Revision form/>
                    <Count form/>
                </div>
                <Subnets form/>
                <Groups form/>
                <PublicIp form/>
                <dl class="pairs">
                    <div>
                        <dt>{move || if spread() { "Capacity providers" } else { "Launch type" }}</dt>
                        <dd>{move || if spread() { "by strategy" } else { "FARGATE" }}</dd>
                    </div>
                    <div>
                        <dt>"Platform version"</dt>
                        <dd>{move || Some(platform.get().trim().to_owned()).filter(|it| !it.is_empty()).unwrap_or_else(|| "LATEST".to_owned())}</dd>
                    </div>
                </dl>
                <More form/>
                <Line form/>
                <RefusalNote refusal=form.refusal/>
            </div>
            <div class="row run-acts">
                <p class="t12 err-t" id="run-problem">{problem}</p>
                <button
                    type="submit"
                    class="btn prim"
                    aria-disabled=move || problem.get().map(|_| "true")
                    aria-describedby="run-problem"
                >
                    "Run task"
                </button>
                <span class="t12 dim">{form.started}</span>
                {live(move || form.partly.get().map(|number| view! {
                    <button
                        type="button"
                        class="btn sm line"
                        on:click=move |_| why.ask(Subject::Sent(number))
                    >
                        "Why were they not placed?"
                    </button>
                }))}
            </div>
        </form>
    }
}

/// What was started, and what was not, with AWS's reason and the cure.
fn started(tasks: usize, failures: &[Failure], name: &str) -> String {
    let started = match (tasks, failures) {
        (0, [_, ..]) => format!("None of {name} is starting."),
        (0 | 1, _) => format!("{name} is starting."),
        (many, _) => format!("{} of {name} are starting.", count(many, "task")),
    };
    match failures {
        [] => started,
        [first, ..] => format!(
            "{started} {} not placed: {}. {}",
            count(failures.len(), "task"),
            first.reason,
            first.cure
        ),
    }
}

/// AWS says only that a revision does not support Fargate. The cure names what Fargate lacks in it.
fn with_reasons(mut error: ApiError, name: &str, projected: Projected) -> ApiError {
    if error
        .message
        .contains("does not support launch_type FARGATE")
    {
        let families = projected.families.get_untracked();
        let mut revisions = families.iter().flat_map(|family| &family.revisions);
        let sent = revisions
            .find(|card| card.name == name)
            .map(|card| &card.sent);
        let day = projected.as_of.get_untracked();
        let reasons = sent.and_then(|sent| lacks_for_fargate(&read(sent, &Context::fargate(day))));
        if let Some(reasons) = reasons {
            error.cure =
                format!("{reasons} Fix that in the editor and register a new revision.").into();
        }
    }
    error
}

#[component]
fn Revision(form: RunForm) -> AnyView {
    let projected = projected();
    let options = move || {
        let chosen = form.chosen_revision(projected);
        let options = RunForm::revisions(projected).into_iter().map(|name| {
            let selected = chosen.as_ref() == Some(&name);
            view! { <option value=name.clone() selected=selected>{name.clone()}</option> }
        });
        options.collect_view()
    };
    view! {
        <label class="field-label">
            "Task definition"
            <select
                class="field"
                prop:value=move || form.chosen_revision(projected).unwrap_or_default()
                on:change=move |event| form.revision.set(Some(event_target_value(&event)))
            >
                {options}
            </select>
        </label>
    }
}

#[component]
fn Count(form: RunForm) -> AnyView {
    view! {
        <label class="field-label">
            "Tasks, 1 to 10"
            <input
                class="field"
                type="number"
                min="1"
                max="10"
                step="1"
                inputmode="numeric"
                prop:value=form.count
                on:input=move |event| form.count.set(event_target_value(&event))
            />
        </label>
    }
}

/// Takes a thing into a set or out of it.
fn toggle<T: Ord>(mut set: BTreeSet<T>, thing: T, take: bool) -> BTreeSet<T> {
    if take {
        set.insert(thing);
    } else {
        set.remove(&thing);
    }
    set
}

#[component]
fn Subnets(form: RunForm) -> AnyView {
    let projected = projected();
    let rows = move || {
        let cards = projected.subnets.all();
        if cards.is_empty() {
            return view! { <p class="t12 dim">"There is no subnet. Add one in the Network tab."</p> };
        }
        let rows = cards.into_iter().map(|card| {
            let (id, chosen) = (card.id.clone(), card.id.clone());
            let free = format!("{} free", thousands(card.free.into()));
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || form.chosen_subnets(projected).contains(&chosen)
                        on:change=move |event| {
                            let now = untrack(|| form.chosen_subnets(projected));
                            form.subnets.set(Some(toggle(now, id.clone(), event_target_checked(&event))));
                        }
                    />
                    <Glyph icon=if card.public { Icon::Globe } else { Icon::Lock } class="i-14 dim"/>
                    <span class="grow">{card.name.clone()} " " <span class="mono dim">{card.cidr.clone()}</span></span>
                    <span class="dim nowrap">{free}</span>
                </label>
            }
        });
        rows.collect_view().into_child()
    };
    view! {
        <fieldset class="checks">
            <legend>"Subnets"</legend>
            {rows}
        </fieldset>
    }
}

#[component]
fn Groups(form: RunForm) -> AnyView {
    let projected = projected();
    let rows = move || {
        let mut cards = projected.groups.all();
        cards.sort_by_key(|card| card.order);
        let rows = cards.into_iter().map(|card| {
            let (id, chosen) = (card.id.clone(), card.id.clone());
            let rules = match card.ingress.len() {
                0 => "nothing in".to_owned(),
                many => count(many, "rule"),
            };
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || form.chosen_groups(projected).contains(&chosen)
                        on:change=move |event| {
                            let now = untrack(|| form.chosen_groups(projected));
                            form.groups.set(Some(toggle(now, id.clone(), event_target_checked(&event))));
                        }
                    />
                    <Glyph icon=Icon::Shield class=crate::network::group_tone(card.order)/>
                    <span class="grow">{card.name.clone()}</span>
                    <span class="dim nowrap">{rules}</span>
                </label>
            }
        });
        rows.collect_view()
    };
    view! {
        <fieldset class="checks">
            <legend>"Security groups"</legend>
            {rows}
        </fieldset>
    }
}

#[component]
fn PublicIp(form: RunForm) -> AnyView {
    let projected = projected();
    let no_way_out = move || {
        let chosen = form.chosen_subnets(projected);
        let cards = projected.subnets.all();
        let public = cards
            .iter()
            .any(|card| card.public && chosen.contains(&card.id));
        let private = cards
            .iter()
            .any(|card| !card.public && chosen.contains(&card.id));
        match (form.public.get(), public, private) {
            (false, true, _) => {
                "Without a public address, a task in a public subnet cannot pull its image: the internet gateway serves public addresses only."
            }
            (true, _, true) => {
                "A private subnet has no route to the Internet, so a public address there leads nowhere and the image cannot be pulled."
            }
            (false, false, true) => {
                "A private subnet has no route to the Internet, so the image cannot be pulled."
            }
            _ => "",
        }
    };
    view! {
        <div class="switch-row">
            <span class="grow" id="run-public">"Public IP"</span>
            <div class="seg" role="group" aria-labelledby="run-public" aria-describedby="run-public-note">
                <button type="button" aria-pressed=move || form.public.get().to_string() on:click=move |_| form.public.set(true)>"ENABLED"</button>
                <button type="button" aria-pressed=move || (!form.public.get()).to_string() on:click=move |_| form.public.set(false)>"DISABLED"</button>
            </div>
        </div>
        <p class="t12 warn-t" id="run-public-note">{no_way_out}</p>
    }
}

/// The command line, and the button that copies it.
#[component]
fn Line(form: RunForm) -> AnyView {
    let projected = projected();
    // The line that was copied; a changed line is not.
    let (copied, set_copied) = signal(String::new());
    let line = Memo::new(move |_| {
        form.call(projected)
            .map(|call| command_line(&call))
            .unwrap_or_default()
    });
    let copy = move |_| {
        let text = line.get_untracked();
        crate::browser::copy(&text.clone(), move || {
            set_copied.try_set(text);
        });
    };
    let is_copied = Memo::new(move |_| {
        line.with(|line| !line.is_empty() && copied.with(|copied| line == copied))
    });
    view! {
        <div class="cli">
            <pre tabindex="0" role="group" aria-label="The same as a command">{line}</pre>
            <button type="button" class="btn icon sm line" aria-label="Copy the command" title="Copy the command" on:click=copy>
                <Glyph icon=Signal::derive(move || if is_copied.get() { Icon::Check } else { Icon::Copy }) class="i-14"/>
            </button>
            <span class="sr" role="status">{move || if is_copied.get() { "Copied." } else { "" }}</span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_placed_is_told_beside_what_was() {
        let failure = || Failure {
            arn: None,
            reason: "Capacity is unavailable at this time".to_owned(),
            cure: "Wait.",
        };
        for (tasks, failures, words) in [
            (1, 0, "web:1 is starting."),
            (3, 0, "3 tasks of web:1 are starting."),
            (
                2,
                1,
                "2 tasks of web:1 are starting. 1 task not placed: Capacity is unavailable at this time. Wait.",
            ),
            (
                0,
                2,
                "None of web:1 is starting. 2 tasks not placed: Capacity is unavailable at this time. Wait.",
            ),
        ] {
            let failures: Vec<_> = (0..failures).map(|_| failure()).collect();
            assert_eq!(started(tasks, &failures, "web:1"), words);
        }
    }
}
