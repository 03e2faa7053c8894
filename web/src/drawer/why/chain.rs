//! The chain: each step with its moment, its part and rule, and where it can be seen.

use crate::commands::{Command, Commands, commands};
use crate::definition::{Draft, draft, rule_link};
use crate::markup::{IntoChild, view};
use crate::selection::Selection;
use crate::ui::{LeftTab, Ui, ui};
use fargate_core::units::SimTime;
use fargate_session::view::Place;
use fargate_session::why::{Explanation, Line, Link, Reference};
use leptos::prelude::*;

/// The steps from symptom to root.
pub fn chain(found: &Explanation) -> AnyView {
    let steps: Vec<AnyView> = found.steps().iter().map(step).collect();
    view! { <ol class="why-chain">{steps.into_child()}</ol> }
}

/// What a place of the canvas is, as something that can be selected.
fn selection(place: &Place) -> Selection {
    match place {
        Place::Internet => Selection::Internet,
        Place::Gateway => Selection::Gateway,
        Place::Route(id) | Place::Subnet(id) => Selection::Subnet(id.clone()),
        Place::Group(id) => Selection::Group(id.clone()),
        Place::Interface(id) | Place::Container(id, _) => Selection::Task(id.clone()),
        Place::Tile(id) => Selection::Tile(id.clone()),
    }
}

/// What the button says that shows a place on the canvas.
const fn shows(place: &Place) -> &'static str {
    match place {
        Place::Internet => "Show the Internet",
        Place::Gateway => "Show the gateway",
        Place::Route(_) | Place::Subnet(_) => "Show the subnet",
        Place::Group(_) => "Show the group",
        Place::Interface(_) | Place::Container(..) => "Show the task",
        Place::Tile(_) => "Show it",
    }
}

fn moment(commands: Commands, at: SimTime) -> AnyView {
    view! {
        <button
            type="button"
            class="link mono"
            title="Go to this moment"
            on:click=move |_| commands.send(Command::Seek(at))
        >
            {at.to_string()}
        </button>
    }
}

fn step(link: &Link) -> AnyView {
    let (commands, ui, draft) = (commands(), ui(), draft());
    let decided = match (link.part.as_str(), link.rule.as_str()) {
        ("", "") => None,
        (part, "") => Some(part.to_owned()),
        ("", rule) => Some(rule.to_owned()),
        (part, rule) => Some(format!("{part}: {rule}")),
    };
    let decided = decided.map(|words| view! { <p class="mono dim">{words}</p> });
    let by = link.by.as_ref().map(|deed| {
        let (what, call) = (deed.what.clone(), deed.call);
        view! {
            <p class="t2">
                {format!("Since call {call}, {what}, at ")}{moment(commands, deed.at)}
            </p>
        }
    });
    let links: Vec<AnyView> = link
        .places
        .iter()
        .filter_map(|place| reference(commands, ui, draft, place))
        .collect();
    let links = (!links.is_empty())
        .then(|| view! { <p class="row wrap why-links">{links.into_child()}</p> });
    view! {
        <li>
            <p>{moment(commands, link.at)}" "{link.sentence.clone()}</p>
            {decided}
            {by}
            {links}
        </li>
    }
}

fn reference(commands: Commands, ui: Ui, draft: Draft, place: &Reference) -> Option<AnyView> {
    match place {
        // the step begins with it
        Reference::Moment(_) => None,
        Reference::Canvas(place) => {
            let (thing, words) = (selection(place), shows(place));
            Some(view! {
                <button
                    type="button"
                    class="link"
                    on:click=move |_| commands.send(Command::Select(Some(thing.clone())))
                >
                    {words}
                </button>
            })
        }
        Reference::Line(at) => Some(line(ui, draft, at)),
        Reference::Rule(code) => rule_link(code),
        Reference::Reason(id) => Some(view! {
            <a class="link" href=format!("reasons.html#{id}") target="_blank" rel="noopener">
                "About this reason"
                <span class="sr">" (opens in a new tab)"</span>
            </a>
        }),
    }
}

fn line(ui: Ui, draft: Draft, at: &Line) -> AnyView {
    let words = if at.member.is_empty() {
        format!("{}, line {}", at.revision, at.line)
    } else if at.set {
        format!("{}, line {}: {}", at.revision, at.line, at.member)
    } else {
        format!("{} does not set {}", at.revision, at.member)
    };
    // what was refused has no revision to be shown
    if !at.revision.contains(':') {
        return view! { <span class="mono">{words}</span> };
    }
    let (revision, span) = (at.revision.clone(), at.span);
    view! {
        <button
            type="button"
            class="link mono"
            on:click=move |_| {
                ui.open_left(LeftTab::Definition);
                draft.show_revision(&revision, span);
            }
        >
            {words}
        </button>
    }
}
