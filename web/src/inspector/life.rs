//! The life of a task: its states with their lengths, and why it stopped.

use super::task::{Card, StopButton};
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, live, view};
use crate::measure;
use crate::projector::projected;
use crate::signals::{Memo, RwSignal, Signal};
use fargate_core::task::TaskState;
use fargate_core::units::SimTime;
use fargate_session::diagrams::figures::length;
use fargate_session::reasons;
use fargate_session::view::{ContainerCard, ContainerState, Stage};
use leptos::prelude::*;

/// The states of a life without a load balancer; DEACTIVATING is passed all the same.
const STATES: [TaskState; 8] = [
    TaskState::Provisioning,
    TaskState::Pending,
    TaskState::Activating,
    TaskState::Running,
    TaskState::Deactivating,
    TaskState::Stopping,
    TaskState::Deprovisioning,
    TaskState::Stopped,
];
/// How many states have room in a line.
const IN_LINE: usize = 4;

/// The icon and the colour of a state.
pub fn look(state: TaskState, failed: bool) -> (Icon, &'static str) {
    let colour = match state {
        TaskState::Stopped if failed => return (Icon::Error, "err"),
        TaskState::Provisioning
        | TaskState::Stopping
        | TaskState::Deprovisioning
        | TaskState::Stopped => "idle",
        TaskState::Pending => "warn",
        TaskState::Activating | TaskState::Deactivating => "info",
        TaskState::Running => "ok",
    };
    (Icon::from(state), colour)
}

fn failed(card: Card) -> Memo<bool> {
    Memo::new(move |_| card.with(|card| card.stop.as_ref().is_some_and(|stop| stop.failed)))
}

/// How long a state lasted, or lasts at the moment shown.
fn lasts(stage: Stage, now: SimTime) -> String {
    length(stage.until.unwrap_or(now.max(stage.from)) - stage.from)
}

/// The state as a pill; on a phone with its length.
#[component]
pub fn StatePill(
    /// The task.
    card: Card,
    /// Whether the page is laid out for a phone.
    phone: Signal<bool>,
) -> AnyView {
    let clock = projected().clock;
    let now = Memo::new(move |_| card.with(|card| card.state));
    let failed = failed(card);
    let since = Memo::new(move |_| {
        let last = card.with(|card| card.stages.last().copied());
        let runs = last.filter(|stage| phone.get() && stage.state != TaskState::Stopped);
        runs.map(|stage| format!(", {}", lasts(stage, clock.get().now)))
    });
    let look = Memo::new(move |_| look(now.get(), failed.get()).1);
    view! {
        <span class=move || format!("pill {}", look.get())>
            <Glyph icon=Signal::derive(move || self::look(now.get(), failed.get()).0) class="i-12"/>
            {move || now.get().title()}
            {move || since.get()}
        </span>
    }
}

/// A state of the line.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    /// It is over.
    Done(Stage),
    /// It lasts.
    Now(Stage),
    /// It is yet to come.
    Ahead(TaskState),
}

/// The states of a life, those to come included.
fn steps(stages: &[Stage]) -> Vec<Step> {
    let last = stages.last().map(|stage| stage.state);
    let entered = stages.iter().map(|stage| match stage.until {
        Some(_) => Step::Done(*stage),
        None => Step::Now(*stage),
    });
    let ahead = STATES.into_iter().filter(|state| Some(*state) > last);
    entered.chain(ahead.map(Step::Ahead)).collect()
}

/// The steps that a line shows, with how many come before and after them.
fn in_line(steps: &[Step]) -> (usize, std::ops::Range<usize>, usize) {
    let entered = steps
        .iter()
        .filter(|step| !matches!(step, Step::Ahead(_)))
        .count();
    let from = if entered > IN_LINE {
        entered - (IN_LINE - 1)
    } else {
        0
    };
    let to = entered.max(1).min(steps.len());
    (from, from..to, steps.len() - to)
}

/// The lifecycle.
#[component]
pub fn LifeSection(
    /// The task.
    card: Card,
) -> AnyView {
    let phone = measure::phone();
    let all = RwSignal::new(false);
    let steps = Memo::new(move |_| card.with(|card| steps(&card.stages)));
    let failed = failed(card);
    // The button that was pressed goes; the focus follows to the one that takes it back.
    let fold = move |open: bool, then: &'static str| {
        all.set(open);
        request_animation_frame(move || crate::browser::focus(then));
    };
    let toggle = move |label: String, class: &'static str, icon: Icon, id: &'static str| {
        let icon_class = if icon == Icon::Ok {
            "i-14 ok-c"
        } else {
            "i-14 dim"
        };
        view! {
            <li class=class>
                <Glyph icon class=icon_class/>
                <button type="button" id=id aria-expanded="false" on:click=move |_| fold(true, "life-less")>
                    {label}
                </button>
            </li>
        }
    };
    let line = move || {
        let steps = steps.get();
        if all.get() {
            let items = steps
                .into_iter()
                .map(|step| item(step, failed.get()))
                .collect_view();
            return view! {
                <ol class="life all" aria-label="Lifecycle">{items}</ol>
                <button
                    class="btn sm"
                    type="button"
                    id="life-less"
                    aria-expanded="true"
                    on:click=move |_| fold(false, "life-more")
                >
                    "Show less"
                </button>
            };
        }
        let (before, shown, after) = in_line(&steps);
        let items = steps[shown]
            .iter()
            .map(|step| item(*step, failed.get()))
            .collect_view();
        view! {
            <ol class="life" aria-label="Lifecycle">
                {(before > 0).then(|| toggle(format!("{before} before"), "before", Icon::Ok, if after > 0 { "life-before" } else { "life-more" }))}
                {items}
                {(after > 0).then(|| toggle(format!("{after} more"), "todo", Icon::Ahead, "life-more"))}
            </ol>
        }
    };
    view! {
        <section class="sec slim" aria-label="Lifecycle">
            {line}
            <Show when=move || phone.get()>
                <div class="row life-stop"><StopButton card/></div>
            </Show>
        </section>
    }
}

fn item(step: Step, failed: bool) -> AnyView {
    let clock = projected().clock;
    let (state, class) = match step {
        Step::Done(it) => (it.state, ""),
        Step::Now(it) => (it.state, "now"),
        Step::Ahead(state) => (state, "todo"),
    };
    let (icon, colour) = match step {
        Step::Done(_) => (Icon::Ok, "ok"),
        Step::Now(_) => look(state, failed),
        Step::Ahead(_) => (Icon::Ahead, "dim"),
    };
    let icon_class = match colour {
        "ok" => "i-14 ok-c",
        "warn" => "i-14 warn-c",
        "info" => "i-14 info-c",
        "err" => "i-14 err-c",
        "dim" => "i-14 dim",
        _ => "i-14 idle-c",
    };
    let length = Memo::new(move |_| match step {
        Step::Done(it) => lasts(it, SimTime::default()),
        Step::Now(it) if state != TaskState::Stopped => lasts(it, clock.get().now),
        Step::Now(_) | Step::Ahead(_) => String::new(),
    });
    view! {
        <li class=class aria-current=(class == "now").then_some("step")>
            <Glyph icon class=icon_class/>
            {state.title()}
            <small>{move || length.get()}</small>
        </li>
    }
}

/// Why the task stopped: AWS's code and words, what led to it and cures it, and the exit codes.
#[component]
pub fn StopSection(
    /// The task.
    card: Card,
) -> AnyView {
    let stop = Memo::new(move |_| card.with(|card| card.stop.clone()));
    let ends = Memo::new(move |_| {
        card.with(|card| {
            let ended = card
                .containers
                .iter()
                .filter(|it| it.state == ContainerState::Stopped);
            ended.map(end).collect::<Vec<_>>()
        })
    });
    live(move || {
        stop.get().map(|stop| {
            let icon = if stop.failed {
                Icon::Error
            } else {
                Icon::Stopped
            };
            let class = if stop.failed { "i err-c" } else { "i idle-c" };
            view! {
                <section class="sec slim" aria-label="Why it stopped">
                    <div class="sec-h">
                        <Glyph icon class=class/>
                        <h3>"Why it stopped"</h3>
                    </div>
                    <p class="reason">{stop.reason.clone()}</p>
                    {page_of(stop.code, &stop.reason)}
                    {stop.why.map(|why| view! { <p class="callout why"><span>{why}</span></p> })}
                    <dl class="kv">
                        <dt>"stopCode"</dt>
                        <dd>{stop.code}</dd>
                        {move || {
                            ends.get()
                                .into_iter()
                                .map(|(name, words)| view! { <dt>{name}</dt><dd>{words}</dd> })
                                .collect_view()
                        }}
                    </dl>
                </section>
            }
        })
    })
}

/// The way to the page of a reason in the reference, which is part of the site; nothing where it has none.
fn page_of(code: &str, reason: &str) -> Option<AnyView> {
    let reason = reasons::find(code, reason)?;
    let href = format!("reasons.html#{}", reason.id);
    Some(view! {
        <p class="t12">
            <a class="link" href=href target="_blank" rel="noopener">
                "What it means: "<code>{reason.id}</code>
                <span class="sr">" (opens in a new tab)"</span>
            </a>
        </p>
    })
}

fn end(container: &ContainerCard) -> (String, String) {
    let code = container
        .exit_code
        .map_or_else(|| "never ran".to_owned(), |code| format!("exit {code}"));
    (container.short_name.clone(), code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn life(states: &[TaskState]) -> Vec<Stage> {
        let last = states.len() - 1;
        let stage = |(place, state): (usize, &TaskState)| Stage {
            state: *state,
            from: SimTime(place as u64 * 1_000),
            until: (place < last).then_some(SimTime(place as u64 * 1_000 + 1_000)),
        };
        states.iter().enumerate().map(stage).collect()
    }

    #[test]
    fn a_line_shows_four_states_and_counts_the_others() {
        for (entered, before, shown, after) in [
            (1, 0, 0..1, 7),
            (4, 0, 0..4, 4),
            (5, 2, 2..5, 3),
            (8, 5, 5..8, 0),
        ] {
            let steps = steps(&life(&STATES[..entered]));
            assert_eq!(steps.len(), 8);
            assert_eq!(in_line(&steps), (before, shown, after), "{entered} states");
        }
    }

    #[test]
    fn states_that_were_skipped_are_not_to_come() {
        let life = life(&[TaskState::Provisioning, TaskState::Deprovisioning]);
        let ahead = steps(&life)
            .into_iter()
            .filter(|step| matches!(step, Step::Ahead(_)));
        assert_eq!(ahead.collect::<Vec<_>>(), [Step::Ahead(TaskState::Stopped)]);
    }
}
