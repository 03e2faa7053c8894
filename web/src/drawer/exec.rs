//! ECS Exec: a shell in a container. What was typed and answered outlasts the tab, not the visit.

use crate::announcer::announcer;
use crate::browser;
use crate::commands::commands;
use crate::markup::{Show, live, view};
use crate::network::asking::Asking;
use crate::network::fields::{One, OneField};
use crate::projector::projected;
use crate::refusal::RefusalNote;
use crate::signals::{Memo, RwSignal};
use fargate_core::call::ExecuteCommand;
use fargate_core::ids::TaskId;
use fargate_session::Session;
use fargate_session::observe::ExecAnswer;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

/// The id of the field that commands are typed into.
const FIELD: &str = "exec-line";
/// Answers that are kept.
const MOST: usize = 200;

/// A command line, and what came back.
type Turn = (String, ExecAnswer);

/// The shell, from context.
#[derive(Clone, Copy, Debug)]
pub struct ExecShell {
    /// The task and the container that it is open in.
    open: RwSignal<Option<(TaskId, String)>>,
    turns: RwSignal<Vec<Turn>>,
    line: RwSignal<String>,
    /// Which earlier line is shown, counted from the last one.
    back: RwSignal<usize>,
    /// What was typed before an earlier line was brought back.
    begun: RwSignal<String>,
    /// The last words of the session that ended.
    ended: RwSignal<String>,
}

impl Default for ExecShell {
    fn default() -> Self {
        Self {
            open: RwSignal::new(None),
            turns: RwSignal::new(Vec::new()),
            line: RwSignal::new(String::new()),
            back: RwSignal::new(0),
            begun: RwSignal::new(String::new()),
            ended: RwSignal::new(String::new()),
        }
    }
}

/// The panel.
#[component]
pub fn Exec() -> AnyView {
    let shell: ExecShell = expect_context();
    let is_open = Memo::new(move |_| shell.open.with(Option::is_some));
    view! {
        <div class="exec">
            <Show when=move || !is_open.get()><Start shell/></Show>
            <Show when=move || is_open.get()><Terminal shell/></Show>
        </div>
    }
}

/// Where somebody wants in.
#[component]
fn Start(shell: ExecShell) -> AnyView {
    let (commands, shown, asking) = (commands(), projected(), Asking::new());
    let target = One::of(move || {
        shown.event_count.track();
        shown.clock.track();
        let targets = commands.ask_session(Session::exec_targets);
        let choice = targets.into_iter().map(|it| {
            let more = if it.enabled {
                ""
            } else {
                " (run without ECS Exec)"
            };
            let value = format!("{}/{}", it.task, it.container);
            let words = format!(
                "{} · {} {}{more}",
                it.container,
                it.revision,
                it.task.short()
            );
            (value, words)
        });
        choice.collect()
    });
    let none = Memo::new(move |_| target.of.with(Vec::is_empty));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let chosen = target.now();
        let Some((task, container)) = chosen.split_once('/') else {
            return;
        };
        let call = ExecuteCommand {
            task: task.into(),
            container: Some(container.to_owned()),
            command: "/bin/sh".to_owned(),
            interactive: true,
            ..ExecuteCommand::default()
        };
        if asking.ask(call, "The shell is open. Type help.").is_some() {
            shell.turns.set(Vec::new());
            shell.line.set(String::new());
            shell.back.set(0);
            shell.ended.set(String::new());
            shell.open.set(Some((task.into(), container.to_owned())));
            request_animation_frame(|| browser::focus(FIELD));
        }
    };
    view! {
        <form class="exec-start" id="exec-start" tabindex="-1" novalidate aria-label="Start ECS Exec" on:submit=submit>
            <Show when=move || !shell.ended.with(String::is_empty)><p class="t12 t2">{shell.ended}</p></Show>
            <Show when=move || none.get()><p class="t12 dim">"No container runs. Run a task, with ECS Exec enabled."</p></Show>
            <Show when=move || !none.get()>
                <OneField label="Container" one=target/>
                <p class="t12 t2">
                    "aws ecs execute-command --interactive --command /bin/sh. The task must be run with enableExecuteCommand and have a task role."
                </p>
                <RefusalNote refusal=asking.refusal/>
                <button type="submit" class="btn sm prim">"Open a shell"</button>
            </Show>
        </form>
    }
}

#[component]
fn Terminal(shell: ExecShell) -> AnyView {
    let (commands, announcer) = (commands(), announcer());
    let title = Memo::new(move |_| {
        let open = shell.open.get();
        open.map(|(task, container)| format!("{container} of {}", task.short()))
    });
    let end = move |words: String| {
        announcer.say(words.clone());
        shell.ended.set(words);
        shell.open.set(None);
        // The field is gone; another shell can be opened.
        request_animation_frame(|| browser::focus("exec-start"));
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let line = shell.line.get_untracked();
        let Some((task, container)) = shell.open.get_untracked() else {
            return;
        };
        let answer = commands.ask_session(|session| session.shell(&task, &container, &line));
        let answer = answer.unwrap_or_else(|| ExecAnswer {
            out: "The container does not run any more: the session ends.".to_owned(),
            code: 1,
            ended: true,
            why: None,
        });
        let ended = answer.ended;
        let words = match &answer.why {
            Some(why) => format!("{} {why}", answer.out),
            None => answer.out.clone(),
        };
        if ended {
            end(format!("{words} The shell is closed.").trim().to_owned());
        } else {
            announcer.say(words);
        }
        shell.turns.update(|turns| {
            turns.push((line, answer));
            let over = turns.len().saturating_sub(MOST);
            turns.drain(..over);
        });
        shell.line.set(String::new());
        shell.back.set(0);
        request_animation_frame(|| {
            if let Some(out) = browser::by_id::<web_sys::Element>("exec-out") {
                out.set_scroll_top(out.scroll_height());
            }
        });
    };
    let keys = move |event: KeyboardEvent| {
        let step: isize = match event.key().as_str() {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            _ => return,
        };
        event.prevent_default();
        let lines = shell.turns.with_untracked(Vec::len);
        if shell.back.get_untracked() == 0 {
            shell.begun.set(shell.line.get_untracked());
        }
        let back = shell
            .back
            .get_untracked()
            .saturating_add_signed(step)
            .min(lines);
        shell.back.set(back);
        let line = shell.turns.with_untracked(|turns| {
            let place = turns.len().checked_sub(back)?;
            turns.get(place).map(|turn| turn.0.clone())
        });
        shell
            .line
            .set(line.unwrap_or_else(|| shell.begun.get_untracked()));
    };
    let turns = move || {
        let turns = shell.turns.get().into_iter().map(turn);
        turns.collect_view()
    };
    view! {
        <div class="logs-bar">
            <span class="t12 med">{move || title.get()}</span>
            <span class="t12 dim">"Type help for what there is. Arrow up brings back what you typed."</span>
            <button type="button" class="btn sm line" on:click=move |_| end("The shell is closed.".to_owned())>"End session"</button>
        </div>
        <div id="exec-out" class="exec-out mono" tabindex="0" role="region" aria-label="What the shell answered">{live(turns)}</div>
        <form class="exec-line" aria-label="Command" on:submit=submit>
            <label for=FIELD class="mono" aria-label="Command line">"#"</label>
            <input
                id=FIELD
                class="field mono"
                type="text"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                prop:value=shell.line
                on:input=move |event| shell.line.set(event_target_value(&event))
                on:keydown=keys
            />
        </form>
    }
}

fn turn((line, answer): Turn) -> AnyView {
    let why = answer
        .why
        .map(|why| view! { <p class="exec-why">{why}</p> });
    let code = (answer.code > 0)
        .then(|| view! { <p class="dim">{format!("exit code {}", answer.code)}</p> });
    view! {
        <div>
            <p class="exec-typed">{format!("# {line}")}</p>
            <pre>{answer.out}</pre>
            {why}
            {code}
        </div>
    }
}
