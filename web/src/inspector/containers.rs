//! The containers section: state, health, what each waits for and how it ended, and what all of them see of their platform.

use super::task::Card;
use super::tone;
use crate::drawer::logs::asked::{Asked, asked, show};
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use crate::signals::Memo;
use crate::words::{count, thousands};
use fargate_session::view::{ContainerCard, ContainerState, PlatformCard};
use leptos::prelude::*;

/// What is told of a container.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    name: String,
    /// As it is defined.
    full_name: String,
    state: ContainerState,
    /// Its state and how it ended.
    words: String,
    health: Option<&'static str>,
    /// What is behind that, in sentences.
    notes: Vec<String>,
}

fn line(it: &ContainerCard) -> Line {
    let words = match (it.state, it.exit_code) {
        (ContainerState::Pending, _) if it.waits_for.is_some() => "waiting".to_owned(),
        (ContainerState::Pending, _) => "not started yet".to_owned(),
        (ContainerState::Running, _) => "running".to_owned(),
        (ContainerState::Stopped, Some(code)) => format!("exit {code}"),
        (ContainerState::Stopped, None) => "never ran".to_owned(),
    };
    let mut notes = Vec::new();
    if let Some(waits_for) = &it.waits_for {
        notes.push(format!("It waits for {waits_for}."));
    }
    if it.restarts > 0 {
        let times = count(it.restarts as usize, "time");
        notes.push(format!("Its restart policy started it again, {times}."));
    }
    if let Some(killed_at) = &it.killed_at {
        notes.push(format!("It was killed at {killed_at}."));
    }
    if it.health == Some("UNHEALTHY") {
        notes.push("Its health check failed as often as its retries allow.".to_owned());
    }
    if !it.essential {
        notes.push("It is not essential: the task goes on without it.".to_owned());
    }
    Line {
        name: it.short_name.clone(),
        full_name: it.name.clone(),
        state: it.state,
        words,
        health: it.health,
        notes,
    }
}

/// `healthStatus`, with an icon of its own.
fn health(status: &'static str) -> AnyView {
    let look = match status {
        "HEALTHY" => (Icon::Ok, "i-14 ok-c"),
        "UNHEALTHY" => (Icon::Error, "i-14 err-c"),
        _ => (Icon::Clock, "i-14 dim"),
    };
    view! {
        <span class="row tight health">
            <Glyph icon=look.0 class=look.1/>
            {status}
        </span>
    }
}

fn item(card: Card, asked: Asked, (place, line): (usize, Line)) -> AnyView {
    let mark = if line.state == ContainerState::Stopped {
        view! { <Glyph icon=Icon::Stopped class="i-12 idle-c"/> }
    } else {
        view! { <i class=format!("swatch {}", tone::class(place)) aria-hidden="true"></i> }
    };
    let notes = line.notes.join(" ");
    let ran = line.state != ContainerState::Pending;
    let container = line.full_name;
    let logs = ran.then(|| {
        let label = format!("Logs of {}", line.name);
        let look = move |_| {
            let task = card.with_untracked(|card| card.id.clone());
            show(asked, task, container.clone());
        };
        view! { <button type="button" class="btn sm quiet" aria-label=label on:click=look>"Logs"</button> }
    });
    view! {
        <li>
            <p class="row t12">
                {mark}
                <span class="med name" title=line.name.clone()>{line.name.clone()}</span>
                {line.health.map(health)}
                <span class="t2 end">{line.words}</span>
                {logs}
            </p>
            {(!notes.is_empty()).then(|| view! { <p class="t12 dim">{notes}</p> })}
        </li>
    }
}

/// '2 CPUs, 3,907 MiB'.
fn sees(platform: &PlatformCard) -> String {
    format!(
        "{}, {} MiB",
        count(platform.visible_cpus as usize, "CPU"),
        thousands(platform.visible_memory.into())
    )
}

/// The containers section.
#[component]
pub fn ContainersSection(
    /// The task.
    card: Card,
) -> AnyView {
    let asked = asked();
    let lines =
        Memo::new(move |_| card.with(|card| card.containers.iter().map(line).collect::<Vec<_>>()));
    let whole = Memo::new(move |_| card.with(|card| card.health));
    let platform = Memo::new(move |_| card.with(|card| card.platform));
    let facts = move || {
        let it = platform.get();
        let system = if it.windows { "Windows" } else { "Linux" };
        let metadata = match it.metadata {
            0 => "none".to_owned(),
            version => format!("version {version}"),
        };
        view! {
            <dt>"Platform version"</dt>
            <dd>{format!("{}, {system}", it.version)}</dd>
            <dt>"Task metadata endpoint"</dt>
            <dd class="ui">{metadata}</dd>
            <dt>"Each container sees"</dt>
            <dd class="ui">{sees(&it)}</dd>
        }
    };
    view! {
        <section class="sec slim" aria-label="Containers">
            <div class="sec-h tight">
                <Glyph icon=Icon::Layers/>
                <h3>"Containers"</h3>
            </div>
            <ul class="container-list">
                {move || lines.get().into_iter().enumerate().map(|it| item(card, asked, it)).collect_view()}
            </ul>
            <dl class="kv">
                <dt>"Health of the task"</dt>
                <dd>{move || whole.get()}</dd>
                {facts}
            </dl>
            <p class="t12 dim insp-note">
                "That is what the machine below shows, not what the task or the container may use."
            </p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::units::{Date, SimSpan};
    use fargate_session::Session;

    fn container() -> ContainerCard {
        let view = Session::first_light(Date::new(2026, 1, 1)).view(SimSpan(0));
        view.tasks.values().next().unwrap().containers[0].clone()
    }

    #[test]
    fn a_container_tells_what_it_waits_for_and_what_became_of_it() {
        type Change = fn(&mut ContainerCard);
        let cases: [(Change, &str, &[&str]); 5] = [
            (|_| (), "running", &[]),
            (
                |it| {
                    it.state = ContainerState::Pending;
                    it.waits_for = Some("db to be healthy".to_owned());
                },
                "waiting",
                &["It waits for db to be healthy."],
            ),
            (
                |it| {
                    it.restarts = 3;
                    it.killed_at = Some("its own limit of 320 MiB".to_owned());
                },
                "running",
                &[
                    "Its restart policy started it again, 3 times.",
                    "It was killed at its own limit of 320 MiB.",
                ],
            ),
            (
                |it| {
                    it.state = ContainerState::Stopped;
                    it.exit_code = Some(1);
                    it.essential = false;
                },
                "exit 1",
                &["It is not essential: the task goes on without it."],
            ),
            (
                |it| it.health = Some("UNHEALTHY"),
                "running",
                &["Its health check failed as often as its retries allow."],
            ),
        ];
        for (change, words, notes) in cases {
            let mut it = container();
            change(&mut it);
            let line = line(&it);
            assert_eq!(line.words, words);
            assert_eq!(line.notes, notes);
        }
    }
}
