//! The services that there are: what each keeps running, what it told, and what can be done with it.

use super::form::{ServiceDraft, ServiceForm};
use crate::commands::commands;
use crate::drawer::moments::moment;
use crate::drawer::why::why;
use crate::markup::{For, Show, view};
use crate::network::asking::Asking;
use crate::network::fields::{Text, TextField};
use crate::projector::{Projected, projected};
use crate::refusal::RefusalNote;
use crate::signals::{Memo, RwSignal};
use fargate_core::call::{DeleteService, UpdateService};
use fargate_session::Session;
use fargate_session::services::ServiceCard;
use fargate_session::why::Subject;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// Events that are listed at first.
const FEW: usize = 5;

/// The services, and the form that creates one.
#[component]
pub fn Services() -> AnyView {
    let (commands, moment) = (commands(), moment());
    let draft: ServiceDraft = expect_context();
    let open = draft.open;
    let cards = Memo::new(move |_| {
        moment.get();
        commands.ask_session(Session::services)
    });
    let keys = move || cards.with(|all| all.iter().map(|it| it.name.clone()).collect::<Vec<_>>());
    let row = move |name: String| {
        let wanted = name.clone();
        let card = Memo::new(move |last: Option<&Option<ServiceCard>>| {
            let now = cards.with(|all| all.iter().find(|it| it.name == wanted).cloned());
            // a row that is about to go keeps what it says
            now.or_else(|| last.cloned().flatten())
        });
        view! { <Row name card/> }
    };
    let none = Memo::new(move |_| cards.with(Vec::is_empty));
    view! {
        <div class="row">
            <button type="button" class="btn sm line" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
                "Add service"
            </button>
        </div>
        <Show when=move || open.get()><ServiceForm draft/></Show>
        <Show when=move || none.get() && !open.get()>
            <p class="t12 dim">"No services. A service keeps so many tasks running, and replaces those that end."</p>
        </Show>
        <ul class="services-list">
            <For each=keys key=String::clone children=row/>
        </ul>
    }
}

#[component]
fn Row(name: String, card: Memo<Option<ServiceCard>>) -> AnyView {
    let (why, shown, asking) = (why(), projected(), Asking::new());
    let of = move |words: fn(&ServiceCard) -> String| {
        Memo::new(move |_| card.with(|it| it.as_ref().map(words).unwrap_or_default()))
    };
    let active = Memo::new(move |_| card.with(|it| it.as_ref().is_some_and(|it| it.active)));
    let counts = of(|it| {
        format!(
            "{} of {} tasks run, {} on their way",
            it.running, it.desired, it.pending
        )
    });
    let status = of(|it| it.status.to_owned());
    let deployments = of(|it| it.deployments.join("; "));
    let wanted = of(|it| it.desired.to_string());
    let count = Text::offering(move || wanted.get());
    let (scaled, rolled, deleted, asked) = (name.clone(), name.clone(), name.clone(), name.clone());
    let scale = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = count.now();
        let Ok(desired) = asking.number("ecs:UpdateService", "desiredCount", &typed) else {
            return;
        };
        let call = UpdateService {
            service: scaled.clone(),
            desired_count: desired,
            ..UpdateService::default()
        };
        let wants = desired.map_or(0, |it: i32| usize::try_from(it).unwrap_or(0));
        let wants = crate::words::count(wants, "task");
        let words = format!("Service {scaled} wants {wants}.");
        if asking.ask(call, &words).is_some() {
            count.clear();
        }
    };
    let roll = move |_| {
        let newest = untrack(|| newest(shown, card));
        let call = UpdateService {
            service: rolled.clone(),
            task_definition: newest,
            force_new_deployment: Some(true),
            ..UpdateService::default()
        };
        asking.ask(call, &format!("A deployment of service {rolled} begins."));
    };
    let delete = move |_| {
        let call = DeleteService {
            cluster: None,
            service: deleted.clone(),
            force: Some(true),
        };
        asking.ask(
            call,
            &format!("Service {deleted} is deleted: its tasks stop."),
        );
    };
    let ask = move |_| why.ask(Subject::Service(asked.clone()));
    let about = |what: &str| format!("{what} service {name}");
    let (about_why, about_scale, about_roll, about_delete) = (
        format!("Why? Service {name}"),
        about("Scale"),
        about("Deploy"),
        about("Delete"),
    );
    view! {
        <li class="net-row">
            <p class="row tight">
                <b class="med">{name.clone()}</b>
                <span class="dim">{status}</span>
                <button type="button" class="btn sm line" aria-label=about_why on:click=ask>"Why?"</button>
            </p>
            <p class="t12">{counts}</p>
            <p class="t12 dim">{deployments}</p>
            <Show when=move || active.get()>
                <form novalidate aria-label=about_scale.clone() on:submit=scale.clone()>
                    <div class="row at-foot">
                        <TextField label="Desired count" text=count/>
                        <button type="submit" class="btn sm line">"Scale"</button>
                        <button type="button" class="btn sm line" aria-label=about_roll.clone() on:click=roll.clone()>"Deploy"</button>
                        <button type="button" class="btn sm line" aria-label=about_delete.clone() on:click=delete.clone()>"Delete"</button>
                    </div>
                    <RefusalNote refusal=asking.refusal/>
                </form>
            </Show>
            <Told card name=name.clone()/>
        </li>
    }
}

/// The newest ACTIVE revision of the service's family, which a deployment rolls out.
fn newest(shown: Projected, card: Memo<Option<ServiceCard>>) -> Option<String> {
    let definition = card.with(|it| it.as_ref().map(|it| it.definition.clone()))?;
    let (family, _) = definition.rsplit_once(':')?;
    let families = shown.families.get();
    let found = families.iter().find(|it| it.family == family)?;
    let active = found.revisions.iter().filter(|it| it.active);
    let last = active.max_by_key(|it| it.revision)?;
    Some(last.name.clone())
}

/// What the service told, the newest first.
#[component]
fn Told(card: Memo<Option<ServiceCard>>, name: String) -> AnyView {
    let all = RwSignal::new(false);
    let many = Memo::new(move |_| card.with(|it| it.as_ref().map_or(0, |it| it.events.len())));
    let keys = move || {
        let most = if all.get() { usize::MAX } else { FEW };
        card.with(|it| {
            let events = it
                .as_ref()
                .map(|it| it.events.as_slice())
                .unwrap_or_default();
            let lines = events.iter().take(most);
            lines
                .map(|(at, message)| format!("{at} {message}"))
                .collect::<Vec<_>>()
        })
    };
    let row = move |line: String| view! { <li class="t12">{line}</li> };
    view! {
        <ul aria-label=format!("Events of service {name}")>
            <For each=keys key=String::clone children=row/>
        </ul>
        <Show when=move || FEW < many.get()>
            <button
                type="button"
                class="btn sm line"
                aria-expanded=move || all.get().to_string()
                on:click=move |_| all.update(|all| *all = !*all)
            >
                {move || if all.get() { "Fewer events" } else { "All events" }}
            </button>
        </Show>
    }
}
