//! The tasks of the sheet and their containers.

use super::fields::{Part, text};
use super::{Modes, modes, trouble};
use crate::icons::{Glyph, Icon};
use crate::markup::{live, view};
use crate::signals::Memo;
use fargate_core::network::modes::NetworkMode;
use fargate_session::modes::{ModesCard, Place, Sheet, SheetContainer};
use leptos::prelude::*;

/// The id of the button that adds a task, where the focus goes when one is removed.
const ADD: &str = "modes-add";

/// The tasks' fields. They are made anew only when a task or a container comes or goes.
#[component]
pub fn TaskFields(
    /// The sheet's card.
    card: Memo<ModesCard>,
) -> AnyView {
    let modes = modes();
    let shape = Memo::new(move |_| {
        modes.sheet.with(|sheet| {
            let tasks = sheet.tasks.iter();
            tasks
                .map(|task| task.containers.len())
                .collect::<Vec<usize>>()
        })
    });
    let tasks = live(move || {
        let shape = shape.get().into_iter().enumerate();
        let one = |(place, containers)| task(modes, card, place, containers);
        shape.map(one).collect_view()
    });
    let add = move |_| {
        let mut place = 0;
        modes.sheet.update(|sheet| {
            let mode = sheet.tasks.last().map(|task| task.mode);
            place = sheet.add_task(mode.unwrap_or(NetworkMode::Bridge));
        });
        focus(family_id(place));
    };
    view! {
        <div class="modes-tasks">
            {tasks}
            <button type="button" class="btn sm line" id=ADD on:click=add>
                <Glyph icon=Icon::Plus class="i-12"/>
                "Add task"
            </button>
        </div>
    }
}

fn family_id(task: usize) -> String {
    format!("modes-family-{task}")
}

fn name_id(task: usize, container: usize) -> String {
    format!("modes-name-{task}-{container}")
}

/// Puts the focus on what is only made in the next frame.
fn focus(id: String) {
    request_animation_frame(move || {
        request_animation_frame(move || crate::browser::focus(&id));
    });
}

fn family(sheet: &Sheet, task: usize) -> String {
    let task = sheet.tasks.get(task);
    task.map_or_else(String::new, |task| task.family.clone())
}

fn task(modes: Modes, card: Memo<ModesCard>, place: usize, containers: usize) -> AnyView {
    let mode = Memo::new(move |_| {
        modes
            .sheet
            .with(|sheet| sheet.tasks.get(place).map(|it| it.mode))
    });
    let options = NetworkMode::ALL.into_iter().map(|one| {
        let word = one.aws();
        view! { <option value=word prop:selected=move || mode.get() == Some(one)>{word}</option> }
    });
    let choose = move |event| {
        let chosen = NetworkMode::of(Some(&event_target_value(&event)));
        modes.sheet.update(|sheet| {
            if let (Some(task), Some(chosen)) = (sheet.tasks.get_mut(place), chosen) {
                task.mode = chosen;
            }
        });
    };
    let name = Part {
        label: "Family",
        example: "shop",
        look: move |sheet: &Sheet| family(sheet, place),
        change: move |sheet: &mut Sheet, typed| {
            if let Some(task) = sheet.tasks.get_mut(place) {
                task.family = typed;
            }
        },
    };
    let remove = move |_| {
        modes.picked.set(None);
        modes.sheet.update(|sheet| {
            if place < sheet.tasks.len() {
                sheet.tasks.remove(place);
            }
        });
        focus(ADD.to_owned());
    };
    let add = move |_| {
        let mut number = None;
        modes
            .sheet
            .update(|sheet| number = sheet.add_container(place));
        if let Some(number) = number {
            focus(name_id(place, number));
        }
    };
    let title = move || {
        modes
            .sheet
            .with(|sheet| format!("Task {}", family(sheet, place)))
    };
    let own = (0..containers).map(|number| container(modes, card, place, number));
    view! {
        <fieldset class="net-row modes-set">
            <legend class="med">{title}</legend>
            <div class="fields two">
                {text(modes, card, name, Some(Place::Task(place)), Some(family_id(place)))}
                <label class="field-label">
                    "Network mode"
                    <select class="field" on:change=choose>{options.collect_view()}</select>
                </label>
            </div>
            {own.collect_view()}
            {trouble(card, Place::Task(place))}
            <div class="net-acts">
                <button type="button" class="btn sm line" on:click=add aria-label=move || format!("Add container to {}", title())>
                    <Glyph icon=Icon::Plus class="i-12"/>
                    "Add container"
                </button>
                <button type="button" class="btn sm" on:click=remove aria-label=move || format!("Remove {}", title())>"Remove task"</button>
            </div>
        </fieldset>
    }
}

/// A field of a container.
fn part(
    label: &'static str,
    example: &'static str,
    at: (usize, usize),
    field: fn(&mut SheetContainer) -> &mut String,
) -> Part<
    impl Fn(&Sheet) -> String + Send + Sync + 'static,
    impl Fn(&mut Sheet, String) + Send + Sync + 'static,
> {
    let (task, container) = at;
    let look = move |sheet: &Sheet| {
        let found = sheet.tasks.get(task);
        let found = found.and_then(|task| task.containers.get(container));
        let mut found = found.cloned().unwrap_or_default();
        std::mem::take(field(&mut found))
    };
    let change = move |sheet: &mut Sheet, typed| {
        let found = sheet.tasks.get_mut(task);
        if let Some(found) = found.and_then(|task| task.containers.get_mut(container)) {
            *field(found) = typed;
        }
    };
    Part {
        label,
        example,
        look,
        change,
    }
}

fn container(modes: Modes, card: Memo<ModesCard>, task: usize, number: usize) -> AnyView {
    let at = (task, number);
    let name = part("Container", "web", at, |it| &mut it.name);
    let ports = part("Port mappings", "80, 8080:80", at, |it| &mut it.ports);
    let listens = part("Listens, not mapped", "9000", at, |it| &mut it.listens);
    let links = part("Links", "db:backend", at, |it| &mut it.links);
    let (ports_at, listens_at) = (Place::Ports(task, number), Place::Listens(task, number));
    let title = move || {
        modes.sheet.with(|sheet| {
            let found = sheet.tasks.get(task);
            let found = found.and_then(|task| task.containers.get(number));
            let name = found.map_or("", |it| it.name.as_str());
            format!("Container {name} of {}", family(sheet, task))
        })
    };
    let remove = move |_| {
        modes.picked.set(None);
        modes.sheet.update(|sheet| {
            if let Some(task) = sheet.tasks.get_mut(task)
                && number < task.containers.len()
            {
                task.containers.remove(number);
            }
        });
        focus(family_id(task));
    };
    view! {
        <div class="modes-container" role="group" aria-label=title>
            {text(modes, card, name, None, Some(name_id(task, number)))}
            {text(modes, card, ports, Some(ports_at), None)}
            {text(modes, card, listens, Some(listens_at), None)}
            {text(modes, card, links, None, None)}
            <button type="button" class="btn icon sm" title="Remove container" aria-label=move || format!("Remove {}", title()) on:click=remove>
                <Glyph icon=Icon::Close class="i-14"/>
            </button>
        </div>
        {trouble(card, ports_at)}
        {trouble(card, listens_at)}
    }
}
